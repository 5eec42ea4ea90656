//! Where records end, for those who cut a text without looking at cells.
#![expect(clippy::inline_always, reason = "only what becomes part of a function made for wide vectors may use them")]

use fearless_simd::{Level, Simd, dispatch};

use super::classes::{CHUNK, GROUP, hold};
use super::lines::{LineEnd, end_at, end_of_whole};
use super::scan::Scan;

/// How far behind the end of a text its last record end is nearly always found.
const NEAR: usize = 8 * GROUP;

/// The end of the record at the start of `text`. If more text is needed, `Err` has the place of the quote that is open, if one
/// is; so it has if a text that `is_whole` ends inside quotes.
pub(super) fn record_end<const N: usize>(
    text: &[u8],
    delimiters: [u8; N],
    is_whole: bool,
) -> Result<LineEnd, Option<usize>> {
    let found = dispatch!(Level::new(), simd => first_end(Scan::new(simd, delimiters), text));
    match found {
        Ok(end) => end_at(text, end, is_whole).ok_or(None),
        Err(Some(open)) => Err(Some(open)),
        Err(None) => end_of_whole(text, is_whole).ok_or(None),
    }
}

/// Behind the last record end in `text`, if there is one, and the place of a quote that is left open.
pub(super) fn last_record_end(text: &[u8], delimiter: u8, is_whole: bool) -> (Option<usize>, Option<usize>) {
    last_record_end_on(Level::new(), text, delimiter, is_whole)
}

/// The same with the instructions of a kind of processor.
pub(super) fn last_record_end_on(
    level: Level,
    text: &[u8],
    delimiter: u8,
    is_whole: bool,
) -> (Option<usize>, Option<usize>) {
    // A CR that an LF may yet follow is no certain end.
    let certain = match text.split_last() {
        Some((b'\r', before)) if !is_whole => before,
        _ => text,
    };
    let behind = |end: usize| match certain.get(end..end + 2) {
        Some(b"\r\n") => end + 2,
        _ => end + 1,
    };
    let (last, open) = dispatch!(level, simd => last_end(Scan::new(simd, [delimiter]), certain));
    (last.map(behind), open)
}

/// The first record end, or else the place of the quote that is left open.
#[inline(always)]
fn first_end<S: Simd, const N: usize>(mut scan: Scan<S, N>, text: &[u8]) -> Result<usize, Option<usize>> {
    let mut opened = None;
    for bytes in text.chunks(CHUNK) {
        let at = scan.at;
        let found = scan.step(bytes);
        let ends = found.line_ends & !found.quoted;
        if ends != 0 {
            return Ok(at + ends.trailing_zeros() as usize);
        }
        opened = last_place(at, found.opening).or(opened);
    }
    Err(opened.filter(|_| scan.in_quotes()))
}

/// The last record end, and the place of the quote that is left open.
#[inline(always)]
fn last_end<S: Simd, const N: usize>(start: Scan<S, N>, text: &[u8]) -> (Option<usize>, Option<usize>) {
    // Each quote may decide what those behind it are, so all of them are looked at; ends only where the last one may be.
    let mut scan = start;
    let mut near = [start; 2];
    for stretch in text.chunks(NEAR) {
        near = [near[1], scan];
        for group in stretch.chunks(GROUP) {
            let (chunks, _) = group.as_chunks();
            if !scan.in_quotes() && !hold(scan.simd, chunks, [b'"']) {
                scan.pass(chunks);
            } else {
                for chunk in chunks {
                    scan.chunk(chunk);
                }
            }
        }
    }
    let found = last_end_from(near[0], text);
    if found.0.is_none() && near[0].at > 0 { last_end_from(start, text) } else { found }
}

/// The last record end behind what the scan has passed.
#[inline(always)]
fn last_end_from<S: Simd, const N: usize>(mut scan: Scan<S, N>, text: &[u8]) -> (Option<usize>, Option<usize>) {
    let (mut last, mut opened) = (None, None);
    for bytes in text[scan.at..].chunks(CHUNK) {
        let at = scan.at;
        let found = scan.step(bytes);
        last = last_place(at, found.line_ends & !found.quoted).or(last);
        opened = last_place(at, found.opening).or(opened);
    }
    (last, opened.filter(|_| scan.in_quotes()))
}

/// The place of the highest bit of a chunk that starts at `at`.
#[inline(always)]
fn last_place(at: usize, bits: u64) -> Option<usize> {
    (bits != 0).then(|| at + 63 - bits.leading_zeros() as usize)
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
