//! Which stages a lead holds and why, what disqualifies it, which priority applies, and what it lacks for the next stage.

use super::claim::{Measured, Named};
use super::finding::Finding;
use super::gaps::{Gap, GapKind, Lacking};
use super::shape;
use super::view::View;
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{Disqualifier, Entered, LeadMoment, Priority, Stage};
use crate::run::Sighting;
use crate::score::{Fate, Truth, Verdict, instants, may_keep};
use crate::value::Instant;
use serde::Serialize;
use std::path::PathBuf;

/// A stage.
#[derive(Clone, Debug, Serialize)]
pub struct StageLine<'r> {
    pub name: String,
    pub holds: Truth,
    #[serde(rename = "is_lead_stage")]
    pub is_current: bool,
    /// Whether it is the first, which every lead holds.
    #[serde(skip)]
    pub is_first: bool,
    /// What the CRM says of it, if the rulebook asks.
    pub entered: Option<WhenEntered<'r>>,
    pub when: Option<Finding<'r>>,
    /// What suffices to stay, where the previous run's stage makes that count.
    pub keep_when: Option<Finding<'r>>,
    /// Earlier stages, one of which must be held or have been entered.
    pub after: Vec<AfterLine>,
}

/// What the CRM says of a stage.
#[derive(Clone, Debug, Serialize)]
pub struct WhenEntered<'r> {
    pub truth: Truth,
    pub at: Option<Instant>,
    /// Whether it is the first stage of a lead that came back: then the return is the entry.
    #[serde(skip)]
    pub is_return: bool,
    /// What says so, of several the one that gives the date, else the first; nothing where it is a condition.
    pub by: Option<Named<'r, StageRecord<'r>>>,
    /// The file of the event that says so.
    #[serde(serialize_with = "shape::path_if_any")]
    pub file: Option<PathBuf>,
    pub line: Option<u64>,
    #[serde(rename = "when")]
    pub finding: Option<Finding<'r>>,
}

/// Where the CRM records that a stage was entered.
#[derive(Clone, Copy, Debug)]
pub enum StageRecord<'r> {
    Field(FieldRef),
    Events(Measured<'r>),
}

/// An earlier stage that may be required.
#[derive(Clone, Debug, Serialize)]
pub struct AfterLine {
    pub stage: String,
    pub holds: Truth,
    pub entered: Truth,
}

/// A reason to disqualify.
#[derive(Clone, Debug, Serialize)]
pub struct DisqualifierLine<'r> {
    pub reason: String,
    pub applies: bool,
    #[serde(rename = "when")]
    pub finding: Finding<'r>,
}

/// What a lead lacks for a stage.
#[derive(Clone, Debug, Serialize)]
pub struct NextStage<'r> {
    pub name: String,
    #[serde(rename = "lacking")]
    pub gaps: Vec<Gap<'r>>,
}

/// Every stage, from the top of the funnel down.
pub(super) fn stages<'r>(view: &View<'_, '_, 'r>) -> Vec<StageLine<'r>> {
    let card = view.card;
    let line = |(index, stage): (usize, &'r Stage)| StageLine {
        name: stage.name.clone(),
        holds: card.holds[index],
        is_current: card.stage == Some(index),
        is_first: index == 0,
        entered: stage.entered.as_ref().map(|entered| when_entered(view, index, entered)),
        when: stage.when.as_ref().map(|when| view.finding(when)),
        keep_when: keep_when(view, index, stage),
        after: stage.after.iter().map(|earlier| after(view, *earlier)).collect(),
    };
    view.rulebook.stages.iter().enumerate().map(line).collect()
}

fn keep_when<'r>(view: &View<'_, '_, 'r>, index: usize, stage: &'r Stage) -> Option<Finding<'r>> {
    let condition = stage.keep_when.as_ref().filter(|_| may_keep(index, view.previous_stage))?;
    Some(view.finding(condition))
}

fn after(view: &View<'_, '_, '_>, earlier: usize) -> AfterLine {
    let card = view.card;
    AfterLine {
        stage: view.rulebook.stages[earlier].name.clone(),
        holds: card.holds[earlier],
        entered: card.entered[earlier].truth,
    }
}

