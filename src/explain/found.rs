//! Values as they were found: what a field, a measure or a score came to, ready to be shown.

use super::claim::{Named, Subject};
use super::shape;
use crate::points::Points;
use crate::score::{Quantity, Truth, quantity_of};
use crate::value::{Instant, Part, Value};
use serde::Serialize;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Found {
    Missing,
    Text(String),
    /// Several texts of one cell.
    Texts(Vec<String>),
    /// A number in millionths, with as many decimals as tell it apart.
    Number(#[serde(serialize_with = "shape::millionths")] i128),
    /// From one number to another: `201-500`, `10001+`.
    Range(String),
    Boolean(bool),
    Instant(Instant),
    Points(Points),
    Truth(Truth),
}

/// What of a lead's events a measure counted.
#[derive(Clone, Debug, Serialize)]
pub struct Tallied<'r> {
    #[serde(rename = "counted")]
    pub n_counted: usize,
    /// Events of its types that it doesn't count.
    #[serde(rename = "passed_over")]
    pub n_passed_over: usize,
    pub newest: Option<Instant>,
    /// Of idle days without any event, what they are counted from.
    pub idle_from: Option<IdleFrom<'r>>,
}

/// What idle days are counted from where there is no event.
#[derive(Clone, Debug, Serialize)]
pub struct IdleFrom<'r> {
    pub field: Named<'r, Subject<'r>>,
    pub at: Instant,
}

impl Found {
    /// A field's value, or the part of it.
    pub(crate) fn of_value(value: &Value<'_>, part: Part) -> Self {
        match value {
            Value::Missing => Self::Missing,
            Value::Text(text) => part.extract(text).map_or(Self::Missing, |text| Self::Text(text.to_owned())),
            Value::Set(texts) => {
                let texts: Vec<String> =
                    texts.iter().filter_map(|text| part.extract(text)).map(str::to_owned).collect();
                if texts.is_empty() { Self::Missing } else { Self::Texts(texts) }
            }
            Value::Number(number) => Self::Number(number.micros().into()),
            Value::Range(range) if part == Part::Whole => Self::Range(range.to_string()),
            Value::Range(range) => range.part(part).map_or(Self::Missing, |end| Self::Number(end.micros().into())),
            Value::Days(_) => Self::of_quantity(quantity_of(value, part)),
            Value::Boolean(boolean) => Self::Boolean(*boolean),
            Value::Instant(instant) | Value::Day(instant) => Self::Instant(*instant),
        }
    }

    /// A measure's or a comparison's.
    pub(super) fn of_quantity(quantity: Quantity) -> Self {
        match quantity {
            Quantity::Missing => Self::Missing,
            Quantity::Instant(instant) => Self::Instant(instant),
            Quantity::Number { numerator, denominator } => Self::Number(shown_micros(numerator, denominator)),
        }
    }
}

/// A fraction in millionths: with two decimals, cut towards zero, or with as many up to six as keep it apart from a whole
/// number: 59.999 days must not look like 60, and 60.0004 neither.
fn shown_micros(numerator: i128, denominator: i128) -> i128 {
    let micros = numerator.saturating_mul(1_000_000) / denominator.max(1);
    let rest = micros % 1_000_000;
    if denominator == 1_000_000 || rest.abs() < 10_000 { micros } else { micros - rest % 10_000 }
}

#[cfg(test)]
mod tests {
    use super::shown_micros;

    #[test]
    fn a_fraction_never_looks_like_a_whole_number_that_it_is_not() {
        let day = 86_400_000;
        assert_eq!(shown_micros(60 * day, day), 60_000_000);
        assert_eq!(shown_micros(60 * day - 1, day), 59_990_000);
        assert_eq!(shown_micros(60 * day + 86_400, day), 60_001_000);
        assert_eq!(shown_micros(-1_250_000, 1_000_000), -1_250_000);
        assert_eq!(shown_micros(1_234_567, 1_000_000), 1_234_567);
    }
}
