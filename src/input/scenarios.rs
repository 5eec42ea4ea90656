//! Whole files as people have them: encodings, archives, what is no CSV, and what stops a reading.

use std::fs;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{UTF_8, WINDOWS_1254};
use flate2::Compression as Level;
use flate2::write::GzEncoder;

use super::encoding::Provenance;
use super::error::{InputError, MAX_RECORD_BYTES};
use crate::value::SkipLast;

use super::open::{CsvFile, Reading};
use super::properties::{RecordRow, file, read_all, read_bytes};

fn complaint(bytes: &[u8], reading: &Reading) -> String {
    read_bytes(bytes, reading).unwrap_err()
}

fn rows(bytes: &[u8]) -> (Vec<RecordRow>, String) {
    let (rows, assumed) = read_bytes(bytes, &Reading::default()).unwrap();
    (rows, assumed.to_string())
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Level::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn the_first_foreign_byte_decides_however_late_it_comes() {
    let ascii = "Ad;Puan\n".to_owned() + &"Ayse;10\n".repeat(20_000);
    let turkish = "Çağrı Şahin görüştü, ilgili değil;7\n".repeat(2_000);
    let (narrow, ..) = WINDOWS_1254.encode(&turkish);
    for (late, assumed) in [(&narrow[..], "windows-1254, ';'"), (turkish.as_bytes(), "UTF-8, ';'")] {
        let (rows, seen) = rows(&[ascii.as_bytes(), late].concat());
        assert_eq!((rows.len(), &seen[..]), (22_000, assumed));
        assert_eq!(rows[21_999].cells[0], "Çağrı Şahin görüştü, ilgili değil");
        assert!(rows.iter().all(|row| !row.is_damaged));
    }
}

#[test]
fn one_bad_byte_damages_one_record_only() {
    let text = [&"ad,şehir\n".repeat(50).into_bytes()[..], b"x,\xFEzmir\n", "y,İzmir\n".as_bytes()].concat();
    let (rows, assumed) = rows(&text);
    assert_eq!(assumed, "UTF-8, ','");
    let damaged: Vec<_> = rows.iter().filter(|row| row.is_damaged).collect();
    assert_eq!(damaged.len(), 1);
    assert_eq!((damaged[0].line, &damaged[0].raw[..]), (51, "x,\u{FFFD}zmir"));

    // 0xD2 stands for nothing in windows-1253.
    let greek = Reading { encoding: Some(encoding_rs::WINDOWS_1253), ..Reading::default() };
    let (rows, _) = read_bytes(b"a,b\n1,\xD2\n2,\xE1\n", &greek).unwrap();
    assert_eq!(rows.iter().map(|row| row.is_damaged).collect::<Vec<_>>(), [true, false]);
    assert_eq!(rows[1].cells[1], "α");
}

#[test]
fn byte_order_marks_are_obeyed_and_removed() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    for named in [None, Some(UTF_8), Some(WINDOWS_1254)] {
        let reading = Reading { encoding: named, ..Reading::default() };
        let (rows, assumed) = read_bytes("\u{FEFF}\"ad\",b\nş,1\n".as_bytes(), &reading).unwrap();
        assert_eq!((assumed.encoding, assumed.encoding_origin), ("UTF-8 with BOM", Provenance::Declared));
        assert_eq!(rows[0].cells, ["ş", "1"]);
        let (rows, assumed) = read_bytes(&wide("\u{FEFF}ad\tb\r\nş\t1\r\n"), &reading).unwrap();
        assert_eq!(assumed.to_string(), "UTF-16LE, tab");
        assert_eq!(rows[0].cells, ["ş", "1"]);
    }
    let (_folder, path) = file("\u{FEFF}\"a,d\",b\n".as_bytes());
    let opened = CsvFile::open(&path, &Reading::default()).unwrap();
    assert_eq!(opened.header(), ["a,d", "b"]);
    assert_eq!(rows(&wide("id,name\n1,ş\n")).1, "UTF-16LE, ','");
}

#[test]
fn blank_lines_are_rows() {
    let (rows, _) = rows(b"a,b\n\n1,2\n \n,\"\"\n\n");
    assert_eq!(rows.iter().map(|row| &row.raw[..]).collect::<Vec<_>>(), ["", "1,2", " ", ",\"\"", ""]);
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
}

#[test]
fn preambles_and_footers_are_dropped() {
    let text = b"Webinar report\n\nId;Name\n1;\"x\ny\"\n\nTotal;1\nend";
    let reading = Reading { skip_first: Some(1), skip_last: SkipLast::Lines(3), ..Reading::default() };
    let (rows, assumed) = read_bytes(text, &reading).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].line, &rows[0].cells[1][..]), (4, "x\ny"));
    assert_eq!(assumed.delimiter, b';');
    let beyond = Reading { skip_first: Some(9), ..Reading::default() };
    assert_eq!(complaint(text, &beyond), "/leads.csv: there is no header after the first 9 lines, which are skipped");
}

