//! Sums → figures: exact counts become shares and amounts, rounded once, at the end. Only additions, multiplications,
//! divisions, square roots and `libm` are used, which give the same bits on every platform.

use super::estimate::wilson;
use super::report::{Days, Figure, Rate};

/// Below so many leads a share is "too few".
pub(crate) const FEW: u64 = 20;

/// A count as a float; exact below 2⁵³, which no file of leads comes near.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts lie far below 2⁵³; sums beyond it are rounded to two decimals anyway"
)]
pub(crate) fn float(n: i128) -> f64 {
    n as f64
}

/// A count as a float.
pub(crate) fn count(n: u64) -> f64 {
    float(i128::from(n))
}

/// A share, rate or lift, to six decimals.
pub(crate) fn to_share(x: f64) -> f64 {
    rounded(x, 1e6)
}

/// An amount of money or a number of points, to two decimals.
pub(crate) fn to_cents(x: f64) -> f64 {
    rounded(x, 1e2)
}

/// Days, to three decimals.
pub(super) fn to_days(x: f64) -> f64 {
    rounded(x, 1e3)
}

fn rounded(x: f64, scale: f64) -> f64 {
    let rounded = libm::round(x * scale) / scale;
    // There is no negative nothing.
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// The median of times in seconds: the nearest rank.
pub(crate) fn median_of_seconds(seconds: &[u32]) -> Days {
    let n = u64::try_from(seconds.len()).unwrap_or(u64::MAX);
    match n {
        0 => Days::None,
        n if n < FEW => Days::TooFew { n },
        _ => {
            let mut sorted = seconds.to_vec();
            let rank = (sorted.len() - 1) / 2;
            let (_, median, _) = sorted.select_nth_unstable(rank);
            Days::After { days: to_days(count(u64::from(*median)) / 86_400.0) }
        }
    }
}

/// Hundredths of a point as points.
pub(super) fn points(hundredths: i128) -> f64 {
    to_cents(float(hundredths) / 100.0)
}

/// A share of leads with its interval.
pub(crate) fn rate(converted: u64, n: u64) -> Rate {
    match n {
        0 => Rate::None,
        n if n < FEW => Rate::TooFew { n, converted },
        n => {
            let (low, high) = wilson(converted, n);
            Rate::Measured {
                n,
                converted,
                rate: to_share(count(converted) / count(n)),
                low: to_share(low),
                high: to_share(high),
            }
        }
    }
}

/// A share of leads whose outcome may not be known.
pub(super) fn rate_of_known(converted: Option<u64>, n: u64) -> Rate {
    converted.map_or(Rate::None, |converted| rate(converted, n))
}

/// A figure made of a rate: the exact share, and the ends of its interval.
pub(super) fn of_rate(rate: Rate, make: impl Fn(f64) -> f64) -> Figure {
    match rate {
        Rate::None => Figure::None,
        Rate::TooFew { n, .. } => Figure::TooFew { n },
        Rate::Measured { n, converted, .. } => {
            let (low, high) = wilson(converted, n);
            Figure::Between { value: make(count(converted) / count(n)), low: make(low), high: make(high) }
        }
    }
}

/// The number of a figure, if it is known.
pub(super) fn known(figure: Figure) -> Option<f64> {
    match figure {
        Figure::Known { value } | Figure::Between { value, .. } => Some(value),
        Figure::TooFew { .. } | Figure::None => None,
    }
}

/// A figure made of another; what is unknown stays unknown.
pub(super) fn map(figure: Figure, make: impl Fn(f64) -> f64) -> Figure {
    match figure {
        Figure::Known { value } => Figure::Known { value: make(value) },
        Figure::Between { value, low, high } => {
            Figure::Between { value: make(value), low: make(low), high: make(high) }
        }
        other => other,
    }
}
