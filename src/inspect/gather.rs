//! The first reading of a file: its rows by kind, and for each column how many cells are filled and which values they hold.
//!
//! Blocks are worked on in parallel and merged in order; what comes out does not depend on where they end.

use super::sketch::Sketch;
use crate::input::{Assumed, BlockPlace, CsvBlock, CsvFile, InputError, Record};
use serde::Serialize;
use std::sync::atomic::{AtomicU64, Ordering};

/// The rows of a file by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// Rows that have the header's width.
    #[serde(skip)]
    pub n_usable: u64,
    /// Rows without a filled cell.
    #[serde(rename = "empty")]
    pub n_empty: u64,
    /// Rows with fewer or more cells than the header.
    #[serde(rename = "ragged")]
    pub n_ragged: u64,
    /// Rows with bytes that are not of the file's encoding.
    #[serde(rename = "damaged")]
    pub n_damaged: u64,
}

/// What became known of a file's rows.
#[derive(Clone, Debug)]
pub(super) struct Gathered {
    pub rows: Rows,
    pub columns: Vec<Gathering>,
    /// The physical line of the first ragged row.
    pub first_ragged: Option<u64>,
}

/// What became known of a column.
#[derive(Clone, Debug)]
pub(super) struct Gathering {
    pub n_filled: u64,
    pub sketch: Sketch,
}

impl Gathered {
    fn new(limits: impl Iterator<Item = u64>) -> Self {
        let columns = limits.map(|limit| Gathering { n_filled: 0, sketch: Sketch::below(limit) }).collect();
        Self { rows: Rows::default(), columns, first_ragged: None }
    }

    fn merge(&mut self, other: Self, first_line: u64) {
        self.rows.n_usable += other.rows.n_usable;
        self.rows.n_empty += other.rows.n_empty;
        self.rows.n_ragged += other.rows.n_ragged;
        self.rows.n_damaged += other.rows.n_damaged;
        self.first_ragged = self.first_ragged.or(other.first_ragged.map(|line| first_line + line));
        for (column, other) in self.columns.iter_mut().zip(other.columns) {
            column.n_filled += other.n_filled;
            column.sketch.merge(other.sketch);
        }
    }

    fn add(&mut self, record: &Record<'_>) {
        let n_columns = self.columns.len();
        let n_extra = (n_columns..record.len()).filter(|at| !record.cell(*at).is_empty()).count();
        if record.is_empty_row() {
            self.rows.n_empty += 1;
        } else if record.is_damaged() {
            self.rows.n_damaged += 1;
        } else if record.len() < n_columns || n_extra > 0 {
            self.rows.n_ragged += 1;
            self.first_ragged.get_or_insert(record.line());
        } else {
            self.rows.n_usable += 1;
            for (at, column) in self.columns.iter_mut().enumerate() {
                column.add(&record.cell(at));
            }
        }
    }
}

impl Gathering {
    fn add(&mut self, cell: &str) {
        if !cell.is_empty() {
            self.n_filled += 1;
            self.sketch.add(cell);
        }
    }
}

/// Reads all of a file. Returns besides what was assumed about it.
pub(super) fn gather(file: CsvFile, threads: usize) -> Result<(Gathered, Assumed), InputError> {
    let n_columns = file.header().len();
    // What a column needs no more: only a matter of speed, since a value beyond it would be dropped anyway.
    let limits: Vec<AtomicU64> = (0..n_columns).map(|_| AtomicU64::new(u64::MAX)).collect();
    let mut all = Gathered::new(limits.iter().map(|_| u64::MAX));
    let work = |block: &mut CsvBlock<'_>| {
        let mut gathered = Gathered::new(limits.iter().map(|limit| limit.load(Ordering::Relaxed)));
        while let Some(record) = block.next_record() {
            gathered.add(&record);
        }
        gathered
    };
    let take = |place: BlockPlace, part: Gathered| {
        all.merge(part, place.first_line);
        for (limit, column) in limits.iter().zip(&all.columns) {
            limit.store(column.sketch.limit(), Ordering::Relaxed);
        }
        Ok(())
    };
    let assumed = file.read(threads, &|_| {}, work, take)?;
    Ok((all, assumed))
}
