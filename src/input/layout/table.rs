//! Where the table begins under one delimiter, and how well the rows below its header fit it.
//!
//! The first line is the header if most rows have its width. A row further down is one only if it differs from the rows below as
//! names differ from values, and if nothing above it looks like a row of the table.

use super::grid::{GridCell, GridRow};
use super::header::{Verdict, verdict};
use super::kind::Kind;

/// How many rows are looked at to learn what the columns hold, and how clean the cells are.
const SAMPLE: usize = 200;
/// How many rows of a first table are taken for a summary that stands above the true one.
const MOST_SUMMARY_ROWS: usize = 3;
/// How many narrow rows at the end are taken for what stands below the data, when widths are compared.
const MOST_BELOW: usize = 12;

/// A table under a delimiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Table {
    /// The row of its header.
    pub header: usize,
    pub n_columns: usize,
    pub verdict: Verdict,
    /// How many rows there are below the header, empty ones aside.
    pub n_below: usize,
    /// How well they have its width, in hundredths.
    pub fit: u64,
    /// How good a table it is, all in all; of two delimiters the one with more is meant.
    pub quality: u64,
}

/// Finds the table of these rows, of which `first` is the first that is no blank line.
pub(super) fn find(rows: &[GridRow<'_>], first: usize) -> Table {
    let own = Candidate::new(rows, first, rows.len());
    let is_plain = own.n_columns() >= 2 && own.fits_most() && !rows[first].is_sparse();
    let found = if is_plain { set_apart(rows, &own) } else { further_down(rows, &own) };
    found.unwrap_or(own).table(rows, first)
}

/// The header where only it is known: a person has said where.
pub(super) fn at(rows: &[GridRow<'_>], header: usize) -> Table {
    Candidate::new(rows, header, rows.len()).table(rows, header)
}

/// A row that may be a header, with the rows below it up to where another table begins.
struct Candidate<'r, 't> {
    row: usize,
    header: &'r GridRow<'t>,
    below: Vec<&'r GridRow<'t>>,
    n_fitting: usize,
    verdict: Verdict,
}

impl<'r, 't> Candidate<'r, 't> {
    fn new(rows: &'r [GridRow<'t>], row: usize, end: usize) -> Self {
        let header = &rows[row];
        let mut below: Vec<&GridRow<'_>> = rows[row + 1..end].iter().filter(|row| row.n_filled > 0).collect();
        let is_narrow = |row: &&&GridRow<'_>| row.n_filled * 3 <= header.cells.len() && header.cells.len() > 1;
        let n_narrow = below.iter().rev().take_while(is_narrow).count();
        if n_narrow <= MOST_BELOW && n_narrow < below.len() {
            below.truncate(below.len() - n_narrow);
        }
        let fitting: Vec<&GridRow<'_>> = below.iter().copied().filter(|row| row.fits(header.cells.len())).collect();
        let verdict = verdict(header, if fitting.is_empty() { &below } else { &fitting });
        Self { row, header, n_fitting: fitting.len(), below, verdict }
    }

    fn n_columns(&self) -> usize {
        self.header.cells.len()
    }

    fn fits_most(&self) -> bool {
        self.below.is_empty() || self.n_fitting * 2 > self.below.len()
    }

    /// How much of a table it is.
    fn size(&self) -> usize {
        (self.n_fitting + 1) * self.header.n_filled
    }

    /// What each column holds, where nearly all of its cells look the same.
    fn kinds(&self) -> Vec<Option<Kind>> {
        let of = |at: usize| {
            let cells = self.below.iter().take(SAMPLE).filter_map(|row| row.cells.get(at));
            let kinds: Vec<Kind> = cells.filter(|cell| !cell.text.is_empty()).map(class).collect();
            let kind = *kinds.first()?;
            let n_like = kinds.iter().filter(|other| **other == kind).count();
            let is_telling = kind.is_typed() || kind == Kind::Code;
            (is_telling && kinds.len() >= self.below.len().min(2) && n_like * 10 > kinds.len() * 8).then_some(kind)
        };
        (0..self.n_columns()).map(of).collect()
    }

    /// Whether a column says what rows of this table look like.
    fn is_known(&self) -> bool {
        self.kinds().iter().any(Option::is_some)
    }

    /// Whether nothing between `first` and this header looks like a row of the table below it.
    fn loses_nothing(&self, rows: &[GridRow<'_>], first: usize) -> bool {
        let kinds = self.kinds();
        let is_known = kinds.iter().any(Option::is_some);
        let looks_like = |row: &GridRow<'_>| {
            if !is_known {
                return row.n_filled * 2 > self.header.n_filled;
            }
            let told = || row.cells.iter().zip(&kinds).filter(|(cell, kind)| kind.is_some() && !cell.text.is_empty());
            let n_like = told().filter(|(cell, kind)| **kind == Some(class(cell))).count();
            n_like * 2 > told().count()
        };
        !rows[first..self.row].iter().any(|row| row.n_filled > 1 && looks_like(row))
    }

    fn table(&self, rows: &[GridRow<'_>], first: usize) -> Table {
        let n_columns = self.n_columns();
        let credit = |row: &&GridRow<'_>| match row.cells.len() {
            _ if row.fits(n_columns) => 100,
            1 => 0,
            n if n < n_columns => 50,
            _ => 30,
        };
        let n_below = self.below.len();
        let fit = match n_below {
            0 => 100,
            n => self.below.iter().map(credit).sum::<u64>() / n as u64,
        };
        let cells = || std::iter::once(&self.header).chain(self.below.iter().take(SAMPLE)).flat_map(|row| &row.cells);
        let dirt: u64 = cells().map(|cell| u64::from(cell.dirt)).sum::<u64>() / (cells().count() as u64).max(1);
        let is_first = self.row == first || rows[first..self.row].iter().all(|row| row.n_filled == 0);
        let place = match (is_first, self.verdict) {
            (true, Verdict::Names | Verdict::Unclear) => 100,
            (true, Verdict::Values) | (false, Verdict::Names) => 90,
            (false, Verdict::Unclear) => 50,
            (false, Verdict::Values) => 30,
        };
        // One column has nothing that could be wrong, so it is taken only where nothing else fits.
        let n = n_columns as u64;
        let width = if n == 1 { 30 } else { (n - 1) * 100 / n };
        let quality = fit * (100 - dirt.min(100)) * place * width;
        Table { header: self.row, n_columns, verdict: self.verdict, n_below, fit, quality }
    }
}

/// What tells one value from another: all numbers are alike.
fn class(cell: &GridCell<'_>) -> Kind {
    if cell.kind == Kind::Integer { Kind::Number } else { cell.kind }
}

/// Whether a row could be a header: two names or more, in most of its cells, hardly a value among them, and none twice.
fn could_be_header(row: &GridRow<'_>) -> bool {
    let filled: Vec<&GridCell<'_>> = row.cells.iter().filter(|cell| !cell.text.is_empty()).collect();
    let n_values = filled.iter().filter(|cell| cell.kind.is_typed()).count();
    let mut names: Vec<&str> = filled.iter().map(|cell| cell.text).collect();
    names.sort_unstable();
    names.dedup();
    row.n_filled >= 2 && !row.is_sparse() && n_values * 5 <= row.n_filled && names.len() == filled.len()
}

/// The rows below `first` at which another table may begin: a title or a blank line sets it apart, or it is wider than all above.
fn starts(rows: &[GridRow<'_>], first: usize) -> Vec<usize> {
    let mut widest = rows[first].n_filled;
    let mut starts = Vec::new();
    for at in first + 1..rows.len() {
        let (row, before) = (&rows[at], &rows[at - 1]);
        let is_titled = before.n_filled <= 1 && before.n_filled < row.n_filled;
        if could_be_header(row) && (is_titled || row.n_filled > widest) {
            starts.push(at);
        }
        widest = widest.max(row.n_filled);
    }
    starts
}

fn candidates<'r, 't>(rows: &'r [GridRow<'t>], first: usize) -> impl Iterator<Item = Candidate<'r, 't>> {
    let starts = starts(rows, first);
    let titled = |at: &usize| rows[*at - 1].n_filled <= 1 && !rows[*at - 1].is_blank_line();
    let ends: Vec<usize> = starts.iter().copied().filter(|at| titled(at)).collect();
    let end_of = move |at: usize| ends.iter().copied().find(|end| *end > at).unwrap_or(rows.len());
    starts.into_iter().map(move |at| Candidate::new(rows, at, end_of(at)))
}

/// The table below a first one that is a summary, or below lines that only happen to have its width.
fn set_apart<'r, 't>(rows: &'r [GridRow<'t>], own: &Candidate<'r, 't>) -> Option<Candidate<'r, 't>> {
    let is_meant = |other: &Candidate<'_, '_>| {
        let before = &rows[other.row - 1];
        let n_above = rows[own.row + 1..other.row].iter().filter(|row| row.n_filled > 1).count();
        let is_titled = before.n_filled == 1 && before.cells.len() == 1;
        let is_summary = is_titled && n_above <= MOST_SUMMARY_ROWS;
        let is_wider = rows[own.row..other.row].iter().all(|row| row.n_filled < other.header.n_filled);
        let is_apart = (before.n_filled <= 1 || is_wider) && other.is_known() && other.loses_nothing(rows, own.row);
        let is_fitting =
            other.verdict == Verdict::Names && other.fits_most() && (is_wider || other.n_fitting > n_above);
        is_fitting && n_above <= MOST_BELOW && (is_summary || is_apart)
    };
    largest(candidates(rows, own.row).filter(is_meant))
}

