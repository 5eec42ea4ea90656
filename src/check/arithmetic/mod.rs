//! Lints of the family "arithmetic": what the numbers can come to, by bounds that hold for every lead.

mod idle_dimension;
mod idle_limit;
mod lone_criterion;
mod powerless_criterion;
mod sure_threshold;
mod thresholds;
mod unreachable_grade;
mod unreachable_threshold;

use super::Lint;

/// The lints of this family, in order of code.
pub(super) const LINTS: &[Lint] = &[
    unreachable_threshold::LINT,
    sure_threshold::LINT,
    unreachable_grade::LINT,
    lone_criterion::LINT,
    idle_limit::LINT,
    powerless_criterion::LINT,
    idle_dimension::LINT,
];
