//! The cells of number fields that can't be read, for the lints that see what they are instead.

use super::super::CheckSubject;
use crate::diagnostic::Span;
use crate::rulebook::{Rulebook, Spec};
use crate::run::{CellIssues, FileRole};
use crate::value::CellReading;
use crate::value::number::Decimal;

/// A number field with cells that can't be read.
pub(super) struct UnreadNumbers<'a> {
    pub name: &'a str,
    /// Where the field is declared.
    pub span: Span,
    /// How its decimals are written.
    pub decimal: Decimal,
    pub issues: &'a CellIssues,
}

impl UnreadNumbers<'_> {
    /// The first of the cells that are so.
    pub(super) fn first(&self, is_so: impl Fn(&str) -> bool) -> Option<&str> {
        self.issues.examples.iter().map(|example| example.text.as_str()).find(|text| is_so(text))
    }
}

/// The number fields with cells that can't be read.
pub(super) fn unread_numbers<'a>(subject: &'a CheckSubject<'_>) -> impl Iterator<Item = UnreadNumbers<'a>> {
    let issues = subject.observed.into_iter().flat_map(|observed| &observed.issues);
    issues.filter_map(|((role, name), issues)| {
        let (span, spec) = declared(subject.rulebook, role, name)?;
        let CellReading::Number { decimal, .. } = spec.reader.reading() else { return None };
        Some(UnreadNumbers { name, span, decimal: *decimal, issues })
    })
}

/// Where a field is declared and how its column is read.
fn declared<'r>(rulebook: &'r Rulebook, role: &FileRole, name: &str) -> Option<(Span, &'r Spec)> {
    let FileRole::Events(source) = role else {
        let field = rulebook.fields.iter().find(|field| field.name == name)?;
        return Some((field.span, field.spec()?));
    };
    let index = rulebook.sources.iter().position(|known| known.name == *source)?;
    let is_it = |(field, _): &&(usize, _)| rulebook.event_fields[*field].name == name;
    let (_, from) = rulebook.sources[index].fields.iter().find(is_it)?;
    Some((rulebook.sources[index].field_span(name), from.spec()?))
}

/// Where a field of events is declared: in the first source that has it.
pub(super) fn event_field_span(rulebook: &Rulebook, field: usize) -> Span {
    let mut spans = rulebook.sources.iter().map(|source| source.field_span(&rulebook.event_fields[field].name));
    spans.find(|span| *span != Span::default()).unwrap_or_default()
}
