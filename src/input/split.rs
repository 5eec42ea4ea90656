//! Cuts a file's text into blocks of whole records, one after the other, exactly: no speculation, no second pass.
//!
//! Looks at quotes and line ends only; cells are parsed elsewhere, in parallel. Memory is bounded by the longest record.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::below::{Passed, below, dropped_from, held_from};
use super::encoding::DecodedText;
use super::error::InputError;
use super::lines::count_line_ends;
use super::records::{last_record_end, record_end};
use crate::value::SkipLast;

/// Text that was read ahead and that no block has had yet; starts at the start of a record.
pub(super) struct Ahead {
    bytes: Vec<u8>,
    /// How many of them a block has had.
    at: usize,
}

impl Ahead {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, at: 0 }
    }

    fn len(&self) -> usize {
        self.bytes.len() - self.at
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends so many bytes to a block, or what there is.
    fn take(&mut self, want: usize, block: &mut Vec<u8>) {
        let end = self.at + want.min(self.len());
        block.extend_from_slice(&self.bytes[self.at..end]);
        self.at = end;
    }

    /// Takes back the end of a block.
    fn put_back(&mut self, rest: &[u8]) {
        if self.bytes[..self.at].ends_with(rest) {
            self.at -= rest.len();
        } else {
            self.bytes.splice(..self.at, rest.iter().copied());
            self.at = 0;
        }
    }
}

/// A file behind its header, and what of it was read ahead.
pub(super) struct Splitter {
    pub(super) text: DecodedText,
    pub(super) ahead: Ahead,
    pub(super) delimiter: u8,
    pub(super) skip_last: SkipLast,
    /// The column names, by which what is no row of the table is recognised.
    pub(super) header: Vec<String>,
    /// What was passed over below the data, once the end was seen.
    pub(super) below: Option<Passed>,
    pub(super) block_bytes: usize,
    pub(super) max_record_bytes: usize,
    /// Whether it is known on which line the encoding is doubtful.
    pub(super) has_placed_doubt: bool,
}

/// What of a buffer is a block.
#[derive(Debug)]
pub(super) struct CutBlock {
    /// The length of the whole records at its start. What is behind them is left for the next block.
    pub(super) n_text: usize,
    /// The file's own bytes that are yet to be summed up.
    pub(super) own: Range<usize>,
    /// Where in the file these stand.
    pub(super) offset: u64,
    /// The line where the encoding is doubtful, from 0 where the block starts, if the text stops being ASCII in it.
    pub(super) doubt_line: Option<u64>,
}

/// An error with lines that count from 0 at the start of the block it stands for.
#[derive(Debug)]
pub(super) enum SplitError {
    OpenQuote { line: u64 },
    TooLong { line: u64, quote_line: Option<u64> },
    Input(InputError),
}

impl SplitError {
    /// The same with lines that count from the start of the file; `first_line` is that of the block.
    pub(super) fn at(self, path: &Path, first_line: u64) -> InputError {
        let path: PathBuf = path.to_owned();
        match self {
            Self::OpenQuote { line } => InputError::OpenQuote { path, line: first_line + line },
            Self::TooLong { line, quote_line } => InputError::TooLong {
                path,
                line: first_line + line,
                quote_line: quote_line.map(|line| first_line + line),
            },
            Self::Input(error) => error,
        }
    }
}

impl Splitter {
    /// Whether no more than a block of the text is left.
    pub(super) fn is_read(&self) -> bool {
        self.text.ended && self.ahead.len() <= self.block_bytes
    }

    /// Puts the next whole records into `block`; none if there are no more.
    pub(super) fn next(&mut self, block: &mut Vec<u8>) -> Result<Option<CutBlock>, SplitError> {
        block.clear();
        let offset = self.text.offset();
        let mut own = 0..0;
        loop {
            // An unfinished record doubles the block, so that its text is scanned twice at most.
            let want = self.block_bytes.max(block.len());
            if !self.ahead.is_empty() {
                self.ahead.take(want, block);
                own = block.len()..block.len();
            }
            if self.ahead.is_empty() && !self.text.ended {
                own.end += self.text.fill(block, want).map_err(SplitError::Input)?;
            }
            let is_whole = self.text.ended && self.ahead.is_empty();
            let usable = self.usable(block, is_whole)?;
            let certain = is_whole || usable < block.len();
            let (end, open) = last_record_end(&block[..usable], self.delimiter, certain);
            let n_text = match end {
                _ if is_whole => usable,
                Some(end) => {
                    self.ahead.put_back(&block[end..]);
                    end
                }
                // With one byte more even a CR whose LF may follow is beyond the bound.
                None if usable <= self.max_record_bytes + 1 => continue,
                None => block.len(),
            };
            let text = &block[..n_text];
            self.check_lengths(text)?;
            return match open {
                Some(open) if is_whole => Err(SplitError::OpenQuote { line: count_line_ends(&text[..open]) }),
                _ if text.is_empty() => {
                    // What is passed over below the data belongs to the file.
                    if let Some(ranges) = self.text.source().ranges() {
                        ranges.add(offset, &block[own]);
                    }
                    Ok(None)
                }
                _ => {
                    let doubt_line = self.place_doubt(text);
                    Ok(Some(CutBlock { n_text, own, offset, doubt_line }))
                }
            };
        }
    }

    /// The line of the doubt about the encoding, where this block is the first that is not ASCII.
    fn place_doubt(&mut self, block: &[u8]) -> Option<u64> {
        let line = if self.has_placed_doubt { None } else { self.text.doubt_line(block) };
        self.has_placed_doubt |= line.is_some();
        line
    }

    /// How much of `block` is certain not to lie in the last lines, which are dropped.
    fn usable(&mut self, block: &[u8], is_whole: bool) -> Result<usize, SplitError> {
        if self.skip_last == SkipLast::Lines(0) || block.is_empty() {
            return Ok(block.len());
        }
        let dropped = dropped_from(block, self.skip_last, is_whole);
        // Whatever the number of lines: a footer that long is none, and memory is bounded.
        let most = self.max_record_bytes.saturating_mul(4);
        if block.len() - dropped > most {
            return Err(SplitError::TooLong { line: count_line_ends(&block[..dropped]), quote_line: None });
        }
        if !is_whole {
            return Ok(held_from(block, self.skip_last, false));
        }
        let (cut, passed) = below(block, self.skip_last, self.delimiter, &self.header);
        self.below = Some(passed);
        Ok(cut)
    }

    /// Refuses records beyond the bound, wherever the blocks happen to end. Only an uncommonly long block can hold one.
    fn check_lengths(&self, block: &[u8]) -> Result<(), SplitError> {
        let mut at = 0;
        while block.len() - at > self.max_record_bytes {
            let end = block.len().min(at + self.max_record_bytes + 2);
            let is_whole = end == block.len();
            let found = record_end(&block[at..end], [self.delimiter], is_whole);
            let open = match found {
                Ok(end) if end.text <= self.max_record_bytes => {
                    at += end.next;
                    continue;
                }
                Ok(_) => None,
                Err(open) => open,
            };
            let line_of = |place| count_line_ends(&block[..place]);
            return Err(SplitError::TooLong { line: line_of(at), quote_line: open.map(|open| line_of(at + open)) });
        }
        Ok(())
    }
}
