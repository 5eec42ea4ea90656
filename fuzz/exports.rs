//! What is tried with random bytes as files: they are read, looked into and drafted from.

use leadscore::{CsvFile, InputError, Reading, SkipLast, SumBy};
use leadscore::{DraftShown, draft_cases, draft_summary, draft_yaml};
use leadscore::{Export, Exports, Purpose, draft as drafted, likely_roles};
use leadscore::{FileProfile, Looking, inspect, inspect_json, present::inspected};
use leadscore::{Rulebook, SourceText, render, rulebook_named};
use std::path::Path;
use tempfile::TempDir;

/// Encodings that the CSV target names; none lets it be recognised.
const ENCODINGS: [&str; 20] = [
    "",
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1252",
    "windows-1254",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1256",
    "iso-8859-2",
    "iso-8859-9",
    "shift_jis",
    "gbk",
    "gb18030",
    "big5",
    "euc-kr",
    "iso-2022-jp",
    "koi8-r",
    "macintosh",
];

/// Any bytes as a CSV file in any encoding: the same records, or the same complaint, for small blocks as for large ones. The
/// first three bytes say how the rest is read.
pub fn csv(data: &[u8]) {
    let [encoding, delimiter, skip, content @ ..] = data else { return };
    let label = ENCODINGS[usize::from(*encoding) % ENCODINGS.len()];
    let reading = Reading {
        encoding: encoding_rs::Encoding::for_label(label.as_bytes()),
        delimiter: [None, None, Some(b','), Some(b';'), Some(b'\t'), Some(b'|')][usize::from(*delimiter) % 6],
        skip_first: [None, Some(0), Some(1), Some(3)][usize::from(skip % 4)],
        takes_likelier: skip / 16 % 2 == 1,
        skip_last: match skip / 4 % 4 {
            3 => SkipLast::Auto,
            n => SkipLast::Lines(usize::from(n)),
        },
        block_bytes: 16,
        sum: Some(SumBy::Blake3),
    };
    let folder = folder();
    let path = folder.path().join("x.csv");
    std::fs::write(&path, content).expect("a file can be written");
    let small = records(&path, &reading);
    let large = records(&path, &Reading { block_bytes: 1 << 20, ..reading });
    assert_eq!(small.map_err(|error| error.to_string()), large.map_err(|error| error.to_string()));
}

/// Any bytes behind a header, read as UTF-8 with commas: the records of the `csv` crate, or a complaint about the quote that it
/// leaves open at the end.
pub fn csv_crate(data: &[u8]) {
    let folder = folder();
    let path = folder.path().join("x.csv");
    std::fs::write(&path, [b"h,i\n", data].concat()).expect("a file can be written");
    let reading = Reading {
        encoding: Some(encoding_rs::UTF_8),
        delimiter: Some(b','),
        skip_first: Some(0),
        skip_last: SkipLast::Lines(0),
        block_bytes: 16,
        ..Reading::default()
    };
    let read = CsvFile::open(&path, &reading).and_then(|file| {
        let mut all = Vec::new();
        let work = |block: &mut leadscore::CsvBlock<'_>| {
            let mut rows = Vec::new();
            while let Some(record) = block.next_record() {
                if !record.raw().is_empty() {
                    let cells: Vec<_> = (0..record.len()).map(|at| record.untrimmed(at).into_owned()).collect();
                    rows.push((record.is_damaged(), cells));
                }
            }
            rows
        };
        file.read(1, &|_| {}, work, |_, rows| {
            all.extend(rows);
            Ok(())
        })?;
        Ok(all)
    });
    // A line that follows text inside quotes is no record of its own.
    let is_open = reference(&[data, b"\nZ"].concat()).last() != Some(&vec!["Z".to_owned()]);
    match read {
        Ok(rows) => {
            let others = reference(data);
            // Damaged bytes on both sides of a quote make a letter once it is taken away; such a row is refused in any case.
            let is_same = |((damaged, cells), other): (&(bool, Vec<String>), &Vec<String>)| {
                if *damaged { cells.len() == other.len() } else { cells == other }
            };
            let are_same = rows.len() == others.len() && rows.iter().zip(&others).all(is_same);
            assert!(!is_open && are_same, "the csv crate reads other records");
        }
        Err(InputError::OpenQuote { .. }) => assert!(is_open, "the csv crate sees every quote closed"),
        // Bytes of zero in its first part make a file no text at all.
        Err(InputError::Foreign { .. }) => assert!(data.contains(&0), "text is taken for something else"),
        Err(other) => panic!("{other}"),
    }
}

