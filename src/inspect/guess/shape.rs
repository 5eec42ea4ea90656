//! The format that a single cell with a date may have been written in, by its shape: `31.05.2026 21:04` is `%d.%m.%Y %H:%M`.
//!
//! Goes by digits, letters and what stands between them. Whether days or months come first, no single cell can say; whether a
//! word is a month, the reader of dates decides.

use crate::value::offset::leading_offset;
use crate::value::{DateReader, Zone};

/// A cell's shape as formats.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellShape {
    /// With the day before the month, where that is in question; else the only format there is.
    pub day_first: String,
    /// With the month before the day; none where that is not in question.
    pub month_first: Option<String>,
    /// Whether it has a name, of a month or a weekday.
    pub has_name: bool,
    /// What stands between the parts of the date.
    pub separator: String,
}

impl CellShape {
    /// Whether one of its formats reads a cell.
    pub(super) fn reads(&self, cell: &str) -> bool {
        let formats: Vec<&str> = std::iter::once(&*self.day_first).chain(self.month_first.as_deref()).collect();
        DateReader::with_formats(&formats, Zone::utc(), None).is_ok_and(|reader| reader.read(cell).is_some())
    }
}

/// What is left of a cell.
#[derive(Clone, Copy)]
struct Rest<'c>(&'c str);

impl<'c> Rest<'c> {
    fn take(&mut self, is_taken: impl Fn(char) -> bool) -> &'c str {
        let end = self.0.find(|c| !is_taken(c)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        taken
    }

    fn digits(&mut self) -> Option<usize> {
        let taken = self.take(|c| c.is_ascii_digit());
        (!taken.is_empty()).then_some(taken.len())
    }

    fn word(&mut self) -> Option<&'c str> {
        let taken = self.take(char::is_alphabetic);
        (!taken.is_empty()).then_some(taken)
    }

    /// What is neither a digit nor a letter, blanks as one; not more than a few characters of it.
    fn separator(&mut self) -> Option<String> {
        let taken = self.take(|c| !c.is_ascii_digit() && !c.is_alphabetic());
        let is_short = taken.chars().count() <= 3 && !taken.contains('%');
        is_short.then(|| one_blank(taken))
    }

    /// Takes this text, in any case of letters.
    fn literal(&mut self, text: &str) -> bool {
        let found = self.0.split_at_checked(text.len()).filter(|(start, _)| start.eq_ignore_ascii_case(text));
        found.map(|(_, rest)| self.0 = rest).is_some()
    }
}

fn one_blank(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        if !c.is_whitespace() {
            shown.push(c);
        } else if !shown.ends_with(' ') {
            shown.push(' ');
        }
    }
    shown
}

/// The shape of a trimmed cell, if it may be a date.
pub(super) fn shape(cell: &str) -> Option<CellShape> {
    if cell.len() > 64 || !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    whole(cell, date).or_else(|| whole(cell, after_weekday))
}

