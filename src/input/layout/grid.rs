//! The start of a file as rows and cells under one delimiter.

use super::kind::Kind;
use crate::input::index::Index;
use crate::input::lines::count_line_ends;

/// How many rows are looked at.
const MOST_ROWS: usize = 1000;

/// A cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct GridCell<'t> {
    /// Its text without outer quotes, trimmed.
    pub text: &'t str,
    pub kind: Kind,
    /// How unlikely a cell of a table it is, in hundredths: because other delimiters or stray quotes are in it.
    pub dirt: u32,
    pub is_quoted: bool,
}

/// A row.
#[derive(Debug, Clone)]
pub(super) struct GridRow<'t> {
    /// Its physical line, from 0.
    pub line: u64,
    /// As it stands in the file, without its line end.
    pub raw: &'t str,
    pub cells: Vec<GridCell<'t>>,
    /// How many cells there are up to the last that is filled.
    pub n_used: usize,
    pub n_filled: usize,
}

impl GridRow<'_> {
    /// Whether nothing at all stands in its line.
    pub(super) fn is_blank_line(&self) -> bool {
        self.raw.trim().is_empty()
    }

    /// Whether no more than half of its cells are filled.
    pub(super) fn is_sparse(&self) -> bool {
        self.n_filled * 2 <= self.cells.len()
    }

    /// Whether it has the width of a header, as rows are read: cells beyond it may be there if they are empty.
    pub(super) fn fits(&self, n_columns: usize) -> bool {
        self.cells.len() >= n_columns && self.n_used <= n_columns
    }
}

/// The rows of `text`, which starts at the start of a record. A last row that may go on is left out.
pub(super) fn rows<'t>(text: &'t str, is_whole: bool, delimiter: u8, others: &[u8]) -> Vec<GridRow<'t>> {
    let mut index = Index::default();
    index.fill(text.as_bytes(), [delimiter]);
    let mut rows = Vec::new();
    let mut ends = index.ends().iter().map(|end| *end as usize).peekable();
    let (mut at, mut line) = (0, 0);
    for end in index.rows().iter().map(|end| *end as usize).take(MOST_ROWS) {
        let start = at;
        let mut cells = Vec::new();
        while let Some(cell_end) = ends.next_if(|cell_end| *cell_end <= end) {
            cells.push(cell(&text[at..cell_end], others));
            at = cell_end + 1;
        }
        if text.as_bytes().get(end..end + 2) == Some(b"\r\n") {
            at = end + 2;
        }
        let is_filled = |cell: &GridCell<'_>| !cell.text.is_empty();
        rows.push(GridRow {
            line,
            raw: &text[start..end],
            n_used: cells.iter().rposition(is_filled).map_or(0, |last| last + 1),
            n_filled: cells.iter().filter(|cell| is_filled(cell)).count(),
            cells,
        });
        line += count_line_ends(&text.as_bytes()[start..at.min(text.len())]);
    }
    if !is_whole && rows.len() > 1 && rows.len() < MOST_ROWS {
        rows.pop();
    }
    rows
}

fn cell<'t>(raw: &'t str, others: &[u8]) -> GridCell<'t> {
    let trimmed = raw.trim();
    match raw.strip_prefix('"') {
        Some(rest) => {
            let inner = rest.trim_end().strip_suffix('"');
            let text = inner.unwrap_or(rest).trim();
            // Text behind the closing quote: under another delimiter it is likely to be a cell of its own.
            let is_whole = inner.is_some_and(|inner| !inner.replace("\"\"", "").contains('"'));
            let dirt = if is_whole { 0 } else { 100 };
            GridCell { text, kind: Kind::of(text), dirt, is_quoted: true }
        }
        None => GridCell { text: trimmed, kind: Kind::of(trimmed), dirt: dirt(trimmed, others), is_quoted: false },
    }
}

/// A blank follows the marks of a text; nothing does those of a table.
fn dirt(text: &str, others: &[u8]) -> u32 {
    if Kind::of(text) == Kind::Number {
        return 0;
    }
    let bytes = text.as_bytes();
    let marks = bytes.iter().enumerate().filter(|(_, byte)| others.contains(byte));
    let tight = marks.clone().any(|(at, _)| !matches!(bytes.get(at + 1), None | Some(b' ')));
    let quote = bytes.contains(&b'"');
    if tight || (quote && marks.clone().next().is_some()) {
        100
    } else if marks.count() > 0 || quote {
        25
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_their_lines() {
        let found = rows("a,\"b\nc\"\r\n\r\n1,2,,\n", true, b',', b";");
        let shape: Vec<_> = found.iter().map(|row| (row.line, row.cells.len(), row.n_used, row.n_filled)).collect();
        assert_eq!(shape, [(0, 2, 2, 2), (2, 1, 0, 0), (3, 4, 2, 2)]);
        assert_eq!(rows("a,b\n1,", false, b',', b";").len(), 1);
    }

    #[test]
    fn dirt_is_what_another_delimiter_would_part() {
        let of = |text: &str| rows(text, true, b',', b";\t|")[0].cells[0].dirt;
        assert_eq!(
            [of("a;b"), of("Elm St; Rome"), of("\"a;b\""), of("\"a\";\"b\""), of("5\" pipe")],
            [100, 25, 0, 100, 25]
        );
    }
}
