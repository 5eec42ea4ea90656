//! How many events of each type the files have.

use super::super::observed::ExportsObserved;
use crate::run::EventCounts;
use std::collections::BTreeMap;

/// How many events of each type count, in one source or in all.
pub(super) fn counted(observed: &ExportsObserved, only: Option<usize>) -> BTreeMap<&str, u64> {
    sum(observed, only, |counts| &counts.counted_by_type)
}

/// How many events of each type name no lead.
pub(super) fn orphans(observed: &ExportsObserved, only: Option<usize>) -> BTreeMap<&str, u64> {
    sum(observed, only, |counts| &counts.orphans_by_type)
}

/// How many events of each type lie after the instant of the check.
pub(super) fn later(observed: &ExportsObserved, only: Option<usize>) -> BTreeMap<&str, u64> {
    sum(observed, only, |counts| &counts.later_by_type)
}

fn sum<'o>(
    observed: &'o ExportsObserved,
    only: Option<usize>,
    of: impl Fn(&'o EventCounts) -> &'o BTreeMap<String, u64>,
) -> BTreeMap<&'o str, u64> {
    let mut all = BTreeMap::new();
    for (index, counts) in observed.sources.iter().enumerate() {
        if only.is_none_or(|only| only == index) {
            for (name, n) in of(counts) {
                *all.entry(name.as_str()).or_default() += n;
            }
        }
    }
    all
}
