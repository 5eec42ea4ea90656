//! Reading the cells of one column by its type. A reader is built once from the rulebook; it knows neither
//! the column's name nor where the cell stands, which the caller adds to an issue.

use super::boolean::BooleanReader;
use super::currency::Currency;
use super::date_format::DateReader;
use super::instant::Instant;
use super::iso;
use super::moment::Moment;
use super::number::{Decimal, Number, NumberMark};
use super::phone::PhoneReader;
use super::range::Range;
use super::read_cell::{ReadCell, Unreadable};
use super::sets::{SetOf, SetReader};
use super::words::Words;
use super::{Type, Value};
use crate::value::email::is_email;
use std::borrow::Cow;

/// How the cells of a column are read.
#[derive(Clone, Debug)]
pub enum CellReading {
    /// As they stand.
    Text,
    /// As several values.
    Set(SetReader),
    /// As numbers.
    Number {
        /// Which sign stands before decimals.
        decimal: Decimal,
        /// The currency of all of them, if one is declared.
        currency: Option<Currency>,
    },
    /// As booleans, by these words.
    Boolean(BooleanReader),
    /// As dates, by these formats.
    Date(DateReader),
    /// As e-mail addresses.
    Email,
    /// As web addresses, which any text is.
    Url,
    /// As phone numbers.
    Phone(PhoneReader),
    /// As ranges of numbers.
    Range(Decimal),
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

impl CellReader {
    /// A reader of a column in a file that writes these words for "no value".
    #[must_use]
    pub fn new(reading: CellReading, blank: Words) -> CellReader {
        let is_iso = match &reading {
            CellReading::Date(reader) => reader.is_iso() && !blank.iter().any(|word| reader.read(word).is_some()),
            _ => false,
        };
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let is_digits = matches!(reading, CellReading::Number { .. }) && !blank.iter().any(is_number);
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
            CellReading::Text => Type::Text,
            CellReading::Set(ref set) => set.of.value_type(),
            CellReading::Number { .. } => Type::Number,
            CellReading::Boolean(_) => Type::Boolean,
            CellReading::Date(_) => Type::Date,
            CellReading::Email => Type::Email,
            CellReading::Url => Type::Url,
            CellReading::Phone(_) => Type::Phone,
            CellReading::Range(_) => Type::Range,
        }
    }

    /// How phone numbers in it are read, if it holds some.
    #[must_use]
    pub(crate) fn phone(&self) -> Option<PhoneReader> {
        match &self.reading {
            CellReading::Phone(reader) | CellReading::Set(SetReader { of: SetOf::Phone(reader), .. }) => Some(*reader),
            _ => None,
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

    /// Reads a trimmed cell. Empty and blank cells are [`Value::Missing`]; so is what the type can't read.
    #[must_use]
    pub fn read<'a>(&self, cell: &'a str) -> ReadCell<'a> {
        if self.is_blank(cell) {
            return ReadCell::of(Value::Missing);
        }
        let value = match &self.reading {
            CellReading::Text | CellReading::Url => Some(Value::Text(Cow::Borrowed(cell))),
            CellReading::Set(set) => return self.read_set(cell, set),
            CellReading::Number { decimal, currency } => return self.read_number(cell, *decimal, *currency),
            CellReading::Boolean(reader) => reader.read(cell).map(Value::Boolean),
            CellReading::Date(reader) => reader.read_moment(cell).map(Moment::value),
            CellReading::Email => is_email(cell).then_some(Value::Text(Cow::Borrowed(cell))),
            CellReading::Phone(reader) => reader.read(cell).map(|number| Value::Text(Cow::Owned(number))),
            CellReading::Range(decimal) => Range::parse(cell, *decimal).map(Value::Range),
        };
        value.map_or_else(|| self.unread(Value::Missing), ReadCell::of)
    }

    /// Reads a trimmed cell that may have been put together: as [`Self::read`], borrowing from what it was borrowed from.
    #[must_use]
    pub fn read_written<'a>(&self, cell: &Cow<'a, str>) -> ReadCell<'a> {
        match cell {
            Cow::Borrowed(cell) => self.read(cell),
            Cow::Owned(cell) => self.read(cell).into_owned(),
        }
    }

    /// What a cell came to of which something is unreadable.
    fn unread<'a>(&self, value: Value<'a>) -> ReadCell<'a> {
        ReadCell { unreadable: Some(Unreadable { as_type: self.value_type() }), ..ReadCell::of(value) }
    }

    fn read_number<'a>(&self, cell: &'a str, decimal: Decimal, currency: Option<Currency>) -> ReadCell<'a> {
        let (value, mark) = match (Number::parse_marked(cell, decimal), currency) {
            (None, _) | (Some((_, Some(NumberMark::Percent))), Some(_)) => (None, None),
            (Some((_, Some(NumberMark::Currency(mark)))), Some(currency)) if !currency.can_be(mark) => (None, None),
            (Some((number, Some(NumberMark::Currency(mark)))), _) => (Some(number), Some(mark)),
            (Some((number, _)), _) => (Some(number), None),
        };
        match value {
            Some(number) => ReadCell { mark, ..ReadCell::of(Value::Number(number)) },
            None => self.unread(Value::Missing),
        }
    }

    fn read_set<'a>(&self, cell: &'a str, set: &SetReader) -> ReadCell<'a> {
        let Some(parts) = set.parts(cell) else { return self.unread(Value::Missing) };
        let mut is_readable = true;
        let texts: Vec<Cow<'a, str>> = parts
            .into_iter()
            .filter(|part| !part.is_empty() && !self.blank.contains(part))
            .filter_map(|part| {
                let read = set.of.read(part);
                is_readable &= read.is_some();
                read
            })
            .collect();
        let value = if texts.is_empty() { Value::Missing } else { Value::Set(texts) };
        if is_readable { ReadCell::of(value) } else { self.unread(value) }
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
}

