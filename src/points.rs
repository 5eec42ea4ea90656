//! Points, the unit of every score: a whole number of hundredths, so that a score card adds up to the cent.
//! Also the one rounding rule of the language, half away from zero. What a criterion does in finer steps
//! (millionths of a point) is plain integers until it is rounded here.

use crate::value::decimal::{Plain, serialize_scaled, write_scaled};
use serde::{Serialize, Serializer};
use std::fmt;

/// Millionths of a point in a hundredth.
const MICROS_IN_HUNDREDTH: i128 = 10_000;
/// The most that a rulebook may write, in hundredths: a million points.
const MAX_WRITTEN_HUNDREDTHS: i128 = 100_000_000;

/// A number of points, in hundredths. Sums saturate rather than wrap, which no real rulebook comes near.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

/// Why a text is not a number of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointsError {
    /// Not a plain decimal: an optional sign, digits and at most one point.
    NotDecimal,
    /// More than two decimals.
    TooFine,
    /// Beyond a million points either way.
    TooLarge,
}

impl fmt::Display for PointsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PointsError::NotDecimal => "points must be a plain number such as 15, 2.5 or -10",
            PointsError::TooFine => "points can have at most two decimals",
            PointsError::TooLarge => "points must be between -1000000 and 1000000",
        })
    }
}

impl std::error::Error for PointsError {}

impl Points {
    /// No points.
    pub const ZERO: Points = Points(0);

    /// So many hundredths of a point.
    #[must_use]
    pub const fn from_hundredths(hundredths: i64) -> Points {
        Points(hundredths)
    }

    /// The number of hundredths of a point.
    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// Millionths of a point, rounded half away from zero to a hundredth; saturates.
    #[must_use]
    #[inline]
    pub fn from_micros_rounded(micros: i128) -> Points {
        Points(saturate(div_round(micros, MICROS_IN_HUNDREDTH)))
    }

    /// As [`Self::from_micros_rounded`], of a number that leaves room to round.
    #[must_use]
    #[inline]
    pub(crate) fn from_few_micros(micros: i64) -> Points {
        let half = if micros < 0 { -5_000 } else { 5_000 };
        Points((micros + half) / 10_000)
    }

    /// These points in millionths, where criteria reckon.
    #[must_use]
    pub fn micros(self) -> i128 {
        i128::from(self.0) * MICROS_IN_HUNDREDTH
    }

    /// A dimension's sum times its weight (in millionths), rounded half away from zero to a hundredth; saturates.
    #[must_use]
    pub fn scaled(self, weight_micros: i64) -> Points {
        if weight_micros == 1_000_000 {
            return self;
        }
        let product = i128::from(self.0) * i128::from(weight_micros);
        Points(saturate(div_round(product, 1_000_000)))
    }

    /// Reads points as a rulebook writes them.
    ///
    /// # Errors
    /// When the text is not a plain decimal of at most two decimals, or lies beyond a million either way.
    pub fn parse(text: &str) -> Result<Points, PointsError> {
        let plain = Plain::scan(text, b'.').ok_or(PointsError::NotDecimal)?;
        if plain.n_decimals() > 2 {
            return Err(PointsError::TooFine);
        }
        let hundredths = plain.rounded(2);
        if hundredths.abs() > MAX_WRITTEN_HUNDREDTHS {
            return Err(PointsError::TooLarge);
        }
        Ok(Points(saturate(hundredths)))
    }

    /// The sum, or `None` where it cannot be held.
    #[must_use]
    pub fn checked_add(self, other: Points) -> Option<Points> {
        self.0.checked_add(other.0).map(Points)
    }

    /// The sum, held at the ends of the range.
    #[must_use]
    pub fn saturating_add(self, other: Points) -> Points {
        Points(self.0.saturating_add(other.0))
    }

    /// The difference, held at the ends of the range.
    #[must_use]
    pub fn saturating_sub(self, other: Points) -> Points {
        Points(self.0.saturating_sub(other.0))
    }

    /// The size without the sign, by which `why` orders criteria.
    #[must_use]
    pub fn size(self) -> u64 {
        self.0.unsigned_abs()
    }

    /// Whether these are no points at all.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Shows the sign always, as `why` does: `+80`, `-20`; nothing is `+0`.
    #[must_use]
    pub fn signed(self) -> Signed {
        Signed(self)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.0, 2)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_scaled(self.0.into(), 2, serializer)
    }
}

