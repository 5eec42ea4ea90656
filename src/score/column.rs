//! A column of cells on its way into words of truths: each cell is read once, and texts that repeat not even that.
//!
//! Knows columns only as cells, wherever they come from: whoever has them hands them over one by one.

use super::card::{Chosen, look_up_value};
use super::leaves::LeafGroup;
use super::words::TruthWord;
use crate::rulebook::expr::Worth;
use crate::value::{CellReader, Instant, Value};
use std::borrow::Cow;
use xxhash_rust::xxh3::xxh3_128;

/// A cell as it stands in a file.
pub(crate) trait Written {
    /// Its bytes, quotes and blanks included.
    fn bytes(&self) -> &[u8];
    /// Its bytes with zeros behind them, up to 32; none if it is longer.
    fn short(&self) -> Option<[u64; 4]>;
    /// Whether it begins and ends with visible ASCII and is not quoted: it is what it means as it stands.
    fn is_plain(&self) -> bool;
    /// What it means: unquoted and trimmed.
    fn text(&self) -> Cow<'_, str>;
}

/// A number that is kept beside the truths of a row: which entry a look-up found, or a date. 0 is "nothing".
pub(crate) type Note = i64;

/// What is noted of a field's value, and where in a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noted<'r> {
    pub place: usize,
    pub what: NotedValue<'r>,
}

/// What is noted of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NotedValue<'r> {
    /// What a `values` criterion finds for it: 1 is "no value", the number of an entry is two more.
    Entry(&'r Worth),
    /// The date that it is: see [`date_note`].
    Date,
}

/// The note of a date.
#[inline]
pub(super) fn date_note(ms: i64) -> Note {
    // So that no date is 0.
    ms ^ i64::MIN
}

/// The date of a note.
#[inline]
pub(super) fn noted_date(note: Note) -> Option<Instant> {
    (note != 0).then(|| Instant::from_ms(note ^ i64::MIN))
}

/// After how many cells it shows whether a column's cells repeat: if not one in eight was remembered, none is any more.
const TRIAL: u32 = 4096;

/// How many cells are remembered, each at a spot that follows from its bytes.
const N_SPOTS: usize = 1024;

/// Reads the cells of one column, one worker's.
pub(crate) struct ColumnReader<'p> {
    group: &'p LeafGroup<'p>,
    noted: &'p [Noted<'p>],
    reader: &'p CellReader,
    as_of: Instant,
    /// Empty where cells don't repeat.
    memo: Vec<Remembered>,
    n_recalled: u32,
    n_forgotten: u32,
    /// What was noted of the cells that are remembered.
    notes: Vec<Note>,
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
        noted: &'p [Noted<'p>],
        reader: &'p CellReader,
        as_of: Instant,
    ) -> Self {
        let n_spots = if reader.has_quick_numbers() { 0 } else { N_SPOTS };
        let notes = vec![0; n_spots * noted.len()];
        Self { group, noted, reader, as_of, memo: vec![NOTHING; n_spots], n_recalled: 0, n_forgotten: 0, notes }
    }

    /// Adds what a cell makes true to the words of its row; false if its type can't read all of it.
    #[inline]
    pub(crate) fn read(&mut self, cell: &impl Written, words: &mut [TruthWord], notes: &mut [Note]) -> bool {
        if let Some(number) = self.quick_number(cell)
            && let Some(word) = self.group.word_at(number)
        {
            words[self.group.word].join(word);
            self.noted.iter().for_each(|noted| notes[noted.place] = date_note(number));
            return true;
        }
        if self.memo.is_empty() {
            let (word, is_readable) = self.read_any(cell, notes);
            words[self.group.word].join(word);
            return is_readable;
        }
        let bytes = cell.short().unwrap_or_else(|| long(cell.bytes()));
        self.recall(cell, bytes, words, notes)
    }

    /// The number or date in a cell that is plain, unless it is looked up.
    #[inline]
    fn quick_number(&self, cell: &impl Written) -> Option<i64> {
        let is_quick = matches!(self.noted, [] | [Noted { what: NotedValue::Date, .. }]) && cell.is_plain();
        if is_quick { self.reader.quick_number(cell.bytes()) } else { None }
    }

    #[inline]
    fn recall(&mut self, cell: &impl Written, bytes: [u64; 4], words: &mut [TruthWord], notes: &mut [Note]) -> bool {
        let n_bytes = cell.bytes().len();
        let spot = spot(bytes, n_bytes);
        let known = &self.memo[spot];
        if known.bytes != bytes || known.n_bytes != n_bytes {
            let (word, is_readable) = self.read_any(cell, notes);
            words[self.group.word].join(word);
            self.memo[spot] = Remembered { bytes, n_bytes, word, is_readable };
            for (at, Noted { place, .. }) in self.noted.iter().enumerate() {
                self.notes[spot * self.noted.len() + at] = notes[*place];
            }
            self.n_forgotten += 1;
            if self.n_forgotten >= TRIAL {
                self.judge_trial();
            }
            return is_readable;
        }
        self.n_recalled = self.n_recalled.saturating_add(1);
        words[self.group.word].join(known.word);
        for (at, Noted { place, .. }) in self.noted.iter().enumerate() {
            notes[*place] = self.notes[spot * self.noted.len() + at];
        }
        known.is_readable
    }

    /// Remembers no more where that was in vain, or begins the next trial.
    #[inline(never)]
    fn judge_trial(&mut self) {
        if self.n_recalled < self.n_forgotten / 8 {
            self.memo = Vec::new();
        }
        (self.n_recalled, self.n_forgotten) = (0, 0);
    }

    /// Reads a cell of any form.
    #[inline(never)]
    fn read_any(&mut self, cell: &impl Written, notes: &mut [Note]) -> (TruthWord, bool) {
        let text = cell.text();
        let read = self.reader.read(&text);
        (judge(self.group, self.noted, &read.value, self.as_of, notes), read.is_readable())
    }
}

/// What a value makes true; what is noted of it is put into its places.
pub(super) fn judge(
    group: &LeafGroup<'_>,
    noted: &[Noted<'_>],
    value: &Value<'_>,
    as_of: Instant,
    notes: &mut [Note],
) -> TruthWord {
    for Noted { place, what } in noted {
        notes[*place] = match (what, value) {
            (NotedValue::Date, Value::Instant(instant) | Value::Day(instant)) => date_note(instant.ms()),
            (NotedValue::Entry(Worth::Lookup { field, entries, by_text, .. }), _) => {
                match look_up_value(value, *field, entries, by_text, as_of) {
                    Chosen::None => 0,
                    Chosen::Unknown => 1,
                    Chosen::Arm(entry) => Note::try_from(entry).map_or(0, |entry| entry + 2),
                }
            }
            _ => 0,
        };
    }
    group.word_of(value, as_of)
}

/// Stands for a cell of more than 32 bytes: told apart from others as surely as 128 bits can, as ids are.
fn long(bytes: &[u8]) -> [u64; 4] {
    let hash = xxh3_128(bytes).to_le_bytes();
    let (halves, _) = hash.as_chunks::<8>();
    [u64::from_le_bytes(halves[0]), u64::from_le_bytes(halves[1]), 0, 0]
}

/// Where a cell is remembered.
#[inline]
fn spot(bytes: [u64; 4], n_bytes: usize) -> usize {
    let mixed = bytes[0] ^ bytes[1].rotate_left(21) ^ bytes[2].rotate_left(42) ^ bytes[3] ^ n_bytes as u64;
    (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54) as usize % N_SPOTS
}
