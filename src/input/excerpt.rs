//! Some lines of a file as they stand there, byte for byte, whatever its encoding: for rows that someone has to mend.
//!
//! Lines are physical ones, counted as everywhere here; records and cells are no business of this module.

use super::error::InputError;
use super::source::ByteSource;
use memchr::memchr2_iter;
use std::collections::VecDeque;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

/// How much is read at once; even, so that no UTF-16 unit is cut.
const PIECE_BYTES: usize = 256 << 10;

/// How many bytes stand for a line end, and where in them its ASCII byte is.
#[derive(Clone, Copy)]
struct LineBreak {
    n_bytes: usize,
    ascii_at: usize,
}

/// Copies the lines in `wanted` (numbers from 1, ascending, not overlapping) and the last `n_last` lines of a file in `encoding`,
/// unpacked if it is compressed.
///
/// # Errors
/// When the file can't be read; within, when `to` can't be written.
pub fn copy_lines(
    path: &Path,
    encoding: &str,
    wanted: &[Range<u64>],
    n_last: usize,
    to: &mut dyn Write,
) -> Result<io::Result<()>, InputError> {
    let unit = match encoding {
        encoding if encoding.starts_with("UTF-16LE") => LineBreak { n_bytes: 2, ascii_at: 0 },
        encoding if encoding.starts_with("UTF-16BE") => LineBreak { n_bytes: 2, ascii_at: 1 },
        _ => LineBreak { n_bytes: 1, ascii_at: 0 },
    };
    let mut source = ByteSource::open(path, None)?;
    let mut copy = Copy { line: 1, after_cr: false, wanted, last: VecDeque::new(), n_last, to };
    let mut piece = Vec::with_capacity(PIECE_BYTES + 64);
    while !source.ended {
        piece.clear();
        source.read(&mut piece, PIECE_BYTES)?;
        if let Err(error) = copy.piece(&piece, unit) {
            return Ok(Err(error));
        }
    }
    Ok(copy.finish())
}

struct Copy<'c> {
    /// The number of the line that is being read.
    line: u64,
    /// Whether the line before ended in a CR, to which an LF may belong.
    after_cr: bool,
    wanted: &'c [Range<u64>],
    /// The last lines so far, with their numbers.
    last: VecDeque<(u64, Vec<u8>)>,
    n_last: usize,
    to: &'c mut dyn Write,
}

impl Copy<'_> {
    fn piece(&mut self, piece: &[u8], unit: LineBreak) -> io::Result<()> {
        let mut start = 0;
        let is_end = |at: &usize| {
            let first = at - at % unit.n_bytes;
            let others = piece.get(first..first + unit.n_bytes).is_some_and(|unit_bytes| {
                unit_bytes.iter().enumerate().all(|(index, byte)| index == unit.ascii_at || *byte == 0)
            });
            at % unit.n_bytes == unit.ascii_at && others
        };
        for at in memchr2_iter(b'\r', b'\n', piece).filter(is_end) {
            let end = at - unit.ascii_at + unit.n_bytes;
            let is_lf = piece[at] == b'\n';
            if is_lf && self.after_cr && end == start + unit.n_bytes {
                self.emit(self.line - 1, &piece[start..end])?;
                self.after_cr = false;
            } else {
                self.emit(self.line, &piece[start..end])?;
                self.line += 1;
                self.after_cr = !is_lf;
            }
            start = end;
        }
        if start < piece.len() {
            self.after_cr = false;
            self.emit(self.line, &piece[start..])?;
        }
        Ok(())
    }

    /// Takes some bytes of a line.
    fn emit(&mut self, line: u64, bytes: &[u8]) -> io::Result<()> {
        while self.wanted.first().is_some_and(|range| range.end <= line) {
            self.wanted = &self.wanted[1..];
        }
        let is_wanted = self.wanted.first().is_some_and(|range| range.contains(&line));
        if self.n_last > 0 {
            // What was written already must not come again with the last lines.
            let kept: &[u8] = if is_wanted { &[] } else { bytes };
            match self.last.back_mut() {
                Some((number, text)) if *number == line => text.extend_from_slice(kept),
                _ => self.last.push_back((line, kept.to_vec())),
            }
            if self.last.len() > self.n_last {
                self.last.pop_front();
            }
        }
        if is_wanted { self.to.write_all(bytes) } else { Ok(()) }
    }

    fn finish(mut self) -> io::Result<()> {
        let last = std::mem::take(&mut self.last);
        last.iter().try_for_each(|(_, text)| self.to.write_all(text))
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these tests make files")]
mod tests {
    use super::*;

    fn copied(bytes: &[u8], encoding: &str, wanted: &[(u64, u64)], n_last: usize) -> Vec<u8> {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("x.csv");
        std::fs::write(&path, bytes).unwrap();
        let wanted: Vec<_> = wanted.iter().map(|(from, end)| *from..*end).collect();
        let mut to = Vec::new();
        copy_lines(&path, encoding, &wanted, n_last, &mut to).unwrap().unwrap();
        to
    }

    #[test]
    fn lines_come_as_they_are() {
        let text = b"h\r\na\rb\nc\r\n\xFF\nlast";
        let lines: [&[u8]; 6] = [b"h\r\n", b"a\r", b"b\n", b"c\r\n", b"\xFF\n", b"last"];
        for (number, line) in (1..).zip(lines) {
            assert_eq!(copied(text, "windows-1252", &[(number, number + 1)], 0), line);
        }
        assert_eq!(copied(text, "UTF-8", &[(1, 2), (4, 6)], 1), b"h\r\nc\r\n\xFF\nlast");
        assert_eq!(copied(text, "UTF-8", &[(1, 2), (6, 7)], 2), b"h\r\nlast\xFF\n".as_slice());
        assert_eq!(copied(b"", "UTF-8", &[(1, 2)], 3), b"");
    }

    #[test]
    fn utf16_lines_end_at_whole_units() {
        let of = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        // U+0A0D and U+0D0A have both bytes of a line end and are none.
        let (text, third) = ("h\r\n\u{a0d}\u{d0a}\nx\rlast", "x\r");
        for (name, bytes) in [("UTF-16LE", u16::to_le_bytes as fn(u16) -> [u8; 2]), ("UTF-16BE", u16::to_be_bytes)] {
            assert_eq!(copied(&of(text, bytes), name, &[(3, 4)], 0), of(third, bytes));
        }
    }

    #[test]
    fn a_line_end_may_fall_between_two_pieces() {
        let long = vec![b'x'; PIECE_BYTES - 1];
        let text = [&long[..], b"\r\nb\n"].concat();
        assert_eq!(copied(&text, "UTF-8", &[(2, 3)], 0), b"b\n");
        assert_eq!(copied(&text, "UTF-8", &[(1, 2)], 0), text[..=PIECE_BYTES]);
    }
}
