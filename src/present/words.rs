//! Figures in words, the same in every form: what is not known reads "n/a", "too few" or "not reached", never 0.

use super::Text;
use crate::funnel::report::{Days, Figure, Rate, ValueFigures};
use crate::points::{Points, div_round};
use crate::value::figures::decimal;
pub use crate::value::figures::{grouped, share};

/// What is not known.
pub const NOT_KNOWN: &str = "n/a";
/// What is known of too few leads.
pub const TOO_FEW: &str = "too few";
/// A count that is not told.
pub const UNDER_FIVE: &str = crate::diff::report::FEW;
/// What did not come to pass in the time that can be seen.
pub const NOT_REACHED: &str = "not reached";

/// That amounts of several currencies are added up in a field.
#[must_use]
pub fn mixed_currencies(field: &str, marks: &[String]) -> Text {
    let mut text = Text::from("the amounts in ").code(field).words(" are in different currencies (");
    for (at, mark) in marks.iter().enumerate() {
        text = text.words(if at > 0 { ", " } else { "" }).code(mark);
    }
    text.words(") and are added up as they are: nothing is converted")
}

/// `1 lead`, `1,200 leads`.
#[must_use]
pub fn plural(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// A count as a length; exact up to nine quadrillion, and a drawing needs less.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a length on a screen")]
pub fn size(n: u64) -> f64 {
    n as f64
}

/// A change of a number: `+12`, `-3`, `0`.
#[must_use]
pub fn change(n: i64) -> String {
    let sign = match n {
        0 => "",
        ..0 => "-",
        _ => "+",
    };
    format!("{sign}{}", grouped(n.unsigned_abs()))
}

/// Points with their sign; nothing has none.
#[must_use]
pub fn gain(points: Points) -> String {
    if points.is_zero() { "0".to_owned() } else { points.signed().to_string() }
}

/// By how much a sum of points changed, in hundredths: `+1,234.5`, `-3`, `0`.
#[must_use]
pub fn sum_change(hundredths: i128) -> String {
    let sign = match hundredths {
        0 => "",
        ..0 => "-",
        _ => "+",
    };
    let whole = grouped(u64::try_from(hundredths.unsigned_abs() / 100).unwrap_or(u64::MAX));
    match hundredths.unsigned_abs() % 100 {
        0 => format!("{sign}{whole}"),
        rest if rest % 10 == 0 => format!("{sign}{whole}.{}", rest / 10),
        rest => format!("{sign}{whole}.{rest:02}"),
    }
}

/// A bar of up to twenty characters; what is there is seen, however little it is.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 20")]
pub fn bar(share: f64) -> String {
    "█".repeat(libm::ceil(share.clamp(0.0, 1.0) * 20.0) as usize)
}

/// What a rule gives: `+20`, `-15 to +5`, `+12 each`.
#[must_use]
pub fn point_range(least: Points, most: Points, each: bool) -> String {
    let each = if each { " each" } else { "" };
    match (least.is_zero(), most.is_zero()) {
        (true, true) => "0".to_owned(),
        (true, false) => format!("{}{each}", most.signed()),
        (false, true) => format!("{}{each}", least.signed()),
        (false, false) => format!("{} to {}", least.signed(), most.signed()),
    }
}

/// A share of leads: `10.53 %`; exact, rounded half away from zero.
#[must_use]
pub fn rate(rate: Rate, n_decimals: u8) -> String {
    match rate {
        Rate::None => NOT_KNOWN.to_owned(),
        Rate::TooFew { .. } => TOO_FEW.to_owned(),
        Rate::Measured { n, converted, .. } => {
            let scale = 10i128.pow(u32::from(n_decimals));
            percent_of(div_round(i128::from(converted) * 100 * scale, i128::from(n)), scale)
        }
    }
}

fn percent_of(scaled: i128, scale: i128) -> String {
    if scale == 1 {
        return format!("{scaled} %");
    }
    let width = scale.ilog10() as usize;
    format!("{}.{:0width$} %", scaled / scale, scaled % scale)
}

/// A share's interval: `9.9–11.2 %`; empty where there is none.
#[must_use]
pub fn interval(rate: Rate) -> String {
    match rate {
        Rate::Measured { low, high, .. } => format!("{}–{} %", fixed(low * 100.0, 1), fixed(high * 100.0, 1)),
        Rate::TooFew { .. } | Rate::None => String::new(),
    }
}

/// A figure, its number shown by `show`.
pub fn figure(figure: Figure, show: impl Fn(f64) -> String) -> String {
    match figure {
        Figure::Known { value } | Figure::Between { value, .. } => show(value),
        Figure::TooFew { .. } => TOO_FEW.to_owned(),
        Figure::None => NOT_KNOWN.to_owned(),
    }
}

/// A share as a percentage with one decimal.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{} %", fixed(share * 100.0, 1))
}

