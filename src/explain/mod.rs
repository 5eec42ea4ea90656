//! Why a lead has its score, stage and next step: an [`Explanation`], built from a scored lead and the events seen of it.
//!
//! Decides nothing: it asks [`crate::score`] about every part of every condition, so that what it shows is what was decided.
//! Makes no words: `crate::present` does, of the same types that JSON is derived from.

mod account;
mod card;
mod claim;
mod criterion;
mod derived;
mod finding;
mod found;
mod gaps;
mod nearest;
mod occurrences;
mod shape;
mod stages;
mod view;

pub(crate) use crate::rulebook::Side;
pub use account::{AccountExplanation, explain_account};
pub(crate) use account::{AccountScoreLine, AccountStageLine};
pub(crate) use card::{Adjustment, AxisLine, DimensionLine, ExplainedCard, Silent};
pub use card::{CriterionLine, GroupLine, Sum};
pub(crate) use claim::{Claim, Measured, Named, Since, Statement, Subject};
pub use criterion::Evidence;
pub(crate) use criterion::{ArmLine, Occurred};
pub(crate) use derived::DerivedLine;
pub(crate) use finding::{Finding, Join, Leaf, NamedValue, What};
pub(crate) use found::Found;
pub(crate) use gaps::{Gap, Lacking};
pub use nearest::NearestIds;
pub(crate) use occurrences::{EventOutcome, Occurrence};
pub(crate) use stages::{DisqualifierLine, NextStage, StageLine, StageRecord, WhenEntered};

use crate::points::Points;
use crate::rulebook::Rulebook;
use crate::run::{Loaded, PreviousResult, ScoredLead, Sighting};
use crate::score::identity::identity;
use crate::score::{Facts, Journal, Quantity, Return, Step, Trial};
use crate::value::{Instant, Zone};
use serde::Serialize;
use std::path::{Path, PathBuf};
use view::{View, looked_at_by};

/// Everything that there is to say of one lead; what there is not is none or empty.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation<'r> {
    /// Its id, as it stands in the leads file.
    #[serde(rename = "lead_id")]
    pub id: String,
    /// The rulebook's name.
    pub rulebook: Option<String>,
    /// The zone of calendar days, in which people are told times.
    #[serde(rename = "timezone")]
    pub zone: Zone,
    /// The instant that it was scored at.
    pub as_of: Instant,
    /// Its stage; none if it is disqualified.
    #[serde(serialize_with = "shape::stage")]
    pub stage: Option<String>,
    /// Why it is disqualified.
    pub disqualified: Option<String>,
    /// Its grade, if any are defined.
    pub grade: Option<String>,
    /// How each mark of the grade came about.
    pub grade_marks: Option<Vec<AxisLine>>,
    /// The id that was asked for, where that is one that the lead had before.
    pub former_id: Option<String>,
    /// Rows of its id that don't count, because the lead's is newer.
    pub superseded: Vec<RowPlace>,
    /// The leads with which it shares a value by which events name leads, field by field.
    pub shared: Vec<Shared>,
    /// Its total.
    pub total: Points,
    /// The last stage that the CRM says was entered.
    pub crm_stage: Option<String>,
    /// In which pass it is, counted from 1, and how it came there; none where the rulebook has no `returns`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passes: Option<Passes>,
    /// What to do with it in the CRM.
    pub step: Option<Step>,
    /// The priority that applies.
    pub priority: Option<String>,
    /// What that says to do.
    pub action: Option<String>,
    /// Its condition.
    pub priority_when: Option<Finding<'r>>,
    /// Fields that conditions read and it lacks.
    pub missing: Vec<String>,
    /// The derived fields that the rulebook reads.
    pub derived: Vec<DerivedLine<'r>>,
    /// Events that count for it, of any type.
    #[serde(rename = "events")]
    pub n_events: u64,
    /// The newest of them.
    pub last_event: Option<Instant>,
    /// What the previous run said of it.
    pub previous: Option<Before>,
    /// How its points come about.
    pub card: ExplainedCard<'r>,
    /// Whether it is never disqualified, being a customer.
    #[serde(rename = "never_disqualified")]
    pub is_customer: bool,
    /// What would disqualify it, in order.
    pub disqualifiers: Vec<DisqualifierLine<'r>>,
    /// Every stage.
    pub stages: Vec<StageLine<'r>>,
    /// What it lacks for the next stage.
    #[serde(rename = "next_stage")]
    pub next: Option<NextStage<'r>>,
}

/// The place of a row.
#[derive(Clone, Debug, Serialize)]
pub struct RowPlace {
    /// The file, as it was named.
    #[serde(serialize_with = "shape::path")]
    pub file: PathBuf,
    /// The physical line where the row begins, from 1.
    pub line: u64,
}

/// Leads that share a value with the lead: an event that names them by it counts for each.
#[derive(Clone, Debug, Serialize)]
pub struct Shared {
    /// The field.
    pub by: String,
    /// The other leads' ids.
    pub leads: Vec<String>,
}

