//! The grammar of CSV, in one place: where cells and records end and what lies in quotes, 64 bytes at a time.
//!
//! It is that of the `csv` crate's default settings. A quote opens only at the start of a cell; inside, a doubled quote is text;
//! everywhere else a quote is an ordinary character. A line ends with LF, CR or CR LF; so does a record, outside quotes.
//! Nothing is guessed: each step knows whether it starts inside quotes.
#![expect(clippy::inline_always, reason = "only what becomes part of a function made for wide vectors may use them")]

use fearless_simd::Simd;

use super::classes::{CHUNK, Classes, hold};

/// What 64 bytes hold, one bit a byte, the first byte's lowest.
#[derive(Clone, Copy)]
pub(super) struct Chunk {
    /// The ends of cells: delimiters and line ends, outside quotes.
    pub(super) cells: u64,
    /// The line ends, in quotes and outside. A CR LF pair is marked by its CR.
    pub(super) line_ends: u64,
    /// The bytes inside quotes, an opening quote included, a closing one not.
    pub(super) quoted: u64,
    /// The quotes that open a cell's text.
    pub(super) opening: u64,
}

/// A walk over a text that starts at the start of a record, and what it knows of the bytes it has passed.
#[derive(Clone, Copy)]
pub(super) struct Scan<S, const N: usize> {
    pub(super) simd: S,
    delimiters: [u8; N],
    /// How many bytes were passed.
    pub(super) at: usize,
    /// All bits inside quotes, none outside.
    quoted: u64,
    /// 1 if the last byte lets a quote open: it ends a cell, or closes a quote, which the next one doubles.
    may_open: u64,
    /// 1 if the last byte is a quote that is no ordinary character.
    after_quote: u64,
    /// 1 if the last byte is a CR.
    after_cr: u64,
}

impl<S: Simd, const N: usize> Scan<S, N> {
    #[inline(always)]
    pub(super) fn new(simd: S, delimiters: [u8; N]) -> Self {
        Self { simd, delimiters, at: 0, quoted: 0, may_open: 1, after_quote: 0, after_cr: 0 }
    }

    #[inline(always)]
    pub(super) fn in_quotes(&self) -> bool {
        self.quoted != 0
    }

    /// Whether the next chunks have no quotes and CRs, and none before them matters.
    #[inline(always)]
    pub(super) fn is_plain(&self, chunks: &[[u8; CHUNK]]) -> bool {
        self.quoted | self.after_cr == 0 && !hold(self.simd, chunks, [b'"', b'\r'])
    }

    /// What the next chunk is if it is plain. The walk does not pass it.
    #[inline(always)]
    pub(super) fn plain(&self, chunk: &[u8; CHUNK]) -> Chunk {
        let Classes { delimiters, lfs, .. } = Classes::of_plain(self.simd, chunk, self.delimiters);
        Chunk { cells: delimiters | lfs, line_ends: lfs, quoted: 0, opening: 0 }
    }

    /// Passes chunks without quotes, outside quotes.
    #[inline(always)]
    pub(super) fn pass(&mut self, chunks: &[[u8; CHUNK]]) {
        let text = chunks.as_flattened();
        if let Some(&last) = text.last() {
            self.at += text.len();
            self.after_cr = u64::from(last == b'\r');
            self.may_open = u64::from(matches!(last, b'\r' | b'\n') || self.delimiters.contains(&last));
            self.after_quote = 0;
        }
    }

    /// Passes the next chunk, or, at the text's end, fewer bytes.
    #[inline(always)]
    pub(super) fn step(&mut self, bytes: &[u8]) -> Chunk {
        match bytes.first_chunk() {
            Some(chunk) => self.chunk(chunk),
            None => self.last(bytes),
        }
    }

    /// Passes the bytes at the text's end that are fewer than a chunk.
    #[inline(always)]
    pub(super) fn last(&mut self, bytes: &[u8]) -> Chunk {
        let mut chunk = [0; CHUNK];
        chunk.iter_mut().zip(bytes).for_each(|(padded, &byte)| *padded = byte);
        let found = self.chunk(&chunk);
        // The padding is not to be taken for anything, even where NUL is the delimiter.
        let within = (1 << bytes.len()) - 1;
        Chunk { cells: found.cells & within, ..found }
    }

    /// Passes the next chunk. A quote opens where it follows a cell's end, or a closing quote, which that doubles; if every other
    /// one is taken for an opening one and all of those may open, that is what they are.
    #[inline(always)]
    pub(super) fn chunk(&mut self, chunk: &[u8; CHUNK]) -> Chunk {
        let Classes { delimiters, quotes: mut marks, lfs, crs } = Classes::of(self.simd, chunk, self.delimiters);
        let ends = delimiters | lfs | crs;
        let mut quoted = parity(marks) ^ self.quoted;
        if strays(marks, quoted, ends, self.may_open) != 0 {
            (marks, quoted) = without_strays(marks, self.quoted, ends, self.may_open);
        }
        let opening = marks & quoted & !(marks << 1 | self.after_quote);
        // The LF of a pair is no line end of its own.
        let line_ends = crs | lfs & !(crs << 1 | self.after_cr);
        self.at += CHUNK;
        self.quoted = (quoted.cast_signed() >> 63).cast_unsigned();
        self.may_open = (ends | marks) >> 63;
        self.after_quote = marks >> 63;
        self.after_cr = crs >> 63;
        Chunk { cells: (delimiters | line_ends) & !quoted, line_ends, quoted, opening }
    }
}

/// The marks that would open a quote where none may.
#[inline(always)]
fn strays(marks: u64, quoted: u64, ends: u64, may_open: u64) -> u64 {
    marks & quoted & !((ends | marks) << 1 | may_open)
}

/// The marks that are no ordinary characters, and what lies in quotes; `before` says whether the first byte's forerunner did.
#[cold]
#[inline(never)]
fn without_strays(mut marks: u64, before: u64, ends: u64, may_open: u64) -> (u64, u64) {
    loop {
        let quoted = parity(marks) ^ before;
        let stray = strays(marks, quoted, ends, may_open);
        if stray == 0 {
            return (marks, quoted);
        }
        // All before the first stray mark is right, so it is certain to be an ordinary character.
        marks ^= stray & stray.wrapping_neg();
    }
}

/// For each bit whether the number of bits up to and with it is odd.
#[inline(always)]
fn parity(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}
