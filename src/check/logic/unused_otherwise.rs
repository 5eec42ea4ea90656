//! `otherwise` on a condition that is never false, or `unknown` on one that is never unknown.
//!
//! ## Why
//! `otherwise` is for leads that don't meet the condition or any tier. If the tiers cover every number, only leads
//! without a value are left, and they get `unknown`, not `otherwise`. So no lead gets the points of `otherwise`. In the
//! same way, a condition that is always known, such as a count of events, never uses `unknown`.
//!
//! ## Example
//! ```yaml
//! field: employees
//! tiers: [{ gte: 50, points: 10 }, { lt: 50, points: 0 }]
//! otherwise: -5                # a lead without a number gets `unknown`, which is 0
//! ```
//!
//! ## What to do
//! For leads without a value, write `unknown: -5`. For leads without such an event, write `otherwise: -5`.

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
            ("unknown", unknown, rest.can_be_unknown, "unknown", "leads that don't meet it get `otherwise`"),
        ];
        for (key, points, can_be, never, who) in keys {
            // A written 0 says nothing that is not so.
            let Some(place) = criterion.place.get(key).filter(|_| !can_be && !points.is_zero()) else { continue };
            let message =
                format!("no lead gets this `{key}`, because the condition of `{}` is never {never}", criterion.id);
            findings.add(place.span, message).help(format!("{who}; write the points there"));
        }
    }
}
