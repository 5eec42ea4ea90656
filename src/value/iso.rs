//! The ISO form of a date or an instant, `2026-05-04` or `2026-05-04T09:30:00.5+03:00`, read in one pass over
//! bytes, since most date cells have it. Other forms are [`super::date_format`]'s.

use super::duration::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};
use super::instant::{Instant, InstantSpan, day_from_civil};
use super::offset::{leading_offset, two_digits};
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

/// Reads a bare date; the answer is in days since 1970-01-01.
#[must_use]
pub(crate) fn parse_iso_day(text: &str) -> Option<i64> {
    scan(text.as_bytes()).filter(|stamp| stamp.ms_of_day.is_none() && stamp.offset_ms.is_none()).map(|stamp| stamp.day)
}

/// Reads the whole text as the ISO form.
#[inline]
pub(crate) fn scan(text: &[u8]) -> Option<Stamp> {
    let common = <&[u8; COMMON_BYTES]>::try_from(text).ok().and_then(scan_common);
    common.or_else(|| scan_any(text))
}

/// The instant in a text of the form `YYYY-MM-DDThh:mm:ssZ`. Every such one lies in the years that can be read.
#[expect(clippy::inline_always, reason = "every event has one")]
#[inline(always)]
pub(crate) fn common_instant(text: &[u8]) -> Option<Instant> {
    let stamp = scan_common(text.try_into().ok()?)?;
    Some(Instant::from_ms(stamp.day * DAY_MS + stamp.ms_of_day?))
}

/// The length of `YYYY-MM-DDThh:mm:ssZ`.
const COMMON_BYTES: usize = 20;

/// Reads `YYYY-MM-DDThh:mm:ssZ`, as most events have it, in one go; `None` for everything else, and for days that only some
/// years have.
#[inline(always)]
fn scan_common(text: &[u8; COMMON_BYTES]) -> Option<Stamp> {
    /// The days that a month has in every year; none for the months before January and after December.
    const DAYS: [u32; 16] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0];
    const DATE: ByteForm = ByteForm::of(*b"dddd-dd-");
    const TIME: ByteForm = ByteForm::of(*b"ddTdd:dd");
    const SECONDS: ByteForm = ByteForm::of(*b"d:dd:ddZ");
    let date = DATE.pairs(*text.first_chunk()?)?;
    let time = TIME.pairs(*text[8..].first_chunk()?)?;
    let seconds = SECONDS.pairs(*text.last_chunk()?)?;
    let (year, month) = (pair(date, 0) * 100 + pair(date, 2), pair(date, 5));
    let (day, hour, minute, second) = (pair(time, 0), pair(time, 3), pair(time, 6), pair(seconds, 5));
    let is_date = year > 0 && day > 0 && month < 16 && day <= DAYS[(month % 16) as usize];
    if !(is_date && hour <= 23 && minute <= 59 && second <= 59) {
        return None;
    }
    let ms_of_day = i64::from((hour * 60 + minute) * 60 + second) * SECOND_MS;
    Some(Stamp { day: common_day(year, month, day), ms_of_day: Some(ms_of_day), offset_ms: Some(0) })
}

/// A form of eight bytes, in which `d` stands for a digit and all else for itself, ready to be held against a text.
#[derive(Clone, Copy)]
struct ByteForm {
    /// What makes 0 of a mark and 0 to 9 of a digit.
    zeros: u64,
    /// Six where a digit is: that carries what is above nine into the upper half of its byte.
    six: u64,
    /// Where nothing may be left.
    excess: u64,
}

impl ByteForm {
    const fn of(form: [u8; 8]) -> Self {
        let (mut zeros, mut six, mut excess) = ([0; 8], [0; 8], [0; 8]);
        let mut at = 0;
        while at < 8 {
            (zeros[at], six[at], excess[at]) = if form[at] == b'd' { (b'0', 6, 0xF0) } else { (form[at], 0, 0xFF) };
            at += 1;
        }
        let [zeros, six, excess] = [u64::from_le_bytes(zeros), u64::from_le_bytes(six), u64::from_le_bytes(excess)];
        Self { zeros, six, excess }
    }

    /// For each byte but the last, the number that it and the next make if both are digits; `None` if the text is of another form.
    #[expect(clippy::inline_always, reason = "every event has one")]
    #[inline(always)]
    fn pairs(self, text: [u8; 8]) -> Option<u64> {
        let values = u64::from_le_bytes(text) ^ self.zeros;
        let excess = (values.wrapping_add(self.six) | values) & self.excess;
        (excess == 0).then(|| values.wrapping_mul(10).wrapping_add(values >> 8))
    }
}

/// The number that starts at a byte of [`ByteForm::pairs`].
#[inline]
fn pair(pairs: u64, at: u32) -> u32 {
    (pairs >> (8 * at) & 0xFF) as u32
}

/// As [`day_from_civil`], for a date of the years 1–9999 that exists: in small numbers, which are quicker to divide.
#[inline]
fn common_day(year: u32, month: u32, day: u32) -> i64 {
    let year = year - u32::from(month <= 2);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5;
    i64::from(year * 365 + year / 4 - year / 100 + year / 400 + day_of_year + day - 1) - 719_468
}

/// Reads the ISO form, whatever it consists of.
fn scan_any(text: &[u8]) -> Option<Stamp> {
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

/// An optional blank and an offset, perhaps in words, that is the rest of the text.
fn scan_offset(rest: &[u8]) -> Option<i64> {
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    let (offset_ms, n_bytes) = leading_offset(rest)?;
    (n_bytes == rest.len()).then_some(offset_ms)
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
            ("2026-01-31 10:00:00.1 UTC", "2026-01-31T10:00:00.100Z"),
            ("2026-01-31 10:00utc", "2026-01-31T10:00:00Z"),
            ("2026-01-31T10:00:00 Gmt", "2026-01-31T10:00:00Z"),
            ("2026-01-31T10:00:00 GMT+0300", "2026-01-31T07:00:00Z"),
            ("2026-01-31T10:00:00UTC-05:30", "2026-01-31T15:30:00Z"),
            ("2026-01-31T10:00 GMT+03", "2026-01-31T07:00:00Z"),
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
            "2026-01-31 UTC",
            "2026-01-31T10:00 UTC+3",
            "2026-01-31T10:00 UTC +03",
            "2026-01-31T10:00 UTCZ",
            "2026-01-31T10:00 GMTUTC",
            "2026-01-31T10:00  UTC",
            "2026-01-31T10:00 U",
            "2026-01-31T10:00 UT",
            "2026-01-31T10:00 EST",
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

    proptest! {
        /// The quick way says what the thorough one says, or nothing.
        #[test]
        fn the_common_form_is_no_other(text in "(00|1[69]|20)[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9][Zz]") {
            let common = scan_common(text.as_bytes().first_chunk().expect("it has twenty bytes"));
            prop_assert!(common.is_none() || common == scan_any(text.as_bytes()));
        }

        #[test]
        fn damaged_text_is_no_common_form(bytes in prop::array::uniform20(0u8..)) {
            let common = scan_common(&bytes);
            prop_assert!(common.is_none() || common == scan_any(&bytes));
        }

        #[test]
        fn all_common_days(day in 0i64..2_932_897) {
            let (year, month, day_of_month) = super::super::instant::civil_from_day(day);
            let text = format!("{year:04}-{month:02}-{day_of_month:02}T23:59:59Z");
            let common = scan_common(text.as_bytes().first_chunk().expect("it has twenty bytes"));
            prop_assert!(day_of_month == 29 && month == 2 || common.is_some_and(|stamp| stamp.day == day), "{}", text);
        }
    }
}
