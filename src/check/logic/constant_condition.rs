//! A condition, or part of one, that is true for no lead or for every lead.
//!
//! ## Why
//! If a condition is never true, no lead gets the points. If it is always true, every lead does. In both cases it says
//! nothing about a lead. Often a comparison is the wrong way round, or `all` should be `any`.
//!
//! ## Example
//! ```yaml
//! when: { field: employees, gt: 500, lt: 50 }             # a number can't be both
//! when: { event: demo_request, gte: 0 }                   # a count is never below 0
//! ```
//!
//! ## What to do
//! Reverse the comparison, write `any` instead of `all`, or remove the condition.

use super::super::{CheckSubject, Findings, Lint};
use crate::analysis::{Claims, Formula, WantedTruth};
use crate::diagnostic::Span;
use crate::rulebook::expr::{Atom, Expr, Term};
use crate::rulebook::logic::Form;
use crate::rulebook::{ConditionRole, Side};
use crate::score::Truth;

pub(super) const LINT: Lint = Lint::warning("LS405", "constant-condition", include_str!("constant_condition.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for condition in &subject.conditions {
        let (whole, side) = (condition.expr.place.whole(), condition.role.side());
        let span = if side == Side::Event { condition.expr.operators().unwrap_or(whole) } else { whole };
        // A tier that takes the whole rest is how a ladder ends.
        let may_be_true = matches!(condition.role, ConditionRole::Tier(..));
        let look = ConditionLook { subject, claims: subject.analysis.claims(side), side };
        look.at(condition.expr, span, may_be_true, findings);
    }
}

struct ConditionLook<'s, 'a> {
    subject: &'s CheckSubject<'a>,
    claims: Claims<'a>,
    side: Side,
}

impl<'a> ConditionLook<'_, 'a> {
    /// Reports a condition that never changes, or the parts of it that don't.
    fn at(&self, expr: &'a Expr, span: Span, may_be_true: bool, findings: &mut Findings) {
        if self.claims.is_never(Truth::True, expr) {
            self.never(expr, span, findings);
        } else if !may_be_true && self.claims.is_never(Truth::False, expr) {
            self.always(expr, span, findings);
        } else {
            for part in expr.parts().1 {
                self.at(part, part.operators().unwrap_or(span), false, findings);
            }
        }
    }

    fn who(&self) -> &'static str {
        if self.side == Side::Event { "event" } else { "lead" }
    }

    fn never(&self, expr: &'a Expr, span: Span, findings: &mut Findings) {
        let who = self.who();
        let pair = if let Form::All(items) = &expr.form { self.contradiction(items) } else { None };
        let Some((one, two)) = pair else {
            let message = format!("no {who} can meet this condition");
            findings.add(span, message).help("reverse the comparison, or remove the condition");
            return;
        };
        let text = |span: Span| self.subject.text.get(span.start..span.end).unwrap_or_default();
        let message = format!("no {who} can meet both `{}` and `{}`", text(one), text(two));
        let span = if one.end <= two.start { Span::new(one.start, two.end) } else { two };
        findings
            .add(span, message)
            .help("reverse one of the comparisons, or write `any: […]` if one of them is enough");
    }

    /// The first two single conditions of a list of which no more than one can hold.
    fn contradiction(&self, items: &'a [Expr]) -> Option<(Span, Span)> {
        let mut flat = Vec::new();
        flatten(items, &mut flat);
        for (index, two) in flat.iter().enumerate() {
            let is_apart = |one: &&&'a Expr| {
                !self.claims.can_all_be([**one, *two].map(|expr| Formula::of(expr, WantedTruth::True)))
            };
            if let Some(one) = flat[..index].iter().find(is_apart) {
                return one.operators().zip(two.operators());
            }
        }
        None
    }

    fn always(&self, expr: &'a Expr, span: Span, findings: &mut Findings) {
        let who = self.who();
        let mut names: Vec<String> = Vec::new();
        for name in expr.fields().map(|field| self.subject.rulebook.name_on(self.side, field)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() || self.claims.is_never(Truth::Unknown, expr) {
            let is_measure = |atom: &Atom| matches!(atom, Atom::Test { term: Term::Tally(_), .. });
            let reads_tally = expr.leaves().iter().any(|at| is_measure(at.leaf));
            let help = if reads_tally { "a measure is never below 0; write `gt: 0`" } else { "remove it" };
            findings.add(span, format!("this condition is true for every {who}")).help(help);
        } else {
            let message = format!("this condition is true for every {who} that has `{}`", names.join("` and `"));
            findings.add(span, message).help(format!("write `present: [{}]`, which means the same", names.join(", ")));
        }
    }
}

fn flatten<'a>(items: &'a [Expr], flat: &mut Vec<&'a Expr>) {
    for item in items {
        if let Form::All(items) = &item.form { flatten(items, flat) } else { flat.push(item) }
    }
}
