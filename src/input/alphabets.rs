//! What the letters of a text say about the encoding it was read in: languages by their letters beyond a to z, scripts by ranges.
//!
//! Only spelling counts here; how often a letter comes in a language is the guesser's business.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, ISO_8859_2, ISO_8859_15, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1252, WINDOWS_1254, WINDOWS_1257,
};

/// The encodings whose readings are compared with the guesser's, with the letters of each language that is written in them.
pub(super) const LATIN: [(&Encoding, &[&str]); 7] = [
    (WINDOWS_1252, WESTERN),
    (WINDOWS_1254, &["çğıöşüâîûİ"]),
    (WINDOWS_1250, CENTRAL),
    (WINDOWS_1257, &["ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"]),
    (ISO_8859_2, CENTRAL),
    (ISO_8859_15, WESTERN),
    (MACINTOSH, WESTERN),
];

/// German, French, Spanish, Portuguese, Italian, Dutch, Catalan, Swedish, Danish and Norwegian, Icelandic.
const WESTERN: &[&str] = &[
    "äöüß",
    "àâæçéèêëîïôœùûüÿ",
    "áéíñóúü",
    "áâãàçéêíóôõúü",
    "àèéìíîòóùú",
    "éëïóöüèáí",
    "àçèéíïòóúü",
    "åäöéüà",
    "æøåéöäüòèê",
    "áðéíóúýþæö",
];

/// Czech, Slovak, Polish, Hungarian, Romanian, Croatian and Slovene.
const CENTRAL: &[&str] = &["áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "ăâîşţ", "čćđšž"];

/// The encodings of East Asia: a few words of one are often words of another too.
pub(super) const EASTERN: [&Encoding; 6] = [SHIFT_JIS, BIG5, GBK, EUC_KR, EUC_JP, WINDOWS_874];

/// Whether a character is as common in text of an Eastern encoding as nearly all of its text is: kana, Hangul, full-width forms,
/// and the characters of the first level, which stand together in each of these encodings.
pub(super) fn is_common(encoding: &'static Encoding, character: char) -> bool {
    if matches!(character, '\u{3000}'..='\u{30FF}' | '\u{FF01}'..='\u{FFEE}') {
        return true;
    }
    let mut room = [0; 4];
    let text: &str = character.encode_utf8(&mut room);
    let (bytes, ..) = encoding.encode(text);
    let [lead, trail] = bytes[..] else { return false };
    match encoding {
        e if e == SHIFT_JIS => (0x81..=0x98).contains(&lead),
        e if e == BIG5 => (0xA1..=0xC6).contains(&lead),
        e if e == EUC_KR => trail >= 0xA1 && (0xA1..=0xC8).contains(&lead),
        e if e == EUC_JP => (0xA1..=0xCF).contains(&lead),
        // The second level too: names of people and places are full of it.
        _ => trail >= 0xA1 && (0xA1..=0xF7).contains(&lead),
    }
}

/// The scripts that are told apart, by where their letters stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Eastern,
    /// Any other, by the block of its letters.
    Other(u32),
}

/// The script of a letter.
pub(super) fn script(letter: char) -> Script {
    match u32::from(letter) {
        0..=0x24F | 0x1E00..=0x1EFF => Script::Latin,
        0x1100..=0x11FF | 0x2E80..=0xD7FF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000.. => Script::Eastern,
        code @ 0x400..=0x52F => Script::Other(code / 0x400),
        code => Script::Other(code >> 8),
    }
}
