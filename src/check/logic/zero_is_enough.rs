//! A comparison of two event counts that is true for a lead without any events.
//!
//! ## Why
//! Three tenths of zero is zero, and zero is at least zero. So `gte: { event: email_sent, times: 0.3 }` is true for
//! every lead that never got an e-mail. Such leads then earn the same points, or the same stage, as the most active
//! ones.
//!
//! ## Example
//! ```yaml
//! when: { event: email_open, gte: { event: email_sent, times: 0.3 } }
//! ```
//!
//! ## What to do
//! Ask for some events first: `all: [{ event: email_sent, gte: 3 }, { event: email_open, gte: … }]`, with the same
//! window in both.

use super::super::{CheckSubject, Findings, Lint};
use crate::analysis::{Formula, WantedTruth};
use crate::rulebook::expr::{Atom, Order, Term, Types, Yield};
use crate::rulebook::{Condition, Rulebook, Side};

pub(super) const LINT: Lint = Lint::warning("LS406", "zero-is-enough", include_str!("zero_is_enough.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    // Of something that is counted there is 0 without events.
    let is_counted = |term: &Term| matches!(term, Term::Tally(tally) if matches!(rulebook.yields(*tally), Yield::Count | Yield::Sum));
    for &Condition { expr, role } in &subject.conditions {
        for at in expr.leaves() {
            let Atom::Compare { left, order, right, .. } = at.leaf else { continue };
            let holds_at_zero = matches!(order, Order::AtLeast | Order::AtMost) != at.is_negated;
            if !holds_at_zero || !is_counted(left) || !is_counted(right) {
                continue;
            }
            let gate = role.criterion().and_then(|criterion| rulebook.criteria[criterion].only_if.as_ref());
            let wanted = [Some(expr), gate].into_iter().flatten().map(|expr| Formula::of(expr, WantedTruth::True));
            let zero = |term| [Order::AtLeast, Order::AtMost].map(|order| Formula::to_zero(term, order));
            let none = [*left, *right].into_iter().flat_map(zero);
            if subject.analysis.claims(Side::Lead).can_all_be(wanted.chain(none)) {
                let event = events(rulebook, *right);
                findings
                    .add(at.place.span, "this is also true for a lead without any such events, because it compares 0 with 0")
                    .help(format!(
                        "ask for some events first: `all: [{{ event: {event}, gte: 3 }}, …]`, with the same window in both"
                    ));
            }
        }
    }
}

/// The event types that a measure looks at, as they could be written.
fn events(rulebook: &Rulebook, term: Term) -> String {
    match term {
        Term::Tally(tally) => match &rulebook.tallies[tally].select.types {
            Types::Named(names) if names.len() == 1 => rulebook.type_written(&names[0]).to_owned(),
            Types::Named(names) => format!("[{}]", rulebook.types_written(names).join(", ")),
            Types::Every | Types::Any => "any".to_owned(),
        },
        _ => "any".to_owned(),
    }
}
