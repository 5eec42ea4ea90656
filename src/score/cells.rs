//! The typed values of one row, a lead's or an event's, as conditions read them.
//!
//! A cell is decoded when it is first asked for, and a text is folded at most once a part. Knows no files: whoever makes
//! the [`Cells`] says how a field is decoded.

use super::card::Chosen;
use super::derive::{chosen, derive};
use crate::rulebook::derived::DerivedFields;
use crate::rulebook::expr::FieldRef;
use crate::value::{Instant, Part, Value, fold};
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

/// The values of one row.
pub struct Cells<'a, D> {
    decode: D,
    values: Vec<OnceCell<Value<'a>>>,
    folded: Vec<OnceCell<FoldedText>>,
    /// Whether anything was asked for since the row began.
    is_used: Cell<bool>,
    derived: DerivedFields<'a>,
    as_of: Instant,
    /// Whether a table has a row for the lead.
    has_row: Box<dyn Fn(usize) -> bool + 'a>,
}

/// A text, or the texts of a set, folded.
pub(super) enum FoldedText {
    Missing,
    Same,
    One(String),
    Many(Vec<String>),
}

impl<'a, D: Fn(usize) -> Value<'a>> Cells<'a, D> {
    /// A row of `n_fields` fields, of which the rulebook reads `n_slots` distinct parts.
    pub fn new(n_fields: usize, n_slots: usize, decode: D) -> Self {
        let values = std::iter::repeat_with(OnceCell::new).take(n_fields).collect();
        let folded = std::iter::repeat_with(OnceCell::new).take(n_slots).collect();
        let derived = DerivedFields::None;
        let has_row = Box::new(|_| true);
        Self { decode, values, folded, is_used: Cell::new(false), derived, as_of: Instant::from_ms(0), has_row }
    }

    /// The same, where some of the fields are derived from others at an instant.
    pub(crate) fn with_derived(self, derived: DerivedFields<'a>, as_of: Instant) -> Self {
        Self { derived, as_of, ..self }
    }

    /// The same, of a lead whose tables may have no row for it.
    pub(crate) fn with_rows(self, has_row: impl Fn(usize) -> bool + 'a) -> Self {
        Self { has_row: Box::new(has_row), ..self }
    }

    /// Puts in a field's value that is known from elsewhere, before anything is asked for.
    pub(super) fn put(&self, field: usize, value: Value<'a>) {
        self.is_used.set(true);
        // A value that is there is that of the same row.
        drop(self.values[field].set(value));
    }

    /// Forgets everything, so that the same room serves the next row.
    #[inline]
    pub fn clear(&mut self) {
        // Most events are of a type or an age that nothing asks further about.
        if !self.is_used.replace(false) {
            return;
        }
        self.values.iter_mut().for_each(|value| drop(value.take()));
        self.folded.iter_mut().for_each(|folded| drop(folded.take()));
    }

    /// The value of a field.
    pub fn value(&self, field: usize) -> &Value<'a> {
        self.is_used.set(true);
        self.values[field].get_or_init(|| match self.derived.get(field) {
            None => (self.decode)(field),
            // Where a table has no row, nothing of it is there.
            Some(_) if self.derived.table_of(field).is_some_and(|table| !(self.has_row)(table)) => Value::Missing,
            Some(derivation) => derive(derivation, self.as_of, &|input| self.value(input).clone()),
        })
    }

    /// Which of its texts a derived field comes to, if it has a list of them; of a table's none where that has no row.
    pub(crate) fn chosen(&self, field: usize) -> Option<Chosen> {
        let derivation = self.derived.get(field)?;
        if self.derived.table_of(field).is_some_and(|table| !(self.has_row)(table)) {
            return None;
        }
        chosen(derivation, self.as_of, &|input| self.value(input).clone())
    }

    /// Whether the field, or the part of it, has a value.
    pub fn is_present(&self, field: FieldRef) -> bool {
        is_present(self.value(field.field), field.part)
    }

    /// Whether `holds` does for the text (as written, folded), or for one text of a set; none where there is no text.
    pub fn any_text(&self, field: FieldRef, holds: impl FnMut(&str, &str) -> bool) -> Option<bool> {
        self.is_used.set(true);
        let folded = self.folded[field.slot].get_or_init(|| fold_value(self.value(field.field), field.part));
        any_text(self.value(field.field), field.part, folded, holds)
    }
}

/// Whether a value, or the part of it, is there.
pub(super) fn is_present(value: &Value<'_>, part: Part) -> bool {
    match value {
        Value::Missing => false,
        Value::Text(text) if part != Part::Whole => part.extract(text).is_some(),
        Value::Set(texts) if part != Part::Whole => texts.iter().any(|text| part.extract(text).is_some()),
        Value::Range(range) => range.part(part).is_some(),
        _ => true,
    }
}

/// Whether `holds` does for a text's part (as written, folded), or for one text of a set; none where there is no text.
pub(super) fn any_text(
    value: &Value<'_>,
    part: Part,
    folded: &FoldedText,
    mut holds: impl FnMut(&str, &str) -> bool,
) -> Option<bool> {
    match (value, folded) {
        (Value::Text(text), folded) => folded.holds(part.extract(text), holds),
        (Value::Set(texts), FoldedText::Many(folded)) => {
            let texts = texts.iter().filter_map(|text| part.extract(text));
            Some(texts.zip(folded).any(|(text, folded)| holds(text, folded)))
        }
        _ => None,
    }
}

impl FoldedText {
    /// Whether `holds` does for the text that this is folded from, and this; none where there is no text.
    pub(super) fn holds(&self, text: Option<&str>, mut holds: impl FnMut(&str, &str) -> bool) -> Option<bool> {
        let text = text?;
        Some(holds(text, if let Self::One(folded) = self { folded } else { text }))
    }
}

/// Folds a value's text, or a set's; of a part only the texts that have it.
pub(super) fn fold_value(value: &Value<'_>, part: Part) -> FoldedText {
    match value {
        Value::Text(text) => fold_text(part.extract(text)),
        Value::Set(texts) => {
            let texts = texts.iter().filter_map(|text| part.extract(text));
            let folded: Vec<String> = texts.map(|text| fold(text).into_owned()).collect();
            if folded.is_empty() { FoldedText::Missing } else { FoldedText::Many(folded) }
        }
        _ => FoldedText::Missing,
    }
}

/// Folds a text.
pub(super) fn fold_text(text: Option<&str>) -> FoldedText {
    match text.map(fold) {
        None => FoldedText::Missing,
        Some(Cow::Borrowed(_)) => FoldedText::Same,
        Some(Cow::Owned(folded)) => FoldedText::One(folded),
    }
}
