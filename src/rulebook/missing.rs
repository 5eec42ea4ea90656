//! The column `missing`: which fields it may name, and when. A derived field has no cell that somebody could fill in, so the
//! fields that it reads stand in its place.

use super::Rulebook;
use super::derived::Derivation;
use super::exports::Field;

/// A field that is read, and by what.
#[derive(Clone, Debug)]
pub(crate) struct ReadField {
    /// The field.
    pub field: usize,
    /// Whether conditions read it themselves.
    is_read: bool,
    /// Whether it is made of the first, the earliest or the latest of several: if it has a value, none of them is lacking.
    is_choice: bool,
    /// The derived fields that read it.
    pub readers: Vec<usize>,
}

/// Of fields, some of which conditions read, those that the column may name, and, if that depends on the lead, all that are read.
pub(super) fn missing_fields(fields: &[Field], is_read: &[bool]) -> (Vec<usize>, Vec<ReadField>) {
    let mut readers: Vec<Option<Vec<usize>>> = is_read.iter().map(|is_read| is_read.then(Vec::new)).collect();
    let mut open: Vec<usize> = (0..fields.len()).filter(|field| is_read[*field]).collect();
    while let Some(reader) = open.pop() {
        for input in fields[reader].derivation().map(Derivation::inputs).unwrap_or_default() {
            let of_input = readers[input.field].get_or_insert_with(|| {
                open.push(input.field);
                Vec::new()
            });
            if !of_input.contains(&reader) {
                of_input.push(reader);
            }
        }
    }
    let is_choice = |field: usize| fields[field].derivation().is_some_and(Derivation::is_choice);
    let read = readers.into_iter().enumerate().filter_map(|(field, readers)| {
        Some(ReadField { field, is_read: is_read[field], is_choice: is_choice(field), readers: readers? })
    });
    let read: Vec<ReadField> = read.collect();
    let named = read.iter().map(|read| read.field).filter(|field| fields[*field].derivation().is_none()).collect();
    let depends = read.iter().any(|read| read.is_choice);
    (named, if depends { read } else { Vec::new() })
}

impl Rulebook {
    /// The fields that conditions read and a lead lacks, in order of declaration: the column `missing`.
    #[inline]
    pub fn missing_of<'x>(&'x self, has_value: impl Fn(usize) -> bool + 'x) -> impl Iterator<Item = usize> + 'x {
        let lacks = move |field: &usize| !has_value(*field) && self.is_read_if_missing(*field, &has_value);
        self.missing_fields.iter().copied().filter(lacks)
    }

    /// Whether the column `missing` names a field that it may name.
    #[inline]
    pub fn is_missing_of(&self, field: usize, has_value: impl Fn(usize) -> bool) -> bool {
        !has_value(field) && self.is_read_if_missing(field, &has_value)
    }

    /// Whether a condition reads a field that a lead lacks, or would read what it is made into.
    #[inline]
    fn is_read_if_missing(&self, field: usize, has_value: &impl Fn(usize) -> bool) -> bool {
        self.read_fields.is_empty() || counts(&self.read_fields, field, has_value, &mut Vec::new())
    }
}

/// Whether a field, if it is lacking, is so for a condition: one reads it, or a field that has no value for lack of it. What is
/// known already is not asked again.
fn counts(
    read: &[ReadField],
    field: usize,
    has_value: &impl Fn(usize) -> bool,
    known: &mut Vec<(usize, bool)>,
) -> bool {
    if let Some((_, counts)) = known.iter().find(|(of, _)| *of == field) {
        return *counts;
    }
    let Some(own) = read.iter().find(|read| read.field == field) else { return false };
    let is_choice = |reader: usize| read.iter().any(|read| read.field == reader && read.is_choice);
    let lacks = |reader: usize| !is_choice(reader) || !has_value(reader);
    let is_counted =
        own.is_read || own.readers.iter().any(|reader| lacks(*reader) && counts(read, *reader, has_value, known));
    known.push((field, is_counted));
    is_counted
}
