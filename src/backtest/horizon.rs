//! How long after a moment the outcome is waited for.

use crate::value::Instant;
use crate::value::duration::DAY_MS;

/// The horizons that a backtest chooses among, in days.
const CHOICES: [i64; 7] = [7, 14, 30, 60, 90, 180, 365];

/// The time after a moment in which the outcome counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// Its length in milliseconds.
    pub within_ms: i64,
}

impl Horizon {
    /// The last instant at which the outcome of a moment counts.
    #[must_use]
    pub fn end(self, moment: Instant) -> Instant {
        moment.plus_ms(self.within_ms)
    }

    /// Whether all of it was seen: it ends at or before the day of the export. Other moments are never judged.
    #[must_use]
    pub fn is_mature(self, moment: Instant, as_of: Instant) -> bool {
        self.end(moment) <= as_of
    }

    /// Whether an outcome counts: after the moment, at or before the end.
    #[must_use]
    pub fn holds(self, moment: Instant, entered: Instant) -> bool {
        moment < entered && entered <= self.end(moment)
    }
}

/// The horizon if nobody says one: the 80th percentile (nearest rank) of the times from the first stage to the outcome, rounded
/// up to 7, 14, 30, 60, 90, 180 or 365 days, and at most 365. None without times.
#[must_use]
pub fn default_horizon(mut times_ms: Vec<i64>) -> Option<Horizon> {
    let rank = (times_ms.len() * 4).div_ceil(5).checked_sub(1)?;
    let (_, percentile_ms, _) = times_ms.select_nth_unstable(rank);
    let days = CHOICES.into_iter().find(|days| *percentile_ms <= days * DAY_MS).unwrap_or(365);
    Some(Horizon { within_ms: days * DAY_MS })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_counts_after_the_moment_up_to_the_end() {
        let horizon = Horizon { within_ms: 10 };
        let holds = |ms| horizon.holds(Instant::from_ms(100), Instant::from_ms(ms));
        assert_eq!([99, 100, 101, 110, 111].map(holds), [false, false, true, true, false]);
        let is_mature = |as_of| horizon.is_mature(Instant::from_ms(100), Instant::from_ms(as_of));
        assert_eq!([109, 110].map(is_mature), [false, true]);
    }

    #[test]
    fn the_default_is_the_80th_percentile_rounded_up() {
        let days = |times: &[i64]| {
            let horizon = default_horizon(times.iter().map(|days| days * DAY_MS).collect());
            horizon.map(|horizon| horizon.within_ms / DAY_MS)
        };
        assert_eq!(days(&[]), None);
        assert_eq!(days(&[8]), Some(14));
        // The fourth of five.
        assert_eq!(days(&[400, 1, 30, 2, 3]), Some(30));
        assert_eq!(days(&[400, 1, 31, 2, 3]), Some(60));
        assert_eq!(days(&[1000; 9]), Some(365));
    }
}
