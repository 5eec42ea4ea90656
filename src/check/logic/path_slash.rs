//! A path that ends in a slash is compared with the path of a url.
//!
//! ## Why
//! The path of a url loses one final slash, so that `/pricing/` and `/pricing` are the same page. A text that ends in a slash never
//! equals a path, save `/` itself, and `starts_with: /blog/` leaves out the page `/blog`.
//!
//! ## Example
//! ```yaml
//! where: { field: url.path, is: /pricing/ }        # the path is /pricing
//! ```
//!
//! ## What to do
//! Write the path without its final slash. If you mean only the pages below it, allow this finding with a reason.

use super::super::{CheckSubject, Findings, Lint};
use crate::diagnostic::Span;
use crate::rulebook::TextOp;
use crate::rulebook::expr::{Atom, Term, Test, Worth};
use crate::value::Part;

pub(super) const LINT: Lint = Lint::warning("LS415", "path-slash", include_str!("path_slash.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for condition in &subject.conditions {
        for at in condition.expr.leaves() {
            let Atom::Test { term: Term::Field(field), test: Test::Text(test) } = at.leaf else { continue };
            if field.part != Part::Path || test.op == TextOp::Matches {
                continue;
            }
            let name = rulebook.name_on(condition.role.side(), *field);
            for (index, value) in test.values.iter().enumerate() {
                let own = test.places.get(index).filter(|place| at.place.span.holds(**place));
                look(&name, value, *own.unwrap_or(&at.place.span), findings);
            }
        }
    }
    for criterion in &rulebook.criteria {
        let Worth::Lookup { field, entries, .. } = &criterion.worth else { continue };
        if field.part == Part::Path {
            let name = rulebook.field_name(*field);
            for entry in entries {
                look(&name, &entry.key, entry.key_place.span, findings);
            }
        }
    }
}

fn look(name: &str, value: &str, span: Span, findings: &mut Findings) {
    let shorter = value.strip_suffix('/').unwrap_or_default();
    if !shorter.is_empty() {
        let message = format!("a path has no final slash, so `{name}` is never `{value}`");
        findings.add(span, message).help(format!("write `{shorter}`"));
    }
}
