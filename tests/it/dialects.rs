//! A table, however it is written, is read as it was written, or the program says that it is unsure: a random table in a random
//! dialect, with lines above and below, read as `score` reads it.

mod made;

use leadscore::{CsvFile, InputError, Reading, SkipLast};
use made::{Dialect, Table, dialect, table};
use proptest::prelude::*;
use std::path::Path;
use tempfile::TempDir;

/// What is read: the table, and how many rows were passed over above and below it.
#[derive(Debug, PartialEq)]
struct ReadTable {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    n_above: u64,
    n_below: u64,
}

/// Reads with nothing said of the file. Rows without a filled cell are none.
fn read(path: &Path, block_bytes: usize) -> Result<ReadTable, InputError> {
    let file = CsvFile::open(path, &Reading { block_bytes, skip_last: SkipLast::Auto, ..Reading::default() })?;
    let header = file.header().to_vec();
    let mut rows = Vec::new();
    let assumed = file.read(
        2,
        &|_| {},
        |block| {
            let mut rows = Vec::new();
            while let Some(record) = block.next_record() {
                if !record.is_empty_row() {
                    rows.push((0..record.len()).map(|at| record.cell(at).into_owned()).collect());
                }
            }
            rows
        },
        |_, block: Vec<Vec<String>>| {
            rows.extend(block);
            Ok(())
        },
    )?;
    Ok(ReadTable { header, rows, n_above: assumed.above.n_rows, n_below: assumed.below.n_rows })
}

fn n_rows(lines: &[&str]) -> u64 {
    lines.iter().filter(|line| !line.is_empty()).count() as u64
}

/// Holds what is read to what was written. Whether the program was sure.
fn is_read_back(table: &Table, dialect: &Dialect, block_bytes: usize) -> Result<bool, TestCaseError> {
    let bytes = dialect.write(table);
    let folder = TempDir::new().expect("a folder can be made");
    let path = folder.path().join("export.csv");
    std::fs::write(&path, &bytes).expect("a file can be written");
    let shown = String::from_utf8_lossy(&bytes);
    match read(&path, block_bytes) {
        Ok(found) => {
            let (above, below) = dialect.around(table);
            let Table { header, rows } = table.clone();
            prop_assert_eq!(
                found,
                ReadTable { header, rows, n_above: n_rows(above), n_below: n_rows(below) },
                "{}",
                shown
            );
            Ok(true)
        }
        Err(error) => {
            prop_assert!(matches!(error, InputError::Unsure { .. }), "{}\n{}", error, shown);
            Ok(false)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_table_is_read_as_it_was_written(table in table(), dialect in dialect(), block_bytes in 64_usize..4096) {
        is_read_back(&table, &dialect, block_bytes)?;
    }

    #[test]
    fn there_is_no_doubt_about_a_table_of_three_columns_and_rows(
        table in table().prop_filter("it has them", |table| table.header.len() >= 3 && table.rows.len() >= 3),
        dialect in dialect(),
    ) {
        let plain = Dialect { above: Vec::new(), below: Vec::new(), ..dialect };
        prop_assert!(is_read_back(&table, &plain, 4096)?);
    }
}
