//! The index of a block: where its cells and records end.
//!
//! Made in one go for a whole block, so that the grammar stays apart from what is done with the records.
#![expect(clippy::inline_always, reason = "only what becomes part of a function made for wide vectors may use them")]

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, mask8x64, u8x64};

use super::classes::{CHUNK, GROUP};
use super::scan::{Chunk, Scan};

/// The places in a text where cells and records end.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Where each cell ends, outside quotes.
    ends: Places,
    /// Where each record ends, which is where its last cell does.
    rows: Places,
    /// The line ends inside quotes.
    pub(super) quoted_line_ends: Vec<u32>,
}

impl Index {
    /// Makes this the index of `text`, which starts at the start of a record.
    pub(super) fn fill<const N: usize>(&mut self, text: &[u8], delimiters: [u8; N]) {
        self.fill_on(Level::new(), text, delimiters);
    }

    /// The same with the instructions of a kind of processor.
    pub(super) fn fill_on<const N: usize>(&mut self, level: Level, text: &[u8], delimiters: [u8; N]) {
        self.ends.n = 0;
        self.rows.n = 0;
        self.quoted_line_ends.clear();
        dispatch!(level, simd => self.add(simd, text, delimiters));
        if !matches!(text.last(), None | Some(b'\r' | b'\n')) {
            // The last record ends with the text: as if a line end stood there.
            self.ends.push(place(text.len()));
            self.rows.push(place(text.len()));
        }
    }

    /// The ends of all cells, in order.
    pub(super) fn ends(&self) -> &[u32] {
        self.ends.as_slice()
    }

    /// Where each record ends: at the end of its last cell.
    pub(super) fn rows(&self) -> &[u32] {
        self.rows.as_slice()
    }

    #[inline(always)]
    fn add<S: Simd, const N: usize>(&mut self, simd: S, text: &[u8], delimiters: [u8; N]) {
        let mut scan = Scan::new(simd, delimiters);
        // The number of chunks is not to be known before the program runs: the compiler would write all of them out, and then
        // reckon with the words of several chunks in one vector, which is ten times slower where there is no AVX-512.
        for group in text.chunks(GROUP) {
            let mut at = place(scan.at);
            let mut found = Found {
                simd,
                ends: self.ends.room(),
                rows: self.rows.room(),
                quoted_line_ends: &mut self.quoted_line_ends,
            };
            let (chunks, rest) = group.as_chunks();
            if scan.is_plain(chunks) {
                for chunk in chunks {
                    found.add(at, scan.plain(chunk));
                    at += CHUNK_LEN;
                }
                scan.pass(chunks);
            } else {
                for chunk in chunks {
                    found.add(at, scan.chunk(chunk));
                    at += CHUNK_LEN;
                }
            }
            if !rest.is_empty() {
                found.add(at, scan.last(rest));
            }
            let (n_ends, n_rows) = (found.ends.n, found.rows.n);
            self.ends.n += n_ends;
            self.rows.n += n_rows;
        }
    }
}

/// What is found in a group.
struct Found<'i, S> {
    simd: S,
    ends: Room<'i>,
    rows: Room<'i>,
    quoted_line_ends: &'i mut Vec<u32>,
}

impl<S: Simd> Found<'_, S> {
    /// Adds what was found in the chunk at `at`.
    #[inline(always)]
    fn add(&mut self, at: u32, chunk: Chunk) {
        // Most chunks have fewer than eight cell ends and at most one record end.
        self.ends.add::<_, 8>(self.simd, at, chunk.cells);
        self.rows.add::<_, 1>(self.simd, at, chunk.cells & chunk.line_ends);
        let quoted = chunk.line_ends & chunk.quoted;
        if quoted != 0 {
            push_each(self.quoted_line_ends, at, quoted);
        }
    }
}

/// Places in rising order.
#[derive(Debug, Default)]
struct Places {
    places: Vec<u32>,
    /// How many of them count.
    n: usize,
}

impl Places {
    fn as_slice(&self) -> &[u32] {
        &self.places[..self.n]
    }

    fn push(&mut self, place: u32) {
        self.places.truncate(self.n);
        self.places.push(place);
        self.n += 1;
    }

    #[inline(always)]
    fn room(&mut self) -> Room<'_> {
        if self.places.len() < self.n + ROOM {
            self.grow();
        }
        let places = self.places[self.n..].first_chunk_mut().expect("there is room, or it was made");
        Room { places, n: 0 }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.places.resize(2 * self.places.len() + ROOM, 0);
    }
}

/// A group has at most as many places as bytes; behind the last of them as many as a chunk can have are written over.
const ROOM: usize = GROUP + CHUNK;

/// A chunk's length as places count it.
const CHUNK_LEN: u32 = u64::BITS;

/// Room for the places of a group.
struct Room<'p> {
    places: &'p mut [u32; ROOM],
    /// How many are in it.
    n: usize,
}

impl Room<'_> {
    /// Adds the places of the bits of the chunk at `at`. So many as are `FEW` are written in any case, for guessing how many there
    /// are costs more.
    #[inline(always)]
    fn add<S: Simd, const FEW: usize>(&mut self, simd: S, at: u32, mut bits: u64) {
        let free = self.places[self.n..].first_chunk_mut().expect("no group has more places than bytes");
        let n = bits.count_ones() as usize;
        self.n += n;
        if S::u8s::LEN == CHUNK {
            // Where vectors are as long as a chunk, an instruction moves the chosen bytes to their front.
            let chosen = u8x64::load_array_ref(simd, &OFFSETS).compress(mask8x64::from_bitmask(simd, bits));
            put::<FEW>(free, at, &chosen);
            if n > FEW {
                put::<16>(free, at, &chosen);
            }
            if n > 16 {
                put::<CHUNK>(free, at, &chosen);
            }
            return;
        }
        for few in free.chunks_exact_mut(FEW) {
            for place in few {
                *place = at + lowest(bits);
                bits &= bits.wrapping_sub(1);
            }
            if bits == 0 {
                break;
            }
        }
    }
}

/// Writes the first `N` places of a chunk at `at`.
#[inline(always)]
fn put<const N: usize>(places: &mut [u32; CHUNK], at: u32, offsets: &[u8; CHUNK]) {
    for (place, offset) in places[..N].iter_mut().zip(offsets) {
        *place = at + u32::from(*offset);
    }
}

/// Each byte's place in its chunk.
const OFFSETS: [u8; CHUNK] = {
    let mut offsets = [0; CHUNK];
    let mut offset = 0;
    while (offset as usize) < CHUNK {
        offsets[offset as usize] = offset;
        offset += 1;
    }
    offsets
};

#[inline(never)]
fn push_each(places: &mut Vec<u32>, at: u32, mut bits: u64) {
    while bits != 0 {
        places.push(at + bits.trailing_zeros());
        bits &= bits - 1;
    }
}

/// The place of the lowest bit; of none, any.
#[inline(always)]
fn lowest(bits: u64) -> u32 {
    // With the highest bit set no processor has to be asked whether there is one at all.
    (bits | 1 << 63).trailing_zeros()
}

/// A place in a text.
#[inline(always)]
fn place(at: usize) -> u32 {
    u32::try_from(at).expect("the splitter keeps blocks far below 4 GiB")
}
