//! Durations as a rulebook writes them: `30d`, in milliseconds. They are lengths of time, never calendar
//! months or years.

use std::fmt;

/// Milliseconds in a second, minute, hour, day and week.
pub(crate) const SECOND_MS: i64 = 1_000;
/// See [`SECOND_MS`].
pub(crate) const MINUTE_MS: i64 = 60 * SECOND_MS;
/// See [`SECOND_MS`].
pub(crate) const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A duration's day has 24 hours, whatever the clocks do.
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;
/// See [`SECOND_MS`].
pub(crate) const WEEK_MS: i64 = 7 * DAY_MS;

/// The longest duration, some 274 years: longer than any record, and far from an overflow.
pub(crate) const MAX_DURATION_MS: i64 = 100_000 * DAY_MS;

/// Why a text is not a duration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DurationError {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: String,
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message, self.hint)
    }
}

impl std::error::Error for DurationError {}

/// Reads a whole number above zero and `s`, `min`, `h`, `d` or `w`; the answer is in milliseconds.
///
/// # Errors
/// When the text is anything else, or longer than 100,000 days.
pub fn parse_duration_ms(text: &str) -> Result<i64, DurationError> {
    parse(text, "")
}

/// Reads a duration after its sign, which says whether it is below zero.
///
/// # Errors
/// As [`parse_duration_ms`]; what to write instead has the sign.
pub(crate) fn parse_signed_duration_ms(sign: char, text: &str) -> Result<i64, DurationError> {
    let ms = parse(text, sign.encode_utf8(&mut [0; 4]))?;
    Ok(if sign == '-' { -ms } else { ms })
}

fn parse(text: &str, sign: &str) -> Result<i64, DurationError> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(unit_at);
    if digits.is_empty() {
        let hint = inner(text).and_then(|(digits, unit)| known_unit_hint(sign, digits, unit));
        let hint = hint.unwrap_or_else(|| format!("write a whole number and a unit, such as `{sign}30d`"));
        return Err(refused(text, &hint));
    }
    let unit_ms = unit_ms(unit).ok_or_else(|| refused(text, &unit_hint(sign, digits, unit)))?;
    let n: i64 = digits.parse().unwrap_or(i64::MAX);
    match n.checked_mul(unit_ms) {
        Some(0) => Err(refused(text, "a duration must be above zero")),
        Some(ms) if ms <= MAX_DURATION_MS => Ok(ms),
        _ => Err(refused(text, "a duration can be at most 100000d")),
    }
}

/// Writes a duration in the largest unit that divides it, days rather than weeks: `45d`, `36h`; odd
/// milliseconds as `1500ms`.
#[must_use]
pub(crate) fn format_duration(ms: i64) -> String {
    for (unit_ms, unit) in [(DAY_MS, "d"), (HOUR_MS, "h"), (MINUTE_MS, "min"), (SECOND_MS, "s")] {
        if ms % unit_ms == 0 {
            return format!("{}{unit}", ms / unit_ms);
        }
    }
    format!("{ms}ms")
}

fn unit_ms(unit: &str) -> Option<i64> {
    match unit {
        "s" => Some(SECOND_MS),
        "min" => Some(MINUTE_MS),
        "h" => Some(HOUR_MS),
        "d" => Some(DAY_MS),
        "w" => Some(WEEK_MS),
        _ => None,
    }
}

fn refused(text: &str, hint: &str) -> DurationError {
    DurationError { message: format!("`{text}` is not a duration"), hint: hint.to_owned() }
}

fn unit_hint(sign: &str, digits: &str, unit: &str) -> String {
    if let Some(hint) = known_unit_hint(sign, digits, unit) {
        return hint;
    }
    let unit = unit.trim();
    if unit.is_empty() {
        format!("the unit is missing; for days, write `{sign}{digits}d`")
    } else if unit.starts_with(['.', ',']) {
        "write a whole number, with a smaller unit if needed, such as `36h` for a day and a half".to_owned()
    } else {
        "the units are `s`, `min`, `h`, `d` (24 hours) and `w`".to_owned()
    }
}

