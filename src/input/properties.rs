//! Properties of the whole byte layer: the same records as the `csv` crate, whatever the block size and number of threads.

use std::fs;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};
use proptest::prelude::*;
use proptest::sample::select;
use tempfile::TempDir;

use super::below::Passed;
use super::error::InputError;
use crate::value::SkipLast;

use super::open::{Assumed, CsvFile, Reading};

/// A record as the layers above see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RecordRow {
    pub(super) line: u64,
    pub(super) raw: String,
    pub(super) cells: Vec<String>,
    pub(super) is_damaged: bool,
}

pub(super) fn read_all(
    path: &Path,
    reading: &Reading,
    threads: usize,
) -> Result<(Vec<RecordRow>, Assumed), InputError> {
    read_opened(CsvFile::open(path, reading)?, threads)
}

fn read_opened(file: CsvFile, threads: usize) -> Result<(Vec<RecordRow>, Assumed), InputError> {
    let mut rows = Vec::new();
    let mut seen = (0, file.data_line);
    let assumed = file.read(
        threads,
        &|_| {},
        |block| {
            let mut rows = Vec::new();
            while let Some(record) = block.next_record() {
                let cell = |i| record.untrimmed(i).into_owned();
                for i in 0..record.len() {
                    assert_eq!(record.cell(i), cell(i).trim());
                }
                rows.push(RecordRow {
                    line: record.line(),
                    raw: record.raw().to_owned(),
                    cells: (0..record.len()).map(cell).collect(),
                    is_damaged: record.is_damaged(),
                });
            }
            (block.seq(), rows)
        },
        |place, (seq, block)| {
            assert_eq!((place.seq, place.first_line), seen);
            assert_eq!(place.seq, seq);
            seen = (seq + 1, place.first_line + place.n_lines);
            rows.extend(block.into_iter().map(|row| RecordRow { line: place.first_line + row.line, ..row }));
            Ok(())
        },
    )?;
    Ok((rows, assumed))
}

pub(super) fn file(bytes: &[u8]) -> (TempDir, std::path::PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("leads.csv");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// Reads in several ways, which must agree, complaints included.
pub(super) fn read_bytes(bytes: &[u8], reading: &Reading) -> Result<(Vec<RecordRow>, Assumed), String> {
    let (folder, path) = file(bytes);
    let ways = [(16, 1), (17, 2), (23, 3), (64, 3), (300, 2), (4 << 20, 2)];
    let mut results = ways.map(|(block_bytes, threads)| {
        let reading = Reading { block_bytes, ..reading.clone() };
        let result = read_all(&path, &reading, threads);
        result.map_err(|e| e.to_string().replace(&folder.path().display().to_string(), ""))
    });
    for pair in results.windows(2) {
        assert_eq!(pair[0], pair[1]);
    }
    std::mem::replace(&mut results[0], Err(String::new()))
}

/// Nothing is recognised: what is read is what stands there.
fn named_utf8() -> Reading {
    Reading {
        encoding: Some(UTF_8),
        delimiter: Some(b','),
        skip_first: Some(0),
        skip_last: SkipLast::Lines(0),
        ..Reading::default()
    }
}

/// The records of the `csv` crate.
fn reference(text: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text)
        .into_byte_records()
        .map(|record| {
            let record = record.unwrap();
            let cells = record.iter();
            cells.map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
        })
        .collect()
}

/// Whether `text` ends inside quotes, as the `csv` crate sees it: then a line that follows is no record of its own.
fn ends_in_quotes(text: &[u8], delimiter: u8) -> bool {
    let longer = [text, b"\nZ"].concat();
    reference(&longer, delimiter).last() != Some(&vec!["Z".to_owned()])
}

fn count_lines(text: &str) -> u64 {
    text.replace("\r\n", "\n").replace('\r', "\n").matches('\n').count() as u64
}

/// The lines of `text` with their ends.
fn physical_lines(text: &[u8]) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, &byte) in text.iter().enumerate() {
        if byte == b'\n' || (byte == b'\r' && text.get(at + 1) != Some(&b'\n')) {
            lines.push(&text[start..=at]);
            start = at + 1;
        }
    }
    lines.extend((start < text.len()).then(|| &text[start..]));
    lines
}

fn soup(pieces: &'static [&'static [u8]]) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(select(pieces), 0..120).prop_map(|pieces| pieces.concat())
}

const WILD: &[&[u8]] = &[
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
    "ü".as_bytes(),
    "\u{2003}".as_bytes(),
    "漢".as_bytes(),
    b"\xFF",
    b"\xC3",
    b";",
    b"\t",
    b"long enough to fill a block",
];

/// Whole records of all lengths and line ends.
const WHOLE: &[&[u8]] = &[
    b"plain,1\n",
    b"plain,twenty-two\r\n",
    b"\n",
    b"\r\n",
    b"x\r",
    b"\"two\nlines\",\"say \"\"hi\"\"\"\n",
    b"\"\r\n\r\",\"\"\r",
    b"a,somewhat longer record than the others, of forty\n",
    b",,,,,,,,,,,,,,,,\r\n",
];

/// Much as `WILD`, but quotes mostly come in pairs, so that records get longer and stay valid.
const TAME: &[&[u8]] = &[
    b"\"a\"",
    b"\"x,\ny\"",
    b"\"\"",
    b",",
    b",",
    b",",
    b"\n",
    b"\n",
    b"\r\n",
    b"plain",
    b"\"say \"\"hi\"\"\r\n\"",
    b"\"\r\"",
    b"it\"s",
    "ığüşöç".as_bytes(),
    b" ",
    b"\"tail\"x",
    b"\xE9",
];

