//! A percentage as a rulebook and a command line write it: `20%`.

use super::figures::decimal;
use super::number::Number;
use super::text::trim;
use std::fmt;

/// A hundred percent, in millionths of a percent.
const WHOLE: u64 = 100_000_000;

/// From 0 % to 100 %, with at most six decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percentage(Number);

impl Percentage {
    /// So many percent; none below 0 and above 100.
    #[must_use]
    pub fn of(percent: Number) -> Option<Self> {
        let is_share = percent.micros() >= 0 && percent.micros().unsigned_abs() <= WHOLE;
        is_share.then_some(Self(percent))
    }

    /// Reads `20%`; none where it is anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Number::parse_literal(trim(text.strip_suffix('%')?)).ok().and_then(Self::of)
    }

    /// The number before the percent sign.
    #[must_use]
    pub fn number(self) -> Number {
        self.0
    }

    /// Whether a part is a larger share of the whole than this. Nothing is no share of nothing.
    #[must_use]
    pub fn is_exceeded_by(self, part: u64, whole: u64) -> bool {
        u128::from(part) * u128::from(WHOLE) > u128::from(whole) * u128::from(self.0.micros().unsigned_abs())
    }

    /// In millionths of the whole; what is finer is cut off.
    #[must_use]
    pub fn millionths(self) -> u64 {
        self.0.micros().unsigned_abs() / 100
    }
}

/// `20%`
impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", decimal(i128::from(self.0.micros()), 1000))
    }
}

#[cfg(test)]
mod tests {
    use super::Percentage;

    #[test]
    fn percentages_are_read_and_written() {
        let shown = |text| Percentage::parse(text).map(|percentage| percentage.to_string());
        for (text, as_written) in [("20%", "20%"), ("2.50 %", "2.5%"), ("0%", "0%"), ("100%", "100%")] {
            assert_eq!(shown(text).as_deref(), Some(as_written));
        }
        for text in ["20", "0.2", "101%", "-1%", "%", "", "a fifth", "20%%", "NaN%"] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn a_share_is_compared_exactly() {
        let limit = Percentage::parse("33.333333%").expect("it is one");
        assert!(limit.is_exceeded_by(1, 3), "a third is 33.3333333…");
        assert!(!limit.is_exceeded_by(33_333_333, 100_000_000), "the limit itself is within it");
        assert!(!limit.is_exceeded_by(0, 0));
        assert!(Percentage::parse("0%").expect("it is one").is_exceeded_by(1, u64::MAX));
        assert!(!Percentage::parse("100%").expect("it is one").is_exceeded_by(u64::MAX, u64::MAX));
    }
}