#[cfg(test)]
mod tests {
    use super::super::currency::CurrencyMark;
    use super::super::instant::Instant;
    use super::super::sets::Split;
    use super::super::zone::Zone;
    use super::*;
    use proptest::prelude::*;

    fn reader(reading: CellReading) -> CellReader {
        CellReader::new(reading, Words::new(["Select", "N/A", "0.00"]))
    }

    fn set_of(split: Split, of: SetOf) -> CellReading {
        CellReading::Set(SetReader { split, of })
    }

    fn number(decimal: Decimal) -> CellReading {
        CellReading::Number { decimal, currency: None }
    }

    fn all(value: Value<'_>) -> ReadCell<'_> {
        ReadCell::of(value)
    }

    fn every_reading() -> Vec<CellReading> {
        vec![
            CellReading::Text,
            set_of(Split::Separator(";".to_owned()), SetOf::Text),
            set_of(Split::Json, SetOf::Email),
            set_of(Split::Json, SetOf::Phone(PhoneReader::default())),
            number(Decimal::Comma),
            CellReading::Boolean(BooleanReader::default()),
            CellReading::Date(DateReader::iso(Zone::utc())),
            CellReading::Email,
            CellReading::Url,
            CellReading::Phone(PhoneReader::default()),
            CellReading::Range(Decimal::Point),
        ]
    }

    #[test]
    fn empty_and_blank_cells_are_missing_for_every_type() {
        for reading in every_reading() {
            let reader = reader(reading);
            for cell in ["", "select", "n/a", "0.00"] {
                assert_eq!(reader.read(cell), all(Value::Missing), "{cell:?}");
            }
        }
    }

    #[test]
    fn cells_have_the_types_values() {
        let text = |text| all(Value::Text(Cow::Borrowed(text)));
        assert_eq!(reader(CellReading::Text).read("010"), text("010"));
        assert_eq!(reader(CellReading::Url).read("not a url"), text("not a url"));
        assert_eq!(reader(CellReading::Email).read("A@b.c"), text("A@b.c"));
        assert_eq!(
            reader(number(Decimal::Comma)).read("1.234,5"),
            all(Value::Number(Number::from_micros(1_234_500_000)))
        );
        assert_eq!(reader(CellReading::Boolean(BooleanReader::default())).read("Y"), all(Value::Boolean(true)));
        let date = reader(CellReading::Date(DateReader::iso(Zone::utc())));
        assert_eq!(date.read("1970-01-02"), all(Value::Day(Instant::from_ms(86_400_000))));
    }

    #[test]
    fn a_cell_that_its_type_cannot_read_is_an_issue() {
        for (reading, cell, message) in [
            (number(Decimal::Point), "many", "cannot be read as a number"),
            (CellReading::Phone(PhoneReader::default()), "many", "cannot be read as a phone"),
            (CellReading::Range(Decimal::Point), "5-1", "cannot be read as a range"),
            (set_of(Split::Json, SetOf::Text), "{}", "cannot be read as a text"),
            (CellReading::Boolean(BooleanReader::default()), "maybe", "cannot be read as a boolean"),
            (CellReading::Date(DateReader::iso(Zone::utc())), "soon", "cannot be read as a date"),
            (CellReading::Email, "nobody", "cannot be read as an email"),
        ] {
            let read = reader(reading).read(cell);
            let unreadable = read.unreadable.expect(cell);
            assert_eq!((read.value, unreadable.to_string().as_str()), (Value::Missing, message));
        }
    }

    #[test]
    fn sets_leave_empty_and_blank_parts_out() {
        let set = reader(set_of(Split::Separator(";".to_owned()), SetOf::Text));
        let parts = ["AI", "C++; x"].map(Cow::Borrowed);
        assert_eq!(set.read("AI"), all(Value::Set(parts[..1].to_vec())));
        assert_eq!(set.read(" b ;; N/A;a "), all(Value::Set(vec![Cow::Borrowed("b"), Cow::Borrowed("a")])));
        assert_eq!(set.read("; select ;"), all(Value::Missing));
    }

    #[test]
    fn a_set_may_be_readable_in_part() {
        let set = reader(set_of(Split::Separator(";".to_owned()), SetOf::Email));
        let read = set.read("a@b.c; nobody; n/a; d@e.f");
        assert_eq!(read.value, Value::Set(vec![Cow::Borrowed("a@b.c"), Cow::Borrowed("d@e.f")]));
        assert_eq!(read.unreadable, Some(Unreadable { as_type: Type::Email }));
        let read = set.read("nobody");
        assert_eq!((read.is_readable(), read.value), (false, Value::Missing));
        assert!(set.read("a@b.c").is_readable());
    }

    #[test]
    fn amounts_are_of_the_declared_currency() {
        let currency = Currency::of("USD");
        let reader = reader(CellReading::Number { decimal: Decimal::Point, currency });
        for (cell, is_readable) in [
            ("5", true),
            ("$5", true),
            ("USD 5", true),
            ("€5", false),
            ("5 EUR", false),
            ("5%", false),
            ("CAD 5", false),
        ] {
            assert_eq!(reader.read(cell).is_readable(), is_readable, "{cell}");
        }
        assert_eq!(reader.read("$5").mark, Some(CurrencyMark::Sign('$')));
        assert_eq!(reader.read("5").mark, None);
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
