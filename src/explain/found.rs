//! Values as they were found: what a field, a measure or a score came to, ready to be shown.

use crate::points::Points;
use crate::score::{Quantity, Truth};
use crate::value::{Instant, Part, Value, Zone};

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Missing,
    /// A text.
    Text(String),
    /// Several texts of one cell.
    Texts(Vec<String>),
    /// A number, with as many decimals as tell it apart.
    Number(String),
    /// True or false.
    Boolean(bool),
    /// An instant.
    Instant(Instant),
    /// A score.
    Points(Points),
    /// Whether a stage is held.
    Truth(Truth),
}

/// What of a lead's events a measure counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallied {
    /// Events that it counts.
    pub n_counted: usize,
    /// Events of its types that it doesn't count.
    pub n_passed_over: usize,
    /// The newest that it counts.
    pub newest: Option<Instant>,
    /// What its value is a number of, if it is one: `page_view events`, `days with page_view events`.
    pub counts: Option<String>,
    /// Of idle days without any event, the field that they are counted from, and its date.
    pub from: Option<(String, Instant)>,
}

impl Found {
    /// A field's value, or the part of it.
    pub(crate) fn of_value(value: &Value<'_>, part: Part) -> Self {
        match value {
            Value::Missing => Self::Missing,
            Value::Text(text) => part.extract(text).map_or(Self::Missing, |text| Self::Text(text.to_owned())),
            Value::Set(texts) => Self::Texts(texts.iter().map(|text| text.clone().into_owned()).collect()),
            Value::Number(number) => Self::Number(number.to_string()),
            Value::Boolean(boolean) => Self::Boolean(*boolean),
            Value::Instant(instant) => Self::Instant(*instant),
        }
    }

    /// In words; instants as the clocks of a zone show them.
    #[must_use]
    pub fn in_words(&self, zone: &Zone) -> String {
        match self {
            Self::Missing => "missing".to_owned(),
            Self::Text(text) => text.clone(),
            Self::Number(text) => grouped(text),
            Self::Texts(texts) => texts.join("; "),
            Self::Boolean(boolean) => boolean.to_string(),
            Self::Instant(instant) => local_time(*instant, zone),
            Self::Points(points) => points.to_string(),
            Self::Truth(truth) => in_words(*truth).to_owned(),
        }
    }

    /// A measure's or a comparison's.
    pub(super) fn of_quantity(quantity: Quantity) -> Self {
        match quantity {
            Quantity::Missing => Self::Missing,
            Quantity::Instant(instant) => Self::Instant(instant),
            Quantity::Number { numerator, denominator } => Self::Number(fraction(numerator, denominator)),
        }
    }
}

/// A truth in words.
#[must_use]
pub fn in_words(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "yes",
        Truth::False => "no",
        Truth::Unknown => "unknown",
    }
}

/// An instant as the clocks of a zone show it, to the minute: `2026-05-27 17:02`.
#[must_use]
pub fn local_time(instant: Instant, zone: &Zone) -> String {
    let local = Instant::from_ms(zone.local_ms(instant)).to_string();
    match local.split_once('T') {
        Some((date, time)) => format!("{date} {}", time.get(..5).unwrap_or(time)),
        None => local,
    }
}

/// A number with `,` between groups of three, from five digits on, so that years stay what they are.
pub(super) fn grouped(number: &str) -> String {
    let (whole, decimals) = number.split_once('.').map_or((number, None), |(whole, decimals)| (whole, Some(decimals)));
    let digits = whole.trim_start_matches('-');
    let mut shown = whole[..whole.len() - digits.len()].to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len() > 4 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    decimals.map_or_else(|| shown.clone(), |decimals| format!("{shown}.{decimals}"))
}

/// A fraction with two decimals, cut towards zero, or with as many up to six as keep it apart from a whole number: 59.999 days
/// must not look like 60, and 60.0004 neither.
fn fraction(numerator: i128, denominator: i128) -> String {
    let micros = numerator.saturating_mul(1_000_000) / denominator.max(1);
    let (sign, size) = (if micros < 0 { "-" } else { "" }, micros.unsigned_abs());
    let (whole, rest) = (size / 1_000_000, size % 1_000_000);
    let decimals =
        if denominator == 1_000_000 || rest < 10_000 { format!("{rest:06}") } else { format!("{:02}", rest / 10_000) };
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
}

#[cfg(test)]
mod tests {
    use super::fraction;

    #[test]
    fn a_fraction_never_looks_like_a_whole_number_that_it_is_not() {
        let day = 86_400_000;
        assert_eq!(fraction(60 * day, day), "60");
        assert_eq!(fraction(60 * day - 1, day), "59.99");
        assert_eq!(fraction(60 * day + 86_400, day), "60.001");
        assert_eq!(fraction(-1_250_000, 1_000_000), "-1.25");
        assert_eq!(fraction(1_234_567, 1_000_000), "1.234567");
    }
}
