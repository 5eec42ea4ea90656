//! Lints of the family "evidence": what the rulebook says, held against the files it is for. Without files they are silent.

mod absent_band;
mod absent_map_entry;
mod absent_type;
mod absent_value;
mod blank_negated;
mod blank_unsaid;
mod broken_guard;
mod constant_criterion;
mod dropped_row;
mod lacking_column;
mod mixed_currencies;
mod most_automated;
mod not_numbers;
mod numbers;
mod other_decimal;
mod rounded_ids;
mod same_leads;
mod seen_texts;
mod several_columns;
mod silent_type;
mod types;
mod unread_type;
mod whole_minutes;

use super::Lint;

/// The lints of this family, in order of code.
pub(super) const LINTS: &[Lint] = &[
    lacking_column::LINT,
    absent_value::LINT,
    absent_type::LINT,
    constant_criterion::LINT,
    same_leads::LINT,
    blank_unsaid::LINT,
    blank_negated::LINT,
    silent_type::LINT,
    unread_type::LINT,
    dropped_row::LINT,
    other_decimal::LINT,
    not_numbers::LINT,
    mixed_currencies::LINT,
    several_columns::LINT,
    rounded_ids::LINT,
    absent_map_entry::LINT,
    absent_band::LINT,
    most_automated::LINT,
    whole_minutes::LINT,
    broken_guard::LINT,
];
