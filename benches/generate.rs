//! Writes the market of the comparison. It needs nothing but the compiler:
//!
//! `rustc -O --edition 2024 -o target/generate benches/generate.rs && target/generate FOLDER N_LEADS N_EVENTS [shuffled]`

#[allow(dead_code, reason = "the benchmarks of the parts use more of it")]
mod market;
mod rows;

use rows::write;
use std::path::Path;

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
