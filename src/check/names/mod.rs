//! Lints of the family "names": what is declared and never used, or used and never there.

mod empty_group;
mod reads;
mod stage_outside_paths;
mod unknown_event_type;
mod unused_business_hours;
mod unused_event_field;
mod unused_field;
mod unused_list;
mod unused_source;
mod unused_table;

use super::Lint;

/// The lints of this family, in order of code.
pub(super) const LINTS: &[Lint] = &[
    unused_field::LINT,
    unused_list::LINT,
    unused_source::LINT,
    unused_table::LINT,
    unused_event_field::LINT,
    empty_group::LINT,
    stage_outside_paths::LINT,
    unknown_event_type::LINT,
    unused_business_hours::LINT,
];
