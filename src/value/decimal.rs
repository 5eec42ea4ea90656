//! Decimals as text: a sign, digits and one mark, exactly, and the same written back. It knows no groups of
//! three and no currency signs (that is [`super::number`]'s), and no floating point.

use serde::Serializer;
use std::fmt;

/// Where a whole part stops counting: beyond every limit of the language, and far from an overflow.
const WHOLE_LIMIT: i128 = 10_i128.pow(20);

/// A decimal taken apart. The whole part is held at 10²⁰, which every reader refuses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain<'a> {
    pub(crate) negative: bool,
    pub(crate) whole: i128,
    /// The digits after the mark, all of them.
    pub(crate) fraction: &'a str,
}

impl<'a> Plain<'a> {
    /// Reads an optional `+` or `-`, digits, and at most one `mark`, with a digit on one side of it at least.
    pub(crate) fn scan(text: &'a str, mark: u8) -> Option<Plain<'a>> {
        let (negative, body) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, fraction) = split_at_mark(body, mark)?;
        Some(Plain { negative, whole: digits(whole)?, fraction })
    }

    /// How many decimals are written, zeros included.
    pub(crate) fn n_decimals(&self) -> usize {
        self.fraction.len()
    }

    /// The value times 10^`n_places`, rounded half away from zero.
    pub(crate) fn rounded(&self, n_places: u32) -> i128 {
        let (size, rest) = self.cut(n_places);
        let up = rest.as_bytes().first().is_some_and(|&digit| digit >= b'5');
        self.signed(size + i128::from(up))
    }

    /// The value times 10^`n_places`, cut downwards (towards minus infinity).
    pub(crate) fn floored(&self, n_places: u32) -> i128 {
        let (size, rest) = self.cut(n_places);
        let down = self.negative && rest.bytes().any(|digit| digit != b'0');
        self.signed(size + i128::from(down))
    }

    fn signed(&self, size: i128) -> i128 {
        if self.negative { -size } else { size }
    }

    /// The size times 10^`n_places` without what is finer, and the finer digits.
    fn cut(&self, n_places: u32) -> (i128, &'a str) {
        let mut size = self.whole;
        let mut rest = self.fraction;
        for _ in 0..n_places {
            let digit = rest.bytes().next().map_or(0, |digit| digit - b'0');
            size = size * 10 + i128::from(digit);
            rest = rest.get(1..).unwrap_or("");
        }
        (size, rest)
    }
}

/// Parts a number without sign at its decimal mark: the whole part as written, and the digits after the mark.
/// `None` without any digit, or when something else than digits follows the mark.
pub(crate) fn split_at_mark(body: &str, mark: u8) -> Option<(&str, &str)> {
    let (whole, fraction) = body.split_once(char::from(mark)).unwrap_or((body, ""));
    let only_digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
    let some = !whole.is_empty() || !fraction.is_empty();
    (only_digits && some).then_some((whole, fraction))
}

/// The value of ASCII digits (none are zero), held at 10²⁰; `None` for anything else.
pub(crate) fn digits(text: &str) -> Option<i128> {
    text.bytes().try_fold(0_i128, |value, byte| {
        let digit = byte.is_ascii_digit().then(|| i128::from(byte - b'0'))?;
        Some((value * 10 + digit).min(WHOLE_LIMIT))
    })
}

/// Puts groups of three together, held at 10²⁰.
pub(crate) fn append_group(value: i128, group: i128) -> i128 {
    (value * 1000 + group).min(WHOLE_LIMIT)
}

/// `value` / 10^`n_places` for a machine: a whole number where it is one, else the float next to it.
pub(crate) fn serialize_scaled<S: Serializer>(value: i128, n_places: u32, serializer: S) -> Result<S::Ok, S::Error> {
    let unit = 10_i128.pow(n_places);
    match i64::try_from(value / unit) {
        Ok(whole) if value % unit == 0 => serializer.serialize_i64(whole),
        #[expect(clippy::cast_precision_loss, reason = "what a float can't hold is rounded to one that it can")]
        _ => serializer.serialize_f64(value as f64 / unit as f64),
    }
}

/// Writes `value` / 10^`n_places` without trailing zeros.
pub(crate) fn write_scaled(f: &mut fmt::Formatter<'_>, value: i64, n_places: u32) -> fmt::Result {
    let unit = 10_u64.pow(n_places);
    let size = value.unsigned_abs();
    let (whole, mut fraction) = (size / unit, size % unit);
    if value < 0 {
        f.write_str("-")?;
    }
    write!(f, "{whole}")?;
    if fraction == 0 {
        return Ok(());
    }
    let mut width = n_places as usize;
    while fraction % 10 == 0 {
        fraction /= 10;
        width -= 1;
    }
    write!(f, ".{fraction:0width$}")
}
