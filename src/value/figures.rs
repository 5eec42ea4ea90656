//! Numbers as people write them: thousands apart, and decimals only where there are any.

use crate::points::div_round;

/// A whole number with its thousands apart: `1,203`.
#[must_use]
pub fn grouped(n: impl Into<u128>) -> String {
    let digits = n.into().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share with one decimal: `12.3 %`; of nothing `n/a`.
#[must_use]
pub fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "n/a".to_owned();
    }
    let tenths = div_round(i128::from(part) * 1000, i128::from(whole));
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// A number of millionths, its thousands apart where its whole part is no less than `least`: years stay what they are.
#[must_use]
pub(crate) fn decimal(micros: i128, least: u128) -> String {
    let size = micros.unsigned_abs();
    let (whole, mut rest, mut width) = (size / 1_000_000, size % 1_000_000, 6);
    let sign = if micros < 0 { "-" } else { "" };
    let whole = if whole < least { whole.to_string() } else { grouped(whole) };
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
    use super::decimal;

    #[test]
    fn decimals_are_as_many_as_there_are() {
        let shown = [2_026_000_000, 12_345_678_900_000, -1_250_000, 1_000_001, -400].map(|n| decimal(n, 10_000));
        assert_eq!(shown, ["2026", "12,345,678.9", "-1.25", "1.000001", "-0.0004"]);
    }
}
