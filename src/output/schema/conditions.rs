//! Conditions, in the four places that differ in what they may name: over an event, over a lead's facts, over its scores and
//! grade, and over its stages, too.

use super::criteria::{from, measure};
use super::form::{any, defined, duration, filled, number, one_or_more, text, whole};
use super::rulebook::since;
use super::shape::{Key, Schema, key, required};
use serde_json::{Value, json};

/// A place: the name of its condition, and the names of the forms that it has.
struct Place {
    name: &'static str,
    forms: &'static [(&'static str, &'static str)],
}

/// The places. Every form is a definition of its own, so that an editor can tell them apart.
const PLACES: [Place; 4] = [
    Place {
        name: "of_event",
        forms: &[
            ("field", "of_event_field"),
            ("present", "of_event_present"),
            ("absent", "of_event_absent"),
            ("all", "of_event_all"),
            ("any", "of_event_any"),
            ("not", "of_event_not"),
            ("at_least", "of_event_at_least"),
        ],
    },
    Place {
        name: "fact",
        forms: &[
            ("field", "fact_field"),
            ("event", "fact_event"),
            ("present", "fact_present"),
            ("absent", "fact_absent"),
            ("all", "fact_all"),
            ("any", "fact_any"),
            ("not", "fact_not"),
            ("at_least", "fact_at_least"),
        ],
    },
    Place {
        name: "scored",
        forms: &[
            ("field", "scored_field"),
            ("event", "scored_event"),
            ("score", "scored_score"),
            ("grade", "scored_grade"),
            ("present", "scored_present"),
            ("absent", "scored_absent"),
            ("all", "scored_all"),
            ("any", "scored_any"),
            ("not", "scored_not"),
            ("at_least", "scored_at_least"),
        ],
    },
    Place {
        name: "staged",
        forms: &[
            ("field", "staged_field"),
            ("event", "staged_event"),
            ("score", "staged_score"),
            ("grade", "staged_grade"),
            ("stage", "staged_stage"),
            ("present", "staged_present"),
            ("absent", "staged_absent"),
            ("all", "staged_all"),
            ("any", "staged_any"),
            ("not", "staged_not"),
            ("at_least", "staged_at_least"),
        ],
    },
];

/// Adds the definitions.
pub(super) fn add(schema: &mut Schema) {
    for place in &PLACES {
        for (form, name) in place.forms {
            schema.form(name, "a condition", form, keys_of(form, place.name));
        }
        let forms = place.forms.iter().map(|(_, name)| defined(name));
        schema.other(place.name, any(forms.chain([filled(&defined(place.name))])));
    }
    schema.shape(
        "measure",
        "a measure",
        vec![
            key("sum", text(), "the sum of this number field of the events"),
            key("max", text(), "the largest value of this number or date field of the events"),
            key("distinct", text(), "how many different values this field of the events has"),
        ],
    );
    schema.shape("named_list", "a named list", vec![required("list", text(), "the name of a list under `lists`")]);
    let times = || key("times", number(), "what the right side is multiplied by");
    schema.form(
        "right_field",
        "the right side",
        "",
        vec![required("field", text(), "the field that is compared with"), times()],
    );
    let mut measured = selection();
    measured.extend([measure(), from(), times()]);
    schema.form("right_event", "the right side", "", measured);
}

fn keys_of(form: &str, place: &'static str) -> Vec<Key> {
    let inner = || defined(place);
    match form {
        "field" => {
            let mut keys = vec![required("field", text(), "a field, or a part of it: email.domain, url.path")];
            keys.extend(operators(place));
            keys
        }
        "event" => {
            let mut keys = selection();
            keys.extend([measure(), from()]);
            keys.extend(operators(place).into_iter().filter(|key| is_for_numbers(key.name)));
            keys
        }
        "score" => {
            let mut keys = vec![required("score", text(), "total, a dimension, or a group: fit.company")];
            keys.extend(
                operators(place).into_iter().filter(|key| is_for_numbers(key.name) && key.name != "older_than"),
            );
            keys
        }
        "grade" => vec![required("grade", one_or_more(&text()), "the grade is exactly one of these")],
        "stage" => vec![required("stage", text(), "the lead holds this stage")],
        "present" => vec![required("present", one_or_more(&text()), "all of these fields have a value")],
        "absent" => vec![required("absent", one_or_more(&text()), "none of these fields has a value")],
        "all" => vec![required("all", filled(&inner()), "all of these are true")],
        "any" => vec![required("any", filled(&inner()), "one of these is true")],
        "not" => vec![required("not", inner(), "this is not true; where it is unknown, so is the opposite")],
        _ => vec![
            required("at_least", whole(1), "so many of these are true"),
            required("of", filled(&inner()), "the conditions that are counted"),
        ],
    }
}

/// Whether an operator fits a number, which is what scores and most measures are.
pub(super) fn is_for_numbers(operator: &str) -> bool {
    matches!(operator, "is" | "is_not" | "in" | "not_in" | "gt" | "gte" | "lt" | "lte" | "older_than")
}

/// What events are selected.
pub(super) fn selection() -> Vec<Key> {
    vec![
        required(
            "event",
            one_or_more(&text()),
            "an event type or several; any: every type that is the lead's own doing",
        ),
        key("source", text(), "only events of this source"),
        key("where", defined("of_event"), "only events of which this is true"),
        key("within", duration(), "only events of the last so many days: 30d, 12h, 2w, 45min"),
        since(),
    ]
}

/// What a field, a measure or a score is held against.
pub(super) fn operators(place: &'static str) -> Vec<Key> {
    let values = || any([text(), filled(&text()), defined("named_list")]);
    let right =
        || if place == "of_event" { right_side(&["right_field"]) } else { right_side(&["right_field", "right_event"]) };
    vec![
        key("is", text(), "equals; capitals don't count"),
        key("is_not", text(), "does not equal; unknown where the field is empty"),
        key("in", values(), "equals one of these, or of { list: name }"),
        key("not_in", values(), "equals none of these; unknown where the field is empty"),
        key("contains", values(), "has one of these texts in it"),
        key("has_word", values(), "has one of these as a whole word"),
        key("starts_with", values(), "begins with one of these"),
        key("ends_with", values(), "ends with one of these"),
        key("matches", values(), "a regular expression is found in it, or one of several"),
        key("gt", right(), "above"),
        key("gte", right(), "at least"),
        key("lt", right(), "below"),
        key("lte", right(), "at most"),
        key("within", duration(), "in the last so many days: 30d, 12h, 2w, 45min"),
        key("older_than", duration(), "so long ago or longer: 30d"),
    ]
}

/// A number, a date, or another field or measure.
fn right_side(others: &[&str]) -> Value {
    let plain = json!({ "type": ["number", "string"], "pattern": "^[+-]?[0-9]" });
    any(std::iter::once(plain).chain(others.iter().map(|name| defined(name))))
}
