//! What is known of a file: how it is written, its rows, its columns.
//!
//! Facts and guesses about cells alone; what a column means to leads is said elsewhere.

use super::gather::Rows;
use super::guess::{Extreme, Guess};
use super::sketch::Sketch;
use crate::input::{Assumed, Passed};
use std::path::PathBuf;

/// A file, looked into.
#[derive(Clone, Debug)]
pub struct FileProfile {
    /// The file as it was named.
    pub path: PathBuf,
    /// Its encoding, delimiter, header and compression.
    pub assumed: Assumed,
    /// The physical line of the header, from 1.
    pub header_line: u64,
    /// Whether how many lines stand above the header was said, not recognised.
    pub is_header_pinned: bool,
    /// Whether how many lines stand below the data was said, not recognised.
    pub is_footer_pinned: bool,
    /// The rows.
    pub rows: Rows,
    /// The physical line of the first row whose width is not the header's.
    pub first_ragged: Option<u64>,
    /// The language of month names, if it is not English.
    pub language: Option<&'static str>,
    /// Whether numbers have a decimal comma.
    pub has_decimal_comma: bool,
    /// The columns, in order.
    pub columns: Vec<ColumnProfile>,
}

/// A side of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableSide {
    /// Above its header.
    Above,
    /// Below its data.
    Below,
}

/// A column, looked into.
#[derive(Clone, Debug)]
pub struct ColumnProfile {
    /// The header's cell, trimmed.
    pub name: String,
    /// Which of the columns with this header it is, from 1; none where it is the only one.
    pub nth: Option<usize>,
    /// Whether it has no header, so that nothing can name it.
    pub is_unusable: bool,
    /// How many usable rows have something in this cell, texts that stand for an empty cell included.
    pub n_filled: u64,
    /// How many of these have a text that stands for an empty cell.
    pub n_blank: u64,
    /// Those texts, as written.
    pub blank: Vec<String>,
    /// What the cells are.
    pub guess: Guess,
    /// How many cells with a value are something else.
    pub n_unfit: u64,
    /// The least and the greatest number, in a column of numbers.
    pub number_range: Option<(Extreme, Extreme)>,
    /// The distinct values, or a sample of them.
    pub sketch: Sketch,
}

impl FileProfile {
    /// The rows above the header that are passed over.
    #[must_use]
    pub fn above(&self) -> &Passed {
        &self.assumed.above
    }

    /// The rows below the data that are passed over.
    #[must_use]
    pub fn below(&self) -> &Passed {
        &self.assumed.below
    }

    /// The side of the table on which so many rows are passed over that a person should have a look first: more than thirty.
    #[must_use]
    pub fn passes_too_much(&self) -> Option<TableSide> {
        let is_too_much = |passed: &Passed| passed.n_rows > 30;
        if is_too_much(self.above()) {
            return Some(TableSide::Above);
        }
        (!self.is_footer_pinned && is_too_much(self.below())).then_some(TableSide::Below)
    }

    /// How many rows there are.
    #[must_use]
    pub fn n_rows(&self) -> u64 {
        self.rows.n_usable + self.rows.n_empty + self.rows.n_ragged + self.rows.n_damaged
    }
}

impl ColumnProfile {
    /// The least and the greatest number or date.
    #[must_use]
    pub fn range(&self) -> Option<(Extreme, Extreme)> {
        match &self.guess {
            Guess::Date(date) => date.reading().range,
            _ => self.number_range,
        }
    }

    /// How many cells have a value.
    #[must_use]
    pub fn n_values(&self) -> u64 {
        self.n_filled.saturating_sub(self.n_blank)
    }

    /// Whether each of so many rows has a value that no other has, as far as the values held can tell.
    #[must_use]
    pub fn is_key(&self, n_rows: u64) -> bool {
        n_rows > 0 && self.n_values() == n_rows && self.sketch.is_unique()
    }
}
