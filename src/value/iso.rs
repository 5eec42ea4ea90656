//! The ISO form of a date or an instant, `2026-05-04` or `2026-05-04T09:30:00.5+03:00`, read in one pass over
//! bytes, since most date cells have it. Other forms are [`super::date_format`]'s.

use super::duration::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};
use super::instant::{Instant, InstantSpan, day_from_civil};
use super::zone::Zone;
use std::fmt;

/// What stands in the text, not yet in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Days since 1970-01-01.
    pub(crate) day: i64,
    /// `None` for a bare date.
    pub(crate) ms_of_day: Option<i64>,
    /// What the text itself says about its offset from UTC.
    pub(crate) offset_ms: Option<i64>,
}

impl Stamp {
    /// The instant, a bare date's first; `None` outside of the years 0000–9999.
    pub(crate) fn instant(self, zone: &Zone) -> Option<Instant> {
        let local_ms = self.day * DAY_MS + self.ms_of_day.unwrap_or(0);
        let instant = match self.offset_ms {
            Some(offset_ms) => Instant::from_ms(local_ms - offset_ms),
            None => zone.instant(local_ms),
        };
        Instant::readable(i128::from(instant.ms()))
    }
}

/// A text in a rulebook that is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateLiteralError {
    /// The text as written.
    pub text: String,
}

impl fmt::Display for DateLiteralError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a date: write 2026-05-04 or 2026-05-04T09:30:00Z", self.text)
    }
}

impl std::error::Error for DateLiteralError {}

/// Reads a date as a rulebook writes it: a bare date is the whole day in the zone, an instant its millisecond.
///
/// # Errors
/// When the text has another form, is no date of the calendar, or lies outside of the years 0000–9999.
pub fn parse_date_literal(text: &str, zone: &Zone) -> Result<InstantSpan, DateLiteralError> {
    let refused = || DateLiteralError { text: text.to_owned() };
    let stamp = scan(text.as_bytes()).ok_or_else(refused)?;
    let start = stamp.instant(zone).ok_or_else(refused)?;
    if stamp.ms_of_day.is_some() {
        return Ok(InstantSpan::at(start));
    }
    Ok(InstantSpan { start, end: zone.instant((stamp.day + 1) * DAY_MS) })
}

/// Reads the whole text as the ISO form.
pub(crate) fn scan(text: &[u8]) -> Option<Stamp> {
    let (date, rest) = text.split_at_checked(10)?;
    if date[4] != b'-' || date[7] != b'-' {
        return None;
    }
    let year = two_digits(date, 0)? * 100 + two_digits(date, 2)?;
    let day = day_from_civil(year, two_digits(date, 5)?, two_digits(date, 8)?)?;
    if rest.is_empty() {
        return Some(Stamp { day, ms_of_day: None, offset_ms: None });
    }
    if !matches!(rest[0], b'T' | b't' | b' ') {
        return None;
    }
    let (ms_of_day, rest) = scan_time(&rest[1..])?;
    let offset_ms = if rest.is_empty() { None } else { Some(scan_offset(rest)?) };
    Some(Stamp { day, ms_of_day: Some(ms_of_day), offset_ms })
}

/// `hh:mm`, then perhaps `:ss`, then perhaps a fraction, cut to milliseconds; and what is left.
#[inline]
fn scan_time(text: &[u8]) -> Option<(i64, &[u8])> {
    let (hour, minute) = (two_digits(text, 0)?, two_digits(text, 3)?);
    if text[2] != b':' || hour > 23 || minute > 59 {
        return None;
    }
    let ms = hour * HOUR_MS + minute * MINUTE_MS;
    if text.get(5) != Some(&b':') {
        return Some((ms, &text[5..]));
    }
    let second = two_digits(text, 6).filter(|&second| second <= 59)?;
    let ms = ms + second * SECOND_MS;
    if !matches!(text.get(8), Some(b'.' | b',')) {
        return Some((ms, &text[8..]));
    }
    let (fraction_ms, n_digits) = leading_fraction(&text[9..])?;
    Some((ms + fraction_ms, &text[9 + n_digits..]))
}

/// The milliseconds in the digits of a fraction, further ones cut off, and how many digits there are.
pub(crate) fn leading_fraction(text: &[u8]) -> Option<(i64, usize)> {
    let n_digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if n_digits == 0 {
        return None;
    }
    let digit = |at: usize| {
        if at < n_digits { i64::from(text[at] - b'0') } else { 0 }
    };
    Some((digit(0) * 100 + digit(1) * 10 + digit(2), n_digits))
}

/// An optional blank and an offset that is the rest of the text.
fn scan_offset(rest: &[u8]) -> Option<i64> {
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    let (offset_ms, n_bytes) = leading_offset(rest)?;
    (n_bytes == rest.len()).then_some(offset_ms)
}

