//! The column `missing`: which fields it may name, and when. A derived field has no cell that somebody could fill in, so the
//! fields that it reads stand in its place.

use super::Rulebook;
use super::exports::Field;

/// A field that is told as missing only where one of these lists of derived fields is missing as a whole: some value that it
/// could have given came from elsewhere otherwise.
pub(crate) type MissingOnlyIf = (usize, Vec<Vec<usize>>);

/// Of fields, some of which conditions read, those that the column may name, and those of them that it names only at times.
pub(super) fn missing_fields(fields: &[Field], is_read: &[bool]) -> (Vec<usize>, Vec<MissingOnlyIf>) {
    let mut ways: Vec<Vec<Vec<usize>>> = vec![Vec::new(); fields.len()];
    for (field, _) in is_read.iter().enumerate().filter(|(_, is_read)| **is_read) {
        add_ways(fields, field, &mut Vec::new(), &mut ways);
    }
    let named: Vec<usize> = (0..fields.len()).filter(|field| !ways[*field].is_empty()).collect();
    let is_at_times = |field: &usize| ways[*field].iter().all(|way| !way.is_empty());
    let at_times = named.iter().copied().filter(is_at_times).map(|field| (field, ways[field].clone())).collect();
    (named, at_times)
}

/// Adds a column's way to be named, or those of all columns that a derived field is made of.
fn add_ways(fields: &[Field], field: usize, only_if: &mut Vec<usize>, ways: &mut [Vec<Vec<usize>>]) {
    let Some(derivation) = fields[field].derivation() else {
        ways[field].push(only_if.clone());
        return;
    };
    let n_before = only_if.len();
    only_if.extend(derivation.is_choice().then_some(field));
    for input in derivation.inputs() {
        add_ways(fields, input.field, only_if, ways);
    }
    only_if.truncate(n_before);
}

impl Rulebook {
    /// The fields that conditions read and a lead lacks, in order of declaration: the column `missing`.
    pub fn missing_of<'x>(&'x self, has_value: impl Fn(usize) -> bool + 'x) -> impl Iterator<Item = usize> + 'x {
        self.missing_fields.iter().copied().filter(move |field| self.is_missing_of(*field, &has_value))
    }

    /// Whether the column `missing` names a field that it may name.
    #[inline]
    pub fn is_missing_of(&self, field: usize, has_value: impl Fn(usize) -> bool) -> bool {
        !has_value(field) && (self.missing_only_if.is_empty() || self.counts_as_missing(field, &has_value))
    }

    fn counts_as_missing(&self, field: usize, has_value: &impl Fn(usize) -> bool) -> bool {
        let at_times = self.missing_only_if.iter().find(|(known, _)| *known == field);
        at_times.is_none_or(|(_, ways)| ways.iter().any(|way| way.iter().all(|derived| !has_value(*derived))))
    }
}
