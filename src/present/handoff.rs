//! What a rep reads of a lead that is handed over: why it is, what it did last, and what to ask it next.

use super::language::{Voice, condition, field, one_of};
use crate::explain::Side;
use crate::funnel::Asking;
use crate::rulebook::expr::{Types, Worth};
use crate::rulebook::{Criterion, Rulebook};
use crate::score::{Chosen, DoingName, LeadFacts, first_true, look_up};
use crate::value::{Instant, Zone, day_number};

/// The three criteria with the most points, positive or negative, each with the age of the newest event that it counts: `Asked for a
/// demo 2 days ago (+80); Works in software (+20)`.
pub(crate) fn why(facts: &LeadFacts<'_, '_>) -> String {
    let reasons = facts.card().largest().into_iter().flatten().map(|index| reason(facts, index));
    reasons.collect::<Vec<_>>().join("; ")
}

fn reason(facts: &LeadFacts<'_, '_>, index: usize) -> String {
    let criterion = &facts.rulebook.criteria[index];
    let points = facts.card().criteria[index].signed();
    let Said { what, is_name } = said(facts, criterion);
    let age = facts.newest_of(criterion).map(|newest| age(facts, newest));
    match age {
        None => format!("{what} ({points})"),
        Some(age) if is_name => format!("{what} {age} ({points})"),
        Some(age) => format!("{what}, the newest {age} ({points})"),
    }
}

/// How long ago something was, in days of the calendar.
fn age(facts: &LeadFacts<'_, '_>, newest: Instant) -> String {
    let day = |instant| i64::from(day_number(instant, &facts.rulebook.zone));
    match day(facts.plan.as_of) - day(newest) {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        n_days => format!("{n_days} days ago"),
    }
}

/// What a criterion says of a lead.
struct Said {
    what: String,
    /// Whether it is what somebody or something is called, so that nothing need come between it and its age.
    is_name: bool,
}

/// A criterion's label, or else what made it give its points.
fn said(facts: &LeadFacts<'_, '_>, criterion: &Criterion) -> Said {
    if let Some(label) = &criterion.label {
        return Said { what: label.clone(), is_name: true };
    }
    let voice = Voice::brief(facts.rulebook);
    let phrase = |what: String| Said { what, is_name: false };
    match &criterion.worth {
        Worth::Choose { arms, .. } => match first_true(arms.iter().map(|arm| &arm.when), facts) {
            Chosen::Arm(arm) => phrase(condition(voice, &arms[arm].when, Side::Lead)),
            chosen => phrase(format!("{}: {}", in_words(&criterion.id), rest(chosen))),
        },
        Worth::Lookup { field: of, entries, by_text, .. } => match look_up(*of, entries, by_text, facts) {
            Chosen::Arm(entry) => phrase(format!("{} is {}", field(voice, *of, Side::Lead), entries[entry].key)),
            chosen => phrase(format!("{}: {}", field(voice, *of, Side::Lead), rest(chosen))),
        },
        Worth::Occurrences { tally, .. } => {
            let select = &facts.rulebook.tallies[*tally].select;
            let kinds = match &select.types {
                Types::Named(names) => facts.rulebook.types_written(names).into_iter().map(in_words).collect(),
                Types::Every | Types::Any => vec!["any event".to_owned()],
            };
            let filter = select.filter.as_ref().map(|filter| condition(voice, filter, Side::Event));
            let what = one_of(voice.manner, &kinds);
            match filter {
                None => Said { what, is_name: true },
                Some(filter) => phrase(format!("{what} where {filter}")),
            }
        }
    }
}

/// What a criterion gives points for where none of its cases is true.
fn rest(chosen: Chosen) -> &'static str {
    if chosen == Chosen::Unknown { "not known" } else { "none of the cases" }
}

/// A name of the rulebook as words: `demo-request` is `demo request`.
fn in_words(name: &str) -> String {
    name.replace(['-', '_'], " ")
}

/// The last things that a lead did, newest first: `demo_request 2026-05-20 10:00; page_view 2026-05-19 17:02`.
pub(crate) fn last_events(facts: &LeadFacts<'_, '_>) -> String {
    let events = facts.last_doings().map(|(time, doing)| event(facts.rulebook, time, doing));
    events.collect::<Vec<_>>().join("; ")
}

/// An event with its source, if there are several; of one without a type the source is all that is known.
fn event(rulebook: &Rulebook, time: Instant, doing: &DoingName) -> String {
    let (time, source) = (moment(time, &rulebook.zone), &rulebook.sources[doing.source].name);
    match doing.kind.as_str() {
        "" => format!("{source} {time}"),
        kind if rulebook.sources.len() > 1 => format!("{kind} {time} ({source})"),
        kind => format!("{kind} {time}"),
    }
}

/// A date with its time of day; a bare date, and so midnight, without.
fn moment(time: Instant, zone: &Zone) -> String {
    let shown = zone.wall(time).minute();
    match shown.strip_suffix(" 00:00") {
        Some(date) => date.to_owned(),
        None => shown,
    }
}

/// The fields that are best asked for next, as the column `missing` names them.
pub(crate) fn ask_next(asking: &Asking, facts: &LeadFacts<'_, '_>) -> String {
    let names = asking.best_of(facts).into_iter().map(|field| facts.rulebook.fields[field].name.as_str());
    names.collect::<Vec<_>>().join("; ")
}
