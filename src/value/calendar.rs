//! Calendar days, ISO weeks, months, quarters and years in a time zone: the number of the one that an instant
//! lies in, its name, and where it begins. Numbers are integers that ascend in time, fit for keys.

use super::duration::DAY_MS;
use super::instant::{Instant, InstantSpan, Year, civil_from_day, first_of_month};
use super::zone::Zone;

/// A calendar unit, as in `per: month`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// A calendar day.
    Day,
    /// An ISO 8601 week, from Monday on.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months, from January on.
    Quarter,
    /// A calendar year.
    Year,
}

impl Calendar {
    /// The unit that a rulebook names.
    #[must_use]
    pub fn of(name: &str) -> Option<Calendar> {
        Some(match name {
            "day" => Calendar::Day,
            "week" => Calendar::Week,
            "month" => Calendar::Month,
            "quarter" => Calendar::Quarter,
            "year" => Calendar::Year,
            _ => return None,
        })
    }

    /// The bucket that a day (since 1970-01-01) lies in.
    #[must_use]
    pub fn bucket_of_day(self, day: i64) -> i64 {
        let month = || {
            let (year, month, _) = civil_from_day(day);
            year * 12 + month - 1
        };
        match self {
            Calendar::Day => day,
            // Day 0 was a Thursday, so day -3 a Monday.
            Calendar::Week => (day + 3).div_euclid(7),
            Calendar::Month => month(),
            Calendar::Quarter => month().div_euclid(3),
            Calendar::Year => month().div_euclid(12),
        }
    }

    /// The first day (since 1970-01-01) of a bucket.
    #[must_use]
    pub fn first_day(self, bucket: i64) -> i64 {
        let of_month = |months: i64| first_of_month(months.div_euclid(12), months.rem_euclid(12) + 1);
        match self {
            Calendar::Day => bucket,
            Calendar::Week => bucket * 7 - 3,
            Calendar::Month => of_month(bucket),
            Calendar::Quarter => of_month(bucket * 3),
            Calendar::Year => of_month(bucket * 12),
        }
    }

    /// The instants of a bucket.
    #[must_use]
    pub fn span(self, bucket: i64, zone: &Zone) -> InstantSpan {
        InstantSpan {
            start: start_of_day(self.first_day(bucket), zone),
            end: start_of_day(self.first_day(bucket + 1), zone),
        }
    }

    /// The name of a bucket: `2026-05-04`, `2026-W19`, `2026-05`, `2026-Q2`, `2026`.
    #[must_use]
    pub fn label(self, bucket: i64) -> String {
        // The year of an ISO week is that of its Thursday.
        let first = self.first_day(bucket) + if self == Calendar::Week { 3 } else { 0 };
        let (year, month, day) = civil_from_day(first);
        let week = (first - first_of_month(year, 1)) / 7 + 1;
        let year = Year(year);
        match self {
            Calendar::Day => format!("{year}-{month:02}-{day:02}"),
            Calendar::Week => format!("{year}-W{week:02}"),
            Calendar::Month => format!("{year}-{month:02}"),
            Calendar::Quarter => format!("{year}-Q{}", (month - 1) / 3 + 1),
            Calendar::Year => year.to_string(),
        }
    }
}

/// The bucket that an instant lies in. Distinct buckets have distinct numbers, which ascend in time.
#[must_use]
pub fn bucket(instant: Instant, zone: &Zone, calendar: Calendar) -> i64 {
    calendar.bucket_of_day(zone.local_ms(instant).div_euclid(DAY_MS))
}

/// The calendar day that an instant lies in, as days since 1970-01-01; held at the ends of `i32`.
#[must_use]
pub(crate) fn day_number(instant: Instant, zone: &Zone) -> i32 {
    let day = zone.local_ms(instant).div_euclid(DAY_MS);
    i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX })
}

/// The first instant of a day (since 1970-01-01), which is not midnight where the clocks skipped it.
#[must_use]
pub(crate) fn start_of_day(day: i64, zone: &Zone) -> Instant {
    zone.instant(day.saturating_mul(DAY_MS))
}

