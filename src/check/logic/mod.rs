//! Lints of the family "logic": conditions, tiers and stages that hide or contradict each other.

mod account_of_free_mail;
mod account_stage_for_all;
mod account_stage_out_of_reach;
mod account_thresholds;
mod constant_condition;
mod falling_tiers;
mod final_given_back;
mod foreign_rule_field;
mod hidden_choice;
mod hidden_map_entry;
mod hidden_stage;
mod idle_keep_when;
mod idle_since;
pub(super) mod negated_blank;
mod path_slash;
mod recycle_without_entry;
mod tier_gap;
mod tier_overlap;
mod tiers;
mod unknown_derived_text;
mod unmatchable_text;
mod unused_otherwise;
mod window_beyond_decay;
mod zero_is_enough;

use super::Lint;

/// The lints of this family, in order of code.
pub(super) const LINTS: &[Lint] = &[
    hidden_choice::LINT,
    tier_gap::LINT,
    tier_overlap::LINT,
    falling_tiers::LINT,
    constant_condition::LINT,
    zero_is_enough::LINT,
    hidden_stage::LINT,
    unused_otherwise::LINT,
    negated_blank::LINT,
    unmatchable_text::LINT,
    window_beyond_decay::LINT,
    recycle_without_entry::LINT,
    idle_keep_when::LINT,
    idle_since::LINT,
    path_slash::LINT,
    final_given_back::LINT,
    unknown_derived_text::LINT,
    hidden_map_entry::LINT,
    account_stage_out_of_reach::LINT,
    account_stage_for_all::LINT,
    account_of_free_mail::LINT,
    foreign_rule_field::LINT,
];