/// What to write for a unit that people have a word for; none for any other.
fn known_unit_hint(sign: &str, digits: &str, unit: &str) -> Option<String> {
    let unit = match unit.trim().to_ascii_lowercase().as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" => "s",
        "min" | "mins" | "minute" | "minutes" => "min",
        "h" | "hr" | "hrs" | "hour" | "hours" => "h",
        "d" | "day" | "days" => "d",
        "w" | "wk" | "wks" | "week" | "weeks" => "w",
        "ms" => return Some("the shortest unit is `s`".to_owned()),
        "m" => {
            let months = elapsed(sign, digits, 30);
            return Some(format!(
                "for minutes, write `{sign}{digits}min`; months have no fixed length (only `per: month` counts them): {months}"
            ));
        }
        "mo" | "mon" | "month" | "months" => return Some(without_length("months", sign, digits, 30)),
        "q" | "quarter" | "quarters" => return Some(without_length("quarters", sign, digits, 90)),
        "y" | "yr" | "yrs" | "year" | "years" => return Some(without_length("years", sign, digits, 365)),
        _ => return None,
    };
    Some(format!("write `{sign}{digits}{unit}`"))
}

fn without_length(units: &str, sign: &str, digits: &str, n_days: i64) -> String {
    format!("{units} have no fixed length: {}", elapsed(sign, digits, n_days))
}

/// No more days are advised: nobody means 45 months by `45m`.
const MOST_ADVISED_DAYS: i64 = 1_100;

/// What comes near to so many units of the calendar.
fn elapsed(sign: &str, digits: &str, n_days: i64) -> String {
    let n =
        digits.parse::<i64>().ok().and_then(|n| n.checked_mul(n_days)).filter(|n| (1..=MOST_ADVISED_DAYS).contains(n));
    format!("write days, such as `{sign}{}d`", n.unwrap_or(n_days))
}

/// The first number in a text, and the word behind it: `last 30 days`, `P30D`.
fn inner(text: &str) -> Option<(&str, &str)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (before, rest) = text.split_at(text.find(is_digit)?);
    if before.ends_with(|c: char| !c.is_alphabetic() && !c.is_whitespace()) {
        return None;
    }
    let (digits, rest) = rest.split_at(rest.find(|c| !is_digit(c)).unwrap_or(rest.len()));
    let rest = rest.trim_start();
    Some((digits, &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn units() {
        for (text, ms) in [
            ("15s", 15_000),
            ("90min", 90 * 60_000),
            ("24h", 86_400_000),
            ("30d", 30 * 86_400_000),
            ("2w", 14 * 86_400_000),
            ("007d", 7 * 86_400_000),
            ("100000d", MAX_DURATION_MS),
        ] {
            assert_eq!(parse_duration_ms(text), Ok(ms), "{text}");
        }
        let shown = [DAY_MS * 14, HOUR_MS * 36, MINUTE_MS, SECOND_MS * 90, 1500].map(format_duration);
        assert_eq!(shown, ["14d", "36h", "1min", "90s", "1500ms"]);
    }

    #[test]
    fn refusals_say_what_to_write() {
        for (text, hint) in [
            ("30m", "`per: month`"),
            ("30M", "for minutes, write `30min`"),
            ("6m", "`180d`"),
            ("3 months", "write days, such as `90d`"),
            ("2 quarters", "`180d`"),
            ("last 90 days", "write `90d`"),
            ("P30D", "write `30d`"),
            ("the last 2 weeks", "write `2w`"),
            ("99999999999999999999 months", "`30d`"),
            ("30", "for days, write `30d`"),
            ("30 d", "write `30d`"),
            ("30D", "write `30d`"),
            ("2 weeks", "write `2w`"),
            ("1y", "365d"),
            ("10 sec", "write `10s`"),
            ("10ms", "`s`"),
            ("1.5d", "36h"),
            ("0d", "above zero"),
            ("-3d", "whole number"),
            ("d", "whole number"),
            ("", "whole number"),
            ("٣d", "whole number"),
            ("100001d", "100000d"),
            ("99999999999999999999999w", "100000d"),
            ("3dd", "units are"),
            ("3é", "units are"),
        ] {
            let error = parse_duration_ms(text).expect_err(text);
            assert!(error.to_string().contains(hint), "{error}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(seconds in 1_i64..=MAX_DURATION_MS / SECOND_MS) {
            let ms = seconds * SECOND_MS;
            prop_assert_eq!(parse_duration_ms(&format_duration(ms)), Ok(ms));
        }
    }
}
