//! What other tools call the operators of conditions, and which operator of ours that comes to.
//!
//! CRMs have an operator for every opposite (`does not contain`, `is unknown`); this language has `not`. Here a name is taken apart
//! into its words, so that an opposite is seen however it is spelt. Reads names only: which of them may stand where is [`super::hint`]'s.

use crate::diagnostic::{is_negation, nearest, words};

/// What an operator of another tool comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ForeignMeaning {
    /// An operator.
    Operator(&'static str),
    /// The opposite of an operator, or of another form of condition, that has no name of its own.
    Not(&'static str),
    /// Whether a field has a value.
    Presence(bool),
    /// That a value lies between two others, or, negated, that it does not.
    Between(bool),
}

/// Words that say nothing about which operator it is.
const FILLERS: [&str; 15] =
    ["is", "are", "be", "been", "was", "were", "does", "do", "did", "to", "of", "than", "the", "a", "ever"];

/// Words that hold a negation of their own, and what is left without it.
const NEGATED: [(&str, &str); 13] = [
    ("exclude", "contains"),
    ("excludes", "contains"),
    ("excluding", "contains"),
    ("lack", "contains"),
    ("lacks", "contains"),
    ("ncontains", "contains"),
    ("nstartswith", "startswith"),
    ("nendswith", "endswith"),
    ("ne", "is"),
    ("neq", "is"),
    ("nin", "in"),
    ("none", NONE),
    ("outside", "in"),
];

/// What is left of `none`, which is said of values and of conditions.
const NONE: &str = "one";

/// What is left of a name without negations and fillers, by what it comes to. The first is the operator's own name.
const OPERATORS: [(&str, &[&str]); 13] = [
    ("is", &["is", "eq", "equal", "equals", "exactly", "exact", "same", "on"]),
    ("in", &["in", NONE, "any", "among", "equal any", "in list", "member", "oneof", "anyof"]),
    (
        "contains",
        &[
            "contains",
            "contain",
            "containing",
            "contained",
            "contains any",
            "contain any",
            "contains token",
            "contain token",
            "include",
            "includes",
            "including",
            "has",
            "have",
            "like",
            "ilike",
            "substring",
        ],
    ),
    ("has_word", &["has word", "have word", "word", "hasword"]),
    (
        "starts_with",
        &[
            "starts with",
            "start with",
            "startswith",
            "starting with",
            "begins with",
            "begin with",
            "beginswith",
            "prefix",
        ],
    ),
    ("ends_with", &["ends with", "end with", "endswith", "ending with", "suffix"]),
    ("matches", &["matches", "match", "matching", "regex", "regexp", "matches regex", "match regex", "pattern"]),
    ("gt", &["gt", "greater", "more", "above", "over", "higher", "exceeds", "after", "later"]),
    (
        "gte",
        &[
            "gte",
            "ge",
            "geq",
            "greater equal",
            "greater or equal",
            "more or equal",
            "at least",
            "min",
            "minimum",
            "on or after",
        ],
    ),
    ("lt", &["lt", "less", "below", "under", "lower", "fewer", "before", "earlier"]),
    ("lte", &["lte", "le", "leq", "less equal", "less or equal", "at most", "max", "maximum", "up", "on or before"]),
    (
        "within",
        &["within", "in last", "in past", "last", "newer", "younger", "more recent", "less days ago", "within last"],
    ),
    ("older_than", &["older", "before last", "more days ago", "longer ago"]),
];

/// The same of the words that ask whether a field has a value.
const PRESENCE: [(bool, &[&str]); 2] = [
    (
        true,
        &[
            "present",
            "known",
            "exists",
            "exist",
            "filled",
            "set",
            "defined",
            "has value",
            "any value",
            "has any value",
            "has property",
        ],
    ),
    (false, &["absent", "unknown", "empty", "missing", "null", "blank", "undefined", "unset", "nil"]),
];

/// The same of the words for two bounds at once.
const BETWEEN: [&str; 5] = ["between", "in between", "range", "in range", "within range"];

/// Other forms of condition, which `not` turns round too.
const FORMS: [&str; 7] = ["field", "event", "score", "stage", "grade", "all", "any"];

/// What a name comes to, if it is one that other tools have. `of_subject` is whether it stands beside the field, event or score that
/// it is said of; else it may be a form of condition itself.
pub(super) fn meaning(name: &str, of_subject: bool) -> Option<ForeignMeaning> {
    let (core, is_negated) = core(name);
    if !of_subject && is_negated {
        let form = FORMS.into_iter().find(|form| core == *form);
        if let Some(form) = form.or((core == NONE).then_some("any")) {
            return Some(ForeignMeaning::Not(form));
        }
    }
    if BETWEEN.contains(&core.as_str()) {
        return Some(ForeignMeaning::Between(is_negated));
    }
    let found = operator(&core).or_else(|| {
        // A misspelt opposite: without this, nothing could be offered for it.
        let known = OPERATORS.iter().flat_map(|(_, words)| words.iter().copied());
        nearest(&core, known).filter(|_| is_negated && core.len() > 3).and_then(operator)
    });
    let presence = || {
        let found = PRESENCE.into_iter().find(|(_, words)| words.contains(&core.as_str()));
        found.map(|(is_present, _)| ForeignMeaning::Presence(is_present != is_negated))
    };
    match found {
        Some(operator) => Some(if is_negated { opposite(operator) } else { ForeignMeaning::Operator(operator) }),
        None => presence(),
    }
}

/// The words that decide, and whether they are negated.
fn core(name: &str) -> (String, bool) {
    let mut is_negated = name.starts_with('!');
    let mut left: Vec<String> = Vec::new();
    let words = words(name);
    let is_verb = words.iter().any(|word| ["is", "are", "was", "be"].contains(&word.as_str()));
    for word in words {
        if let Some((_, rest)) = NEGATED.iter().find(|(negated, _)| *negated == word) {
            is_negated = !is_negated;
            left.push((*rest).to_owned());
        } else if is_negation(&word) {
            is_negated = !is_negated;
        } else if let Some(rest) = glued(&word) {
            is_negated = !is_negated;
            left.push(rest.to_owned());
        } else if !FILLERS.contains(&word.as_str()) {
            left.push(word);
        }
    }
    // `isnt`, `never` and `is not` say all that there is to say.
    if left.is_empty() && (is_negated || is_verb) {
        left.push("is".to_owned());
    }
    (left.join(" "), is_negated)
}

/// What follows a `not` that is written without a gap, where that is a word known here: `notcontains`.
fn glued(word: &str) -> Option<&str> {
    let rest = ["not", "non", "isnot", "doesnot"].into_iter().find_map(|negation| word.strip_prefix(negation))?;
    let begins_phrase =
        |(_, phrases): &(&str, &[&str])| phrases.iter().any(|phrase| phrase.split(' ').next() == Some(rest));
    let asks_presence = PRESENCE.iter().any(|(_, words)| words.contains(&rest));
    (!rest.is_empty() && (OPERATORS.iter().any(begins_phrase) || asks_presence)).then_some(rest)
}

fn operator(core: &str) -> Option<&'static str> {
    OPERATORS.iter().find(|(_, phrases)| phrases.contains(&core)).map(|(operator, _)| *operator)
}

/// The opposite of an operator, by its own name where it has one.
fn opposite(operator: &'static str) -> ForeignMeaning {
    match operator {
        "is" => ForeignMeaning::Operator("is_not"),
        "in" => ForeignMeaning::Operator("not_in"),
        "gt" => ForeignMeaning::Operator("lte"),
        "gte" => ForeignMeaning::Operator("lt"),
        "lt" => ForeignMeaning::Operator("gte"),
        "lte" => ForeignMeaning::Operator("gt"),
        other => ForeignMeaning::Not(other),
    }
}
