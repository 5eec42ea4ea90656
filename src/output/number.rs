//! Numbers for machines: points and counts as `scored.csv` prints them.

pub use crate::present::words::{average, grouped, share};

/// Appends points as `scored.csv` prints them, as [`crate::points::Points`] shows them: without trailing zeros.
#[inline]
pub(super) fn push_points(to: &mut Vec<u8>, points: crate::points::Points) {
    let hundredths = points.hundredths().unsigned_abs();
    if points.hundredths() < 0 {
        to.push(b'-');
    }
    push_whole(to, hundredths / 100);
    let rest = (hundredths % 100) as u8;
    if rest > 0 {
        to.push(b'.');
        to.push(b'0' + rest / 10);
        if !rest.is_multiple_of(10) {
            to.push(b'0' + rest % 10);
        }
    }
}

/// Appends a whole number.
#[inline]
pub(super) fn push_whole(to: &mut Vec<u8>, number: u64) {
    // Nearly all numbers are small.
    if number < 100 {
        let number = number as u8;
        if number >= 10 {
            to.push(b'0' + number / 10);
        }
        to.push(b'0' + number % 10);
        return;
    }
    let mut digits = [b'0'; 20];
    let mut rest = number;
    let mut at = digits.len();
    while rest > 0 {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    to.extend_from_slice(&digits[at..]);
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
            let mut pushed = Vec::new();
            push_points(&mut pushed, points);
            prop_assert_eq!(pushed, points.to_string().into_bytes());
        }
    }
}
