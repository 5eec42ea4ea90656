//! A column of cells on its way into words of truths: each cell is read once, and texts that repeat not even that.
//!
//! Knows columns only as cells, wherever they come from: whoever has them hands them over one by one.

use super::card::{Chosen, look_up_value};
use super::leaves::LeafGroup;
use super::words::TruthWord;
use crate::rulebook::expr::Worth;
use crate::value::{CellReader, Instant, Value};
use std::borrow::Cow;

/// A cell as it stands in a file.
pub(crate) trait Written {
    /// Its bytes, quotes and blanks included.
    fn bytes(&self) -> &[u8];
    /// The first 32 of its bytes, zeros behind them; none if it is longer.
    fn short(&self) -> Option<[u64; 4]>;
    /// Whether it begins and ends with visible ASCII and is not quoted: it is what it means as it stands.
    fn is_plain(&self) -> bool;
    /// What it means: unquoted and trimmed.
    fn text(&self) -> Cow<'_, str>;
}

/// What a `values` criterion finds for a field's value: nothing, that there is no value, or the number of an entry and two.
pub(crate) type ChosenCode = u32;

/// A criterion that looks a field's value up: where its finding stands in a row, and how it looks.
pub(crate) type Lookup<'r> = (usize, &'r Worth);

/// How many cells are remembered, each at a spot that follows from its bytes.
const N_SPOTS: usize = 1024;

/// Reads the cells of one column, one worker's.
pub(crate) struct ColumnReader<'p> {
    group: &'p LeafGroup<'p>,
    lookups: &'p [Lookup<'p>],
    reader: &'p CellReader,
    as_of: Instant,
    memo: Vec<Remembered>,
    /// What the look-ups find for the cells that are remembered.
    chosen: Vec<ChosenCode>,
}

/// A cell that was read.
#[derive(Clone, Copy)]
struct Remembered {
    bytes: [u64; 4],
    n_bytes: usize,
    word: TruthWord,
    is_readable: bool,
}

const NOTHING: Remembered =
    Remembered { bytes: [0; 4], n_bytes: usize::MAX, word: TruthWord { truths: 0, unknowns: 0 }, is_readable: true };

impl<'p> ColumnReader<'p> {
    /// A reader for some leaves of a field, whose cells this reads.
    pub(crate) fn new(
        group: &'p LeafGroup<'p>,
        lookups: &'p [Lookup<'p>],
        reader: &'p CellReader,
        as_of: Instant,
    ) -> Self {
        let n_spots = if reader.has_quick_numbers() { 0 } else { N_SPOTS };
        let chosen = vec![0; n_spots * lookups.len()];
        Self { group, lookups, reader, as_of, memo: vec![NOTHING; n_spots], chosen }
    }

    /// Adds what a cell makes true to the words of its row; false if its type can't read it.
    #[inline]
    pub(crate) fn read(&mut self, cell: &impl Written, words: &mut [TruthWord], chosen: &mut [ChosenCode]) -> bool {
        if self.lookups.is_empty() && cell.is_plain() {
            let number = self.reader.quick_number(cell.bytes());
            if let Some(word) = number.and_then(|number| self.group.word_at(number)) {
                words[self.group.word].join(word);
                return true;
            }
        }
        match cell.short().filter(|_| !self.memo.is_empty()) {
            Some(bytes) => self.recall(cell, bytes, words, chosen),
            None => {
                let (word, is_readable) = self.read_any(cell, chosen);
                words[self.group.word].join(word);
                is_readable
            }
        }
    }

    #[inline]
    fn recall(
        &mut self,
        cell: &impl Written,
        bytes: [u64; 4],
        words: &mut [TruthWord],
        chosen: &mut [ChosenCode],
    ) -> bool {
        let n_bytes = cell.bytes().len();
        let spot = spot(bytes, n_bytes);
        let known = &self.memo[spot];
        if known.bytes != bytes || known.n_bytes != n_bytes {
            let (word, is_readable) = self.read_any(cell, chosen);
            words[self.group.word].join(word);
            self.memo[spot] = Remembered { bytes, n_bytes, word, is_readable };
            for (at, (place, _)) in self.lookups.iter().enumerate() {
                self.chosen[spot * self.lookups.len() + at] = chosen[*place];
            }
            return is_readable;
        }
        words[self.group.word].join(known.word);
        for (at, (place, _)) in self.lookups.iter().enumerate() {
            chosen[*place] = self.chosen[spot * self.lookups.len() + at];
        }
        known.is_readable
    }

    /// Reads a cell of any form.
    #[inline(never)]
    fn read_any(&mut self, cell: &impl Written, chosen: &mut [ChosenCode]) -> (TruthWord, bool) {
        let text = cell.text();
        let (value, is_readable) = match self.reader.read(&text) {
            Ok(value) => (value, true),
            Err(_) => (Value::Missing, false),
        };
        (judge(self.group, self.lookups, &value, self.as_of, chosen), is_readable)
    }
}

/// What a value makes true; what the look-ups find is put into its places.
pub(super) fn judge(
    group: &LeafGroup<'_>,
    lookups: &[Lookup<'_>],
    value: &Value<'_>,
    as_of: Instant,
    chosen: &mut [ChosenCode],
) -> TruthWord {
    for (place, worth) in lookups {
        if let Worth::Lookup { field, entries, by_text, .. } = worth {
            chosen[*place] = match look_up_value(value, *field, entries, by_text, as_of) {
                Chosen::None => 0,
                Chosen::Unknown => 1,
                Chosen::Arm(entry) => ChosenCode::try_from(entry + 2).unwrap_or(ChosenCode::MAX),
            };
        }
    }
    group.word_of(value, as_of)
}

/// Where a cell is remembered.
#[inline]
fn spot(bytes: [u64; 4], n_bytes: usize) -> usize {
    let mixed = bytes[0] ^ bytes[1].rotate_left(21) ^ bytes[2].rotate_left(42) ^ bytes[3] ^ n_bytes as u64;
    (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54) as usize % N_SPOTS
}
