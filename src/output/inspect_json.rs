//! What `inspect` found, for machines.

use crate::input::Passed;
use crate::inspect::{ColumnProfile, DateOrder, FileProfile, Guess};
use crate::value::number::Decimal;
use serde_json::{Value, json};

/// The name of the shape, with its version.
pub const INSPECT_SCHEMA: &str = "leadscore/inspect/v1";

/// How many of the most frequent values are told.
const MOST_TOP: usize = 10;

/// The profiles as JSON; for each file what its columns are likely to be, empty where nothing is.
#[must_use]
pub fn inspect_json(files: &[(&FileProfile, &[String])]) -> Value {
    let files: Vec<Value> = files.iter().map(|(profile, roles)| file(profile, roles)).collect();
    json!({ "schema": INSPECT_SCHEMA, "files": files })
}

fn file(profile: &FileProfile, roles: &[String]) -> Value {
    let columns = profile.columns.iter().zip(roles).map(|(column, role)| self::column(profile, column, role));
    json!({
        "path": profile.path.display().to_string(),
        "encoding": profile.assumed.encoding,
        "delimiter": char::from(profile.assumed.delimiter).to_string(),
        "compression": profile.assumed.compression.map(crate::input::Compression::name),
        "skip_first": profile.skip_first,
        "header_line": profile.header_line,
        "skip_last": profile.below().n_lines,
        "passed_over": { "above": passed(&profile.above), "below": passed(profile.below()) },
        "rows": profile.n_rows(),
        "empty": profile.rows.n_empty,
        "ragged": profile.rows.n_ragged,
        "damaged": profile.rows.n_damaged,
        "first_ragged_line": profile.first_ragged,
        "language": profile.language,
        "decimal": if profile.has_decimal_comma { "comma" } else { "point" },
        "header_looks_like_names": profile.is_named,
        "columns": columns.collect::<Vec<_>>(),
    })
}

/// Rows that are passed over; null where there are none.
fn passed(passed: &Passed) -> Value {
    if passed.n_rows == 0 {
        return Value::Null;
    }
    json!({ "rows": passed.n_rows, "first": passed.first, "last": passed.last })
}

fn column(profile: &FileProfile, column: &ColumnProfile, role: &str) -> Value {
    let is_whole = column.sketch.is_whole();
    let top = column.sketch.values().into_iter().take(MOST_TOP);
    let top: Vec<Value> = top.map(|held| json!({ "value": held.text, "rows": held.count })).collect();
    let range = column.range.map(|(low, high)| json!({ "low": low.to_string(), "high": high.to_string() }));
    let mut found = json!({
        "name": column.name,
        "role": (!role.is_empty()).then_some(role),
        "type": kind(&column.guess),
        "filled": column.n_values(),
        "of": profile.rows.n_usable,
        "blank": column.blank,
        "unreadable": column.n_unfit,
        "distinct": column.sketch.n_distinct(),
        "distinct_is_exact": is_whole,
        "unique": column.is_key(profile.rows.n_usable),
        "top": if is_whole { top } else { Vec::new() },
        "range": range,
    });
    if let (Some(found), Some(more)) = (found.as_object_mut(), details(&column.guess).as_object()) {
        found.extend(more.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
    found
}

fn kind(guess: &Guess) -> &'static str {
    match guess {
        Guess::Empty => "empty",
        Guess::Number { .. } => "number",
        Guess::Boolean { .. } => "boolean",
        Guess::Date(_) => "date",
        Guess::Email => "email",
        Guess::Url => "url",
        Guess::Set { .. } => "set",
        Guess::Text => "text",
    }
}

/// What a guess says besides the type.
fn details(guess: &Guess) -> Value {
    match guess {
        Guess::Number { decimal, .. } => {
            json!({ "decimal": if *decimal == Decimal::Comma { "comma" } else { "point" } })
        }
        Guess::Boolean { yes, no } => json!({ "true": yes, "false": no }),
        Guess::Date(date) => {
            let order = match date.order {
                DateOrder::Plain => None,
                DateOrder::DayFirst => Some("day"),
                DateOrder::MonthFirst => Some("month"),
                DateOrder::Ambiguous => Some("ambiguous"),
            };
            let formats = if date.formats().is_empty() { json!("iso") } else { json!(date.formats()) };
            json!({ "format": formats, "first": order })
        }
        Guess::Set { separator } => json!({ "separator": separator }),
        Guess::Empty | Guess::Email | Guess::Url | Guess::Text => json!({}),
    }
}
