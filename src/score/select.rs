//! Which events a tally takes, and what it takes of each: the same answer for the run and for `explain`.

use super::cells::Cells;
use super::eval::{Facts, evaluate};
use super::held::held;
use super::measure::Feed;
use super::plan::Plan;
use super::truth::Truth;
use crate::points::Points;
use crate::rulebook::expr::FieldRef;
use crate::value::{Instant, Value};

/// An event's fields as facts.
pub(crate) struct EventFacts<'c, 'a, D> {
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
    #[inline]
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
        match self.feeds[tally] {
            Feed::One => Contribution::Number(1),
            Feed::Time | Feed::Moment(_) => Contribution::Number(time.ms()),
            Feed::Decayed { points, .. } => Contribution::Number(self.left(tally, time, points)),
            Feed::Own { points, field, .. } => {
                cells.value(field.field).number_rounded(field.part).map_or(Contribution::Nothing, |number| {
                    Contribution::Number(self.left(tally, time, points.of(number.micros())))
                })
            }
            Feed::Field(field) => {
                self.number(field, cells.value(field.field)).map_or(Contribution::Nothing, Contribution::Number)
            }
            Feed::Value(field) => match held(cells.value(field.field), field.part) {
                Some(_) => Contribution::Number(time.ms()),
                None => Contribution::Nothing,
            },
            Feed::More => self.kept_of(tally, time, cells),
        }
    }
}

/// What a tally takes of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contribution {
    /// Nothing: the event lacks the field.
    Nothing,
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
        /// Its points, before decay.
        points: Points,
    },
}
