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

use super::super::claim::{Claims, Formula, Wanted};
use super::super::{Findings, Lint, Subject};
use crate::diagnostic::Severity;
use crate::points::Points;
use crate::rulebook::Criterion;
use crate::rulebook::expr::{Test, Worth};

pub(super) const LINT: Lint = Lint {
    code: "LS408",
    name: "unused-otherwise",
    severity: Severity::Warning,
    file: include_str!("unused_otherwise.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    for criterion in &subject.rulebook.criteria {
        let (otherwise, unknown) = match &criterion.worth {
            Worth::Choose { otherwise, unknown, .. } | Worth::Lookup { otherwise, unknown, .. } => {
                (*otherwise, *unknown)
            }
            Worth::Occurrences { .. } => continue,
        };
        let (can_be_false, can_be_unknown) = can_be(subject, criterion);
        report(subject, findings, criterion, "otherwise", otherwise, can_be_false);
        report(subject, findings, criterion, "unknown", unknown, can_be_unknown);
    }
}

/// Whether there are leads for `otherwise`, and for `unknown`.
fn can_be(subject: &Subject<'_>, criterion: &Criterion) -> (bool, bool) {
    let claims = Claims::of_leads(subject.rulebook);
    match &criterion.worth {
        Worth::Choose { arms, .. } => {
            let all = |wanted| arms.iter().map(move |arm| Formula::of(&arm.when, wanted));
            let is_false = Formula::All(all(Wanted::False).collect());
            let one_unknown = Formula::Any(arms.iter().map(|arm| Formula::unknown(&arm.when)).collect());
            let is_unknown = Formula::All(all(Wanted::NotTrue).chain([one_unknown]).collect());
            (claims.can_be(&is_false), claims.can_be(&is_unknown))
        }
        Worth::Lookup { entries, .. } => {
            let named = |truth: bool| {
                entries.iter().any(|entry| matches!(&entry.test, Test::Booleans(truths) if truths.contains(&truth)))
            };
            (!(named(true) && named(false)), true)
        }
        Worth::Occurrences { .. } => (true, true),
    }
}

fn report(
    subject: &Subject<'_>,
    findings: &mut Findings,
    criterion: &Criterion,
    key: &str,
    points: Points,
    can_be: bool,
) {
    // A written 0 says nothing that is not so.
    let Some(node) = subject.source.beside(criterion.span, key).filter(|_| !can_be && !points.is_zero()) else {
        return;
    };
    let (never, help) = if key == "otherwise" {
        ("false", "leads without a value get `unknown`; say there what they get")
    } else {
        ("unknown", "leads of which it is false get `otherwise`; say there what they get")
    };
    let message = format!("no lead gets this `{key}`: the condition of `{}` is never {never}", criterion.id);
    findings.add(node.span, message).help(help);
}
