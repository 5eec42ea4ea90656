//! The report as a value: every figure that is shown, with its definition, and nothing about how it is shown.
//!
//! Plain data, serialisable, without references into the rulebook. What is not known is said to be so: no figure is 0 because
//! nobody measured it. Floats are rounded: shares, rates and lifts to six decimals, days to three, money to two.

mod accounts;
mod caution;
mod conversion;
mod criteria;
mod figure;
mod given_back;
mod pipeline;
mod quality;
mod reasons;
mod sales;
mod scores;
mod value;

pub use accounts::{Accounts, AccountsInStage};
pub use caution::Caution;
pub use conversion::{
    Cohort, CohortCell, Cohorts, Conversion, ConversionWindow, CurvePoint, DateError, PathReport, Segment,
    SegmentTable, Sla, SlaCounts, SlaHours, StageReach, Target, TargetMonth, Velocity,
};
pub use criteria::{
    Criteria, CriterionEffect, DimensionPoints, GroupPoints, Pair, StageCross, StageRow, StepLeads, Unclosed,
    UnclosedCriterion,
};
pub use figure::{Days, Figure, Rate};
pub use given_back::{CountedPasses, FirstAndLater, GivenBack, GivenBackPath, GivenBackStage, PassCounts};
pub use pipeline::{Pipeline, PipelineStage, PipelineSum};
pub use quality::{
    AutomatedEvents, CellIssue, Field, FieldOrigin, File, MixedCurrencies, NextQuestion, NextQuestions, Orphans,
    Quality, RejectCount, SourceEvents,
};
pub use reasons::{OpenByOwner, OwnerOpen, Reason, Reasons};
pub use sales::{
    ComingSoon, GivenBackFor, HandedOver, MonthlyReturns, Months, NearLead, OverdueLead, PastDue, Sales, Won,
};
pub use scores::{Auc, Band, Grade, GradeGrid, GradeRow, Outcomes, Scores};
pub use value::{
    ChainFactor, FactorFrom, Ltv, LtvFrom, Pool, SegmentValue, SpendRow, StageCost, StageValue, StatedFactors,
    ValueFigures,
};

use crate::value::{Instant, Zone};
use serde::Serialize;

/// The version of the shape of `report.json`. It grows when something is renamed, removed or comes to mean something else;
/// additions leave it as it is.
pub const SCHEMA: &str = "leadscore/report/2";

/// Everything that the report says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The rulebook's name, if it has one.
    pub rulebook: Option<String>,
    /// Who stands for it.
    pub owner: Option<String>,
    /// The instant that everything is seen from, as RFC 3339; what lies after it does not exist.
    pub as_of: Instant,
    /// The zone of calendar days and months.
    #[serde(rename = "timezone")]
    pub zone: Zone,
    /// How many leads were scored and not left out; every figure is about these.
    pub n_leads: u64,
    /// How many more were scored and stand in no figure, because `leave_out` is true for them; absent where the rulebook has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n_left_out: Option<u64>,
    /// What the figures of the funnel count, where leads can be given back; absent where the rulebook has no `returns`: then each lead
    /// has one pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passes: Option<PassCounts>,
    /// The stages of the rulebook, from the top of the funnel down.
    pub stages: Vec<String>,
    /// The stage that makes a customer: the rulebook's last, if the CRM records it. Without it no outcome is known.
    pub customer_stage: Option<String>,
    /// How many leads are customers; none where that is not known.
    pub n_customers: Option<u64>,
    /// What the words and figures mean, in the order in which a reader needs them.
    pub definitions: Vec<Definition>,
    /// What a reader should be careful about, whole sentences: small numbers, scores that know the outcome.
    pub cautions: Vec<Caution>,
    /// What the head of sales asks for; none without a path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales: Option<Sales>,
    /// For each path of the rulebook's `funnel`; empty without paths: none is invented.
    pub paths: Vec<PathReport>,
    /// The paths side by side: do PQLs convert more, and sooner, than MQLs? Empty with fewer than two paths.
    pub side_by_side: Vec<PathCompared>,
    /// Dates out of order: `n_leads` counts them all, examples are limited.
    pub date_errors: DateErrors,
    /// Passes that sales gave back; absent where the rulebook has no `returns`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_back: Option<GivenBack>,
    /// Promised response times: one entry a promise and, where the next stage stops the clock, a path.
    pub slas: Vec<Sla>,
    /// Wanted entries a calendar month.
    pub targets: Vec<Target>,
    /// What an MQL, and every other stage, is worth; none without `value`.
    pub value: Option<ValueFigures>,
    /// Accounts by stage; none where the rulebook has no accounts.
    pub accounts: Option<Accounts>,
    /// Outcomes by grade, band and stage.
    pub scores: Scores,
    /// Outcomes by criterion.
    pub criteria: Criteria,
    /// What the rulebook and the CRM say of the same leads.
    pub crm: StageCross,
    /// What is wrong with, or missing from, the data.
    pub quality: Quality,
}

/// What a word or figure of the report means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// Which part of the report it belongs to, a fixed key: `sales`, `reached`, `conversion`, `segments`, `cohorts`, `velocity`,
    /// `dates`, `sla`, `targets`, `value`, `scores`, `auc`, `criteria`, `points`, `pairs`, `unclosed`, `crm`, `paths`, `quality`,
    /// `questions`, `few`, `rate`.
    pub key: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// The definition: one to four sentences.
    pub text: &'static str,
}

/// One path beside the others, seen from the first of its stages that not every path has (with the same stages everywhere:
/// its second).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathCompared {
    /// The path's name.
    pub path: String,
    /// The stage it is seen from: `MQL` here, `PQL` there.
    pub from: String,
    /// The path's last stage.
    pub to: String,
    /// How many convert, of those that the CRM says entered this very stage: implied ones, which may have come by the other
    /// path, left out.
    pub rate: Rate,
    /// Converted after 30, 60 and 90 days, as [`Velocity::after`] has it.
    pub after: Vec<(u32, Figure)>,
    /// Half have converted after this.
    pub median: Days,
    /// The mean number of days cannot be known while leads are open; this is the median of those that did convert.
    pub median_of_converted: Days,
}

/// Dates that contradict the order of a path's stages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DateErrors {
    /// How many leads have any.
    pub n_leads: u64,
    /// The first of them, in the order of the leads file.
    pub examples: Vec<DateError>,
}
