//! A point in time, in milliseconds, and spans of them. It knows UTC alone: what a calendar or a clock on the
//! wall says is [`super::zone`]'s and [`super::calendar`]'s.

use super::duration::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};
use serde::{Serialize, Serializer};
use std::fmt;

/// Milliseconds since 1970-01-01T00:00:00Z. Any `i64` is held; only the years 0000–9999 can be read from a
/// cell. Shown in RFC 3339 with `Z`, milliseconds only if they are not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// 0000-01-01T00:00:00Z, the first that can be read.
    pub const FIRST: Instant = Instant(-719_528 * DAY_MS);
    /// 9999-12-31T23:59:59.999Z, the last that can be read.
    pub const LAST: Instant = Instant(2_932_897 * DAY_MS - 1);

    /// So many milliseconds since 1970.
    #[must_use]
    pub const fn from_ms(ms: i64) -> Instant {
        Instant(ms)
    }

    /// As [`Instant::from_ms`], or `None` outside of the years 0000–9999.
    #[must_use]
    pub fn readable(ms: i128) -> Option<Instant> {
        let instant = Instant(i64::try_from(ms).ok()?);
        (Instant::FIRST..=Instant::LAST).contains(&instant).then_some(instant)
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// What a clock shows that goes by UTC.
    #[must_use]
    pub fn wall(self) -> Wall {
        Wall { local_ms: self.0 }
    }

    /// Milliseconds from `earlier` to this instant, below zero if it is later; saturates.
    #[must_use]
    pub fn ms_since(self, earlier: Instant) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The instant so many milliseconds later; saturates.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Instant {
        Instant(self.0.saturating_add(ms))
    }

    /// The instant so many milliseconds earlier; saturates.
    #[must_use]
    pub fn minus_ms(self, ms: i64) -> Instant {
        Instant(self.0.saturating_sub(ms))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A date and a time of day: year, month, day, hour, minute, second.
type CivilTime = [i64; 6];

impl Instant {
    /// What a clock shows that goes by UTC, and the milliseconds beyond.
    fn civil(self) -> (CivilTime, i64) {
        let (year, month, day) = civil_from_day(self.0.div_euclid(DAY_MS));
        let ms = self.0.rem_euclid(DAY_MS);
        let time = [ms / HOUR_MS, ms % HOUR_MS / MINUTE_MS, ms % MINUTE_MS / SECOND_MS];
        ([year, month, day, time[0], time[1], time[2]], ms % SECOND_MS)
    }

    /// The usual form, digit by digit, as each row of a result has it; none for years and milliseconds that have another.
    pub(crate) fn usual_text(self) -> Option<[u8; 20]> {
        let ([year, month, day, hour, minute, second], ms) = self.civil();
        if ms != 0 || !(0..=9999).contains(&year) {
            return None;
        }
        let mut text = *b"0000-00-00T00:00:00Z";
        let pairs = [year / 100, year % 100, month, day, hour, minute, second];
        for (at, pair) in [0, 2, 5, 8, 11, 14, 17].into_iter().zip(pairs) {
            let pair = u8::try_from(pair).unwrap_or_default();
            text[at] += pair / 10;
            text[at + 1] += pair % 10;
        }
        Some(text)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.usual_text() {
            return f.write_str(str::from_utf8(&text).unwrap_or_default());
        }
        let ([year, month, day, hour, minute, second], ms) = self.civil();
        let year = Year(year);
        write!(f, "{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        if ms != 0 {
            write!(f, ".{ms:03}")?;
        }
        f.write_str("Z")
    }
}

/// A date and a time of day as a clock on the wall shows them; see [`super::Zone::wall`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wall {
    /// Milliseconds since 1970-01-01 on that clock.
    pub(crate) local_ms: i64,
}

impl Wall {
    /// `2026-05-27`
    #[must_use]
    pub fn date(self) -> String {
        let (year, month, day) = civil_from_day(self.local_ms.div_euclid(DAY_MS));
        format!("{}-{month:02}-{day:02}", Year(year))
    }

    /// `2026-05-27 17:02`
    #[must_use]
    pub fn minute(self) -> String {
        let ms = self.local_ms.rem_euclid(DAY_MS);
        format!("{} {:02}:{:02}", self.date(), ms / HOUR_MS, ms % HOUR_MS / MINUTE_MS)
    }

    /// `2026-05-27 17:02:05`, with milliseconds if they are not zero.
    #[must_use]
    pub fn exact(self) -> String {
        let ms = self.local_ms.rem_euclid(MINUTE_MS);
        let (second, ms) = (ms / SECOND_MS, ms % SECOND_MS);
        let rest = if ms == 0 { String::new() } else { format!(".{ms:03}") };
        format!("{}:{second:02}{rest}", self.minute())
    }
}

/// A year as a text: four digits, or a sign and at least six outside of 0000–9999 (ISO 8601's expanded form).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Year(pub(crate) i64);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.0;
        if (0..=9999).contains(&year) { write!(f, "{year:04}") } else { write!(f, "{year:+07}") }
    }
}

