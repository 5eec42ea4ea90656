//! Opens a CSV file: recognises what it is and how it is written, and reads its header.
//!
//! The data are read by `CsvFile::read`; until then, only the first few kilobytes are.

use std::fmt;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use super::below::Passed;
use super::delimiter::Delimiter;
use super::dialect::{NoStart, Start, find_start, is_blank};
use super::doubt::EncodingDoubt;
use super::encoding::{DecodedText, Provenance};
use super::error::{InputError, MAX_COLUMNS, MAX_RECORD_BYTES};
use super::layout::{self, Layout, LayoutDoubt, Pins};
use super::sniff::Foreign;
use super::source::{ByteSource, Compression};
use super::split::{Ahead, Splitter};
use crate::digest::{FileSum, SumBy};
use crate::value::SkipLast;

/// How a file is to be read, as asked for by rulebook and command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The encoding; recognised if none is named. A byte order mark wins over it.
    pub encoding: Option<&'static Encoding>,
    /// The delimiter; declared by a `sep=` line or recognised if none is named.
    pub delimiter: Option<u8>,
    /// How many physical lines to drop before the header, blank ones included; the header is looked for if none is said.
    pub skip_first: Option<usize>,
    /// Whether a file that can be read in two ways is opened in the likelier one; otherwise it is an error.
    pub takes_likelier: bool,
    /// Which physical lines to drop at the end of the data.
    pub skip_last: SkipLast,
    /// About how many bytes a block has; 16 bytes to 64 MiB. It changes no result.
    pub block_bytes: usize,
    /// What the file's sum is taken by while it is read, if it is.
    pub sum: Option<SumBy>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            encoding: None,
            delimiter: None,
            skip_first: None,
            takes_likelier: false,
            skip_last: SkipLast::Lines(0),
            block_bytes: 512 << 10,
            sum: None,
        }
    }
}

/// What was assumed or recognised about a file. `Display` shows it to people: `windows-1254, ';'`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumed {
    /// `UTF-8`, `UTF-8 with BOM`, `windows-1254`, `UTF-16LE` and so on.
    pub encoding: &'static str,
    /// Where the encoding comes from; `Default` if the text is ASCII.
    pub encoding_origin: Provenance,
    /// Why the encoding may be wrong, where something speaks against it.
    pub encoding_doubt: Option<EncodingDoubt>,
    /// What separates the cells.
    pub delimiter: u8,
    /// Where the delimiter comes from; `Default` if the header has one cell.
    pub delimiter_origin: Provenance,
    /// How the file is compressed, if it is.
    pub compression: Option<Compression>,
    /// Whether it is no regular file but a pipe, a device or a socket: others may have written into it too.
    pub is_stream: bool,
    /// The physical line where the data start, from 1.
    pub data_line: u64,
    /// How many physical lines stand above the header, blank ones too; 0 where all are blank.
    pub skip_first: usize,
    /// What was passed over above the header; nothing where a person has said how much that is.
    pub above: Passed,
    /// Whether the header looks like names, not like values.
    pub is_named: bool,
    /// The other way in which the file can be read, if there is one.
    pub layout_doubt: Option<LayoutDoubt>,
    /// What was passed over below the data, once all of it was read.
    pub below: Passed,
    /// The file's sum, once all of it was read and if it was asked for.
    pub sum: Option<FileSum>,
}

impl fmt::Display for Assumed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.encoding, Delimiter(self.delimiter))?;
        match self.compression {
            Some(compression) => write!(f, ", {compression}"),
            None => Ok(()),
        }
    }
}

/// A CSV file whose header has been read and whose data are ready to be.
pub struct CsvFile {
    pub(super) path: PathBuf,
    pub(super) splitter: Splitter,
    pub(super) data_line: u64,
    header: Vec<String>,
    header_line: u64,
    assumed: Assumed,
}

impl CsvFile {
    /// Opens `path` and reads its header.
    ///
    /// # Errors
    /// Everything in [`InputError`] that shows at the start of a file.
    pub fn open(path: &Path, reading: &Reading) -> Result<Self, InputError> {
        check_delimiter(path, reading.delimiter)?;
        let block_bytes = reading.block_bytes.clamp(16, 64 << 20);
        let source = ByteSource::open(path, reading.sum)?;
        let mut text = DecodedText::open(source, reading.encoding)?;
        let mut buffer = Vec::new();
        let is_stream = text.source().is_stream;
        let layout = read_layout(&mut text, &mut buffer, reading)?;
        let start = read_start(&mut text, &mut buffer, &layout, block_bytes)?;
        let doubt_line = text.doubt_line(&buffer);
        buffer.drain(..start.data);
        let assumed = Assumed {
            encoding: text.encoding,
            encoding_origin: text.origin,
            encoding_doubt: text
                .doubt()
                .map(|doubt| EncodingDoubt { line: doubt_line.map(|line| line + 1), ..doubt.clone() }),
            delimiter: layout.delimiter,
            delimiter_origin: layout.origin,
            compression: text.source().compression,
            is_stream,
            data_line: start.data_line,
            skip_first: layout.skip_first,
            above: layout.above,
            is_named: layout.is_named,
            layout_doubt: layout.doubt,
            below: Passed::default(),
            sum: None,
        };
        Ok(Self {
            path: path.to_owned(),
            splitter: Splitter {
                text,
                ahead: Ahead::new(buffer),
                delimiter: layout.delimiter,
                skip_last: reading.skip_last,
                header: start.header.clone(),
                below: None,
                block_bytes,
                max_record_bytes: MAX_RECORD_BYTES,
                has_placed_doubt: doubt_line.is_some(),
            },
            data_line: start.data_line,
            header: start.header,
            header_line: start.header_line,
            assumed,
        })
    }

