//! Writes the market of the comparison. It needs nothing but the compiler:
//!
//! `rustc -O --edition 2024 -o target/generate benches/generate.rs && target/generate FOLDER N_LEADS N_EVENTS [shuffled]`

#[allow(dead_code, reason = "the benchmarks of the parts use more of it")]
mod market;

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::thread;

/// Rows that are made before they are written.
const ROWS: u64 = 100_000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, n_leads, n_events, order @ ..] = words.as_slice() else {
        eprintln!("usage: generate FOLDER N_LEADS N_EVENTS [shuffled]");
        std::process::exit(2);
    };
    let number = |text: &String| text.replace('_', "").parse().expect("a number of rows");
    let (n_leads, n_events): (u64, u64) = (number(n_leads), number(n_events));
    let is_shuffled = order.first().is_some_and(|order| order == "shuffled");
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder).expect("the folder can be made");
    write(&folder.join("leads.csv"), market::LEADS, n_leads, market::lead);
    write(&folder.join("events.csv"), market::EVENTS, n_events, |row, to| {
        market::event(row, n_events, n_leads, is_shuffled, to);
    });
}

fn write(path: &Path, header: &str, n_rows: u64, row: impl Fn(u64, &mut Vec<u8>) + Sync) {
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
