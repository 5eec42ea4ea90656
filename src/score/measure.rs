//! How each measure is kept for a lead, as integers and sets that commute, and read back: all that the engine knows of measures.
//! A new one is a line in each function here.

use super::cells::Cells;
use super::plan::Plan;
use super::select::{Contribution, number};
use super::tally::sum;
use super::truth::Quantity;
use crate::points::Points;
use crate::rulebook::expr::{Aggregate, Count, FieldRef, Measure, Tally, Types};
use crate::value::{Decay, Instant, Type, Value, bucket, day_number};
use xxhash_rust::xxh3::xxh3_128;

/// How a tally is kept for a lead. Every way is independent of the order of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TallyShape {
    /// The number of events.
    Count { slot: usize },
    /// A sum in millionths. A wide one is kept in two integers, the high and the low 32 bits added apart, so that it can't
    /// overflow; a narrow one holds numbers so small that 2³⁶ of them don't.
    Sum { slot: usize, wide: bool },
    /// The largest of some integers.
    Largest { slot: usize },
    /// The smallest.
    Smallest { slot: usize },
    /// Distinct values.
    Set { kept: usize },
    /// The newest event of each bundle; with `limit` only so many of the newest; without it, events that are each their own
    /// are summed in `slot`.
    Bundles { kept: usize, limit: Option<usize>, slot: usize },
}

/// What a tally takes of an event, close at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Feed {
    /// That it happened.
    One,
    /// Its time.
    Time,
    /// The number or date of a field.
    Field(usize),
    /// Points that fade with its age.
    Decayed { points: Points, decay: Decay },
    /// More than an integer.
    More,
}

impl Feed {
    pub(super) fn of(measure: &Measure) -> Self {
        match measure {
            Measure::Count => Self::One,
            Measure::Newest | Measure::Earliest | Measure::IdleDays { .. } => Self::Time,
            Measure::OfField(Aggregate::Sum | Aggregate::Max, field) => Self::Field(field.field),
            Measure::Days | Measure::OfField(Aggregate::Distinct, _) => Self::More,
            Measure::Points { points, count, at_most, decay } => match (count, at_most, *decay) {
                (Count::Each, _, None) => Self::One,
                (Count::Each, None, Some(decay)) => Self::Decayed { points: *points, decay },
                (Count::Once, _, _) => Self::Time,
                _ => Self::More,
            },
        }
    }
}

/// "No event yet" where the largest is kept.
pub(crate) const NONE_LARGEST: i64 = i64::MIN;
/// "No event yet" where the smallest is kept.
pub(crate) const NONE_SMALLEST: i64 = i64::MAX;

/// The largest number, in millionths, of which 2³⁶ can be added without overflow.
const NARROW: i64 = 1 << 27;

