//! The test file beside a drafted rulebook: one lead for each kind of criterion, so that whoever changes points sees whose score
//! has changed. Every test is tried before it is written.

use super::text::{YamlText, quoted};
use crate::case::{passes, read_tests};
use crate::draft::{CriterionDraft, Draft, RuleDraft, SourceDraft, TypesDraft};
use crate::rulebook::Rulebook;

/// How many event types get a test.
const MOST_EVENT_TESTS: usize = 8;

/// The test file. `file` is the rulebook's name as seen from there, `as_of` a date.
#[must_use]
pub fn draft_cases(draft: &Draft, rulebook: &Rulebook, file: &str, as_of: &str, command: &str) -> String {
    let mut lines = YamlText::default();
    lines.comment(0, &format!("The tests of {file}: example leads, and the results that they should have."));
    lines.comment(0, "");
    lines.comment(0, &format!("  {command}"));
    lines.comment(0, "");
    lines.comment(0, "Change points in the rulebook, run the tests, and see which scores change. A time is `now`, a number of days before");
    lines.comment(0, "scoring (-5d), or a date. Add leads that sales remembers, good and bad.");
    lines.blank();
    let head = format!("rulebook: {}\nas_of: {as_of}\n\ntests:\n", quoted(file));
    let cases: Vec<String> = candidates(draft).into_iter().filter(|case| holds(&head, case, rulebook)).collect();
    let mut text = lines.into_text();
    text.push_str(&head);
    text.push_str(&cases.join(""));
    text
}

/// Whether a test holds of the rulebook.
fn holds(head: &str, case: &str, rulebook: &Rulebook) -> bool {
    let Ok(tests) = read_tests(&format!("{head}{case}"), rulebook) else { return false };
    tests.warnings.is_empty()
        && !tests.file.cases.is_empty()
        && tests.file.cases.iter().all(|case| passes(case, rulebook))
}

fn candidates(draft: &Draft) -> Vec<String> {
    let mut cases = vec![case("a lead without any data is only a lead", "", "", "stage: Lead, events: 0")];
    for criterion in &draft.fit {
        cases.extend(of_fit(draft, criterion));
    }
    let events = draft.engagement.iter().filter_map(|criterion| of_event(draft, criterion));
    cases.extend(events.take(MOST_EVENT_TESTS));
    cases.extend(draft.engagement.iter().filter_map(|criterion| of_fit(draft, criterion)));
    cases.extend(idle(draft));
    cases
}

fn case(name: &str, lead: &str, events: &str, expect: &str) -> String {
    let mut lines = vec![format!("  - name: {}", quoted(name))];
    if !lead.is_empty() {
        lines.push(format!("    lead: {{ {lead} }}"));
    }
    if !events.is_empty() {
        lines.push(format!("    events: [{events}]"));
    }
    lines.push(format!("    expect: {{ {expect} }}"));
    lines.join("\n") + "\n"
}

fn fired(criterion: &CriterionDraft, points: i64) -> String {
    format!("fired: {{ {}: {points} }}", quoted(&criterion.id))
}

/// A lead whom a criterion about fields is about.
fn of_fit(draft: &Draft, criterion: &CriterionDraft) -> Option<String> {
    let id = &criterion.id;
    let (name, lead, points) = match &criterion.rule {
        RuleDraft::InList { field, points, .. } => {
            let field = field.trim_end_matches(".domain");
            ("a free mailbox costs points".to_owned(), format!("{field}: somebody@gmail.com"), *points)
        }
        RuleDraft::Words { field, .. } => {
            ("a head of a company decides".to_owned(), format!("{field}: CEO and founder"), 20)
        }
        RuleDraft::AtLeast { field, tiers, .. } => {
            let (least, points) = tiers.first()?;
            (format!("{id}: {least} is enough"), format!("{field}: {least}"), *points)
        }
        RuleDraft::Recent { field, tiers, .. } => {
            let (days, points) = tiers.first()?;
            (format!("{id}: within {days} days"), format!("{field}: -1d"), *points)
        }
        RuleDraft::Values { field, values } => {
            let (value, points) = values.first()?;
            (format!("{id}: {value}"), format!("{}: {}", given(draft, field), quoted(value)), *points)
        }
        RuleDraft::IsTrue { field, points } => (format!("{id}: yes"), format!("{field}: true"), *points),
        _ => return None,
    };
    Some(case(&name, &lead, "", &fired(criterion, points)))
}

/// The field that a test gives for one that rules read: what it is made of.
fn given<'d>(draft: &'d Draft, field: &'d str) -> &'d str {
    let mapped = draft.tables.iter().flat_map(|table| &table.mapped).chain(&draft.leads.mapped);
    mapped.into_iter().find(|mapped| mapped.name == field).map_or(field, |mapped| &mapped.from)
}

/// An event of this very moment, at which nothing has faded.
fn of_event(draft: &Draft, criterion: &CriterionDraft) -> Option<String> {
    let RuleDraft::Event { kind, source, points, .. } = &criterion.rule else { return None };
    let event = event(draft, kind, source, "now")?;
    Some(case(&format!("one event of type {kind}"), "", &event, &fired(criterion, *points)))
}

fn event(draft: &Draft, kind: &str, source: &str, time: &str) -> Option<String> {
    draft.sources.iter().find(|known| known.name == source)?;
    Some(format!("{{ type: {}, source: {source}, time: {time} }}", quoted(kind)))
}

/// Two hundred days of silence.
fn idle(draft: &Draft) -> Option<String> {
    let criterion = draft.engagement.iter().find(|criterion| matches!(criterion.rule, RuleDraft::Idle { .. }))?;
    let RuleDraft::Idle { points, .. } = criterion.rule else { return None };
    let kind = |source: &SourceDraft| match &source.types {
        TypesDraft::Always(kind) => Some(kind.clone()),
        TypesDraft::Columns(columns) => columns.first().map(|(kind, _, _)| kind.clone()),
        TypesDraft::Column(_) => first_kind(draft, &source.name),
    };
    let (source, kind) = draft.sources.iter().find_map(|source| Some((&source.name, kind(source)?)))?;
    let event = event(draft, &kind, source, "-200d")?;
    Some(case("a lead that was silent for 200 days is cold", "", &event, &fired(criterion, points)))
}

fn first_kind(draft: &Draft, wanted: &str) -> Option<String> {
    draft.engagement.iter().find_map(|criterion| match &criterion.rule {
        RuleDraft::Event { kind, source, .. } if source == wanted => Some(kind.clone()),
        _ => None,
    })
}
