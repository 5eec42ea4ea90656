//! A criterion on a field that may be missing, which doesn't say what its absence gives.
//!
//! ## Why
//! Without `unknown` a lead without a value gets 0. Where the file may lack the whole column, that is every lead: points
//! that were meant to tell leads apart then tell them nothing, and nobody sees it in the rulebook.
//!
//! ## Example
//! ```yaml
//! employees: { column: Employees, type: number, optional: true }
//! # …
//! - { id: size, field: employees, tiers: [{ gte: 50, points: 10 }, { lt: 50, points: -10 }] }
//! ```
//!
//! ## What to do
//! Write what such leads get, `unknown: 0` if it is nothing. `check --leads` tells how often fields are empty.

use super::super::claim::{Claims, Formula};
use super::super::conditions::terms;
use super::super::{Findings, Lint, Subject};
use super::worth::conditions;
use crate::diagnostic::Severity;
use crate::rulebook::Criterion;
use crate::rulebook::expr::{FieldRef, Term, Worth};

pub(super) const LINT: Lint = Lint {
    code: "LS508",
    name: "unknown-unsaid",
    severity: Severity::Note,
    file: include_str!("unknown_unsaid.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for criterion in rulebook.criteria.iter().filter(|criterion| criterion.enabled) {
        let optional = |field: &FieldRef| rulebook.fields[field.field].spec.optional;
        if let Some(field) = silent_on(subject, criterion).into_iter().find(optional) {
            let name = rulebook.field_name(field);
            findings
                .add(criterion.span, format!("`{}` doesn't say what a lead without `{name}` gets", criterion.id))
                .label("the file may lack that column")
                .help("write `unknown: 0`, or what it is to give");
        }
    }
}

/// The fields whose being empty leaves a criterion without an answer, and that without a word about it.
pub(in crate::check) fn silent_on(subject: &Subject<'_>, criterion: &Criterion) -> Vec<FieldRef> {
    if subject.source.beside(criterion.span, "unknown").is_some() {
        return Vec::new();
    }
    if let Worth::Lookup { field, .. } = &criterion.worth {
        return vec![*field];
    }
    if matches!(criterion.worth, Worth::Occurrences { .. }) {
        return Vec::new();
    }
    let claims = Claims::of_leads(subject.rulebook);
    let mut found: Vec<FieldRef> = Vec::new();
    for condition in conditions(criterion) {
        for term in terms(condition) {
            let Term::Field(field) = term else { continue };
            let unknown = Formula::All(vec![Formula::unknown(condition), Formula::presence(field, false)]);
            if !found.contains(&field) && claims.can_be(&unknown) {
                found.push(field);
            }
        }
    }
    found
}