#[cfg(test)]
mod tests {
    use super::super::instant::day_from_civil;
    use super::*;
    use proptest::prelude::*;

    const ALL: [Calendar; 5] = [Calendar::Day, Calendar::Week, Calendar::Month, Calendar::Quarter, Calendar::Year];

    fn labels(year: i64, month: i64, day: i64) -> [String; 5] {
        let day = day_from_civil(year, month, day).expect("a date");
        ALL.map(|calendar| calendar.label(calendar.bucket_of_day(day)))
    }

    #[test]
    fn buckets_have_names() {
        assert_eq!(labels(2026, 5, 4), ["2026-05-04", "2026-W19", "2026-05", "2026-Q2", "2026"]);
        // The examples of ISO 8601: weeks belong to the year of their Thursday.
        assert_eq!(labels(2008, 12, 29)[1], "2009-W01");
        assert_eq!(labels(2010, 1, 3)[1], "2009-W53");
        assert_eq!(labels(1969, 12, 31), ["1969-12-31", "1970-W01", "1969-12", "1969-Q4", "1969"]);
        assert_eq!(labels(0, 1, 1)[4], "0000");
        assert_eq!(["day", "week", "month", "quarter", "year"].map(Calendar::of), ALL.map(Some));
        assert_eq!(Calendar::of("Month"), None);
    }

    #[test]
    fn days_are_the_zones() {
        let istanbul = Zone::named("Europe/Istanbul").expect("a zone");
        let late = Instant::from_ms(1_767_214_800_000); // 2025-12-31T21:00:00Z, midnight in Istanbul
        assert_eq!(day_number(late, &istanbul), day_number(late, &Zone::utc()) + 1);
        assert_eq!(bucket(late, &istanbul, Calendar::Year), 2026);
        assert_eq!(day_number(Instant::from_ms(i64::MAX), &Zone::utc()), i32::MAX);
        assert_eq!(day_number(Instant::from_ms(i64::MIN), &istanbul), i32::MIN);
    }

    #[test]
    fn days_are_as_long_as_the_clocks_make_them() {
        let hours = |name: &str, year, month, day| {
            let day = day_from_civil(year, month, day).expect("a date");
            let span = Calendar::Day.span(day, &Zone::named(name).expect("a zone"));
            span.end.ms_since(span.start) / 3_600_000
        };
        assert_eq!(hours("Europe/Berlin", 2026, 3, 29), 23);
        assert_eq!(hours("Europe/Berlin", 2026, 10, 25), 25);
        assert_eq!(hours("America/Sao_Paulo", 2018, 11, 4), 23, "midnight itself was skipped");
        assert_eq!(hours("Pacific/Apia", 2011, 12, 30), 0, "the day was left out");
    }

    proptest! {
        #[test]
        fn a_day_lies_in_its_bucket(day in -4_000_000_i64..4_000_000) {
            for calendar in ALL {
                let bucket = calendar.bucket_of_day(day);
                prop_assert!(calendar.first_day(bucket) <= day && day < calendar.first_day(bucket + 1));
                prop_assert!(calendar.bucket_of_day(day + 1) - bucket <= 1);
                prop_assert_eq!(calendar.label(bucket) == calendar.label(bucket + 1), false);
            }
        }

        #[test]
        fn weeks_are_jiffs(day in -700_000_i32..2_000_000) {
            let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(day)).expect("in range");
            let week = date.iso_week_date();
            let label = Calendar::Week.label(Calendar::Week.bucket_of_day(i64::from(day)));
            prop_assert_eq!(label, format!("{:04}-W{:02}", week.year(), week.week()));
        }

        #[test]
        fn an_instant_lies_in_its_buckets_span(ms in 0_i64..4_000_000_000_000, name in proptest::sample::select(vec!["UTC", "Europe/Istanbul", "America/Sao_Paulo", "Asia/Kathmandu"])) {
            let zone = Zone::named(name).expect("a zone");
            let instant = Instant::from_ms(ms);
            for calendar in ALL {
                prop_assert!(calendar.span(bucket(instant, &zone, calendar), &zone).contains(instant));
            }
        }
    }
}
