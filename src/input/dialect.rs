//! Reads the header, whose place and delimiter are known: passes over the lines before it and parts its cells.

use super::block::header_cells;
use super::error::MAX_COLUMNS;
use super::lines::{LineEnd, count_line_ends, line_end};
use super::records::record_end;

/// Where the header and the data of a file start.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// Empty if there are too many columns.
    pub(super) header: Vec<String>,
    pub(super) n_columns: usize,
    pub(super) header_line: u64,
    pub(super) data_line: u64,
    /// Where the data start in the text.
    pub(super) data: usize,
}

/// Why there is no header (yet).
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoStart {
    /// The text so far does not reach its end.
    MoreNeeded {
        /// The line where the header starts, or as far as was seen.
        line: u64,
        /// The line of a quote in it that is still open.
        quote_line: Option<u64>,
    },
    /// The text is over.
    None {
        /// How many lines were passed over, blank ones before the header aside.
        n_skipped: usize,
    },
}

/// Reads the header in `text`, the start of a file and, if `is_whole`, all of it.
pub(super) fn find_start(text: &[u8], is_whole: bool, delimiter: u8, skip_first: usize) -> Result<Start, NoStart> {
    let first = line_end(text, is_whole);
    let declared = first.and_then(|end| declared_delimiter(&text[..end.text]));
    let n_skipped = skip_first.max(usize::from(declared.is_some()));
    let (mut at, mut line) = (0, 1);
    loop {
        let rest = &text[at..];
        let Some(end) = line_end(rest, is_whole) else {
            return Err(if is_whole {
                NoStart::None { n_skipped }
            } else {
                let quote_line = None;
                NoStart::MoreNeeded { line, quote_line }
            });
        };
        if line > n_skipped as u64 && !is_blank(&rest[..end.text]) {
            break;
        }
        at += end.next;
        line += 1;
    }
    header_at(&text[at..], is_whole, delimiter)
        .map(|start| Start { header_line: line, data_line: line + start.data_line, data: at + start.data, ..start })
        .map_err(|open| NoStart::MoreNeeded {
            line,
            quote_line: open.map(|open| line + count_line_ends(&text[at..at + open])),
        })
}

/// Reads the header at the start of `text`; lines and places count from there. `Err` has the place of an open quote.
fn header_at(text: &[u8], is_whole: bool, delimiter: u8) -> Result<Start, Option<usize>> {
    let LineEnd { text: end, next } = record_end(text, [delimiter], is_whole)?;
    let (n_columns, header) = header_cells(&text[..end], delimiter, MAX_COLUMNS);
    Ok(Start { header, n_columns, header_line: 0, data_line: count_line_ends(&text[..next]), data: next })
}

/// The delimiter that a first line `sep=;`, as Excel writes and reads it, declares.
pub(super) fn declared_delimiter(line: &[u8]) -> Option<u8> {
    let (word, value) = line.split_at_checked(4)?;
    let is_declaration = word.eq_ignore_ascii_case(b"sep=");
    match *value {
        [delimiter] if is_declaration && can_delimit(delimiter) => Some(delimiter),
        _ => None,
    }
}

fn can_delimit(byte: u8) -> bool {
    byte == b'\t' || (byte.is_ascii_punctuation() && byte != b'"')
}

/// Nothing but Unicode white space.
pub(super) fn is_blank(line: &[u8]) -> bool {
    str::from_utf8(line).is_ok_and(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(text: &str, delimiter: u8, skip_first: usize) -> Result<Start, NoStart> {
        find_start(text.as_bytes(), true, delimiter, skip_first)
    }

    #[test]
    fn lines_before_the_header_are_passed_over() {
        let text = "Report\r\n\n\u{a0} \n\"na\nme\"; age \n1;2\n";
        let found = start(text, b';', 1).unwrap();
        assert_eq!(found.header, ["na\nme", "age"]);
        assert_eq!((found.header_line, found.data_line), (4, 6));
        assert_eq!(&text[found.data..], "1;2\n");
        assert_eq!(start(text, b';', 9), Err(NoStart::None { n_skipped: 9 }));
    }

    #[test]
    fn a_sep_line_is_one_of_the_skipped() {
        for skip_first in [0, 1] {
            let found = start("sep=;\na,b,c;d\n", b';', skip_first).unwrap();
            assert_eq!(found.header, ["a,b,c", "d"]);
        }
        assert_eq!(start("sep=;\nx\na|b\n", b';', 2).unwrap().header, ["a|b"]);
        assert_eq!(start("sep=;\n", b';', 0), Err(NoStart::None { n_skipped: 1 }));
    }

    #[test]
    fn an_unfinished_header_asks_for_more() {
        let more = |quote_line| Err(NoStart::MoreNeeded { line: 2, quote_line });
        assert_eq!(find_start(b"\na,\"b\n", false, b',', 0), more(Some(2)));
        assert_eq!(find_start(b"\na,b\r", false, b',', 0), more(None));
        assert_eq!(find_start(b"\na,b", false, b',', 0), more(None));
    }
}
