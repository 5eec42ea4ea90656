//! What stands at the end of a file and is passed over: how much of it, and what it looks like.
//!
//! Looks at the last lines alone, however the blocks of the file were cut, so that it is the same for every block size.

use super::block::{CsvBlock, IndexedText};
use super::footer::{LastRow, TableShape};
use super::index::Index;
use super::lines::{count_line_ends, last_lines_start};
use super::record::Record;
use crate::value::SkipLast;
use serde::Serialize;

/// How many lines above those that are passed over say what a row of the table looks like, and how many are looked at for
/// what stands below the data.
const N_LINES: usize = 64;
/// How many bytes of them at most.
const N_BYTES: usize = 1 << 20;
/// How long an excerpt of a row is, in characters.
const MOST_SHOWN: usize = 60;
/// How long a header may be that is shown whole, in characters: longer than a question of a form, which someone has to copy.
const MOST_OF_HEADER: usize = 160;

/// Rows that are passed over, above the header or below the data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Passed {
    /// How many physical lines, blank ones too.
    #[serde(skip)]
    pub n_lines: usize,
    /// How many rows that are not empty.
    #[serde(rename = "rows")]
    pub n_rows: u64,
    /// The first of these rows as it stands in the file, shortened.
    pub first: String,
    /// The last of them.
    pub last: String,
    /// The first that looks like a row of the table: its physical line, from 1, and the row, shortened.
    #[serde(skip)]
    pub like_data: Option<(u64, String)>,
}

impl Passed {
    /// Adds a row that is not empty.
    pub(crate) fn add(&mut self, raw: &str) {
        let shown = excerpt(raw);
        if self.n_rows == 0 {
            self.first.clone_from(&shown);
        }
        self.last = shown;
        self.n_rows += 1;
    }
}

/// The start of a row, on one line.
pub(crate) fn excerpt(raw: &str) -> String {
    start_of(raw, MOST_SHOWN)
}

/// A header on one line, in part if it is very long.
pub(crate) fn shown_header(header: &str) -> String {
    start_of(header, MOST_OF_HEADER)
}

fn start_of(text: &str, most: usize) -> String {
    let mut characters = text.trim().chars();
    let mut shown: String = characters.by_ref().take(most).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}

/// How much of the end of `text` is held back until it is known to be the end.
pub(super) fn held_from(text: &[u8], skip_last: SkipLast, is_whole: bool) -> usize {
    let n_lines = match skip_last {
        SkipLast::Lines(0) => return text.len(),
        SkipLast::Lines(n) => n.saturating_add(N_LINES),
        SkipLast::Auto => N_LINES,
    };
    let nearest = last_lines_start(text, n_lines, is_whole).max(text.len().saturating_sub(N_BYTES));
    nearest.min(dropped_from(text, skip_last, is_whole))
}

/// Where lines that are passed over by number start.
pub(super) fn dropped_from(text: &[u8], skip_last: SkipLast, is_whole: bool) -> usize {
    match skip_last {
        SkipLast::Auto | SkipLast::Lines(0) => text.len(),
        SkipLast::Lines(n) => last_lines_start(text, n, is_whole),
    }
}

/// Where what is passed over starts in `text`, which is whole records and ends where the file does, and what it is. Its lines
/// count from 0 where it starts.
pub(super) fn below(text: &[u8], skip_last: SkipLast, delimiter: u8, header: &[String]) -> (usize, Passed) {
    // Places in the text must stay as they are, so a byte that is no UTF-8 gives way to one that is.
    let shown: String =
        text.utf8_chunks().flat_map(|chunk| [chunk.valid().to_owned(), "?".repeat(chunk.invalid().len())]).collect();
    let mut index = Index::default();
    index.fill(shown.as_bytes(), [delimiter]);
    let page = IndexedText { text: &shown, index: &index, damage: &[] };
    let mut block = CsvBlock::new(0, &page);
    let held = held_from(text, skip_last, true);
    let dropped = dropped_from(text, skip_last, true);
    let mut records: Vec<Record<'_>> = Vec::new();
    while let Some(record) = block.next_record() {
        if record.start() >= held {
            records.push(record);
        }
    }
    let rows: Vec<LastRow<'_>> = records.iter().map(row).collect();
    let n_above = records.partition_point(|record| record.start() < dropped);
    let (cut, n_above) = match skip_last {
        SkipLast::Lines(_) => (dropped, n_above),
        SkipLast::Auto => {
            let n_above = rows.len() - TableShape::new(header, &rows).n_below(&rows);
            (records.get(n_above).map_or(text.len(), Record::start), n_above)
        }
    };
    let table = TableShape::new(header, &rows[..n_above]);
    let is_cut_short = !matches!(text.last(), None | Some(b'\r' | b'\n'));
    let n_ends = usize::try_from(count_line_ends(&text[cut..])).unwrap_or(usize::MAX);
    let mut passed = Passed { n_lines: n_ends + usize::from(is_cut_short && cut < text.len()), ..Passed::default() };
    for (record, row) in records.iter().zip(&rows).skip(n_above).filter(|(_, row)| !row.is_empty()) {
        passed.add(record.raw());
        if passed.like_data.is_none() && matches!(skip_last, SkipLast::Lines(_)) && table.is_like_data(row) {
            passed.like_data = Some((count_line_ends(&text[cut..record.start()]), excerpt(record.raw())));
        }
    }
    (cut, passed)
}

fn row<'t>(record: &Record<'t>) -> LastRow<'t> {
    LastRow { cells: (0..record.len()).map(|at| record.cell(at)).collect() }
}
