//! The total, dimensions and groups.

use super::selection::SINCE;
use super::{CRITERION, Key, Mapping, Takes, Version};
use crate::rulebook::parse::FADE;

/// Limits of the total.
pub(crate) const TOTAL: Mapping = Mapping::new("total", "`total`", "Limits of the total.")
    .more("The total is the sum of all dimensions but those with `in_total: false`.")
    .example("total: { min: 0, max: 200 }")
    .keys(&[LIMITS]);

/// A dimension.
pub(crate) const DIMENSION: Mapping = Mapping::new("dimension", "a dimension", "A score: a column of `scored.csv`.")
    .more(
        "Its points are the sum of its criteria and groups. If it has a `fade`, that comes next. Then the sum is \
         multiplied by `weight` and rounded to a hundredth. Then `max` applies, then `min`. A dimension has `criteria`, \
         `groups` or both.",
    )
    .example("{ max: 100, criteria: [] }")
    .keys(&[
        LIMITS,
        &[
            Key::new("weight", Takes::Number, "What the sum is multiplied by, before the limits.")
                .default("1")
                .more("Between 0 and 1000. To take points away, write negative `points`, not a negative weight.")
                .example("weight: 1.5"),
            Key::new("in_total", Takes::Switch, "With `false`, the dimension is not part of the total.")
                .default("true")
                .example("in_total: false"),
            FADE_HERE,
            SINCE_HERE,
            Key::new("criteria", CRITERIA, "What earns or costs points.")
                .example("criteria: [{ id: demo, event: demo_request, points: 80 }]"),
            Key::new("groups", Takes::ByOwnName("group", &Takes::In(&GROUP)), "Criteria that share a limit.").example(
                "groups: { content: { max: 60, criteria: [{ id: white-paper, event: download, points: 20 }] } }",
            ),
        ],
    ]);

/// A group of a dimension.
pub(crate) const GROUP: Mapping = Mapping::new("group", "a group", "Criteria of a dimension that share a limit.")
    .more(
        "If it has a `fade`, that comes first. Then `max` applies, then `min`, all before the dimension's `fade` and \
         `weight`. Conditions can name it: `{ score: fit.company, gte: 10 }`.",
    )
    .example("{ max: 60, criteria: [] }")
    .keys(&[
        LIMITS,
        &[
            FADE_HERE,
            SINCE_HERE,
            Key::required("criteria", CRITERIA, "What earns or costs points in this group.")
                .example("criteria: [{ id: demo, event: demo_request, points: 80 }]"),
        ],
    ]);

const CRITERIA: Takes = Takes::List(&Takes::In(&CRITERION));

const LIMITS: &[Key] = &[
    Key::new("min", Takes::Points, "The result is never less than this.").example("min: 0"),
    Key::new("max", Takes::Points, "The result is never more than this.").example("max: 100"),
];

const FADE_HERE: Key = Key::new("fade", Takes::In(&FADE), "How what was earned fades the longer a lead is silent.")
    .since(Version::V1_1)
    .example("fade: { compound: { percent: 10, every: 30d } }");

/// As beside an event, for every selection below.
const SINCE_HERE: Key = Key {
    meaning: "Events up to this date do not count here: a date field, or a list of date fields. The latest date in a list counts.",
    more: "It holds for every event selection inside, in `only_if` too, beside their own `since`.",
    example: "since: recycled",
    ..SINCE
};
