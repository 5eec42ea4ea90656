//! What to write in place of a key that the table doesn't have here: by its spelling, by what other tools call it, or where it
//! belongs.
//!
//! A hint never leads to the opposite of what was written. For an opposite that has no operator of its own it names `not`.

use super::foreign::{ForeignMeaning, meaning};
use super::keys::{Keys, QUOTE_COMMAS};
use crate::diagnostic::nearest;
use crate::rulebook::keys::{CONDITION, Key, advice, close_by, far_off, operators};
use crate::rulebook::yaml::{KeyValue, YamlKind, YamlNode};

/// What is probably meant by an unknown key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// A key that is known here.
    Key(&'static str),
    /// The opposite of a condition with this operator, or of this form.
    Not(&'static str),
    /// Whether the field of this condition has a value: `present` or `absent`.
    Presence(&'static str),
    /// Two bounds, or, negated, that a value lies beyond one of them.
    Between(bool),
}

impl Hint {
    /// The key that is known here, if the hint is one.
    pub(super) fn key(self) -> Option<&'static str> {
        match self {
            Self::Key(key) => Some(key),
            Self::Not(_) | Self::Presence(_) | Self::Between(_) => None,
        }
    }
}

/// What is meant by a key that is not known, among the keys that are.
pub(super) fn of(entry: &KeyValue, keys: &Keys<'_>, known: &[&'static Key]) -> Option<Hint> {
    let name = entry.key.text.as_str();
    let find = |wanted: &str| known.iter().find(|known| known.name == wanted).map(|known| Hint::Key(known.name));
    let is_synonym = |key: &&&Key| key.other_names.iter().any(|other| other.eq_ignore_ascii_case(name));
    if let Some(found) = known.iter().find(is_synonym) {
        return Some(Hint::Key(found.name));
    }
    let is_condition = keys.mapping().name == CONDITION.name;
    let of_subject = ["field", "event", "score"].contains(&keys.form());
    let meaning = meaning(name, of_subject).filter(|_| !is_measure(entry));
    let told = match meaning {
        Some(ForeignMeaning::Operator(operator)) => find(operator),
        Some(ForeignMeaning::Not(form)) if is_condition && of_subject == is_operator(form) => Some(Hint::Not(form)),
        Some(ForeignMeaning::Presence(is_present)) if is_condition => {
            let form = if is_present == is_no(&entry.value) { "absent" } else { "present" };
            if keys.form() == "field" { Some(Hint::Presence(form)) } else { find(form) }
        }
        Some(ForeignMeaning::Between(is_negated)) if find("gte").is_some() => Some(Hint::Between(is_negated)),
        Some(_) | None => None,
    };
    // Of a condition, what the name means is known better than what it looks like: `min` looks like `in`.
    let is_settled = is_condition && (meaning.is_some() || is_measure(entry));
    told.or_else(|| nearest(name, known.iter().map(|key| key.name)).filter(|_| !is_settled).map(Hint::Key))
}

/// `max: amount` asks for the largest amount, not for a bound.
fn is_measure(entry: &KeyValue) -> bool {
    let is_word = |node: &YamlNode| matches!(&node.kind, YamlKind::Scalar(scalar) if scalar.text.starts_with(|c: char| c.is_alphabetic()));
    matches!(entry.key.text.as_str(), "min" | "max") && is_word(&entry.value)
}

/// `false` or `no`, which turns round what a key asks.
fn is_no(node: &YamlNode) -> bool {
    matches!(&node.kind, YamlKind::Scalar(scalar) if ["false", "no"].contains(&scalar.text.to_lowercase().as_str()))
}