/// Days of 24 hours as hours: `30.5 h`.
#[must_use]
pub fn hours_of_days(days: f64) -> String {
    format!("{} h", in_tenths(days * 24.0))
}

/// `4 business hours`.
#[must_use]
pub fn business_hours(hours: f64) -> String {
    let shown = amount(hours);
    format!("{shown} business hour{}", if shown == "1" { "" } else { "s" })
}

/// Days: `12.5 d`; hours below two days: `3 h`.
#[must_use]
pub fn days(days: Days) -> String {
    match days {
        Days::None => NOT_KNOWN.to_owned(),
        Days::TooFew { .. } => TOO_FEW.to_owned(),
        Days::NotReached => NOT_REACHED.to_owned(),
        Days::After { days } if days < 2.0 => format!("{} h", in_tenths(days * 24.0)),
        Days::After { days } => format!("{} d", in_tenths(days)),
    }
}

/// A span of time with one decimal, if it has any.
fn in_tenths(value: f64) -> String {
    decimal(i128::from(scaled(value, 10.0)) * 100_000, u128::MAX)
}

/// So many parts of one, to the nearest.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held at the ends of what a count can be")]
fn scaled(value: f64, parts: f64) -> u64 {
    // What was rounded to six decimals before may lie a hair below its half.
    libm::round(value * parts * (1.0 + 1e-12)) as u64
}

/// An amount of money, with groups of three: `2,000`, `61,214.53`; whole amounts without decimals.
#[must_use]
pub fn amount(value: f64) -> String {
    let cents = scaled(value.abs(), 100.0);
    let sign = if value < 0.0 && cents > 0 { "-" } else { "" };
    let whole = grouped(cents / 100);
    if cents.is_multiple_of(100) { format!("{sign}{whole}") } else { format!("{sign}{whole}.{:02}", cents % 100) }
}

/// How far a number went, in per cent of what it was: `+2.5 %`; nothing where it was nothing.
#[must_use]
pub fn growth(before: i128, after: i128) -> Option<String> {
    if before == 0 {
        return None;
    }
    let tenths = div_round((after - before) * 1000, before.abs());
    let sign = if tenths < 0 { "-" } else { "+" };
    Some(format!("{sign}{}.{} %", tenths.abs() / 10, tenths.abs() % 10))
}

/// An amount for a glance: from a thousand on without cents.
#[must_use]
pub fn glance(value: f64) -> String {
    amount(if value.abs() < 1000.0 { value } else { libm::round(value) })
}

/// A float with so many decimals, at most six, rounded half away from zero.
#[must_use]
pub fn fixed(value: f64, n_decimals: u8) -> String {
    let scale = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6][usize::from(n_decimals.min(6))];
    // What was rounded to six decimals before may lie a hair below its half.
    let rounded = libm::round(value * scale * (1.0 + 1e-12)) / scale;
    // There is no negative nothing.
    let rounded = if rounded == 0.0 { 0.0 } else { rounded };
    format!("{rounded:.width$}", width = usize::from(n_decimals.min(6)))
}

