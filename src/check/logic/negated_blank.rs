//! `is_not`, `not_in` or `not` on a field that may be empty: unknown there, not true.
//!
//! ## Why
//! Many read `{ field: country, not_in: [DE, AT] }` as "everybody else". Of a lead without a country nobody knows, so the
//! condition is unknown, and the lead is not among them. Nothing is said where the criterion says what `unknown` gives,
//! or where `present` or `absent` settles it.
//!
//! ## Example
//! ```yaml
//! when: { field: country, not_in: [DE, AT] }
//! points: -10                  # a lead without a country loses nothing
//! ```
//!
//! ## What to do
//! Say it: `unknown: 0` on a criterion; elsewhere `any: [{ absent: [country] }, { field: country, not_in: […] }]` to take
//! them in, or `all: [{ present: [country] }, …]` to leave them out.

use super::super::claim::{Claims, Formula};
use super::super::conditions::{Condition, Leaf, Role, conditions, leaves, terms};
use super::super::{Findings, Lint, Subject};
use crate::diagnostic::{Severity, Span};
use crate::rulebook::expr::{Expr, FieldRef, Term};

pub(super) const LINT: Lint = Lint {
    code: "LS409",
    name: "negated-blank",
    severity: Severity::Note,
    file: include_str!("negated_blank.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for (field, span, role) in negated(subject) {
        // Where the files say how often the field is empty, LS607 speaks of it or nobody does.
        if role != Role::Where && subject.observed.is_some_and(|observed| observed.n_leads > 0) {
            continue;
        }
        let is_where = role == Role::Where;
        let name = if is_where { rulebook.event_field_name(field) } else { rulebook.field_name(field) };
        let message = format!("this is unknown, not true, where `{name}` is empty");
        let finding = findings.add(span, message);
        let help = match role.criterion() {
            Some(_) => format!("say what such leads get with `unknown: …`, or settle it with `present: [{name}]`"),
            None => format!(
                "to take them in, write `any: [{{ absent: [{name}] }}, …]`; to leave them out, `present: [{name}]`"
            ),
        };
        let optional = !is_where && rulebook.fields[field.field].spec.optional;
        let finding = finding.help(help);
        if optional {
            finding.label(format!("and the file may lack the column of `{name}`"));
        }
    }
}

/// Each field that is negated where its being empty makes the whole condition unknown.
pub(in crate::check) fn negated(subject: &Subject<'_>) -> Vec<(FieldRef, Span, Role)> {
    let rulebook = subject.rulebook;
    let mut found = Vec::new();
    for Condition { expr, role, .. } in conditions(rulebook, subject.source) {
        let says_unknown = role
            .criterion()
            .is_some_and(|criterion| subject.source.beside(rulebook.criteria[criterion].span, "unknown").is_some());
        if says_unknown || matches!(role, Role::Recycle(_)) {
            continue;
        }
        let claims = if role == Role::Where { Claims::of_events(rulebook) } else { Claims::of_leads(rulebook) };
        let mut seen: Vec<FieldRef> = Vec::new();
        for (leaf, is_negated) in leaves(expr) {
            let Leaf::Test(Term::Field(field), _, span) = leaf else { continue };
            if is_negated && !seen.contains(&field) && claims.can_be(&unknown_without(expr, field)) {
                seen.push(field);
                found.push((field, span, role));
            }
        }
    }
    found
}

/// The condition is unknown, that field is empty, and no other is.
fn unknown_without(expr: &Expr, field: FieldRef) -> Formula<'_> {
    let mut all = vec![Formula::unknown(expr), Formula::presence(field, false)];
    for term in terms(expr) {
        match term {
            Term::Field(other) if other != field && other.field != field.field => {
                all.push(Formula::presence(other, true));
            }
            _ => {}
        }
    }
    Formula::All(all)
}
