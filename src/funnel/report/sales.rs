//! The page that the head of sales asks for: this month and last beside targets, who is past due, and what comes soon.

use crate::points::Points;
use crate::value::Instant;
use serde::Serialize;

/// What sales got, did and won this calendar month and last, and what waits for it. Only where the rulebook has a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sales {
    /// The month of `as_of`: `2026-06`.
    pub this_month: String,
    /// The month before.
    pub last_month: String,
    /// The stages of paths that have an SLA or a target, in the rulebook's order; the last stages of paths are in `won`.
    pub handed_over: Vec<HandedOver>,
    /// The last stage of each path.
    pub won: Vec<Won>,
    /// What sales gave back; none where the rulebook has no `returns`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_back: Option<MonthlyReturns>,
    /// Who waits longer than was promised; none without an SLA.
    pub past_due: Option<PastDue>,
    /// Who lacks few points for one of the stages; none where none of them asks for a score.
    pub soon: Option<ComingSoon>,
}

/// This month's number and last month's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Months {
    /// This month's, so far.
    pub this: u64,
    /// Last month's.
    pub last: u64,
}

/// What became of the entries into a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HandedOver {
    /// The stage.
    pub stage: String,
    /// How many entries a month are wanted.
    pub target: Option<u64>,
    /// Entries that the CRM recorded in the month.
    pub n_entered: Months,
    /// Of these: answered by now, in time or late, as the stage's SLA says; none without one.
    pub n_touched: Option<Months>,
    /// Of these: reached the path's next stage, or a later one, by now.
    pub n_accepted: Months,
}

/// Entries into the last stage of a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Won {
    /// The stage.
    pub stage: String,
    /// How many entries a month are wanted.
    pub target: Option<u64>,
    /// Entries that the CRM recorded in the month.
    pub n_entered: Months,
}

/// What sales gave back in the month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MonthlyReturns {
    /// Returns in the month.
    pub n: Months,
    /// By reason, the most frequent first; then `(other)` and `(none)`, where there are any.
    pub reasons: Vec<GivenBackFor>,
}

/// Returns for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GivenBackFor {
    /// The reason, as most often written.
    pub reason: String,
    /// Returns in the month.
    pub n: Months,
}

/// Who waits longer than was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PastDue {
    /// How many there are; a lead that two stages wait for counts for each.
    pub n: u64,
    /// The first of them, the longest overdue first.
    pub leads: Vec<OverdueLead>,
}

/// A lead that was to be answered before now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OverdueLead {
    /// The lead's id; where that is an e-mail address, its number among the leads: `lead 17`.
    pub lead: String,
    /// The stage that it waits in.
    pub stage: String,
    /// When the promised time was over.
    pub since: Instant,
    /// Who owns it today; none where the rulebook doesn't ask, or where nobody does.
    pub owner: Option<String>,
}

/// Who lacks few points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComingSoon {
    /// The stages that are looked at.
    pub stages: Vec<String>,
    /// At most so many points are lacking.
    pub within: Points,
    /// How many leads there are.
    pub n_leads: u64,
    /// The first of them, the nearest first.
    pub leads: Vec<NearLead>,
}

/// A lead that lacks few points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NearLead {
    /// The lead's id; where that is an e-mail address, its number among the leads: `lead 17`.
    pub lead: String,
    /// The stage that it comes to; of several the nearest.
    pub stage: String,
    /// So many more points on each score that the stage asks for would do.
    pub missing: Points,
}
