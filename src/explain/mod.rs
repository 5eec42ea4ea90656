//! Why a lead has its score, stage and next step: an [`Explanation`], built from a scored lead and the events seen of it.
//!
//! Decides nothing: it asks [`crate::score`] about every part of every condition, so that what it shows is what was decided.
//! Knows no format; texts and JSON are made of it in [`crate::output`].

mod card;
mod criterion;
mod finding;
mod found;
mod gaps;
mod nearest;
mod occurrences;
mod stages;
mod view;
pub(crate) mod words;

pub use card::{AxisLine, Change, CriterionLine, DimensionLine, GroupLine, Sum};
pub use criterion::{ArmLine, Evidence, Occurred};
pub use finding::{Asks, Finding, Leaf, Reading, What};
pub use found::{Found, Tallied, in_words, local_time};
pub use gaps::{Gap, GapKind};
pub use nearest::NearestIds;
pub use occurrences::{Occurrence, Outcome};
pub use stages::{AfterLine, DisqualifierLine, NextStage, PriorityLine, StageLine, WhenEntered};

use crate::points::Points;
use crate::run::{ScoredLead, Sighting};
use crate::score::{Facts, Quantity, Step, Trial};
use crate::value::{Instant, Zone};
use std::path::Path;
use view::{Subject, View};

/// Everything that there is to say of one lead.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Its id, as it stands in the leads file.
    pub id: String,
    /// The rulebook's name.
    pub rulebook: Option<String>,
    /// The zone of calendar days, in which people are told times.
    pub zone: Zone,
    /// The instant that it was scored at.
    pub as_of: Instant,
    /// Its stage; none if it is disqualified.
    pub stage: Option<String>,
    /// Why it is disqualified.
    pub disqualified: Option<String>,
    /// Its grade, if any are defined, and how each of its marks came about.
    pub grade: Option<(String, Vec<AxisLine>)>,
    /// The last stage that the CRM says was entered.
    pub crm_stage: Option<String>,
    /// What to do with it in the CRM.
    pub step: Option<Step>,
    /// The priority that applies.
    pub priority: Option<PriorityLine>,
    /// Fields that conditions read and it lacks.
    pub missing: Vec<String>,
    /// Events that count for it, of any type.
    pub n_events: u64,
    /// The newest of them.
    pub last_event: Option<Instant>,
    /// What the previous run said of it: total and stage.
    pub previous: Option<(Points, String)>,
    /// The card.
    pub dimensions: Vec<DimensionLine>,
    /// The total of the dimensions that are in it.
    pub total: Sum,
    /// What would disqualify it, in order.
    pub disqualifiers: Vec<DisqualifierLine>,
    /// Whether it is never disqualified, being a customer.
    pub is_customer: bool,
    /// Every stage.
    pub stages: Vec<StageLine>,
    /// What it lacks for the next stage.
    pub next: Option<NextStage>,
}

/// Explains a lead. `sightings` are its events, as [`crate::run::Sightings::of`] gives them.
#[must_use]
pub fn explain(lead: &ScoredLead<'_, '_>, sightings: &[Sighting]) -> Explanation {
    let previous_stage = lead.previous.and_then(|previous| previous.stage_index);
    let subject = Subject { id: &lead.id, card: lead.card, facts: lead.facts, previous_stage, row: Some(lead) };
    Explanation {
        previous: lead.previous.map(|previous| (previous.total, previous.stage.clone())),
        ..explained(&View::new(subject, sightings))
    }
}

/// Explains a lead on trial under a name. `file` and `lines` say where its events stand, one line an event.
#[must_use]
pub fn explain_trial(trial: &Trial<'_>, name: &str, file: &Path, lines: &[usize]) -> Explanation {
    let facts = trial.facts();
    let lead = trial.lead();
    let line = |index: usize| lines.get(index).map_or(0, |line| *line as u64);
    let seen = lead.events.iter().zip(trial.fates()).enumerate().map(|(index, (event, fate))| Sighting {
        lead: 0,
        source: event.source,
        file: file.to_owned(),
        line: line(index),
        kind: event.kind.clone(),
        time: Some(event.time),
        fate: *fate,
        values: event.fields.iter().filter(|(_, value)| !value.is_missing()).cloned().collect(),
        takes: trial.takes(index),
    });
    let sightings: Vec<Sighting> = seen.collect();
    let subject =
        Subject { id: name, card: facts.card(), facts: &facts, previous_stage: lead.previous_stage, row: None };
    explained(&View::new(subject, &sightings))
}

fn explained(view: &View<'_, '_>) -> Explanation {
    let (rulebook, lead) = (view.rulebook, &view.lead);
    let stage_name = |stage: usize| rulebook.stages[stage].name.clone();
    let missing = rulebook.missing_fields.iter().filter(|field| lead.facts.lead.value(**field).is_missing());
    Explanation {
        id: lead.id.to_owned(),
        rulebook: rulebook.card.name.clone(),
        zone: rulebook.zone.clone(),
        as_of: view.plan.as_of,
        stage: lead.card.stage.map(stage_name),
        disqualified: lead.card.disqualified.map(|index| rulebook.disqualifiers[index].reason.clone()),
        grade: card::grade(view),
        crm_stage: lead.card.crm_stage.map(stage_name),
        step: lead.card.step,
        priority: stages::priority(view),
        missing: missing.map(|field| rulebook.fields[*field].name.clone()).collect(),
        n_events: n_events(view),
        last_event: last_event(view),
        previous: None,
        dimensions: card::dimensions(view),
        total: Sum::of(lead.card.total, None, rulebook.total),
        disqualifiers: stages::disqualifiers(view),
        is_customer: view.is_customer(),
        stages: stages::stages(view),
        next: stages::next(view),
    }
}

fn n_events(view: &View<'_, '_>) -> u64 {
    match view.lead.facts.tally(view.rulebook.events_tally) {
        Quantity::Number { numerator, .. } => u64::try_from(numerator).unwrap_or(0),
        _ => 0,
    }
}

fn last_event(view: &View<'_, '_>) -> Option<Instant> {
    match view.lead.facts.tally(view.rulebook.last_event_tally) {
        Quantity::Instant(instant) => Some(instant),
        _ => None,
    }
}
