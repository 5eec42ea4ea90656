//! Disqualifiers, stages and priorities.

use super::selection::OCCASION;
use super::{Key, Mapping, Reach, Shape, Takes, Version};

/// A disqualifier.
pub(crate) const DISQUALIFIER: Mapping = Mapping::new("disqualifier", "a disqualifier", "Why a lead is not for sales.")
    .example("{ reason: competitor, when: { field: email.domain, in: [rival.example] } }")
    .keys(&[&[
        Key::required("reason", Takes::Text, "The reason, as the column `disqualified` shows it.")
            .example("reason: competitor"),
        Key::required("when", Takes::Condition(Reach::Scores), "Which leads are disqualified.")
            .example("when: { field: email.domain, in: { list: competitors } }")
            .also_called(&["if"]),
    ]]);

/// A stage.
pub(crate) const STAGE: Mapping = Mapping::new("stage", "a stage", "A step of the funnel.")
    .more(
        "A stage was *entered* when the CRM says so. A lead *holds* a stage in three cases: it is \
         the first stage; its `when` is true, and so is `after`, if there is one; or it has no \
         `when` and was entered. Every stage but the first needs `when` or `entered`.",
    )
    .example("{ name: MQL, when: { score: total, gte: 100 } }")
    .keys(&[&[
        Key::required("name", Takes::Text, "The name of the stage. `Disqualified` is taken.").example("name: MQL"),
        Key::new(
            "when",
            Takes::Condition(Reach::Stages),
            "What makes a lead hold the stage. The first stage has none.",
        )
        .example("when: [{ score: total, gte: 100 }, { score: fit, gte: 40 }]")
        .also_called(&["if"]),
        Key::new(
            "keep_when",
            Takes::Condition(Reach::Stages),
            "What is enough to stay in the stage. For runs with `--previous`.",
        )
        .more(
            "It helps a lead that was in this stage, or a later one, in the previous run. It goes \
             with `when`.",
        )
        .example("keep_when: { score: total, gte: 80 }"),
        Key::new(
            "after",
            Takes::OneOrMore(&Takes::Name("a stage")),
            "Earlier stages. The lead must hold, or have entered, one of them.",
        )
        .more("It goes with `when`.")
        .example("after: [MQL, PQL]"),
        Key::new(
            "entered",
            Takes::OneOf(&[Takes::Name("a date field"), Takes::In(&ENTERED), Takes::List(&A_MOMENT)]),
            "What records the entry in the CRM: a date field, an event, a condition, or a list of dates and events.",
        )
        .more(
            "A date after the day of scoring does not count. Of several records the earliest is the date; with \
             `returns`, the earliest after the latest return.",
        )
        .example("entered: became_mql"),
        Key::new(
            "recycle_when",
            Takes::Condition(Reach::Stages),
            "When a lead that the CRM has in this stage goes back to marketing.",
        )
        .default("never")
        .example("recycle_when: { all: [{ absent: [contacted] }, { score: total, lt: 60 }] }")
        .also_called(&["recycle"]),
    ]]);

/// What records the entry into a stage, if not a date field.
pub(crate) const ENTERED: Mapping =
    Mapping::new("entered", "`entered`", "The event or the condition that records an entry into a stage.")
        .example("entered: { event: deal_won }")
        .shapes(&[&[
            Shape::new(
                &[
                    Key::deciding("when", Takes::Condition(Reach::Facts), "The stage was entered where this is true.")
                        .example("entered: { when: { field: status, is: Customer } }"),
                    Key::new("at", Takes::Name("a date field"), "The date that says when.")
                        .since(Version::V1_1)
                        .default("nobody knows when")
                        .example("{ when: { field: status, is: Customer }, at: closed_at }"),
                ],
                &[],
            ),
            Shape::new(&[], &[OCCASION]),
        ]]);

/// A moment in the life of a lead, if not a date field.
pub(crate) const MOMENT: Mapping =
    Mapping::new("moment", "a date field or an event", "An event. The earliest one counts.")
        .example("{ event: deal_lost }")
        .keys(&[OCCASION]);

/// A moment: a date field or an event.
pub(super) const A_MOMENT: Takes = Takes::OneOf(&[Takes::Name("a date field"), Takes::In(&MOMENT)]);

/// `returns`
pub(crate) const RETURNS: Mapping =
    Mapping::new("returns", "`returns`", "What records that sales gave a lead back to marketing.")
        .more(
            "Each return ends one *pass* of the lead through the stages and begins the next. What the CRM recorded before the \
             return no longer counts as entered, so that a lead that qualifies again is handed over again. The first stage counts \
             as entered again at the return. The last stage is never undone if it has no `when`, and a return after it is none. \
             A return and a record on one day: where one of them is a date without a time, the record counts as before the return.",
        )
        .example("{ at: recycled_at, reason: recycle_reason }")
        .keys(&[&[
            Key::required(
                "at",
                Takes::OneOf(&[Takes::Name("a date field"), Takes::In(&MOMENT), Takes::List(&A_MOMENT)]),
                "The date fields or events that record it. Each of their dates is a return.",
            )
            .example("at: [recycled_at, { event: returned_to_marketing }]"),
            Key::new("reason", Takes::Name("a field of leads or events"), "The field that says why.")
                .more("A field of leads tells the reason of the latest return, a field of the event that of its own.")
                .example("reason: recycle_reason"),
        ]]);

/// A priority.
pub(crate) const PRIORITY: Mapping =
    Mapping::new("priority", "a priority", "Which leads to work on first, and what to do with them.")
        .more("Disqualified leads have no priority.")
        .example("{ name: high, when: { stage: MQL }, action: Call within 24 hours }")
        .keys(&[&[
            Key::required("name", Takes::Text, "The name of the priority.").example("name: high"),
            Key::new("when", Takes::Condition(Reach::Stages), "Which leads have it.")
                .default("every lead that no entry above takes")
                .example("when: [{ stage: MQL }, { grade: [A1, A2] }]")
                .also_called(&["if"]),
            Key::new("action", Takes::Text, "What to do with these leads.").example("action: Call within 24 hours"),
        ]]);
