//! No criterion takes points away, in the whole rulebook or in a group.
//!
//! ## Why
//! If a score can only rise, everybody ends at the top: students, competitors, leads that unsubscribed, leads that were
//! silent for a year. Bad signs are as useful as good ones. For a single group this is a note.
//!
//! ## Example
//! ```yaml
//! dimensions:
//!   fit: { criteria: [{ id: de, when: { field: country, is: DE }, points: 10 }] }       # but nothing takes points away
//! ```
//!
//! ## What to do
//! Ask sales about the ten worst leads of last quarter, and give negative points for what they have in common.

use super::super::{CheckSubject, Findings, Lint};
use super::worth::{can_give, can_take};
use crate::rulebook::{Criterion, Dimension};

pub(super) const LINT: Lint = Lint::warning("LS501", "no-negative-criterion", include_str!("no_negative.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let takes = |criterion: &&Criterion| criterion.enabled && can_take(rulebook, criterion);
    let gives = |criterion: &&Criterion| criterion.enabled && can_give(rulebook, criterion);
    if !rulebook.criteria.iter().any(|criterion| gives(&criterion)) {
        return;
    }
    if !rulebook.criteria.iter().any(|criterion| takes(&criterion)) {
        let has_fade = rulebook.dimensions.iter().any(Dimension::has_fade);
        let what = if has_fade { "fall only with silence" } else { "only rise" };
        findings
            .add(subject.section("dimensions"), format!("no criterion takes points away, so a score can {what}"))
            .help("give negative points for bad signs, such as free mailboxes, students or silence");
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
                    .help("ask what the bad signs are here, and give them negative points");
            }
        }
    }
}
