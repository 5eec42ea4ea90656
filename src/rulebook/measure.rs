//! What the report measures: paths, segments, response times, targets, and what a customer is worth.
//!
//! Only what the rulebook says; the figures are made elsewhere.

use super::expr::{Expr, FieldRef};
use crate::value::{Clock, Instant, Number, Zone};

/// The funnel as the report looks at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Funnel {
    /// Named ways through the stages.
    pub paths: Vec<Path>,
    /// Segments: lead fields.
    pub by: Vec<FieldRef>,
    /// Which leads are in no figure: a condition over a lead's fields and events.
    pub leave_out: Option<Expr>,
    /// Steps whose conversions count only within a time.
    pub windows: Vec<StepWindow>,
    /// When a lead was lost.
    pub lost: Option<LeadMoment>,
    /// The lead field that says why.
    pub lost_reason: Option<FieldRef>,
    /// The lead field that names who has the lead today.
    pub owner: Option<FieldRef>,
    /// Which passes of a lead count.
    pub passes: PassesCounted,
    /// Promised response times.
    pub slas: Vec<Sla>,
    /// Wanted entries a calendar month.
    pub targets: Vec<Target>,
}

/// A way through stages that have `entered`.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Its name.
    pub name: String,
    /// Indices into [`super::Rulebook::stages`], in order; at least two.
    pub stages: Vec<usize>,
}

/// Which passes of a lead the report counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PassesCounted {
    /// All.
    #[default]
    All,
    /// The latest only.
    Latest,
}

/// A step of a path, and how long a lead has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepWindow {
    /// From this stage.
    pub from: usize,
    /// To the next one of a path.
    pub to: usize,
    /// How long, in milliseconds.
    pub within_ms: i64,
}

/// A moment in a lead's life.
#[derive(Clone, Debug, PartialEq)]
pub enum LeadMoment {
    /// A date field.
    Field(FieldRef),
    /// Some events: a tally of the earliest, and with `returns` of all.
    Event(usize),
}

/// A promised response time.
#[derive(Clone, Debug, PartialEq)]
pub struct Sla {
    /// The stage whose entry starts the clock.
    pub stage: usize,
    /// How long, in milliseconds.
    pub within_ms: i64,
    /// What it is measured by.
    pub clock: Clock,
    /// What stops the clock; without it, entry into the path's next stage.
    pub until: Option<LeadMoment>,
}

impl Sla {
    /// The instant at which the promised time is over, for who entered the stage at `start`. An answer at that instant is in time.
    #[must_use]
    pub fn end(&self, start: Instant, zone: &Zone) -> Instant {
        self.clock.end(start, self.within_ms, zone)
    }
}

/// Wanted entries into a stage in a calendar month.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The stage.
    pub stage: usize,
    /// How many leads.
    pub n_leads: u64,
}

/// What a customer is worth and what leads cost.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueModel {
    /// The currency, as written.
    pub currency: Option<String>,
    /// The lifetime value of a customer.
    pub ltv: Option<WorthOfCustomer>,
    /// The number field that says what an open lead may bring.
    pub pipeline: Option<FieldRef>,
    /// Rates stated instead of measured.
    pub rates: Vec<StatedRate>,
    /// What was spent, by the first segment's values.
    pub spend: Vec<Spend>,
    /// Wanted return on advertising spend.
    pub target_roas: Option<Number>,
}

/// Where the lifetime value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum WorthOfCustomer {
    /// Stated.
    Stated(Number),
    /// The mean of a number field over customers that have it.
    Field(FieldRef),
    /// The mean of a measure over customers that have such an event: the measure's tally, and the count of its events.
    Event {
        /// The measure's tally.
        measure: usize,
        /// The tally of how many such events a lead has.
        count: usize,
    },
}

/// A stated conversion rate.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedRate {
    /// From this stage.
    pub from: usize,
    /// To this one.
    pub to: usize,
    /// Between 0 and 1.
    pub rate: Number,
}

/// What was spent on a segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Spend {
    /// The value of the first `by` field, as written.
    pub segment: String,
    /// The amount, in the currency.
    pub amount: Number,
}
