//! A dimension or a group without a criterion that counts.
//!
//! ## Why
//! It is the same for every lead: 0, or what its `min` makes of that. Whoever reads the score takes it for a measurement.
//!
//! ## Example
//! ```yaml
//! dimensions:
//!   fit: { groups: { company: { max: 60, criteria: [] } } }
//! ```
//!
//! ## What to do
//! Write its criteria, or take it out. A criterion with `enabled: false` counts for nothing.

use super::super::{CheckSubject, Findings, Lint};

pub(super) const LINT: Lint = Lint::warning("LS206", "empty-group", include_str!("empty_group.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let enabled = || rulebook.criteria.iter().filter(|criterion| criterion.enabled);
    for (index, dimension) in rulebook.dimensions.iter().enumerate() {
        if !enabled().any(|criterion| criterion.dimension == index) {
            findings
                .add(dimension.place.span, format!("the dimension `{}` has no criterion that counts", dimension.name))
                .help("write its criteria, or take it out");
            continue;
        }
        for (number, group) in dimension.groups.iter().enumerate() {
            if !enabled().any(|criterion| criterion.dimension == index && criterion.group == Some(number)) {
                findings
                    .add(group.place.span, format!("the group `{}` has no criterion that counts", group.name))
                    .help("write its criteria, or take it out");
            }
        }
    }
}
