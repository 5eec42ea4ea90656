//! From when on events count in a dimension, said once instead of with every criterion.

use crate::explain::Side;
use crate::present::language::{Voice, field};
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{Criterion, Rulebook};

/// The dates that hold for all events that a dimension looks at.
pub(super) fn common(rulebook: &Rulebook, dimension: usize) -> Vec<FieldRef> {
    let ours = rulebook.criteria.iter().filter(|criterion| criterion.enabled && criterion.dimension == dimension);
    let mut sinces = ours.flat_map(Criterion::tallies).map(|tally| &rulebook.tallies[tally].select.since);
    let Some(first) = sinces.next() else { return Vec::new() };
    sinces.fold(first.clone(), |mut common, since| {
        common.retain(|field| since.contains(field));
        common
    })
}

/// That in a sentence.
pub(super) fn sentence(voice: Voice<'_>, since: &[FieldRef]) -> Option<String> {
    let names: Vec<String> = since.iter().map(|name| field(voice, *name, Side::Lead)).collect();
    match &names[..] {
        [] => None,
        [one] => Some(format!("Where there is a date in {one}, only events after it count.")),
        _ => Some(format!("Only events after the latest of the dates in {} count.", names.join(" and "))),
    }
}
