//! One record and its cells, borrowed from the block they stand in.
//!
//! Cells are unquoted and trimmed when they are asked for, so that a column nobody needs costs nothing. Types are no business
//! of this module.

use std::borrow::Cow;
use std::ops::Range;

use super::block::IndexedText;
use super::tidy::{tidied, unquoted};

/// A record of a [`super::CsvBlock`]: a place in it, which costs nothing to hand on.
#[derive(Debug, Clone, Copy)]
pub struct Record<'r> {
    page: &'r IndexedText<'r>,
    /// How many cells of the page lie before it.
    first: u32,
    n_cells: u32,
}

impl<'r> Record<'r> {
    /// A record of so many cells behind the first `first` of a page.
    #[inline]
    pub(super) fn new(page: &'r IndexedText<'r>, first: usize, n_cells: usize) -> Self {
        let number = |n| u32::try_from(n).expect("the splitter keeps blocks far below 4 GiB");
        Self { page, first: number(first), n_cells: number(n_cells) }
    }

    /// The record at a place.
    #[inline]
    pub(super) fn at(page: &'r IndexedText<'r>, first: u32, n_cells: u32) -> Self {
        Self { page, first, n_cells }
    }

    /// Its place in the block: how many cells lie before it, and how many it has.
    #[must_use]
    #[inline]
    pub fn place(&self) -> (u32, u32) {
        (self.first, self.n_cells)
    }

    /// How many cells the record has: at least one.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.n_cells as usize
    }

    /// The physical line where the record starts, counted from 0 at the start of its block.
    #[must_use]
    pub fn line(&self) -> u64 {
        let start = self.start();
        let n_before = |ends: &[u32]| ends.partition_point(|&end| (end as usize) < start);
        let index = self.page.index;
        (n_before(index.rows()) + n_before(&index.quoted_line_ends)) as u64
    }

    /// The record's text as it stands in the file, without its line end. Damaged bytes appear as U+FFFD.
    #[must_use]
    pub fn raw(&self) -> &'r str {
        &self.page.text[self.start()..self.end()]
    }

    /// Where the record's text stands in that of its block, without its line end.
    #[must_use]
    pub fn span(&self) -> Range<u32> {
        let place = |at| u32::try_from(at).expect("the splitter keeps blocks far below 4 GiB");
        place(self.start())..place(self.end())
    }

    /// Whether the record has bytes that are not valid in the file's encoding.
    #[must_use]
    #[inline]
    pub fn is_damaged(&self) -> bool {
        let damage = self.page.damage;
        !damage.is_empty() && {
            let first = damage.partition_point(|&at| at < self.start());
            damage.get(first).is_some_and(|&at| at < self.end())
        }
    }

    /// Whether all cells are empty after trimming. A blank line is such a row.
    #[must_use]
    pub fn is_empty_row(&self) -> bool {
        (0..self.len()).all(|i| self.cell(i).is_empty())
    }

    /// The cell, unquoted (doubled quotes undone) and trimmed of Unicode white space; of `="…"` the text within. Beyond the last
    /// cell it is empty; compare [`Self::len`] with the header's.
    #[must_use]
    #[inline]
    pub fn cell(&self, i: usize) -> Cow<'r, str> {
        let written = self.written(i);
        if is_plain(written.as_bytes()) { Cow::Borrowed(written) } else { tidied(written) }
    }

    /// The record's cells, for whoever looks at several.
    #[must_use]
    #[inline]
    pub fn cells(&self) -> RecordCells<'r> {
        RecordCells { text: self.page.text.as_bytes(), start: self.start(), ends: self.ends() }
    }

    /// The cell, unquoted but not trimmed: the field as the `csv` crate reads it.
    #[must_use]
    pub fn untrimmed(&self, i: usize) -> Cow<'r, str> {
        unquoted(self.written(i))
    }

    /// The cell as it stands in the file, with its quotes and blanks. Beyond the last cell it is empty.
    #[must_use]
    #[inline]
    pub fn written(&self, i: usize) -> &'r str {
        let ends = self.ends();
        let Some(&end) = ends.get(i) else {
            return "";
        };
        let start = match i.checked_sub(1) {
            None => self.start(),
            Some(before) => ends[before] as usize + 1,
        };
        &self.page.text[start..end as usize]
    }

    /// The cell as it stands in the file, for whoever reads a column of them.
    #[must_use]
    #[inline]
    pub fn written_cell(&self, i: usize) -> WrittenCell<'r> {
        WrittenCell::new(self.page, self.first, self.n_cells, i)
    }

    /// Where each cell ends in the page's text; one delimiter lies between a cell and the next.
    #[inline]
    fn ends(&self) -> &'r [u32] {
        let first = self.first as usize;
        &self.page.index.ends()[first..first + self.n_cells as usize]
    }

    /// Where the record starts: behind the line end of the one before.
    #[inline]
    pub(super) fn start(&self) -> usize {
        let Some(before) = self.first.checked_sub(1) else {
            return 0;
        };
        let end = self.page.index.ends()[before as usize] as usize;
        let is_pair = self.page.text.as_bytes()[end..].starts_with(b"\r\n");
        end + 1 + usize::from(is_pair)
    }

    /// Where its last cell ends.
    #[inline]
    fn end(&self) -> usize {
        self.page.index.ends()[(self.first + self.n_cells) as usize - 1] as usize
    }
}

/// For each number of bytes up to 32, the bits of so many of the first.
const FIRST_BYTES: [[u64; 4]; 33] = {
    let mut masks = [[0; 4]; 33];
    let mut n_bytes = 0;
    while n_bytes <= 32 {
        let mut at = 0;
        while at < n_bytes {
            masks[n_bytes][at / 8] |= 0xFF << (at % 8 * 8);
            at += 1;
        }
        n_bytes += 1;
    }
    masks
};

