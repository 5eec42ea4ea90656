//! Bytes → UTF-8: recognises a file's encoding and transcodes what is not UTF-8 already.
//!
//! Bytes that are malformed in the file's encoding come out as bytes that are malformed in UTF-8, so that one check further on
//! finds damage in every encoding. Nothing here knows lines or cells.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::error::InputError;
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
    /// Whether text that is read in a named encoding has the looks of UTF-8; none until a byte is not ASCII.
    pub(super) looks_utf8: Option<bool>,
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
            looks_utf8: None,
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
            self.decide()?;
        } else {
            self.ended = self.source.ended && self.pending.is_empty();
        }
        let n_own = buffer.len() - before;
        self.offset += n_own as u64;
        Ok(n_own)
    }

    /// Decides about the encoding by a window that starts at the first byte that is not ASCII, whatever the block size.
    fn decide(&mut self) -> Result<(), InputError> {
        let window = self.window(0)?;
        let is_utf8 = is_utf8(window);
        let guess = if is_utf8 { UTF_8 } else { single_byte_guess(window) };
        self.origin = Provenance::Recognised;
        if is_utf8 {
            self.mode = Mode::Utf8;
        } else {
            self.encoding = guess.name();
            self.mode = Mode::Other(guess.new_decoder_without_bom_handling());
        }
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
    fn doubt(&mut self) -> Result<(), InputError> {
        if self.origin != Provenance::Named || self.looks_utf8.is_some() || self.encoding.starts_with("UTF-") {
            return Ok(());
        }
        if let Some(at) = self.pending.iter().position(|byte| !byte.is_ascii()) {
            self.looks_utf8 = Some(is_utf8(self.window(at)?));
        }
        Ok(())
    }

    fn transcode(&mut self, buffer: &mut Vec<u8>, want: usize) -> Result<(), InputError> {
        let n_missing = want.saturating_sub(self.pending.len());
        if n_missing > 0 && self.may_read(self.pending.len()) {
            self.source.read(&mut self.pending, n_missing)?;
        }
        self.doubt()?;
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
        return (Some(encoding), Provenance::Declared, bom_bytes);
    }
    if let Some(encoding) = named {
        return (Some(encoding), Provenance::Named, 0);
    }
    match utf16_by_zeros(head) {
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

/// Whether the valid multi-byte sequences outnumber the invalid ones. A sequence cut by the window's end is neither.
fn is_utf8(window: &[u8]) -> bool {
    let (mut n_valid, mut n_invalid, mut at) = (0, 0, 0);
    for chunk in window.utf8_chunks() {
        n_valid += chunk.valid().bytes().filter(|&b| b >= 0xC0).count();
        at += chunk.valid().len() + chunk.invalid().len();
        let cut = at == window.len() && std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
        n_invalid += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    n_valid > n_invalid
}

/// The likeliest of the single-byte encodings that spreadsheets of Europe and the Near East write.
fn single_byte_guess(window: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let known = guess.name().starts_with("windows-125") || guess.name().starts_with("ISO-8859-");
    if known { guess } else { WINDOWS_1252 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_wins_by_majority() {
        assert!(is_utf8("Gülşen çağrı".as_bytes()));
        assert!(is_utf8(b"\xC3\xBC \xFF \xC5\x9F"));
        assert!(!is_utf8(b"\xFC \xFE \xC5\x9F"));
        assert!(is_utf8(b"\xC3\xBC\xC5"), "a cut sequence is not invalid");
        assert!(!is_utf8(b"\xC5"), "nor is it valid");
    }

    #[test]
    fn turkish_text_is_recognised() {
        let text = "Şirket Adı;Görüşme;İlgi\nÇağdaş Yazılım;olumlu görüştük, teklif bekliyor;yüksek\n";
        let (bytes, encoding, _) = encoding_rs::WINDOWS_1254.encode(text);
        assert_eq!(single_byte_guess(&bytes), encoding);
        assert_eq!(
            single_byte_guess(&"売上".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()).name().get(..8),
            Some("windows-")
        );
    }

    #[test]
    fn utf16_is_recognised_by_its_zeros() {
        let little: Vec<u8> = "id,name\n1,Zoë\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = little.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
        assert_eq!(utf16_by_zeros(&little), Some(UTF_16LE));
        assert_eq!(utf16_by_zeros(&big), Some(UTF_16BE));
        assert_eq!(utf16_by_zeros(b"id,name\n\0\0"), None);
        assert_eq!(utf16_by_zeros(b""), None);
    }
}
