//! Time zones, from the database that is built into the program, so that a result never depends on the
//! machine's own. It turns what a clock on the wall says into instants and back; calendars are
//! [`super::calendar`]'s.

use super::duration::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};
use super::instant::{Instant, InstantSpan, Wall, civil_from_day};
use super::nearest::{did_you_mean, nearest};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use serde::{Serialize, Serializer};
use std::fmt;

/// A time zone of the IANA database.
#[derive(Clone, Debug)]
pub struct Zone {
    name: String,
    rule: Rule,
}

#[derive(Clone, Debug)]
enum Rule {
    /// Clocks that were never changed, above all UTC: no table to look in.
    Fixed {
        offset_ms: i64,
    },
    Table(TimeZone),
}

impl Default for Zone {
    fn default() -> Zone {
        Zone::utc()
    }
}

/// A name that the database doesn't have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneError {
    /// The name as written.
    pub name: String,
    /// Names like it, the nearest first.
    pub nearest: Vec<String>,
}

impl fmt::Display for ZoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nearest: Vec<&str> = self.nearest.iter().map(String::as_str).collect();
        write!(f, "`{}` is not a time zone in the IANA database{}", self.name, did_you_mean(&nearest))
    }
}

impl std::error::Error for ZoneError {}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

impl Zone {
    /// The zone of this name, in any case of letters.
    ///
    /// # Errors
    /// When the database has no such zone.
    pub fn named(name: &str) -> Result<Zone, ZoneError> {
        let database = TimeZoneDatabase::bundled();
        let Ok(zone) = database.get(name) else {
            let names: Vec<String> = database.available().map(|name| name.to_string()).collect();
            let alike = nearest(name, names.iter().map(String::as_str));
            return Err(ZoneError { name: name.to_owned(), nearest: alike.into_iter().map(str::to_owned).collect() });
        };
        let name = zone.iana_name().unwrap_or(name).to_owned();
        let rule = match never_changed(&zone) {
            Some(offset_ms) => Rule::Fixed { offset_ms },
            None => Rule::Table(zone),
        };
        Ok(Zone { name, rule })
    }

    /// Coordinated universal time, the default.
    #[must_use]
    pub fn utc() -> Zone {
        Zone { name: "UTC".to_owned(), rule: Rule::Fixed { offset_ms: 0 } }
    }

    /// The name as the database writes it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the wall clock shows.
    #[must_use]
    pub fn wall(&self, instant: Instant) -> Wall {
        Wall { local_ms: self.local_ms(instant) }
    }

    /// What the wall clock shows, in milliseconds since 1970-01-01 on that clock. Saturates, and beyond the
    /// years -9999 to 9999 uses the offset at their end.
    #[must_use]
    pub fn local_ms(&self, instant: Instant) -> i64 {
        let offset_ms = match &self.rule {
            Rule::Fixed { offset_ms } => *offset_ms,
            Rule::Table(zone) => i64::from(zone.to_offset(timestamp(instant)).seconds()) * SECOND_MS,
        };
        instant.ms().saturating_add(offset_ms)
    }

    /// The instant at which the wall clock shows this. Where the clocks skipped or repeated it, the offset
    /// before the change holds, as RFC 5545 (3.3.5) has it: the first of two, and the later side of a gap.
    #[must_use]
    pub fn instant(&self, local_ms: i64) -> Instant {
        let offset_ms = match &self.rule {
            Rule::Fixed { offset_ms } => *offset_ms,
            Rule::Table(zone) => offset_before(zone, local_ms),
        };
        Instant::from_ms(local_ms.saturating_sub(offset_ms))
    }

    /// The first instant at which the wall clock shows this, or more: where the clocks skipped it, that of the change.
    #[must_use]
    pub(crate) fn first_showing(&self, local_ms: i64) -> Instant {
        let instant = self.instant(local_ms);
        let Rule::Table(zone) = &self.rule else { return instant };
        if self.local_ms(instant) == local_ms {
            return instant;
        }
        let change = zone.preceding(timestamp(instant.plus_ms(1))).next();
        change.map_or(instant, |change| Instant::from_ms(change.timestamp().as_millisecond()))
    }

    /// The instants after the start of a span, up to its end, at which the clocks were changed.
    pub(crate) fn changes(&self, span: InstantSpan) -> impl Iterator<Item = Instant> {
        let zone = if let Rule::Table(zone) = &self.rule { Some(zone) } else { None };
        let changes = zone.into_iter().flat_map(move |zone| zone.following(timestamp(span.start)));
        let instants = changes.map(|change| Instant::from_ms(change.timestamp().as_millisecond()));
        instants.take_while(move |change| *change <= span.end)
    }
}

/// The one offset of a zone without changes.
fn never_changed(zone: &TimeZone) -> Option<i64> {
    let changes = zone.following(Timestamp::MIN).next().is_some() || zone.preceding(Timestamp::MAX).next().is_some();
    let offset_ms = i64::from(zone.to_offset(Timestamp::UNIX_EPOCH).seconds()) * SECOND_MS;
    (!changes).then_some(offset_ms)
}

