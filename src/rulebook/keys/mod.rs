//! The one table of the language: every key of rulebooks and of test files, with its place, form, default and meaning.
//!
//! The decoder asks it which keys a mapping may have and what an unknown one was meant to be; the JSON Schema and the reference
//! are made from it. A place's keys stand in the file that is named like it, those of a criterion kind, a measure or a
//! decay beside the code that reads them. Knows no text of a rulebook: nothing is decoded here.

mod condition;
mod criterion;
mod dimension;
mod exports;
mod field;
mod file;
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

pub use condition::CONDITION;
pub use criterion::CRITERION;
pub(in crate::rulebook) use criterion::{OTHERWISE, UNKNOWN};
pub use dimension::{DIMENSION, GROUP, TOTAL};
pub use exports::{LEAD_KEY, LEADS, SOURCE, TABLE, TIME, TYPE};
pub use field::FIELD;
pub use file::{DECIMALS, FILE, FILES};
pub(crate) use hint::{close_by, far_off};
pub use key::{Key, Need, Since};
pub use mapping::{Mapping, Shape, reachable};
pub use operator::{NAMED_LIST, RIGHT_SIDE};
pub(crate) use operator::{OPERATORS_OF_FIELD, operators};
pub use report::{EXPORT, EXPORTED, FUNNEL, LTV, ONLY, SLA, VALUE};
pub use rulebook::{IDS, LIST_FILE, RULEBOOK, VERSION};
pub(crate) use selection::{MEASURED, SELECTED};
pub use stages::{DISQUALIFIER, ENTERED, MOMENT, PRIORITY, STAGE};
pub use takes::{Reach, Takes, names};
pub use test_file::{EVENT, EXPECT, EXPECTATION, LEAD, STAGE_EXPECTATION, TEST, TEST_FILE, TEXT_EXPECTATION};