/// A sum of points, in hundredths, rounded half away from zero to whole points, with groups of three.
#[must_use]
pub fn points_grouped(hundredths: i128) -> String {
    let points = div_round(hundredths, 100);
    let size = grouped(points.unsigned_abs());
    if points < 0 { format!("-{size}") } else { size }
}

/// The mean of a sum of points, in hundredths, with two decimals; of nothing `n/a`.
#[must_use]
pub fn average(sum_hundredths: i128, n: u64) -> String {
    if n == 0 {
        return "n/a".to_owned();
    }
    let mean = div_round(sum_hundredths, i128::from(n));
    let sign = if mean < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", mean.abs() / 100, mean.abs() % 100)
}

/// What the open leads may bring.
pub(crate) struct PipelineWords {
    /// With its currency: `1,573,750 USD`.
    pub sum: String,
    /// `39 of 2,031 open leads`.
    pub leads: String,
    /// Times the rate from each stage to the last, with its currency; none where a rate is not known.
    pub weighted: Option<String>,
}

/// What the open leads may bring; none where the rulebook names no amount.
pub(crate) fn pipeline(value: &ValueFigures) -> Option<PipelineWords> {
    let all = &value.pipeline.as_ref()?.all;
    let money = |sum: f64| match &value.currency {
        Some(currency) => format!("{} {currency}", amount(sum)),
        None => amount(sum),
    };
    let leads = format!("{} of {}", grouped(all.n_with), plural(all.n_open, "open lead"));
    Some(PipelineWords { sum: money(all.sum), leads, weighted: all.weighted.value().map(money) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_no_zero() {
        assert_eq!([rate(Rate::None, 1), rate(Rate::TooFew { n: 3, converted: 1 }, 1)], ["n/a", "too few"]);
        assert_eq!(
            [days(Days::None), days(Days::NotReached), days(Days::TooFew { n: 3 })],
            ["n/a", "not reached", "too few"]
        );
        assert_eq!([figure(Figure::None, amount), figure(Figure::TooFew { n: 3 }, amount)], ["n/a", "too few"]);
    }

    #[test]
    fn figures_round_half_away_from_zero() {
        let measured = Rate::Measured { n: 8000, converted: 842, rate: 0.105_25, low: 0.098_715, high: 0.112_159 };
        assert_eq!([rate(measured, 2), rate(measured, 1), rate(measured, 0)], ["10.53 %", "10.5 %", "11 %"]);
        assert_eq!(interval(measured), "9.9–11.2 %");
        assert_eq!([2000.0, 61_214.53, -0.5, 0.0].map(amount), ["2,000", "61,214.53", "-0.50", "0"]);
        assert_eq!([fixed(0.125, 2), fixed(1.0, 0), fixed(-2.5, 0), percent(0.5)], ["0.13", "1", "-3", "50.0 %"]);
        let shown = |time| days(Days::After { days: time });
        assert_eq!([shown(0.125), shown(2.0), shown(31.25)], ["3 h", "2 d", "31.3 d"]);
    }

    #[test]
    fn numbers_are_grouped_and_rounded() {
        assert_eq!([0_u64, 999, 1000, 41_233, 1_234_567].map(grouped), ["0", "999", "1,000", "41,233", "1,234,567"]);
        assert_eq!([-123_456, 149, 150, 0].map(points_grouped), ["-1,235", "1", "2", "0"]);
        assert_eq!([average(-1, 2), average(1001, 2), average(0, 0)], ["-0.01", "5.01", "n/a"]);
        assert_eq!([share(842, 8000), share(1, 0), share(2, 3)], ["10.5 %", "n/a", "66.7 %"]);
        assert_eq!([change(12), change(-3), change(0)], ["+12", "-3", "0"]);
        assert_eq!([123_450, -5, 0, 300, -100_000].map(sum_change), ["+1,234.5", "-0.05", "0", "+3", "-1,000"]);
    }
}
