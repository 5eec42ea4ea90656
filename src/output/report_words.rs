//! The report's figures in words.

pub use crate::present::words::{NOT_KNOWN, TOO_FEW, amount, days, figure, fixed, interval, percent, rate};

/// A figure with its interval, if it has one: `1.31 (1.1–1.6)`.
pub fn figure_between(shown: crate::funnel::report::Figure, show: impl Fn(f64) -> String) -> String {
    match shown {
        crate::funnel::report::Figure::Between { value, low, high } => {
            format!("{} ({}–{})", show(value), show(low), show(high))
        }
        other => figure(other, show),
    }
}
