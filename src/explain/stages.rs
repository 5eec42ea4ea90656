//! Which stages a lead holds and why, what disqualifies it, which priority applies, and what it lacks for the next stage.

use super::finding::Finding;
use super::gaps::{Gap, GapKind, gaps};
use super::view::View;
use super::words::{self, Manner};
use crate::rulebook::{Entered, Stage};
use crate::run::Sighting;
use crate::score::Fate;
use crate::score::{Truth, may_keep};
use crate::value::Instant;
use std::path::PathBuf;

/// A stage.
#[derive(Clone, Debug)]
pub struct StageLine {
    /// Its name.
    pub name: String,
    /// Whether the lead holds it.
    pub holds: Truth,
    /// Whether it is the lead's.
    pub is_current: bool,
    /// Whether it is the first, which every lead holds.
    pub is_first: bool,
    /// What the CRM says of it, if the rulebook asks.
    pub entered: Option<WhenEntered>,
    /// What makes a lead hold it.
    pub when: Option<Finding>,
    /// What suffices to stay, where the previous run's stage makes that count.
    pub keep_when: Option<Finding>,
    /// Earlier stages, one of which must be held or have been entered.
    pub after: Vec<AfterLine>,
}

/// What the CRM says of a stage.
#[derive(Clone, Debug)]
pub struct WhenEntered {
    /// Whether it was entered.
    pub truth: Truth,
    /// When, if that is known.
    pub at: Option<Instant>,
    /// What says so: a field's name, events in words, or nothing where it is a condition.
    pub by: Option<String>,
    /// The row of the event that says so.
    pub row: Option<(PathBuf, u64)>,
    /// The condition that says so.
    pub finding: Option<Finding>,
}

/// An earlier stage that may be required.
#[derive(Clone, Debug)]
pub struct AfterLine {
    /// Its name.
    pub stage: String,
    /// Whether the lead holds it.
    pub holds: Truth,
    /// Whether it was entered.
    pub entered: Truth,
}

/// A reason to disqualify.
#[derive(Clone, Debug)]
pub struct DisqualifierLine {
    /// The reason.
    pub reason: String,
    /// Whether it is the one that applies.
    pub applies: bool,
    /// Its condition.
    pub finding: Finding,
}

/// The priority that applies.
#[derive(Clone, Debug)]
pub struct PriorityLine {
    /// Its name.
    pub name: String,
    /// What to do.
    pub action: Option<String>,
    /// Its condition.
    pub finding: Option<Finding>,
}

/// What a lead lacks for a stage.
#[derive(Clone, Debug)]
pub struct NextStage {
    /// The stage.
    pub name: String,
    /// What is lacking.
    pub gaps: Vec<Gap>,
}

/// Every stage, from the top of the funnel down.
pub(super) fn stages(view: &View<'_, '_>) -> Vec<StageLine> {
    let card = view.lead.card;
    let line = |(index, stage): (usize, &Stage)| StageLine {
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

fn keep_when(view: &View<'_, '_>, index: usize, stage: &Stage) -> Option<Finding> {
    let condition = stage.keep_when.as_ref().filter(|_| may_keep(index, view.lead.previous_stage))?;
    Some(view.finding(condition))
}

fn after(view: &View<'_, '_>, earlier: usize) -> AfterLine {
    let card = view.lead.card;
    AfterLine {
        stage: view.rulebook.stages[earlier].name.clone(),
        holds: card.holds[earlier],
        entered: card.entered[earlier].truth,
    }
}

fn when_entered(view: &View<'_, '_>, index: usize, entered: &Entered) -> WhenEntered {
    let entry = view.lead.card.entered[index];
    let mut line = WhenEntered { truth: entry.truth, at: entry.at, by: None, row: None, finding: None };
    match entered {
        Entered::When(when) => line.finding = Some(view.finding(when)),
        _ => line.by = Some(recorded_by(view, entered)),
    }
    if let Entered::Event(tally) = entered {
        let selects = |sighting: &&Sighting| {
            let taken = sighting
                .takes
                .iter()
                .any(|take| take.tally == *tally && take.verdict == crate::score::Verdict::Selected);
            sighting.fate == Fate::Counted && taken && sighting.time == entry.at
        };
        line.row = view.sightings.iter().find(selects).map(|sighting| (sighting.file.clone(), sighting.line));
    }
    line
}

/// Where the CRM says that a stage was entered.
fn recorded_by(view: &View<'_, '_>, entered: &Entered) -> String {
    match entered {
        Entered::Field(field) => view.rulebook.field_name(*field),
        Entered::Event(tally) => words::selection(view.voice(), &view.rulebook.tallies[*tally].select),
        Entered::When(when) => words::condition(view.voice(), when, words::Side::Lead),
    }
}

/// What would disqualify a lead, in order.
pub(super) fn disqualifiers(view: &View<'_, '_>) -> Vec<DisqualifierLine> {
    let line = |(index, disqualifier): (usize, &crate::rulebook::Disqualifier)| DisqualifierLine {
        reason: disqualifier.reason.clone(),
        applies: view.lead.card.disqualified == Some(index),
        finding: view.finding(&disqualifier.when),
    };
    view.rulebook.disqualifiers.iter().enumerate().map(line).collect()
}

/// The priority that applies.
pub(super) fn priority(view: &View<'_, '_>) -> Option<PriorityLine> {
    let priority = &view.rulebook.priorities[view.lead.card.priority?];
    let finding = priority.when.as_ref().map(|when| view.finding(when));
    Some(PriorityLine { name: priority.name.clone(), action: priority.action.clone(), finding })
}

/// What a lead lacks for the first stage beyond its own that it doesn't hold; a disqualified lead has no way on.
pub(super) fn next(view: &View<'_, '_>) -> Option<NextStage> {
    let card = view.lead.card;
    let beyond = card.stage? + 1;
    let index = (beyond..view.rulebook.stages.len()).find(|index| !card.holds[*index].is_true())?;
    let stage = &view.rulebook.stages[index];
    let mut lacking = match (&stage.when, &stage.entered) {
        (Some(when), _) | (None, Some(Entered::When(when))) => gaps(view, when, false),
        (None, Some(entered)) => vec![Gap::plain(GapKind::Crm, in_crm(view, entered))],
        (None, None) => Vec::new(),
    };
    let came_from = |earlier: &usize| card.holds[*earlier].max(card.entered[*earlier].truth).is_true();
    if !stage.after.is_empty() && !stage.after.iter().any(came_from) {
        let names: Vec<String> =
            stage.after.iter().map(|earlier| view.rulebook.stages[*earlier].name.clone()).collect();
        lacking.push(Gap::plain(
            GapKind::Stage,
            format!("{} must be held, or recorded in the CRM, first", words::one_of(Manner::Terse, &names)),
        ));
    }
    Some(NextStage { name: stage.name.clone(), gaps: lacking })
}

fn in_crm(view: &View<'_, '_>, entered: &Entered) -> String {
    match entered {
        Entered::Field(field) => format!("recorded by the CRM in {}", view.rulebook.field_name(*field)),
        _ => format!("recorded by the CRM as {}", recorded_by(view, entered)),
    }
}
