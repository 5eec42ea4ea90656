//! A text that no value of its field can match.
//!
//! ## Why
//! What a field or its part can be follows from its type: a domain has no `@`, a path no host, a part of a set no
//! separator. A text that asks for one matches nothing, whatever the file holds, and gives no error.
//!
//! ## Example
//! ```yaml
//! when: { field: email.domain, is: "@gmail.com" }                     # the domain is what follows the @
//! when: { field: url.path, starts_with: https://acme.example/pricing }        # the path is /pricing
//! ```
//!
//! ## What to do
//! Write the part of the text that the field holds, or name the whole field: `email`, `url`.

use super::super::conditions::{Leaf, Role, conditions, leaves};
use super::super::{Findings, Lint, Subject};
use crate::diagnostic::{Severity, Span};
use crate::rulebook::expr::{FieldRef, Term, Test, Worth};
use crate::rulebook::{EventField, Field, Rulebook, TextOp};
use crate::value::{CellReader, Part, Reading, Type, fold};

pub(super) const LINT: Lint = Lint {
    code: "LS410",
    name: "unmatchable-text",
    severity: Severity::Warning,
    file: include_str!("unmatchable_text.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for condition in conditions(rulebook, subject.source) {
        for (leaf, _) in leaves(condition.expr) {
            let Leaf::Test(Term::Field(field), Test::Text(test), span) = leaf else { continue };
            let shape = Shape::of(rulebook, field, condition.role == Role::Where);
            for value in &test.values {
                look(subject, &shape, test.op, value, span, findings);
            }
        }
    }
    for criterion in &rulebook.criteria {
        let Worth::Lookup { field, entries, .. } = &criterion.worth else { continue };
        let shape = Shape::of(rulebook, *field, false);
        for entry in entries.iter().filter(|entry| matches!(entry.test, Test::Text(_))) {
            look(subject, &shape, TextOp::Is, &entry.key, entry.place.0, findings);
        }
    }
}

fn look(subject: &Subject<'_>, shape: &Shape<'_>, op: TextOp, value: &str, range: Span, findings: &mut Findings) {
    if let Some((why, help)) = shape.refuses(op, value) {
        let span = subject.source.text_within(range, value);
        let finding = findings.add(span, format!("`{}` never matches `{value}`: {why}", shape.name));
        if !help.is_empty() {
            finding.help(help);
        }
    }
}

/// What the texts of a field look like.
struct Shape<'r> {
    name: String,
    kind: Type,
    part: Part,
    separator: Option<&'r str>,
    readers: Vec<&'r CellReader>,
}

impl<'r> Shape<'r> {
    fn of(rulebook: &'r Rulebook, field: FieldRef, is_where: bool) -> Self {
        let (name, kind, readers): (String, Type, Vec<&CellReader>) = if is_where {
            let EventField { kind, .. } = &rulebook.event_fields[field.field];
            let specs = rulebook.sources.iter().flat_map(|source| &source.fields);
            let readers = specs.filter(|(index, _)| *index == field.field).map(|(_, spec)| &spec.reader).collect();
            (rulebook.event_field_name(field), *kind, readers)
        } else {
            let Field { kind, spec, .. } = &rulebook.fields[field.field];
            (rulebook.field_name(field), *kind, vec![&spec.reader])
        };
        let separator = readers.iter().find_map(|reader| match reader.reading() {
            Reading::Set { separator } => Some(separator.as_str()),
            _ => None,
        });
        Self { name, kind, part: field.part, separator, readers }
    }

    /// Why no text of the field can match, and what to write instead.
    fn refuses(&self, op: TextOp, value: &str) -> Option<(String, String)> {
        if op == TextOp::Matches {
            return None;
        }
        let is_whole = op == TextOp::Is;
        let is_start = is_whole || op == TextOp::StartsWith;
        if is_whole && self.part == Part::Whole && self.readers.iter().all(|reader| reader.is_blank(value)) {
            return Some(("that text counts as empty (`blank`)".to_owned(), "write `absent: […]`".to_owned()));
        }
        if let Some(separator) = self.separator.filter(|separator| value.contains(*separator)) {
            let why = format!("the field is split at `{separator}`, so none of its parts has one");
            let parts = parts(value, separator);
            let todo = if parts.is_empty() {
                "ask for a part".to_owned()
            } else {
                format!("name the parts apart: `in: [{parts}]`")
            };
            return Some((why, todo));
        }
        let told = |why: &str, help: String| Some((why.to_owned(), help));
        match (self.kind, self.part) {
            (Type::Email, Part::Domain) if value.contains('@') => {
                let rest = value.rsplit('@').next().unwrap_or_default();
                told("a domain is what follows the `@`", format!("write `{rest}`"))
            }
            (Type::Email, Part::Whole) if is_whole && !value.contains('@') => {
                told("an e-mail has an `@`", format!("for the domain write `field: {}.domain`", self.name))
            }
            (Type::Email, _) if value.contains(char::is_whitespace) => {
                told("an e-mail has no white space", String::new())
            }
            (Type::Url, Part::Host) if value.contains(['/', '?', '#', '@']) => {
                told("a host ends before the first `/`", String::new())
            }
            (Type::Url, Part::Path) if value.contains(['?', '#']) => {
                told("a path ends before `?` and `#`", String::new())
            }
            (Type::Url, Part::Path) if is_start && names_a_host(value) => {
                told("a path begins after the host", "write what follows the host, from its `/` on".to_owned())
            }
            (Type::Url, Part::Query) if is_start && value.starts_with('?') => {
                told("a query begins after the `?`", format!("write `{}`", &value[1..]))
            }
            _ => None,
        }
    }
}

/// Whether an address begins with its scheme or its host.
fn names_a_host(value: &str) -> bool {
    let folded = fold(value);
    ["http:", "https:", "http://", "https://", "//", "www."].iter().any(|start| folded.starts_with(start))
}

fn parts(value: &str, separator: &str) -> String {
    value.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
