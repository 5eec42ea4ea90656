//! Values: what a cell of an export and a scalar of a rulebook mean, by type. Reading is exact, depends on the
//! text and the rulebook alone, and never fails silently: what cannot be read is said to be so.
//! Nothing here knows of columns, files, events or conditions.

pub(crate) mod boolean;
pub(crate) mod business_hours;
pub(crate) mod calendar;
pub(crate) mod cell;
pub(crate) mod currency;
pub(crate) mod date_format;
pub(crate) mod date_names;
mod date_pattern;
pub(crate) mod decay;
pub(crate) mod decimal;
pub(crate) mod duration;
pub(crate) mod email;
pub(crate) mod figures;
pub(crate) mod instant;
pub(crate) mod iso;
mod moment;
mod nearest;
pub(crate) mod number;
pub(crate) mod offset;

mod percentage;
pub(crate) mod phone;
mod power;
pub(crate) mod range;
mod read_cell;
pub(crate) mod sets;
mod skip_last;
pub(crate) mod text;
pub(crate) mod url;
pub(crate) mod words;
pub(crate) mod zone;

pub(crate) use boolean::BooleanReader;
pub(crate) use business_hours::{BusinessHours, Clock};
pub(crate) use calendar::day_number;
pub use calendar::{Calendar, bucket};
pub use cell::CellReader;
pub(crate) use cell::CellReading;
pub(crate) use currency::Currency;
pub use currency::CurrencyMark;
pub use date_format::DateReader;
pub(crate) use decay::{Decay, Fade};
pub use duration::parse_duration_ms;
pub(crate) use duration::{format_duration, parse_signed_duration_ms};
pub use instant::{Instant, InstantSpan};
pub use iso::parse_date_literal;
pub(crate) use iso::parse_iso_day;
pub use moment::Moment;
pub use number::{Decimal, Number};
pub use percentage::Percentage;
pub use phone::PHONE_METADATA;
pub(crate) use phone::{Country, PhoneReader};
pub use range::Range;
pub use read_cell::ReadCell;
pub(crate) use sets::{SetOf, SetReader, Split};
pub use skip_last::SkipLast;
pub(crate) use text::{fold, has_word, trim};
pub(crate) use words::Words;
pub use zone::Zone;

use std::borrow::Cow;
use std::fmt;

/// The type of a field, as `type:` names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Type {
    /// Anything.
    #[default]
    Text,
    /// A decimal number.
    Number,
    /// True or false.
    Boolean,
    /// A date or an instant.
    Date,
    /// Text with a local part and a domain.
    Email,
    /// Text with a host, a path and a query.
    Url,
    /// A phone number, in E.164.
    Phone,
    /// A number, or from one number to another.
    Range,
}

impl Type {
    /// All types, in the order of the language's reference.
    pub const ALL: [Type; 8] =
        [Type::Text, Type::Number, Type::Boolean, Type::Date, Type::Email, Type::Url, Type::Phone, Type::Range];

    /// The type of this name in a rulebook.
    #[must_use]
    pub fn of(name: &str) -> Option<Type> {
        Type::ALL.into_iter().find(|known| known.name() == name)
    }

