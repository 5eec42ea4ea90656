//! How a file is laid out: what separates its cells, which line is its header, and what stands above it.
//!
//! One decision for everybody who reads a file, made from the start of its text. The delimiter is the one under which header and
//! rows have the same number of cells, quotes respected; the header is the row that differs from those below it as names differ
//! from values. Where two readings are about as good, both are told. What a person has said is never questioned.
//!
//! The measure is a small relative of that of `CleverCSV` (van den Burg, Nazábal, Sutton 2019): how regular the rows are, times how
//! clean the cells.

mod grid;
mod header;
mod kind;
mod table;

#[cfg(test)]
mod tests;

use super::below::{Passed, excerpt};
use super::delimiter::Delimiter;
use super::dialect::declared_delimiter;
use super::encoding::Provenance;
use super::lines::line_end;
use grid::GridRow;
use header::Verdict;
use serde::Serialize;
use std::fmt;
use table::Table;

/// The delimiters that are recognised, in order of preference.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What a person has said.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pins {
    pub delimiter: Option<u8>,
    pub skip_first: Option<usize>,
}

/// How a file is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub delimiter: u8,
    pub origin: Provenance,
    /// How many physical lines stand above the header, blank ones too; 0 where all are blank.
    pub skip_first: usize,
    /// Whether the header looks like names, not like values.
    pub is_named: bool,
    /// The rows above it.
    pub above: Passed,
    /// What else it might be.
    pub doubt: Option<LayoutDoubt>,
    /// How many rows of the table were seen.
    pub n_seen: usize,
}

/// Why a layout is not certain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum LayoutDoubt {
    /// Another delimiter parts the rows about as well.
    Delimiter {
        /// The delimiter that was taken.
        taken: Delimiter,
        /// How many columns the file has with it.
        n_columns: usize,
        /// The other delimiter.
        other: Delimiter,
        /// How many columns the file has with it.
        n_columns_other: usize,
    },
    /// Each line is one quoted cell that holds a row.
    WholeRowsQuoted {
        /// The start of the first such line.
        line: String,
    },
}

/// Says what the two readings are, and how to choose one.
impl fmt::Display for LayoutDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delimiter { taken, n_columns, other, n_columns_other } => write!(
                f,
                "this file can be read in two ways: with {taken} between the cells it has {n_columns} columns, with {other} it has {n_columns_other}; \
                 write `delimiter: {}` or `delimiter: {}` under `file` in the rulebook",
                taken.key(),
                other.key()
            ),
            Self::WholeRowsQuoted { line } => write!(
                f,
                "each line is one quoted cell that holds a whole row: `{line}`; remove the outer quotes, and make each doubled quote a single one. \
                 If the file has one column, write `delimiter: \",\"` under `file` in the rulebook"
            ),
        }
    }
}

/// Decides how the file is laid out of which `text` is the start and, if it `is_whole`, all.
pub(super) fn recognise(text: &str, is_whole: bool, pins: Pins) -> Layout {
    let first_line = line_end(text.as_bytes(), is_whole);
    let declared = first_line.and_then(|end| declared_delimiter(&text.as_bytes()[..end.text]));
    let named = pins.delimiter.map(|named| (named, Provenance::Named));
    let fixed = named.or(declared.map(|declared| (declared, Provenance::Declared)));
    let n_declaring = usize::from(declared.is_some());
    let under = |delimiter: u8| Under::new(text, is_whole, delimiter, n_declaring, pins.skip_first);
    let (best, second) = match fixed {
        Some((delimiter, _)) => (under(delimiter), None),
        None => best_of(DELIMITERS.into_iter().map(under)),
    };
    let is_wrapped = fixed.is_none() && best.as_ref().is_some_and(Under::is_quoted_rows);
    let Some(found) = best else {
        let skip_first = pins.skip_first.unwrap_or(0);
        let (delimiter, origin) = fixed.unwrap_or((b',', Provenance::Default));
        return Layout {
            delimiter,
            origin,
            skip_first,
            is_named: true,
            above: Passed::default(),
            doubt: None,
            n_seen: 0,
        };
    };
    let doubt = match second {
        _ if is_wrapped => Some(LayoutDoubt::WholeRowsQuoted { line: excerpt(found.rows[found.table.header].raw) }),
        Some(second) if second.rivals(&found) => Some(LayoutDoubt::Delimiter {
            taken: Delimiter(found.delimiter),
            n_columns: found.table.n_columns,
            other: Delimiter(second.delimiter),
            n_columns_other: second.table.n_columns,
        }),
        _ => None,
    };
    let is_default = found.table.n_columns == 1;
    let origin = if is_default { Provenance::Default } else { Provenance::Recognised };
    let (delimiter, origin) = fixed.unwrap_or((if is_default { b',' } else { found.delimiter }, origin));
    let (skip_first, above) = pins.skip_first.map_or_else(|| found.above(), |n| (n, Passed::default()));
    let is_named = found.table.verdict != Verdict::Values;
    Layout { delimiter, origin, skip_first, is_named, above, doubt, n_seen: found.table.n_below }
}

