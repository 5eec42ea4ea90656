//! A path's conversion, segments, cohorts and velocity; response times; targets.

use super::{Days, Figure, OpenByOwner, Rate, Reasons};
use crate::value::Instant;
use serde::Serialize;

/// One path through the stages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathReport {
    /// Its name.
    pub name: String,
    /// Its stages, in order, and how many leads reached each. The funnel.
    pub stages: Vec<StageReach>,
    /// From each stage to the next; one fewer than stages.
    pub to_next: Vec<Conversion>,
    /// From each stage to the last; one fewer than stages. The last of them equals the last of `to_next`.
    pub to_last: Vec<Conversion>,
    /// For each field of `by`.
    pub segments: Vec<SegmentTable>,
    /// For each stage but the last.
    pub cohorts: Vec<Cohorts>,
    /// The time from each stage to the next.
    pub velocity_to_next: Vec<Velocity>,
    /// The time from each stage to the last.
    pub velocity_to_last: Vec<Velocity>,
    /// Why leads were lost; absent where the rulebook doesn't say what tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub losses: Option<Reasons>,
    /// The open leads by owner; absent where the rulebook names no owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_by_owner: Option<OpenByOwner>,
}

/// How many leads reached a stage, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageReach {
    /// The stage.
    pub stage: String,
    /// How many reached it: the sum of the next three.
    pub n_reached: u64,
    /// Of these: the CRM has the date.
    pub n_dated: u64,
    /// Of these: skipped, and taken to have been entered with the next stage.
    pub n_implied: u64,
    /// Of these: known to be reached, but not when.
    pub n_undated: u64,
    /// Not counted above: whether they entered it is unknown.
    pub n_unknown: u64,
    /// Of those reached: this is the furthest stage, not lost, not disqualified.
    pub n_open_here: u64,
}

/// From one stage to a later one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conversion {
    /// From this stage.
    pub from: String,
    /// To this one.
    pub to: String,
    /// How many reached `from`: the sum of the next three. With a window, those of them whose time is over: the sum of the next three
    /// and of the late ones.
    pub n: u64,
    /// How many of them reached `to`; with a window, in time.
    pub n_converted: u64,
    /// How many are still open: neither converted nor lost.
    pub n_open: u64,
    /// How many were lost; none where the rulebook doesn't say what lost is (then nobody is known to be, and all are open).
    pub n_lost: Option<u64>,
    /// How many were given back; absent where the rulebook has no `returns`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n_returned: Option<u64>,
    /// Converted of all.
    pub rate: Rate,
    /// Converted of the resolved only: converted, lost or given back, with a window late ones too. [`Rate::None`] where neither `lost`
    /// nor `returns` is recorded.
    pub resolved: Rate,
    /// The time that leads have for this step; absent where the rulebook gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<ConversionWindow>,
}

/// The time that leads have for a step: `within` of the rulebook's `funnel`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ConversionWindow {
    /// How long, in milliseconds.
    pub within_ms: i64,
    /// Of `n`: reached `to`, but later.
    pub n_late: u64,
    /// Not in `n`: they entered less than `within_ms` before `as_of`.
    pub n_not_due: u64,
    /// Not in `n`: nobody knows when they entered, or when they reached `to`.
    pub n_undated: u64,
}

/// A path by the values of a field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SegmentTable {
    /// The field.
    pub field: String,
    /// The segments, the largest first, then `other` and `none`.
    pub segments: Vec<Segment>,
    /// How many smaller ones are together in the segment "other".
    pub n_in_other: u64,
}

/// One segment of a path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Segment {
    /// Its name: the field's value, `(other)` or `(none)`.
    pub name: String,
    /// How many leads it has, on this path or not.
    pub n_leads: u64,
    /// For each stage of the path how many reached it.
    pub n_reached: Vec<u64>,
    /// From each stage to the next.
    pub to_next: Vec<Conversion>,
    /// From the first stage to the last.
    pub to_last: Conversion,
}

/// Leads by the calendar month in which they entered a stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cohorts {
    /// The stage that they entered; recorded or implied, with a date.
    pub from: String,
    /// The later stages, one a column.
    pub to: Vec<String>,
    /// For each column how long 90 % of those that converted took: what "time to convert" means here.
    pub enough_time: Vec<Days>,
    /// From the earliest month on; at most 36, earlier ones together in one.
    pub months: Vec<Cohort>,
}

/// One month's leads.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cohort {
    /// `2026-05`; `before 2023-06` for the earlier months together.
    pub month: String,
    /// How many entered.
    pub n: u64,
    /// For each later stage.
    pub cells: Vec<CohortCell>,
}

