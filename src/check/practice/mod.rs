//! Lints of the family "practice": what experience with lead scoring advises.

mod endless_engagement;
mod inferred_sale;
mod no_idleness;
mod no_negative;
mod one_dimension;
mod opens_and_clicks;
mod protected_attribute;
mod review_overdue;
pub(super) mod unknown_unsaid;
mod unowned;
pub(super) mod worth;

use super::Lint;

/// The lints of this family, in order of code.
pub(super) const LINTS: &[Lint] = &[
    no_negative::LINT,
    one_dimension::LINT,
    review_overdue::LINT,
    opens_and_clicks::LINT,
    endless_engagement::LINT,
    no_idleness::LINT,
    protected_attribute::LINT,
    unknown_unsaid::LINT,
    inferred_sale::LINT,
    unowned::LINT,
];
