//! What `inspect` found, for machines.

use super::json::json;
use super::passed_over::PassedOver;
use crate::input::{Compression, EncodingDoubt, LayoutDoubt};
use crate::inspect::{ColumnProfile, DateOrder, Extreme, FileProfile, Guess, Held, Rows};
use crate::value::number::Decimal;
use serde::Serialize;
use std::borrow::Cow;

/// The name of the shape, with its version.
pub(crate) const INSPECT_SCHEMA: &str = "leadscore/inspect/v1";

/// How many of the most frequent values are told.
const MOST_TOP: usize = 10;

/// The profiles as JSON; for each file what its columns are likely to be, empty where nothing is.
#[must_use]
pub fn inspect_json(files: &[(&FileProfile, &[String])]) -> String {
    let files = files.iter().map(|(profile, roles)| File::of(profile, roles)).collect();
    json(&Files { schema: INSPECT_SCHEMA, files })
}

#[derive(Serialize)]
struct Files<'p> {
    schema: &'static str,
    files: Vec<File<'p>>,
}

#[derive(Serialize)]
struct File<'p> {
    path: Cow<'p, str>,
    encoding: &'static str,
    encoding_doubt: Option<&'p EncodingDoubt>,
    delimiter: char,
    compression: Option<&'static str>,
    skip_first: usize,
    header_line: u64,
    skip_last: usize,
    passed_over: PassedOver<'p>,
    layout_doubt: Option<&'p LayoutDoubt>,
    rows: u64,
    #[serde(flatten)]
    odd: Rows,
    first_ragged_line: Option<u64>,
    language: Option<&'static str>,
    decimal: &'static str,
    header_looks_like_names: bool,
    columns: Vec<Column<'p>>,
}

#[derive(Serialize)]
struct Column<'p> {
    name: &'p str,
    role: Option<&'p str>,
    r#type: &'static str,
    filled: u64,
    of: u64,
    blank: &'p [String],
    unreadable: u64,
    distinct: u64,
    distinct_is_exact: bool,
    unique: bool,
    top: Vec<&'p Held>,
    range: Option<Range>,
    #[serde(flatten)]
    details: Details<'p>,
}

#[derive(Serialize)]
struct Range {
    low: Extreme,
    high: Extreme,
}

/// What a guess says besides the type.
#[derive(Serialize)]
#[serde(untagged)]
enum Details<'p> {
    Number { decimal: &'static str },
    Boolean { r#true: &'p [String], r#false: &'p [String] },
    Iso { format: &'static str, first: Option<&'static str> },
    Date { format: &'p [String], first: Option<&'static str> },
    Set { separator: &'p str },
    Nothing {},
}

impl<'p> File<'p> {
    fn of(profile: &'p FileProfile, roles: &'p [String]) -> Self {
        let columns = profile.columns.iter().zip(roles).map(|(column, role)| Column::of(profile, column, role));
        Self {
            path: profile.path.to_string_lossy(),
            encoding: profile.assumed.encoding,
            encoding_doubt: profile.assumed.encoding_doubt.as_ref(),
            delimiter: char::from(profile.assumed.delimiter),
            compression: profile.assumed.compression.map(Compression::name),
            skip_first: profile.assumed.skip_first,
            header_line: profile.header_line,
            skip_last: profile.below().n_lines,
            passed_over: PassedOver::of(&profile.assumed),
            layout_doubt: profile.assumed.layout_doubt.as_ref(),
            rows: profile.n_rows(),
            odd: profile.rows,
            first_ragged_line: profile.first_ragged,
            language: profile.language,
            decimal: mark(if profile.has_decimal_comma { Decimal::Comma } else { Decimal::Point }),
            header_looks_like_names: profile.assumed.is_named,
            columns: columns.collect(),
        }
    }
}

impl<'p> Column<'p> {
    fn of(profile: &FileProfile, column: &'p ColumnProfile, role: &'p str) -> Self {
        let is_whole = column.sketch.is_whole();
        let top = column.sketch.values().into_iter().filter(|_| is_whole).take(MOST_TOP);
        let (kind, details) = details(&column.guess);
        Self {
            name: &column.name,
            role: (!role.is_empty()).then_some(role),
            r#type: kind,
            filled: column.n_values(),
            of: profile.rows.n_usable,
            blank: &column.blank,
            unreadable: column.n_unfit,
            distinct: column.sketch.n_distinct(),
            distinct_is_exact: is_whole,
            unique: column.is_key(profile.rows.n_usable),
            top: top.collect(),
            range: column.range().map(|(low, high)| Range { low, high }),
            details,
        }
    }
}

fn mark(decimal: Decimal) -> &'static str {
    if decimal == Decimal::Comma { "comma" } else { "point" }
}

fn details(guess: &Guess) -> (&'static str, Details<'_>) {
    match guess {
        Guess::Empty => ("empty", Details::Nothing {}),
        Guess::Number { decimal, .. } => ("number", Details::Number { decimal: mark(*decimal) }),
        Guess::Boolean { yes, no } => ("boolean", Details::Boolean { r#true: yes, r#false: no }),
        Guess::Date(date) => {
            let first = match date.order {
                DateOrder::Plain => None,
                DateOrder::DayFirst => Some("day"),
                DateOrder::MonthFirst => Some("month"),
                DateOrder::Ambiguous => Some("ambiguous"),
            };
            let details = match &date.reading().formats[..] {
                [] => Details::Iso { format: "iso", first },
                format => Details::Date { format, first },
            };
            ("date", details)
        }
        Guess::Email => ("email", Details::Nothing {}),
        Guess::Url => ("url", Details::Nothing {}),
        Guess::Set { separator } => ("set", Details::Set { separator }),
        Guess::Text => ("text", Details::Nothing {}),
    }
}
