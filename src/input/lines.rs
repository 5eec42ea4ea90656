//! Physical lines: they end with LF, CR or CR LF, whatever quotes say.

use memchr::{memchr2, memchr2_iter, memrchr2};

/// Where the text of a line or record ends, and where the next one starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LineEnd {
    pub(super) text: usize,
    pub(super) next: usize,
}

/// The end of the line at the start of `text`; `None` if more text is needed, or if there is no line.
pub(super) fn line_end(text: &[u8], is_whole: bool) -> Option<LineEnd> {
    match memchr2(b'\r', b'\n', text) {
        Some(at) => end_at(text, at, is_whole),
        None => end_of_whole(text, is_whole),
    }
}

/// The end whose CR or LF stands at `at`; `None` if it is a CR that an LF may yet follow.
pub(super) fn end_at(text: &[u8], at: usize, is_whole: bool) -> Option<LineEnd> {
    let next = match (text[at], text.get(at + 1)) {
        (b'\r', Some(b'\n')) => at + 2,
        (b'\r', None) if !is_whole => return None,
        _ => at + 1,
    };
    Some(LineEnd { text: at, next })
}

/// The end of a text that does not end with a line end; `None` if it goes on, or if it is empty.
pub(super) fn end_of_whole(text: &[u8], is_whole: bool) -> Option<LineEnd> {
    let end = LineEnd { text: text.len(), next: text.len() };
    (is_whole && !text.is_empty()).then_some(end)
}

/// How many line ends `text` has; a CR LF pair is one.
pub(crate) fn count_line_ends(text: &[u8]) -> u64 {
    memchr2_iter(b'\r', b'\n', text).filter(|&at| text[at] == b'\n' || text.get(at + 1) != Some(&b'\n')).count() as u64
}

/// Where the last `n_lines` lines of `text` start. If the text goes on, an unfinished last line comes on top of them.
pub(super) fn last_lines_start(text: &[u8], n_lines: usize, is_whole: bool) -> usize {
    let mut start = text.len();
    if !is_whole || !matches!(text.last(), Some(b'\r' | b'\n')) {
        start = memrchr2(b'\r', b'\n', text).map_or(0, |at| at + 1);
        if is_whole {
            return n_lines.checked_sub(1).map_or(text.len(), |n| lines_back(text, start, n));
        }
    }
    lines_back(text, start, n_lines)
}

/// The start of the line `n_lines` before the one that starts at `start`.
fn lines_back(text: &[u8], mut start: usize, n_lines: usize) -> usize {
    for _ in 0..n_lines {
        let line_end = match text[..start] {
            [] => return 0,
            [.., b'\r', b'\n'] => start - 2,
            _ => start - 1,
        };
        start = memrchr2(b'\r', b'\n', &text[..line_end]).map_or(0, |at| at + 1);
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_lines_are_physical() {
        let start = |text: &str, n, whole| last_lines_start(text.as_bytes(), n, whole);
        assert_eq!(start("a\nb\r\nc", 2, true), 2);
        assert_eq!(start("a\nb\r\nc\n", 2, true), 2);
        assert_eq!(start("a\nb\r\n\n", 2, true), 2);
        assert_eq!(start("a\nb\r\nc", 0, true), 6);
        assert_eq!(start("a\nb", 7, true), 0);
        assert_eq!(start("a\nb\nc", 1, false), 2);
        assert_eq!(start("a\nb\nc\r", 1, false), 4);
    }
}
