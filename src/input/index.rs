//! The index of a block: where its cells and records end.
//!
//! Made in one go for a whole block, so that the grammar stays apart from what is done with the records.

use super::classes::CHUNK;
use super::scan::{Chunk, Scan};

/// The bit that tells the end of a record from the end of a cell.
pub(super) const ROW_END: u32 = 1 << 31;

/// The places in a text where cells and records end.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Where each cell ends, outside quotes; with [`ROW_END`] where the record does as well. Only the first
    /// `n_ends` count.
    ends: Vec<u32>,
    n_ends: usize,
    /// The line ends inside quotes.
    pub(super) quoted_line_ends: Vec<u32>,
}

impl Index {
    /// Makes this the index of `text`, which starts at the start of a record.
    pub(super) fn fill<const N: usize>(&mut self, text: &[u8], delimiters: [u8; N]) {
        self.n_ends = 0;
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
            self.ends.truncate(self.n_ends);
            self.ends.push(place(text.len()) | ROW_END);
            self.n_ends += 1;
        }
    }

    /// The ends of all cells, in order.
    pub(super) fn ends(&self) -> &[u32] {
        &self.ends[..self.n_ends]
    }

    #[inline]
    fn add(&mut self, base: u32, chunk: Chunk) {
        if self.ends.len() < self.n_ends + CHUNK {
            self.ends.resize(2 * self.ends.len() + CHUNK, 0);
        }
        let (mut cells, line_ends) = (chunk.cells, chunk.line_ends);
        let Some((ends, _)) = self.ends[self.n_ends..].split_first_chunk_mut::<CHUNK>() else {
            return;
        };
        let n_ends = cells.count_ones() as usize;
        // Eight at a time, needed or not: guessing how many there are costs more.
        for eight in ends.chunks_exact_mut(8) {
            for end in eight {
                let bit = cells.trailing_zeros() & 63;
                let is_row_end = (line_ends >> bit & 1) as u32;
                *end = (base + bit) | (is_row_end << 31);
                cells &= cells.wrapping_sub(1);
            }
            if cells == 0 {
                break;
            }
        }
        self.n_ends += n_ends;
    }
}

/// A place in a text, which leaves room for [`ROW_END`].
fn place(at: usize) -> u32 {
    let at = u32::try_from(at).ok().filter(|at| at & ROW_END == 0);
    at.expect("the splitter keeps blocks far below 2 GiB")
}