/// The file under one delimiter.
struct Under<'t> {
    delimiter: u8,
    rows: Vec<GridRow<'t>>,
    /// The first row that is no blank line and no declaration.
    first: usize,
    table: Table,
}

impl<'t> Under<'t> {
    /// None where there is no line to look at.
    fn new(
        text: &'t str,
        is_whole: bool,
        delimiter: u8,
        n_declaring: usize,
        skip_first: Option<usize>,
    ) -> Option<Self> {
        let others: Vec<u8> = DELIMITERS.into_iter().filter(|other| *other != delimiter).collect();
        let n_skipped = skip_first.unwrap_or(0).max(n_declaring);
        let start = line_start(text, n_skipped)?;
        let mut rows = grid::rows(&text[start..], is_whole, delimiter, &others);
        for row in &mut rows {
            row.line += n_skipped as u64;
        }
        let first = rows.iter().position(|row| !row.is_blank_line())?;
        let table = if skip_first.is_some() { table::at(&rows, first) } else { table::find(&rows, first) };
        Some(Self { delimiter, rows, first, table })
    }

    /// Whether it is about as good a reading as a better one.
    fn rivals(&self, best: &Self) -> bool {
        let is_regular = |table: &Table| table.n_columns >= 2 && table.fit >= 80 && table.n_below > 0;
        let is_close = self.table.quality * 100 >= best.table.quality * 85;
        is_close && is_regular(&self.table) && is_regular(&best.table)
    }

    /// Whether each row is one quoted cell, and all of these have the same number of marks in them that nothing follows as a blank
    /// follows a comma.
    fn is_quoted_rows(&self) -> bool {
        let all: Vec<&GridRow<'_>> = self.rows[self.table.header..].iter().filter(|row| row.n_filled > 0).collect();
        let is_one = |row: &&GridRow<'_>| row.n_filled == 1 && row.n_used == 1;
        let Some((header, rows)) = all.split_first().filter(|(_, rows)| !rows.is_empty()) else { return false };
        let are_quoted = rows.iter().filter(|row| row.cells[0].is_quoted).count() * 10 >= rows.len() * 9;
        if !are_quoted || !all.iter().all(is_one) {
            return false;
        }
        let is_row = |delimiter: u8| {
            let n_cells = |row: &GridRow<'_>| {
                let text = row.cells[0].text.replace("\"\"", "\"");
                grid::rows(&text, true, delimiter, &[]).first().map_or(0, |row| row.cells.len())
            };
            let is_tight = !header.cells[0].text.contains(&format!("{} ", char::from(delimiter)));
            let n_columns = n_cells(header);
            let n_like = rows.iter().filter(|row| n_cells(row) == n_columns).count();
            n_columns >= 2 && is_tight && n_like * 10 >= rows.len() * 9
        };
        DELIMITERS.into_iter().any(is_row)
    }

    /// How many lines stand above the header, and the rows among them.
    fn above(&self) -> (usize, Passed) {
        let header = &self.rows[self.table.header];
        let mut above = Passed::default();
        for row in self.rows[self.first..self.table.header].iter().filter(|row| row.n_filled > 0) {
            above.add(row.raw);
            if above.like_data.is_none() && row.n_filled > 1 && row.n_filled * 2 > header.cells.len() {
                above.like_data = Some((row.line + 1, excerpt(row.raw)));
            }
        }
        let is_preceded = self.first < self.table.header;
        above.n_lines = if is_preceded { usize::try_from(header.line).unwrap_or(usize::MAX) } else { 0 };
        (above.n_lines, above)
    }
}

/// The best reading, the first of equals, and the second best.
fn best_of<'t>(all: impl Iterator<Item = Option<Under<'t>>>) -> (Option<Under<'t>>, Option<Under<'t>>) {
    let mut ranked: Vec<Under<'t>> = all.flatten().collect();
    ranked.sort_by_key(|under| std::cmp::Reverse(under.table.quality));
    let mut ranked = ranked.into_iter();
    (ranked.next(), ranked.next())
}

/// Where the text behind so many physical lines starts.
fn line_start(text: &str, n_lines: usize) -> Option<usize> {
    let mut at = 0;
    for _ in 0..n_lines {
        at += line_end(&text.as_bytes()[at..], true)?.next;
    }
    Some(at)
}
