//! Which events a tally takes, and what it takes of each: the same answer for the run and for `explain`.

use super::cells::Cells;
use super::eval::{Facts, evaluate};
use super::plan::Plan;
use super::tally::decayed;
use super::truth::{Quantity, Truth};
use crate::points::Points;
use crate::rulebook::expr::{Count, FieldRef, Measure, ScoreRef};
use crate::value::{Instant, Value, bucket, day_number};
use xxhash_rust::xxh3::xxh3_128;

/// An event's fields as facts.
pub struct EventFacts<'c, 'a, D> {
    /// The event's cells.
    pub cells: &'c Cells<'a, D>,
    /// The instant that ages are counted from.
    pub as_of: Instant,
}

impl<'a, D: Fn(usize) -> Value<'a>> Facts for EventFacts<'_, 'a, D> {
    fn as_of(&self) -> Instant {
        self.as_of
    }

    fn value(&self, field: FieldRef) -> &Value<'_> {
        self.cells.value(field.field)
    }

    fn is_present(&self, field: FieldRef) -> bool {
        self.cells.is_present(field)
    }

    fn any_text(&self, field: FieldRef, holds: &mut dyn FnMut(&str, &str) -> bool) -> Option<bool> {
        self.cells.any_text(field, holds)
    }

    // A `where` can't name measures, scores or stages: the rulebook was refused if it did.
    fn tally(&self, _: usize) -> Quantity {
        Quantity::Missing
    }

    fn score(&self, _: ScoreRef) -> Points {
        Points::default()
    }

    fn stage(&self, _: usize) -> Truth {
        Truth::Unknown
    }

    fn grade(&self) -> &'static str {
        ""
    }
}

/// Why a tally takes an event or not. Whether the event lies after a lead's `since` is asked for each lead apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is selected.
    Selected,
    /// It is older than the window.
    TooOld,
    /// Its `where` is false.
    Filtered,
    /// Its `where` is unknown.
    FilterUnknown,
}

impl Plan<'_> {
    /// Whether a tally that looks at this type of event selects this one. The event is not after `as_of`.
    pub fn verdict(&self, tally: usize, time: Instant, facts: &impl Facts) -> Verdict {
        if time.ms() <= self.after_ms[tally] {
            return Verdict::TooOld;
        }
        match self.rulebook.tallies[tally].select.filter.as_ref().map(|filter| evaluate(filter, facts)) {
            None | Some(Truth::True) => Verdict::Selected,
            Some(Truth::False) => Verdict::Filtered,
            Some(Truth::Unknown) => Verdict::FilterUnknown,
        }
    }

    /// What a tally takes of an event that it selects.
    pub fn contribution<'a, D: Fn(usize) -> Value<'a>>(
        &self,
        tally: usize,
        time: Instant,
        cells: &Cells<'a, D>,
    ) -> Contribution {
        match &self.rulebook.tallies[tally].measure {
            Measure::Count => Contribution::One,
            Measure::Newest | Measure::Earliest | Measure::IdleDays { .. } => Contribution::Number(time.ms()),
            Measure::Days => Contribution::Key(u128::from(day_number(time, &self.rulebook.zone).cast_unsigned())),
            Measure::Sum(field) | Measure::Max(field) => {
                number(cells.value(field.field)).map_or(Contribution::Nothing, Contribution::Number)
            }
            Measure::Distinct(field) => key(cells, *field).map_or(Contribution::Nothing, Contribution::Key),
            Measure::Points { points, count, at_most, decay } => match count {
                Count::Each => match (decay, at_most) {
                    (None, _) => Contribution::One,
                    (Some(decay), None) => Contribution::Number(decayed(*points, Some(decay), self.as_of, time)),
                    (Some(_), Some(_)) => Contribution::Bundle { key: None, time },
                },
                Count::Once => Contribution::Number(time.ms()),
                Count::Per(calendar) => {
                    let period = bucket(time, &self.rulebook.zone, *calendar);
                    Contribution::Bundle { key: Some(u128::from(period.cast_unsigned())), time }
                }
                Count::Distinct(field) => Contribution::Bundle { key: key(cells, *field), time },
            },
        }
    }
}

/// What a tally takes of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contribution {
    /// Nothing: the event lacks the field.
    Nothing,
    /// It counts.
    One,
    /// An integer to add or to hold against the others.
    Number(i64),
    /// A value to tell apart from others.
    Key(u128),
    /// A member of a bundle; without a key it is a bundle of its own.
    Bundle {
        /// The bundle.
        key: Option<u128>,
        /// The event's time.
        time: Instant,
    },
}

fn number(value: &Value<'_>) -> Option<i64> {
    match value {
        Value::Number(number) => Some(number.micros()),
        Value::Instant(instant) => Some(instant.ms()),
        _ => None,
    }
}

/// A value as 128 bits: equal values are equal, and unequal ones differ as surely as a hash of that width can say.
fn key<'a, D: Fn(usize) -> Value<'a>>(cells: &Cells<'a, D>, field: FieldRef) -> Option<u128> {
    match cells.value(field.field) {
        Value::Boolean(value) => Some(u128::from(*value)),
        value => number(value).map(|number| u128::from(number.cast_unsigned())).or_else(|| {
            let mut key = None;
            cells.any_text(field, |_, folded| {
                key = Some(xxh3_128(folded.as_bytes()));
                true
            });
            key
        }),
    }
}
