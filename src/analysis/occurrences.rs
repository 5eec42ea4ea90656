//! How many points the events of an occurrence criterion can come to.
//!
//! The newest event of every bundle can have just happened; the one before it in the calendar, too, where a period ends; from
//! then on a whole period lies between each and the next, and decay has its time.

use super::range::PointRange;
use crate::points::Points;
use crate::rulebook::expr::{Calendar, Count, Measure, Tally};
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
    let is_negative = *points < Points::ZERO;
    let n_most = most_events(count, *at_most, tally.select.within_ms);
    let period_ms = if let Count::Per(calendar) = count { shortest_ms(*calendar) } else { 0 };
    let sum = sum_micros(points.micros(), period_ms, n_most, *decay);
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
        Count::Each | Count::Distinct(_) => None,
    };
    match (by_count, at_most) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The largest sum in size, in millionths of a point; none where nothing bounds it.
fn sum_micros(points: i128, period_ms: i64, n_most: Option<usize>, decay: Option<Decay>) -> Option<i128> {
    if points == 0 {
        return Some(0);
    }
    // Where nothing keeps events apart, all of them can have just happened.
    let Some(decay) = decay.filter(|_| period_ms > 0) else {
        return n_most.map(|n| points.saturating_mul(i128::try_from(n).unwrap_or(i128::MAX)));
    };
    let n_most = n_most.unwrap_or(MOST_EVENTS + 1);
    // A millionth more for each, since half-lives are rounded.
    let slack = points.signum();
    let mut sum = 0;
    for number in 0..n_most.min(MOST_EVENTS) {
        let age_ms = i64::try_from(number.saturating_sub(1)).ok()?.saturating_mul(period_ms);
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
        let sum = sum_micros(12_000_000, 20 * HOUR_MS, None, Some(half)).expect("it fades");
        // Two of today, then a geometric series: 12 + 12 / (1 − 2^(−20/720)) is 641.26.
        assert!((641_000_000..642_000_000).contains(&sum), "{sum}");
        assert_eq!(sum_micros(12_000_000, 0, None, Some(half)), None);
        assert_eq!(sum_micros(-5_000_000, 0, Some(3), None), Some(-15_000_000));
    }
}
