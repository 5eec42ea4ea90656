//! Figures as words and cells. What is not known says why: `n/a`, `too few`, `not reached`; never 0.

use super::table::Cell;
use crate::funnel::report::{Days, Figure, Rate};
use crate::output::number::grouped;
use crate::output::report_words::{self, NOT_KNOWN};

pub(super) use crate::output::report_words::{amount, fixed, percent};

/// A name, `n/a` if there is none.
pub(super) fn name(name: &str) -> Cell {
    if name.is_empty() { Cell::Words("(empty)".to_owned()) } else { Cell::Name(name.to_owned()) }
}

/// Words of ours.
pub(super) fn words(words: impl Into<String>) -> Cell {
    Cell::Words(words.into())
}

/// A count.
pub(super) fn count(n: u64) -> Cell {
    Cell::Number(grouped(n))
}

/// A count that may not be known.
pub(super) fn count_if_known(n: Option<u64>) -> Cell {
    n.map_or_else(not_known, count)
}

/// `n/a`.
pub(super) fn not_known() -> Cell {
    Cell::Absent(NOT_KNOWN.to_owned())
}

/// A rate with one decimal.
pub(super) fn rate(found: &Rate) -> Cell {
    rate_with(found, 1)
}

/// A rate with two decimals, as conversions have everywhere.
pub(super) fn fine_rate(found: &Rate) -> Cell {
    rate_with(found, 2)
}

fn rate_with(found: &Rate, n_decimals: u8) -> Cell {
    let words = report_words::rate(*found, n_decimals);
    if measured(found).is_some() { Cell::Number(words) } else { Cell::Absent(words) }
}

/// A rate's interval.
pub(super) fn interval(found: &Rate) -> Cell {
    if measured(found).is_some() { Cell::Number(report_words::interval(*found)) } else { rate(found) }
}

/// The share itself, for a drawing.
pub(super) fn measured(rate: &Rate) -> Option<f64> {
    match rate {
        Rate::Measured { rate, .. } => Some(*rate),
        Rate::TooFew { .. } | Rate::None => None,
    }
}

/// A number, for a drawing.
pub(super) fn value(figure: &Figure) -> Option<f64> {
    match figure {
        Figure::Known { value } | Figure::Between { value, .. } => Some(*value),
        Figure::TooFew { .. } | Figure::None => None,
    }
}

/// A figure, its number written by `write`.
pub(super) fn figure_in(found: &Figure, write: impl Fn(f64) -> String) -> Cell {
    let words = report_words::figure(*found, write);
    if value(found).is_some() { Cell::Number(words) } else { Cell::Absent(words) }
}

/// A figure's interval; a dash where a known figure has none.
pub(super) fn between(found: &Figure, write: impl Fn(f64) -> String) -> Cell {
    match found {
        Figure::Between { low, high, .. } => Cell::Number(format!("{}–{}", write(*low), write(*high))),
        other => figure_in(other, |_| "–".to_owned()),
    }
}

/// A share with its interval: `12.3 % (10.1–14.8)`.
pub(super) fn share_between(found: &Figure) -> Cell {
    match found {
        Figure::Between { value, low, high } => {
            let [low, high] = [low, high].map(|end| fixed(end * 100.0, 1));
            Cell::Number(format!("{} ({low}–{high})", percent(*value)))
        }
        other => figure_share(other),
    }
}

/// A figure that is a share.
pub(super) fn figure_share(found: &Figure) -> Cell {
    figure_in(found, percent)
}

/// A figure that is a ratio, an index or a number of points.
pub(super) fn figure_number(found: &Figure) -> Cell {
    figure_in(found, decimal)
}

/// A figure that is an amount of money, without its currency.
pub(super) fn figure_money(found: &Figure) -> Cell {
    figure_in(found, amount)
}

/// Two decimals.
pub(super) fn decimal(value: f64) -> String {
    fixed(value, 2)
}

/// A span of time.
pub(super) fn days(span: &Days) -> Cell {
    let words = report_words::days(*span);
    if matches!(span, Days::After { .. }) { Cell::Number(words) } else { Cell::Absent(words) }
}

/// A cell's words, for a drawing.
pub(super) fn spoken(cell: &Cell) -> String {
    match cell {
        Cell::Name(text) | Cell::Words(text) | Cell::Number(text) | Cell::Absent(text) => text.clone(),
    }
}

/// A count as a length; exact up to nine quadrillion, and a drawing needs less.
#[allow(clippy::cast_precision_loss, reason = "a length on a screen")]
pub(super) fn size(n: u64) -> f64 {
    n as f64
}

/// `1 lead`, `1,200 leads`.
pub(super) fn plural(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_never_a_number() {
        let cells = [
            rate(&Rate::None),
            rate(&Rate::TooFew { n: 19, converted: 19 }),
            fine_rate(&Rate::TooFew { n: 0, converted: 0 }),
            interval(&Rate::None),
            figure_share(&Figure::None),
            figure_money(&Figure::TooFew { n: 1 }),
            between(&Figure::None, percent),
            days(&Days::NotReached),
            days(&Days::None),
            count_if_known(None),
        ];
        for cell in cells {
            assert!(matches!(&cell, Cell::Absent(why) if !why.contains(char::is_numeric)), "{cell:?}");
        }
    }

    #[test]
    fn what_is_known_is_a_number() {
        let measured = |converted, n| Rate::Measured { n, converted, rate: 0.0, low: 0.0987, high: 0.1121 };
        assert_eq!(fine_rate(&measured(842, 8000)), Cell::Number("10.53 %".to_owned()));
        assert_eq!(rate(&measured(333, 999)), Cell::Number("33.3 %".to_owned()));
        assert_eq!(interval(&measured(1, 3)), Cell::Number("9.9–11.2 %".to_owned()));
        let share = Figure::Between { value: 0.123, low: 0.101, high: 0.148 };
        assert_eq!(share_between(&share), Cell::Number("12.3 % (10.1–14.8)".to_owned()));
        assert_eq!(between(&Figure::Known { value: 1.0 }, percent), Cell::Number("–".to_owned()));
    }
}
