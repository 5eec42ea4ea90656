//! Numbers and times that say less: an export would have to be searched in vain for them.

use crate::value::duration::DAY_MS;
use crate::value::{Instant, Number};

/// The number with so many digits that are not zero, cut towards zero.
pub(super) fn round_number(number: Number, n_digits: u32) -> Number {
    let size = number.micros().unsigned_abs();
    let n_all = size.checked_ilog10().map_or(0, |log| log + 1);
    let unit = 10i64.saturating_pow(n_all.saturating_sub(n_digits));
    Number::from_micros(number.micros() / unit * unit)
}

/// Noon of the day, in UTC.
pub(super) fn round_day(instant: Instant) -> Instant {
    Instant::from_ms(instant.ms().div_euclid(DAY_MS).saturating_mul(DAY_MS).saturating_add(DAY_MS / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_first_digits_and_times_their_day() {
        let cases = [(444_678_000, 1, 400_000_000), (3055, 2, 3000), (-3055, 3, -3050), (7, 1, 7), (0, 1, 0)];
        for (number, n_digits, expected) in cases {
            let round = round_number(Number::from_micros(number * 1_000_000), n_digits);
            assert_eq!(round, Number::from_micros(expected * 1_000_000), "{number}");
        }
        assert_eq!(round_number(Number::from_micros(i64::MIN), 1).micros(), -9_000_000_000_000_000_000);
        assert_eq!(round_day(Instant::from_ms(-1)).to_string(), "1969-12-31T12:00:00Z");
    }
}
