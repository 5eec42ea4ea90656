//! Criteria: their four kinds, each a form with the keys that all of them share.

use super::conditions::{operators, selection};
use super::form::{any, by_name, defined, duration, filled, number, points, switch, text, whole, word};
use super::shape::{Key, Schema, key, required};

/// Adds the definitions.
pub(super) fn add(schema: &mut Schema) {
    kinds(schema);
    parts(schema);
}

fn kinds(schema: &mut Schema) {
    schema.form(
        "criterion_when",
        "a criterion",
        "when",
        with(vec![
            required("when", defined("fact"), "the condition"),
            required("points", points(), "the points where it is true"),
            otherwise(),
            unknown(),
        ]),
    );
    let tiers = || required("tiers", filled(&defined("tier")), "the first tier that is true gives its points");
    schema.form(
        "criterion_tiers_of_field",
        "a criterion",
        "tiers",
        with(vec![
            required("field", text(), "the field that the tiers cut, or a part of it: email.domain"),
            tiers(),
            otherwise(),
            unknown(),
        ]),
    );
    let mut of_events = selection();
    of_events.extend([measure(), from(), tiers(), otherwise(), unknown()]);
    schema.form("criterion_tiers_of_events", "a criterion", "tiers", with(of_events));
    schema.form(
        "criterion_values",
        "a criterion",
        "values",
        with(vec![
            required("field", text(), "the field, or a part of it: email.domain"),
            required("values", by_name(&points()), "the points for each value"),
            otherwise(),
            unknown(),
        ]),
    );
    let mut occurrences = selection();
    occurrences.extend([
        required("points", points(), "the points for each event that counts"),
        key(
            "count",
            any([word(&["each", "once"]), defined("count")]),
            "how events are bundled; of each bundle the newest counts",
        ),
        key("at_most", whole(1), "only so many of the newest count"),
        key("decay", defined("decay"), "how points fade with an event's age"),
        key("cap", number(), "the sum is never larger than this, either way"),
    ]);
    schema.form("criterion_event", "a criterion", "event", with(occurrences));
    let forms = ["when", "tiers_of_field", "tiers_of_events", "values", "event"];
    schema.other("criterion", any(forms.map(|form| defined(&format!("criterion_{form}")))));
}

/// What stands inside a criterion.
fn parts(schema: &mut Schema) {
    let mut tier = vec![required("points", points(), "the points of this tier")];
    tier.extend(operators("fact"));
    schema.shape("tier", "a tier", tier);
    schema.shape(
        "count",
        "`count`",
        vec![
            key("per", word(&["day", "week", "month", "quarter", "year"]), "one event a calendar period"),
            key("distinct", text(), "one event for each value of this field of the event"),
        ],
    );
    schema.shape(
        "decay",
        "`decay`",
        vec![
            key("half_life", duration(), "after this time half the points are left, after twice this a quarter"),
            key("linear", duration(), "the points fade evenly, to nothing after this time"),
            key("step", defined("step"), "the points fall in steps"),
        ],
    );
    schema.shape(
        "step",
        "a decay in steps",
        vec![
            required("percent", number(), "so much of the first value is lost at each step"),
            required("every", duration(), "the length of a step"),
        ],
    );
}

fn with(own: Vec<Key>) -> Vec<Key> {
    let mut keys = vec![
        required("id", text(), "its name, unique in the rulebook"),
        key("label", text(), "shown to people in place of the id"),
        key("note", text(), "why it is there"),
        key("enabled", switch(), "false: kept in the file, out of the score"),
        key("only_if", defined("fact"), "where this is not true, the criterion gives 0"),
    ];
    keys.extend(own);
    keys
}

fn otherwise() -> Key {
    key("otherwise", points(), "the points where nothing of this is true; 0 unless said")
}

fn unknown() -> Key {
    key("unknown", points(), "the points where a value that is asked for is missing; 0 unless said")
}

/// What is taken of the selected events.
pub(super) fn measure() -> Key {
    key(
        "measure",
        any([word(&["count", "days", "idle_days"]), defined("measure")]),
        "what is taken of the events; count unless said",
    )
}

/// From when idle days count where there is no event.
pub(super) fn from() -> Key {
    key("from", text(), "for idle_days: a date field to count from where there is no event")
}