fn check_against_csv(data: &[u8]) {
    let text = [b"h,i\n", data].concat();
    let read = read_bytes(&text, &named_utf8());
    if ends_in_quotes(data, b',') {
        let complaint = read.unwrap_err();
        assert!(complaint.contains("never closed"), "{complaint}");
        return;
    }
    let (rows, _) = read.unwrap();
    let records = rows.iter().filter(|row| !row.raw.is_empty());
    let cells: Vec<_> = records.map(|row| row.cells.clone()).collect();
    assert_eq!(cells, reference(data, b','));

    // The rows' texts and one line end after each are the whole file, and lines are counted right.
    let lossy = String::from_utf8_lossy(&text);
    let mut rest = &lossy[4..];
    for row in &rows {
        assert_eq!(row.line, 1 + count_lines(&lossy[..lossy.len() - rest.len()]));
        rest = rest.strip_prefix(&row.raw).unwrap();
        let ends = ["\r\n", "\n", "\r"];
        rest = ends.iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
        assert_eq!(row.is_damaged, row.raw.contains(char::REPLACEMENT_CHARACTER));
    }
    assert_eq!(rest, "");
}

fn cut_last_lines(data: &[u8], n_lines: usize) -> Vec<u8> {
    let lines = physical_lines(data);
    lines[..lines.len().saturating_sub(n_lines)].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wild_bytes_read_as_the_csv_crate_reads_them(data in soup(WILD)) {
        check_against_csv(&data);
    }

    #[test]
    fn tame_text_reads_as_the_csv_crate_reads_it(data in soup(TAME)) {
        check_against_csv(&data);
    }

    #[test]
    fn skip_last_is_as_if_the_lines_were_not_there(data in soup(TAME), n_lines in 1_usize..5) {
        let skipping = Reading { skip_last: SkipLast::Lines(n_lines), ..named_utf8() };
        let skipped = read_bytes(&[b"h,i\n", &data[..]].concat(), &skipping);
        let cut = read_bytes(&[b"h,i\n", &cut_last_lines(&data, n_lines)[..]].concat(), &named_utf8());
        // What was passed over is told besides.
        let untold = skipped.map(|(rows, assumed)| (rows, Assumed { below: Passed::default(), ..assumed }));
        assert_eq!(untold, cut);
    }

    #[test]
    fn what_is_recognised_below_the_data_is_left_out_and_nothing_else(data in soup(TAME)) {
        let text = [b"h,i\n", &data[..], b"\na1,x\n\nTotal,3\n"].concat();
        let recognising = Reading { skip_last: SkipLast::Auto, ..named_utf8() };
        let (Ok((all, _)), Ok((rows, assumed))) = (read_bytes(&text, &named_utf8()), read_bytes(&text, &recognising)) else {
            return Ok(());
        };
        assert_eq!(rows[..], all[..rows.len()]);
        let n_left_out = all[rows.len()..].iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())).count();
        assert_eq!(assumed.below.n_rows, n_left_out as u64);
    }

    #[test]
    fn overlong_records_are_refused_wherever_blocks_end(data in soup(WHOLE), bound in 1_usize..60) {
        let (_folder, path) = file(&[b"h,i\n", &data[..], b"last"].concat());
        let (rows, _) = read_all(&path, &named_utf8(), 1).unwrap();
        let too_long = rows.iter().find(|row| row.raw.len() > bound).map(|row| row.line);
        for (block_bytes, threads) in [(16, 1), (33, 2), (100, 3), (1 << 20, 1)] {
            let reading = Reading { block_bytes, ..named_utf8() };
            let mut file = CsvFile::open(&path, &reading).unwrap();
            file.splitter.max_record_bytes = bound;
            match read_opened(file, threads) {
                Ok((read, _)) => { assert_eq!(too_long, None); assert_eq!(&read, &rows); }
                Err(InputError::TooLong { line, .. }) => assert_eq!(Some(line), too_long),
                Err(other) => panic!("{other}"),
            }
        }
    }

    #[test]
    fn any_bytes_end_in_records_or_a_complaint(bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0_usize..300) {
        let _ = read_bytes(&bytes, &Reading::default());
        let _ = read_bytes(&bytes, &Reading { skip_first: Some(at / 100), skip_last: SkipLast::Lines(at % 3), ..Reading::default() });
        let mut text = b"a;b;c\n\"x\";2;\xFC\r\n".repeat(12);
        text.splice(at.min(text.len()).., bytes);
        let _ = read_bytes(&text, &Reading::default());
    }

    #[test]
    fn every_encoding_reads_the_same(
        names in prop::collection::vec("[a-zçğıöşüÇĞİÖŞÜ \",;\n]{0,12}", 1..60),
        label in select(&["windows-1254", "iso-8859-9", "utf-8", "utf-16le", "utf-16be"][..]),
    ) {
        let quoted: Vec<_> = names.iter().map(|name| format!("\"{}\";x\r\n", name.replace('"', "\"\""))).collect();
        let text = format!("Ad;Soyad\r\n{}", quoted.concat());
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        let bytes = match label {
            "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => encoding.encode(&text).0.into_owned(),
        };
        let reading = Reading { encoding: Some(encoding), ..Reading::default() };
        let (rows, assumed) = read_bytes(&bytes, &reading).unwrap();
        assert_eq!(assumed.encoding, encoding.name());
        let read: Vec<_> = rows.iter().map(|row| row.cells[0].clone()).collect();
        assert_eq!(read, names);
        assert!(rows.iter().all(|row| !row.is_damaged));
    }
}
