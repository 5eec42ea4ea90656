//! The table: exports of our own making, each with what a person reads in it.
//!
//! An entry has the `text` of a file: `→` is a tab, `⟦FC⟧` a byte as it is. `encode`, `bom` and `newline` say how it is written.
//! Under `right` is what is true of it. Rows are leads or events: what stands above the header or below the data is none, and
//! blank lines are no rows. Ragged and damaged rows are among the `rows`.
//!
//! A column is its type, then `=` and its role, if it has one: `date day = created`. The types are those of `inspect`; behind a
//! date is `day` or `month`, whichever comes first, or `unsure` where no cell shows it; behind a set what separates its values;
//! behind a number `comma`, if that is its decimal mark. `or` is between roles that are both right, `none` is no role, and
//! `any` is not asked. Empty columns without a header at the right of a sheet are no columns.

use encoding_rs::Encoding;
use serde::Deserialize;
use std::path::Path;

/// A file of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Export {
    pub name: String,
    /// What it is there for.
    #[expect(dead_code, reason = "for whoever reads the table")]
    shows: String,
    encode: Option<String>,
    #[serde(default)]
    bom: bool,
    newline: Option<Newline>,
    text: String,
    pub right: Right,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Newline {
    Crlf,
    Cr,
}

/// What a person says of a file.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Right {
    Unusable(Unusable),
    Table(Box<Reading>),
}

/// Why a file can't be used as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unusable {
    /// Its rows are no rows of a table.
    Refused,
    /// Its first row is a row like the others.
    NoHeader,
    /// There are two ways to read it, and nothing in it speaks for one of them.
    Unsure,
}

/// A file as it is to be read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Reading {
    pub delimiter: String,
    /// The physical line, from 1.
    pub header: u64,
    pub rows: u64,
    pub ragged: u64,
    pub damaged: u64,
    pub above: u64,
    pub below: u64,
    pub encoding: String,
    pub columns: Vec<String>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            delimiter: ",".to_owned(),
            header: 1,
            rows: 0,
            ragged: 0,
            damaged: 0,
            above: 0,
            below: 0,
            encoding: "UTF-8".to_owned(),
            columns: Vec::new(),
        }
    }
}

/// All of it, in the order of its files' names.
pub(super) fn exports() -> Vec<Export> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/exports");
    let paths = std::fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("a file").path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    paths.sort();
    let of = |path: &std::path::PathBuf| -> Vec<Export> {
        let text = std::fs::read_to_string(path).expect("it can be read");
        let mut exports: Vec<Export> =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let product = path.file_stem().expect("it has a name").to_string_lossy();
        for export in &mut exports {
            export.name = format!("{product}: {}", export.name);
        }
        exports
    };
    paths.iter().flat_map(of).collect()
}

impl Export {
    /// The file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let text = self.text.replace('→', "\t");
        let text = match self.newline {
            None => text,
            Some(Newline::Crlf) => text.replace('\n', "\r\n"),
            Some(Newline::Cr) => text.replace('\n', "\r"),
        };
        let mut bytes = if self.bom { self.encoded("\u{feff}") } else { Vec::new() };
        for (at, part) in text.split('⟦').enumerate() {
            let (byte, part) = part.split_once('⟧').filter(|_| at > 0).unwrap_or(("", part));
            if !byte.is_empty() {
                bytes.push(u8::from_str_radix(byte, 16).expect("two digits"));
            }
            bytes.extend(self.encoded(part));
        }
        bytes
    }

    fn encoded(&self, text: &str) -> Vec<u8> {
        match self.encode.as_deref() {
            None => text.as_bytes().to_vec(),
            Some("UTF-16LE") => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Some("UTF-16BE") => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Some(name) => {
                let encoding = Encoding::for_label(name.as_bytes()).expect("there is such an encoding");
                let (bytes, _, is_lossy) = encoding.encode(text);
                assert!(!is_lossy, "{}: {name} does not have all of its characters", self.name);
                bytes.into_owned()
            }
        }
    }
}
