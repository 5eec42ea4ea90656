//! Bytes → UTF-8: recognises a file's encoding and transcodes what is not UTF-8 already.
//!
//! Bytes that are malformed in the file's encoding come out as bytes that are malformed in UTF-8, so that one check further on
//! finds damage in every encoding. Nothing here knows lines or cells.

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::below::excerpt;
use super::charset::{self, Verdict};
use super::doubt::{DoubtCause, EncodingDoubt};
use super::error::InputError;
use super::lines::count_line_ends;
use super::sniff::{self, HEAD_BYTES};
use super::source::ByteSource;

/// How many bytes, from the first that is not ASCII, decide about the encoding.
const WINDOW_BYTES: usize = 64 << 10;

/// Stands for a malformed sequence: no UTF-8 text contains it.
const MALFORMED: u8 = 0xFF;

/// Where a piece of knowledge about a file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// The rulebook or the command line named it.
    Named,
    /// The file itself says so: a byte order mark, or a `sep=` line.
    Declared,
    /// It was recognised by its looks.
    Recognised,
    /// Nothing spoke for anything else.
    Default,
}

enum Mode {
    /// Only ASCII so far: nothing is decided yet.
    Ascii,
    Utf8,
    Other(Decoder),
}

/// A file's text as UTF-8 bytes, from front to back.
pub(super) struct DecodedText {
    source: ByteSource,
    mode: Mode,
    /// The encoding's name for people.
    pub(super) encoding: &'static str,
    pub(super) origin: Provenance,
    /// Raw bytes that were read ahead.
    pending: Vec<u8>,
    /// How many raw bytes were handed out: the offset of the next one.
    offset: u64,
    /// True once the last byte was handed out.
    pub(super) ended: bool,
    /// Why the encoding may be wrong. Its line counts from 0 where the text stops being ASCII.
    doubt: Option<EncodingDoubt>,
    /// Whether a named encoding was compared with the looks of the text.
    is_compared: bool,
}

impl DecodedText {
    /// Looks at the start of `source`; what is no text is an error.
    pub(super) fn open(mut source: ByteSource, named: Option<&'static Encoding>) -> Result<Self, InputError> {
        let mut pending = Vec::new();
        source.read(&mut pending, HEAD_BYTES)?;
        let foreign = |found| InputError::Foreign { path: source.path().to_owned(), found };
        if let Some(found) = sniff::by_magic(&pending) {
            return Err(foreign(found));
        }
        let (encoding, origin, bom_bytes) = recognise(&pending, named);
        if let Some(ranges) = source.ranges() {
            ranges.add(0, &pending[..bom_bytes]);
        }
        pending.drain(..bom_bytes);
        let found = match encoding {
            Some(wide) if wide == UTF_16LE || wide == UTF_16BE => {
                let (text, _) = wide.decode_without_bom_handling(&pending);
                sniff::by_text(text.as_bytes())
            }
            _ => sniff::by_text(&pending),
        };
        if let Some(found) = found {
            return Err(foreign(found));
        }
        Ok(Self {
            mode: match encoding {
                None => Mode::Ascii,
                Some(encoding) if encoding == UTF_8 => Mode::Utf8,
                Some(encoding) => Mode::Other(encoding.new_decoder_without_bom_handling()),
            },
            encoding: match encoding {
                Some(encoding) if encoding == UTF_8 && bom_bytes > 0 => "UTF-8 with BOM",
                other => other.unwrap_or(UTF_8).name(),
            },
            origin,
            ended: source.ended && pending.is_empty(),
            pending,
            offset: bom_bytes as u64,
            source,
            doubt: None,
            is_compared: false,
        })
    }

    /// Where in the file the next bytes of [`fill`](Self::fill) stand, if they are the file's own.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether more can be read before what went wrong behind `buffer` has to be told.
    pub(super) fn may_fill(&self, buffer: &[u8]) -> bool {
        !self.ended && (buffer.is_empty() || !self.pending.is_empty() || !self.source.has_failed())
    }

    /// The bytes below.
    pub(super) fn source(&self) -> &ByteSource {
        &self.source
    }

