//! Numbers, exactly: millionths in 64 bits, read from cells as spreadsheets and CRMs write them and from
//! rulebooks as plain decimals. There is no floating point, no exponent and no digit beyond `0`–`9`.

use super::currency::{Currency, CurrencyMark};
use super::decimal::{Plain, append_group, digits, serialize_scaled, split_at_mark, write_scaled};
use crate::points::{div_round, saturate};
use serde::{Serialize, Serializer};
use std::fmt;

/// The largest size that is held, in millionths: 9·10¹².
const MAX_MICROS: i64 = 9_000_000_000_000_000_000;
/// Millionths in one.
const ONE_MICROS: i64 = 1_000_000;

/// A number in millionths, up to ±9·10¹².
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(i64);

/// How a file writes decimals: `decimal:` in a rulebook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decimal {
    /// `1,234.5`
    #[default]
    Point,
    /// `1.234,5`
    Comma,
}

impl Decimal {
    /// The byte between the whole part and the decimals.
    pub(crate) fn mark(self) -> u8 {
        match self {
            Decimal::Point => b'.',
            Decimal::Comma => b',',
        }
    }

    fn is_group_separator(self, c: char) -> bool {
        let swapped = match self {
            Decimal::Point => ',',
            Decimal::Comma => '.',
        };
        // A blank, a no-break space, a thin space, a narrow no-break space; an apostrophe, straight or curled.
        c == swapped || matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '\u{2019}')
    }
}

/// Why a text in a rulebook is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// Not a plain decimal: an optional sign, digits and at most one point.
    NotDecimal,
    /// More than six decimals.
    TooFine,
    /// Beyond 9·10¹² either way.
    TooLarge,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NumberError::NotDecimal => {
                "not a number: write plain digits with a point for decimals, such as 1000 or -2.5"
            }
            NumberError::TooFine => "a number can have at most six decimals",
            NumberError::TooLarge => "a number must be between -9000000000000 and 9000000000000",
        })
    }
}

impl std::error::Error for NumberError {}

impl Number {
    /// One.
    pub const ONE: Number = Number(ONE_MICROS);

    /// So many milliseconds in days of 24 hours, rounded half away from zero to a millionth.
    #[must_use]
    pub(crate) fn of_days(ms: i64) -> Number {
        Number(saturate(div_round(i128::from(ms) * i128::from(ONE_MICROS), 86_400_000)))
    }

    /// So many millionths. Sums and products may lie beyond what a cell may hold.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Number {
        Number(micros)
    }

    /// The number of millionths.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// A count as a number; saturates.
    #[must_use]
    pub fn from_count(n: u64) -> Number {
        Number(saturate(i128::from(n) * i128::from(ONE_MICROS)))
    }

    /// The product, rounded half away from zero to a millionth, as `times` reads. It saturates, which keeps
    /// every comparison with a number that a cell can hold right.
    #[must_use]
    pub fn times(self, factor: Number) -> Number {
        let product = i128::from(self.0) * i128::from(factor.0);
        Number(saturate(div_round(product, i128::from(ONE_MICROS))))
    }

    /// Reads a cell: sign, groups of three, decimals, one currency sign, currency code or `%` on either side, which is dropped.
    /// The cell is trimmed already. `None` for anything else, and beyond 9·10¹².
    #[must_use]
    pub fn parse_cell(text: &str, decimal: Decimal) -> Option<Number> {
        Self::parse_marked(text, decimal).map(|(number, _)| number)
    }

    /// The same with what stands beside the number.
    pub(super) fn parse_marked(text: &str, decimal: Decimal) -> Option<(Number, Option<NumberMark>)> {
        if let Some(number) = few_digits(text.as_bytes()) {
            return Some((number, None));
        }
        let (negative, body, mark) = strip_marks(text)?;
        let (whole, fraction) = split_at_mark(body, decimal.mark())?;
        let whole = grouped(whole, decimal)?;
        Some((held(Plain { negative, whole, fraction }.rounded(6))?, mark))
    }

    /// Reads a number as a rulebook writes it: an optional sign, digits, one point, at most six decimals.
    ///
    /// # Errors
    /// When the text is anything else, or lies beyond 9·10¹².
    pub fn parse_literal(text: &str) -> Result<Number, NumberError> {
        let plain = Plain::scan(text, b'.').ok_or(NumberError::NotDecimal)?;
        if plain.n_decimals() > 6 {
            return Err(NumberError::TooFine);
        }
        held(plain.rounded(6)).ok_or(NumberError::TooLarge)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.0, 6)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_scaled(self.0.into(), 6, serializer)
    }
}