#[test]
fn packed_files_are_read_as_they_are() {
    let plain = "id,ad\n".to_owned() + &"1,şeker\n".repeat(50_000);
    let (expected, _) = rows(plain.as_bytes());
    let (front, back) = plain.as_bytes().split_at(200_001);
    let members = [gz(front), gz(back)].concat();
    let frames = [zstd::encode_all(front, 1).unwrap(), zstd::encode_all(back, 1).unwrap()].concat();
    for (packed, assumed) in [(members, "UTF-8, ',', gzip"), (frames, "UTF-8, ',', zstd")] {
        let (_folder, path) = file(&packed);
        let (unpacked, seen) = read_all(&path, &Reading::default(), 2).unwrap();
        assert_eq!(seen.to_string(), assumed);
        assert!(unpacked == expected);
        for n_kept in [5, packed.len() / 2, packed.len() - 1] {
            let (_folder, path) = file(&packed[..n_kept]);
            let error = read_all(&path, &Reading::default(), 2).unwrap_err();
            assert!(matches!(error, InputError::Archive { .. }), "{n_kept}: {error}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let plain = Reading::default();
    let cases: [(&[u8], &str); 8] = [
        (b"", "/leads.csv: the file is empty: not even a header"),
        (b" \n\r\n\t", "/leads.csv: the file is empty: not even a header"),
        (b"\xEF\xBB\xBF\n", "/leads.csv: the file is empty: not even a header"),
        (
            b"a,b\0\n1,2\n",
            "/leads.csv: this is binary data, not CSV; if it is text in an unusual encoding, name that under `encoding`",
        ),
        (
            b"PK\x03\x04\x14\0..xl/workbook.xml",
            "/leads.csv: this is an Excel workbook, not CSV; in Excel, save it as \"CSV UTF-8 (comma delimited)\"",
        ),
        (
            b"a,b\n1,2\n3,\"4\n5,6\n",
            "/leads.csv:3: the quote that opens here is never closed; close it, or double it if it is part of the text",
        ),
        (
            b"\na,\"b\n1,2\n",
            "/leads.csv:2: the quote that opens here is never closed; close it, or double it if it is part of the text",
        ),
        (b"a,b\n1\0,2\n3,x\n4,long enough not to look like binary data\n", ""),
    ];
    for (bytes, expected) in cases {
        let said = read_bytes(bytes, &plain).err().unwrap_or_default();
        assert_eq!(said, expected);
    }
    let (folder, path) = file(b"a\n");
    let open = |path: &Path| CsvFile::open(path, &plain).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(open(folder.path()).ends_with("this is a folder; name a file in it, or a pattern such as *.csv"));
    assert!(open(&folder.path().join("none.csv")).ends_with("none.csv: there is no such file"));
    fs::write(&path, gz(b"%PDF-1.7")).unwrap();
    assert!(open(&path).contains("a PDF document"));
    let quote = Reading { delimiter: Some(b'"'), ..plain.clone() };
    assert!(matches!(CsvFile::open(&path, &quote), Err(InputError::Delimiter { .. })));
}

#[test]
fn an_endless_record_ends_in_an_error_early() {
    let mut text = b"a,b\n1,2\n3,\"".to_vec();
    text.resize(6 * MAX_RECORD_BYTES, b'x');
    text[90] = b'\n';
    let (_folder, path) = file(&text);
    let file = CsvFile::open(&path, &Reading::default()).unwrap();
    let n_read = AtomicU64::new(0);
    let progress = |n_bytes| n_read.store(n_bytes, Ordering::Relaxed);
    let error = file.read(2, &progress, |_| (), |_, ()| Ok(())).unwrap_err();
    assert_eq!(error.line(), Some(3));
    assert!(error.to_string().ends_with("is the quote that opens on line 3 never closed?"), "{error}");
    assert!(n_read.into_inner() < 3 * MAX_RECORD_BYTES as u64);
}

#[test]
fn errors_and_panics_stop_every_worker() {
    let text = "a,b\n".to_owned() + &"1,2\n".repeat(10_000);
    let (_folder, path) = file(text.as_bytes());
    let reading = Reading { block_bytes: 64, ..Reading::default() };
    for threads in [1, 2, 5] {
        let open = || CsvFile::open(&path, &reading).unwrap();
        let refused = open().read(
            threads,
            &|_| {},
            |_| (),
            |place, ()| match place.seq {
                7 => {
                    Err(InputError::Refused { path: path.clone(), line: Some(place.first_line), why: "enough".into() })
                }
                8.. => panic!("taken after the error"),
                _ => Ok(()),
            },
        );
        assert!(refused.unwrap_err().to_string().ends_with("enough"));
        for in_work in [true, false] {
            let reading = || {
                open().read(
                    threads,
                    &|_| {},
                    |block| assert!(!in_work || block.seq() != 9, "work failed"),
                    |place, ()| {
                        assert!(in_work || place.seq != 9, "take failed");
                        Ok(())
                    },
                )
            };
            assert!(catch_unwind(AssertUnwindSafe(reading)).is_err());
        }
    }
}