impl Plan<'_> {
    fn slot(&mut self, initial: i64) -> usize {
        self.initial.push(initial);
        self.width += 1;
        self.width - 1
    }

    fn sum_slot(&mut self, wide: bool) -> usize {
        let slot = self.slot(0);
        if wide {
            self.slot(0);
        }
        slot
    }

    fn kept(&mut self) -> usize {
        self.n_kept += 1;
        self.n_kept - 1
    }

    /// How a measure is kept.
    pub(super) fn shape(&mut self, measure: &Measure) -> TallyShape {
        match measure {
            Measure::Count => TallyShape::Count { slot: self.slot(0) },
            Measure::OfField(Aggregate::Sum, _) => TallyShape::Sum { slot: self.sum_slot(true), wide: true },
            Measure::OfField(Aggregate::Max, _) | Measure::Newest | Measure::IdleDays { .. } => {
                TallyShape::Largest { slot: self.slot(NONE_LARGEST) }
            }
            Measure::Earliest => TallyShape::Smallest { slot: self.slot(NONE_SMALLEST) },
            Measure::Days | Measure::OfField(Aggregate::Distinct, _) => TallyShape::Set { kept: self.kept() },
            Measure::Points { points, count, at_most, decay } => match (count, at_most, decay) {
                (Count::Each, _, None) => TallyShape::Count { slot: self.slot(0) },
                (Count::Each, None, Some(_)) => {
                    let wide = points.micros().abs() > i128::from(NARROW);
                    TallyShape::Sum { slot: self.sum_slot(wide), wide }
                }
                (Count::Once, _, _) => TallyShape::Largest { slot: self.slot(NONE_LARGEST) },
                _ => {
                    let slot = if at_most.is_none() { self.sum_slot(true) } else { 0 };
                    TallyShape::Bundles { kept: self.kept(), limit: *at_most, slot }
                }
            },
        }
    }

    /// What a tally that keeps more than integers takes of an event that it selects.
    pub(super) fn kept_of<'a, D: Fn(usize) -> Value<'a>>(
        &self,
        tally: usize,
        time: Instant,
        cells: &Cells<'a, D>,
    ) -> Contribution {
        match &self.rulebook.tallies[tally].measure {
            Measure::Days => Contribution::Key(u128::from(day_number(time, &self.rulebook.zone).cast_unsigned())),
            Measure::OfField(Aggregate::Distinct, field) => {
                key(cells, *field).map_or(Contribution::Nothing, Contribution::Key)
            }
            Measure::Points { count: Count::Per(calendar), .. } => {
                let period = bucket(time, &self.rulebook.zone, *calendar);
                Contribution::Bundle { key: Some(u128::from(period.cast_unsigned())), time }
            }
            Measure::Points { count: Count::Distinct(field), .. } => {
                Contribution::Bundle { key: key(cells, *field), time }
            }
            _ => Contribution::Bundle { key: None, time },
        }
    }

    /// The value of a measure, from a lead's integers and the number of its distinct values; `from` is the date to be idle from
    /// where there is no event.
    pub(super) fn read(
        &self,
        tally: usize,
        slots: &[i64],
        n_values: impl Fn(usize) -> usize,
        from: Option<Instant>,
    ) -> Quantity {
        match (self.shapes[tally], &self.rulebook.tallies[tally].measure) {
            (TallyShape::Count { slot }, _) => Quantity::whole(slots[slot]),
            (TallyShape::Sum { slot, wide }, _) => Quantity::micros(sum(slots, slot, wide)),
            (TallyShape::Set { kept }, _) => Quantity::whole(i64::try_from(n_values(kept)).unwrap_or(i64::MAX)),
            (TallyShape::Largest { slot }, Measure::IdleDays { .. }) => {
                let newest = Some(slots[slot]).filter(|newest| *newest != NONE_LARGEST).map(Instant::from_ms);
                match newest.or(from) {
                    Some(start) => Quantity::days(self.as_of.ms_since(start).max(0)),
                    None => Quantity::Missing,
                }
            }
            (TallyShape::Largest { slot }, measure) => match slots[slot] {
                NONE_LARGEST => Quantity::Missing,
                value if self.takes_largest_number(measure) => Quantity::micros(i128::from(value)),
                value => Quantity::Instant(Instant::from_ms(value)),
            },
            (TallyShape::Smallest { slot }, _) => match slots[slot] {
                NONE_SMALLEST => Quantity::Missing,
                value => Quantity::Instant(Instant::from_ms(value)),
            },
            (TallyShape::Bundles { .. }, _) => Quantity::Missing,
        }
    }

    fn takes_largest_number(&self, measure: &Measure) -> bool {
        matches!(measure, Measure::OfField(_, field) if self.rulebook.event_fields[field.field].kind == Type::Number)
    }
}

/// Whether a measure keeps the time of the newest event.
pub(super) fn is_newest(measure: &Measure) -> bool {
    matches!(measure, Measure::Newest | Measure::IdleDays { .. })
}

/// Whether a tally takes every event of all types or of all engagement, from any source and of any age, and keeps of it that it
/// happened or when.
pub(super) fn is_common(tally: &Tally) -> bool {
    let select = &tally.select;
    let is_for_all = matches!(select.types, Types::Every | Types::Any) && select.source.is_none();
    let is_unconditional = select.filter.is_none() && select.within_ms.is_none() && select.since.is_empty();
    let is_plain =
        matches!(tally.measure, Measure::Count | Measure::Newest | Measure::Earliest | Measure::IdleDays { .. });
    is_for_all && is_unconditional && is_plain
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
