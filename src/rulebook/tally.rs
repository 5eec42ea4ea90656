//! Selections of events and what is measured of them: the part of the [language of expressions](super::expr) that speaks of events.

use super::expr::{Expr, FieldRef};
use crate::points::{Points, div_round};
use crate::value::{Decay, Number};

/// Which event types a selection takes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Types {
    /// Every event that counts, also our own doing: the column `events`.
    Every,
    /// Every event save the types of `not_engagement`.
    Any,
    /// These types, folded.
    Named(Vec<String>),
}

/// Which events a tally looks at. Every selection also asks for `time <= as_of`.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// The types.
    pub types: Types,
    /// Only this source: index into [`crate::rulebook::Rulebook::sources`].
    pub source: Option<usize>,
    /// A condition over the event's own fields.
    pub filter: Option<Expr>,
    /// Only events less than this many milliseconds before `as_of`.
    pub within_ms: Option<i64>,
    /// Only events after the latest of these date fields of the lead; sorted, without repeats.
    pub since: Vec<FieldRef>,
    /// Only events up to so long after a date of the lead.
    pub stretch: Option<Stretch>,
}

/// A stretch of time that begins at a date of the lead: `for`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// It begins at the latest of these date fields of the lead, those that stand beside it; where none is in force, there is no
    /// such stretch. Sorted, without repeats.
    pub from: Vec<FieldRef>,
    /// How long it is, in milliseconds; its end is part of it.
    pub for_ms: i64,
}

/// Calendar periods, in the rulebook's time zone.
pub(crate) use crate::value::Calendar;

/// How events are bundled before points are given; of each bundle the newest event counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Count {
    /// Every event.
    Each,
    /// The newest event alone.
    Once,
    /// One event a calendar period.
    Per(Calendar),
    /// From the newest backwards, each event that lies at least so many milliseconds before the last that counts.
    Apart(i64),
    /// One event a distinct value; events without a value are each their own.
    Distinct(FieldRef),
}

/// What is taken of the selected events.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// How many.
    Count,
    /// Distinct calendar days.
    Days,
    /// How many there are in the calendar period that has the most.
    Busiest(Calendar),
    /// What is made of a field's values.
    OfField(Aggregate, FieldRef),
    /// Days since the newest; with none since the latest of `from` and the selection's `since` dates.
    IdleDays {
        /// A date field of the lead.
        from: Option<FieldRef>,
    },
    /// The time of the newest.
    Newest,
    /// The time of the earliest: when a stage was entered.
    Earliest,
    /// The time of the earliest, or of the newest, with whether it is a bare date.
    EndMoment {
        /// Whether it is the earliest.
        is_first: bool,
    },
    /// The time of each, for whoever asks which of them lie before or after a return.
    Moments {
        /// The field that says why a lead was given back, if these are returns.
        reason: Option<FieldRef>,
    },
    /// The points of an occurrence criterion, before its cap.
    Points {
        /// For each counted event, before decay.
        points: EventPoints,
        /// How events are bundled.
        count: Count,
        /// Only so many of the newest.
        at_most: Option<usize>,
        /// How points fade with an event's age.
        decay: Option<Decay>,
    },
}

/// What an event is worth before its age is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventPoints {
    /// The same for each.
    Fixed(Points),
    /// Its own number, rounded half away from zero to a hundredth and limited to ±[`EventPoints::MOST`]; an event without one is
    /// not selected.
    Field {
        /// A number field of the event.
        field: FieldRef,
        /// What the number is multiplied by.
        times: Number,
    },
}

impl EventPoints {
    /// The largest size of an event's own points, in hundredths.
    pub const MOST: i64 = 900_000_000_000;

    /// The points, where each event has the same.
    #[must_use]
    pub fn fixed(self) -> Option<Points> {
        if let Self::Fixed(points) = self { Some(points) } else { None }
    }

    /// The field that says them, where each event has its own.
    #[must_use]
    pub fn field(self) -> Option<FieldRef> {
        if let Self::Field { field, .. } = self { Some(field) } else { None }
    }

    /// The points of an event with this number, in millionths, in its field.
    #[must_use]
    pub fn of(self, number_micros: i64) -> Points {
        match self {
            Self::Fixed(points) => points,
            Self::Field { times, .. } => {
                let product = i128::from(number_micros) * i128::from(times.micros());
                let hundredths =
                    div_round(product, 10_000_000_000).clamp(-i128::from(Self::MOST), i128::from(Self::MOST));
                Points::from_hundredths(i64::try_from(hundredths).unwrap_or_default())
            }
        }
    }
}

/// What is made of the values of an event field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// The sum of numbers; of none 0.
    Sum,
    /// The largest number or date; of none nothing.
    Max,
    /// The smallest number or date; of none nothing.
    Min,
    /// The mean of numbers, as a fraction; of none nothing.
    Average,
    /// How many there are that differ.
    Distinct,
    /// The value of the earliest event that has one; it may be no number, so no condition asks for it.
    First,
    /// The value of the latest event that has one.
    Last,
}

/// What the values of a measure are like, for whoever reasons about them before there are events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yield {
    /// A whole number from 0 on.
    Count,
    /// Any number; of nothing it is 0.
    Sum,
    /// A number, or nothing.
    Number,
    /// A number with any fraction, or nothing.
    Fraction,
    /// A number of days with fractions, from 0 on, or nothing.
    Days,
    /// An instant, or nothing.
    Instant,
    /// Points, before the cap.
    Points,
}

impl Yield {
    /// Whether there can be no value.
    #[must_use]
    pub fn can_lack(self) -> bool {
        matches!(self, Self::Number | Self::Fraction | Self::Days | Self::Instant)
    }
}

impl Measure {
    /// What its values are like; `has_dates` says whether a field of events holds dates.
    pub(super) fn yields(&self, has_dates: impl Fn(FieldRef) -> bool) -> Yield {
        match self {
            Self::Count | Self::Days | Self::Busiest(_) | Self::OfField(Aggregate::Distinct, _) => Yield::Count,
            Self::OfField(Aggregate::Sum, _) => Yield::Sum,
            Self::OfField(Aggregate::Average, _) => Yield::Fraction,
            Self::OfField(_, field) if has_dates(*field) => Yield::Instant,
            Self::OfField(Aggregate::Max | Aggregate::Min | Aggregate::First | Aggregate::Last, _) => Yield::Number,
            Self::IdleDays { .. } => Yield::Days,
            Self::Newest | Self::Earliest | Self::EndMoment { .. } | Self::Moments { .. } => Yield::Instant,
            Self::Points { .. } => Yield::Points,
        }
    }
}

/// One distinct selection-and-measure over events.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// Which events.
    pub select: Selection,
    /// What of them.
    pub measure: Measure,
}
