//! Ranges of numbers, as exports have the size of a company: `201-500`, `10,001+`, `<50`. Boundaries are kept as they are
//! written: nothing here knows whether 500 belongs to the range or to the next one.

use super::Part;
use super::number::{Decimal, Number};

/// A number from `low` on, up to `high` where there is an upper end. Of ranges with one lower end an open one comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range {
    low: Number,
    high: Option<Number>,
}

impl Range {
    /// The lower end, which is also what the whole stands for.
    #[must_use]
    pub fn low(self) -> Number {
        self.low
    }

    /// The upper end; none where the range is open.
    #[must_use]
    pub fn high(self) -> Option<Number> {
        self.high
    }

    /// What a part of it is: `.high` its upper end, all else its lower one.
    #[must_use]
    pub fn part(self, part: Part) -> Option<Number> {
        if part == Part::High { self.high } else { Some(self.low) }
    }

    /// Reads a trimmed text: a number, or one of the forms `a-b`, `a to b`, `a+`, `>a`, `>=a`, `<b`, `<=b`. `None` for anything
    /// else, and where the upper end is below the lower one.
    #[must_use]
    pub fn parse(text: &str, decimal: Decimal) -> Option<Range> {
        let number = |text: &str| Number::parse_cell(text.trim(), decimal);
        if let Some(number) = number(text) {
            return Some(Self { low: number, high: Some(number) });
        }
        if let Some(rest) = text.strip_suffix('+').or_else(|| after_sign(text, ['>', '≥'])) {
            return Some(Self { low: number(rest)?, high: None });
        }
        if let Some(rest) = after_sign(text, ['<', '≤']) {
            return Self::closed(Number::default(), number(rest)?);
        }
        let (low, high) = joints(text).find_map(|(left, right)| Some((number(left)?, number(right)?)))?;
        Self::closed(low, high)
    }

    fn closed(low: Number, high: Number) -> Option<Self> {
        (low <= high).then_some(Self { low, high: Some(high) })
    }
}

/// As the text of a cell: `201-500`, `10001+`, a number alone where both ends are one.
impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.high {
            None => write!(f, "{}+", self.low),
            Some(high) if high == self.low => write!(f, "{high}"),
            Some(high) => write!(f, "{}-{high}", self.low),
        }
    }
}

/// What follows `>` or `>=` (`<` or `<=`) at the start, or the one sign that stands for the latter.
fn after_sign(text: &str, [alone, or_equal]: [char; 2]) -> Option<&str> {
    let rest = text.strip_prefix(alone).map(|rest| rest.strip_prefix('=').unwrap_or(rest));
    rest.or_else(|| text.strip_prefix(or_equal))
}

/// The places at which a text may fall into two ends, from the left: at a dash of any kind, or at ` to `.
fn joints(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.char_indices().filter_map(|(at, c)| {
        let (left, rest) = text.split_at(at);
        if is_dash(c) {
            return Some((left, &rest[c.len_utf8()..]));
        }
        let right = rest.strip_prefix("to")?;
        (left.ends_with(char::is_whitespace) && right.starts_with(char::is_whitespace)).then_some((left, right))
    })
}

/// A hyphen, a dash, or the minus sign.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        let range = Range::parse(text, Decimal::Point)?;
        let high = range.high().map_or("open".to_owned(), |high| high.to_string());
        Some(format!("{}..{high}", range.low()))
    }

    #[test]
    fn every_form() {
        for (text, ends) in [
            ("201-500", "201..500"),
            ("1,001 – 5,000", "1001..5000"),
            ("10 000 to 20 000", "10000..20000"),
            ("2\u{2212}10", "2..10"),
            ("-5--3", "-5..-3"),
            ("-5 - -3", "-5..-3"),
            ("$1.5 - $2", "1.5..2"),
            ("10,001+", "10001..open"),
            ("10001 +", "10001..open"),
            ("> 500", "500..open"),
            (">=500", "500..open"),
            ("≥ 500", "500..open"),
            ("<50", "0..50"),
            ("<= 50", "0..50"),
            ("≤50", "0..50"),
            ("500", "500..500"),
            ("-5", "-5..-5"),
            ("7-7", "7..7"),
        ] {
            assert_eq!(read(text).as_deref(), Some(ends), "{text}");
        }
    }

    #[test]
    fn anything_else_is_unreadable() {
        for text in [
            "",
            "-",
            "500-201",
            "201-500 employees",
            "10to20",
            "1 to",
            "5-",
            "+",
            "<",
            ">=",
            "< -5",
            "1-2-3",
            "10-Nov",
            "many",
            "=> 5",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn decimals_are_the_files() {
        let range = Range::parse("1.000 - 2.500,5", Decimal::Comma).expect("a range");
        assert_eq!(
            (range.low().to_string(), range.high().map(|high| high.to_string())),
            ("1000".into(), Some("2500.5".into()))
        );
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(low in -1_000_i64..1_000_000, more in proptest::option::of(0_i64..1_000_000)) {
            let number = |n: i64| Number::from_micros(n * 1_000_000);
            let range = Range { low: number(low), high: more.map(|more| number(low + more)) };
            prop_assert_eq!(Range::parse(&range.to_string(), Decimal::Point), Some(range));
        }

        #[test]
        fn no_text_panics(text in "[-+<>=≤≥0-9 .,to–]{0,12}|\\PC{0,20}") {
            let range = Range::parse(&text, Decimal::Comma);
            prop_assert!(range.is_none_or(|range| range.high().is_none_or(|high| range.low() <= high)));
        }
    }
}