/// The longest of `Z`, `z`, `±hh`, `±hhmm` and `±hh:mm` that the text begins with, in milliseconds, and its length.
#[inline]
pub(crate) fn leading_offset(text: &[u8]) -> Option<(i64, usize)> {
    let sign = match text.first()? {
        b'Z' | b'z' => return Some((0, 1)),
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

#[inline]
fn two_digits(text: &[u8], at: usize) -> Option<i64> {
    let (tens, ones) = (text.get(at)?.wrapping_sub(b'0'), text.get(at + 1)?.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then_some(i64::from(tens) * 10 + i64::from(ones))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn istanbul() -> Zone {
        Zone::named("Europe/Istanbul").expect("a zone")
    }

    fn read(text: &str) -> Option<String> {
        scan(text.as_bytes())?.instant(&istanbul()).map(|instant| instant.to_string())
    }

    #[test]
    fn every_form() {
        for (text, instant) in [
            ("2026-01-31", "2026-01-30T21:00:00Z"),
            ("2026-01-31T23:59:59Z", "2026-01-31T23:59:59Z"),
            ("2026-01-31t23:59:59z", "2026-01-31T23:59:59Z"),
            ("2026-01-31 23:59", "2026-01-31T20:59:00Z"),
            ("2026-01-31 23:59Z", "2026-01-31T23:59:00Z"),
            ("2026-01-31 23:59:59 Z", "2026-01-31T23:59:59Z"),
            ("2026-01-31 23:59:59.1 +03", "2026-01-31T20:59:59.100Z"),
            ("2026-01-31T23:59:59,9999+0300", "2026-01-31T20:59:59.999Z"),
            ("2026-01-31T23:59:59.123456789-05:30", "2026-02-01T05:29:59.123Z"),
            ("2026-01-31T10:00+00", "2026-01-31T10:00:00Z"),
            ("2024-02-29", "2024-02-28T21:00:00Z"),
            ("9999-12-31", "9999-12-30T21:00:00Z"),
            ("0000-01-01T00:00Z", "0000-01-01T00:00:00Z"),
            ("1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(instant), "{text}");
        }
    }

    #[test]
    fn anything_else_is_unreadable() {
        for text in [
            "",
            "2026",
            "2026-01",
            "2026-1-31",
            "26-01-31",
            "2026/01/31",
            "20260131",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "2026-01-31T",
            "2026-01-31 ",
            "2026-01-31Z",
            "2026-01-31T23",
            "2026-01-31T24:00",
            "2026-01-31T23:60",
            "2026-01-31T23:59:60Z",
            "2026-01-31T23:59.5",
            "2026-01-31T23:59:59.",
            "2026-01-31T23:59:59.Z",
            "2026-01-31T23:59:5",
            "2026-01-31  10:00",
            "2026-01-31_10:00",
            "2026-01-31T10:00  Z",
            "2026-01-31T10:00 ",
            "2026-01-31T10:00Zx",
            "2026-01-31T10:00+3",
            "2026-01-31T10:00+03:",
            "2026-01-31T10:00+03:0",
            "2026-01-31T10:00+24:00",
            "2026-01-31T10:00+03:60",
            "2026-01-31T10:00 Europe/Istanbul",
            "-2026-01-31",
            "+2026-01-31",
            "2026-01-3١",
            "２026-01-31",
            "0000-01-01",
            "9999-12-31T23:59-01:00",
            "n/a",
            "31.01.2026",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn literals_are_spans() {
        let span = |text| parse_date_literal(text, &istanbul()).map(|s| (s.start.to_string(), s.end.to_string()));
        let owned = |start: &str, end: &str| Ok((start.to_owned(), end.to_owned()));
        assert_eq!(span("2026-05-04"), owned("2026-05-03T21:00:00Z", "2026-05-04T21:00:00Z"));
        assert_eq!(span("2026-05-04T00:00"), owned("2026-05-03T21:00:00Z", "2026-05-03T21:00:00.001Z"));
        assert_eq!(span("9999-12-31"), owned("9999-12-30T21:00:00Z", "9999-12-31T21:00:00Z"));
        assert!(span("May 4").expect_err("not the ISO form").to_string().contains("`May 4` is not a date"));
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(ms in Instant::FIRST.ms()..=Instant::LAST.ms()) {
            let instant = Instant::from_ms(ms);
            let stamp = scan(instant.to_string().as_bytes()).expect("the ISO form");
            prop_assert_eq!(stamp.instant(&istanbul()), Some(instant));
        }

        #[test]
        fn read_as_jiff_reads(text in "20[0-3][0-9]-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-5][0-9]:[0-5][0-9]([.,][0-9]{1,9})?(Z|z|[+-][01][0-9](:?[0-5][0-9])?)") {
            let expected = text.parse::<jiff::Timestamp>().ok().map(|t| t.as_nanosecond().div_euclid(1_000_000));
            let ours = scan(text.as_bytes()).and_then(|stamp| stamp.instant(&istanbul()));
            prop_assert_eq!(ours.map(|instant| i128::from(instant.ms())), expected, "{}", text);
        }

        #[test]
        fn no_text_panics(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}[T 0-9:.,Zz+-é]{0,12}|\\PC{0,30}") {
            let _ = (read(&text), parse_date_literal(&text, &Zone::utc()));
        }
    }
}
