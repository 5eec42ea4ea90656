//! One record and its cells, borrowed from the block they stand in.
//!
//! Cells are unquoted and trimmed when they are asked for, so that a column nobody needs costs nothing. Types are no business
//! of this module.

use std::borrow::Cow;

use memchr::memchr;

use super::index::ROW_END;

/// A record of a [`super::Block`].
#[derive(Debug, Clone, Copy)]
pub struct Record<'r> {
    /// The text of the whole block.
    pub(super) text: &'r str,
    /// Where the record starts in it.
    pub(super) start: usize,
    /// Where each cell ends in it, with [`ROW_END`] at the last; one delimiter lies between a cell and the next.
    pub(super) ends: &'r [u32],
    pub(super) line: u64,
    pub(super) is_damaged: bool,
}

impl<'r> Record<'r> {
    /// How many cells the record has: at least one.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "no record is without cells")]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The physical line where the record starts, counted from 0 at the start of its block.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The record's text as it stands in the file, without its line end. Damaged bytes appear as U+FFFD.
    #[must_use]
    pub fn raw(&self) -> &'r str {
        let end = self.ends.last().map_or(self.start, |&end| place(end));
        &self.text[self.start..end]
    }

    /// Whether the record has bytes that are not valid in the file's encoding.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// Whether all cells are empty after trimming. A blank line is such a row.
    #[must_use]
    pub fn is_empty_row(&self) -> bool {
        (0..self.len()).all(|i| self.cell(i).is_empty())
    }

    /// The cell, unquoted (doubled quotes undone) and trimmed of Unicode white space. Beyond the last cell it is empty; compare
    /// [`Self::len`] with the header's.
    #[must_use]
    pub fn cell(&self, i: usize) -> Cow<'r, str> {
        let written = self.written(i);
        if written.starts_with('"') {
            return match unquoted(written) {
                Cow::Borrowed(text) => Cow::Borrowed(trimmed(text)),
                Cow::Owned(text) => Cow::Owned(trimmed(&text).to_owned()),
            };
        }
        Cow::Borrowed(trimmed(written))
    }

    /// The cell, unquoted but not trimmed: the field as the `csv` crate reads it.
    #[must_use]
    pub fn untrimmed(&self, i: usize) -> Cow<'r, str> {
        unquoted(self.written(i))
    }

    /// The cell as it stands in the file, with its quotes and blanks. Beyond the last cell it is empty.
    #[must_use]
    pub fn written(&self, i: usize) -> &'r str {
        let Some(&end) = self.ends.get(i) else {
            return "";
        };
        let start = match i.checked_sub(1) {
            None => self.start,
            Some(before) => place(self.ends[before]) + 1,
        };
        &self.text[start..place(end)]
    }
}

/// The end of a cell without [`ROW_END`].
fn place(end: u32) -> usize {
    (end & !ROW_END) as usize
}

/// Trims Unicode white space; text that begins and ends with visible ASCII, as nearly all does, is recognised by two bytes.
fn trimmed(text: &str) -> &str {
    let is_visible = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if is_visible(bytes.first()) && is_visible(bytes.last()) {
        return text;
    }
    text.trim()
}

/// Undoes the quotes of a cell. What follows the closing quote belongs to the cell as it is.
fn unquoted(written: &str) -> Cow<'_, str> {
    let Some(inner) = written.strip_prefix('"') else {
        return Cow::Borrowed(written);
    };
    match memchr(b'"', inner.as_bytes()) {
        None => Cow::Borrowed(inner),
        Some(quote) if quote + 1 == inner.len() => Cow::Borrowed(&inner[..quote]),
        Some(_) => Cow::Owned(undoubled(inner)),
    }
}

/// The text from behind an opening quote on, with doubled quotes undone and the closing one removed.
fn undoubled(mut rest: &str) -> String {
    let mut text = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('"') {
        text.push_str(before);
        rest = after;
        let Some(after) = rest.strip_prefix('"') else {
            break;
        };
        text.push('"');
        rest = after;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_undone() {
        let cases = [
            ("\"a\"", "a"),
            ("\"a\"\"b\"", "a\"b"),
            ("\"a\"b\"c\"\"", "ab\"c\"\""),
            ("\"\"", ""),
            ("\"\"\"\"", "\""),
            ("a\"\"b", "a\"\"b"),
            (" \"a\"", " \"a\""),
        ];
        for (written, text) in cases {
            assert_eq!(unquoted(written), text, "{written}");
        }
    }
}