fn timestamp(instant: Instant) -> Timestamp {
    let end = if instant.ms() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(instant.ms()).unwrap_or(end)
}

/// Only the offset is asked of jiff, whose instants end a day before the year 9999 does.
fn offset_before(zone: &TimeZone, local_ms: i64) -> i64 {
    let offset = match zone.to_ambiguous_timestamp(date_time(local_ms)).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
    };
    i64::from(offset.seconds()) * SECOND_MS
}

fn date_time(local_ms: i64) -> DateTime {
    let (year, month, day) = civil_from_day(local_ms.div_euclid(DAY_MS));
    let ms = local_ms.rem_euclid(DAY_MS);
    let small = |n: i64| i8::try_from(n).unwrap_or(0);
    let (hour, minute) = (small(ms / HOUR_MS), small(ms % HOUR_MS / MINUTE_MS));
    let (second, ms) = (small(ms % MINUTE_MS / SECOND_MS), ms % SECOND_MS);
    let nanosecond = i32::try_from(ms * 1_000_000).unwrap_or(0);
    let end = if year < 0 { DateTime::MIN } else { DateTime::MAX };
    i16::try_from(year)
        .ok()
        .and_then(|year| DateTime::new(year, small(month), small(day), hour, minute, second, nanosecond).ok())
        .unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::super::instant::day_from_civil;
    use super::*;
    use proptest::prelude::*;

    fn zone(name: &str) -> Zone {
        Zone::named(name).expect("a zone")
    }

    fn at(zone: &str, year: i64, month: i64, day: i64, hour: i64, minute: i64) -> String {
        let day = day_from_civil(year, month, day).expect("a date");
        let local_ms = day * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS;
        self::zone(zone).instant(local_ms).to_string()
    }

    #[test]
    fn names_are_the_databases() {
        assert_eq!(zone("europe/istanbul").name(), "Europe/Istanbul");
        assert!(matches!(zone("Etc/UTC").rule, Rule::Fixed { offset_ms: 0 }));
        assert!(matches!(zone("UTC").rule, Rule::Fixed { offset_ms: 0 }));
        assert!(matches!(zone("Europe/Istanbul").rule, Rule::Table(_)));
        let error = Zone::named("Istanbul/Europe").expect_err("no such zone");
        assert!(error.to_string().starts_with("`Istanbul/Europe` is not a time zone"), "{error}");
        let error = Zone::named("Europ/Istanbul").expect_err("no such zone");
        assert!(error.nearest.contains(&"Europe/Istanbul".to_owned()), "{error}");
        for name in ["", "../etc/passwd", "+03:00", "Mars/Olympus", "\u{0}"] {
            assert!(Zone::named(name).is_err(), "{name}");
        }
    }

    #[test]
    fn skipped_and_repeated_times_resolve_as_rfc_5545_does() {
        assert_eq!(at("Europe/Istanbul", 2026, 5, 4, 9, 0), "2026-05-04T06:00:00Z");
        // RFC 5545's own example: 02:30 was skipped, so it is 03:30 EDT.
        assert_eq!(at("America/New_York", 2007, 3, 11, 2, 30), "2007-03-11T07:30:00Z");
        assert_eq!(at("America/New_York", 2007, 11, 4, 1, 30), "2007-11-04T05:30:00Z");
        // Samoa left 30 December 2011 out.
        assert_eq!(at("Pacific/Apia", 2011, 12, 30, 0, 0), at("Pacific/Apia", 2011, 12, 31, 0, 0));
        assert_eq!(at("Europe/Istanbul", 9999, 12, 31, 0, 0), "9999-12-30T21:00:00Z");
        assert_eq!(at("America/New_York", 9999, 12, 31, 23, 0), "+010000-01-01T04:00:00Z");
    }

    proptest! {
        #[test]
        fn wall_clocks_lead_back_as_jiff_says(
            name in proptest::sample::select(vec!["Europe/Istanbul", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "Asia/Kathmandu"]),
            ms in -4_000_000_000_000_i64..8_000_000_000_000,
        ) {
            let zone = zone(name);
            let local_ms = zone.local_ms(Instant::from_ms(ms));
            let Rule::Table(jiff) = &zone.rule else { panic!("{name} has changes") };
            let expected = jiff.to_timestamp(date_time(local_ms)).expect("in jiff's range").as_millisecond();
            prop_assert_eq!(zone.instant(local_ms).ms(), expected);
            prop_assert!(expected <= ms, "the first of two");
        }

        #[test]
        fn extremes_do_not_panic(ms: i64) {
            let zone = zone("America/New_York");
            let _ = (zone.instant(ms), zone.local_ms(Instant::from_ms(ms)));
        }
    }
}
