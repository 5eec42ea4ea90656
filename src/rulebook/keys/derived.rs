//! Derived fields: what a value is made of, where it is not a column's.

use super::key::Version::V1_1;
use super::selection::SELECTED;
use super::{Key, Mapping, OPERATORS_OF_FIELD, Shape, Takes};

const WHAT: &str = "a derived field";
const MEANING: &str = "A field that is made of other fields.";
const MORE: &str = "It has no column. It reads fields of the same rows, declared above or below it, or parts of them. Its \
                    type follows from what it is made of.";
const EXAMPLE: &str = "{ from: country_raw, map: { Germany: [Deutschland, DE] } }";
const APART: &str = "make two fields of it; one can read the other";

/// A derived field of leads.
pub(crate) const DERIVED: Mapping =
    Mapping::new("derived_field", WHAT, MEANING).more(MORE).example(EXAMPLE).apart(APART).shapes(&[OF_ROW, OF_EVENTS]);

/// A derived field of a table or of events.
pub(crate) const DERIVED_IN_ROW: Mapping =
    Mapping::new("derived_field_of_a_row", "a derived field of a table or source", MEANING)
        .more(MORE)
        .example(EXAMPLE)
        .apart(APART)
        .shapes(&[OF_ROW]);

const OF_ROW: &[Shape] = &[
    Shape::new(
        &[
            Key::deciding(
                "map",
                Takes::ByName("text", &Takes::OneOrMore(&Takes::Text)),
                "What each value is called. The new text comes first, then the values that it stands for.",
            )
            .more(
                "In texts, capitals do not matter, no value can stand twice, and a new text also stands for itself. \
                 For numbers, dates and booleans, the first entry that fits counts.",
            )
            .example("map: { Germany: [Deutschland, DE], Austria: AT }")
            .since(V1_1),
            FROM,
        ],
        &[REST],
    ),
    Shape::new(
        &[
            Key::deciding(
                "bands",
                Takes::Filled(&Takes::In(&BAND)),
                "Ranges of the field, each with its text. The first band that is true counts.",
            )
            .example("bands: [{ gte: 1000, then: Enterprise }, { gte: 50, then: Mid-market }]")
            .since(V1_1),
            FROM,
        ],
        &[REST],
    ),
    Shape::new(
        &[Key::deciding("first_of", FIELDS, "The first of these fields that has a value. All have the same type.")
            .example("first_of: [mobile, phone]")
            .since(V1_1)],
        &[],
    ),
    Shape::new(
        &[Key::deciding("earliest", FIELDS, "The earliest of these dates, of those that there are.")
            .example("earliest: [mql_hubspot, mql_salesforce]")
            .since(V1_1)],
        &[],
    ),
    Shape::new(
        &[Key::deciding("latest", FIELDS, "The latest of these dates, of those that there are.")
            .example("latest: [last_call, last_mail]")
            .since(V1_1)],
        &[],
    ),
    Shape::new(
        &[
            Key::deciding(
                "minus",
                Takes::Name("a field"),
                "The field that is taken away. Missing if either is missing.",
            )
            .example("{ from: employees, minus: employees_last_year }")
            .since(V1_1),
            FROM,
            Key::new("in", Takes::Word(&["days"]), "With `days`, the days from one date to another, with fractions.")
                .default("the difference of two numbers")
                .example("{ from: renewed, minus: created, in: days }")
                .since(V1_1),
        ],
        &[],
    ),
    Shape::new(
        &[Key::deciding("sum_of", FIELDS, "The sum of these numbers. Missing if one is missing.")
            .example("sum_of: [seats_sales, seats_support]")
            .since(V1_1)],
        &[],
    ),
];

const OF_EVENTS: &[Shape] = &[
    Shape::new(
        &[Key::deciding(
            "first",
            Takes::Name("a field of events, or time"),
            "This field of the earliest selected event that has it; `time` is when that event happened.",
        )
        .more("Of events at the same moment, the smallest value counts.")
        .example("{ event: page_view, first: utm_source }")
        .since(V1_1)],
        &[SELECTED],
    ),
    Shape::new(
        &[Key::deciding(
            "last",
            Takes::Name("a field of events, or time"),
            "The same of the latest selected event that has it.",
        )
        .example("{ event: page_view, last: utm_source }")
        .since(V1_1)],
        &[SELECTED],
    ),
];

const FIELDS: Takes = Takes::Filled(&Takes::Name("a field"));

const FROM: Key = Key::deciding("from", Takes::Name("a field"), "The field that it is made of, or a part of it.")
    .example("from: country_raw")
    .since(V1_1);

const REST: &[Key] = &[
    Key::new("otherwise", Takes::Text, "The text for all other values.")
        .default("with `map`, the field's own text; with `bands`, missing")
        .example("otherwise: Other")
        .since(V1_1),
    Key::new("unknown", Takes::Text, "The text if the field has no value.")
        .default("missing")
        .example("unknown: Unknown")
        .since(V1_1),
];

/// A band.
pub(crate) const BAND: Mapping = Mapping::new("band", "a band", "A text for a range of a field.")
    .more("All operators of a band must hold. Its right sides are values or other fields of the same rows.")
    .example("{ gte: 50, then: Mid-market }")
    .keys(&BAND_KEYS);

const BAND_KEYS: [&[Key]; 6] = {
    let [equal, of_text, order, within, older] = OPERATORS_OF_FIELD;
    [THEN, equal, of_text, order, within, older]
};

const THEN: &[Key] = &[Key::required("then", Takes::Text, "The text of this band.")
    .example("{ gte: 50, then: Mid-market }")
    .since(V1_1)];
