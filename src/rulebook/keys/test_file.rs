//! Test files: leads that somebody thought of, and what must become of them.

use super::operator::{EQUAL, ORDER};
use super::{Key, Mapping, Takes};

/// A test file.
pub(crate) const TEST_FILE: Mapping = Mapping::new(
    "test_file",
    "a test file",
    "The tests of a rulebook: example leads, and the results that they should have.",
)
.example("{ as_of: 2026-06-01, tests: [{ name: an empty lead, expect: { total: 0 } }] }")
.keys(&[&[
    Key::new("rulebook", Takes::Text, "The rulebook that is tested. The path is relative to this file.")
        .default("the rulebook beside it: `NAME.yaml` for `NAME.test.yaml`")
        .example("rulebook: ../b2b-saas.yaml"),
    Key::required("as_of", Takes::Date, "The day of scoring. A date means the end of that day.")
        .example("as_of: 2026-06-01"),
    Key::new(
        "sources",
        Takes::ByName("source", &Takes::OneOrMore(&Takes::Name("an event type"))),
        "The source of an event type, where several sources could have it.",
    )
    .example("sources: { web: [demo_request, page_view] }"),
    Key::new(
        "personas",
        Takes::ByName("persona", &Takes::In(&LEAD)),
        "Leads with a name, which tests begin from with `is`.",
    )
    .example("personas: { cto: { job_title: CTO, employees: 450 } }"),
    Key::required("tests", Takes::List(&Takes::In(&TEST)), "The tests.")
        .example("tests: [{ name: an empty lead scores nothing, expect: { total: 0 } }]"),
]]);

/// A test.
pub(crate) const TEST: Mapping = Mapping::new("test", "a test", "One lead, and the results that it should have.")
    .example("{ name: an empty lead scores nothing, expect: { total: 0, stage: Lead } }")
    .keys(&[&[
        Key::required("name", Takes::Text, "What the test shows, in your words.")
            .example("name: a CTO who asks for a demo is an MQL"),
        Key::new("as_of", Takes::Date, "Another day of scoring, for this test alone.").example("as_of: 2026-03-31"),
        Key::new("lead", Takes::In(&LEAD), "The lead's fields.").example("lead: { is: cto, country: DE }"),
        Key::new(
            "events",
            Takes::List(&Takes::OneOf(&[Takes::Text, Takes::In(&EVENT)])),
            "What the lead did: one line for each event or series of events.",
        )
        .example("events: [demo_request -2d, email_open x3 every 1d from -9d]"),
        Key::new("previous_stage", Takes::Name("a stage"), "The lead's stage in the previous run.")
            .example("previous_stage: MQL"),
        Key::new("expect", Takes::In(&EXPECT), "The results that the lead should have.")
            .example("expect: { stage: MQL, fit: { gte: 40 } }"),
        Key::new(
            "later",
            Takes::ByName("`+90d` or a date", &Takes::In(&EXPECT)),
            "The results that the lead should have later, without new events.",
        )
        .example("later: { +90d: { stage: Lead } }"),
    ]]);

/// A value of a field: typed by the rulebook, or none.
const VALUE: Takes = Takes::OneOf(&[Takes::Text, Takes::List(&Takes::Text), Takes::Empty]);

/// A lead of a test.
pub(crate) const LEAD: Mapping = Mapping::new("lead", "a lead", "The fields of a lead, with their values.")
    .example("{ is: cto, country: DE }")
    .keys(&[&[Key::new(
        "is",
        Takes::OneOrMore(&Takes::Name("a persona")),
        "The persona, or personas, whose fields the lead has.",
    )
    .example("is: cto")]])
    .others("field of leads", VALUE);

/// An event of a test, as a mapping.
pub(crate) const EVENT: Mapping = Mapping::new("event", "an event", "An event, with its fields.")
    .example("{ type: webinar_attended, time: -5d, minutes: 40 }")
    .keys(&[&[
        Key::required("type", Takes::Text, "The event type.").example("type: webinar_attended"),
        Key::required(
            "time",
            Takes::Text,
            "When it happened: `-5d` is five days before the day of scoring; or `now`, or a date.",
        )
        .example("time: -5d"),
        Key::new("times", Takes::Whole(1), "How many such events there are.").default("1").example("times: 3"),
        Key::new("every", Takes::Duration, "How far apart they are, counted on from `time`.").example("every: 1d"),
        Key::new("id", Takes::Text, "The event's id. Two events with one id count once.").example("id: e1"),
        Key::new("source", Takes::Name("a source"), "The source, where several could be meant.").example("source: web"),
        Key::new(
            "fields",
            Takes::ByName("field of events", &VALUE),
            "The event's fields, for those that are named like a key here.",
        )
        .example("fields: { id: 17 }"),
    ]])
    .others("field of events", VALUE);

