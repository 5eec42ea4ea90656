//! What the exports look like: files, columns, types, and how they name a lead.
//!
//! Only the description; [`crate::input`] reads files by it.

use super::automated::AutomatedRule;
use super::derived::Derivation;
use super::expr::FieldRef;
use super::guard::Guard;
use super::place::Place;
use crate::diagnostic::Span;
use crate::value::{CellReader, Country, PhoneReader, SkipLast, Type};
use std::fmt;

/// How a file is read, after the file's own keys have replaced the general ones.
#[derive(Clone, Debug, Default)]
pub struct FileSettings {
    /// Cell texts that mean "no value", as written.
    pub blank: Vec<String>,
    /// Whether `,` is the decimal mark.
    pub decimal_comma: bool,
    /// The language of month names.
    pub language: Option<String>,
    /// The country of phone numbers without an international prefix.
    pub country: Option<Country>,
    /// A named encoding.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// A named delimiter.
    pub delimiter: Option<u8>,
    /// Physical lines before the header; looked for if none are named.
    pub skip_first: Option<usize>,
    /// Physical lines after the data.
    pub skip_last: SkipLast,
    /// Whether a row with fewer cells than the header is taken as if the others were empty.
    pub pads_short_rows: bool,
}

/// The files of one kind, and how they are read.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// Files and globs, relative to the rulebook, used when the command line names none.
    pub paths: Vec<String>,
    /// How they are read.
    pub settings: FileSettings,
    /// Where its own keys stand.
    pub place: Place,
}

/// A column by its header: the first of these that the file has.
#[derive(Clone, Debug)]
pub struct Column {
    /// The headers, in order of preference; never empty.
    pub headers: Vec<Header>,
    /// Where it stands.
    pub span: Span,
}

/// A header, and which of the columns that have it is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// As it stands in the file.
    pub name: String,
    /// Counted from 1 among the columns of that name; none: there is only one.
    pub nth: Option<usize>,
}

impl Column {
    /// The only column of a name.
    #[must_use]
    pub fn named(name: &str, span: Span) -> Self {
        Self { headers: vec![Header { name: name.to_owned(), nth: None }], span }
    }

    /// Its headers, with words between them.
    #[must_use]
    pub fn joined(&self, between: &str) -> String {
        joined(&self.headers, between)
    }
}

/// Headers, with words between them.
#[must_use]
pub(crate) fn joined(headers: &[Header], between: &str) -> String {
    headers.iter().map(Header::to_string).collect::<Vec<_>>().join(between)
}

/// `Create Date`, or `Create Date (2nd)`.
impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        self.nth.map_or(Ok(()), |nth| write!(f, " ({})", ordinal(nth)))
    }
}

/// `1st`, `2nd`, `3rd`, `4th`.
#[must_use]
pub(crate) fn ordinal(n: usize) -> String {
    let end = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}

/// The leads file.
#[derive(Clone, Debug)]
pub struct Leads {
    /// Its files.
    pub files: Files,
    /// The column of the lead's id.
    pub id: Column,
    /// Leads created after `as_of` are later: a date field.
    pub created: Option<FieldRef>,
    /// The ids that a lead had before: a text field, of one value or several.
    pub former_ids: Option<FieldRef>,
    /// Of the rows with one id the one with the latest date counts: a date field of the leads file. Without it the first does.
    pub newest: Option<FieldRef>,
    /// Reads the id's cell: which texts are blank.
    pub id_reader: CellReader,
}

/// Where a lead's field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The leads file.
    Leads,
    /// A table: index into [`super::Rulebook::tables`].
    Table(usize),
}

impl Origin {
    /// The table, if it is one.
    #[must_use]
    pub fn table(self) -> Option<usize> {
        if let Self::Table(table) = self { Some(table) } else { None }
    }
}

/// How a column is read as a field.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The column.
    pub column: Column,
    /// Whether the file may lack the column.
    pub optional: bool,
    /// Reads its cells.
    pub reader: CellReader,
}

/// Where the values of a field come from.
#[derive(Clone, Debug)]
pub enum ValueFrom {
    /// A column of its file.
    Column(Spec),
    /// Other values of the row, or events.
    Derived {
        /// What it is made of.
        derivation: Box<Derivation>,
        /// How the rulebook's own phone numbers are read, if it holds some.
        phone: Option<PhoneReader>,
    },
}

impl ValueFrom {
    /// How its column is read, if it has one.
    #[must_use]
    pub fn spec(&self) -> Option<&Spec> {
        match self {
            Self::Column(spec) => Some(spec),
            Self::Derived { .. } => None,
        }
    }

