//! A comparison of two measures that holds for a lead with no event at all.
//!
//! ## Why
//! Three tenths of nothing is nothing, and nothing is at least nothing: `gte: { event: email_sent, times: 0.3 }` is true of
//! every lead that was never written to. Such leads then earn the points, or the stage, of the busiest.
//!
//! ## Example
//! ```yaml
//! when: { event: email_open, gte: { event: email_sent, times: 0.3 } }
//! ```
//!
//! ## What to do
//! Ask for some events first: `all: [{ event: email_sent, gte: 3 }, { event: email_open, gte: … }]`, with the same window
//! in both.

use super::super::claim::{Claims, Formula, Wanted};
use super::super::conditions::{Condition, Leaf, Role, conditions, leaves};
use super::super::{Findings, Lint, Subject};
use crate::diagnostic::Severity;
use crate::rulebook::Rulebook;
use crate::rulebook::expr::{Measure, Order, Term, Types};

pub(super) const LINT: Lint = Lint {
    code: "LS406",
    name: "zero-is-enough",
    severity: Severity::Warning,
    file: include_str!("zero_is_enough.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for Condition { expr, role, .. } in conditions(rulebook, subject.source) {
        if role == Role::Where {
            continue;
        }
        for (leaf, negated) in leaves(expr) {
            let Leaf::Compare(left, order, right, span) = leaf else { continue };
            let holds_at_zero = matches!(order, Order::AtLeast | Order::AtMost) != negated;
            if !holds_at_zero || !counts(rulebook, left) || !counts(rulebook, right) {
                continue;
            }
            let gate = role.criterion().and_then(|criterion| rulebook.criteria[criterion].only_if.as_ref());
            let wanted = [Some(expr), gate].into_iter().flatten().map(|expr| Formula::of(expr, Wanted::True));
            let none = [left, right].map(zero);
            if Claims::of_leads(rulebook).can_be(&Formula::All(wanted.chain(none.into_iter().flatten()).collect())) {
                let event = events(rulebook, right);
                findings.add(span, "this also holds for a lead without any such event: 0 compared with 0").help(
                    format!(
                        "ask for some first: `all: [{{ event: {event}, gte: 3 }}, …]`, with the same window in both"
                    ),
                );
            }
        }
    }
}

/// Whether a term counts something, so that without events it is 0.
fn counts(rulebook: &Rulebook, term: Term) -> bool {
    let Term::Tally(tally) = term else { return false };
    matches!(rulebook.tallies[tally].measure, Measure::Count | Measure::Days | Measure::Distinct(_) | Measure::Sum(_))
}

fn zero(term: Term) -> [Formula<'static>; 2] {
    [Formula::to_zero(term, Order::AtLeast), Formula::to_zero(term, Order::AtMost)]
}

/// The event types that a measure looks at, as they could be written.
fn events(rulebook: &Rulebook, term: Term) -> String {
    match term {
        Term::Tally(tally) => match &rulebook.tallies[tally].select.types {
            Types::Named(names) if names.len() == 1 => names[0].clone(),
            Types::Named(names) => format!("[{}]", names.join(", ")),
            Types::Every | Types::Any => "any".to_owned(),
        },
        _ => "any".to_owned(),
    }
}