fn when_entered<'r>(view: &View<'_, '_, 'r>, index: usize, entered: &'r Entered) -> WhenEntered<'r> {
    let entry = view.card.entered[index];
    let is_return = index == 0 && view.card.passes > 1;
    let source = source_of(view, entered, entry.at).filter(|_| !is_return);
    let row = match source {
        Some(LeadMoment::Event(tally)) => {
            let selects = |sighting: &&Sighting| {
                let mut takes = sighting.takes.iter();
                let is_taken = takes.any(|take| take.tally == *tally && take.verdict == Verdict::Selected);
                sighting.fate == Fate::Counted && is_taken && sighting.time == entry.at
            };
            view.sightings.iter().find(selects)
        }
        Some(LeadMoment::Field(_)) | None => None,
    };
    WhenEntered {
        truth: entry.truth,
        at: entry.at,
        is_return,
        by: source.map(|source| view.named(record(view, source))),
        file: row.map(|row| row.file.clone()),
        line: row.map(|row| row.line),
        finding: if let Entered::When { when, .. } = entered { Some(view.finding(when)) } else { None },
    }
}

/// Where the CRM records that a stage was entered: of several the first that says this date, else the first; none where a
/// condition says so.
fn source_of<'r>(view: &View<'_, '_, 'r>, entered: &'r Entered, at: Option<Instant>) -> Option<&'r LeadMoment> {
    let Entered::Records(records) = entered else { return None };
    let says_it = |record: &&LeadMoment| {
        at.is_some() && instants(record, view.facts).iter().any(|(moment, _)| Some(moment.at) == at)
    };
    records.iter().find(says_it).or_else(|| records.first())
}

/// A place where the CRM records that a stage was entered.
fn record<'r>(view: &View<'_, '_, 'r>, source: &LeadMoment) -> StageRecord<'r> {
    match source {
        LeadMoment::Field(field) => StageRecord::Field(*field),
        LeadMoment::Event(tally) => StageRecord::Events(view.measured(*tally)),
    }
}

/// What would disqualify a lead, in order.
pub(super) fn disqualifiers<'r>(view: &View<'_, '_, 'r>) -> Vec<DisqualifierLine<'r>> {
    let line = |(index, disqualifier): (usize, &'r Disqualifier)| DisqualifierLine {
        reason: disqualifier.reason.clone(),
        applies: view.card.disqualified == Some(index),
        finding: view.finding(&disqualifier.when),
    };
    view.rulebook.disqualifiers.iter().enumerate().map(line).collect()
}

/// The priority that applies.
pub(super) fn priority<'r>(view: &View<'_, '_, 'r>) -> Option<&'r Priority> {
    Some(&view.rulebook.priorities[view.card.priority?])
}

/// What a lead lacks for the first stage beyond its own that it doesn't hold; a disqualified lead has no way on.
pub(super) fn next<'r>(view: &View<'_, '_, 'r>) -> Option<NextStage<'r>> {
    let card = view.card;
    let beyond = card.stage? + 1;
    let index = (beyond..view.rulebook.stages.len()).find(|index| !card.holds[*index].is_true())?;
    let stage = &view.rulebook.stages[index];
    let mut gaps = match (&stage.when, &stage.entered) {
        (Some(when), _) | (None, Some(Entered::When { when, .. })) => view.gaps(when, false),
        (None, entered) => {
            let source = entered.as_ref().and_then(|entered| source_of(view, entered, None));
            source.map(|source| view.gap(GapKind::Crm, Lacking::Record(record(view, source)))).into_iter().collect()
        }
    };
    let came_from = |earlier: &usize| card.holds[*earlier].max(card.entered[*earlier].truth).is_true();
    if !stage.after.is_empty() && !stage.after.iter().any(came_from) {
        gaps.push(view.gap(GapKind::Stage, Lacking::Earlier(&stage.after)));
    }
    Some(NextStage { name: stage.name.clone(), gaps })
}
