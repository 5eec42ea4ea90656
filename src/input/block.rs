//! A block of whole records, and the walk over it.
//!
//! Works on text in memory alone; where blocks come from, and in which order, is not known here.

use super::index::Index;
use super::record::{Record, RecordCells, WrittenCell};

/// A text of whole records and what its index says of it.
#[derive(Debug)]
pub(super) struct IndexedText<'t> {
    pub(super) text: &'t str,
    pub(super) index: &'t Index,
    /// Where bytes were damaged, in rising order.
    pub(super) damage: &'t [usize],
}

/// A stretch of a file that holds whole records.
pub struct CsvBlock<'t> {
    seq: u64,
    page: &'t IndexedText<'t>,
    /// How many records the walk has passed, and how many cells.
    n_rows: usize,
    n_ends: usize,
    /// How many cells the record before has.
    n_cells: usize,
    /// Where the next record starts.
    start: usize,
}

impl<'t> CsvBlock<'t> {
    /// A block of a page.
    pub(super) fn new(seq: u64, page: &'t IndexedText<'t>) -> Self {
        Self { seq, page, n_rows: 0, n_ends: 0, n_cells: 1, start: 0 }
    }

    /// The block's number in its file, from 0.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The next record; blank lines are records, too. It borrows the block's text, not the block.
    #[inline]
    pub fn next_record(&mut self) -> Option<Record<'t>> {
        self.next_row().map(|(record, _)| record)
    }

    /// The next record, with its cells.
    #[expect(clippy::inline_always, reason = "handed over in memory, a row costs as much again")]
    #[inline(always)]
    pub fn next_row(&mut self) -> Option<(Record<'t>, RecordCells<'t>)> {
        let index = self.page.index;
        let end = *index.rows().get(self.n_rows)?;
        let first = self.n_ends;
        // Nearly all records have as many cells as the one before.
        if index.ends().get(first + self.n_cells - 1) != Some(&end) {
            self.n_cells = index.ends()[first..].partition_point(|cell_end| *cell_end < end) + 1;
        }
        self.n_rows += 1;
        self.n_ends += self.n_cells;
        let text = self.page.text.as_bytes();
        let cells = RecordCells::new(text, self.start, &index.ends()[first..self.n_ends]);
        let end = end as usize;
        let is_pair = text.get(end) == Some(&b'\r') && text.get(end + 1) == Some(&b'\n');
        self.start = end + 1 + usize::from(is_pair);
        Some((Record::new(self.page, first, self.n_cells), cells))
    }
}

impl<'t> CsvBlock<'t> {
    /// The block's text. Damaged bytes appear as U+FFFD.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.page.text
    }

    /// A cell of a record, by the record's place.
    #[must_use]
    #[inline]
    pub fn written(&self, (first, n_cells): (u32, u32), column: usize) -> WrittenCell<'t> {
        WrittenCell::new(self.page, first, n_cells, column)
    }

    /// A record again, by its place.
    #[must_use]
    #[inline]
    pub fn record(&self, (first, n_cells): (u32, u32)) -> Record<'t> {
        Record::at(self.page, first, n_cells)
    }
}

impl IndexedText<'_> {
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
    let page = IndexedText { text: &header, index: &index, damage: &[] };
    let record = CsvBlock::new(0, &page).next_record();
    record.map_or((0, Vec::new()), |record| {
        let n_shown = if record.len() > most { 0 } else { record.len() };
        (record.len(), (0..n_shown).map(|i| record.cell(i).into_owned()).collect())
    })
}
