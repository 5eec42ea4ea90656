//! Which presets a file's headers fit. Only the headers are looked at; what a person asked for by name needs no recognition.

use super::key::key;
use super::{Header, Preset, PresetColumn, all};
use std::collections::HashMap;
use std::sync::LazyLock;

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
    /// How much the headers known speak for this product. A header that only it writes counts 100, one that several write its
    /// share of that; half of it where only the letters are the same, not the writing.
    pub weight: usize,
    /// The language of the headers found, `api` for a program's own names, if most are of one.
    pub language: Option<&'static str>,
}

impl Recognition {
    /// The preset's reading of a file's headers, whether or not it fits.
    #[must_use]
    pub fn of(preset: &'static Preset, headers: &[String]) -> Recognition {
        let mut columns: Vec<Option<&'static PresetColumn>> = Vec::with_capacity(headers.len());
        let mut votes: Vec<(&'static str, usize)> = Vec::new();
        let mut weight = 0;
        for header in headers {
            let key = key(header);
            let found = find(preset, &key).filter(|(column, _)| !taken(&columns, column));
            if let Some((column, known)) = found {
                let language = known.language.as_str();
                weight += weigh(column, header, &key);
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
        Recognition { preset, columns, n_known, n_signature, weight, language }
    }

    /// Whether another preset, of another product, is so near that the headers don't decide, and reads the file otherwise.
    #[must_use]
    pub fn is_rivalled_by(&self, other: &Recognition) -> bool {
        let differs = |(own, other): (Option<&PresetColumn>, Option<&PresetColumn>)| {
            own.zip(other).is_some_and(|(own, other)| own.role != other.role)
        };
        self.preset.product != other.preset.product
            && other.weight * 4 >= self.weight * 3
            && self.columns.iter().copied().zip(other.columns.iter().copied()).any(differs)
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

fn find(preset: &'static Preset, wanted: &str) -> Option<(&'static PresetColumn, &'static Header)> {
    if wanted.is_empty() {
        return None;
    }
    preset.columns.iter().find_map(|column| {
        let header = column.headers.iter().find(|header| header.key == wanted)?;
        Some((column, header))
    })
}

/// How many products write a header: to the letter, and in the form in which headers compare.
#[derive(Default)]
struct Spread {
    by_text: HashMap<&'static str, usize>,
    by_key: HashMap<&'static str, usize>,
}

static SPREAD: LazyLock<Spread> = LazyLock::new(|| {
    let mut written: Vec<(&str, &Header)> = Vec::new();
    for preset in all() {
        let headers = preset.columns.iter().flat_map(|column| &column.headers);
        written.extend(headers.map(|header| (preset.product.as_str(), header)));
    }
    let mut spread = Spread::default();
    let mut texts: Vec<(&str, &str)> =
        written.iter().map(|(product, header)| (*product, header.text.as_str())).collect();
    let mut keys: Vec<(&str, &str)> = written.iter().map(|(product, header)| (*product, header.key.as_str())).collect();
    for (pairs, counts) in [(&mut texts, &mut spread.by_text), (&mut keys, &mut spread.by_key)] {
        pairs.sort_unstable();
        pairs.dedup();
        for (_, header) in &*pairs {
            *counts.entry(*header).or_default() += 1;
        }
    }
    spread
});

/// What a header that a column of a preset has says for its product.
fn weigh(column: &PresetColumn, header: &str, key: &str) -> usize {
    let is_to_the_letter = column.headers.iter().any(|known| known.text == header);
    let n_products = if is_to_the_letter { SPREAD.by_text.get(header) } else { SPREAD.by_key.get(key) };
    let most = if is_to_the_letter { 100 } else { 50 };
    most / n_products.copied().unwrap_or(1).max(1)
}

/// How many headers must be known, whatever their share: an export with hundreds of custom columns is one still.
const ENOUGH_KNOWN: usize = 6;
/// The share of the headers that must be known in a file with fewer.
const ENOUGH_PERCENT: usize = 33;
/// How much the headers must speak for the product: more than words that every CRM uses do together.
const ENOUGH_WEIGHT: usize = 150;

/// The presets whose signature is found among the headers, the one that most speaks for first.
#[must_use]
pub(crate) fn recognise(headers: &[String]) -> Vec<Recognition> {
    let fits = |found: &Recognition| {
        let is_known = found.n_known >= ENOUGH_KNOWN || found.share_percent() >= ENOUGH_PERCENT;
        found.n_signature > 0 && is_known && found.weight >= ENOUGH_WEIGHT
    };
    let fitting = all().iter().map(|preset| Recognition::of(preset, headers)).filter(fits);
    let mut fitting: Vec<Recognition> = fitting.collect();
    fitting.sort_by_key(|found| std::cmp::Reverse((found.weight, found.n_known, found.n_signature)));
    fitting
}

#[cfg(test)]
mod tests;
