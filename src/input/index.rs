//! The index of a block: where its cells and records end.
//!
//! Made in one go for a whole block, so that the grammar stays apart from what is done with the records.

use super::classes::CHUNK;
use super::scan::{Chunk, Scan};

/// The places in a text where cells and records end.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Where each cell ends, outside quotes. Only the first `n_ends` count.
    ends: Vec<u32>,
    n_ends: usize,
    /// For each record, how many of `ends` there are up to and with its own. Only the first `n_rows` count.
    rows: Vec<u32>,
    n_rows: usize,
    /// The line ends inside quotes.
    pub(super) quoted_line_ends: Vec<u32>,
}

impl Index {
    /// Makes this the index of `text`, which starts at the start of a record.
    pub(super) fn fill<const N: usize>(&mut self, text: &[u8], delimiters: [u8; N]) {
        self.n_ends = 0;
        self.n_rows = 0;
        self.quoted_line_ends.clear();
        let mut scan = Scan::new(text, delimiters);
        while let Some((at, chunk)) = scan.step() {
            let base = place(at);
            self.add(base, chunk);
            let mut quoted = chunk.line_ends & chunk.quoted;
            while quoted != 0 {
                self.quoted_line_ends.push(base + quoted.trailing_zeros());
                quoted &= quoted - 1;
            }
        }
        if !matches!(text.last(), None | Some(b'\r' | b'\n')) {
            // The last record ends with the text: as if a line end stood there.
            self.add(place(text.len()), Chunk { cells: 1, line_ends: 1, quoted: 0 });
        }
    }

    /// The ends of all cells, in order.
    pub(super) fn ends(&self) -> &[u32] {
        &self.ends[..self.n_ends]
    }

    /// For each record, how many of the ends there are up to and with its own.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows[..self.n_rows]
    }

    #[inline]
    fn add(&mut self, base: u32, chunk: Chunk) {
        self.add_rows(chunk);
        if self.ends.len() < self.n_ends + CHUNK {
            self.ends.resize(2 * self.ends.len() + CHUNK, 0);
        }
        let mut cells = chunk.cells;
        let Some((ends, _)) = self.ends[self.n_ends..].split_first_chunk_mut::<CHUNK>() else {
            return;
        };
        // Eight at a time, needed or not: guessing how many there are costs more.
        for eight in ends.chunks_exact_mut(8) {
            for end in eight {
                // With the highest bit set no processor has to be asked whether there is one at all.
                *end = base + (cells | 1 << 63).trailing_zeros();
                cells &= cells.wrapping_sub(1);
            }
            if cells == 0 {
                break;
            }
        }
        self.n_ends += chunk.cells.count_ones() as usize;
    }

    /// Notes the records that end in a chunk whose cells are about to be added.
    #[inline]
    fn add_rows(&mut self, chunk: Chunk) {
        if self.rows.len() < self.n_rows + CHUNK {
            self.rows.resize(2 * self.rows.len() + CHUNK, 0);
        }
        let n_before = place(self.n_ends);
        let mut rows = chunk.cells & chunk.line_ends;
        let n_rows = rows.count_ones() as usize;
        // The first is written whether there is one or not: guessing costs more. What isn't counted is written over.
        for row in &mut self.rows[self.n_rows..self.n_rows + n_rows.max(1)] {
            let up_to = rows ^ rows.wrapping_sub(1);
            *row = n_before + (chunk.cells & up_to).count_ones();
            rows &= rows.wrapping_sub(1);
        }
        self.n_rows += n_rows;
    }
}

/// A place in a text.
fn place(at: usize) -> u32 {
    u32::try_from(at).expect("the splitter keeps blocks far below 4 GiB")
}
