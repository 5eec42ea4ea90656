//! Writes the sample data. It needs nothing but the compiler:
//!
//! `rustc -O --edition 2024 -o target/sample benches/sample/main.rs && target/sample sample-data`

#[path = "mod.rs"]
mod sample;

use std::path::Path;

fn main() {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: sample FOLDER");
        std::process::exit(2);
    };
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    for (name, bytes) in sample::files() {
        std::fs::write(Path::new(&folder).join(name), bytes).expect("the file can be written");
    }
}
