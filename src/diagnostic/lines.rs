//! Where in a text a byte is: its line and column.

/// The line and column of a byte, both counted from 1, the column in characters.
///
/// A byte-order mark has no column; an offset beyond the text is its end.
#[must_use]
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let place = Lines::new(text).place(offset);
    (place.line, place.column)
}

/// A text with the offsets of its lines, so that finding a place costs a search and not a walk.
pub(crate) struct Lines<'a> {
    pub(crate) text: &'a str,
    starts: Vec<usize>,
}

/// Where a byte is: its offset moved into the text, its line and column from 1, and the bytes of that line.
pub(crate) struct LineColumn {
    pub(crate) offset: usize,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) line_start: usize,
    pub(crate) line_end: usize,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let first = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let later = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(first).chain(later).collect() }
    }

    pub(crate) fn place(&self, offset: usize) -> LineColumn {
        let index = self.starts.partition_point(|start| *start <= offset).max(1) - 1;
        let line_start = self.starts[index];
        let past = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text[line_start..past].trim_end_matches('\r');
        let line_end = line_start + line.len();
        let offset = self.text.floor_char_boundary(offset.clamp(line_start, line_end));
        LineColumn {
            offset,
            line: index + 1,
            column: self.text[line_start..offset].chars().count() + 1,
            line_start,
            line_end,
        }
    }
}