    /// The column names, trimmed of Unicode white space.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The physical line where the header starts, from 1.
    #[must_use]
    pub fn header_line(&self) -> u64 {
        self.header_line
    }

    /// What is known by the header. A file that is ASCII so far may turn out otherwise; `read` returns the final word.
    #[must_use]
    pub fn assumed(&self) -> &Assumed {
        &self.assumed
    }

    /// The file's size on disk in bytes; 0 for a pipe.
    #[must_use]
    pub fn n_bytes(&self) -> u64 {
        self.splitter.text.source().n_bytes
    }
}

fn check_delimiter(path: &Path, delimiter: Option<u8>) -> Result<(), InputError> {
    match delimiter {
        Some(delimiter) if !delimiter.is_ascii() || matches!(delimiter, b'"' | b'\r' | b'\n') => {
            Err(InputError::Delimiter { path: path.to_owned(), delimiter })
        }
        _ => Ok(()),
    }
}

/// How much of a file is looked at to see how it is laid out, in bytes of text.
const HEAD_BYTES: usize = 128 << 10;
/// How much where a person has said how it is laid out.
const SAID_HEAD_BYTES: usize = 8 << 10;
/// Where fewer rows than this lie in it, more is looked at, up to [`WIDE_HEAD_BYTES`].
const HEAD_ROWS: usize = 20;
const WIDE_HEAD_BYTES: usize = 1 << 20;
/// Where there is not even a row below the header in that, more is looked at, up to so much.
const LONG_HEAD_BYTES: usize = 4 << 20;

/// Reads as much as shows how the file is laid out. That depends on the file alone, never on the size of blocks.
fn read_layout(text: &mut DecodedText, buffer: &mut Vec<u8>, reading: &Reading) -> Result<Layout, InputError> {
    // What a program writes into a pipe beside its rows is a message, and not to be passed over.
    let first_line = text.source().is_stream.then_some(0);
    let pins = Pins { delimiter: reading.delimiter, skip_first: reading.skip_first.or(first_line) };
    // Where a person has said all, only whether the header looks like names is asked.
    let is_said = reading.delimiter.is_some() && reading.skip_first.is_some();
    let mut want = if is_said { SAID_HEAD_BYTES } else { HEAD_BYTES };
    loop {
        while buffer.len() < want && text.may_fill(buffer) {
            more(text, buffer, want - buffer.len())?;
        }
        let is_whole = text.ended && buffer.len() <= want;
        let head = String::from_utf8_lossy(&buffer[..want.min(buffer.len())]);
        let layout = layout::recognise(&head, is_whole, pins);
        let most = if layout.n_seen == 0 { LONG_HEAD_BYTES } else { WIDE_HEAD_BYTES };
        if !is_said && layout.n_seen < HEAD_ROWS && buffer.len() >= want && want < most {
            want *= 2;
            continue;
        }
        return match &layout.doubt {
            Some(doubt) if !reading.takes_likelier => {
                Err(InputError::Unsure { path: text.source().path().to_owned(), doubt: doubt.clone() })
            }
            _ => Ok(layout),
        };
    }
}

/// Reads more of the text, and sums up what of it is the file's own.
fn more(text: &mut DecodedText, buffer: &mut Vec<u8>, want: usize) -> Result<(), InputError> {
    let (offset, at) = (text.offset(), buffer.len());
    let n_own = text.fill(buffer, want)?;
    if let Some(ranges) = text.source().ranges() {
        ranges.add(offset, &buffer[at..at + n_own]);
    }
    Ok(())
}

/// Reads until the header is complete.
fn read_start(
    text: &mut DecodedText,
    buffer: &mut Vec<u8>,
    layout: &Layout,
    block_bytes: usize,
) -> Result<Start, InputError> {
    loop {
        let path = || text.source().path().to_owned();
        return Err(match find_start(buffer, text.ended, layout.delimiter, layout.skip_first) {
            Ok(start) if buffer[..start.data].contains(&0) => {
                InputError::Foreign { path: path(), found: Foreign::Binary }
            }
            Ok(start) if start.n_columns > MAX_COLUMNS => {
                InputError::TooWide { path: path(), line: start.header_line, n_columns: start.n_columns }
            }
            Ok(start) => return Ok(start),
            Err(NoStart::None { .. }) if is_blank(buffer) => InputError::Empty { path: path() },
            Err(NoStart::None { n_skipped }) => InputError::NoHeader { path: path(), n_skipped },
            Err(NoStart::MoreNeeded { line, quote_line: Some(quote_line) }) if text.ended => {
                debug_assert!(quote_line >= line, "a quote lies in its record");
                InputError::OpenQuote { path: path(), line: quote_line }
            }
            Err(NoStart::MoreNeeded { line, quote_line }) => {
                if buffer.len() <= MAX_RECORD_BYTES {
                    let want = block_bytes.max(buffer.len());
                    more(text, buffer, want)?;
                    continue;
                }
                InputError::TooLong { path: path(), line, quote_line }
            }
        });
    }
}
