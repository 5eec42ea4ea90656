//! A `since` on a dimension or group that reads no events.
//!
//! ## Why
//! `since` limits the events that the criteria inside it count. If none of them counts events, it changes nothing. But
//! a reader may believe that old points are forgotten.
//!
//! ## Example
//! ```yaml
//! fit:
//!   since: recycled
//!   criteria:
//!     - { id: de, when: { field: country, is: DE }, points: 10 }
//! ```
//!
//! ## What to do
//! Put it on the dimension that counts events, or remove it.

use super::super::{CheckSubject, Findings, Lint};
use crate::rulebook::{Criterion, Place};

pub(super) const LINT: Lint = Lint::warning("LS414", "idle-since", include_str!("idle_since.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let mut look = |place: &Place, name: &str, is_own: &dyn Fn(&Criterion) -> bool| {
        let Some(since) = place.get("since") else { return };
        let mut own = subject.rulebook.criteria.iter().filter(|criterion| is_own(criterion));
        if !own.any(|criterion| criterion.tallies().next().is_some()) {
            findings
                .add(since.span, format!("no criterion of `{name}` reads events, so this `since` changes nothing"))
                .help("move it to a dimension or group that reads events, or remove it");
        }
    };
    for (index, dimension) in subject.rulebook.dimensions.iter().enumerate() {
        look(&dimension.place, &dimension.name, &|criterion| criterion.dimension == index);
        for (number, group) in dimension.groups.iter().enumerate() {
            let is_own = |criterion: &Criterion| (criterion.dimension, criterion.group) == (index, Some(number));
            look(&group.place, &group.name, &is_own);
        }
    }
}
