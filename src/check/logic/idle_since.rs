//! A `since` on a dimension or group that reads no events.
//!
//! ## Why
//! `since` holds for the event selections inside it. Where there are none it changes nothing, and whoever reads it believes
//! that old points are forgotten.
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
//! Put it on the dimension that counts events, or take it out.

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
                .help("put it on the dimension or group that does, or take it out");
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
