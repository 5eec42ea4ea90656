//! How old a lead was at a moment, in bands: leads of one band are alike enough in age to be compared.

use crate::value::duration::DAY_MS;

/// The lower bounds of all bands but the first, in days: every five days up to 120, then wider.
const BOUNDS: [u16; 27] =
    [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100, 105, 110, 115, 120, 150, 180, 365];

/// A band of ages, from its lower bound up to, but without, the next one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgeBand(u8);

impl AgeBand {
    /// The band of an age in milliseconds. What lies below 0 is in the first.
    #[must_use]
    pub fn of(age_ms: i64) -> AgeBand {
        let days = age_ms.div_euclid(DAY_MS);
        let n_reached = BOUNDS.partition_point(|bound| i64::from(*bound) <= days);
        AgeBand(u8::try_from(n_reached).unwrap_or(u8::MAX))
    }

    /// Its first day of age, and the first day after it; the last band has no end.
    #[must_use]
    pub fn days(self) -> (u16, Option<u16>) {
        let at = usize::from(self.0);
        let from = at.checked_sub(1).and_then(|before| BOUNDS.get(before)).copied().unwrap_or(0);
        (from, BOUNDS.get(at).copied())
    }

    /// Its number, from 0 on, below 32.
    pub(super) fn number(self) -> u32 {
        u32::from(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_begins_with_its_bound() {
        let days = |age_ms| AgeBand::of(age_ms).days();
        assert_eq!(days(0), (0, Some(5)));
        assert_eq!(days(5 * DAY_MS - 1), (0, Some(5)));
        assert_eq!(days(5 * DAY_MS), (5, Some(10)));
        assert_eq!(days(119 * DAY_MS), (115, Some(120)));
        assert_eq!(days(120 * DAY_MS), (120, Some(150)));
        assert_eq!(days(364 * DAY_MS), (180, Some(365)));
        assert_eq!(days(i64::MAX), (365, None));
        assert_eq!(days(-1), (0, Some(5)));
        assert!(BOUNDS.is_sorted() && AgeBand::of(i64::MAX).number() < 32);
    }
}
