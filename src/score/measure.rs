//! How each measure is kept for a lead, as integers and sets that commute, and read back: all that the engine knows of measures.
//! A new one is a line in each function here.

use super::cells::Cells;
use super::layout::Layout;
use super::plan::Plan;
use super::select::Contribution;
use super::tallies::LeadTallies;
use super::truth::{DAY_MS, Quantity};
use crate::points::Points;
use crate::rulebook::expr::{Aggregate, Calendar, Count, EventPoints, FieldRef, Measure, Tally, Types};
use crate::value::{Decay, Instant, Number, Value, bucket, day_number};
use xxhash_rust::xxh3::xxh3_128;

/// How a tally is kept for a lead. Every way is independent of the order of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TallyShape {
    /// The number of events, up to two billion.
    Count { slot: usize },
    /// A sum in millionths.
    Sum { slot: usize, form: SumForm },
    /// The largest of some integers.
    Largest { slot: usize },
    /// The smallest.
    Smallest { slot: usize },
    /// The newest time, to the minute, as [`super::lately`] numbers minutes; 0 is none.
    Minute { slot: usize },
    /// How many values were seen that differ; the values are in a set until all events are in.
    Distinct { set: usize, slot: usize },
    /// A sum in millionths, in two halves, and of how many numbers.
    Average { slot: usize, count: usize },
    /// The largest number of events that one calendar period has; those of each are counted until all events are in.
    Busiest { periods: usize, slot: usize },
    /// The sum of the points of the newest event of each bundle, in two halves.
    Bundles { bundles: usize, slot: usize },
    /// The same where each event has points of its own.
    Worths { worths: usize, slot: usize },
    /// The newest events of so many of the newest bundles.
    Newest { newest: usize, limit: usize },
    /// All events, of which those are chosen that lie apart when it is read.
    Apart { apart: usize },
    /// The value of the earliest event that has one, or of the latest.
    Held { held: usize, is_first: bool },
    /// The times of all events.
    Moments { moments: usize },
}

/// How a sum is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SumForm {
    /// In a narrow integer that stays at its end once it is there.
    Narrow,
    /// In a wide one: the numbers are so small that 2³⁶ of them don't overflow it.
    Wide,
    /// In two wide ones, the high and the low 32 bits added apart, so that it can't overflow.
    Halves,
}

/// What a tally takes of an event, close at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Feed {
    /// That it happened.
    One,
    /// Its time.
    Time,
    /// The number or date of a field.
    Field(FieldRef),
    /// Points that fade with its age.
    Decayed { points: Points, decay: Decay },
    /// The points that a field of it says, which may fade with its age.
    Own { points: EventPoints, field: FieldRef, decay: Option<Decay> },
    /// More than an integer.
    More,
    /// The value of a field, or of a part of it.
    Value(FieldRef),
    /// Its time, with that of a bare date, and the field that says why it happened.
    Moment(Option<FieldRef>),
}

