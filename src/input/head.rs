//! The start of a file as text, for those who look for its header themselves.
//!
//! Decodes as reading does, and knows nothing of what a header looks like. The file is opened afresh, so a pipe can't be looked
//! at and then read.

use std::path::Path;

use encoding_rs::Encoding;

use super::block::{CsvBlock, IndexedText};
use super::dialect::find_start;
use super::encoding::DecodedText;
use super::error::InputError;
use super::index::Index;
use super::record::Record;
use super::source::ByteSource;

/// The start of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// Its text, decoded; damaged bytes appear as U+FFFD.
    pub text: String,
    /// Whether that is all of the file.
    pub is_whole: bool,
}

impl Head {
    /// Reads the first `n_bytes` bytes of text or so, from the file unpacked if it is compressed.
    ///
    /// # Errors
    /// When the file can't be read, is no text, or is no regular file and so could not be read again.
    pub(crate) fn read(path: &Path, encoding: Option<&'static Encoding>, n_bytes: usize) -> Result<Self, InputError> {
        let source = ByteSource::open(path, None)?;
        if !path.is_file() {
            let why =
                "this is not a regular file, but leadscore has to read it more than once; save it to a file first"
                    .to_owned();
            return Err(InputError::Refused { path: path.to_owned(), line: None, why });
        }
        let mut text = DecodedText::open(source, encoding)?;
        let mut bytes = Vec::new();
        while !text.ended && bytes.len() < n_bytes {
            let n_more = n_bytes - bytes.len();
            text.fill(&mut bytes, n_more)?;
        }
        let is_whole = text.ended;
        if !is_whole {
            bytes.truncate(bytes.len() - cut_bytes(&bytes));
        }
        Ok(Self { text: String::from_utf8_lossy(&bytes).into_owned(), is_whole })
    }

    /// What the reading decides about the header past the first `skip_first` lines: its delimiter, if none is named, and its
    /// physical line, from 0. None where there is no header, or its end lies further on.
    #[must_use]
    pub(crate) fn start(&self, named: Option<u8>, skip_first: usize) -> Option<(u8, u64)> {
        let start = find_start(self.text.as_bytes(), self.is_whole, named, skip_first).ok()?;
        Some((start.delimiter, start.header_line - 1))
    }

    /// Walks over the records of the text, the last of which may be cut off.
    pub(crate) fn records(&self, delimiter: u8, mut each: impl FnMut(&Record<'_>)) {
        let mut index = Index::default();
        index.fill(self.text.as_bytes(), [delimiter]);
        let page = IndexedText { text: &self.text, index: &index, damage: &[] };
        let mut block = CsvBlock::new(0, &page);
        while let Some(record) = block.next_record() {
            each(&record);
        }
    }
}

/// How many bytes at the end are the start of a character that goes on beyond it.
fn cut_bytes(bytes: &[u8]) -> usize {
    let chunk = bytes.utf8_chunks().last();
    let open = chunk.map_or(&[][..], |chunk| chunk.invalid());
    let is_cut = std::str::from_utf8(open).is_err_and(|error| error.error_len().is_none());
    if is_cut { open.len() } else { 0 }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these tests make files")]
mod tests {
    use super::*;

    #[test]
    fn a_head_ends_with_a_whole_character() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("x.csv");
        std::fs::write(&path, "id,ä\n1,ü\n").unwrap();
        let head = |n| Head::read(&path, None, n).unwrap();
        assert_eq!(head(100), Head { text: "id,ä\n1,ü\n".to_owned(), is_whole: true });
        assert_eq!(head(4), Head { text: "id,".to_owned(), is_whole: false });
        let mut cells = Vec::new();
        head(100).records(b',', |record| cells.push(record.cell(1).into_owned()));
        assert_eq!(cells, ["ä", "ü"]);
        assert!(Head::read(folder.path(), None, 9).is_err());
    }
}
