//! Test files: leads that somebody thought of, and what must become of them.

use super::form::{any, by_name, date, defined, duration, list, number, one_or_more, text, whole};
use super::shape::{Key, Schema, key, required};
use serde_json::json;

/// Adds the definitions.
pub(super) fn add(schema: &mut Schema) {
    schema.shape(
        "test_file",
        "a test file",
        vec![
            key("rulebook", text(), "the rulebook that is tested, relative to this file"),
            required("as_of", date(), "the day of scoring, at its end"),
            key(
                "sources",
                by_name(&one_or_more(&text())),
                "which source events of a type are of, where several could be meant",
            ),
            key("personas", by_name(&defined("lead")), "leads with a name, for `is`"),
            required("tests", list(&defined("test")), "the tests"),
        ],
    );
    schema.shape(
        "test",
        "a test",
        vec![
            required("name", text(), "what is true of the rulebook"),
            key("as_of", date(), "another day of scoring"),
            key("lead", defined("lead"), "the lead's fields"),
            key(
                "events",
                list(&any([text(), defined("event")])),
                "what it did: \"demo_request -2d\", \"email_open x3 every 1d from -9d\"",
            ),
            key("previous_stage", text(), "its stage in the run before"),
            key("expect", defined("expect"), "what must become of it"),
            key("later", by_name(&defined("expect")), "what must become of it later: +90d, or a date"),
        ],
    );
    schema.open_shape("event", "an event", event(), value());
    let mut lead = json!({ "type": "object", "additionalProperties": value() });
    lead["properties"] = json!({ "is": {
        "description": "a persona, whose fields these are added to, or several",
        "anyOf": [text(), list(&text())],
    } });
    schema.other("lead", lead);
    schema.shape("expectation", "an expectation", operators(&number()));
    // Stages have an order, too.
    schema.shape("stage_expectation", "an expectation", operators(&text()));
    schema.other("expect", expect());
}

fn event() -> Vec<Key> {
    vec![
        required("type", text(), "its type"),
        required("time", text(), "when: -5d is five days before the day of scoring; now; or a date"),
        key("times", whole(1), "how many of them"),
        key("every", duration(), "how far apart"),
        key("id", text(), "its id: of two with the same one counts"),
        key("source", text(), "its source, where several could be meant"),
        key("fields", by_name(&value()), "its fields, where one has the name of a key of this mapping"),
    ]
}

/// The value of a field: typed by the rulebook, or none.
fn value() -> serde_json::Value {
    any([text(), list(&text()), json!({ "type": "null" })])
}

/// What can be held against a result; `bound` is what an order is given.
fn operators(bound: &serde_json::Value) -> Vec<Key> {
    let several = || any([text(), list(&text())]);
    vec![
        key("is", several(), "it is this"),
        key("is_not", several(), "it is not this"),
        key("in", several(), "it is one of these"),
        key("not_in", several(), "it is none of these"),
        key("gt", bound.clone(), "it is more than this"),
        key("gte", bound.clone(), "it is this or more"),
        key("lt", bound.clone(), "it is less than this"),
        key("lte", bound.clone(), "it is this or less"),
    ]
}

fn expect() -> serde_json::Value {
    let result = any([text(), list(&text()), json!({ "type": "null" }), defined("expectation")]);
    let stage = any([text(), list(&text()), json!({ "type": "null" }), defined("stage_expectation")]);
    let ids = || any([text(), list(&text())]);
    json!({
        "type": "object",
        "additionalProperties": result,
        "properties": {
            "fired": {
                "description": "criteria that give points; with what they give: { demo-request: 80 }",
                "anyOf": [ids(), by_name(&result)],
            },
            "not_fired": { "description": "criteria that give none", "anyOf": [ids()] },
            "stage": { "description": "its stage; { lt: SQL }: one before SQL", "anyOf": [stage] },
        },
    })
}
