//! A criterion without `unknown` on a field that most leads lack.
//!
//! ## Why
//! A criterion gives 0 points if the field is empty. So most leads get 0 points here, for a reason that is not in the
//! rulebook. Is a missing number of employees neutral, or a bad sign? That is for you to decide.
//!
//! ## Example
//! ```yaml
//! - { id: size, field: employees, tiers: [{ gte: 50, points: 10 }] }       # empty for 412 of 600 leads
//! ```
//!
//! ## What to do
//! Write `unknown: 0`, or the points that such leads should get. Better still, have the field filled in.

use super::super::practice::unknown_unsaid::silent_on;
use super::super::{CheckSubject, Findings, Lint};
use crate::value::figures::grouped;

pub(super) const LINT: Lint = Lint::warning("LS606", "blank-unsaid", include_str!("blank_unsaid.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed else { return };
    for criterion in subject.rulebook.criteria.iter().filter(|criterion| criterion.enabled) {
        let emptiest = silent_on(subject, criterion).into_iter().max_by_key(|field| observed.n_missing(field.slot));
        let Some(field) = emptiest else { continue };
        let n_missing = observed.n_missing(field.slot);
        if n_missing * 2 > observed.n_leads {
            let name = subject.rulebook.field_name(field);
            let message = format!(
                "`{name}` is empty for {} of {} leads, and `{}` doesn't say how many points they get",
                grouped(n_missing),
                grouped(observed.n_leads),
                criterion.id
            );
            findings.add(criterion.place.span, message).help("write `unknown: 0`, or the points that they should get");
        }
    }
}