fn held(micros: i128) -> Option<Number> {
    (micros.abs() <= i128::from(MAX_MICROS)).then(|| Number(saturate(micros)))
}

/// The common cell, up to twelve bare digits, without the general reading.
#[inline]
pub(super) fn few_digits(text: &[u8]) -> Option<Number> {
    if text.is_empty() || text.len() > 12 {
        return None;
    }
    let value = text
        .iter()
        .try_fold(0_i64, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))?;
    Some(Number(value * ONE_MICROS))
}

/// What may stand beside a number and is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberMark {
    Percent,
    Currency(CurrencyMark),
}

/// Takes off the sign and at most one mark: before or after the sign, or at the end.
/// Blanks are passed over beside the mark only: `- 5` stays unreadable.
fn strip_marks(text: &str) -> Option<(bool, &str, Option<NumberMark>)> {
    if let Some((mark, rest)) = leading_mark(text) {
        let (negative, rest) = strip_sign(rest);
        return Some((negative, rest, Some(mark)));
    }
    let (negative, rest) = strip_sign(text);
    if let Some((mark, rest)) = leading_mark(rest) {
        return Some((negative, rest, Some(mark)));
    }
    let last = rest.chars().next_back()?;
    let (mark, n_bytes) = match mark_of(last) {
        Some(mark) => (mark, last.len_utf8()),
        None => match rest.len().checked_sub(CODE_BYTES).and_then(|at| Currency::of(rest.get(at..)?)) {
            Some(currency) => (NumberMark::Currency(CurrencyMark::Code(currency)), CODE_BYTES),
            None => return Some((negative, rest, None)),
        },
    };
    Some((negative, rest[..rest.len() - n_bytes].trim_end(), Some(mark)))
}

/// The length of a currency's code.
const CODE_BYTES: usize = 3;

fn leading_mark(text: &str) -> Option<(NumberMark, &str)> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    if let Some(mark) = mark_of(first) {
        return Some((mark, text[first.len_utf8()..].trim_start()));
    }
    let currency =
        if first.is_ascii_uppercase() { text.get(..CODE_BYTES).and_then(Currency::of)? } else { return None };
    Some((NumberMark::Currency(CurrencyMark::Code(currency)), text[CODE_BYTES..].trim_start()))
}

/// `+`, `-`, or the minus sign proper (U+2212), which several locales write.
fn strip_sign(text: &str) -> (bool, &str) {
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}']) {
        return (true, rest);
    }
    (false, text.strip_prefix('+').unwrap_or(text))
}

/// A whole part, bare or in groups of three that one and the same separator parts.
fn grouped(whole: &str, decimal: Decimal) -> Option<i128> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return digits(whole);
    };
    if !decimal.is_group_separator(separator) {
        return None;
    }
    let mut groups = whole.split(separator);
    let first = groups.next().filter(|group| (1..=3).contains(&group.len()))?;
    groups.try_fold(digits(first)?, |value, group| {
        let group = (group.len() == 3).then(|| digits(group))??;
        Some(append_group(value, group))
    })
}

fn mark_of(c: char) -> Option<NumberMark> {
    match c {
        '%' => Some(NumberMark::Percent),
        sign if is_currency_sign(sign) => Some(NumberMark::Currency(CurrencyMark::Sign(sign))),
        _ => None,
    }
}

/// Whether it is a character of the Unicode category Sc (currency symbol), as of Unicode 17.
pub(super) fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '\u{a2}'..='\u{a5}' | '\u{58f}' | '\u{60b}' | '\u{7fe}' | '\u{7ff}'
        | '\u{9f2}' | '\u{9f3}' | '\u{9fb}' | '\u{af1}' | '\u{bf9}' | '\u{e3f}' | '\u{17db}'
        | '\u{20a0}'..='\u{20c1}' | '\u{a838}' | '\u{fdfc}' | '\u{fe69}' | '\u{ff04}' | '\u{ffe0}'
        | '\u{ffe1}' | '\u{ffe5}' | '\u{ffe6}' | '\u{11fdd}'..='\u{11fe0}' | '\u{1e2ff}' | '\u{1ecb0}')
}

#[cfg(test)]
mod tests;
