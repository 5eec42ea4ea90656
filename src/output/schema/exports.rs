//! `leads`, `tables` and `events`: what the exports look like.

use super::form::{any, by_name, by_plain_name, defined, list, one_or_more, switch, text, word};
use super::rulebook::decimal;
use super::shape::{Key, Schema, key, required};

/// Adds the definitions.
pub(super) fn add(schema: &mut Schema) {
    let file = || key("file", defined("files"), "where the files are and how they are read");
    let fields = || by_plain_name(&any([column(), serde_json::json!({ "type": "null" }), defined("field")]));
    schema.shape(
        "leads",
        "`leads`",
        vec![
            file(),
            required("id", column(), "the column that names a lead"),
            key("fields", fields(), "names of ours, each with its column"),
            key("created", text(), "a date field: leads created after the day of scoring wait until then"),
        ],
    );
    schema.shape(
        "table",
        "a table",
        vec![
            file(),
            required("key", column(), "the column that names a row"),
            required("by", text(), "the lead's field that holds that name"),
            key("fold", switch(), "true: capitals don't count when names are compared"),
            optional("true: it may have no file"),
            required("fields", fields(), "names of ours, each with its column"),
        ],
    );
    schema.shape("source", "an event source", source(file(), fields()));
    schema.shape(
        "lead_key",
        "`lead`",
        vec![
            required("column", column(), "the column that names the lead"),
            key("by", text(), "the lead's field that it is compared with; the id unless said"),
            key("fold", switch(), "true: capitals don't count when names are compared"),
        ],
    );
    let kinds = by_name(&any([column(), defined("time")]));
    schema.shape(
        "type",
        "`type`",
        vec![
            key("always", text(), "every row is an event of this type"),
            key("column", column(), "the column of the type"),
            key("from_columns", kinds, "one event for each of these columns that has a time"),
        ],
    );
    schema.shape("time", "a time", vec![required("column", column(), "the column of the time"), format()]);
    schema.shape("field", "a field", field());
}

fn source(file: Key, fields: serde_json::Value) -> Vec<Key> {
    let one = any([text(), defined("lead_key")]);
    vec![
        file,
        required(
            "lead",
            any([text(), defined("lead_key"), list(&one)]),
            "the column that names the lead; a list is tried in order",
        ),
        required("type", any([column(), defined("type")]), "the column of the event's type, or what it always is"),
        key("time", any([column(), defined("time")]), "the column of the event's time"),
        key("id", column(), "the column that names an event: one exported twice counts once"),
        optional("true: it may have no file"),
        key("fields", fields, "names of ours, each with its column"),
    ]
}

/// A header, or several of which the first that the file has counts.
fn column() -> serde_json::Value {
    one_or_more(&text())
}

fn optional(meaning: &'static str) -> Key {
    key("optional", switch(), meaning)
}

fn format() -> Key {
    key(
        "format",
        one_or_more(&text()),
        "how dates are written: \"%d.%m.%Y %H:%M\", epoch_s, epoch_ms, excel_days; a list is tried in order",
    )
}

fn field() -> Vec<Key> {
    let types = word(&["text", "number", "boolean", "date", "email", "url"]);
    let words = one_or_more(&text());
    vec![
        key("column", column(), "its header in the export; the field's own name unless said"),
        key("type", types, "how its cells are read; text unless said"),
        optional("true: the file may lack the column"),
        key("split", text(), "several values in one cell, separated by this"),
        format(),
        decimal(),
        key("true", words.clone(), "cell texts that mean yes"),
        key("false", words, "cell texts that mean no"),
    ]
}
