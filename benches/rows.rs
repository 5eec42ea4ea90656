//! Writes rows of made-up data by all processors. The file is the same for any number of them.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::thread;

/// Rows that are made before they are written.
const ROWS: u64 = 100_000;

/// Writes a file of CSV: its header, then its rows, each made from its number alone.
pub(crate) fn write(path: &Path, header: &str, n_rows: u64, row: impl Fn(u64, &mut Vec<u8>) + Sync) {
    let mut file = File::create(path).expect("the file can be made");
    file.write_all(header.as_bytes()).expect("it can be written");
    let n_threads = thread::available_parallelism().map_or(1, usize::from) as u64;
    let piece = |first: u64| {
        let mut rows = Vec::new();
        (first..n_rows.min(first + ROWS)).for_each(|number| row(number, &mut rows));
        rows
    };
    let mut first = 0;
    while first < n_rows {
        thread::scope(|scope| {
            let starts = (0..n_threads).map(|at| first + at * ROWS).filter(|start| *start < n_rows);
            let made: Vec<_> = starts.map(|start| scope.spawn(move || piece(start))).collect();
            for rows in made {
                file.write_all(&rows.join().expect("rows can be made")).expect("it can be written");
            }
        });
        first += n_threads * ROWS;
    }
}
