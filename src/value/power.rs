//! A number of points times a power of a fraction, rounded once: exact, however high the power.

use crate::points::{div_round, saturate};

/// `points · (kept / whole)ⁿ`, rounded half away from zero. `kept` counts as `whole` at most.
///
/// Such a power has more digits than any number holds. It is bounded from below and above in fixed point, and the bounds are drawn
/// closer until both round to the same number.
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
    let size = points.unsigned_abs();
    let left = tie(size, kept, whole, n).unwrap_or_else(|| by_bounds(size, kept.into(), whole.into(), n));
    let left = i64::try_from(left).unwrap_or(i64::MAX);
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

/// What is left where twice of it is a whole number: only such a number can lie halfway between two. Kept and whole have no common
/// divisor, so the power of the whole has to divide twice the size.
fn tie(size: u64, kept: u32, whole: u32, n: u64) -> Option<u64> {
    let n = u32::try_from(n).ok()?;
    let all = u128::from(whole).checked_pow(n)?;
    let twice = u128::from(size) * 2;
    if !twice.is_multiple_of(all) {
        return None;
    }
    // The share is below 1, so its power is below that of the whole.
    u64::try_from((twice / all * u128::from(kept).pow(n)).div_ceil(2)).ok()
}

fn by_bounds(size: u64, kept: u64, whole: u64, n: u64) -> u64 {
    // With up to 64 steps, the last of these tells any two numbers apart; with more, none is known to come within 2⁻⁴⁰⁰⁰ of
    // halfway between two.
    within::<2>(size, kept, whole, n)
        .or_else(|| within::<4>(size, kept, whole, n))
        .or_else(|| within::<16>(size, kept, whole, n))
        .or_else(|| within::<64>(size, kept, whole, n))
        .unwrap_or(0)
}

/// The rounded amount, if so many words after the point are enough to tell it.
fn within<const N: usize>(size: u64, kept: u64, whole: u64, n_steps: u64) -> Option<u64> {
    let share = Between::<N>::share(kept, whole);
    let power = share.power(n_steps);
    let (low, high) = (rounded(&power.low, size), rounded(&power.high, size));
    (low == high).then_some(low)
}

/// A fraction below 1 between two bounds, in words after the point, the least first.
#[derive(Clone, Copy)]
struct Between<const N: usize> {
    low: [u64; N],
    high: [u64; N],
}

impl<const N: usize> Between<N> {
    fn share(kept: u64, whole: u64) -> Self {
        let mut rest = kept;
        let mut low = [0; N];
        for word in low.iter_mut().rev() {
            let all = u128::from(rest) << 64;
            // The rest is below the whole, so the quotient is a word.
            (*word, rest) = (low_word(all / u128::from(whole)), low_word(all % u128::from(whole)));
        }
        Self { low, high: if rest == 0 { low } else { next(low) } }
    }

    fn power(self, n_steps: u64) -> Self {
        let mut power: Option<Self> = None;
        let mut square = self;
        let mut left = n_steps;
        loop {
            if left & 1 == 1 {
                power = Some(power.map_or(square, |power| power.times(square)));
            }
            left >>= 1;
            if left == 0 {
                return power.unwrap_or(self);
            }
            square = square.times(square);
        }
    }

    fn times(self, other: Self) -> Self {
        let low = product(&self.low, &other.low).0;
        let (high, is_cut) = product(&self.high, &other.high);
        Self { low, high: if is_cut { next(high) } else { high } }
    }
}

/// The product of two fractions, cut off, and whether something was.
fn product<const N: usize>(a: &[u64; N], b: &[u64; N]) -> ([u64; N], bool) {
    // Twice as many words; arrays of that length can't be named.
    let (mut lower, mut upper) = ([0_u64; N], [0_u64; N]);
    for (i, x) in a.iter().enumerate() {
        let mut carry = 0_u128;
        for (j, y) in b.iter().enumerate() {
            let place = if i + j < N { &mut lower[i + j] } else { &mut upper[i + j - N] };
            let sum = u128::from(*x) * u128::from(*y) + u128::from(*place) + carry;
            *place = low_word(sum);
            carry = sum >> 64;
        }
        upper[i] = low_word(carry);
    }
    (upper, lower.iter().any(|word| *word != 0))
}

/// The next larger fraction; of the largest, itself.
fn next<const N: usize>(mut words: [u64; N]) -> [u64; N] {
    let before = words;
    for word in &mut words {
        let (sum, is_over) = word.overflowing_add(1);
        *word = sum;
        if !is_over {
            return words;
        }
    }
    before
}

/// A fraction of an amount, rounded half up.
fn rounded<const N: usize>(fraction: &[u64; N], size: u64) -> u64 {
    let mut carry = 0_u128;
    let mut first = 0;
    for word in fraction {
        let sum = u128::from(*word) * u128::from(size) + carry;
        first = low_word(sum);
        carry = sum >> 64;
    }
    low_word(carry) + (first >> 63)
}

fn low_word(all: u128) -> u64 {
    u64::try_from(all & u128::from(u64::MAX)).unwrap_or_default()
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
    fn tiny_losses_over_many_steps_come_out_exactly() {
        // 9·10¹⁵ · (1 − 10⁻⁸) ^ 1,577,880,000, which is fifty years of seconds, by an arbitrary-precision calculator.
        let left = shrunk(9_000_000_000_000_000, 99_999_999, 100_000_000, 1_577_880_000);
        assert_eq!(left, 1_263_562_429);
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
        fn closer_bounds_agree(size in 1_u64..1 << 63, kept in 1_u64..100_000_000, n in 1_u64..1 << 40) {
            let (near, nearer) = (by_bounds(size, kept, 100_000_000, n), within::<8>(size, kept, 100_000_000, n));
            prop_assert!(nearer.is_none_or(|nearer| nearer == near));
        }

        #[test]
        fn few_percents_too(points in 0..=1_000_000_i64, kept in 80..100_u32, n in 1..150_u64) {
            let left = shrunk(points, kept, 100, n);
            prop_assert!(by_large(points.unsigned_abs(), kept, 100, n, left.unsigned_abs()), "{left}");
        }
    }
}
