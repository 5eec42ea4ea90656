//! Numbers for people: groups of three, shares, points.

/// A whole number with `,` between groups of three.
#[must_use]
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A sum of points, in hundredths, rounded half away from zero to whole points, with groups of three.
#[must_use]
pub fn points_grouped(hundredths: i128) -> String {
    let points = crate::points::div_round(hundredths, 100);
    let size = grouped(u64::try_from(points.unsigned_abs()).unwrap_or(u64::MAX));
    if points < 0 { format!("-{size}") } else { size }
}

/// The mean of a sum of points, in hundredths, with two decimals; of nothing `n/a`.
#[must_use]
pub fn average(sum_hundredths: i128, n: u64) -> String {
    if n == 0 {
        return "n/a".to_owned();
    }
    let mean = crate::points::div_round(sum_hundredths, i128::from(n));
    let sign = if mean < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", mean.abs() / 100, mean.abs() % 100)
}

/// Appends points as `scored.csv` prints them, as [`crate::points::Points`] shows them: without trailing zeros.
pub(super) fn push_points(to: &mut String, points: crate::points::Points) {
    let hundredths = points.hundredths().unsigned_abs();
    if points.hundredths() < 0 {
        to.push('-');
    }
    push_whole(to, hundredths / 100);
    let rest = (hundredths % 100) as u8;
    if rest > 0 {
        to.push('.');
        to.push(char::from(b'0' + rest / 10));
        if !rest.is_multiple_of(10) {
            to.push(char::from(b'0' + rest % 10));
        }
    }
}

/// Appends a whole number.
pub(super) fn push_whole(to: &mut String, number: u64) {
    let mut digits = [b'0'; 20];
    let mut rest = number;
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    to.push_str(str::from_utf8(&digits[at..]).unwrap_or_default());
}

/// A share with one decimal: `12.3 %`; of nothing `n/a`.
#[must_use]
pub fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "n/a".to_owned();
    }
    let tenths = crate::points::div_round(i128::from(part) * 1000, i128::from(whole));
    format!("{}.{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points::Points;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn points_are_pushed_as_they_are_shown(hundredths in prop::num::i64::ANY) {
            let points = Points::from_hundredths(hundredths);
            let mut pushed = String::new();
            push_points(&mut pushed, points);
            prop_assert_eq!(pushed, points.to_string());
        }
    }

    #[test]
    fn numbers_are_grouped_and_rounded() {
        assert_eq!([0, 999, 1000, 41_233, 1_234_567].map(grouped), ["0", "999", "1,000", "41,233", "1,234,567"]);
        assert_eq!([-123_456, 149, 150, 0].map(points_grouped), ["-1,235", "1", "2", "0"]);
        assert_eq!([average(-1, 2), average(1001, 2), average(0, 0)], ["-0.01", "5.01", "n/a"]);
        assert_eq!([share(842, 8000), share(1, 0), share(2, 3)], ["10.5 %", "n/a", "66.7 %"]);
    }
}
