//! Figures that can say that they are not known.

use serde::Serialize;

/// A share of leads, with its 95 % Wilson score interval. All shares lie between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Rate {
    /// Measured over at least 20 leads.
    Measured {
        /// Of how many leads.
        n: u64,
        /// How many of them did.
        converted: u64,
        /// The share.
        rate: f64,
        /// The interval's lower end.
        low: f64,
        /// The interval's upper end.
        high: f64,
    },
    /// Fewer than 20 leads: shown as "too few", never as a percentage.
    TooFew {
        /// Of how many leads.
        n: u64,
        /// How many of them did.
        converted: u64,
    },
    /// There is none: no leads at all, or it isn't known what became of them. Shown as "n/a".
    None,
}

/// A number that may be unknown: a lift, an amount of money, a share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Figure {
    /// Known.
    Known {
        /// The number.
        value: f64,
    },
    /// Known, with a 95 % interval.
    Between {
        /// The number.
        value: f64,
        /// The interval's lower end.
        low: f64,
        /// The interval's upper end.
        high: f64,
    },
    /// Too few leads to say: "too few".
    TooFew {
        /// How many.
        n: u64,
    },
    /// Not known: "n/a".
    None,
}

/// A time span in days that may not have come to pass.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Days {
    /// Known.
    After {
        /// Days of 24 hours, rounded up to the hour (response times: to the second).
        days: f64,
    },
    /// So many have not converted in the time that can be seen: "not reached".
    NotReached,
    /// Too few leads to say: "too few".
    TooFew {
        /// How many.
        n: u64,
    },
    /// Nothing to measure: "n/a".
    None,
}

impl Rate {
    /// The share, if it is measured.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        match self {
            Self::Measured { rate, .. } => Some(rate),
            Self::TooFew { .. } | Self::None => None,
        }
    }
}

impl Figure {
    /// The number, if it is known.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Known { value } | Self::Between { value, .. } => Some(value),
            Self::TooFew { .. } | Self::None => None,
        }
    }
}
