//! The values of which a lead's earliest or latest is kept: `first` and `last`. Which value stays does not depend on the order
//! of events.

use super::derive::part_of;
use super::eval::quantity_of;
use crate::value::{Part, Value};
use foldhash::HashMap;
use std::cmp::Ordering;
use std::collections::hash_map::Entry;

/// For the leads of a part of the board the value that is kept, with its time in milliseconds.
#[derive(Clone, Debug, Default)]
pub(super) struct HeldValues(HashMap<u32, (i64, Value<'static>)>);

/// A value that may be a lead's earliest or latest.
#[derive(Debug)]
pub(super) struct HeldValue {
    pub lead: u32,
    pub tally: u32,
    pub time: i64,
    pub value: Value<'static>,
}

impl HeldValues {
    /// The value of a row.
    pub(super) fn of(&self, row: u32) -> Option<&Value<'static>> {
        self.0.get(&row).map(|(_, value)| value)
    }

    /// Holds a value if it is earlier, or later, than the one that is held; of those at one instant the smallest.
    pub(super) fn hold(&mut self, row: u32, is_first: bool, new: (i64, Value<'static>)) {
        match self.0.entry(row) {
            Entry::Vacant(place) => drop(place.insert(new)),
            Entry::Occupied(mut place) => {
                let (time, value) = place.get();
                let is_better = match new.0.cmp(time) {
                    Ordering::Less => is_first,
                    Ordering::Greater => !is_first,
                    Ordering::Equal => is_smaller(&new.1, value),
                };
                if is_better {
                    place.insert(new);
                }
            }
        }
    }
}

/// The value of an event's field that `first` and `last` keep, on its own.
pub(super) fn held(value: &Value<'_>, part: Part) -> Option<Value<'static>> {
    match part_of(value.borrowed(), part) {
        Value::Missing => None,
        value => Some(value.into_owned()),
    }
}

/// Whether a value is the smaller one: texts by their bytes, false before true, ranges by their lower end, then the upper.
fn is_smaller(one: &Value<'_>, other: &Value<'_>) -> bool {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) => one.as_bytes() < other.as_bytes(),
        (Value::Boolean(one), Value::Boolean(other)) => one < other,
        (Value::Number(one), Value::Number(other)) => one < other,
        (Value::Range(one), Value::Range(other)) => one < other,
        _ if one.instant().is_some() && other.instant().is_some() => {
            // Where one of two at an instant is a bare date, that one counts.
            let key = |value: &Value<'_>| value.moment().map(|moment| (moment.at, !moment.is_bare));
            key(one) < key(other)
        }
        _ => {
            let of = |value: &Value<'_>| quantity_of(value, Part::Whole);
            of(one).order(of(other)).is_some_and(Ordering::is_lt)
        }
    }
}
