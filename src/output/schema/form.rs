//! The kinds of values that stand under keys. A scalar is read as the text that stands there, whatever YAML makes of it.

use serde_json::{Value, json};

/// Another definition.
pub(super) fn defined(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// Any single value.
pub(super) fn text() -> Value {
    json!({ "type": ["string", "number", "boolean"] })
}

/// A number, which may stand in quotes.
pub(super) fn number() -> Value {
    json!({ "type": ["number", "string"], "pattern": "^[+-]?[0-9]+(\\.[0-9]+)?$" })
}

/// A whole number from `least` on.
pub(super) fn whole(least: u64) -> Value {
    json!({ "type": "integer", "minimum": least })
}

/// Points.
pub(super) fn points() -> Value {
    number()
}

/// `true` or `false`.
pub(super) fn switch() -> Value {
    json!({ "type": "boolean" })
}

/// `30d`.
pub(super) fn duration() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]+(min|h|d|w)$" })
}

/// `2026-05-31` or `2026-05-31T14:30`.
pub(super) fn date() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}" })
}

/// One of these words.
pub(super) fn word(words: &[&str]) -> Value {
    json!({ "enum": words })
}

/// One of these forms.
pub(super) fn any(forms: impl IntoIterator<Item = Value>) -> Value {
    json!({ "anyOf": forms.into_iter().collect::<Vec<_>>() })
}

/// A list.
pub(super) fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// A list with something in it.
pub(super) fn filled(items: &Value) -> Value {
    json!({ "type": "array", "items": items, "minItems": 1 })
}

/// One, or a list of them.
pub(super) fn one_or_more(item: &Value) -> Value {
    any([item.clone(), filled(item)])
}

/// A mapping with names of the user's own.
pub(super) fn by_name(value: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": value })
}

/// The same, where names are letters, digits, `_` and `-`.
pub(super) fn by_plain_name(value: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": value, "propertyNames": { "pattern": "^[\\p{L}\\p{N}_-]+$" } })
}