    /// Appends about `want` bytes of text to `buffer`, and at least one unless the text has ended. Returns how many of them are the
    /// file's own bytes, not yet summed up; these come first.
    pub(super) fn fill(&mut self, buffer: &mut Vec<u8>, want: usize) -> Result<usize, InputError> {
        let (before, mut n_own) = (buffer.len(), 0);
        while buffer.len() == before && !self.ended {
            match self.mode {
                Mode::Ascii | Mode::Utf8 => n_own += self.pass_on(buffer, want)?,
                Mode::Other(_) => self.transcode(buffer, want)?,
            }
        }
        Ok(n_own)
    }

    /// Whether to read on where so many bytes are at hand: those come before what went wrong behind them is told.
    fn may_read(&self, n_at_hand: usize) -> bool {
        !self.source.ended && (n_at_hand == 0 || !self.source.has_failed())
    }

    /// What is UTF-8 goes straight into the caller's buffer. Returns how many bytes it is.
    fn pass_on(&mut self, buffer: &mut Vec<u8>, want: usize) -> Result<usize, InputError> {
        let before = buffer.len();
        let n_pending = self.pending.len().min(want);
        buffer.extend(self.pending.drain(..n_pending));
        if n_pending < want && self.may_read(n_pending) {
            let at = self.offset + n_pending as u64;
            self.source.read(buffer, up_to_even_place(at, want - n_pending))?;
        }
        if matches!(self.mode, Mode::Ascii) && !buffer[before..].is_ascii() {
            let n_ascii = buffer[before..].iter().take_while(|b| b.is_ascii()).count();
            let mut rest = buffer.split_off(before + n_ascii);
            rest.append(&mut self.pending);
            self.pending = rest;
            self.decide(&buffer[before_word(buffer)..])?;
        } else {
            self.ended = self.source.ended && self.pending.is_empty();
        }
        let n_own = buffer.len() - before;
        self.offset += n_own as u64;
        Ok(n_own)
    }

    /// Why the encoding may be wrong, and the line where that shows if the text stops being ASCII in `text`, from 0 where that starts.
    pub(super) fn doubt(&self) -> Option<&EncodingDoubt> {
        self.doubt.as_ref()
    }

    /// The line of the doubt, from 0 where `text` starts, if it is in this text that the file stops being ASCII.
    pub(super) fn doubt_line(&self, text: &[u8]) -> Option<u64> {
        let lines_on = self.doubt.as_ref()?.line?;
        let at = text.iter().position(|byte| !byte.is_ascii())?;
        Some(count_line_ends(&text[..at]) + lines_on)
    }

    /// Decides about the encoding by a window that starts at the first byte that is not ASCII, whatever the block size. `before` is
    /// the start of its word.
    fn decide(&mut self, before: &[u8]) -> Result<(), InputError> {
        let window = self.window(0)?;
        let shares = Utf8Shares::of(window);
        let verdict = (!shares.is_most()).then(|| charset::recognise(before, window));
        let (mode, encoding, doubt) = match verdict {
            Some(verdict) if !(verdict.is_latin_or_odd() && shares.is_no_chance()) => {
                let doubt = shares.doubt(window, &verdict).or(verdict.doubt);
                let doubt = doubt.map(|(cause, line)| EncodingDoubt { cause, line: Some(line) });
                (Mode::Other(verdict.encoding.new_decoder_without_bom_handling()), verdict.encoding.name(), doubt)
            }
            // What is no UTF-8 is damage: its rows are rejected, and told.
            _ => (Mode::Utf8, self.encoding, None),
        };
        self.origin = Provenance::Recognised;
        (self.mode, self.encoding, self.doubt) = (mode, encoding, doubt);
        Ok(())
    }

    /// The bytes by which an encoding is told, from a place in what was read ahead.
    fn window(&mut self, at: usize) -> Result<&[u8], InputError> {
        let n_missing = (at + WINDOW_BYTES).saturating_sub(self.pending.len());
        if n_missing > 0 && self.may_read(self.pending.len()) {
            self.source.read(&mut self.pending, n_missing)?;
        }
        let window = &self.pending[at..];
        Ok(&window[..WINDOW_BYTES.min(window.len())])
    }

    /// Looks once whether the text, read as its name says, would be UTF-8: an export whose encoding has changed since it was named.
    fn compare(&mut self) -> Result<(), InputError> {
        if self.origin != Provenance::Named || self.is_compared || self.encoding.starts_with("UTF-") {
            return Ok(());
        }
        if let Some(at) = self.pending.iter().position(|byte| !byte.is_ascii()) {
            let looks_utf8 = Utf8Shares::of(self.window(at)?).is_most();
            self.doubt = looks_utf8.then_some(EncodingDoubt { cause: DoubtCause::LooksUtf8, line: None });
            self.is_compared = true;
        }
        Ok(())
    }

