//! The fuzzing targets on what fuzzing has found interesting: `fuzz/corpus/TARGET/`, replayed without a fuzzer.

#[path = "../../fuzz/targets.rs"]
mod targets;

use std::path::Path;

fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} holds something", folder.display());
    for path in paths {
        let bytes = std::fs::read(&path).expect("it can be read");
        let outcome = std::panic::catch_unwind(|| run(&bytes));
        assert!(outcome.is_ok(), "{} ends in a panic", path.display());
    }
}

#[test]
fn rulebooks() {
    replay("rulebook", targets::rulebook);
}

#[test]
fn test_files() {
    replay("test_file", targets::test_file);
}

#[test]
fn csv_files() {
    replay("csv", targets::csv);
}

#[test]
fn csv_files_beside_the_csv_crate() {
    replay("csv_crate", targets::csv_crate);
}

#[test]
fn timestamps() {
    replay("timestamp", targets::timestamp);
}

#[test]
fn whole_runs() {
    replay("score", targets::score);
}
