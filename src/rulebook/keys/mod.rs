//! The one table of the language: every key of rulebooks and of test files, with the mapping
//! that has it, what it takes, its default and its meaning.
//!
//! The decoder asks it which keys a mapping may have and what an unknown one was meant to be; the JSON Schema and the reference
//! are made from it. The keys of a mapping stand in the file that is named like it, those of a criterion kind, a measure or a
//! decay beside the code that reads them. Knows no text of a rulebook: nothing is decoded here.

mod accounts;
mod automated;
mod business_hours;
mod condition;
mod criterion;
mod derived;
mod dimension;
mod exports;
mod field;
mod file;
mod foreign;
mod hint;
mod key;
mod mapping;
mod operator;
mod report;
mod rulebook;
mod selection;
mod stages;
mod takes;
mod test_file;
#[cfg(test)]
mod tests;

pub(crate) use accounts::{ACCOUNT_PRIORITY, ACCOUNT_SCORE, ACCOUNT_STAGE, ACCOUNTS};
pub(crate) use automated::AUTOMATED;
pub(crate) use business_hours::{BUSINESS_HOURS, HOURS, WEEKDAYS};
pub(crate) use condition::CONDITION;
pub(crate) use criterion::CRITERION;
pub(in crate::rulebook) use criterion::{OTHERWISE, UNKNOWN};
pub(crate) use derived::{BAND, DERIVED, DERIVED_IN_ROW};
pub(crate) use dimension::{DIMENSION, GROUP, TOTAL};
pub(crate) use exports::{COLUMN_NAME, LEAD_KEY, LEADS, SOURCE, TABLE, TIME, TYPE};
pub(crate) use field::FIELD;
pub(crate) use file::{DECIMALS, FILE, FILES, SHORT_ROWS};
pub(crate) use foreign::{advice, advice_on_word};
pub(crate) use hint::{close_by, far_off};
pub(crate) use key::{Key, Need, Version};
pub(crate) use mapping::{Mapping, Shape, once, reachable};
pub(crate) use operator::{NAMED_LIST, OPERATORS_OF_FIELD, RIGHT_SIDE, operators};
pub(crate) use report::{EXPORT, EXPORTED, FUNNEL, LOST, LTV, ONLY, PASSES, SLA, VALUE};
pub(crate) use rulebook::{IDS, LIST_FILE, RULEBOOK, VERSION};
pub(crate) use selection::{MEASURED, SELECTED};
pub(crate) use stages::{DISQUALIFIER, ENTERED, MOMENT, PRIORITY, RETURNS, STAGE};
pub(crate) use takes::{Reach, Takes, names};
pub(crate) use test_file::{EVENT, EXPECT, EXPECTATION, LEAD, STAGE_EXPECTATION, TEST, TEST_FILE, TEXT_EXPECTATION};
