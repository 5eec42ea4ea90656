//! A criterion without `unknown` on a field that may be missing.
//!
//! ## Why
//! Without `unknown`, a lead without a value gets 0 points. If the file may lack the whole column, all leads may get 0
//! points. The criterion then separates no leads, and nothing in the rulebook shows it.
//!
//! ## Example
//! ```yaml
//! employees: { column: Employees, type: number, optional: true }
//! # …
//! - { id: size, field: employees, tiers: [{ gte: 50, points: 10 }, { lt: 50, points: -10 }] }
//! ```
//!
//! ## What to do
//! Write the points that such leads get, such as `unknown: 0`. `check --leads` shows how often each field is empty.

use super::super::{CheckSubject, Findings, Lint};
use crate::analysis::Formula;
use crate::rulebook::expr::{FieldRef, Worth};
use crate::rulebook::{Criterion, Side};

pub(super) const LINT: Lint = Lint::note("LS508", "unknown-unsaid", include_str!("unknown_unsaid.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for criterion in rulebook.criteria.iter().filter(|criterion| criterion.enabled) {
        let optional = |field: &FieldRef| rulebook.fields[field.field].is_optional();
        if let Some(field) = silent_on(subject, criterion).into_iter().find(optional) {
            let name = rulebook.field_name(field);
            findings
                .add(
                    criterion.place.span,
                    format!("`{}` doesn't say how many points a lead without `{name}` gets", criterion.id),
                )
                .label("the file may lack that column")
                .help("write `unknown: 0`, or the points that such a lead should get");
        }
    }
}

/// The fields whose being empty leaves a criterion without an answer, and that without a word about it.
pub(in crate::check) fn silent_on(subject: &CheckSubject<'_>, criterion: &Criterion) -> Vec<FieldRef> {
    if criterion.place.get("unknown").is_some() {
        return Vec::new();
    }
    let mut found: Vec<FieldRef> = Vec::new();
    match &criterion.worth {
        Worth::Lookup { field, .. } => found.push(*field),
        Worth::Occurrences { .. } => {}
        Worth::Choose { .. } => {
            let claims = subject.analysis.claims(Side::Lead);
            for condition in criterion.conditions() {
                for field in condition.fields() {
                    let unknown = [Formula::unknown(condition), Formula::presence(field, false)];
                    if !found.contains(&field) && claims.can_all_be(unknown) {
                        found.push(field);
                    }
                }
            }
        }
    }
    found
}
