//! Tries readers on all cells: on the values that are held where those are all, else by reading the file once more.

use super::gather::Gathered;
use super::guess::Trials;
use crate::input::{CsvBlock, CsvFile, InputError, Reading};
use std::path::Path;

/// Lets every column's trials see all of its cells.
pub(super) fn measure(
    path: &Path,
    reading: &Reading,
    threads: usize,
    gathered: &Gathered,
    trials: &mut [Trials],
) -> Result<(), InputError> {
    let mut open: Vec<usize> = Vec::new();
    for (at, (column, trials)) in gathered.columns.iter().zip(trials.iter_mut()).enumerate() {
        if column.sketch.is_whole() {
            column.sketch.values().into_iter().for_each(|held| trials.add(&held.text, held.count));
        } else if !trials.is_idle() {
            open.push(at);
        }
    }
    if open.is_empty() {
        return Ok(());
    }
    let fresh: Vec<Trials> = open.iter().map(|at| trials[*at].fresh()).collect();
    let n_columns = gathered.columns.len();
    let work = |block: &mut CsvBlock<'_>| {
        let mut found = fresh.clone();
        while let Some(record) = block.next_record() {
            let n_cells = record.len();
            let is_wide = n_cells > n_columns && (n_columns..n_cells).any(|at| !record.cell(at).is_empty());
            if n_cells < n_columns || is_wide || record.is_damaged() {
                continue;
            }
            for (at, trials) in open.iter().zip(&mut found) {
                let cell = record.cell(*at);
                if !cell.is_empty() {
                    trials.add(&cell, 1);
                }
            }
        }
        found
    };
    let take = |_, found: Vec<Trials>| {
        open.iter().zip(&found).for_each(|(at, found)| trials[*at].merge(found));
        Ok(())
    };
    CsvFile::open(path, reading)?.read(threads, &|_| {}, work, take).map(drop)
}
