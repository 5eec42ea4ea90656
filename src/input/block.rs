//! A block of whole records, and the walk over it.
//!
//! Works on text in memory alone; where blocks come from, and in which order, is not known here.

use super::index::{Index, ROW_END};
use super::record::Record;

/// A stretch of a file that holds whole records.
pub struct Block<'t> {
    seq: u64,
    text: &'t str,
    /// Where bytes were damaged, in rising order.
    damage: &'t [usize],
    /// Where the next record starts.
    at: usize,
    /// The line where it does, from 0.
    line: u64,
    /// The ends of the cells that are still to come.
    ends: &'t [u32],
    /// The line ends in quotes that are still to come.
    quoted_line_ends: &'t [u32],
}

impl<'t> Block<'t> {
    /// A block of `text`, which `index` is the index of.
    pub(super) fn new(seq: u64, text: &'t str, index: &'t Index, damage: &'t [usize]) -> Self {
        Self { seq, text, damage, at: 0, line: 0, ends: index.ends(), quoted_line_ends: &index.quoted_line_ends }
    }

    /// The block's number in its file, from 0.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The next record; blank lines are records, too. It borrows the block's text, not the block.
    #[inline]
    pub fn next_record(&mut self) -> Option<Record<'t>> {
        let last = self.ends.iter().position(|&end| end & ROW_END != 0)?;
        let (ends, rest) = self.ends.split_at(last + 1);
        let (start, line) = (self.at, self.line);
        let end = (ends[last] & !ROW_END) as usize;
        let is_pair = self.text.as_bytes()[end..].starts_with(b"\r\n");
        self.ends = rest;
        self.at = end + 1 + usize::from(is_pair);
        self.line += 1;
        while let [first, rest @ ..] = self.quoted_line_ends
            && (*first as usize) < end
        {
            self.quoted_line_ends = rest;
            self.line += 1;
        }
        Some(Record {
            text: self.text,
            start,
            ends,
            line,
            is_damaged: !self.damage.is_empty() && self.is_damaged(start, self.at),
        })
    }

    fn is_damaged(&self, start: usize, end: usize) -> bool {
        let next = self.damage.partition_point(|&at| at < start);
        self.damage.get(next).is_some_and(|&at| at < end)
    }

    /// Passes over what is left and returns the number of the block's physical lines.
    pub(super) fn finish(mut self) -> u64 {
        while self.next_record().is_some() {}
        self.line
    }
}

/// How many cells a header has, and the cells, unless there are more than `most`.
pub(super) fn header_cells(header: &[u8], delimiter: u8, most: usize) -> (usize, Vec<String>) {
    let header = String::from_utf8_lossy(header);
    let mut index = Index::default();
    index.fill(header.as_bytes(), [delimiter]);
    let record = Block::new(0, &header, &index, &[]).next_record();
    record.map_or((0, Vec::new()), |record| {
        let n_shown = if record.len() > most { 0 } else { record.len() };
        (record.len(), (0..n_shown).map(|i| record.cell(i).into_owned()).collect())
    })
}