impl Explanation<'_> {
    /// Adds what the files say beside the lead's own row. `asked` is the id by which it was looked for.
    pub fn add_rows(&mut self, rulebook: &Rulebook, (asked, number): (&str, u32), loaded: &Loaded<'_>) {
        let own = |id: &str| identity(id, rulebook.ids, false);
        self.former_id = (own(asked) != own(&self.id)).then(|| asked.to_owned());
        self.superseded =
            loaded.superseded.iter().map(|row| RowPlace { file: row.file.clone(), line: row.line }).collect();
        let shared = loaded.shared.with(number).map(|(by, leads)| Shared {
            by: rulebook.field_name(by),
            leads: leads.into_iter().map(str::to_owned).collect(),
        });
        self.shared = shared.collect();
    }
}

/// A lead's passes through the stages.
#[derive(Clone, Debug, Serialize)]
pub struct Passes {
    /// How many it has begun: 1, and one more for each return.
    pub n: u64,
    /// When sales gave it back, from the first time on.
    pub returns: Vec<GivenBack>,
}

/// That sales gave a lead back.
#[derive(Clone, Debug, Serialize)]
pub struct GivenBack {
    /// When.
    pub at: Instant,
    /// Why, if that is known.
    pub reason: Option<String>,
}

/// What the previous run said of a lead.
#[derive(Clone, Debug, Serialize)]
pub struct Before {
    /// Its total.
    pub total: Points,
    /// Its stage.
    pub stage: String,
}

/// Explains a lead that was scored by this rulebook. `sightings` are its events, as [`crate::run::Sightings::of`] gives them.
#[must_use]
pub fn explain<'r>(rulebook: &'r Rulebook, lead: &ScoredLead<'_, '_>, sightings: &[Sighting]) -> Explanation<'r> {
    let view = View {
        id: &lead.id,
        card: lead.card,
        facts: lead.facts,
        previous_stage: lead.previous.and_then(|previous| previous.kept().serving(lead.card.passes)),
        row: Some(lead),
        sightings,
        plan: lead.facts.plan,
        rulebook,
        looked_at_by: looked_at_by(lead.facts.plan, sightings),
    };
    let before = |previous: &PreviousResult| Before { total: previous.total, stage: previous.stage.clone() };
    Explanation { previous: lead.previous.map(before), ..explained(&view) }
}

/// Explains a lead on trial under a name. `file` and `lines` say where its events stand, one line an event.
#[must_use]
pub(crate) fn explain_trial<'r>(
    rulebook: &'r Rulebook,
    trial: &Trial<'_>,
    name: &str,
    (file, lines): (&Path, &[usize]),
) -> Explanation<'r> {
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
    explained(&View {
        id: name,
        card: facts.card(),
        facts: &facts,
        previous_stage: lead.before.serving(facts.card().passes),
        row: None,
        sightings: &sightings,
        plan: facts.plan,
        rulebook,
        looked_at_by: looked_at_by(facts.plan, &sightings),
    })
}

fn explained<'r>(view: &View<'_, '_, 'r>) -> Explanation<'r> {
    let (rulebook, lead) = (view.rulebook, view);
    let stage_name = |stage: usize| rulebook.stages[stage].name.clone();
    let missing = rulebook.missing_of(|field| !lead.facts.lead.value(field).is_missing());
    let priority = stages::priority(view);
    Explanation {
        id: lead.id.to_owned(),
        rulebook: rulebook.card.name.clone(),
        zone: rulebook.zone.clone(),
        as_of: view.plan.as_of,
        stage: lead.card.stage.map(stage_name),
        disqualified: lead.card.disqualified.map(|index| rulebook.disqualifiers[index].reason.clone()),
        grade: rulebook.grade.as_ref().map(|_| lead.card.grade.clone()),
        grade_marks: card::grade_marks(view),
        former_id: None,
        superseded: Vec::new(),
        shared: Vec::new(),
        total: lead.card.total.value,
        crm_stage: lead.card.crm_stage.map(stage_name),
        passes: passes(view),
        step: lead.card.step,
        priority: priority.map(|priority| priority.name.clone()),
        action: priority.and_then(|priority| priority.action.clone()),
        priority_when: priority.and_then(|priority| priority.when.as_ref()).map(|when| view.finding(when)),
        missing: missing.map(|field| rulebook.fields[field].name.clone()).collect(),
        derived: derived::derived(view),
        n_events: n_events(view),
        last_event: last_event(view),
        previous: None,
        card: card::card(view),
        is_customer: view.is_customer(),
        disqualifiers: stages::disqualifiers(view),
        stages: stages::stages(view),
        next: stages::next(view),
    }
}

fn passes(view: &View<'_, '_, '_>) -> Option<Passes> {
    let journal = Journal::of(view.facts)?;
    let given_back =
        |(number, one): (usize, &Return)| GivenBack { at: one.moment.at, reason: journal.reason(number, view.facts) };
    let returns = journal.returns.iter().enumerate().map(given_back).collect();
    Some(Passes { n: view.card.passes, returns })
}

fn n_events(view: &View<'_, '_, '_>) -> u64 {
    match view.facts.tally(view.rulebook.events_tally) {
        Quantity::Number { numerator, .. } => u64::try_from(numerator).unwrap_or(0),
        _ => 0,
    }
}

fn last_event(view: &View<'_, '_, '_>) -> Option<Instant> {
    match view.facts.tally(view.rulebook.last_event_tally) {
        Quantity::Instant(instant) => Some(instant),
        _ => None,
    }
}
