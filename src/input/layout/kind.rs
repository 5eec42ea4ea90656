//! What a cell looks like, as far as it tells names from values and one delimiter from another.
//!
//! Coarse on purpose: it says nothing about what a cell means, and no cell is read by it.

use crate::value::email::is_email;

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Empty,
    /// Digits alone, perhaps with a sign. Names of columns can look so, too: `2024`.
    Integer,
    /// A number with a decimal mark, groups, a currency or a percent sign.
    Number,
    /// A date, a time, or both.
    Date,
    Email,
    Url,
    /// Digits as people write them for telephones.
    Phone,
    /// Yes or no.
    Flag,
    /// One word with a digit in it, as ids are.
    Code,
    /// Anything else.
    Text,
}

/// Longer cells are texts, whatever is in them.
const MOST_BYTES: usize = 256;

impl Kind {
    /// What a trimmed cell looks like.
    pub(super) fn of(cell: &str) -> Self {
        if cell.is_empty() {
            return Self::Empty;
        }
        if cell.len() > MOST_BYTES {
            return Self::Text;
        }
        if is_email(cell) {
            return Self::Email;
        }
        if cell.contains("://") || cell.starts_with("www.") {
            return Self::Url;
        }
        if ["true", "false", "yes", "no"].iter().any(|flag| cell.eq_ignore_ascii_case(flag)) {
            return Self::Flag;
        }
        if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
            return Self::Text;
        }
        if is_date(cell) {
            return Self::Date;
        }
        let is_word = !cell.contains(char::is_whitespace);
        number(cell).unwrap_or(if is_word { Self::Code } else { Self::Text })
    }

    /// Whether the names of columns hardly ever look so.
    pub(super) fn is_typed(self) -> bool {
        !matches!(self, Self::Empty | Self::Integer | Self::Code | Self::Text)
    }
}

/// A number, or digits as people write them for telephones.
fn number(cell: &str) -> Option<Kind> {
    let is_currency = |c: char| matches!(c, '$' | '€' | '£' | '¥' | '₺' | '₹' | '₩' | '%' | ' ' | '\u{a0}');
    let digits = cell.trim_matches(is_currency).trim_start_matches(['-', '+']).trim_matches(is_currency);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_bare = digits.len() + 1 >= cell.len() && !cell.starts_with(is_currency) && !cell.ends_with('%');
        return Some(match cell.starts_with('+') && digits.len() >= 7 {
            true => Kind::Phone,
            false if is_bare => Kind::Integer,
            false => Kind::Number,
        });
    }
    let is_mark = |c: char| matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}');
    let starts = digits.starts_with(|c: char| c.is_ascii_digit()) || digits.starts_with(['.', ',']);
    if starts && digits.chars().all(|c| c.is_ascii_digit() || is_mark(c)) {
        return Some(Kind::Number);
    }
    let is_phone = |c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '/' | '.' | ' ');
    let n_digits = cell.bytes().filter(u8::is_ascii_digit).count();
    (n_digits >= 7 && cell.chars().all(is_phone)).then_some(Kind::Phone)
}

/// Three parts of digits with the same mark between them, or a month by its name, or a time of day.
fn is_date(cell: &str) -> bool {
    if cell.len() > 40 {
        return false;
    }
    let mut parts = cell.split(|c: char| !c.is_ascii_digit());
    let lengths = [parts.next(), parts.next(), parts.next()].map(|part| part.map_or(0, str::len));
    let marks: Vec<char> = cell.chars().filter(|c| !c.is_ascii_digit()).take(2).collect();
    let has_marks = matches!(marks[..], [a, b] if a == b && matches!(a, '-' | '/' | '.'));
    if has_marks && matches!(lengths, [4, 1..=2, 1..=2] | [1..=2, 1..=2, 2 | 4]) {
        return true;
    }
    has_clock(cell) || has_month(cell)
}

/// `9:05`, with digits on both sides.
fn has_clock(cell: &str) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = cell.as_bytes();
    let is_clock = |at: usize| is_digit(bytes.get(at.wrapping_sub(1))) && is_digit(bytes.get(at + 1));
    let mut marks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b':');
    marks.any(|(at, _)| is_clock(at)) && cell.bytes().filter(u8::is_ascii_digit).count() * 3 >= cell.len()
}

/// `5 May 2026`, `May 5, 2026`, `05-May-26`.
fn has_month(cell: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = cell.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = |word: &str| {
        let start = word.get(..3).map(str::to_ascii_lowercase);
        start.is_some_and(|start| MONTHS.contains(&&*start))
    };
    match [words.next(), words.next(), words.next()] {
        [Some(a), Some(b), Some(c)] => is_number(c) && (is_number(a) && is_month(b) || is_month(a) && is_number(b)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        for (kind, cells) in [
            (Kind::Integer, &["7", "-7", "2024"][..]),
            (Kind::Number, &["1,5", "1.234,50", "12 %", "$1,200", "1 234"]),
            (Kind::Date, &["2026-05-01", "31.5.26", "05/31/2026 9:05 AM", "9:05", "May 5, 2026", "05-May-26"]),
            (Kind::Email, &["a@b.example"]),
            (Kind::Url, &["https://a.example/x", "www.a.example"]),
            (Kind::Phone, &["+4930123456", "(555) 010-0100", "030/1234567"]),
            (Kind::Flag, &["TRUE", "no"]),
            (Kind::Code, &["A7", "00Q5e00000", "10.0.0.1x"]),
            (Kind::Text, &["Ann", "Elm St 5", "E-mail", "12 months of May"]),
        ] {
            for cell in cells {
                assert_eq!(Kind::of(cell), kind, "{cell}");
            }
        }
    }
}
