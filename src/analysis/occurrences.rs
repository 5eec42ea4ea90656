//! How many points the events of an occurrence criterion can come to.
//!
//! The newest event of every bundle can have just happened; the one before it in the calendar, too, where a period ends; from
//! then on a whole period lies between each and the next, and decay has its time.

use super::range::PointRange;
use crate::points::Points;
use crate::rulebook::expr::{Calendar, Count, EventPoints, Measure, Tally};
use crate::score::capped;
use crate::value::Decay;
use crate::value::duration::{DAY_MS, HOUR_MS};

/// Clocks go forward: so much shorter than its days a period can be.
const SHORTER_MS: i64 = 4 * HOUR_MS;
/// After so many events nothing bounds the sum.
const MOST_EVENTS: usize = 20_000;

/// The points of the tally's events, after the cap.
pub(crate) fn range(tally: &Tally, cap: Option<Points>) -> PointRange {
    let Measure::Points { points, count, at_most, decay } = &tally.measure else { return PointRange::default() };
    let EventPoints::Fixed(points) = points else {
        // A file can say any number.
        return cap.map_or(PointRange::EVERY, |cap| PointRange { min: Points::ZERO.saturating_sub(cap), max: cap });
    };
    let is_negative = *points < Points::ZERO;
    let n_most = most_events(count, *at_most, tally.select.within_ms);
    let gap = match count {
        Count::Per(calendar) => Gap { ms: shortest_ms(*calendar), n_close: 2 },
        Count::Apart(ms) => Gap { ms: *ms, n_close: 1 },
        Count::Each | Count::Once | Count::Distinct(_) => NO_GAP,
    };
    let sum = sum_micros(points.micros(), gap, n_most, *decay);
    let Some(micros) = sum else {
        return cap.map_or(PointRange::unbounded(is_negative), |cap| {
            let cap = if is_negative { Points::ZERO.saturating_sub(cap) } else { cap };
            PointRange { min: cap.min(Points::ZERO), max: cap.max(Points::ZERO) }
        });
    };
    let end = capped(micros, cap);
    PointRange { min: end.min(Points::ZERO), max: end.max(Points::ZERO) }
}

/// How many events can count; none where nothing bounds them.
pub(crate) fn most_events(count: &Count, at_most: Option<usize>, within_ms: Option<i64>) -> Option<usize> {
    let by_count = match count {
        Count::Once => Some(1),
        Count::Per(calendar) => within_ms.and_then(|ms| usize::try_from((ms - 1) / shortest_ms(*calendar) + 2).ok()),
        Count::Apart(gap_ms) => within_ms.and_then(|ms| usize::try_from((ms - 1) / gap_ms + 1).ok()),
        Count::Each | Count::Distinct(_) => None,
    };
    match (by_count, at_most) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// How far apart events lie that can count.
#[derive(Clone, Copy)]
struct Gap {
    /// At least so many milliseconds, from one to the next.
    ms: i64,
    /// How many of the newest can have just happened.
    n_close: usize,
}

/// Nothing keeps them apart.
const NO_GAP: Gap = Gap { ms: 0, n_close: 0 };

/// The largest sum in size, in millionths of a point; none where nothing bounds it.
fn sum_micros(points: i128, gap: Gap, n_most: Option<usize>, decay: Option<Decay>) -> Option<i128> {
    if points == 0 {
        return Some(0);
    }
    // Where nothing keeps events apart, all of them can have just happened.
    let Some(decay) = decay.filter(|_| gap.ms > 0) else {
        return n_most.map(|n| points.saturating_mul(i128::try_from(n).unwrap_or(i128::MAX)));
    };
    let n_most = n_most.unwrap_or(MOST_EVENTS + 1);
    // A millionth more for each, since half-lives are rounded.
    let slack = points.signum();
    let mut sum = 0;
    for number in 0..n_most.min(MOST_EVENTS) {
        let age_ms = i64::try_from((number + 1).saturating_sub(gap.n_close)).ok()?.saturating_mul(gap.ms);
        let left = i128::from(decay.apply(i64::try_from(points).ok()?, age_ms));
        if left == 0 {
            return Some(sum);
        }
        sum += left + slack;
    }
    (n_most <= MOST_EVENTS).then_some(sum)
}

fn shortest_ms(calendar: Calendar) -> i64 {
    let n_days = match calendar {
        Calendar::Day => 1,
        Calendar::Week => 7,
        Calendar::Month => 28,
        Calendar::Quarter => 90,
        Calendar::Year => 365,
    };
    n_days * DAY_MS - SHORTER_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_touches_one_period_more_than_it_is_long() {
        let per = |calendar, days: i64| most_events(&Count::Per(calendar), None, Some(days * DAY_MS));
        assert_eq!(per(Calendar::Day, 1), Some(3));
        assert_eq!(per(Calendar::Month, 30), Some(3));
        assert_eq!(most_events(&Count::Each, Some(4), None), Some(4));
        assert_eq!(most_events(&Count::Each, None, Some(1)), None);
    }

    #[test]
    fn decay_bounds_what_has_no_window() {
        let half = Decay::HalfLife { half_life_ms: 30 * DAY_MS };
        let sum = sum_micros(12_000_000, Gap { ms: 20 * HOUR_MS, n_close: 2 }, None, Some(half)).expect("it fades");
        // Two of today, then a geometric series: 12 + 12 / (1 − 2^(−20/720)) is 641.26.
        assert!((641_000_000..642_000_000).contains(&sum), "{sum}");
        assert_eq!(sum_micros(12_000_000, NO_GAP, None, Some(half)), None);
        assert_eq!(sum_micros(-5_000_000, NO_GAP, Some(3), None), Some(-15_000_000));
    }
}
