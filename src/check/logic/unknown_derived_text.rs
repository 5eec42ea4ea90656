//! A text that a derived field never comes to.
//!
//! ## Why
//! `bands`, and a `map` with `otherwise`, come to the texts that they list and to no others. A condition or value that asks for
//! another text never matches, and there is no error: most often the text was renamed in one place and not in the other.
//!
//! ## Example
//! ```yaml
//! segment: { from: employees, bands: [{ gte: 1000, then: Enterprise }], otherwise: Small }
//! # …
//! when: { field: segment, is: Large }             # it is Enterprise or Small
//! ```
//!
//! ## What to do
//! Write one of the texts of the derived field, or add the text to it.

use super::super::{CheckSubject, Findings, Lint};
use crate::diagnostic::{Span, did_you_mean};
use crate::rulebook::derived::Derivation;
use crate::rulebook::expr::{Atom, FieldRef, Term, Test, Worth};
use crate::rulebook::{Rulebook, Side, TextOp};
use crate::value::fold;

pub(super) const LINT: Lint =
    Lint::warning("LS431", "unknown-derived-text", include_str!("unknown_derived_text.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for condition in &subject.conditions {
        for at in condition.expr.leaves() {
            let Atom::Test { term: Term::Field(field), test: Test::Text(test) } = at.leaf else { continue };
            let side = condition.role.side();
            let Some(known) = texts(rulebook, *field, side).filter(|_| test.op == TextOp::Is) else { continue };
            for (index, value) in test.values.iter().enumerate() {
                // Of a value in a named list the test is at fault, not the list.
                let own = test.places.get(index).filter(|place| at.place.span.holds(**place));
                look(rulebook, (*field, side), &known, value, *own.unwrap_or(&at.place.span), findings);
            }
        }
    }
    for criterion in &rulebook.criteria {
        let Worth::Lookup { field, entries, .. } = &criterion.worth else { continue };
        let Some(known) = texts(rulebook, *field, Side::Lead) else { continue };
        for entry in entries {
            look(rulebook, (*field, Side::Lead), &known, &entry.key, entry.key_place.span, findings);
        }
    }
}

/// The texts that a field can come to; none where that can't be told.
fn texts(rulebook: &Rulebook, field: FieldRef, side: Side) -> Option<Vec<&str>> {
    match side {
        Side::Lead | Side::Account => rulebook.fields[field.field].derivation()?.texts(),
        Side::Event => {
            let sources = rulebook.sources.iter().flat_map(|source| &source.fields);
            let own = sources.filter(|(index, _)| *index == field.field);
            let of_each = own.map(|(_, from)| from.derivation().and_then(Derivation::texts));
            of_each.collect::<Option<Vec<_>>>().map(|texts| texts.concat())
        }
    }
}

fn look(
    rulebook: &Rulebook,
    (field, side): (FieldRef, Side),
    known: &[&str],
    value: &str,
    span: Span,
    findings: &mut Findings,
) {
    if known.iter().any(|text| fold(text) == fold(value)) {
        return;
    }
    let name = rulebook.name_on(side, field);
    let all = || format!("it is one of: {}", known.join(", "));
    let help = did_you_mean(value, known.iter().copied()).unwrap_or_else(all);
    findings.add(span, format!("`{name}` is never `{value}`: it is made of other texts")).help(help);
}
