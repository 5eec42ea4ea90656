//! Whether the events of a source are what a night needs: from an export that still runs, and of leads that the file has.

use super::counts::EventCounts;
use crate::rulebook::Guard;
use crate::value::Instant;
use crate::value::duration::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};
use crate::value::figures::{grouped, share};
use std::fmt;

/// What the events of a source come to, where its guard does not allow that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// The newest event that counts is too old.
    Old {
        /// Its time.
        newest: Instant,
        /// How long before the run it was, in milliseconds.
        age_ms: i64,
    },
    /// No event counts, so none is new.
    NoEvent(Option<WhyNone>),
    /// Too many of the dated events belong to no lead.
    Orphans {
        /// How many.
        n_orphans: u64,
        /// How many events have a time.
        n_dated: u64,
    },
}

/// Why no event of a source counts that has a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyNone {
    /// How many rows there are.
    pub n_rows: u64,
    /// How many events they hold.
    pub n_events: u64,
    /// Events without a time.
    pub n_undated: u64,
    /// Events of no lead.
    pub n_orphans: u64,
    /// Events after the run, or only of later leads.
    pub n_later: u64,
    /// Events that a program made.
    pub n_automated: u64,
}

impl WhyNone {
    fn of(counts: &EventCounts) -> Self {
        let EventCounts { n_events, n_undated, n_orphans, n_later, n_automated, .. } = *counts;
        Self { n_rows: counts.n_rows - counts.n_empty, n_events, n_undated, n_orphans, n_later, n_automated }
    }
}

/// Where a source breaks its guard at the instant of a run; its age first.
#[must_use]
pub fn alarms(guard: Guard, counts: &EventCounts, has_file: bool, as_of: Instant) -> Vec<Alarm> {
    let age = guard.max_age_ms.and_then(|most_ms| match counts.newest {
        None => Some(Alarm::NoEvent(has_file.then(|| WhyNone::of(counts)))),
        Some(newest) => {
            let age_ms = as_of.ms_since(newest);
            (age_ms > most_ms).then_some(Alarm::Old { newest, age_ms })
        }
    });
    // A cell without a time is no event: with `from_columns` a row can have several of these.
    let n_dated = counts.n_events - counts.n_undated;
    let n_orphans = counts.n_orphans;
    let orphans = guard.max_orphans.filter(|most| most.is_exceeded_by(n_orphans, n_dated));
    age.into_iter().chain(orphans.map(|_| Alarm::Orphans { n_orphans, n_dated })).collect()
}

/// What is so, without the limit.
impl fmt::Display for Alarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Old { newest, age_ms } => {
                write!(f, "the newest event that counts ({newest}) is {} old", elapsed(*age_ms))
            }
            Self::NoEvent(None) => f.write_str("there is no file"),
            Self::NoEvent(Some(why)) => why.fmt(f),
            Self::Orphans { n_orphans, n_dated } => {
                let (n, of) = (grouped(*n_orphans), grouped(*n_dated));
                let belong = if *n_orphans == 1 { "belongs" } else { "belong" };
                write!(f, "{n} of {of} dated events ({}) {belong} to no lead", share(*n_orphans, *n_dated))
            }
        }
    }
}

impl fmt::Display for WhyNone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.n_rows, self.n_events) {
            (0, _) => return f.write_str("its export has no rows"),
            (1, 0) => return f.write_str("its only row was rejected"),
            (n_rows, 0) => return write!(f, "all of its {} rows were rejected", grouped(n_rows)),
            (_, 1) => f.write_str("its only event doesn't count")?,
            (_, n_events) => write!(f, "none of its {} events counts", grouped(n_events))?,
        }
        let parts = [
            (self.n_undated, "without a time"),
            (self.n_orphans, "of no lead"),
            (self.n_later, "later"),
            (self.n_automated, "automated"),
        ];
        let told = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", grouped(*n)));
        write!(f, " ({})", told.collect::<Vec<_>>().join(", "))
    }
}

/// No age in hours is longer: limits are written like that, and `1d 2h` would hide that it is more than `26h`.
const MOST_HOURS_MS: i64 = 3 * DAY_MS;

/// A length of time by its two largest units: `28d 23h`, `26h 10min`.
fn elapsed(ms: i64) -> String {
    let day_ms = if ms < MOST_HOURS_MS { i64::MAX } else { DAY_MS };
    let mut rest = ms;
    let units = [(day_ms, "d"), (HOUR_MS, "h"), (MINUTE_MS, "min"), (SECOND_MS, "s"), (1, "ms")];
    let counted = units.map(|(unit_ms, unit)| {
        let n = rest / unit_ms;
        rest %= unit_ms;
        (n, unit)
    });
    let told = counted.into_iter().filter(|(n, _)| *n > 0).take(2).map(|(n, unit)| format!("{n}{unit}"));
    told.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_told_as_limits_are_written() {
        let (hour, min) = (HOUR_MS, MINUTE_MS);
        let told =
            [29 * DAY_MS - 1, 26 * hour + 10 * min, 26 * hour + 1, 72 * hour, 72 * hour - 1, 61_000].map(elapsed);
        assert_eq!(told, ["28d 23h", "26h 10min", "26h 1ms", "3d", "71h 59min", "1min 1s"]);
    }
}