/// A month's leads against a later stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CohortCell {
    /// How many have reached it by `as_of`.
    pub rate: Rate,
    /// The share of the month's leads that entered at least `enough_time` before `as_of`: below 1 the rate may still rise.
    pub had_time: Figure,
}

/// How long it takes from one stage to a later one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Velocity {
    /// From this stage.
    pub from: String,
    /// To this one.
    pub to: String,
    /// Leads with real dates that are in the estimate: the sum of the next three.
    pub n: u64,
    /// Of these: converted.
    pub n_converted: u64,
    /// Of these: lost or given back, a competing end.
    pub n_lost: u64,
    /// Of these: still open, censored at `as_of`.
    pub n_censored: u64,
    /// Reached `from`, but not in the estimate: without real dates at both ends, or with dates out of order.
    pub n_left_out: u64,
    /// The share converted after 30, 60 and 90 days (with 95 % interval); [`Figure::None`] where nobody was seen that long.
    pub after: Vec<(u32, Figure)>,
    /// Half have converted after this.
    pub median: Days,
    /// 90 % have converted after this.
    pub p90: Days,
    /// Half of those that did convert took no longer than this.
    pub median_of_converted: Days,
    /// The curve: rising steps, at most 200 of them; the first is at 0 days.
    pub curve: Vec<CurvePoint>,
}

/// From this day on, until the next point, this share has converted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Days since entry.
    pub days: f64,
    /// The share converted.
    pub share: f64,
    /// Leads still under observation just before it.
    pub n_at_risk: u64,
}

/// A lead whose dates contradict the order of the stages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateError {
    /// The lead's id; where that is an e-mail address, its number among the leads: `lead 17`.
    pub lead: String,
    /// The earlier stage of the path …
    pub stage: String,
    /// … and its date.
    pub at: Instant,
    /// The later stage …
    pub later_stage: String,
    /// … whose date lies before it.
    pub later_at: Instant,
}

/// A promised response time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sla {
    /// The stage whose entry starts the clock.
    pub stage: String,
    /// What stops it: a field's name, `an event`, or the next stage's name.
    pub until: String,
    /// The path whose next stage stops it; none where `until` is stated.
    pub path: Option<String>,
    /// The promise, in hours.
    pub within_hours: f64,
    /// Which hours count.
    pub hours: SlaHours,
    /// All leads.
    pub all: SlaCounts,
    /// For each field of `by`, and then for `owner`: the field, and its segments, the largest first.
    pub segments: Vec<(String, Vec<(String, SlaCounts)>)>,
}

/// Which hours a promise counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SlaHours {
    /// All of them.
    All,
    /// Those of `business_hours`.
    Business,
}

/// How a promise was kept. The promised time of an entry is over where entry + `within`, in the promise's own hours, is not after `as_of`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SlaCounts {
    /// Leads whose clock started: the sum of met, broken, early, running and lost.
    pub n: u64,
    /// The time is over: answered in time.
    pub n_met: u64,
    /// The time is over: not answered in time. The sum of the next three.
    pub n_broken: u64,
    /// Of the broken: answered too late.
    pub n_missed: u64,
    /// Of the broken: not answered yet, and not lost.
    pub n_past_due: u64,
    /// Of the broken: lost when the time was over, without an answer.
    pub n_lost_after: u64,
    /// The time is not over: answered already.
    pub n_early: u64,
    /// The time is not over: not answered yet.
    pub n_running: u64,
    /// Lost before the time was over, answered or not.
    pub n_lost: u64,
    /// Not counted above: answered before the clock started.
    pub n_before: u64,
    /// Not counted above: no date at one end.
    pub n_undated: u64,
    /// Met, of met and broken.
    pub kept: Rate,
    /// Half of those answered were answered after this, in the promise's own hours: a day has 24 of them.
    pub median: Days,
}

/// Wanted entries into a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// The stage.
    pub stage: String,
    /// How many a calendar month.
    pub target: u64,
    /// The month of `as_of`.
    pub this_month: TargetMonth,
    /// The month before.
    pub last_month: TargetMonth,
    /// Calendar days that are left in this month, the one of `as_of` included unless it is over.
    pub days_left: u32,
    /// What is missing this month.
    pub n_missing: u64,
    /// Entries needed a day from now on, in hundredths, rounded up; none where no day is left and something is missing.
    pub needed_a_day_hundredths: Option<u64>,
    /// Entries a day so far this month, in hundredths; none where no day is over.
    pub so_far_a_day_hundredths: Option<u64>,
}

/// One calendar month's entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetMonth {
    /// `2026-06`.
    pub month: String,
    /// Entries that the CRM recorded.
    pub n: u64,
}
