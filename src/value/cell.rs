//! Reading the cells of one column by its type. A reader is built once from the rulebook; it knows neither
//! the column's name nor where the cell stands, which the caller adds to an issue.

use super::boolean::BooleanReader;
use super::date_format::DateReader;
use super::instant::Instant;
use super::iso;
use super::number::{Decimal, Number};
use super::text::split_set;
use super::words::Words;
use super::{Type, Value};
use crate::value::email::is_email;
use std::borrow::Cow;
use std::fmt;

/// How the cells of a column are read.
#[derive(Clone, Debug)]
pub enum CellReading {
    /// As they stand.
    Text,
    /// As the parts between separators.
    Set {
        /// What stands between two parts.
        separator: String,
    },
    /// As numbers.
    Number(Decimal),
    /// As booleans, by these words.
    Boolean(BooleanReader),
    /// As dates, by these formats.
    Date(DateReader),
    /// As e-mail addresses.
    Email,
    /// As web addresses, which any text is.
    Url,
}

/// Reads the cells of one column.
#[derive(Clone, Debug)]
pub struct CellReader {
    reading: CellReading,
    blank: Words,
    /// Whether a date in the ISO form is what it seems: no other form is asked for, and none is a word for "no value".
    is_iso: bool,
    /// Whether a few digits are the number that they seem: no word for "no value" consists of them.
    is_digits: bool,
}

/// A cell that its type cannot read: missing, and counted as a cell issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The type that cannot read it.
    pub as_type: Type,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let article = if self.as_type == Type::Email { "an" } else { "a" };
        write!(f, "cannot be read as {article} {}", self.as_type)
    }
}

impl std::error::Error for Unreadable {}

impl CellReader {
    /// A reader of a column in a file that writes these words for "no value".
    #[must_use]
    pub fn new(reading: CellReading, blank: Words) -> CellReader {
        let is_iso = match &reading {
            CellReading::Date(reader) => reader.is_iso() && !blank.iter().any(|word| reader.read(word).is_some()),
            _ => false,
        };
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let is_digits = matches!(reading, CellReading::Number(_)) && !blank.iter().any(is_number);
        CellReader { reading, blank, is_iso, is_digits }
    }

    /// How its cells are read.
    #[must_use]
    pub fn reading(&self) -> &CellReading {
        &self.reading
    }

    /// The type of the column.
    #[must_use]
    pub fn value_type(&self) -> Type {
        match self.reading {
            CellReading::Text | CellReading::Set { .. } => Type::Text,
            CellReading::Number(_) => Type::Number,
            CellReading::Boolean(_) => Type::Boolean,
            CellReading::Date(_) => Type::Date,
            CellReading::Email => Type::Email,
            CellReading::Url => Type::Url,
        }
    }

    /// Whether what it reads is a single text.
    #[must_use]
    pub fn reads_text(&self) -> bool {
        matches!(self.reading, CellReading::Text | CellReading::Email | CellReading::Url)
    }

    /// Whether a trimmed cell says "no value".
    #[must_use]
    #[inline]
    pub fn is_blank(&self, cell: &str) -> bool {
        cell.is_empty() || self.blank.contains(cell)
    }

