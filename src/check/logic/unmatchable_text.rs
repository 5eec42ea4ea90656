//! A text that no value of its field can match.
//!
//! ## Why
//! The type of a field limits what its values and parts can be: a domain has no `@`, a path has no host, and an entry
//! of a split field has no separator. A text that asks for one of these never matches, and there is no error.
//!
//! ## Example
//! ```yaml
//! when: { field: email.domain, is: "@gmail.com" }                     # the domain is the part after the @
//! when: { field: url.path, starts_with: https://acme.example/pricing }        # the path is /pricing
//! ```
//!
//! ## What to do
//! Write the part of the text that the field has, or name the whole field: `email`, `url`.

use super::super::{CheckSubject, Findings, Lint};
use crate::diagnostic::Span;
use crate::rulebook::expr::{Atom, FieldRef, Term, Test, Worth};
use crate::rulebook::{Rulebook, Side, TextOp};
use crate::value::{CellReader, CellReading, Part, SetReader, Split, Type, fold};

pub(super) const LINT: Lint = Lint::warning("LS410", "unmatchable-text", include_str!("unmatchable_text.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for condition in &subject.conditions {
        for at in condition.expr.leaves() {
            let Atom::Test { term: Term::Field(field), test: Test::Text(test) } = at.leaf else { continue };
            let shape = FieldTexts::of(rulebook, *field, condition.role.side());
            for (index, value) in test.values.iter().enumerate() {
                // Of a value in a named list the test is at fault, not the list.
                let own = test.places.get(index).filter(|place| at.place.span.holds(**place));
                look(&shape, test.op, value, *own.unwrap_or(&at.place.span), findings);
            }
        }
    }
    for criterion in &rulebook.criteria {
        let Worth::Lookup { field, entries, .. } = &criterion.worth else { continue };
        let shape = FieldTexts::of(rulebook, *field, Side::Lead);
        for entry in entries.iter().filter(|entry| matches!(entry.test, Test::Text(_))) {
            look(&shape, TextOp::Is, &entry.key, entry.key_place.span, findings);
        }
    }
}

fn look(shape: &FieldTexts<'_>, op: TextOp, value: &str, span: Span, findings: &mut Findings) {
    if let Some((why, help)) = shape.refuses(op, value) {
        let finding = findings.add(span, format!("`{}` never matches `{value}`: {why}", shape.name));
        if !help.is_empty() {
            finding.help(help);
        }
    }
}

/// What the texts of a field look like.
struct FieldTexts<'r> {
    name: String,
    kind: Type,
    part: Part,
    separator: Option<&'r str>,
    readers: Vec<&'r CellReader>,
}

impl<'r> FieldTexts<'r> {
    fn of(rulebook: &'r Rulebook, field: FieldRef, side: Side) -> Self {
        let (kind, readers): (Type, Vec<&CellReader>) = match side {
            Side::Event => {
                let fields = rulebook.sources.iter().flat_map(|source| &source.fields);
                let own = fields.filter(|(index, _)| *index == field.field).filter_map(|(_, from)| from.spec());
                (rulebook.event_fields[field.field].kind, own.map(|spec| &spec.reader).collect())
            }
            Side::Lead | Side::Account => {
                let declared = &rulebook.fields[field.field];
                (declared.kind, declared.spec().map(|spec| &spec.reader).into_iter().collect())
            }
        };
        let name = rulebook.name_on(side, field);
        let separator = readers.iter().find_map(|reader| match reader.reading() {
            CellReading::Set(SetReader { split: Split::Separator(separator), .. }) => Some(separator.as_str()),
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
        let is_blank = |reader: &&CellReader| reader.is_blank(value);
        if is_whole && self.part == Part::Whole && !self.readers.is_empty() && self.readers.iter().all(is_blank) {
            return Some(("that text counts as empty (`blank`)".to_owned(), "write `absent: […]`".to_owned()));
        }
        if let Some(separator) = self.separator.filter(|separator| value.contains(*separator)) {
            let why = format!("the field is split at `{separator}`, so no value contains it");
            let parts = parts(value, separator);
            let todo = if parts.is_empty() {
                "ask for one value".to_owned()
            } else {
                format!("list the values: `in: [{parts}]`")
            };
            return Some((why, todo));
        }
        let told = |why: &str, help: String| Some((why.to_owned(), help));
        match (self.kind, self.part) {
            (Type::Email, Part::Domain) if value.contains('@') => {
                let rest = value.rsplit('@').next().unwrap_or_default();
                told("a domain is the part after the `@`", format!("write `{rest}`"))
            }
            (Type::Email, Part::Whole) if is_whole && !value.contains('@') => {
                told("an e-mail address has an `@`", format!("for the domain write `field: {}.domain`", self.name))
            }
            (Type::Email, _) if value.contains(char::is_whitespace) => {
                told("an e-mail address has no spaces", String::new())
            }
            (Type::Url, Part::Host) if value.contains(['/', '?', '#', '@']) => {
                told("a host ends before the first `/`", String::new())
            }
            (Type::Url, Part::Path) if value.contains(['?', '#']) => {
                told("a path ends before `?` and `#`", String::new())
            }
            (Type::Url, Part::Path) if is_start && names_a_host(value) => {
                told("a path begins after the host", "write the part after the host, beginning with `/`".to_owned())
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
