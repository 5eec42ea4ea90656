//! Values as they were found, in words.

use crate::explain::Found;
use crate::present::words::grouped;
use crate::score::Truth;
use crate::value::{Number, Zone};

/// A value; instants as the clocks of a zone show them.
pub(crate) fn found(found: &Found, zone: &Zone) -> String {
    match found {
        Found::Missing => "missing".to_owned(),
        Found::Text(text) => text.clone(),
        Found::Texts(texts) => texts.join("; "),
        Found::Number(micros) => millionths(*micros),
        Found::Boolean(boolean) => boolean.to_string(),
        Found::Instant(instant) => zone.wall(*instant).minute(),
        Found::Points(points) => points.to_string(),
        Found::Truth(value) => truth(*value).to_owned(),
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

/// A number of millionths, with `,` between groups of three from five digits on, so that years stay what they are.
fn millionths(micros: i128) -> String {
    let size = micros.unsigned_abs();
    let (whole, mut rest, mut width) = (size / 1_000_000, size % 1_000_000, 6);
    let sign = if micros < 0 { "-" } else { "" };
    let whole = match u64::try_from(whole) {
        Ok(whole) if whole >= 10_000 => grouped(whole),
        _ => whole.to_string(),
    };
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    while rest % 10 == 0 {
        (rest, width) = (rest / 10, width - 1);
    }
    format!("{sign}{whole}.{rest:0width$}")
}

#[cfg(test)]
mod tests {
    use super::millionths;

    #[test]
    fn numbers_are_grouped_from_five_digits_on() {
        let shown = [2_026_000_000, 12_345_678_900_000, -1_250_000, 1_000_001, -400].map(millionths);
        assert_eq!(shown, ["2026", "12,345,678.9", "-1.25", "1.000001", "-0.0004"]);
    }
}