    /// What it is made of, if it is derived.
    #[must_use]
    pub fn derivation(&self) -> Option<&Derivation> {
        match self {
            Self::Column(_) => None,
            Self::Derived { derivation, .. } => Some(derivation),
        }
    }

    /// What it is made of, to be changed.
    pub(crate) fn derivation_mut(&mut self) -> Option<&mut Derivation> {
        match self {
            Self::Column(_) => None,
            Self::Derived { derivation, .. } => Some(derivation),
        }
    }

    /// How phone numbers in it are read, if it holds some.
    #[must_use]
    pub fn phone(&self) -> Option<PhoneReader> {
        match self {
            Self::Column(spec) => spec.reader.phone(),
            Self::Derived { phone, .. } => *phone,
        }
    }
}

/// A field of a lead.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: Type,
    /// Whether a cell holds several values.
    pub is_set: bool,
    /// The file it comes from.
    pub origin: Origin,
    /// Where its values come from.
    pub from: ValueFrom,
    /// Where its name stands.
    pub span: Span,
}

impl Source {
    /// Where one of its fields is declared.
    #[must_use]
    pub fn field_span(&self, name: &str) -> Span {
        let mut fields = self.place.get("fields").into_iter().flat_map(Place::written);
        fields.find(|(known, _)| *known == name).map_or_else(Span::default, |(_, span)| span)
    }
}

impl Field {
    /// How its column is read, if it has one.
    #[must_use]
    pub fn spec(&self) -> Option<&Spec> {
        self.from.spec()
    }

    /// What it is made of, if it is derived.
    #[must_use]
    pub fn derivation(&self) -> Option<&Derivation> {
        self.from.derivation()
    }

    /// Whether it is read from a column that the file may lack.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        self.spec().is_some_and(|spec| spec.optional)
    }
}

/// A further export that adds fields to a lead.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// Its files.
    pub files: Files,
    /// Its key column.
    pub key: Column,
    /// Reads the key's cell: which texts are blank.
    pub key_reader: CellReader,
    /// The lead field that holds the key.
    pub by: FieldRef,
    /// Whether keys compare folded.
    pub fold: bool,
    /// How a key is read, where `by` names phone numbers.
    pub phone: Option<PhoneReader>,
    /// Of the rows with one key the one with the latest date counts: a date field of its own. Without it the first does.
    pub newest: Option<FieldRef>,
    /// Whether it may have no file.
    pub optional: bool,
}

/// A field of events, by name; the same in every source that has it.
#[derive(Clone, Debug)]
pub struct EventField {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: Type,
    /// Whether a cell holds several values.
    pub is_set: bool,
    /// Of phone numbers, how the rulebook's own are read: by a country only where all sources have the same.
    pub phone: Option<PhoneReader>,
}

/// One way in which an event row names its lead.
#[derive(Clone, Debug)]
pub struct LeadKey {
    /// The column.
    pub column: Column,
    /// The lead field it is compared with; without one, the lead's id.
    pub by: Option<FieldRef>,
    /// Whether keys compare folded.
    pub fold: bool,
    /// How a key is read, where `by` names phone numbers.
    pub phone: Option<PhoneReader>,
}

/// One event made of a column that holds a time.
#[derive(Clone, Debug)]
pub struct EventKind {
    /// The event's type.
    pub name: String,
    /// The column of its time, and how it is read.
    pub time: Spec,
}

/// Where an event's type and time come from.
#[derive(Clone, Debug)]
pub enum TypeFrom {
    /// A column of types, a column of times.
    Column {
        /// The types.
        column: Column,
        /// The times.
        time: Spec,
    },
    /// Always the same type.
    Always {
        /// The type.
        name: String,
        /// The times.
        time: Spec,
    },
    /// One event for each of these columns that has a time.
    Columns(Vec<EventKind>),
}

/// A source of events.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Where its name stands, with its keys.
    pub place: Place,
    /// Its files.
    pub files: Files,
    /// How a row names its lead; tried in order.
    pub lead: Vec<LeadKey>,
    /// Where type and time come from.
    pub type_from: TypeFrom,
    /// The column of an event's id.
    pub id: Option<Column>,
    /// Reads ids, types and lead keys: which texts are blank.
    pub text_reader: CellReader,
    /// Its fields: index into [`super::Rulebook::event_fields`] and where the values come from.
    pub fields: Vec<(usize, ValueFrom)>,
    /// What makes its events automated, in order: an event is counted under the first rule that holds.
    pub automated: Vec<AutomatedRule>,
    /// What its events must come to before a run may replace the last one.
    pub guard: Guard,
    /// Whether it may have no file.
    pub optional: bool,
}
