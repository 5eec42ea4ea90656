//! The keys that select events, shared by conditions, criteria, stages and the value of a customer.

use super::{Key, Reach, Takes, Version};
use crate::rulebook::parse::MEASURE_FORM;

/// `event`, `source` and `where`: which events, whenever.
pub(super) const OCCASION: &[Key] = &[EVENT, SOURCE, WHERE];

/// A whole selection.
pub(crate) const SELECTED: &[Key] = &[EVENT, SOURCE, WHERE, WITHIN, SINCE, FOR];

/// What is measured of a selection.
pub(crate) const MEASURED: &[Key] = &[
    Key::new("measure", MEASURE_FORM, "What is counted of the selected events.")
        .default("count")
        .more(
            "`count` is how many, `days` on how many different calendar days, `idle_days` how many \
             days ago the newest was. Or a measure of a field or a period: `{ sum: amount }`, \
             `{ busiest: day }`.",
        )
        .example("measure: idle_days"),
    Key::new("from", Takes::Name("a date field"), "For `idle_days`: the date to count from if there is no event.")
        .default("no event: unknown")
        .example("from: created"),
];

const EVENT: Key = Key::deciding(
    "event",
    Takes::OneOrMore(&Takes::Name("an event type")),
    "The event type, or a list of types. `any` is every type that the lead does itself.",
)
.more("`any` can't be combined with other types. It leaves out the types under `not_engagement`.")
.example("event: [whitepaper_download, webinar_attended]");

const SOURCE: Key = Key::new("source", Takes::Name("a source"), "Only events of this source.").example("source: web");

const WHERE: Key = Key::new("where", Takes::Condition(Reach::Event), "Only events for which this condition is true.")
    .more("Inside it, `field` names a field of the event.")
    .example("where: { field: url.path, starts_with: /pricing }");

const WITHIN: Key =
    Key::new("within", Takes::Duration, "Only events of this last stretch of time.").example("within: 30d");

/// From when on events count.
pub(super) const SINCE: Key = Key::new(
    "since",
    Takes::OneOrMore(&Takes::Name("a date field")),
    "Only events after this date of the lead. Of a list, the latest date counts.",
)
.more(
    "A date that is missing, or lies after the day of scoring, does not count. With `returns`, `since: returns` is the latest return, \
     an event's included; what `returns` or the last stage's `entered` reads cannot use it.",
)
.example("since: recycled");

/// Until when events count, by a date of the lead.
const FOR: Key =
    Key::new("for", Takes::Duration, "Only events up to this long after the date in the `since` of this selection.")
        .since(Version::V1_1)
        .more(
            "Where the lead has none of those dates, or only dates after the day of scoring, no event is selected. The `since` of a \
             dimension or group does not begin this time.",
        )
        .example("{ event: task_done, since: signed_up, for: 28d, gte: 6 }");
