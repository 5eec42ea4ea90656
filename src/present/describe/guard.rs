//! When a run does not replace the results of the last one.

use super::list;
use crate::present::Section;
use crate::present::language::duration;
use crate::rulebook::{Rulebook, Source};

/// The limits of the sources that have some.
pub(super) fn guard(rulebook: &Rulebook) -> Section {
    let mut section = Section::new("guard", "When an export looks broken");
    let limits: Vec<String> = rulebook.sources.iter().flat_map(limits).collect();
    if !limits.is_empty() {
        section.say("Nothing is scored in these cases, and the last results stay as they are:");
        section.add(list(limits));
    }
    section
}

fn limits(source: &Source) -> impl Iterator<Item = String> + use<'_> {
    let name = &source.name;
    let age = source.guard.max_age_ms.map(|age_ms| {
        format!("The newest event in {name} is more than {} old, or there is no event.", duration(age_ms))
    });
    let orphans = source
        .guard
        .max_orphans
        .map(|most| format!("More than {} % of the events in {name} belong to no lead.", most.number()));
    age.into_iter().chain(orphans)
}