/// What to do about an unknown key.
pub(super) fn help(entry: &KeyValue, meant: Option<Hint>, keys: &Keys<'_>) -> String {
    let name = entry.key.text.as_str();
    // A key that is spelt almost like one that is lacking here is that one.
    let is_lacking = |hint: &Hint| hint.key().is_none_or(|key| !keys.has(key));
    let elsewhere = || close_by(name, keys.mapping(), keys.reach());
    // A word of the table is known for certain: `median` is not a misspelt `mean`.
    if let Some(told) = advice_for(keys, name) {
        return told;
    }
    if let Some(place) = elsewhere().filter(|_| !meant.as_ref().is_some_and(is_lacking)) {
        return place;
    }
    match meant {
        Some(Hint::Key(meant)) => format!("did you mean `{meant}`?"),
        Some(Hint::Not(form)) => negation(form, entry, keys),
        Some(Hint::Presence(form)) => {
            let field = subject(keys);
            format!("write `{form}: [{field}]` instead of `field: {field}`")
        }
        Some(Hint::Between(is_negated)) => between(is_negated, entry, keys),
        None if entry.value.kind == YamlKind::Null && name.bytes().all(|byte| byte.is_ascii_digit()) => {
            "write numbers without commas: 1000, or 2.5 with a point".to_owned()
        }
        // `{ note: a, so b }`: the comma has cut a text in two.
        None if entry.value.kind == YamlKind::Null => QUOTE_COMMAS.to_owned(),
        None => {
            far_off(name, keys.mapping()).unwrap_or_else(|| format!("possible here: {}", keys.possible().join(", ")))
        }
    }
}

/// What to write in place of a word that has no meaning in this mapping, or not beside its other keys.
pub(super) fn advice_for(keys: &Keys<'_>, name: &str) -> Option<String> {
    advice(name, keys.mapping(), &keys.peek(name).map(shown).unwrap_or_default())
}

fn is_operator(name: &str) -> bool {
    operators().any(|operator| operator == name)
}

/// How to say the opposite of an operator or of a form, with the names that stand there.
fn negation(form: &str, entry: &KeyValue, keys: &Keys<'_>) -> String {
    let value = shown(&entry.value);
    if !is_operator(form) {
        return format!("to say the opposite of `{form}`, write `not: {{ {form}: {value} }}`");
    }
    let others = keys.entries.iter().filter(|other| other.key.text != entry.key.text && other.key.text != keys.form());
    let is_alone = others.clone().next().is_none();
    let is_selected = keys.form() == "event" && !is_alone;
    let rest = if is_selected { " …," } else { "" };
    let condition = format!("{}: {},{rest} {form}: {value}", keys.form(), subject(keys));
    let apart = if is_alone || is_selected { "" } else { ", as a separate condition in `all: […]`" };
    format!("to say the opposite of `{form}`, write `not: {{ {condition} }}`{apart}")
}

/// How to say that a value lies between two, or does not.
fn between(is_negated: bool, entry: &KeyValue, keys: &Keys<'_>) -> String {
    let (low, high) = match entry.value.items() {
        Some([low, high]) => (shown(low), shown(high)),
        _ => ("…".to_owned(), "…".to_owned()),
    };
    match (is_negated, keys.form()) {
        (false, _) => format!("write `gte: {low}, lte: {high}`; both ends are included"),
        (true, "") => format!("write two entries, one with `lt: {low}`, one with `gt: {high}`"),
        (true, form) => format!("write `not: {{ {form}: {}, gte: {low}, lte: {high} }}`", subject(keys)),
    }
}

/// How to ask for a value that is missing, or that is there, where an operator compares with an empty text.
pub(super) fn for_missing(keys: &Keys<'_>, operator: &str) -> String {
    let is_negated = ["is_not", "not_in"].contains(&operator);
    let (asked, form) = if is_negated { ("a value of any kind", "present") } else { ("a missing value", "absent") };
    match keys.form() {
        "field" => format!("to ask for {asked}, write `{form}: [{}]`", subject(keys)),
        "" if is_negated => "for all other values, write `otherwise: …` beside `tiers`".to_owned(),
        "" => "for a missing value, write `unknown: …` beside `tiers`".to_owned(),
        _ => format!("a missing value is never compared; leave `{operator}` out"),
    }
}

/// The field, event or score that a condition is about.
fn subject(keys: &Keys<'_>) -> String {
    keys.peek(keys.form()).map_or_else(|| "…".to_owned(), shown)
}

/// The longest value that is repeated in a hint, in characters.
const MOST_SHOWN: usize = 40;

/// A value as it can be written anywhere, `…` for one that is long, nested or needs quotes.
fn shown(node: &YamlNode) -> String {
    match &node.kind {
        YamlKind::Scalar(scalar) if is_plain(&scalar.text) && !scalar.quoted => scalar.text.clone(),
        _ => "…".to_owned(),
    }
}

fn is_plain(text: &str) -> bool {
    let is_tame = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ' ');
    (1..=MOST_SHOWN).contains(&text.chars().count()) && text.chars().all(is_tame)
}