/// What is expected of a number.
pub(crate) const EXPECTATION: Mapping =
    Mapping::new("expectation", "an expectation", "What a number must be, by operators.")
        .example("{ gte: 100 }")
        .keys(&[EQUALS, BOUNDS]);

/// What is expected of a text.
pub(crate) const TEXT_EXPECTATION: Mapping =
    Mapping::new("text_expectation", "an expectation", "What a text must be, by operators.")
        .example("{ in: [A1, A2] }")
        .keys(&[EQUALS]);

/// What is expected of the stage.
pub(crate) const STAGE_EXPECTATION: Mapping = Mapping::new(
    "stage_expectation",
    "an expectation",
    "What the stage must be. Stages have an order: `{ lt: SQL }` is a stage before SQL.",
)
.example("{ gte: MQL }")
.keys(&[EQUALS, STAGE_BOUNDS]);

const SEVERAL: Takes = Takes::OneOf(&[Takes::Text, Takes::List(&Takes::Text)]);

const EQUALS: &[Key] = &[
    Key { takes: SEVERAL, example: "{ is: 100 }", ..EQUAL[0] },
    Key { takes: SEVERAL, example: "{ is_not: 100 }", meaning: "Not equal to this value.", ..EQUAL[1] },
    Key { takes: SEVERAL, example: "{ in: [A1, A2] }", ..EQUAL[2] },
    Key { takes: SEVERAL, example: "{ not_in: [C, D] }", meaning: "Equal to none of these values.", ..EQUAL[3] },
];

const BOUNDS: &[Key] = &[
    Key { takes: Takes::Number, meaning: "Greater than this.", example: "{ gt: 100 }", ..ORDER[0] },
    Key { takes: Takes::Number, example: "{ gte: 100 }", ..ORDER[1] },
    Key { takes: Takes::Number, meaning: "Less than this.", example: "{ lt: 100 }", ..ORDER[2] },
    Key { takes: Takes::Number, example: "{ lte: 100 }", ..ORDER[3] },
];

const STAGE_BOUNDS: &[Key] = &[
    Key { takes: Takes::Text, meaning: "A later stage than this.", example: "{ gt: Lead }", ..ORDER[0] },
    Key { takes: Takes::Text, meaning: "This stage or a later one.", example: "{ gte: MQL }", ..ORDER[1] },
    Key { takes: Takes::Text, meaning: "An earlier stage than this.", example: "{ lt: SQL }", ..ORDER[2] },
    Key { takes: Takes::Text, meaning: "This stage or an earlier one.", example: "{ lte: MQL }", ..ORDER[3] },
];

const RESULT: Takes = Takes::OneOf(&[
    Takes::Text,
    Takes::List(&Takes::Text),
    Takes::Empty,
    Takes::In(&EXPECTATION),
    Takes::In(&TEXT_EXPECTATION),
]);

/// What is expected of a lead.
pub(crate) const EXPECT: Mapping =
    Mapping::new("expect", "what is expected", "The results of the lead, each as a value or with operators.")
        .more(
            "A result is a column of `scored.csv` or a group such as `fit.company`. An empty value, or `false`, means an empty cell.",
        )
        .example("expect: { stage: MQL, total: { gte: 100 }, fired: [demo-request] }")
        .keys(&[&[
            Key::new(
                "fired",
                Takes::OneOf(&[Takes::Text, Takes::List(&Takes::Text), Takes::ByName("criterion", &RESULT)]),
                "Criteria that give points. As a mapping, with the points that they give.",
            )
            .example("fired: { demo-request: 80, white-paper: { gte: 10 } }"),
            Key::new("not_fired", SEVERAL, "Criteria that give no points.").example("not_fired: [free-mail]"),
            Key::new(
                "stage",
                Takes::OneOf(&[Takes::Text, Takes::List(&Takes::Text), Takes::Empty, Takes::In(&STAGE_EXPECTATION)]),
                "The stage. `Disqualified` comes before all stages.",
            )
            .example("stage: { gte: MQL }"),
        ]])
        .others("result", RESULT);
