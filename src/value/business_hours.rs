//! Business hours: the days and times at which a company is open, and the clock that runs only then.
//!
//! Times are real milliseconds inside the openings, so that an opening across a change of the clocks is as long as it really is. A
//! promise of a few hours and one of many years cost about the same: whole days are counted by weeks.

use super::duration::DAY_MS;
use super::instant::{Instant, InstantSpan};
use super::zone::Zone;

/// What a stretch of time is measured by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// It runs all the time.
    #[default]
    Always,
    /// It runs in business hours.
    Business(BusinessHours),
}

impl Clock {
    /// The instant at which so much time is over.
    #[must_use]
    pub(crate) fn end(&self, start: Instant, within_ms: i64, zone: &Zone) -> Instant {
        match self {
            Self::Always => start.plus_ms(within_ms),
            Self::Business(hours) => hours.end(start, within_ms, zone),
        }
    }

    /// The time from one instant to a later one, in milliseconds; 0 where it is not later.
    #[must_use]
    pub(crate) fn elapsed_ms(&self, start: Instant, stop: Instant, zone: &Zone) -> i64 {
        match self {
            Self::Always => stop.ms_since(start).max(0),
            Self::Business(hours) => hours.elapsed_ms(start, stop, zone),
        }
    }
}

/// The days and times at which a company is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessHours {
    /// From Monday on.
    open_on: [bool; 7],
    /// Milliseconds since midnight on the wall clock, `from` before `to`; at most 24 hours.
    from_ms: i64,
    to_ms: i64,
    /// Days since 1970-01-01, ascending, each once.
    holidays: Vec<i64>,
}

/// Days from one instant beyond which no end is looked for. The longest promise with the shortest opening ends before.
const FAR: i64 = 1 << 31;

impl BusinessHours {
    /// Open on some days of the week (from Monday on; at least one), from one time of day to a later one (milliseconds since midnight),
    /// but not on holidays (days since 1970-01-01).
    #[must_use]
    pub(crate) fn new(open_on: [bool; 7], from_ms: i64, to_ms: i64, mut holidays: Vec<i64>) -> Self {
        debug_assert!(open_on.contains(&true) && (0..to_ms).contains(&from_ms) && to_ms <= DAY_MS);
        holidays.sort_unstable();
        holidays.dedup();
        Self { open_on, from_ms, to_ms, holidays }
    }

    /// The days of the week on which it is open, 0 for Monday.
    pub(crate) fn days(&self) -> impl Iterator<Item = usize> {
        (0..7).filter(|day| self.open_on[*day])
    }

    /// From when to when, in milliseconds since midnight.
    #[must_use]
    pub(crate) fn times_ms(&self) -> (i64, i64) {
        (self.from_ms, self.to_ms)
    }

    /// The holidays, as days since 1970-01-01, ascending.
    #[must_use]
    pub(crate) fn holidays(&self) -> &[i64] {
        &self.holidays
    }

    /// The business time from one instant to a later one, in milliseconds; 0 where it is not later.
    #[must_use]
    pub(crate) fn elapsed_ms(&self, start: Instant, stop: Instant, zone: &Zone) -> i64 {
        if stop <= start {
            return 0;
        }
        let (first, last) = (day_of(start, zone), day_of(stop, zone));
        let part = |day| {
            let opening = self.opening(day, zone);
            opening.end.min(stop).ms_since(opening.start.max(start)).max(0)
        };
        if first == last {
            return part(first);
        }
        part(first) + self.whole_days_ms(first + 1, last, InstantSpan { start, end: stop }, zone) + part(last)
    }

    /// The instant at which so much business time is over: the earliest, so that what ends with the opening doesn't end with the next.
    #[must_use]
    pub(crate) fn end(&self, start: Instant, within_ms: i64, zone: &Zone) -> Instant {
        let first = day_of(start, zone);
        let is_over = |day: i64| self.elapsed_ms(start, zone.first_showing(day * DAY_MS), zone) >= within_ms;
        // The last day that begins before the time is over, by steps that double, then halve.
        let (mut day, mut step) = (first, 1);
        while step < FAR && !is_over(day + step) {
            day += step;
            step *= 2;
        }
        while step > 1 {
            step /= 2;
            if !is_over(day + step) {
                day += step;
            }
        }
        let begin = start.max(zone.first_showing(day * DAY_MS));
        let left_ms = within_ms - self.elapsed_ms(start, begin, zone);
        begin.max(self.opening(day, zone).start).plus_ms(left_ms)
    }

    /// The business time of the days from one to before another, all of them within a span.
    fn whole_days_ms(&self, first: i64, end: i64, span: InstantSpan, zone: &Zone) -> i64 {
        if first >= end {
            return 0;
        }
        let usual_ms = self.to_ms - self.from_ms;
        let mut ms = self.n_open_days(first, end) * usual_ms;
        let mut next = first;
        for change in zone.changes(span) {
            for day in day_of(change.minus_ms(1), zone).max(next)..(day_of(change, zone) + 1).min(end) {
                if self.is_open_on(day) {
                    let opening = self.opening(day, zone);
                    ms += opening.end.ms_since(opening.start) - usual_ms;
                }
                next = day + 1;
            }
        }
        ms
    }

    /// How many days from one to before another it is open on.
    fn n_open_days(&self, first: i64, end: i64) -> i64 {
        let n_days = end - first;
        let of_week = self.days().count();
        let rest = (end - n_days % 7..end).filter(|day| self.open_on[day_of_week(*day)]).count();
        let between = |day: &&i64| **day < end;
        let holidays = &self.holidays[self.holidays.partition_point(|day| *day < first)..];
        let closed = holidays.iter().take_while(between).filter(|day| self.open_on[day_of_week(**day)]).count();
        let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        n_days / 7 * whole(of_week) + whole(rest) - whole(closed)
    }

    fn is_open_on(&self, day: i64) -> bool {
        self.open_on[day_of_week(day)] && self.holidays.binary_search(&day).is_err()
    }

    /// The opening of a day; empty where it is closed.
    fn opening(&self, day: i64, zone: &Zone) -> InstantSpan {
        let start = zone.first_showing(day * DAY_MS + self.from_ms);
        let is_open = self.is_open_on(day);
        InstantSpan { start, end: if is_open { zone.first_showing(day * DAY_MS + self.to_ms) } else { start } }
    }
}

/// 0 for Monday: day 0 was a Thursday.
fn day_of_week(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

/// The latest day that has begun. Where the clocks went back across midnight, the wall shows the day before once more.
fn day_of(instant: Instant, zone: &Zone) -> i64 {
    let shown = zone.local_ms(instant).div_euclid(DAY_MS);
    if zone.first_showing((shown + 1) * DAY_MS) <= instant { shown + 1 } else { shown }
}

#[cfg(test)]
mod tests;
