//! Which presets a file's headers fit. Only the headers are looked at; what a person asked for by name needs no recognition.

use super::key::key;
use super::{Preset, PresetColumn, all};

/// A preset that fits a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognition {
    /// The preset.
    pub preset: &'static Preset,
    /// The column of the preset under each header, in the order of the file. A column that two headers give is at the
    /// first of them alone.
    pub columns: Vec<Option<&'static PresetColumn>>,
    /// How many of the file's headers the preset knows.
    pub n_known: usize,
    /// How many fields of the signature that fits best were found.
    pub n_signature: usize,
    /// The language of the headers found, `api` for a program's own names, if most are of one.
    pub language: Option<&'static str>,
}

impl Recognition {
    /// The preset's reading of a file's headers, whether or not it fits.
    #[must_use]
    pub fn of(preset: &'static Preset, headers: &[String]) -> Recognition {
        let mut columns: Vec<Option<&'static PresetColumn>> = Vec::with_capacity(headers.len());
        let mut votes: Vec<(&'static str, usize)> = Vec::new();
        for header in headers {
            let key = key(header);
            let found = find(preset, &key).filter(|(column, _)| !taken(&columns, column));
            if let Some((_, language)) = found {
                match votes.iter_mut().find(|(known, _)| *known == language) {
                    Some((_, n)) => *n += 1,
                    None => votes.push((language, 1)),
                }
            }
            columns.push(found.map(|(column, _)| column));
        }
        let n_known = columns.iter().flatten().count();
        let has = |field: &String| columns.iter().flatten().any(|column| column.field == *field);
        let whole = preset.signature.iter().filter(|set| set.iter().all(has));
        let n_signature = whole.map(Vec::len).max().unwrap_or(0);
        let language = votes.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a }).map(|(language, _)| language);
        Recognition { preset, columns, n_known, n_signature, language }
    }

    /// The share of the file's headers that the preset knows, in percent.
    #[must_use]
    pub fn share_percent(&self) -> usize {
        self.n_known * 100 / self.columns.len().max(1)
    }
}

fn taken(columns: &[Option<&'static PresetColumn>], column: &PresetColumn) -> bool {
    columns.iter().flatten().any(|known| known.field == column.field)
}

fn find(preset: &'static Preset, wanted: &str) -> Option<(&'static PresetColumn, &'static str)> {
    if wanted.is_empty() {
        return None;
    }
    preset.columns.iter().find_map(|column| {
        let header = column.headers.iter().find(|header| header.key == wanted)?;
        Some((column, header.language.as_str()))
    })
}

/// How many headers must be known, whatever their share: an export with hundreds of custom columns is one still.
const ENOUGH_KNOWN: usize = 6;
/// The share of the headers that must be known in a file with fewer.
const ENOUGH_PERCENT: usize = 33;

/// The presets whose signature is found among the headers, the one that knows most of them first.
#[must_use]
pub(crate) fn recognise(headers: &[String]) -> Vec<Recognition> {
    let fits = |found: &Recognition| {
        found.n_signature > 0 && (found.n_known >= ENOUGH_KNOWN || found.share_percent() >= ENOUGH_PERCENT)
    };
    let fitting = all().iter().map(|preset| Recognition::of(preset, headers)).filter(fits);
    let mut fitting: Vec<Recognition> = fitting.collect();
    fitting.sort_by_key(|found| std::cmp::Reverse((found.n_known, found.n_signature)));
    fitting
}

#[cfg(test)]
mod tests;
