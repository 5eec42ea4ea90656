//! The keys of a rule by which events are automated.

use super::{Key, Mapping, Reach, Shape, Takes, Version};

/// A rule by which events of a source are automated.
pub(crate) const AUTOMATED: Mapping = Mapping::new(
    "automated",
    "a rule for automated events",
    "Events that a program makes, not the lead: a mail scanner that opens a mail and follows its links.",
)
.more(
    "An automated event gives no points and is in no measure, but it is counted in the output. An event is counted under the first \
     rule that it meets. Whether it meets a rule never depends on whether another event is automated.",
)
.example("{ event: email_click, after: email_sent, within: 15s }")
.apart("write two rules")
.keys(&[&[
    Key::required(
        "event",
        TYPES,
        "The types of event that this rule can set aside. They are types of this source. `any` is not possible here.",
    )
    .since(Version::V1_1)
    .example("event: [email_click, email_open]"),
    Key::new("same", Takes::Name("a field of events"), "Only events with the same value of this field are compared.")
        .since(Version::V1_1)
        .more("The rule does not look at events without a value. The field can't have `split`.")
        .example("same: campaign"),
]])
.shapes(&[&[
    Shape::new(
        &[
            Key::deciding(
                "after",
                TYPES,
                "An event is automated if another event of one of these types lies shortly before it or at the same instant.",
            )
            .since(Version::V1_1)
            .more("Both events belong to the same lead and the same source.")
            .example("after: email_sent"),
            WITHIN,
            WHERE,
        ],
        &[],
    ),
    Shape::new(
        &[
            Key::deciding(
                "at_least",
                Takes::Whole(2),
                "An event is automated if it is one of this many events of one lead in a short time.",
            )
            .since(Version::V1_1)
            .example("at_least: 3"),
            WITHIN,
            WHERE,
        ],
        &[],
    ),
    Shape::new(
        &[Key::deciding("where", Takes::Condition(Reach::Event), "An event is automated if this condition is true.")
            .since(Version::V1_1)
            .more("Inside it, `field` names a field of the event.")
            .example("where: { field: agent, contains: [bot, scanner] }")],
        &[],
    ),
]]);

const TYPES: Takes = Takes::OneOrMore(&Takes::Name("an event type"));

const WITHIN: Key =
    Key::required("within", Takes::Duration, "How far apart the events can be. Both ends are included.")
        .since(Version::V1_1)
        .example("within: 15s");

const WHERE: Key = Key::new(
    "where",
    Takes::Condition(Reach::Event),
    "The rule looks only at those events of its types for which this condition is true.",
)
.since(Version::V1_1)
.more("It does not limit the events that `after` names. Inside it, `field` names a field of the event.")
.example("where: { field: url.path, starts_with: /offer }");
