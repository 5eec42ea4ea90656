//! Conditions: each shape with its keys, and what it may name.

use super::operator::{EQUAL, OLDER, ORDER};
use super::selection::{MEASURED, SELECTED};
use super::{Key, Mapping, OPERATORS_OF_FIELD, Reach, Shape, Takes};

/// A condition. A bare list of conditions means `all`.
pub(crate) const CONDITION: Mapping =
    Mapping::new("condition", "a condition", "What must be true of a lead, or of an event.")
        .more(
            "A condition is true, false or unknown. A comparison with a missing value is unknown: it \
         is neither true nor false. A list of conditions, without a key, means `all`.",
        )
        .example("{ field: country, is: DE }")
        .apart("combine conditions with `all: […]` or `any: […]`")
        .shapes(&[SINGLE, COMBINED]);

const NAMES: Takes = Takes::OneOrMore(&Takes::Name("a field"));

const INNER: Takes = Takes::Filled(&Takes::Inner);

const SINGLE: &[Shape] = &[
    Shape::new(
        &[Key::deciding(
            "field",
            Takes::Name("a field"),
            "The field that is compared, or a part of it: `email.domain`.",
        )
        .more("All operators beside it must hold.")
        .example("{ field: country, is: DE }")],
        &OPERATORS_OF_FIELD,
    ),
    Shape::new(&[], &[SELECTED, MEASURED, EQUAL, ORDER, OLDER]).only_from(Reach::Facts).not_of_accounts(),
    Shape::new(
        &[Key::deciding(
            "score",
            Takes::Name("a score"),
            "A score: `total`, a dimension, or a group such as `fit.company`.",
        )
        .more("A group's score is taken before the dimension's weight.")
        .example("{ score: total, gte: 100 }")],
        &[EQUAL, ORDER],
    )
    .only_from(Reach::Scores),
    Shape::new(
        &[Key::deciding("stage", Takes::Name("a stage"), "The lead holds this stage.")
            .more("Inside `stages`, only stages above can be named.")
            .example("{ stage: MQL }")],
        &[],
    )
    .only_from(Reach::Stages),
    Shape::new(
        &[Key::deciding(
            "grade",
            Takes::OneOrMore(&Takes::Name("a grade")),
            "The lead's grade is exactly one of these.",
        )
        .example("{ grade: [A1, A2, B1] }")],
        &[],
    )
    .only_from(Reach::Scores)
    .not_of_accounts(),
    Shape::new(
        &[Key::deciding("present", NAMES, "All of these fields have a value. Never unknown.")
            .example("{ present: [first_name, company] }")],
        &[],
    ),
    Shape::new(
        &[Key::deciding("absent", NAMES, "None of these fields has a value. Never unknown.")
            .example("{ absent: [contacted] }")],
        &[],
    ),
];

const COMBINED: &[Shape] = &[
    Shape::new(
        &[Key::deciding("all", INNER, "All of these conditions are true.")
            .example("{ all: [{ field: country, is: DE }, { field: employees, gte: 50 }] }")
            .also_called(&["and"])],
        &[],
    ),
    Shape::new(
        &[Key::deciding("any", INNER, "At least one of these conditions is true.")
            .example("{ any: [{ field: country, is: DE }, { field: employees, gte: 500 }] }")
            .also_called(&["or"])],
        &[],
    ),
    Shape::new(
        &[Key::deciding("not", Takes::Inner, "This condition is false. If it is unknown, so is `not`.")
            .example("{ not: { field: country, is: DE } }")],
        &[],
    ),
    Shape::new(
        &[
            Key::deciding("at_least", Takes::Whole(1), "At least this many of the conditions under `of` are true.")
                .example("{ at_least: 2, of: [{ present: phone }, { present: company }, { present: job_title }] }"),
            Key::required("of", INNER, "The conditions that `at_least` counts.")
                .example("{ at_least: 1, of: [{ present: phone }, { present: email }] }"),
        ],
        &[],
    ),
];
