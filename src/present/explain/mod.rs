//! Why a lead has its score, stage and next step, as a document: what it is, what it lacks, how its points come about, and why it
//! has its stage. Decides nothing and computes nothing but what is left of a sum that is shown in parts.

mod account;
mod card;
mod derived;
mod events;
mod evidence;
mod stages;

pub use account::explain_account;

use super::words::plural;
use super::{Block, Document, Look, Section, Text};
use crate::case::{CaseSubject, TextColumn};
use crate::explain::{AxisLine, Explanation, Named, Passes};
use crate::rulebook::DISQUALIFIED;
use crate::rulebook::expr::ScoreRef;
use crate::score::Step;
use crate::value::Zone;

/// How many leads are named that share a value.
const MOST_SHARING: usize = 10;

/// An explanation as a document. `all` shows all evidence: of criteria that gave nothing too, and every event.
#[must_use]
pub fn explain(explanation: &Explanation<'_>, all: bool) -> Document {
    let mut points = Section::new("points", "Where the points come from");
    points.blocks = card::points(explanation, all);
    let mut stages = Section::new("stages", "Stages");
    stages.blocks = stages::stages(explanation);
    let derived = derived::derived(explanation);
    let sections =
        [stages::next(explanation), Some(points), derived, Some(stages), stages::disqualifiers(explanation, all)];
    Document {
        kind: "Lead",
        title: explanation.id.clone(),
        about: std::iter::once(scored(explanation)).chain(facts(explanation)).collect(),
        sections: sections.into_iter().flatten().collect(),
        ..Document::untitled(Look::Agreement)
    }
}

/// The part of an explanation that says why a result is what it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum CardPart<'r> {
    Points,
    Dimension(usize),
    /// By id.
    Criterion(&'r str),
    Stages,
    Facts,
}

impl<'r> CardPart<'r> {
    /// What says why something is not as a test expects it.
    pub(crate) fn of(subject: Named<'r, CaseSubject>) -> Self {
        match subject.it {
            // No test of a lead names a score of accounts.
            CaseSubject::Score(ScoreRef::Total | ScoreRef::Account(_) | ScoreRef::AccountLeads)
            | CaseSubject::Column(TextColumn::Why) => Self::Points,
            CaseSubject::Score(ScoreRef::Dimension(dimension) | ScoreRef::Group(dimension, _)) => {
                Self::Dimension(dimension)
            }
            CaseSubject::Criterion(criterion) => Self::Criterion(&subject.rulebook.criteria[criterion].id),
            CaseSubject::Column(
                TextColumn::Grade
                | TextColumn::Returned
                | TextColumn::LastEvent
                | TextColumn::Priority
                | TextColumn::Action,
            )
            | CaseSubject::Events
            | CaseSubject::Passes
            | CaseSubject::Missing => Self::Facts,
            CaseSubject::Column(_) => Self::Stages,
        }
    }
}

/// One part of an explanation.
pub(crate) fn explain_part(explanation: &Explanation<'_>, part: CardPart<'_>) -> Vec<Block> {
    match part {
        CardPart::Points => card::points(explanation, false),
        CardPart::Dimension(dimension) => vec![card::bill(explanation, &explanation.card.dimensions[dimension], false)],
        CardPart::Criterion(id) => card::criterion(explanation, id),
        CardPart::Stages => {
            let disqualifiers = stages::disqualifiers(explanation, false).into_iter().flat_map(Section::into_blocks);
            stages::stages(explanation).into_iter().chain(disqualifiers).collect()
        }
        CardPart::Facts => vec![Block::Facts(facts(explanation))],
    }
}

fn scored(explanation: &Explanation<'_>) -> (&'static str, Text) {
    let zone = &explanation.zone;
    let text = Text::from("as of ").time(explanation.as_of, zone).words(" by ");
    let rulebook = explanation.rulebook.as_deref().unwrap_or("a rulebook without a name");
    ("scored", text.name(rulebook).words(format!("; all times are {}", zone.name())))
}

