//! What a time says of its offset from UTC: `Z`, `UTC`, `+03:00`.

use super::duration::{HOUR_MS, MINUTE_MS};

/// The words for the offset zero, folded; all of one length.
pub(crate) const ZONE_WORDS: [&str; 2] = ["utc", "gmt"];

/// The longest of `Z`, `UTC`, `GMT`, `±hh`, `±hhmm`, `±hh:mm` and `GMT±hhmm` that the text begins with, in any case of letters,
/// in milliseconds, and its length.
#[inline]
pub(crate) fn leading_offset(text: &[u8]) -> Option<(i64, usize)> {
    match text.first()? {
        b'Z' | b'z' => Some((0, 1)),
        b'U' | b'u' | b'G' | b'g' => leading_zone_word(text),
        _ => leading_signed(text),
    }
}

/// `UTC` or `GMT`, and the offset from it where one stands right behind.
fn leading_zone_word(text: &[u8]) -> Option<(i64, usize)> {
    let (word, rest) = text.split_at_checked(ZONE_WORDS[0].len())?;
    if !ZONE_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes())) {
        return None;
    }
    Some(leading_signed(rest).map_or((0, word.len()), |(offset_ms, n_bytes)| (offset_ms, word.len() + n_bytes)))
}

/// The longest of `±hh`, `±hhmm` and `±hh:mm`.
#[inline]
fn leading_signed(text: &[u8]) -> Option<(i64, usize)> {
    let sign = match text.first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let hour = two_digits(text, 1).filter(|&hour| hour <= 23)?;
    let minute_at = if text.get(3) == Some(&b':') { 4 } else { 3 };
    let (minute, n_bytes) = match two_digits(text, minute_at) {
        Some(minute) => (minute, minute_at + 2),
        None => (0, 3),
    };
    (minute <= 59).then_some((sign * (hour * HOUR_MS + minute * MINUTE_MS), n_bytes))
}

/// The number of two digits at a place.
#[inline]
pub(super) fn two_digits(text: &[u8], at: usize) -> Option<i64> {
    let (tens, ones) = (text.get(at)?.wrapping_sub(b'0'), text.get(at + 1)?.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then_some(i64::from(tens) * 10 + i64::from(ones))
}
