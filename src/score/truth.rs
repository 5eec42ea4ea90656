//! Three-valued logic and exact quantities: what conditions and measures come to.

use crate::rulebook::logic::Judgement;
use crate::value::Instant;
use serde::{Serialize, Serializer};
use std::cmp::Ordering;

/// Kleene's three values, in the order that makes `and` the minimum and `or` the maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It is not so.
    False,
    /// Something that it depends on has no value.
    Unknown,
    /// It is so.
    True,
}

impl Truth {
    /// True exactly if this is [`Truth::True`].
    #[must_use]
    pub fn is_true(self) -> bool {
        self == Self::True
    }
}

/// For machines the unknown is null.
impl Serialize for Truth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::True => serializer.serialize_bool(true),
            Self::False => serializer.serialize_bool(false),
            Self::Unknown => serializer.serialize_none(),
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl From<Option<bool>> for Truth {
    fn from(value: Option<bool>) -> Self {
        value.map_or(Self::Unknown, Self::from)
    }
}

impl Judgement for Truth {
    fn at_least(n: usize, items: impl ExactSizeIterator<Item = Self>) -> Self {
        let (mut n_true, mut n_possible) = (0, items.len());
        for truth in items {
            n_true += usize::from(truth == Self::True);
            n_possible -= usize::from(truth == Self::False);
            if n_true >= n || n_possible < n {
                break;
            }
        }
        match () {
            () if n_true >= n => Self::True,
            () if n_possible < n => Self::False,
            () => Self::Unknown,
        }
    }

    fn negated(self) -> Self {
        !self
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

/// A number as an exact fraction, or an instant, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// There is no value.
    Missing,
    /// `numerator / denominator`; the denominator is above 0.
    Number {
        /// The numerator.
        numerator: i128,
        /// The denominator.
        denominator: i128,
    },
    /// An instant.
    Instant(Instant),
}

/// A million: numbers of cells and rulebooks are held in millionths.
pub(crate) const MICROS: i128 = 1_000_000;

/// Milliseconds in a day of 24 hours.
pub(crate) const DAY_MS: i128 = 86_400_000;

impl Quantity {
    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self::Number { numerator: i128::from(number), denominator: 1 }
    }

    /// A number in millionths.
    #[must_use]
    pub fn micros(micros: i128) -> Self {
        Self::Number { numerator: micros, denominator: MICROS }
    }

    /// A span of milliseconds, in days.
    #[must_use]
    pub fn days(ms: i64) -> Self {
        Self::Number { numerator: i128::from(ms), denominator: DAY_MS }
    }

    /// The product with a factor in millionths, rounded half away from zero to a millionth.
    #[must_use]
    pub fn times(self, factor_micros: i64) -> Self {
        match self {
            Self::Number { numerator, denominator } => {
                let factor = i128::from(factor_micros);
                // The whole part and the rest apart, whose products fit where that of the numerator may not.
                let (whole, rest) = (numerator / denominator, numerator % denominator);
                let product = crate::points::div_round(rest.saturating_mul(factor), denominator);
                Self::micros(whole.saturating_mul(factor).saturating_add(product))
            }
            other => other,
        }
    }

    /// How two quantities stand to each other; none where one is missing or they are of different kinds.
    #[must_use]
    #[inline]
    pub fn order(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number { numerator: a, denominator: b }, Self::Number { numerator: c, denominator: d }) => {
                Some(if b == d {
                    a.cmp(&c)
                } else if let (Some(left), Some(right)) = (a.checked_mul(d), c.checked_mul(b)) {
                    left.cmp(&right)
                } else {
                    order_of_fractions((a, b), (c, d))
                })
            }
            (Self::Instant(a), Self::Instant(b)) => Some(a.cmp(&b)),
            _ => None,
        }
    }
}

/// How two fractions with denominators above 0 stand to each other, however large the numbers are.
fn order_of_fractions((a, b): (i128, i128), (c, d): (i128, i128)) -> Ordering {
    let whole = a.div_euclid(b).cmp(&c.div_euclid(d));
    whole.then_with(|| match (a.rem_euclid(b), c.rem_euclid(d)) {
        (0, rest) => 0.cmp(&rest),
        (_, 0) => Ordering::Greater,
        // Of two fractions below 1 the one whose inverse is larger is smaller.
        (left, right) => order_of_fractions((d, right), (b, left)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn negation_keeps_the_unknown() {
        assert_eq!([!Truth::True, !Truth::Unknown, !Truth::False], [Truth::False, Truth::Unknown, Truth::True]);
    }

    proptest! {
        #[test]
        fn fractions_compare_as_numbers(a in -1_000_000i64..1_000_000, ms in 0i64..10_000_000_000) {
            let days = Quantity::days(ms);
            let bound = Quantity::micros(i128::from(a));
            let exact = (i128::from(ms) * MICROS).cmp(&(i128::from(a) * DAY_MS));
            prop_assert_eq!(days.order(bound), Some(exact));
        }

        #[test]
        fn large_fractions_compare_by_their_wholes_and_rests(
            whole in -1_000_000i128..1_000_000, rest in 0i128..1_000_000, of in 1i128..1_000_000, more in 0i128..3,
        ) {
            // Both sides times a number so large that their products overflow.
            let large = 1_i128 << 80;
            let (n, d) = ((whole * of + rest) * large, of * large);
            prop_assert_eq!(order_of_fractions((n, d), (n, d)), Ordering::Equal);
            prop_assert_eq!(order_of_fractions((n + more, d), (n, d)), more.cmp(&0));
            prop_assert_eq!(order_of_fractions((n, d), (n + more, d)), 0.cmp(&more));
        }

        #[test]
        fn a_product_is_within_half_a_millionth(n in -1_000_000_000i64..1_000_000_000, factor in -5_000_000i64..5_000_000) {
            let Quantity::Number { numerator, .. } = Quantity::micros(i128::from(n)).times(factor) else { panic!("a number") };
            let error = numerator * MICROS - i128::from(n) * i128::from(factor);
            prop_assert!(error.abs() * 2 <= MICROS);
        }
    }
}
