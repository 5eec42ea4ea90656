//! A condition, or a part of one, that is true of no lead, or of every lead.
//!
//! ## Why
//! A condition that is never true gives its points to nobody, one that is always true to everybody: both say nothing about
//! a lead. Mostly a sign is turned round, or `all` was meant to be `any`.
//!
//! ## Example
//! ```yaml
//! when: { field: employees, gt: 500, lt: 50 }             # no number is both
//! when: { event: demo_request, gte: 0 }                   # a count is never below 0
//! ```
//!
//! ## What to do
//! Turn the sign round, write `any` in place of `all`, or take the condition out.

use super::super::claim::{Claims, Formula, Wanted};
use super::super::conditions::{Condition, Leaf, Role, conditions, leaves, place, terms};
use super::super::{Findings, Lint, Subject};
use crate::diagnostic::{Severity, Span};
use crate::rulebook::Rulebook;
use crate::rulebook::expr::{Expr, Term};

pub(super) const LINT: Lint = Lint {
    code: "LS405",
    name: "constant-condition",
    severity: Severity::Warning,
    file: include_str!("constant_condition.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    for condition in conditions(subject.rulebook, subject.source) {
        let Condition { expr, role, span } = condition;
        let claims = match role {
            Role::Where => Claims::of_events(subject.rulebook),
            _ => Claims::of_leads(subject.rulebook),
        };
        // A tier that takes the whole rest is how a ladder ends.
        let may_be_true = matches!(role, Role::Tier(..));
        look(&Look { subject, claims, whose: role }, expr, span, may_be_true, findings);
    }
}

struct Look<'a> {
    subject: &'a Subject<'a>,
    claims: Claims<'a>,
    whose: Role,
}

/// Reports a condition that never changes, or the parts of it that don't.
fn look<'a>(at: &Look<'a>, expr: &'a Expr, span: Span, may_be_true: bool, findings: &mut Findings) {
    if at.claims.is_never_true(expr) {
        never(at, expr, span, findings);
    } else if !may_be_true && at.claims.is_never_false(expr) {
        always(at, expr, span, findings);
    } else {
        let items = match expr {
            Expr::All(items) | Expr::Any(items) | Expr::AtLeast(_, items) => items.as_slice(),
            Expr::Not(inner) => std::slice::from_ref(&**inner),
            _ => &[],
        };
        for item in items {
            look(at, item, place(item).unwrap_or(span), false, findings);
        }
    }
}

fn never<'a>(at: &Look<'a>, expr: &'a Expr, span: Span, findings: &mut Findings) {
    let who = if at.whose == Role::Where { "event" } else { "lead" };
    let pair = if let Expr::All(items) = expr { contradiction(at.claims, items) } else { None };
    let Some((one, two)) = pair else {
        let message = format!("this condition is true of no {who}");
        findings.add(span, message).help("turn a sign round, or take the condition out");
        return;
    };
    let text = |span: Span| at.subject.source.text.get(span.start..span.end).unwrap_or_default();
    let message = format!("no {who} satisfies both `{}` and `{}`", text(one), text(two));
    let span = if one.end <= two.start { Span::new(one.start, two.end) } else { two };
    findings.add(span, message).help("turn one of them round, or write `any: […]` for either");
}

/// The first two single conditions of a list of which no more than one can hold.
fn contradiction<'a>(claims: Claims<'a>, items: &'a [Expr]) -> Option<(Span, Span)> {
    let mut flat = Vec::new();
    flatten(items, &mut flat);
    for (index, two) in flat.iter().enumerate() {
        let clash = flat[..index].iter().find(|one| {
            let both = [one, two].map(|expr| Formula::of(expr, Wanted::True));
            !claims.can_be(&Formula::All(both.to_vec()))
        });
        if let Some(one) = clash {
            return place(one).zip(place(two));
        }
    }
    None
}

fn flatten<'a>(items: &'a [Expr], flat: &mut Vec<&'a Expr>) {
    for item in items {
        if let Expr::All(items) = item { flatten(items, flat) } else { flat.push(item) }
    }
}

fn always<'a>(at: &Look<'a>, expr: &'a Expr, span: Span, findings: &mut Findings) {
    let who = if at.whose == Role::Where { "event" } else { "lead" };
    let fields = fields(at.subject.rulebook, at.whose == Role::Where, expr);
    if at.claims.is_never_unknown(expr) || fields.is_empty() {
        let reads_tally = leaves(expr).iter().any(|(leaf, _)| matches!(leaf, Leaf::Test(Term::Tally(_), ..)));
        let help = if reads_tally { "a measure is never below 0: write `gt: 0`" } else { "take it out" };
        findings.add(span, format!("this condition is true of every {who}")).help(help);
    } else {
        let message = format!("this condition is true of every {who} that has `{}`", fields.join("` and `"));
        findings.add(span, message).help(format!("write `present: [{}]`, which says just that", fields.join(", ")));
    }
}

/// The names of the fields that a condition reads.
fn fields(rulebook: &Rulebook, is_where: bool, expr: &Expr) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for term in terms(expr) {
        let Term::Field(field) = term else { continue };
        let name = if is_where { rulebook.event_field_name(field) } else { rulebook.field_name(field) };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
