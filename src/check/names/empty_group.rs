//! A dimension or group without any active criterion.
//!
//! ## Why
//! Its score is the same for every lead: 0, or its `min`. A reader may take it for a measurement.
//!
//! ## Example
//! ```yaml
//! dimensions:
//!   fit: { groups: { company: { max: 60, criteria: [] } } }
//! ```
//!
//! ## What to do
//! Write its criteria, or remove it. A criterion with `enabled: false` is not active.

use super::super::{CheckSubject, Findings, Lint};

pub(super) const LINT: Lint = Lint::warning("LS206", "empty-group", include_str!("empty_group.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let enabled = || rulebook.criteria.iter().filter(|criterion| criterion.enabled);
    for (index, dimension) in rulebook.dimensions.iter().enumerate() {
        if !enabled().any(|criterion| criterion.dimension == index) {
            findings
                .add(dimension.place.span, format!("the dimension `{}` has no active criterion", dimension.name))
                .help("write its criteria, or remove it");
            continue;
        }
        for (number, group) in dimension.groups.iter().enumerate() {
            if !enabled().any(|criterion| criterion.dimension == index && criterion.group == Some(number)) {
                findings
                    .add(group.place.span, format!("the group `{}` has no active criterion", group.name))
                    .help("write its criteria, or remove it");
            }
        }
    }
}
