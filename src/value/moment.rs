//! An instant as a file has it: with a time of day, or as a bare date.

use super::{Instant, Value, Zone, day_number};

/// An instant as a file has it. Ordered by time; at one instant the one with a time of day comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// When; of a bare date the first instant of its day.
    pub at: Instant,
    /// Whether nobody wrote its time of day.
    pub is_bare: bool,
}

impl Moment {
    /// Whether it lies before another, or at the same instant. Of a bare date only the day is known: what lies on that day lies
    /// before it, and it before what lies on that day.
    #[must_use]
    pub fn lies_before(self, other: Moment, zone: &Zone) -> bool {
        self.at <= other.at
            || (self.is_bare || other.is_bare) && day_number(self.at, zone) == day_number(other.at, zone)
    }

    /// Whether both lie on one calendar day.
    #[must_use]
    pub fn is_on_day_of(self, other: Moment, zone: &Zone) -> bool {
        day_number(self.at, zone) == day_number(other.at, zone)
    }

    /// It as a value.
    #[must_use]
    pub fn value(self) -> Value<'static> {
        if self.is_bare { Value::Day(self.at) } else { Value::Instant(self.at) }
    }
}
