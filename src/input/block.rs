//! A block of whole records, and the walk over it.
//!
//! Works on text in memory alone; where blocks come from, and in which order, is not known here.

use super::index::Index;
use super::record::Record;

/// A text of whole records and what its index says of it.
#[derive(Debug)]
pub(super) struct Page<'t> {
    pub(super) text: &'t str,
    pub(super) index: &'t Index,
    /// Where bytes were damaged, in rising order.
    pub(super) damage: &'t [usize],
}

/// A stretch of a file that holds whole records.
pub struct Block<'t> {
    seq: u64,
    page: &'t Page<'t>,
    /// The number of the next record.
    row: u32,
}

impl<'t> Block<'t> {
    /// A block of a page.
    pub(super) fn new(seq: u64, page: &'t Page<'t>) -> Self {
        Self { seq, page, row: 0 }
    }

    /// The block's number in its file, from 0.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The next record; blank lines are records, too. It borrows the block's text, not the block.
    #[inline]
    pub fn next_record(&mut self) -> Option<Record<'t>> {
        if self.row as usize >= self.page.index.rows().len() {
            return None;
        }
        let record = Record { page: self.page, row: self.row };
        self.row += 1;
        Some(record)
    }
}

impl Page<'_> {
    /// The number of physical lines.
    pub(super) fn n_lines(&self) -> u64 {
        (self.index.rows().len() + self.index.quoted_line_ends.len()) as u64
    }
}

/// How many cells a header has, and the cells, unless there are more than `most`.
pub(super) fn header_cells(header: &[u8], delimiter: u8, most: usize) -> (usize, Vec<String>) {
    let header = String::from_utf8_lossy(header);
    let mut index = Index::default();
    index.fill(header.as_bytes(), [delimiter]);
    let page = Page { text: &header, index: &index, damage: &[] };
    let record = Block::new(0, &page).next_record();
    record.map_or((0, Vec::new()), |record| {
        let n_shown = if record.len() > most { 0 } else { record.len() };
        (record.len(), (0..n_shown).map(|i| record.cell(i).into_owned()).collect())
    })
}