/// The records of the `csv` crate behind a header, without which it would take a byte order mark off them.
fn reference(data: &[u8]) -> Vec<Vec<String>> {
    let text = [b"h,i\n", data].concat();
    let reader = csv::ReaderBuilder::new().has_headers(true).flexible(true).from_reader(text.as_slice());
    let cells =
        |record: csv::ByteRecord| record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
    reader.into_byte_records().map(|record| cells(record.expect("reading from memory does not fail"))).collect()
}

/// A record: its line, the text, the cells, whether it is damaged.
type Row = (u64, String, Vec<String>, bool);

fn records(path: &Path, reading: &Reading) -> Result<(Vec<String>, Vec<Row>), InputError> {
    let file = CsvFile::open(path, reading)?;
    let header = file.header().to_vec();
    let mut all = Vec::new();
    file.read(
        1,
        &|_| {},
        |block| {
            let mut rows = Vec::new();
            while let Some(record) = block.next_record() {
                let cells = (0..record.len()).map(|at| record.cell(at).into_owned()).collect();
                rows.push((record.line(), record.raw().to_owned(), cells, record.is_damaged()));
            }
            rows
        },
        |place, rows: Vec<Row>| {
            all.extend(
                rows.into_iter().map(|(line, raw, cells, damaged)| (place.first_line + line, raw, cells, damaged)),
            );
            Ok(())
        },
    )?;
    Ok((header, all))
}

/// Any bytes as exports that nobody has described (leads, a table, events, with 0x01 between them): they are looked into with the
/// same result for any number of threads and size of block, and what is drafted from them is a rulebook.
pub fn draft(data: &[u8]) {
    let folder = folder();
    let mut parts = data.splitn(3, |byte| *byte == 1);
    let mut export = |name: &str, purpose| {
        let path = folder.path().join(name);
        std::fs::write(&path, parts.next()?).expect("a file can be written");
        let profile = looked_into(&path)?;
        let is_usable = profile.columns.iter().any(|column| !column.is_unusable);
        is_usable.then(|| Export::new(name.to_owned(), format!("{name}.csv"), profile, purpose, &[]))
    };
    let Some(leads) = export("leads", Purpose::Leads) else { return };
    let tables = export("accounts", Purpose::Table).into_iter().collect();
    let events = export("web", Purpose::Events).into_iter().collect();
    let draft = drafted("Mine", &Exports { leads, tables, events, own_domains: vec!["firm.example".to_owned()] });
    let shown = DraftShown { command: "a".to_owned(), next: Some("b".to_owned()), tests: "c".to_owned() };
    let text = draft_yaml(&draft, &shown);
    let rulebook = match Rulebook::parse(&text, &|_| Err(String::new())) {
        Ok(rulebook) => rulebook,
        Err(found) => panic!("{}", render(&SourceText { path: "r.yaml", text: &text }, &found, false)),
    };
    let cases = draft_cases(&draft, &rulebook, "r.yaml", "2026-06-01", "c");
    assert!(rulebook_named(&cases).is_ok(), "the tests of a draft are YAML");
    assert!(!draft_summary(&draft, &[], &shown).is_empty());
}

/// Any bytes as one export: it is looked into with the same result for any number of threads and size of block, shown, and read
/// as `score` reads it, with the same header and as many rows.
pub fn inspect_file(data: &[u8]) {
    let folder = folder();
    let path = folder.path().join("x.csv");
    std::fs::write(&path, data).expect("a file can be written");
    let Some(profile) = looked_into(&path) else { return };
    let roles = likely_roles(&profile);
    assert!(!inspect_json(&[(&profile, &roles)]).is_empty());
    assert!(!leadscore::present::terminal(&inspected(&[(&profile, &roles)]), false).is_empty());
    let reading = Reading { takes_likelier: true, skip_last: SkipLast::Auto, ..Reading::default() };
    let (header, rows) = records(&path, &reading).expect("what was looked into can be read");
    let names: Vec<String> = profile.columns.iter().map(|column| column.name.clone()).collect();
    assert_eq!(header, names);
    assert_eq!(rows.len() as u64, profile.n_rows());
}

/// What a file looks like, if it is one.
fn looked_into(path: &Path) -> Option<FileProfile> {
    let one = Looking {
        encoding: None,
        delimiter: None,
        skip_first: None,
        skip_last: None,
        threads: 1,
        block_bytes: 1 << 20,
    };
    let other = Looking { threads: 2, block_bytes: 48, ..one };
    let one = inspect(path, &one).map_err(|error| error.to_string());
    let other = inspect(path, &other).map_err(|error| error.to_string());
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
    let profile = one.ok()?;
    assert_eq!(likely_roles(&profile).len(), profile.columns.len());
    Some(profile)
}

/// A folder of this run, in memory where the system has such a place.
pub(super) fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.expect("a folder can be made")
}
