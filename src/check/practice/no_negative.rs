//! No criterion takes points away, in all or in a group.
//!
//! ## Why
//! A score that only rises ends with everybody at the top: students, competitors, those who left the newsletter, those who
//! have been silent for a year. What speaks against a lead tells as much as what speaks for it. For a single group this is
//! a note.
//!
//! ## Example
//! ```yaml
//! dimensions:
//!   fit: { criteria: [{ id: de, when: { field: country, is: DE }, points: 10 }] }       # and nothing below 0
//! ```
//!
//! ## What to do
//! Ask sales about the ten worst leads of last quarter, and give what they have in common points below 0.

use super::super::{CheckSubject, Findings, Lint};
use super::worth::{can_give, can_take};
use crate::rulebook::Criterion;

pub(super) const LINT: Lint = Lint::warning("LS501", "no-negative-criterion", include_str!("no_negative.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let takes = |criterion: &&Criterion| criterion.enabled && can_take(rulebook, criterion);
    let gives = |criterion: &&Criterion| criterion.enabled && can_give(rulebook, criterion);
    if !rulebook.criteria.iter().any(|criterion| gives(&criterion)) {
        return;
    }
    if !rulebook.criteria.iter().any(|criterion| takes(&criterion)) {
        findings
            .add(subject.section("dimensions"), "no criterion takes points away: a lead's score only ever rises")
            .help("give what speaks against a lead points below 0: free mailboxes, students, silence");
        return;
    }
    for (index, dimension) in rulebook.dimensions.iter().enumerate() {
        for (group, declared) in dimension.groups.iter().enumerate() {
            let own = |criterion: &&Criterion| criterion.dimension == index && criterion.group == Some(group);
            let own: Vec<&Criterion> = rulebook.criteria.iter().filter(own).collect();
            if own.len() > 1 && own.iter().any(gives) && !own.iter().any(takes) {
                findings
                    .add(
                        declared.place.span,
                        format!("no criterion of the group `{}` takes points away", declared.name),
                    )
                    .noted()
                    .help("ask what speaks against a lead here, and give it points below 0");
            }
        }
    }
}