    fn transcode(&mut self, buffer: &mut Vec<u8>, want: usize) -> Result<(), InputError> {
        let n_missing = want.saturating_sub(self.pending.len());
        if n_missing > 0 && self.may_read(self.pending.len()) {
            self.source.read(&mut self.pending, n_missing)?;
        }
        self.compare()?;
        let n_now = self.pending.len().min(want);
        let last = self.source.ended && n_now == self.pending.len();
        if let Mode::Other(decoder) = &mut self.mode {
            decode(decoder, &self.pending[..n_now], last, buffer);
        }
        if let Some(ranges) = self.source.ranges() {
            ranges.add(self.offset, &self.pending[..n_now]);
        }
        self.offset += n_now as u64;
        self.pending.drain(..n_now);
        self.ended = last;
        Ok(())
    }
}

/// How much to read at an offset where about `want` bytes are wanted. What is read ends at a multiple of about an eighth of that:
/// so blocks are few subtrees of BLAKE3, whatever was read before them.
fn up_to_even_place(offset: u64, want: usize) -> usize {
    let unit = (want / 8).next_power_of_two() as u64;
    let beyond = (offset + want as u64) % unit;
    usize::try_from(beyond).map_or(want, |beyond| want - beyond)
}

/// Appends `bytes` as UTF-8, with [`MALFORMED`] in place of every malformed sequence.
fn decode(decoder: &mut Decoder, mut bytes: &[u8], last: bool, buffer: &mut Vec<u8>) {
    loop {
        let at = buffer.len();
        let room = decoder
            .max_utf8_buffer_length_without_replacement(bytes.len())
            .expect("a block's length times three fits the address space");
        buffer.resize(at + room.max(16), 0);
        let (result, n_read, n_written) = decoder.decode_to_utf8_without_replacement(bytes, &mut buffer[at..], last);
        buffer.truncate(at + n_written);
        bytes = &bytes[n_read..];
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::Malformed(..) => buffer.push(MALFORMED),
            DecoderResult::OutputFull => {}
        }
    }
}

/// The encoding that the first bytes show, its origin, and the length of the byte order mark. A mark wins over a name: it is
/// the file's own word, and no text in another encoding begins with one.
fn recognise(head: &[u8], named: Option<&'static Encoding>) -> (Option<&'static Encoding>, Provenance, usize) {
    if let Some((encoding, bom_bytes)) = Encoding::for_bom(head) {
        // A program that adds a mark to a file that has one leaves two.
        let n_marks = head.chunks(bom_bytes).take_while(|mark| *mark == &head[..bom_bytes]).count();
        return (Some(encoding), Provenance::Declared, n_marks * bom_bytes);
    }
    if let Some(encoding) = named {
        return (Some(encoding), Provenance::Named, 0);
    }
    match utf16_by_zeros(head).or_else(|| utf16_by_line_ends(head)) {
        Some(encoding) => (Some(encoding), Provenance::Recognised, 0),
        None => (None, Provenance::Default, 0),
    }
}

/// UTF-16 without a mark: mostly Latin text, so every other byte is mostly zero and the ones between never are.
fn utf16_by_zeros(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |skip: usize| head.iter().skip(skip).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() / 2 * 3 / 4;
    if head.len() < 4 || even.max(odd) < most.max(1) || even.min(odd) > 0 {
        return None;
    }
    Some(if odd > even { UTF_16LE } else { UTF_16BE })
}

/// UTF-16 without a mark and mostly of other letters: only delimiters, digits and line ends have a zero, always on the same side.
fn utf16_by_line_ends(head: &[u8]) -> Option<&'static Encoding> {
    let n_of = |units: &[u16], of: fn([u8; 2]) -> u16| {
        head.chunks_exact(2).filter(|pair| units.contains(&of([pair[0], pair[1]]))).count()
    };
    let [ends, delimiters] = [&[0x0A, 0x0D][..], &[0x2C, 0x3B, 0x09, 0x7C]];
    let n_of_both = |of| n_of(ends, of).min(n_of(delimiters, of));
    let (little, big) = (n_of_both(u16::from_le_bytes), n_of_both(u16::from_be_bytes));
    let encoding = if little > big { UTF_16LE } else { UTF_16BE };
    let text = encoding.decode_without_bom_handling_and_without_replacement(&head[..head.len() & !1])?;
    let is_text = text.chars().all(|c| matches!(c, '\t' | '\n' | '\r') || !c.is_control());
    (little.max(big) > 0 && little.min(big) == 0 && is_text).then_some(encoding)
}