/// The shape of a cell with such a date, and perhaps a time behind it.
fn whole(cell: &str, date: fn(&mut Rest<'_>) -> Option<CellShape>) -> Option<CellShape> {
    let mut rest = Rest(cell);
    let date = date(&mut rest)?;
    let time = time(&mut rest)?;
    let with_time = |format: String| format + &time;
    Some(CellShape { day_first: with_time(date.day_first), month_first: date.month_first.map(with_time), ..date })
}

fn date(rest: &mut Rest<'_>) -> Option<CellShape> {
    if rest.0.starts_with(|c: char| c.is_ascii_digit()) { digits_first(rest) } else { name_first(rest) }
}

/// `Fri, 01 May 2026`: a word, then a date.
fn after_weekday(rest: &mut Rest<'_>) -> Option<CellShape> {
    let weekday = rest.take(|c| c.is_alphabetic() || c == '-');
    let between = rest.separator()?.trim_start_matches('.').to_owned();
    if weekday.is_empty() || between.is_empty() {
        return None;
    }
    let date = date(rest)?;
    let with_weekday = |format: String| format!("%a{between}{format}");
    Some(CellShape {
        day_first: with_weekday(date.day_first),
        month_first: date.month_first.map(with_weekday),
        has_name: true,
        ..date
    })
}

fn named(format: String, separator: String) -> CellShape {
    CellShape { day_first: format, month_first: None, has_name: true, separator }
}

fn digits_first(rest: &mut Rest<'_>) -> Option<CellShape> {
    let first = rest.digits()?;
    let separator = rest.separator()?;
    if separator.is_empty() {
        return None;
    }
    if rest.0.starts_with(char::is_alphabetic) {
        return day_then_name(rest, first, separator);
    }
    let second = rest.digits()?;
    if rest.separator()? != separator || second > 2 {
        return None;
    }
    let third = rest.digits()?;
    let of = |parts: [&str; 3]| parts.join(&separator);
    let between =
        |day_first, month_first| CellShape { day_first, month_first, has_name: false, separator: separator.clone() };
    match (first, third) {
        (4, 1 | 2) => Some(between(of(["%Y", "%m", "%d"]), None)),
        (1 | 2, 4) => Some(between(of(["%d", "%m", "%Y"]), Some(of(["%m", "%d", "%Y"])))),
        (1 | 2, 2) => Some(between(of(["%d", "%m", "%y"]), Some(of(["%m", "%d", "%y"])))),
        _ => None,
    }
}

/// `15-Jan-2024`, `5 de mayo de 2026`, `2024-Jan-15`.
fn day_then_name(rest: &mut Rest<'_>, first: usize, mut before: String) -> Option<CellShape> {
    let mut word = rest.word()?;
    if word.eq_ignore_ascii_case("de") || word.eq_ignore_ascii_case("of") {
        before = format!("{before}{word}{}", rest.separator()?);
        word = rest.word()?;
    }
    let mut after = rest.separator()?.trim_start_matches('.').to_owned();
    if word.chars().count() < 3 && !after.is_empty() && first <= 2 && word.is_ascii() {
        return None;
    }
    if rest.literal("de ") || rest.literal("del ") {
        after.push_str("de ");
    }
    let last = rest.digits()?;
    let format = match (first, last) {
        (1 | 2, 4) => format!("%d{before}%b{after}%Y"),
        (1 | 2, 2) => format!("%d{before}%b{after}%y"),
        (4, 1 | 2) => format!("%Y{before}%b{after}%d"),
        _ => return None,
    };
    Some(named(format, before))
}

/// `Mar 20 2024`, `March 20, 2024`.
fn name_first(rest: &mut Rest<'_>) -> Option<CellShape> {
    rest.word()?;
    let before = rest.separator()?.trim_start_matches('.').to_owned();
    let day = rest.digits()?;
    let after = rest.separator()?;
    let year = rest.digits()?;
    let is_date = day <= 2 && matches!(year, 2 | 4) && !before.is_empty() && !after.is_empty();
    let year = if year == 4 { "%Y" } else { "%y" };
    is_date.then(|| named(format!("%b{before}%d{after}{year}"), before.clone()))
}

/// What follows the date, as a format; nothing where it is no time.
fn time(rest: &mut Rest<'_>) -> Option<String> {
    if rest.0.is_empty() {
        return Some(String::new());
    }
    let between = rest.take(|c| !c.is_ascii_digit());
    let is_plain = between.chars().count() <= 5 && !between.contains('%') && !between.is_empty();
    if !is_plain || rest.digits()? > 2 {
        return None;
    }
    let mark = rest.take(|c| matches!(c, ':' | '.' | 'h'));
    if !matches!(mark, ":" | "." | "h") || rest.digits()? != 2 {
        return None;
    }
    let mut clock = format!("{mark}%M");
    if rest.literal(mark) && mark != "h" {
        clock = if rest.digits()? == 2 { format!("{clock}{mark}%S") } else { return None };
        let fraction = rest.take(|c| matches!(c, '.' | ','));
        if !fraction.is_empty() {
            rest.digits()?;
            clock = format!("{clock}{fraction}%f");
        }
    }
    let hour = format!("{}%H", one_blank(between));
    after_time(rest, &hour, clock)
}

/// AM or PM, an offset, or a word such as *Uhr*.
fn after_time(rest: &mut Rest<'_>, hour: &str, mut clock: String) -> Option<String> {
    let mut hour = hour.to_owned();
    let blank = one_blank(rest.take(char::is_whitespace));
    if rest.literal("am") || rest.literal("pm") {
        hour = hour.replace("%H", "%I");
        clock = format!("{clock}{blank}%p");
        let blank = one_blank(rest.take(char::is_whitespace));
        return ending(rest, &blank).map(|end| format!("{hour}{clock}{end}"));
    }
    ending(rest, &blank).map(|end| format!("{hour}{clock}{end}"))
}

fn ending(rest: &Rest<'_>, blank: &str) -> Option<String> {
    let is_offset = leading_offset(rest.0.as_bytes()).is_some_and(|(_, n_bytes)| n_bytes == rest.0.len());
    match rest.0 {
        "" => Some(String::new()),
        _ if is_offset => Some("%z".to_owned()),
        word if word.chars().count() <= 5 && word.chars().all(char::is_alphabetic) => Some(format!("{blank}{word}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formats(cell: &str) -> Vec<String> {
        let Some(found) = shape(cell) else { return Vec::new() };
        let all: Vec<String> = [Some(found.day_first), found.month_first].into_iter().flatten().collect();
        for format in &all {
            let reader = DateReader::with_formats(&[format], Zone::utc(), Some("es"));
            assert!(reader.is_ok_and(|reader| reader.read(cell).is_some()) || all.len() > 1, "{cell} by {format}");
        }
        all
    }

    #[test]
    fn shapes() {
        for (cell, expected) in [
            ("31.05.2026 21:04", vec!["%d.%m.%Y %H:%M", "%m.%d.%Y %H:%M"]),
            ("03/15/2024 9:12 AM", vec!["%d/%m/%Y %I:%M %p", "%m/%d/%Y %I:%M %p"]),
            ("2024/03/15", vec!["%Y/%m/%d"]),
            ("2024-01-20T14:30:00Z", vec!["%Y-%m-%dT%H:%M:%S%z"]),
            ("2024-01-20 14:30:00.123 +03:00", vec!["%Y-%m-%d %H:%M:%S.%f%z"]),
            ("2024-01-20 14:30:00 UTC", vec!["%Y-%m-%d %H:%M:%S%z"]),
            ("31.05.2026 14:30 GMT+03:00", vec!["%d.%m.%Y %H:%M%z", "%m.%d.%Y %H:%M%z"]),
            ("Fri, 01 May 2026 10:00:00 +0000", vec!["%a, %d %b %Y %H:%M:%S%z"]),
            ("Fri May 01 2026 10:00:00", vec!["%a %b %d %Y %H:%M:%S"]),
            ("vie. 01/05/2026", vec!["%a %d/%m/%Y", "%a %m/%d/%Y"]),
            ("15-Jan-2024", vec!["%d-%b-%Y"]),
            ("15. Mar 2024", vec!["%d. %b %Y"]),
            ("5 de mayo de 2026", vec!["%d de %b de %Y"]),
            ("Mar 20 2024", vec!["%b %d %Y"]),
            ("Jun 12, 2026, 10:02:07 AM", vec!["%b %d, %Y, %I:%M:%S %p"]),
            ("1/2/24", vec!["%d/%m/%y", "%m/%d/%y"]),
            ("31.05.2026 um 21:04 Uhr", vec!["%d.%m.%Y um %H:%M Uhr", "%m.%d.%Y um %H:%M Uhr"]),
        ] {
            assert_eq!(formats(cell), expected, "{cell}");
        }
        for cell in [
            "",
            "2024",
            "12.5",
            "555-0100",
            "+49 30 12345678",
            "1.2 Cr",
            "10.0.0.1",
            "90-1234-5678",
            "100 %",
            "Q1 2024",
        ] {
            assert!(shape(cell).is_none(), "{cell}: {:?}", shape(cell));
        }
    }
}