/// What the lead is.
fn facts(explanation: &Explanation<'_>) -> Vec<(&'static str, Text)> {
    let zone = &explanation.zone;
    let stage = match &explanation.disqualified {
        Some(reason) => Text::from(format!("{DISQUALIFIED}: ")).name(reason),
        None => Text::new().name(explanation.stage.as_deref().unwrap_or_default()),
    };
    let in_crm = explanation.crm_stage.as_ref();
    let mut facts = rows(explanation);
    facts.extend([
        ("stage", stage),
        ("in the CRM", in_crm.map_or_else(|| "no stage recorded".into(), |stage| Text::new().name(stage))),
    ]);
    facts.extend(
        explanation.passes.iter().filter(|passes| passes.n > 1).map(|passes| ("given back", returned(passes, zone))),
    );
    facts.extend(explanation.step.map(|step| match step {
        Step::HandOver => ("next step", "hand over: its stage is beyond the one that the CRM records".into()),
        Step::Recycle => ("next step", "recycle: give it back to marketing".into()),
    }));
    facts.push(("total", explanation.total.to_string().into()));
    if let (Some(grade), Some(marks)) = (&explanation.grade, &explanation.grade_marks) {
        let marks: Vec<String> = marks.iter().map(mark).collect();
        facts.push(("grade", format!("{grade}: {}", marks.join(", ")).into()));
    }
    if let Some(priority) = &explanation.priority {
        let action = explanation.action.as_ref().map_or_else(String::new, |action| format!(": {action}"));
        facts.push(("priority", format!("{priority}{action}").into()));
    }
    if let Some(before) = &explanation.previous {
        facts.push(("before", format!("{}, total {}, in the previous run", before.stage, before.total).into()));
    }
    let counted = Text::from(format!("{} counted", explanation.n_events));
    facts.push((
        "events",
        match explanation.last_event {
            Some(last) => counted.words(", the last on ").time(last, zone),
            None => counted,
        },
    ));
    if !explanation.missing.is_empty() {
        facts.push(("missing", explanation.missing.join(", ").into()));
    }
    facts
}

/// When and why sales gave it back.
fn returned(passes: &Passes, zone: &Zone) -> Text {
    let mut text = Text::new();
    for (at, one) in passes.returns.iter().enumerate() {
        text = text.words(if at > 0 { "; " } else { "" }).time(one.at, zone);
        if let Some(reason) = &one.reason {
            text = text.words(" (").name(reason).words(")");
        }
    }
    text.words(format!("; it is in pass {}, and only what the CRM recorded since then counts", passes.n))
}

/// What there is to know of its row and of others.
fn rows(explanation: &Explanation<'_>) -> Vec<(&'static str, Text)> {
    let mut facts = Vec::new();
    if let Some(former) = &explanation.former_id {
        facts.push(("found by", Text::from("the former id ").name(former)));
    }
    if let Some((first, others)) = explanation.superseded.split_first() {
        let verb = if others.is_empty() { "is an older row" } else { "are older rows" };
        let places = std::iter::once(first).chain(others).map(|row| format!("{}:{}", row.file.display(), row.line));
        let places: Vec<String> = places.collect();
        facts.push(("superseded", format!("{} {verb} of this lead", places.join(", ")).into()));
    }
    for shared in &explanation.shared {
        let text = Text::from("its value of ").code(&shared.by).words(" is also that of ");
        let n_more = shared.leads.len().saturating_sub(MOST_SHARING);
        let shown = shared.leads.iter().take(MOST_SHARING).cloned().collect::<Vec<_>>().join(", ");
        let rest = if n_more > 0 { format!(" and {}", plural(n_more as u64, "more lead")) } else { String::new() };
        let text = text.name(&shown).words(format!("{rest}; events that name it count for each"));
        facts.push(("shared", text));
    }
    facts
}

fn mark(axis: &AxisLine) -> String {
    let from = axis.from.map_or_else(|| "the lowest".to_owned(), |from| format!("from {from} on"));
    format!("{} {} is {} ({from})", axis.score, axis.points, axis.mark)
}
