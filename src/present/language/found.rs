//! Values as they were found, in words.

use crate::explain::Found;
use crate::score::Truth;
use crate::value::figures::decimal;
use crate::value::{Number, Type, Zone};

/// A value; instants as the clocks of a zone show them.
pub(crate) fn found(found: &Found, zone: &Zone) -> String {
    match found {
        Found::Missing => "missing".to_owned(),
        Found::Text(text) | Found::Range(text) => text.clone(),
        Found::Texts(texts) => texts.join("; "),
        Found::Number(micros) => millionths(*micros),
        Found::Boolean(boolean) => boolean.to_string(),
        Found::Instant(instant) => zone.wall(*instant).minute(),
        Found::Points(points) => points.to_string(),
        Found::Truth(value) => truth(*value).to_owned(),
    }
}

/// What a cell of a type is.
pub(crate) fn a_kind(kind: Type) -> &'static str {
    match kind {
        Type::Text => "text",
        Type::Number => "a number",
        Type::Boolean => "yes or no",
        Type::Date => "a date",
        Type::Email => "an e-mail address",
        Type::Url => "a web address",
        Type::Phone => "a phone number",
        Type::Range => "a range of numbers",
    }
}

/// A truth.
pub(crate) fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "yes",
        Truth::False => "no",
        Truth::Unknown => "unknown",
    }
}

/// A number of a rulebook.
pub(super) fn number(number: Number) -> String {
    millionths(number.micros().into())
}

/// A number of millionths, its thousands apart from five digits on, so that years stay what they are.
fn millionths(micros: i128) -> String {
    decimal(micros, 10_000)
}
