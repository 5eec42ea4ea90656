//! A number of points times a power of a fraction, rounded once: exact, however high the power.

use crate::points::{div_round, saturate};

/// `points · (kept / whole)ⁿ`, rounded half away from zero. `kept` counts as `whole` at most.
///
/// Ties are exact: where there can be one, the powers fit into a word. Elsewhere the number before rounding is known to n·2⁻⁶⁴.
pub(super) fn shrunk(points: i64, kept: u32, whole: u32, n: u64) -> i64 {
    let (kept, whole) = (kept.min(whole), whole.max(1));
    if n == 0 || kept == whole {
        return points;
    }
    if kept == 0 || points == 0 {
        return 0;
    }
    let shared = common_divisor(kept, whole);
    let (kept, whole) = (kept / shared, whole / shared);
    if let Some(left) = in_one_word(points, kept, whole, n) {
        return left;
    }
    let size = rounded(points.unsigned_abs(), power(kept, whole, n));
    let left = i64::try_from(size).unwrap_or(i64::MAX);
    if points < 0 { -left } else { left }
}

fn common_divisor(mut a: u32, mut b: u32) -> u32 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The exact quotient, where both powers are short enough: nearly always.
fn in_one_word(points: i64, kept: u32, whole: u32, n: u64) -> Option<i64> {
    let n = u32::try_from(n).ok()?;
    let above = i128::from(kept).checked_pow(n)?.checked_mul(i128::from(points))?;
    Some(saturate(div_round(above, i128::from(whole).checked_pow(n)?)))
}

/// `(kept / whole)ⁿ` in units of 2⁻¹²⁸, cut.
fn power(kept: u32, whole: u32, n: u64) -> u128 {
    // Long division, 32 bits at a time.
    let (mut base, mut rest) = (0_u128, u128::from(kept));
    for _ in 0..4 {
        let next = rest << 32;
        base = (base << 32) | (next / u128::from(whole));
        rest = next % u128::from(whole);
    }
    let (mut found, mut left): (Option<u128>, u64) = (None, n);
    while left > 0 {
        if left & 1 == 1 {
            found = Some(found.map_or(base, |so_far| upper_half(so_far, base)));
        }
        base = upper_half(base, base);
        left >>= 1;
    }
    found.unwrap_or(u128::MAX)
}

/// The upper 128 bits of a product, cut.
fn upper_half(a: u128, b: u128) -> u128 {
    const LOW: u128 = u64::MAX as u128;
    let (a1, a0, b1, b0) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let middle = a1 * b0 + ((a0 * b0) >> 64);
    let carried = (middle & LOW) + a0 * b1;
    a1 * b1 + (middle >> 64) + (carried >> 64)
}

