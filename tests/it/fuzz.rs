//! The fuzzing targets on what fuzzing has found interesting: `fuzz/corpus/TARGET/`, replayed without a fuzzer.

#[path = "../../fuzz/targets.rs"]
mod targets;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
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

/// Bytes that mean something to whoever splits records, damaged letters, and text that fills a block.
const PIECES: [&[u8]; 18] = [
    b"\"",
    b"\"",
    b"\"\"",
    b",",
    b",",
    b"\n",
    b"\r\n",
    b"\r",
    b"a",
    b"bc ",
    b" ",
    b"\xC3\xBC",
    b"\xFF",
    b"\xC3",
    b"\0",
    b";",
    b"\"two\nlines\",",
    b"long enough to fill a block",
];

/// `cargo test --test it -- --ignored a_million`
#[test]
#[ignore = "takes minutes"]
fn a_million_texts_are_read_as_the_csv_crate_reads_them() {
    let config = ProptestConfig { cases: 1_000_000, failure_persistence: None, ..ProptestConfig::default() };
    let texts = proptest::collection::vec(select(&PIECES[..]), 0..60);
    let outcome = TestRunner::new(config).run(&texts, |pieces| {
        targets::csv_crate(&pieces.concat());
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[test]
fn timestamps() {
    replay("timestamp", targets::timestamp);
}

#[test]
fn exports() {
    replay("inspect", targets::inspect_file);
}

#[test]
fn drafts() {
    replay("draft", targets::draft);
}

#[test]
fn whole_runs() {
    replay("score", targets::score);
}
