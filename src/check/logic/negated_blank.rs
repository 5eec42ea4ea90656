//! `is_not`, `not_in` or `not` on a field that may be empty. Such leads don't meet the condition.
//!
//! ## Why
//! Many people read `{ field: country, not_in: [DE, AT] }` as "everybody else". But if a lead has no country, the
//! condition is unknown, and the lead is not included. There is no finding if the criterion has `unknown`, or if
//! `present` or `absent` decides the case.
//!
//! ## Example
//! ```yaml
//! when: { field: country, not_in: [DE, AT] }
//! points: -10                  # a lead without a country loses nothing
//! ```
//!
//! ## What to do
//! On a criterion, write `unknown: 0`. Elsewhere, write `any: [{ absent: [country] }, { field: country, not_in: […] }]`
//! to include these leads, or `all: [{ present: [country] }, …]` to leave them out.

use super::super::{CheckSubject, Findings, Lint};
use crate::analysis::Formula;
use crate::diagnostic::Span;
use crate::rulebook::expr::{Atom, Expr, FieldRef, Term};
use crate::rulebook::{Condition, ConditionRole, Side};

pub(super) const LINT: Lint = Lint::note("LS409", "negated-blank", include_str!("negated_blank.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for (field, span, role) in negated(subject) {
        // Where the files say how often the field is empty, LS607 speaks of it or nobody does.
        let is_where = role.side() == Side::Event;
        if !is_where && subject.observed.is_some_and(|observed| observed.n_leads > 0) {
            continue;
        }
        let name = rulebook.name_on(role.side(), field);
        let message = format!("if `{name}` is empty, this condition is unknown, not true");
        let finding = findings.add(span, message);
        let help = match role.criterion() {
            Some(_) => format!("write the points of such leads as `unknown: …`, or ask for `present: [{name}]`"),
            None => format!(
                "to include such leads, write `any: [{{ absent: [{name}] }}, …]`; to leave them out, `present: [{name}]`"
            ),
        };
        let optional = !is_where && rulebook.fields[field.field].is_optional();
        let finding = finding.help(help);
        if optional {
            finding.label(format!("and the file may lack the column of `{name}`"));
        }
    }
}

/// Each field that is negated where its being empty makes the whole condition unknown.
pub(in crate::check) fn negated(subject: &CheckSubject<'_>) -> Vec<(FieldRef, Span, ConditionRole)> {
    let mut found = Vec::new();
    for &Condition { expr, role } in &subject.conditions {
        let criterion = role.criterion().map(|criterion| &subject.rulebook.criteria[criterion]);
        let says_unknown = criterion.is_some_and(|criterion| criterion.place.get("unknown").is_some());
        if says_unknown || matches!(role, ConditionRole::Recycle(_)) {
            continue;
        }
        let claims = subject.analysis.claims(role.side());
        let mut seen: Vec<FieldRef> = Vec::new();
        for at in expr.leaves() {
            let Atom::Test { term: Term::Field(field), .. } = at.leaf else { continue };
            if at.is_negated && !seen.contains(field) && claims.can_all_be(unknown_without(expr, *field)) {
                seen.push(*field);
                found.push((*field, at.place.span, role));
            }
        }
    }
    found
}

/// The condition is unknown, that field is empty, and no other is.
fn unknown_without(expr: &Expr, field: FieldRef) -> impl Iterator<Item = Formula<'_>> {
    let others = expr.fields().filter(move |other| other.field != field.field);
    let filled = others.map(|other| Formula::presence(other, true));
    [Formula::unknown(expr), Formula::presence(field, false)].into_iter().chain(filled)
}