/// A half-open span: `start <= t < end`. It may be empty, as a day that a zone left out is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InstantSpan {
    /// The first instant inside.
    pub start: Instant,
    /// The first instant after.
    pub end: Instant,
}

impl InstantSpan {
    /// The span of one instant, which is a millisecond.
    #[must_use]
    pub fn at(instant: Instant) -> InstantSpan {
        InstantSpan { start: instant, end: instant.plus_ms(1) }
    }

    /// Whether the instant lies in the span.
    #[must_use]
    pub fn contains(self, instant: Instant) -> bool {
        self.start <= instant && instant < self.end
    }

    /// The last instant inside, which is what `--as-of` with a date means.
    #[must_use]
    pub fn last(self) -> Instant {
        self.end.minus_ms(1)
    }
}

/// Days since 1970-01-01 of a proleptic Gregorian date; `None` where there is no such date.
#[inline]
pub(crate) fn day_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    let exists = (1..=12).contains(&month) && day >= 1 && (day <= 28 || day <= days_in_month(year, month));
    exists.then(|| first_of_month(year, month) + day - 1)
}

/// The first day of a month from 1 to 12, as days since 1970-01-01. Counts months from March on, so that the leap
/// day is a year's last (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
#[inline]
pub(crate) fn first_of_month(year: i64, month: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The year, month and day of a number of days since 1970-01-01.
pub(crate) fn civil_from_day(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, day_of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

/// The length of a month; 1 for January.
#[inline]
pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shown_in_rfc_3339() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (1_767_225_600_120, "2026-01-01T00:00:00.120Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (Instant::FIRST.ms(), "0000-01-01T00:00:00Z"),
            (Instant::LAST.ms(), "9999-12-31T23:59:59.999Z"),
            (Instant::LAST.ms() + 1, "+010000-01-01T00:00:00Z"),
            (i64::MAX, "+292278994-08-17T07:12:55.807Z"),
            (i64::MIN, "-292275055-05-16T16:47:04.192Z"),
        ] {
            assert_eq!(Instant::from_ms(ms).to_string(), text);
        }
        assert_eq!(Instant::readable(i128::from(Instant::LAST.ms()) + 1), None);
        assert_eq!(Instant::readable(i128::from(Instant::FIRST.ms()) - 1), None);
    }

    #[test]
    fn a_wall_clock_shows_as_much_as_is_asked_for() {
        let wall = Wall { local_ms: 1_767_225_600_120 };
        assert_eq!((wall.date(), wall.minute()), ("2026-01-01".to_owned(), "2026-01-01 00:00".to_owned()));
        assert_eq!(wall.exact(), "2026-01-01 00:00:00.120");
        assert_eq!(Wall { local_ms: -1000 }.exact(), "1969-12-31 23:59:59");
    }

    #[test]
    fn spans_are_half_open() {
        let span = InstantSpan::at(Instant(5));
        assert_eq!([4, 5, 6].map(|ms| span.contains(Instant(ms))), [false, true, false]);
        assert_eq!(span.last(), Instant(5));
        assert_eq!(Instant(i64::MIN).minus_ms(1).ms_since(Instant(i64::MAX)), i64::MIN);
    }

    proptest! {
        #[test]
        fn days_and_dates_are_one_to_one(day in -110_000_000_000_i64..110_000_000_000) {
            let (year, month, day_of_month) = civil_from_day(day);
            prop_assert_eq!(day_from_civil(year, month, day_of_month), Some(day));
        }

        #[test]
        fn shown_as_jiff_does(ms in -62_167_219_200_000_i64..253_402_200_000_000) {
            let seconds = jiff::Timestamp::from_second(ms.div_euclid(1000)).expect("in jiff's range");
            let shown = Instant(ms.div_euclid(1000) * 1000).to_string();
            prop_assert_eq!(shown, seconds.to_string());
        }
    }
}