/// A cell as it stands in a block.
#[derive(Debug, Clone, Copy)]
pub struct WrittenCell<'r> {
    text: &'r str,
    start: usize,
    end: usize,
}

impl<'r> WrittenCell<'r> {
    /// A cell of a record; beyond the last it is empty.
    #[inline]
    pub(super) fn new(page: &'r IndexedText<'r>, first: u32, n_cells: u32, column: usize) -> Self {
        let text = page.text;
        if column >= n_cells as usize {
            return Self { text, start: 0, end: 0 };
        }
        let ends = page.index.ends();
        let at = first as usize + column;
        let start = if column == 0 { Record::at(page, first, n_cells).start() } else { ends[at - 1] as usize + 1 };
        Self { text, start, end: ends[at] as usize }
    }

    /// Its bytes, quotes and blanks included.
    #[must_use]
    #[inline]
    pub fn bytes(&self) -> &'r [u8] {
        &self.text.as_bytes()[self.start..self.end]
    }

    /// The first 32 of its bytes, zeros behind them; none if it is longer.
    #[must_use]
    #[inline]
    pub fn short(&self) -> Option<[u64; 4]> {
        let n_bytes = self.end - self.start;
        if n_bytes > 32 {
            return None;
        }
        let mut bytes = [0; 32];
        match self.text.as_bytes()[self.start..].first_chunk::<32>() {
            // Copied whole and cut by a mask: copying so many bytes as there are costs a call.
            Some(chunk) => bytes = *chunk,
            None => bytes[..n_bytes].copy_from_slice(self.bytes()),
        }
        let (words, _) = bytes.as_chunks::<8>();
        let masks = &FIRST_BYTES[n_bytes];
        Some(std::array::from_fn(|at| u64::from_le_bytes(words[at]) & masks[at]))
    }

    /// Whether it is what it means as it stands: it begins and ends with visible ASCII, is not quoted and no `="…"`.
    #[must_use]
    #[inline]
    pub fn is_plain(&self) -> bool {
        is_plain(self.bytes())
    }

    /// What it means: unquoted and trimmed; of `="…"` the text within.
    #[must_use]
    pub fn text(&self) -> Cow<'r, str> {
        let written = &self.text[self.start..self.end];
        if is_plain(written.as_bytes()) { Cow::Borrowed(written) } else { tidied(written) }
    }
}

/// The cells of a record, found once.
#[derive(Debug, Clone, Copy)]
pub struct RecordCells<'r> {
    text: &'r [u8],
    /// Where the record starts.
    start: usize,
    /// Where each cell ends.
    ends: &'r [u32],
}

impl<'r> RecordCells<'r> {
    #[inline]
    pub(super) fn new(text: &'r [u8], start: usize, ends: &'r [u32]) -> Self {
        Self { text, start, ends }
    }

    /// Where a cell begins and ends.
    #[expect(clippy::inline_always, reason = "every event goes through it")]
    #[inline(always)]
    fn bounds(&self, i: usize) -> Option<(usize, usize)> {
        let end = *self.ends.get(i)? as usize;
        let start = match i.checked_sub(1) {
            None => self.start,
            Some(before) => *self.ends.get(before)? as usize + 1,
        };
        Some((start, end))
    }

    /// The bytes of a cell as they stand in the file.
    #[must_use]
    #[expect(clippy::inline_always, reason = "every event goes through it")]
    #[inline(always)]
    pub fn written(&self, i: usize) -> Option<&'r [u8]> {
        let (start, end) = self.bounds(i)?;
        self.text.get(start..end)
    }

    /// The bytes of a cell as they stand in the file, as one number with zeros behind them, and how many they are; none if there
    /// are more than sixteen.
    #[must_use]
    #[expect(clippy::inline_always, reason = "every event goes through it")]
    #[inline(always)]
    pub fn short(&self, i: usize) -> Option<(u128, usize)> {
        let (start, end) = self.bounds(i)?;
        let n_bytes = end - start;
        if n_bytes == 0 || n_bytes > 16 {
            return None;
        }
        let chunk = if let Some(chunk) = self.text.get(start..)?.first_chunk::<16>() {
            *chunk
        } else {
            let mut chunk = [0; 16];
            chunk[..n_bytes].copy_from_slice(&self.text[start..end]);
            chunk
        };
        Some((u128::from_le_bytes(chunk) & u128::MAX >> (128 - 8 * n_bytes), n_bytes))
    }

    /// How many there are: at least one.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of a cell that begins and ends with visible ASCII, is not quoted and no `="…"`, so that it is what it means as it
    /// stands in the file: the short way to nearly all cells.
    #[must_use]
    #[expect(clippy::inline_always, reason = "every event goes through it")]
    #[inline(always)]
    pub fn plain(&self, i: usize) -> Option<&'r [u8]> {
        self.written(i).filter(|written| is_plain(written))
    }
}

/// Whether a cell as it stands in the file is what it means: it begins and ends with visible ASCII and with neither a quote nor
/// `=`, as nearly all cells.
#[expect(clippy::inline_always, reason = "every event goes through it")]
#[inline(always)]
fn is_plain(written: &[u8]) -> bool {
    match written {
        [first, .., last] => first.is_ascii_graphic() && !matches!(first, b'"' | b'=') && last.is_ascii_graphic(),
        [only] => only.is_ascii_graphic() && *only != b'"',
        [] => false,
    }
}