    /// The name in a rulebook.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Type::Text => "text",
            Type::Number => "number",
            Type::Boolean => "boolean",
            Type::Date => "date",
            Type::Email => "email",
            Type::Url => "url",
            Type::Phone => "phone",
            Type::Range => "range",
        }
    }

    /// The named parts that values of this type have.
    #[must_use]
    pub fn parts(self) -> &'static [Part] {
        match self {
            Type::Email => &[Part::Local, Part::Domain],
            Type::Url => &[Part::Host, Part::Path, Part::Query],
            Type::Range => &[Part::Low, Part::High],
            _ => &[],
        }
    }

    /// Whether values of this type compare as text.
    #[must_use]
    pub fn is_textual(self) -> bool {
        matches!(self, Type::Text | Type::Email | Type::Url | Type::Phone)
    }

    /// Whether values of this type compare as numbers: a range does by its lower end.
    #[must_use]
    pub fn is_numeric(self) -> bool {
        matches!(self, Type::Number | Type::Range)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A value as read from a cell. Texts are as written, phone numbers in E.164; that one is an e-mail or web address is the type's to
/// say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// No value: an empty or blank cell, an absent part, an unreadable cell.
    Missing,
    /// Text, e-mail, url or phone number.
    Text(Cow<'a, str>),
    /// A number.
    Number(Number),
    /// From one number to another.
    Range(Range),
    /// A number of days, exactly: so many milliseconds.
    Days(i64),
    /// A boolean.
    Boolean(bool),
    /// An instant.
    Instant(Instant),
    /// A bare date, whose time of day nobody wrote: the first instant of the day.
    Day(Instant),
    /// The parts of a cell with several values, at least one, in the order of the cell.
    Set(Vec<Cow<'a, str>>),
}

impl Value<'_> {
    /// The number that it is, or that the part of it is: of a range the lower end, save for `.high`. Exact days are none.
    #[must_use]
    #[inline]
    pub fn number(&self, part: Part) -> Option<Number> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Range(range) => range.part(part),
            _ => None,
        }
    }

    /// The same, with exact days rounded to a millionth of a day.
    #[must_use]
    pub fn number_rounded(&self, part: Part) -> Option<Number> {
        match self {
            Value::Days(ms) => Some(Number::of_days(*ms)),
            value => value.number(part),
        }
    }

    /// The instant that it is; of a bare date the first of its day.
    #[must_use]
    #[inline]
    pub fn instant(&self) -> Option<Instant> {
        match self {
            Value::Instant(at) | Value::Day(at) => Some(*at),
            _ => None,
        }
    }

    /// The instant that it is, and whether it is a bare date.
    #[must_use]
    pub fn moment(&self) -> Option<Moment> {
        self.instant().map(|at| Moment { at, is_bare: matches!(self, Value::Day(_)) })
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Value::Missing)
    }

    /// It, or the part of it, as a text: numbers without trailing zeros, instants in RFC 3339, several texts with `; ` between.
    #[must_use]
    pub fn text(&self, part: Part) -> String {
        match self {
            Value::Text(text) => part.extract(text).unwrap_or_default().to_owned(),
            Value::Set(texts) => texts.iter().filter_map(|text| part.extract(text)).collect::<Vec<_>>().join("; "),
            Value::Number(number) => number.to_string(),
            Value::Range(range) if part == Part::Whole => range.to_string(),
            Value::Range(range) => range.part(part).map(|end| end.to_string()).unwrap_or_default(),
            Value::Days(ms) => Number::of_days(*ms).to_string(),
            Value::Boolean(boolean) => boolean.to_string(),
            Value::Instant(instant) | Value::Day(instant) => instant.to_string(),
            Value::Missing => String::new(),
        }
    }

    /// The same value without owning its texts.
    #[must_use]
    pub fn borrowed(&self) -> Value<'_> {
        match self {
            Value::Missing => Value::Missing,
            Value::Text(text) => Value::Text(Cow::Borrowed(text)),
            Value::Number(number) => Value::Number(*number),
            Value::Range(range) => Value::Range(*range),
            Value::Days(ms) => Value::Days(*ms),
            Value::Boolean(boolean) => Value::Boolean(*boolean),
            Value::Instant(instant) => Value::Instant(*instant),
            Value::Day(instant) => Value::Day(*instant),
            Value::Set(parts) => Value::Set(parts.iter().map(|part| Cow::Borrowed(part.as_ref())).collect()),
        }
    }

    /// The same value, with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Value<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Value::Missing => Value::Missing,
            Value::Text(text) => Value::Text(own(text)),
            Value::Number(number) => Value::Number(number),
            Value::Range(range) => Value::Range(range),
            Value::Days(ms) => Value::Days(ms),
            Value::Boolean(boolean) => Value::Boolean(boolean),
            Value::Instant(instant) => Value::Instant(instant),
            Value::Day(instant) => Value::Day(instant),
            Value::Set(parts) => Value::Set(parts.into_iter().map(own).collect()),
        }
    }
}

/// What of a value a condition looks at: `email.domain`, `url.path`, or the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// The value itself.
    #[default]
    Whole,
    /// Of an e-mail: before the last `@`.
    Local,
    /// Of an e-mail: after the last `@`.
    Domain,
    /// Of a url.
    Host,
    /// Of a url.
    Path,
    /// Of a url: after the first `?`.
    Query,
    /// Of a range: the lower end, a number.
    Low,
    /// Of a range: the upper end, a number.
    High,
}

impl Part {
    /// The part of this name, as it stands after the dot. The whole has no name.
    #[must_use]
    pub fn of(name: &str) -> Option<Part> {
        let all = [Part::Local, Part::Domain, Part::Host, Part::Path, Part::Query, Part::Low, Part::High];
        all.into_iter().find(|part| part.name() == name)
    }

    /// The name after the dot; empty for the whole.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Part::Whole => "",
            Part::Local => "local",
            Part::Domain => "domain",
            Part::Host => "host",
            Part::Path => "path",
            Part::Query => "query",
            Part::Low => "low",
            Part::High => "high",
        }
    }

    /// Whether values of a type have this part.
    #[must_use]
    pub fn is_of(self, value_type: Type) -> bool {
        self == Part::Whole || value_type.parts().contains(&self)
    }

    /// Whether values of this part are numbers.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Part::Low | Part::High)
    }

    /// The part of a text; `None` where it is absent or empty, which is missing.
    #[must_use]
    pub fn extract(self, text: &str) -> Option<&str> {
        match self {
            Part::Whole => (!text.is_empty()).then_some(text),
            Part::Local => email::local(text),
            Part::Domain => email::domain(text),
            Part::Host => url::Url::parse(text).host,
            Part::Path => url::Url::parse(text).path,
            Part::Query => url::Url::parse(text).query,
            Part::Low | Part::High => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for value_type in Type::ALL {
            assert_eq!(Type::of(value_type.name()), Some(value_type));
            for part in value_type.parts() {
                assert_eq!(Part::of(part.name()), Some(*part));
                assert!(part.is_of(value_type));
            }
        }
        assert_eq!((Type::of("Text"), Type::of("string"), Part::of(""), Part::of("port")), (None, None, None, None));
        assert!(!Part::Domain.is_of(Type::Url) && Part::Whole.is_of(Type::Number));
    }

    #[test]
    fn parts_of_texts() {
        assert_eq!(Part::Domain.extract("a@b.c"), Some("b.c"));
        assert_eq!(Part::Local.extract("a@b.c"), Some("a"));
        assert_eq!(Part::Query.extract("https://a.b?"), None);
        assert_eq!(Part::Path.extract("https://a.b"), Some("/"));
        assert_eq!(Part::Host.extract("/x"), None);
        assert_eq!(Part::Whole.extract(""), None);
    }
}
