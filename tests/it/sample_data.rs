//! The sample data are what their generator makes, and hold what the rulebooks and the book show with them.

use crate::made_sample::files;
use std::collections::BTreeMap;
use std::path::Path;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")
}

#[test]
fn the_sample_data_are_what_the_generator_makes() {
    let made = files();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        for (name, bytes) in &made {
            std::fs::write(folder().join(name), bytes).expect("it can be written");
        }
    }
    for (name, bytes) in &made {
        let stored = std::fs::read(folder().join(name)).unwrap_or_default();
        assert!(stored == *bytes, "sample-data/{name} is out of date: INSTA_UPDATE=always cargo test sample_data");
    }
    let n_stored = std::fs::read_dir(folder()).expect("it is there").count();
    assert_eq!(n_stored, made.len(), "sample-data has files that nothing makes");
}

/// The rows of a file, by the names of its columns.
fn rows(name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(folder().join(name)).expect("it can be read");
    let header = reader.headers().expect("it has a header").clone();
    let row = |record: csv::StringRecord| {
        header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect::<BTreeMap<_, _>>()
    };
    reader.records().map(|record| row(record.expect("it can be read"))).collect()
}

fn count(name: &str, column: &str, holds: impl Fn(&str) -> bool) -> usize {
    rows(name).iter().filter(|row| row.get(column).is_some_and(|cell| holds(cell))).count()
}

#[test]
fn it_has_more_than_fourteen_months_and_what_happens_to_leads() {
    let is_there = |cell: &str| !cell.is_empty();
    let mut months: Vec<String> =
        rows("contacts.csv").iter().filter_map(|row| Some(row.get("Create Date")?.get(..7)?.to_owned())).collect();
    months.sort();
    months.dedup();
    assert_eq!((months.len(), months[0].as_str(), months[17].as_str()), (18, "2024-12", "2026-05"));
    assert!((140..=160).contains(&count("deals.csv", "Deal Stage", |stage| stage == "Closed Won")));
    for (column, at_least) in [
        ("Loss Reason", 100),
        ("Return Reason", 100),
        ("Merged Contact IDs", 40),
        ("Additional email addresses", 150),
        ("Open Deal Amount", 20),
        ("Company size", 700),
    ] {
        let n = count("contacts.csv", column, is_there);
        assert!(n >= at_least, "{column}: {n}");
    }
    // Leads that came back have several passes.
    let mut passes = BTreeMap::<String, usize>::new();
    for row in rows("stage-history.csv").into_iter().filter(|row| row["Stage"] == "Marketing qualified") {
        *passes.entry(row["Contact ID"].clone()).or_default() += 1;
    }
    assert!(passes.values().filter(|n| **n > 1).count() >= 30);
}
