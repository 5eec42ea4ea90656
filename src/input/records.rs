//! Where records end, for those who cut a text without looking at cells.

use memchr::memrchr2;

use super::lines::{LineEnd, end_at, end_of_whole};
use super::scan::Scan;

/// The end of the record at the start of `text`. If more text is needed, `Err` has the place of the quote that is open, if one
/// is; so it has if a text that `is_whole` ends inside quotes.
pub(super) fn record_end<const N: usize>(
    text: &[u8],
    delimiters: [u8; N],
    is_whole: bool,
) -> Result<LineEnd, Option<usize>> {
    let mut scan = Scan::new(text, delimiters);
    while let Some((at, chunk)) = scan.step() {
        let ends = chunk.line_ends & !chunk.quoted;
        if ends != 0 {
            return end_at(text, at + ends.trailing_zeros() as usize, is_whole).ok_or(None);
        }
    }
    if scan.in_quotes {
        return Err(Some(scan.opened));
    }
    end_of_whole(text, is_whole).ok_or(None)
}

/// Behind the last record end in `text`, if there is one, and the place of a quote that is left open.
pub(super) fn last_record_end(text: &[u8], delimiter: u8, is_whole: bool) -> (Option<usize>, Option<usize>) {
    // A CR that an LF may yet follow is no certain end.
    let certain = match text.split_last() {
        Some((b'\r', before)) if !is_whole => before,
        _ => text,
    };
    let behind = |end: usize| match certain.get(end..end + 2) {
        Some(b"\r\n") => end + 2,
        _ => end + 1,
    };
    let mut scan = Scan::new(certain, [delimiter]);
    let mut last = None;
    loop {
        let plain = scan.skip_plain();
        let found = memrchr2(b'\r', b'\n', &certain[plain.clone()]);
        last = found.map(|end| plain.start + end).or(last);
        let Some((at, chunk)) = scan.step() else {
            break;
        };
        let ends = chunk.line_ends & !chunk.quoted;
        if ends != 0 {
            last = Some(at + 63 - ends.leading_zeros() as usize);
        }
    }
    (last.map(behind), scan.in_quotes.then_some(scan.opened))
}

#[cfg(test)]
mod tests {
    use super::super::index::Index;
    use super::*;

    #[test]
    fn quotes_hide_marks_wherever_chunks_end() {
        for n_before in 0..130 {
            let lead = "x".repeat(n_before);
            let text = format!("{lead},\"b\"\"\n\"\",\",c\"d\"\n\"e\r\nf");
            let mut index = Index::default();
            index.fill(text.as_bytes(), [b',']);
            let ends: Vec<_> = index.ends().iter().map(|&at| at as usize - n_before).collect();
            assert_eq!(ends, [0, 10, 15, text.len() - n_before]);
            assert_eq!(index.rows(), &index.ends()[2..]);
            let open = n_before + 16;
            assert_eq!(last_record_end(text.as_bytes(), b',', false), (Some(open), Some(open)));
            let end = record_end(text.as_bytes(), [b','], false).unwrap();
            assert_eq!((end.text, end.next), (open - 1, open));
        }
    }

    #[test]
    fn a_last_cr_is_uncertain() {
        assert_eq!(last_record_end(b"\"a\"\nb\r", b',', false).0, Some(4));
        assert_eq!(last_record_end(b"\"a\"\nb\r", b',', true).0, Some(6));
        assert_eq!(last_record_end(b"a\r\n", b',', false).0, Some(3));
        assert_eq!(record_end(b"b\r", [b','], false), Err(None));
    }
}