/// The table below a first line that has not the width of the rows, or not their content.
fn further_down<'r, 't>(rows: &'r [GridRow<'t>], own: &Candidate<'r, 't>) -> Option<Candidate<'r, 't>> {
    let is_meant = |other: &Candidate<'_, '_>| {
        let above = || rows[own.row..other.row].iter();
        // A title that a spreadsheet filled up to the width of the table is to be told from names of which some are blank.
        let times = if own.n_columns() == 1 { 2 } else { 3 };
        let is_title = above().all(|row| row.n_filled * times <= other.header.n_filled.max(2));
        let is_clear = match other.verdict {
            Verdict::Names => true,
            Verdict::Unclear => {
                is_title && other.header.cells.iter().all(|cell| matches!(cell.kind, Kind::Text | Kind::Empty))
            }
            Verdict::Values => false,
        };
        let is_sparse_title = !rows[own.row].is_sparse() || own.n_columns() < 2 || above().all(GridRow::is_sparse);
        let sections = above().any(|row| row.n_filled == 1 && row.cells.len() == 1);
        let loses_nothing = other.loses_nothing(rows, own.row) || (sections && own.n_fitting <= MOST_SUMMARY_ROWS);
        let is_certain = other.verdict == Verdict::Names && other.is_known();
        let is_better = other.size() > own.size() || is_certain || (own.n_columns() >= 2 && is_title);
        is_clear && is_sparse_title && loses_nothing && other.fits_most() && is_better
    };
    largest(candidates(rows, own.row).filter(is_meant)).or_else(|| without_header(rows, own))
}

/// Below titles only, rows without a header: the first that is as filled as half of the widest stands in its place.
fn without_header<'r, 't>(rows: &'r [GridRow<'t>], own: &Candidate<'r, 't>) -> Option<Candidate<'r, 't>> {
    let widest = rows.iter().map(|row| row.n_filled).max().unwrap_or(0);
    let found = (own.row..rows.len()).find(|at| rows[*at].n_filled * 2 > widest)?;
    let found = Candidate::new(rows, found, rows.len());
    let is_meant = found.row != own.row && found.n_columns() >= 2 && found.fits_most() && found.n_fitting > 0;
    (is_meant && own.header.n_filled == 1 && found.verdict == Verdict::Values).then_some(found)
}

/// The first of the largest.
fn largest<'r, 't>(found: impl Iterator<Item = Candidate<'r, 't>>) -> Option<Candidate<'r, 't>> {
    found.reduce(|best, next| if next.size() > best.size() { next } else { best })
}
