//! Writes the market of the comparison: `cargo bench --bench generate -- FOLDER N_LEADS N_EVENTS [shuffled]`.

#![allow(clippy::disallowed_methods, clippy::print_stderr, missing_docs, reason = "a program for those who measure")]

mod market;

use rayon::prelude::*;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;

/// Rows that are made before they are written.
const ROWS: u64 = 50_000;

fn main() {
    // `cargo bench` adds flags of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [folder, n_leads, n_events, order @ ..] = words.as_slice() else {
        eprintln!("usage: cargo bench --bench generate -- FOLDER N_LEADS N_EVENTS [shuffled]");
        return;
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
    let piece = |first: u64| {
        let mut rows = Vec::new();
        (first..n_rows.min(first + ROWS)).for_each(|number| row(number, &mut rows));
        rows
    };
    let firsts: Vec<u64> = (0..n_rows).step_by(usize::try_from(ROWS).expect("a small number")).collect();
    for several in firsts.chunks(16) {
        let pieces: Vec<Vec<u8>> = several.par_iter().map(|first| piece(*first)).collect();
        for piece in pieces {
            file.write_all(&piece).expect("it can be written");
        }
    }
}