/// Where the word starts that goes on behind `text`.
fn before_word(text: &[u8]) -> usize {
    text.iter().rposition(|byte| !byte.is_ascii_alphanumeric()).map_or(0, |at| at + 1)
}

/// How much of a window is UTF-8, beyond ASCII. A sequence cut by the window's end is neither valid nor invalid.
struct Utf8Shares {
    n_valid: usize,
    n_invalid: usize,
    /// Where the first valid sequence is.
    first_valid: Option<usize>,
}

impl Utf8Shares {
    fn of(window: &[u8]) -> Self {
        let mut shares = Self { n_valid: 0, n_invalid: 0, first_valid: None };
        let mut at = 0;
        for chunk in window.utf8_chunks() {
            let is_lead = |byte: &u8| *byte >= 0xC0;
            let first = chunk.valid().as_bytes().iter().position(is_lead).map(|place| at + place);
            shares.first_valid = shares.first_valid.or(first);
            shares.n_valid += chunk.valid().as_bytes().iter().filter(|byte| is_lead(byte)).count();
            at += chunk.valid().len() + chunk.invalid().len();
            let cut =
                at == window.len() && std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
            shares.n_invalid += usize::from(!chunk.invalid().is_empty() && !cut);
        }
        shares
    }

    /// Whether the valid sequences outnumber the invalid ones.
    fn is_most(&self) -> bool {
        self.n_valid > self.n_invalid
    }

    /// Whether the valid sequences are too many to be there by chance, in a language that is written in Latin letters.
    fn is_no_chance(&self) -> bool {
        self.n_valid > 1 && self.n_valid * 4 >= self.n_invalid
    }

    /// What of a window that is read in another encoding has the looks of UTF-8, and on which of its lines.
    fn doubt(&self, window: &[u8], verdict: &Verdict) -> Option<(DoubtCause, u64)> {
        let at = self.first_valid.filter(|_| verdict.is_latin_or_odd())?;
        let bytes = window[at..].utf8_chunks().next()?.valid().split(|c: char| c.is_ascii()).next()?;
        let (word, _) = verdict.encoding.decode_without_bom_handling(bytes.as_bytes());
        let cause = DoubtCause::PartlyUtf8 { word: excerpt(&word), otherwise: excerpt(bytes) };
        Some((cause, count_line_ends(&window[..at])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_utf8(window: &[u8]) -> bool {
        Utf8Shares::of(window).is_most()
    }

    #[test]
    fn utf8_wins_by_majority() {
        assert!(is_utf8("Gülşen çağrı".as_bytes()));
        assert!(is_utf8(b"\xC3\xBC \xFF \xC5\x9F"));
        assert!(!is_utf8(b"\xFC \xFE \xC5\x9F"));
        assert!(is_utf8(b"\xC3\xBC\xC5"), "a cut sequence is not invalid");
        assert!(!is_utf8(b"\xC5"), "nor is it valid");
    }

    #[test]
    fn utf16_is_recognised_by_its_zeros() {
        let little: Vec<u8> = "id,name\n1,Zoë\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = little.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
        assert_eq!(utf16_by_zeros(&little), Some(UTF_16LE));
        assert_eq!(utf16_by_zeros(&big), Some(UTF_16BE));
        assert_eq!(utf16_by_zeros(b"id,name\n\0\0"), None);
        assert_eq!(utf16_by_zeros(b""), None);
        let wide = |bytes: fn(u16) -> [u8; 2]| {
            "番号,氏名\n一,山田\n二,鈴木一郎\n".encode_utf16().flat_map(bytes).collect::<Vec<u8>>()
        };
        assert_eq!(utf16_by_line_ends(&wide(u16::to_le_bytes)), Some(UTF_16LE));
        assert_eq!(utf16_by_line_ends(&wide(u16::to_be_bytes)), Some(UTF_16BE));
        for text in ["id,name\n1,A\n2,B\n", "id,name\n\0\n\0\n\0", ""] {
            assert_eq!(utf16_by_line_ends(text.as_bytes()), None, "{text:?}");
        }
    }
}
