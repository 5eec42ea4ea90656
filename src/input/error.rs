//! What can go wrong between a path and its records, told to people.
//!
//! One enum for everything that makes a whole file unusable. A bad row or cell is no error: the layers above count those.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::layout::LayoutDoubt;
use super::sniff::Foreign;
use super::source::Compression;

/// The longest record that is read, in bytes of UTF-8 text: 16 MiB.
pub(crate) const MAX_RECORD_BYTES: usize = 16 << 20;

/// How many columns a file may have: four times what a spreadsheet can.
pub(crate) const MAX_COLUMNS: usize = 65_536;

/// Why a file cannot be read as CSV. Lines are physical and count from 1.
#[derive(Debug)]
#[non_exhaustive]
pub enum InputError {
    /// There is no such file.
    Missing {
        /// The file as it was named.
        path: PathBuf,
    },
    /// The path names a folder.
    Directory {
        /// The folder as it was named.
        path: PathBuf,
    },
    /// The operating system refuses to open or read the file.
    Unreadable {
        /// The file as it was named.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The compressed data are cut short or corrupt.
    Archive {
        /// The file as it was named.
        path: PathBuf,
        /// How it is compressed.
        compression: Compression,
        /// What the decompressor says.
        source: io::Error,
    },
    /// The file is something else than CSV.
    Foreign {
        /// The file as it was named.
        path: PathBuf,
        /// What it is instead.
        found: Foreign,
    },
    /// Zero bytes, or nothing but white space.
    Empty {
        /// The file as it was named.
        path: PathBuf,
    },
    /// Nothing follows the lines before the header.
    NoHeader {
        /// The file as it was named.
        path: PathBuf,
        /// How many lines were passed over: `skip_first`, or one for a `sep=` line.
        n_skipped: usize,
    },
    /// A byte that cannot separate cells was asked for as the delimiter.
    Delimiter {
        /// The file as it was named.
        path: PathBuf,
        /// The byte asked for.
        delimiter: u8,
    },
    /// A quoted cell is not closed before the file ends.
    OpenQuote {
        /// The file as it was named.
        path: PathBuf,
        /// The line where the quote opens.
        line: u64,
    },
    /// A record is longer than [`MAX_RECORD_BYTES`].
    TooLong {
        /// The file as it was named.
        path: PathBuf,
        /// The line where the record starts.
        line: u64,
        /// The line of a quote that is still open at the bound, the usual reason.
        quote_line: Option<u64>,
    },
    /// The header has more than [`MAX_COLUMNS`] columns.
    TooWide {
        /// The file as it was named.
        path: PathBuf,
        /// The line where the header starts.
        line: u64,
        /// How many it has.
        n_columns: usize,
    },
    /// The file can be read in two ways, and nothing says which is meant.
    Unsure {
        /// The file as it was named.
        path: PathBuf,
        /// What they are.
        doubt: LayoutDoubt,
    },
    /// A caller of [`super::CsvFile::read`] stopped the reading for a reason of its own.
    Refused {
        /// The file as it was named.
        path: PathBuf,
        /// The line it speaks of.
        line: Option<u64>,
        /// What is wrong and what to do, lower case.
        why: String,
    },
}

impl InputError {
    /// The file that is meant.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Missing { path }
            | Self::Directory { path }
            | Self::Unreadable { path, .. }
            | Self::Archive { path, .. }
            | Self::Foreign { path, .. }
            | Self::Empty { path }
            | Self::NoHeader { path, .. }
            | Self::Delimiter { path, .. }
            | Self::OpenQuote { path, .. }
            | Self::TooLong { path, .. }
            | Self::TooWide { path, .. }
            | Self::Unsure { path, .. }
            | Self::Refused { path, .. } => path,
        }
    }

    /// The line that is meant, where one is known.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        match self {
            Self::OpenQuote { line, .. } | Self::TooLong { line, .. } | Self::TooWide { line, .. } => Some(*line),
            Self::Refused { line, .. } => *line,
            _ => None,
        }
    }

    /// From an error of the operating system about `path`.
    pub(super) fn from_io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::IsADirectory => Self::Directory { path },
            _ => Self::Unreadable { path, source },
        }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path().display())?;
        if let Some(line) = self.line() {
            write!(f, ":{line}")?;
        }
        f.write_str(": ")?;
        match self {
            Self::Missing { .. } => f.write_str("there is no such file"),
            Self::Directory { .. } => f.write_str("this is a folder; name a file in it, or a pattern such as *.csv"),
            Self::Unreadable { source, .. } => write!(f, "cannot be read: {source}"),
            Self::Archive { compression, source, .. } => {
                write!(f, "the {compression} data are cut short or corrupt ({source}); fetch the file again")
            }
            Self::Foreign { found, .. } => found.fmt(f),
            Self::Empty { .. } => f.write_str("the file is empty: not even a header"),
            Self::NoHeader { n_skipped: 1, .. } => {
                f.write_str("there is no header after the first line, which is skipped")
            }
            Self::NoHeader { n_skipped, .. } => {
                write!(f, "there is no header after the first {n_skipped} lines, which are skipped")
            }
            Self::Delimiter { delimiter, .. } => write!(
                f,
                "'{}' cannot separate cells; name one ASCII character that is neither a quote nor a line end",
                delimiter.escape_ascii()
            ),
            Self::OpenQuote { .. } => f.write_str(
                "the quote that opens here is never closed; close it, or double it if it is part of the text",
            ),
            Self::TooLong { quote_line, .. } => too_long(f, *quote_line),
            Self::TooWide { n_columns, .. } => write!(
                f,
                "the header has {n_columns} columns, but leadscore reads at most {MAX_COLUMNS}; check the delimiter, and check that this is a CSV file"
            ),
            Self::Unsure { doubt, .. } => doubt.fmt(f),
            Self::Refused { why, .. } => f.write_str(why),
        }
    }
}

fn too_long(f: &mut fmt::Formatter<'_>, quote_line: Option<u64>) -> fmt::Result {
    let mebibytes = MAX_RECORD_BYTES >> 20;
    write!(f, "the record that starts here is longer than {mebibytes} MiB; ")?;
    match quote_line {
        Some(line) => write!(f, "is the quote that opens on line {line} never closed?"),
        None => f.write_str("is this file CSV, with a line end after every record?"),
    }
}

impl Error for InputError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } | Self::Archive { source, .. } => Some(source),
            _ => None,
        }
    }
}
