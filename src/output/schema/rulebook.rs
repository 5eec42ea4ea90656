//! The rulebook itself: its head, how files are read, lists, dimensions and groups.

use super::form::{
    any, by_name, by_plain_name, date, defined, filled, list, number, one_or_more, points, switch, text, whole, word,
};
use super::shape::{Key, Schema, key, required};

/// Adds the definitions.
pub(super) fn add(schema: &mut Schema) {
    let mut keys = head();
    keys.extend(body());
    schema.shape("rulebook", "a rulebook", keys);
    let path = key(
        "path",
        one_or_more(&text()),
        "a file or a pattern such as exports/*.csv, or several; relative to the rulebook",
    );
    schema.shape("files", "`file`", std::iter::once(path).chain(reading()).collect());
    schema.shape("file", "the general `file`", reading());
    schema.shape(
        "list_file",
        "a list from a file",
        vec![required(
            "file",
            text(),
            "a file with one entry a line, relative to the rulebook; # begins a comment line",
        )],
    );
    schema.shape("total", "`total`", limits());
    schema.shape("dimension", "a dimension", dimension());
    let criteria = list(&defined("criterion"));
    let mut group = limits();
    group.push(since());
    group.push(required("criteria", criteria, "what gives or takes points in this group"));
    schema.shape("group", "a group", group);
}

fn head() -> Vec<Key> {
    vec![
        required("rulebook", any([word(&["1"]), serde_json::json!({ "const": 1 })]), "the version of this language: 1"),
        key("name", text(), "what the rulebook is called"),
        key("owner", text(), "who answers for these points"),
        key("agreed", date(), "the day on which marketing and sales agreed on it"),
        key("review_by", date(), "the day by which they look at it again"),
        key(
            "timezone",
            text(),
            "for times without an offset and for what a day is: an IANA name such as Europe/Istanbul; UTC unless said",
        ),
        key(
            "ids",
            word(&["exact", "salesforce"]),
            "how ids compare; salesforce: those of 15 or 18 characters by their first 15",
        ),
        key("file", defined("file"), "how all files are read, unless one says otherwise"),
        key(
            "not_engagement",
            any([text(), list(&text())]),
            "event types that are our doing, not the lead's: `any` passes over them",
        ),
    ]
}

fn body() -> Vec<Key> {
    vec![
        required("leads", defined("leads"), "the export with a row for each lead"),
        key("tables", by_plain_name(&defined("table")), "further exports that add fields to a lead"),
        key("events", by_plain_name(&defined("source")), "what leads did: an export for each source"),
        key(
            "lists",
            by_plain_name(&any([defined("list_file"), text(), list(&text())])),
            "named lists of values, for { list: name }",
        ),
        key("total", defined("total"), "limits of the total"),
        key("dimensions", by_plain_name(&defined("dimension")), "scores of their own: who leads are, what they do"),
        key(
            "grade",
            by_name(&by_name(&points())),
            "marks by score; each number is the lowest score of its mark, the last takes all below",
        ),
        key(
            "disqualify",
            list(&defined("disqualifier")),
            "who is left out, whatever the points; the first that is true",
        ),
        required(
            "stages",
            filled(&defined("stage")),
            "from the top of the funnel down; a lead has the last that it holds",
        ),
        key("priorities", list(&defined("priority")), "what to do; the first that is true"),
        key("export", defined("export"), "the file to be imported back into the CRM"),
        key("funnel", defined("funnel"), "what the report looks at"),
        key("value", defined("value"), "what a customer is worth and what leads cost"),
    ]
}

/// How a file is read.
fn reading() -> Vec<Key> {
    let blank = any([text(), list(&text())]);
    vec![
        key("blank", blank, "cell texts that mean `no value`, such as N/A"),
        decimal(),
        key("language", text(), "the language of month names, such as tr or de"),
        key("encoding", text(), "utf-8, windows-1254, …; recognised unless said"),
        key("delimiter", text(), "what separates cells: one character, or tab; recognised unless said"),
        key("skip_first", whole(0), "lines above the header"),
        key("skip_last", whole(0), "lines below the data"),
    ]
}

/// Which sign stands before decimals.
pub(super) fn decimal() -> Key {
    key("decimal", word(&["point", "comma"]), "which sign stands before decimals")
}

fn limits() -> Vec<Key> {
    vec![key("min", points(), "the sum is never less"), key("max", points(), "the sum is never more")]
}

/// From when on events count.
pub(super) fn since() -> Key {
    key("since", one_or_more(&text()), "a date field or several: only events after the latest of these dates count")
}

fn dimension() -> Vec<Key> {
    let mut keys = limits();
    keys.extend([
        key("weight", number(), "what the sum is multiplied by; 1 unless said"),
        key("in_total", switch(), "false: a score of its own, no part of the total"),
        since(),
        key("criteria", list(&defined("criterion")), "what gives or takes points"),
        key("groups", by_plain_name(&defined("group")), "criteria with a limit of their own"),
    ]);
    keys
}