/// `points` times a fraction in units of 2⁻¹²⁸, rounded half up.
fn rounded(points: u64, fraction: u128) -> u64 {
    const LOW: u128 = u64::MAX as u128;
    let low = u128::from(points) * (fraction & LOW);
    let high = u128::from(points) * (fraction >> 64) + (low >> 64);
    let (whole, half) = (high >> 64, (high >> 63) & 1);
    u64::try_from(whole + half).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cmp::Ordering;

    /// A whole number of any size, its lowest 32 bits first.
    struct Large(Vec<u32>);

    impl Large {
        fn of(number: u64) -> Self {
            Self(vec![low_half(number), low_half(number >> 32)])
        }

        fn times(mut self, factor: u32) -> Self {
            let mut carried = 0;
            for digit in &mut self.0 {
                let next = u64::from(*digit) * u64::from(factor) + carried;
                *digit = low_half(next);
                carried = next >> 32;
            }
            self.0.push(low_half(carried));
            self.trimmed()
        }

        fn plus(mut self, more: u32) -> Self {
            let mut carried = u64::from(more);
            for digit in &mut self.0 {
                let next = u64::from(*digit) + carried;
                *digit = low_half(next);
                carried = next >> 32;
            }
            self.0.push(low_half(carried));
            self.trimmed()
        }

        fn trimmed(mut self) -> Self {
            while self.0.last() == Some(&0) {
                self.0.pop();
            }
            self
        }

        fn order(&self, other: &Self) -> Ordering {
            let by_length = self.0.len().cmp(&other.0.len());
            by_length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the lower half is what is asked for")]
    fn low_half(number: u64) -> u32 {
        number as u32
    }

    /// By whole powers alone.
    fn by_large(points: u64, kept: u32, whole: u32, n: u64, left: u64) -> bool {
        let (mut twice, mut tie_below, mut tie_above) =
            (Large::of(points).times(2), Large::of(left).times(2), Large::of(left).times(2).plus(1));
        for _ in 0..n {
            twice = twice.times(kept);
            tie_below = tie_below.times(whole);
            tie_above = tie_above.times(whole);
        }
        // 2·points·keptⁿ + wholeⁿ ≥ 2·left·wholeⁿ, and 2·points·keptⁿ < (2·left + 1)·wholeⁿ.
        let mut one = Large::of(1);
        for _ in 0..n {
            one = one.times(whole);
        }
        let mut raised = vec![0_u32; twice.0.len().max(one.0.len()) + 1];
        let mut carried = 0_u64;
        for (at, digit) in raised.iter_mut().enumerate() {
            let next =
                carried + [&twice, &one].iter().map(|n| u64::from(n.0.get(at).copied().unwrap_or(0))).sum::<u64>();
            *digit = low_half(next);
            carried = next >> 32;
        }
        Large(raised).trimmed().order(&tie_below) != Ordering::Less && twice.order(&tie_above) == Ordering::Less
    }

    #[test]
    fn powers_by_hand() {
        assert_eq!(shrunk(10_000, 9, 10, 4), 6_561);
        assert_eq!(shrunk(-10_000, 9, 10, 4), -6_561);
        assert_eq!([0, 1, 2, 3, 4].map(|n| shrunk(8, 50, 100, n)), [8, 4, 2, 1, 1]);
        assert_eq!([shrunk(1, 1, 2, 1), shrunk(-1, 1, 2, 1), shrunk(1, 1, 2, 2)], [1, -1, 0], "ties go away from zero");
        assert_eq!([shrunk(7, 0, 10, 0), shrunk(7, 0, 10, 1)], [7, 0]);
        // (2⁶³ − 1) · 0.999999⁶⁴ has more digits than a word holds; 9 223 372 036 854 775 807 · 0.999999⁶⁴, as a whole fraction.
        assert_eq!(shrunk(i64::MAX, 999_999, 1_000_000, 64), 9_222_781_759_638_350_851);
        // Gone long before the last of so many steps, and at once.
        assert_eq!(shrunk(i64::MAX, 99_999_999, 100_000_000, u64::MAX), 0);
    }

    #[test]
    fn a_tie_of_high_powers_goes_away_from_zero() {
        // 2⁶² · (3/4)³¹ is 3³¹; half of that ends in a half.
        assert_eq!(shrunk(1 << 61, 75, 100, 31), (617_673_396_283_947 + 1) / 2);
    }

    proptest! {
        #[test]
        fn it_is_the_nearest_whole_number(points in 0..=i64::MAX, kept in 1..100_000_000_u32, n in 1..200_u64) {
            let left = shrunk(points, kept, 100_000_000, n);
            let size = points.unsigned_abs();
            prop_assert!(by_large(size, kept, 100_000_000, n, left.unsigned_abs()), "{left}");
        }

        #[test]
        fn few_percents_too(points in 0..=1_000_000_i64, kept in 80..100_u32, n in 1..150_u64) {
            let left = shrunk(points, kept, 100, n);
            prop_assert!(by_large(points.unsigned_abs(), kept, 100, n, left.unsigned_abs()), "{left}");
        }
    }
}
