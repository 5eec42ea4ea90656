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
    /// Where each record ends, which is where its last cell does. Only the first `n_rows` count.
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
            self.add_rows(base, chunk);
            self.add_cells(base, chunk);
            let mut quoted = chunk.line_ends & chunk.quoted;
            while quoted != 0 {
                self.quoted_line_ends.push(base + quoted.trailing_zeros());
                quoted &= quoted - 1;
            }
        }
        if !matches!(text.last(), None | Some(b'\r' | b'\n')) {
            // The last record ends with the text: as if a line end stood there.
            self.add_last(place(text.len()));
        }
    }

    /// The ends of all cells, in order.
    pub(super) fn ends(&self) -> &[u32] {
        &self.ends[..self.n_ends]
    }

    /// Where each record ends: at the end of its last cell.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows[..self.n_rows]
    }

    #[expect(clippy::inline_always, reason = "a call a chunk is a tenth of finding the cells")]
    #[inline(always)]
    fn add_cells(&mut self, base: u32, chunk: Chunk) {
        let mut cells = chunk.cells;
        let Some(ends) = room(&mut self.ends, self.n_ends) else { return };
        // Eight at a time, needed or not: guessing how many there are costs more.
        for eight in ends.chunks_exact_mut(8) {
            for end in eight {
                *end = base + lowest(cells);
                cells &= cells.wrapping_sub(1);
            }
            if cells == 0 {
                break;
            }
        }
        self.n_ends += chunk.cells.count_ones() as usize;
    }

    /// Notes the records that end in a chunk.
    #[inline]
    fn add_rows(&mut self, base: u32, chunk: Chunk) {
        let mut rows = chunk.cells & chunk.line_ends;
        let Some(places) = room(&mut self.rows, self.n_rows) else { return };
        // The first is written whether there is one or not: guessing costs more. What isn't counted is written over.
        places[0] = base + lowest(rows);
        let mut n_rows = usize::from(rows != 0);
        rows &= rows.wrapping_sub(1);
        while rows != 0 && n_rows < CHUNK {
            places[n_rows] = base + lowest(rows);
            rows &= rows - 1;
            n_rows += 1;
        }
        self.n_rows += n_rows;
    }

    /// Notes a record, and its last cell, that end where the text does.
    fn add_last(&mut self, end: u32) {
        for (places, n) in [(&mut self.ends, &mut self.n_ends), (&mut self.rows, &mut self.n_rows)] {
            places.truncate(*n);
            places.push(end);
            *n += 1;
        }
    }
}

/// The place of the lowest bit; of none, any.
#[inline]
fn lowest(bits: u64) -> u32 {
    // With the highest bit set no processor has to be asked whether there is one at all.
    (bits | 1 << 63).trailing_zeros()
}

/// Room for what one chunk can hold, behind the first `n` places.
#[inline]
fn room(places: &mut Vec<u32>, n: usize) -> Option<&mut [u32; CHUNK]> {
    if places.len() < n + CHUNK {
        places.resize(2 * places.len() + CHUNK, 0);
    }
    places.get_mut(n..)?.first_chunk_mut()
}

/// A place in a text.
fn place(at: usize) -> u32 {
    u32::try_from(at).expect("the splitter keeps blocks far below 4 GiB")
}
