//! The funnel and what an MQL is worth: scored leads, folded one by one into sums, become a [`report::Report`].
//!
//! [`Lens`] is what a rulebook wants to know, bound to an instant; [`Observed`] is what a run of leads came to and can be added
//! to another; [`measure`] turns the sums into figures. Pure: no files, no clock, no failure, and the same figures for any
//! number of threads. What it does not do is show anything.

mod accounts_report;
mod arrivals;
mod asking;
mod by_criterion;
mod by_score;
mod cohorts;
mod compose;
mod criteria_report;
mod cross;
mod define;
mod due;
mod estimate;
mod figures;
mod flow;
mod foremost;
mod given_back;
mod keyed;
mod lens;
mod observed;
mod pass;
mod path_report;
mod pipeline;
mod quality;
mod questions;
mod reasons;
pub(crate) mod report;
mod returned;
mod sales;
mod scores_report;
mod segments;
mod sla;
mod soon;
mod sums;
mod suppose;
mod targets;
mod value_report;
mod velocity;
mod window;
mod worth;

pub(crate) use asking::Asking;
pub use compose::measure;
pub(crate) use due::due;
#[cfg(test)]
pub(crate) use estimate::auc;
pub(crate) use estimate::{Z, wilson, wilson_of_share};
pub(crate) use figures::{FEW, count, float, median_of_seconds, rate, to_cents, to_share};
pub use lens::Lens;
pub use observed::Observed;
pub(crate) use value_report::value_report;
