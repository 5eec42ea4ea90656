//! Opens a CSV file: recognises what it is and how it is written, and reads its header.
//!
//! The data are read by `CsvFile::read`; until then, only the first few kilobytes are.

use std::fmt;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use super::below::Passed;
use super::dialect::{NoStart, Start, find_start, is_blank};
use super::encoding::{DecodedText, Provenance};
use super::error::{InputError, MAX_COLUMNS, MAX_RECORD_BYTES};
use super::sniff::Foreign;
use super::source::{ByteSource, Compression};
use super::split::Splitter;
use crate::digest::{FileSum, SumBy};
use crate::value::SkipLast;

/// How a file is to be read, as asked for by rulebook and command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The encoding; recognised if none is named. A byte order mark wins over it.
    pub encoding: Option<&'static Encoding>,
    /// The delimiter; declared by a `sep=` line or recognised from the header if none is named.
    pub delimiter: Option<u8>,
    /// How many physical lines to drop before the header, blank ones included.
    pub skip_first: usize,
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
            skip_first: 0,
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
    /// Whether it has the looks of UTF-8 although another encoding was named.
    pub looks_utf8: bool,
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
    /// What was passed over below the data, once all of it was read.
    pub below: Passed,
    /// The file's sum, once all of it was read and if it was asked for.
    pub sum: Option<FileSum>,
}

impl fmt::Display for Assumed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.encoding)?;
        match self.delimiter {
            b'\t' => f.write_str(", tab")?,
            delimiter => write!(f, ", '{}'", char::from(delimiter))?,
        }
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
        let start = read_start(&mut text, &mut buffer, reading, block_bytes)?;
        buffer.drain(..start.data);
        let assumed = Assumed {
            encoding: text.encoding,
            encoding_origin: text.origin,
            looks_utf8: text.looks_utf8 == Some(true),
            delimiter: start.delimiter,
            delimiter_origin: start.origin,
            compression: text.source().compression,
            is_stream: text.source().is_stream,
            data_line: start.data_line,
            below: Passed::default(),
            sum: None,
        };
        Ok(Self {
            path: path.to_owned(),
            splitter: Splitter {
                text,
                carry: buffer,
                delimiter: start.delimiter,
                skip_last: reading.skip_last,
                header: start.header.clone(),
                below: None,
                block_bytes,
                max_record_bytes: MAX_RECORD_BYTES,
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

/// Reads until the header is complete.
fn read_start(
    text: &mut DecodedText,
    buffer: &mut Vec<u8>,
    reading: &Reading,
    block_bytes: usize,
) -> Result<Start, InputError> {
    loop {
        let (offset, at) = (text.offset(), buffer.len());
        let n_own = text.fill(buffer, block_bytes.max(at))?;
        if let Some(ranges) = text.source().ranges() {
            ranges.add(offset, &buffer[at..at + n_own]);
        }
        let path = || text.source().path().to_owned();
        return Err(match find_start(buffer, text.ended, reading.delimiter, reading.skip_first) {
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
                    continue;
                }
                InputError::TooLong { path: path(), line, quote_line }
            }
        });
    }
}
