//! Operators: what a field, a measure or a score is compared by. Each is decoded in `parse/operator.rs`.

use super::selection::{MEASURED, SELECTED};
use super::{Key, Mapping, Reach, Shape, Takes};

/// Operators that every value has.
pub(super) const EQUAL: &[Key] = &[
    Key::new("is", Takes::Text, "Equal to this value. In texts, capitals do not matter.")
        .example("{ field: status, is: Open }")
        .also_called(&["eq", "equals", "=", "=="]),
    Key::new("is_not", Takes::Text, "Not equal to this value. Unknown where the field is missing.")
        .example("{ field: status, is_not: Closed }")
        .also_called(&["ne", "not_equals", "!=", "<>"]),
    Key::new("in", VALUES, "Equal to one of these values.").example("{ field: country, in: [DE, AT, CH] }"),
    Key::new("not_in", VALUES, "Equal to none of these values. Unknown where the field is missing.")
        .example("{ field: industry, not_in: { list: icp } }"),
];

/// Operators of texts, e-mail addresses, urls and their parts.
const OF_TEXT: &[Key] = &[
    Key::new("contains", VALUES, "Has one of these texts in it.").example("{ field: job_title, contains: market }"),
    Key::new("has_word", VALUES, "Has one of these texts as a whole word.")
        .more("*intern* is not a word of *international*; *C++* is one of *C++ developer*.")
        .example("{ field: job_title, has_word: [CEO, VP, Head] }"),
    Key::new("starts_with", VALUES, "Begins with one of these texts.")
        .example("{ field: url.path, starts_with: /pricing }"),
    Key::new("ends_with", VALUES, "Ends with one of these texts.").example("{ field: email.domain, ends_with: .edu }"),
    Key::new("matches", VALUES, "A regular expression is found in it.")
        .more("Capitals do not matter. Use `^` and `$` for the beginning and the end.")
        .example("{ field: job_title, matches: \"head of (sales|growth)\" }")
        .also_called(&["regex"]),
];

/// Operators of numbers and dates.
pub(super) const ORDER: &[Key] = &[
    Key::new("gt", RIGHT, "Greater than this; later, for dates.")
        .example("{ field: employees, gt: 50 }")
        .also_called(&[">"]),
    Key::new("gte", RIGHT, "This or greater.").example("{ field: employees, gte: 50 }").also_called(&[">="]),
    Key::new("lt", RIGHT, "Less than this; earlier, for dates.")
        .example("{ field: employees, lt: 5 }")
        .also_called(&["<"]),
    Key::new("lte", RIGHT, "This or less.").example("{ field: employees, lte: 4 }").also_called(&["<="]),
];

/// An operator of dates that goes beside an event, too, whose own `within` is the window of the selection.
pub(super) const OLDER: &[Key] = &[Key::new("older_than", Takes::Duration, "At least this long ago. For dates.")
    .example("{ field: contacted, older_than: 30d }")];

const WITHIN: &[Key] = &[Key::new("within", Takes::Duration, "In the last stretch of time. For dates.")
    .example("{ field: created, within: 30d }")];

/// All operators, in the groups in which places share them.
pub(crate) const OPERATORS_OF_FIELD: [&[Key]; 5] = [EQUAL, OF_TEXT, ORDER, WITHIN, OLDER];

/// The names of all operators.
pub(crate) fn operators() -> impl Iterator<Item = &'static str> {
    OPERATORS_OF_FIELD.into_iter().flatten().map(|key| key.name)
}

const VALUES: Takes = Takes::OneOf(&[Takes::OneOrMore(&Takes::Text), Takes::In(&NAMED_LIST)]);

const RIGHT: Takes = Takes::OneOf(&[Takes::Bound, Takes::In(&RIGHT_SIDE)]);

/// A list by its name.
pub(crate) const NAMED_LIST: Mapping = Mapping::new(
    "named_list",
    "a named list",
    "The entries of a list under `lists`.",
)
.example("{ list: icp }")
.keys(&[&[Key::required("list", Takes::Name("a list"), "The name of a list under `lists`.").example("{ list: icp }")]]);

/// What stands on the right of an order, if not a value.
pub(crate) const RIGHT_SIDE: Mapping = Mapping::new(
    "right_side",
    "the right side",
    "Another field, or a measure of events, that a value is compared with.",
)
.example("{ field: length, times: 0.5 }")
.keys(&[&[Key::new("times", Takes::Number, "What the right side is multiplied by. For numbers.")
    .default("1")
    .example("{ field: minutes, gt: { field: length, times: 0.5 } }")]])
.shapes(&[&[
    Shape::new(
        &[Key::deciding("field", Takes::Name("a field"), "The field that is compared with.")
            .example("{ field: minutes, gt: { field: length } }")],
        &[],
    ),
    Shape::new(&[], &[SELECTED, MEASURED]).only_from(Reach::Facts).not_of_accounts(),
]]);
