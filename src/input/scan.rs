//! The grammar of CSV, in one place: where cells and records end and what lies in quotes, 64 bytes at a time.
//!
//! It is that of the `csv` crate's default settings. A quote opens only at the start of a cell; inside, a doubled quote is text;
//! everywhere else a quote is an ordinary character. A line ends with LF, CR or CR LF; so does a record, outside quotes.
//! Nothing is guessed: each step knows whether it starts inside quotes.

use std::ops::Range;

use memchr::memchr;

use super::classes::{CHUNK, Classes};

/// What 64 bytes hold, one bit a byte, the first byte's lowest.
#[derive(Clone, Copy)]
pub(super) struct Chunk {
    /// The ends of cells: delimiters and line ends, outside quotes.
    pub(super) cells: u64,
    /// The line ends, in quotes and outside. A CR LF pair is marked by its CR.
    pub(super) line_ends: u64,
    /// The bytes inside quotes, an opening quote included, a closing one not.
    pub(super) quoted: u64,
}

/// Walks over a text that starts at the start of a record.
#[expect(clippy::struct_excessive_bools, reason = "each is what one bit of the chunk before was")]
pub(super) struct Scan<'t, const N: usize> {
    rest: &'t [u8],
    delimiters: [u8; N],
    /// How many bytes lie before `rest`.
    at: usize,
    pub(super) in_quotes: bool,
    /// Where the last quote opened.
    pub(super) opened: usize,
    /// Whether the byte before `rest` lets a quote open: it ends a cell, or closes a quote, which doubles it.
    may_open: bool,
    after_quote: bool,
    after_cr: bool,
}

impl<'t, const N: usize> Scan<'t, N> {
    pub(super) fn new(text: &'t [u8], delimiters: [u8; N]) -> Self {
        Self {
            rest: text,
            delimiters,
            at: 0,
            in_quotes: false,
            opened: 0,
            may_open: true,
            after_quote: false,
            after_cr: false,
        }
    }

    /// The next 64 bytes, and where they start.
    #[expect(clippy::inline_always, reason = "a call a chunk is a tenth of finding the cells")]
    #[inline(always)]
    pub(super) fn step(&mut self) -> Option<(usize, Chunk)> {
        let Some((chunk, rest)) = self.rest.split_first_chunk() else {
            return self.last_step();
        };
        let at = self.at;
        self.at += CHUNK;
        self.rest = rest;
        let classes = Classes::of(chunk, self.delimiters);
        let is_plain = !(classes.are_special() || self.in_quotes || self.after_cr);
        let chunk = if is_plain { self.plain(classes) } else { self.any(at, classes) };
        Some((at, chunk))
    }

    /// The bytes after the last whole chunk, if there are any.
    #[inline(never)]
    fn last_step(&mut self) -> Option<(usize, Chunk)> {
        if self.rest.is_empty() {
            return None;
        }
        let at = self.at;
        self.at += self.rest.len();
        let mut chunk = [0; CHUNK];
        chunk[..self.rest.len()].copy_from_slice(self.rest);
        // The padding is not to be taken for anything, even where NUL is the delimiter.
        let within = (1 << self.rest.len()) - 1;
        self.rest = &[];
        let found = self.any(at, Classes::of(&chunk, self.delimiters));
        Some((at, Chunk { cells: found.cells & within, ..found }))
    }

    /// Goes to the next quote, if the scan is not inside quotes now, and returns the stretch that it passed over. It has no
    /// quotes, so its line ends are what they seem.
    #[inline]
    pub(super) fn skip_plain(&mut self) -> Range<usize> {
        let start = self.at;
        if self.in_quotes {
            return start..start;
        }
        let n_plain = memchr(b'"', self.rest).unwrap_or(self.rest.len());
        if let Some(&last) = self.rest[..n_plain].last() {
            self.after_cr = last == b'\r';
            self.may_open = self.after_cr || last == b'\n' || self.delimiters.contains(&last);
            self.after_quote = false;
        }
        self.rest = &self.rest[n_plain..];
        self.at += n_plain;
        start..self.at
    }

    /// A chunk without quotes and CRs: its marks are what they seem.
    #[inline]
    fn plain(&mut self, classes: Classes) -> Chunk {
        let cells = classes.ends;
        self.may_open = cells >> 63 == 1;
        self.after_quote = false;
        Chunk { cells, line_ends: classes.line_ends, quoted: 0 }
    }

    /// Any chunk. A quote opens where it follows a cell's end, or a closing quote, which that doubles; if every other one is taken
    /// for an opening one and all of those may open, that is what they are.
    #[inline(never)]
    fn any(&mut self, at: usize, classes: Classes) -> Chunk {
        let Classes { ends, line_ends: line_bytes, quotes: mut marks, crs: cr } = classes;
        let quoted = loop {
            let quoted = parity(marks) ^ if self.in_quotes { u64::MAX } else { 0 };
            let may_open = (ends | marks) << 1 | u64::from(self.may_open);
            let stray = marks & quoted & !may_open;
            if stray == 0 {
                break quoted;
            }
            // All before the first stray mark is right, so it is certain to be an ordinary character.
            marks ^= stray & stray.wrapping_neg();
        };
        let opening = marks & quoted & !(marks << 1 | u64::from(self.after_quote));
        if opening != 0 {
            self.opened = at + 63 - opening.leading_zeros() as usize;
        }
        // The LF of a pair is no line end of its own.
        let line_ends = line_bytes & (cr | !(cr << 1 | u64::from(self.after_cr)));
        self.in_quotes = quoted >> 63 == 1;
        self.may_open = (ends | marks) >> 63 == 1;
        self.after_quote = marks >> 63 == 1;
        self.after_cr = cr >> 63 == 1;
        Chunk { cells: (ends & !line_bytes | line_ends) & !quoted, line_ends, quoted }
    }
}

/// For each bit whether the number of bits up to and with it is odd.
#[inline]
fn parity(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}