impl Feed {
    pub(super) fn of(measure: &Measure) -> Self {
        match measure {
            Measure::Count => Self::One,
            Measure::Moments { reason } => Self::Moment(*reason),
            Measure::EndMoment { .. } => Self::Moment(None),
            Measure::Newest | Measure::Earliest | Measure::IdleDays { .. } => Self::Time,
            Measure::OfField(Aggregate::Distinct, _) | Measure::Days | Measure::Busiest(_) => Self::More,
            Measure::OfField(Aggregate::First | Aggregate::Last, field) => Self::Value(*field),
            Measure::OfField(_, field) => Self::Field(*field),
            Measure::Points { points, count, at_most, decay } => match (points, count, at_most, *decay) {
                (EventPoints::Fixed(_), Count::Each, _, None) => Self::One,
                (EventPoints::Fixed(points), Count::Each, None, Some(decay)) => {
                    Self::Decayed { points: *points, decay }
                }
                (EventPoints::Field { field, .. }, Count::Each, None, decay) => {
                    Self::Own { points: *points, field: *field, decay }
                }
                (EventPoints::Fixed(_), Count::Once, _, _) => Self::Time,
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
const SMALL: i64 = 1 << 27;

impl Layout {
    fn halves(&mut self) -> usize {
        let slot = self.wide_slot(0);
        self.wide_slot(0);
        slot
    }

    /// How a measure is kept; `is_narrow` if its points may be kept as far as their cap.
    pub(super) fn shape(&mut self, measure: &Measure, is_narrow: bool) -> TallyShape {
        match measure {
            Measure::Count => TallyShape::Count { slot: self.narrow_slot() },
            Measure::OfField(Aggregate::Sum, _) => TallyShape::Sum { slot: self.halves(), form: SumForm::Halves },
            Measure::OfField(Aggregate::Average, _) => {
                TallyShape::Average { slot: self.halves(), count: self.narrow_slot() }
            }
            Measure::OfField(Aggregate::Max, _) | Measure::Newest | Measure::IdleDays { .. } => {
                TallyShape::Largest { slot: self.wide_slot(NONE_LARGEST) }
            }
            Measure::Busiest(_) => TallyShape::Busiest { periods: next(&mut self.n_periods), slot: self.narrow_slot() },
            Measure::OfField(Aggregate::Min, _) | Measure::Earliest => {
                TallyShape::Smallest { slot: self.wide_slot(NONE_SMALLEST) }
            }
            Measure::OfField(end @ (Aggregate::First | Aggregate::Last), _) => {
                TallyShape::Held { held: next(&mut self.n_held), is_first: *end == Aggregate::First }
            }
            Measure::EndMoment { is_first } => TallyShape::Held { held: next(&mut self.n_held), is_first: *is_first },
            Measure::Moments { .. } => TallyShape::Moments { moments: next(&mut self.n_moments) },
            Measure::Days | Measure::OfField(Aggregate::Distinct, _) => {
                TallyShape::Distinct { set: next(&mut self.n_sets), slot: self.narrow_slot() }
            }
            Measure::Points { points: EventPoints::Field { .. }, count, at_most, .. } => match (count, at_most) {
                (Count::Apart(_), _) => TallyShape::Apart { apart: next(&mut self.n_apart) },
                (Count::Each, None) => TallyShape::Sum { slot: self.halves(), form: SumForm::Halves },
                (Count::Once, _) => TallyShape::Newest { newest: next(&mut self.n_newest), limit: 1 },
                (_, Some(limit)) => TallyShape::Newest { newest: next(&mut self.n_newest), limit: *limit },
                (_, None) => TallyShape::Worths { worths: next(&mut self.n_worths), slot: self.halves() },
            },
            Measure::Points { points: EventPoints::Fixed(points), count, at_most, decay } => {
                match (count, at_most, decay) {
                    (Count::Apart(_), _, _) => TallyShape::Apart { apart: next(&mut self.n_apart) },
                    (Count::Each, _, None) => TallyShape::Count { slot: self.narrow_slot() },
                    (Count::Each, None, Some(_)) if is_narrow => {
                        TallyShape::Sum { slot: self.narrow_slot(), form: SumForm::Narrow }
                    }
                    (Count::Each, None, Some(_)) if points.micros().abs() <= i128::from(SMALL) => {
                        TallyShape::Sum { slot: self.wide_slot(0), form: SumForm::Wide }
                    }
                    (Count::Each, None, Some(_)) => TallyShape::Sum { slot: self.halves(), form: SumForm::Halves },
                    (Count::Once, _, _) => TallyShape::Largest { slot: self.wide_slot(NONE_LARGEST) },
                    (_, Some(limit), _) => TallyShape::Newest { newest: next(&mut self.n_newest), limit: *limit },
                    (_, None, _) => TallyShape::Bundles { bundles: next(&mut self.n_bundles), slot: self.halves() },
                }
            }
        }
    }
}

/// The next of some numbers.
fn next(n: &mut usize) -> usize {
    *n += 1;
    *n - 1
}

impl Plan<'_> {
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
                self.key(cells, *field).map_or(Contribution::Nothing, Contribution::Key)
            }
            Measure::Busiest(calendar) => Contribution::Key(self.period(time, *calendar)),
            Measure::Points { points, count, .. } => {
                let Some(points) = own_points(*points, cells) else { return Contribution::Nothing };
                let key = match count {
                    Count::Per(calendar) => Some(self.period(time, *calendar)),
                    Count::Distinct(field) => self.key(cells, *field),
                    Count::Each | Count::Once | Count::Apart(_) => None,
                };
                Contribution::Bundle { key, time, points }
            }
            _ => Contribution::Nothing,
        }
    }

    /// The number of the calendar period in which an instant lies.
    fn period(&self, time: Instant, calendar: Calendar) -> u128 {
        u128::from(bucket(time, &self.rulebook.zone, calendar).cast_unsigned())
    }