/// Points shown with their sign; see [`Points::signed`].
#[derive(Clone, Copy, Debug)]
pub struct Signed(Points);

impl fmt::Display for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.0 >= 0 {
            f.write_str("+")?;
        }
        self.0.fmt(f)
    }
}

/// `n / d`, rounded half away from zero, as every rounding of the language is.
///
/// # Panics
/// When `d` is zero, which is a mistake of the caller's.
#[must_use]
#[inline]
pub(crate) fn div_round(n: i128, d: i128) -> i128 {
    // Nearly all numbers fit into 64 bits, whose division is many times as fast.
    if let (Ok(n), Ok(d @ 1..)) = (i64::try_from(n), i64::try_from(d)) {
        let (cut, rest) = (n / d, (n % d).unsigned_abs());
        let away = i64::from(rest >= d.unsigned_abs() - rest);
        return i128::from(cut) + i128::from(if n < 0 { -away } else { away });
    }
    let cut = n.saturating_div(d);
    let rest = n.wrapping_rem(d).unsigned_abs();
    // `rest >= size - rest` is `2 * rest >= size` without the overflow.
    if rest == 0 || rest < d.unsigned_abs() - rest {
        return cut;
    }
    let away = if (n < 0) == (d < 0) { 1 } else { -1 };
    cut.saturating_add(away)
}

/// The nearest number that an `i64` holds.
pub(crate) fn saturate(n: i128) -> i64 {
    i64::try_from(n).unwrap_or(if n < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn points_print_without_trailing_zeros() {
        let shown = |hundredths| Points::from_hundredths(hundredths).to_string();
        assert_eq!(
            [1200, 1250, -325, 0, -5, 100_000_001].map(shown),
            ["12", "12.5", "-3.25", "0", "-0.05", "1000000.01"]
        );
        assert_eq!(shown(i64::MIN), "-92233720368547758.08");
        let signed = |hundredths| Points::from_hundredths(hundredths).signed().to_string();
        assert_eq!([8000, -2000, 0].map(signed), ["+80", "-20", "+0"]);
    }

    #[test]
    fn points_are_plain_decimals_of_two_places() {
        let read = |text| Points::parse(text).map(Points::hundredths);
        for (text, hundredths) in
            [("15", 1500), ("-10", -1000), ("+2.5", 250), ("0.01", 1), ("-1000000", -100_000_000), ("007", 700)]
        {
            assert_eq!(read(text), Ok(hundredths), "{text}");
        }
        for text in ["", "+", "1,5", "1e2", " 5", "5 ", "--5", ".", "٣", "NaN", "1.2.3"] {
            assert_eq!(read(text), Err(PointsError::NotDecimal), "{text:?}");
        }
        assert_eq!(read("1.500"), Err(PointsError::TooFine));
        assert_eq!(read("1000000.01"), Err(PointsError::TooLarge));
        assert_eq!(read(&"9".repeat(500)), Err(PointsError::TooLarge));
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        let rounded = |micros| Points::from_micros_rounded(micros).hundredths();
        assert_eq!([4_999, 5_000, -4_999, -5_000, 15_000, -14_999].map(rounded), [0, 1, 0, -1, 2, -1]);
        assert_eq!(rounded(i128::MAX), i64::MAX);
        assert_eq!(Points(1).scaled(1_500_000), Points(2));
        assert_eq!(Points(-1).scaled(1_500_000), Points(-2));
        assert_eq!(Points(i64::MAX).scaled(i64::MIN), Points(i64::MIN));
        assert_eq!(div_round(i128::MIN, -1), i128::MAX);
        assert_eq!(div_round(i128::MIN, i128::MIN), 1);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(hundredths in -100_000_000_i64..=100_000_000) {
            let points = Points(hundredths);
            prop_assert_eq!(Points::parse(&points.to_string()), Ok(points));
            prop_assert_eq!(Points::parse(&points.signed().to_string()), Ok(points));
        }

        #[test]
        fn a_quotient_is_the_nearest_and_ties_go_away(n in any::<i64>(), d in any::<i64>()) {
            prop_assume!(d != 0);
            let (n, d) = (i128::from(n), i128::from(d));
            let q = div_round(n, d);
            let miss = 2 * (q * d - n).abs();
            prop_assert!(miss <= d.abs());
            if miss == d.abs() {
                prop_assert!((q * d).abs() > n.abs());
            }
        }
    }
}
