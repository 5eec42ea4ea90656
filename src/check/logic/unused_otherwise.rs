//! `otherwise` on a condition that is never false, or `unknown` on one that is never unknown.
//!
//! ## Why
//! `otherwise` is for leads of which the condition, or every tier, is false. Where one of them takes every value, a lead
//! without a value is unknown, and nobody is left for `otherwise`: the points that were meant for the rest are given to
//! none. Likewise a condition that always knows its answer, such as a count, never gives `unknown`.
//!
//! ## Example
//! ```yaml
//! field: employees
//! tiers: [{ gte: 50, points: 10 }, { lt: 50, points: 0 }]
//! otherwise: -5                # who has no number gets `unknown`, which is 0
//! ```
//!
//! ## What to do
//! For leads without a value write `unknown: -5`; for leads without such an event `otherwise: -5`.

use super::super::{CheckSubject, Findings, Lint};
use crate::rulebook::expr::Worth;

pub(super) const LINT: Lint = Lint::warning("LS408", "unused-otherwise", include_str!("unused_otherwise.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for criterion in &subject.rulebook.criteria {
        let (Worth::Choose { otherwise, unknown, .. } | Worth::Lookup { otherwise, unknown, .. }) = &criterion.worth
        else {
            continue;
        };
        let rest = subject.analysis.rest(criterion);
        let keys = [
            ("otherwise", otherwise, rest.can_fail, "false", "leads without a value get `unknown`"),
            ("unknown", unknown, rest.can_be_unknown, "unknown", "leads of which it is false get `otherwise`"),
        ];
        for (key, points, can_be, never, who) in keys {
            // A written 0 says nothing that is not so.
            let Some(place) = criterion.place.get(key).filter(|_| !can_be && !points.is_zero()) else { continue };
            let message = format!("no lead gets this `{key}`: the condition of `{}` is never {never}", criterion.id);
            findings.add(place.span, message).help(format!("{who}; say there what they get"));
        }
    }
}