    /// Reads a trimmed cell. Empty and blank cells are [`Value::Missing`].
    ///
    /// # Errors
    /// When the type cannot read the cell.
    pub fn read<'a>(&self, cell: &'a str) -> Result<Value<'a>, Unreadable> {
        if self.is_blank(cell) {
            return Ok(Value::Missing);
        }
        let value = match &self.reading {
            CellReading::Text | CellReading::Url => Some(Value::Text(Cow::Borrowed(cell))),
            CellReading::Set { separator } => Some(self.read_set(cell, separator)),
            CellReading::Number(decimal) => Number::parse_cell(cell, *decimal).map(Value::Number),
            CellReading::Boolean(reader) => reader.read(cell).map(Value::Boolean),
            CellReading::Date(reader) => reader.read(cell).map(Value::Instant),
            CellReading::Email => is_email(cell).then_some(Value::Text(Cow::Borrowed(cell))),
        };
        value.ok_or(Unreadable { as_type: self.value_type() })
    }

    /// Reads a trimmed cell of a date column; none where it is empty or blank.
    ///
    /// # Errors
    /// When it is no date as the column has them, or the column has none.
    #[inline]
    pub fn read_instant(&self, cell: &str) -> Result<Option<Instant>, Unreadable> {
        if self.is_blank(cell) {
            return Ok(None);
        }
        let CellReading::Date(reader) = &self.reading else { return Err(Unreadable { as_type: self.value_type() }) };
        reader.read(cell).map(Some).ok_or(Unreadable { as_type: Type::Date })
    }

    /// The instant in a trimmed cell, if it is quickly told: a date column's, in the ISO form and with an offset. Where there is
    /// none, [`Self::read_instant`] says what the cell is.
    #[must_use]
    #[expect(clippy::inline_always, reason = "every event goes through it")]
    #[inline(always)]
    pub fn quick_instant(&self, cell: &[u8]) -> Option<Instant> {
        if self.is_iso { iso::common_instant(cell) } else { None }
    }

    /// The number in millionths or the instant in milliseconds of a trimmed cell, if it is quickly told.
    #[must_use]
    #[inline]
    pub(crate) fn quick_number(&self, cell: &[u8]) -> Option<i64> {
        if self.is_digits {
            return super::number::few_digits(cell).map(Number::micros);
        }
        self.quick_instant(cell).map(Instant::ms)
    }

    /// Whether it reads numbers, most of which [`Self::quick_number`] tells.
    #[must_use]
    pub(crate) fn has_quick_numbers(&self) -> bool {
        self.is_digits
    }

    /// Whether a trimmed cell says something for sure: neither is it empty, nor a word for "no value".
    #[must_use]
    #[inline]
    pub(crate) fn is_filled(&self, cell: &[u8]) -> bool {
        !cell.is_empty() && self.blank.is_none_of_them(cell)
    }

    /// Whether no word but emptiness means "no value" here.
    #[must_use]
    #[inline]
    pub fn has_no_blank_words(&self) -> bool {
        self.blank.is_empty()
    }

    fn read_set<'a>(&self, cell: &'a str, separator: &str) -> Value<'a> {
        let parts: Vec<Cow<'a, str>> =
            split_set(cell, separator).filter(|part| !self.blank.contains(part)).map(Cow::Borrowed).collect();
        if parts.is_empty() { Value::Missing } else { Value::Set(parts) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::instant::Instant;
    use super::super::zone::Zone;
    use super::*;
    use proptest::prelude::*;

    fn reader(reading: CellReading) -> CellReader {
        CellReader::new(reading, Words::new(["Select", "N/A", "0.00"]))
    }

    fn every_reading() -> Vec<CellReading> {
        vec![
            CellReading::Text,
            CellReading::Set { separator: ";".to_owned() },
            CellReading::Number(Decimal::Comma),
            CellReading::Boolean(BooleanReader::default()),
            CellReading::Date(DateReader::iso(Zone::utc())),
            CellReading::Email,
            CellReading::Url,
        ]
    }

    #[test]
    fn empty_and_blank_cells_are_missing_for_every_type() {
        for reading in every_reading() {
            let reader = reader(reading);
            for cell in ["", "select", "n/a", "0.00"] {
                assert_eq!(reader.read(cell), Ok(Value::Missing), "{cell:?}");
            }
        }
    }

    #[test]
    fn cells_have_the_types_values() {
        let text = |text| Ok(Value::Text(Cow::Borrowed(text)));
        assert_eq!(reader(CellReading::Text).read("010"), text("010"));
        assert_eq!(reader(CellReading::Url).read("not a url"), text("not a url"));
        assert_eq!(reader(CellReading::Email).read("A@b.c"), text("A@b.c"));
        assert_eq!(
            reader(CellReading::Number(Decimal::Comma)).read("1.234,5"),
            Ok(Value::Number(Number::from_micros(1_234_500_000)))
        );
        assert_eq!(reader(CellReading::Boolean(BooleanReader::default())).read("Y"), Ok(Value::Boolean(true)));
        let date = reader(CellReading::Date(DateReader::iso(Zone::utc())));
        assert_eq!(date.read("1970-01-02"), Ok(Value::Instant(Instant::from_ms(86_400_000))));
    }

    #[test]
    fn a_cell_that_its_type_cannot_read_is_an_issue() {
        for (reading, cell, message) in [
            (CellReading::Number(Decimal::Point), "many", "cannot be read as a number"),
            (CellReading::Boolean(BooleanReader::default()), "maybe", "cannot be read as a boolean"),
            (CellReading::Date(DateReader::iso(Zone::utc())), "soon", "cannot be read as a date"),
            (CellReading::Email, "nobody", "cannot be read as an email"),
        ] {
            let unreadable = reader(reading).read(cell).expect_err(cell);
            assert_eq!(unreadable.to_string(), message);
        }
    }

    #[test]
    fn sets_leave_empty_and_blank_parts_out() {
        let set = reader(CellReading::Set { separator: ";".to_owned() });
        let parts = ["AI", "C++; x"].map(Cow::Borrowed);
        assert_eq!(set.read("AI"), Ok(Value::Set(parts[..1].to_vec())));
        assert_eq!(set.read(" b ;; N/A;a "), Ok(Value::Set(vec![Cow::Borrowed("b"), Cow::Borrowed("a")])));
        assert_eq!(set.read("; select ;"), Ok(Value::Missing));
    }

    proptest! {
        #[test]
        fn no_cell_panics(cell in "\\PC{0,20}") {
            for reading in every_reading() {
                let _ = reader(reading).read(cell.trim());
            }
        }
    }
}
