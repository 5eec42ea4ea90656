//! Why a run can't be done, beyond a file that can't be read.

use super::columns::ColumnProblem;
use super::counts::RoundedIds;
use super::rewritten::Rewritten;
use super::stream::StrayRows;
use crate::input::{InputError, shown_header};
use std::fmt;
use std::path::PathBuf;

/// Why the inputs are unusable.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunError {
    /// A file that can't be read.
    Input(InputError),
    /// A file whose header lacks columns, or repeats them.
    Columns {
        /// The file.
        path: PathBuf,
        /// What is wrong with its header.
        problems: Vec<ColumnProblem>,
        /// Its headers.
        headers: Vec<String>,
    },
    /// No file was named for something that needs one.
    NoFile {
        /// `leads`, `table accounts`, `events web`.
        what: String,
        /// The option that names one.
        option: String,
        /// The globs, of the command line or the rulebook, that match nothing.
        tried: Vec<String>,
    },
    /// More rows of a file are rejected than is allowed.
    TooManyRejects {
        /// The file.
        path: PathBuf,
        /// How many rows were rejected.
        n_rejects: u64,
        /// Of how many.
        n_rows: u64,
        /// How many are allowed.
        n_allowed: u64,
        /// The first of them, in words.
        first: String,
        /// The rounded ids of the file, where most rows are rejected because they repeat one.
        rounded: Option<Box<RoundedIds>>,
    },
    /// More rows are rejected than is allowed, in a pipe or another file that is not a regular one.
    StrayInStream(Box<StrayRows>),
    /// Not one row of the leads can be used.
    NoUsableLead {
        /// How many rows were rejected.
        n_rejects: u64,
        /// The first of them, in words.
        first: String,
    },
    /// A file is named more than once for the same thing, so that its events would count twice.
    NamedTwice {
        /// The file.
        path: PathBuf,
        /// `the leads`, ``the events `web` ``.
        what: String,
    },
    /// A file changed while it was read.
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// `--keep` names a column that the leads lack, or that `scored.csv` has anyway.
    Keep {
        /// What is wrong.
        message: String,
    },
    /// The previous run's result is no `scored.csv`.
    Previous {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
}

impl From<InputError> for RunError {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => error.fmt(f),
            Self::Columns { path, problems, headers } => {
                write!(f, "{}:", path.display())?;
                for problem in problems {
                    write!(f, "\n  {problem}")?;
                }
                write_headers(f, headers)
            }
            Self::NoFile { what, option, tried } => {
                if tried.is_empty() {
                    write!(f, "you named no file for {what}")?;
                } else {
                    write!(f, "there is no file for {what}: no file matches {}", tried.join(" or "))?;
                }
                write!(f, "; pass `{option}`, or name one under `file: {{ path: … }}` in the rulebook")
            }
            Self::TooManyRejects { path, n_rejects, n_rows, n_allowed, first, rounded } => {
                let path = path.display();
                write!(
                    f,
                    "{path}: {n_rejects} of {n_rows} rows were rejected; the limit is {n_allowed}\n  the first: {first}\n  "
                )?;
                if let Some(RoundedIds { text, column, .. }) = rounded.as_deref() {
                    // Ids that are not the leads' own are no better for being let in.
                    write!(f, "`{text}` in column `{column}` is a number in scientific notation: ")?;
                    return f.write_str(&Rewritten::of_one_file());
                }
                // The share that lets this file pass, so that nobody has to find it by trying.
                let percent = (n_rejects * 100).div_ceil((*n_rows).max(1));
                write!(f, "correct the file, or allow more with `--max-rejects {percent}%`")
            }
            Self::StrayInStream(rows) => rows.fmt(f),
            Self::NoUsableLead { n_rejects, first } => {
                write!(f, "all {n_rejects} rows of leads were rejected\n  the first: {first}\n  ")?;
                write!(f, "correct the file, or pass `--max-rejects 100%` to continue without leads")
            }
            Self::NamedTwice { path, what } => {
                write!(f, "{}: the file is named twice for {what}; name it once", path.display())
            }
            Self::Changed { path } => write!(f, "{}: the file changed while it was read; run again", path.display()),
            Self::Keep { message } => write!(f, "--keep: {message}"),
            Self::Previous { path, message } => write!(f, "{}: {message}", path.display()),
        }
    }
}

const FURTHER_DOWN: &str = "if the column names are further down, skip the lines above them in the rulebook, for example with `file: { skip_first: 1 }`";

/// The headers that are there, so that nobody has to open the file to compare.
fn write_headers(f: &mut fmt::Formatter<'_>, headers: &[String]) -> fmt::Result {
    const MOST: usize = 40;
    if headers.iter().all(String::is_empty) {
        return write!(f, "\n  the header line is empty: {FURTHER_DOWN}");
    }
    if let [only] = headers {
        write!(
            f,
            "\n  its header has only one column, `{}`: if another character separates the cells, pass it with ",
            shown_header(only)
        )?;
        return write!(f, "`--delimiter`; {FURTHER_DOWN}");
    }
    let shown = headers.iter().take(MOST).map(|header| shown_header(header)).collect::<Vec<_>>().join(", ");
    write!(f, "\n  its columns are: {shown}")?;
    match headers.len().saturating_sub(MOST) {
        0 => Ok(()),
        n_more => write!(f, " and {n_more} more"),
    }
}

impl std::error::Error for RunError {}