    /// The value of a measure, from what is kept of a lead; `from` is the date to be idle from where there is no event.
    pub(super) fn read(
        &self,
        tally: usize,
        shape: TallyShape,
        kept: LeadTallies<'_>,
        from: Option<Instant>,
    ) -> Quantity {
        match (shape, &self.rulebook.tallies[tally].measure) {
            (TallyShape::Count { slot } | TallyShape::Distinct { slot, .. } | TallyShape::Busiest { slot, .. }, _) => {
                Quantity::whole(i64::from(kept.narrow(slot)))
            }
            (TallyShape::Average { slot, count }, measure) => match i128::from(kept.narrow(count)) {
                0 => Quantity::Missing,
                n => match self.kept_number(measure, kept.sum(slot, SumForm::Halves)) {
                    Quantity::Number { numerator, denominator } => {
                        Quantity::Number { numerator, denominator: n * denominator }
                    }
                    other => other,
                },
            },
            (TallyShape::Sum { slot, form }, measure) => self.kept_number(measure, kept.sum(slot, form)),
            (TallyShape::Largest { slot }, Measure::IdleDays { .. }) => {
                let newest = Some(kept.wide(slot)).filter(|newest| *newest != NONE_LARGEST).map(Instant::from_ms);
                match newest.or(from) {
                    Some(start) => Quantity::days(self.as_of.ms_since(start).max(0)),
                    None => Quantity::Missing,
                }
            }
            (TallyShape::Largest { slot }, measure) => match kept.wide(slot) {
                NONE_LARGEST => Quantity::Missing,
                value if self.is_of_numbers(measure) => self.kept_number(measure, i128::from(value)),
                value => Quantity::Instant(Instant::from_ms(value)),
            },
            (TallyShape::Smallest { slot }, measure) => match kept.wide(slot) {
                NONE_SMALLEST => Quantity::Missing,
                value if self.is_of_numbers(measure) => self.kept_number(measure, i128::from(value)),
                value => Quantity::Instant(Instant::from_ms(value)),
            },
            (TallyShape::Moments { moments }, _) => {
                kept.moments(moments).first().map_or(Quantity::Missing, |(moment, _)| Quantity::Instant(moment.at))
            }
            (
                TallyShape::Minute { .. }
                | TallyShape::Bundles { .. }
                | TallyShape::Worths { .. }
                | TallyShape::Newest { .. }
                | TallyShape::Apart { .. }
                | TallyShape::Held { .. },
                _,
            ) => Quantity::Missing,
        }
    }

    fn is_of_numbers(&self, measure: &Measure) -> bool {
        matches!(measure, Measure::OfField(_, field) if self.rulebook.event_fields[field.field].kind.is_numeric())
    }

    /// A number or instant of a field of events, in the unit in which its numbers are kept.
    #[inline]
    pub(super) fn number(&self, field: FieldRef, value: &Value<'_>) -> Option<i64> {
        match value {
            Value::Instant(instant) | Value::Day(instant) => Some(instant.ms()),
            Value::Days(ms) if self.in_days[field.field] => Some(*ms),
            value => value.number_rounded(field.part).map(Number::micros),
        }
    }

    /// What is kept of a field's numbers, as a number.
    fn kept_number(&self, measure: &Measure, kept: i128) -> Quantity {
        match measure {
            Measure::OfField(_, field) if self.in_days[field.field] => {
                Quantity::Number { numerator: kept, denominator: DAY_MS }
            }
            _ => Quantity::micros(kept),
        }
    }

    /// A value as 128 bits: equal values are equal, and unequal ones differ as surely as a hash of that width can say.
    pub(super) fn key<'a, D: Fn(usize) -> Value<'a>>(&self, cells: &Cells<'a, D>, field: FieldRef) -> Option<u128> {
        match cells.value(field.field) {
            Value::Boolean(value) => Some(u128::from(*value)),
            value => self.number(field, value).map(|number| u128::from(number.cast_unsigned())).or_else(|| {
                let mut key = None;
                cells.any_text(field, |_, folded| {
                    key = Some(xxh3_128(folded.as_bytes()));
                    true
                });
                key
            }),
        }
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
    let is_unconditional =
        select.filter.is_none() && select.within_ms.is_none() && select.since.is_empty() && select.stretch.is_none();
    let is_plain =
        matches!(tally.measure, Measure::Count | Measure::Newest | Measure::Earliest | Measure::IdleDays { .. });
    is_for_all && is_unconditional && is_plain
}

/// The points of an event before decay; none where a field says them and the event lacks it.
fn own_points<'a, D: Fn(usize) -> Value<'a>>(points: EventPoints, cells: &Cells<'a, D>) -> Option<Points> {
    match points {
        EventPoints::Fixed(points) => Some(points),
        EventPoints::Field { field, .. } => {
            cells.value(field.field).number_rounded(field.part).map(|number| points.of(number.micros()))
        }
    }
}
