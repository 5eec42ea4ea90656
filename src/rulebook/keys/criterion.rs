//! A criterion: the keys that every kind has. Each kind's own stand in its file under `rulebook/kind`.

use super::{Key, Mapping, Reach, Takes};
use crate::rulebook::kind::{KINDS, shapes};

/// A criterion.
pub(crate) const CRITERION: Mapping =
    Mapping::new("criterion", "a criterion", "What earns or costs points. Negative points cost.")
        .more(
            "There are four kinds, each with its own key: a condition (`when`), `tiers`, `values`, or \
             points for each `event`.",
        )
        .example("{ id: demo, event: demo_request, points: 80 }")
        .apart("write two criteria as two entries, each with an id of its own")
        .keys(&[COMMON])
        .shapes(&shapes(&KINDS));

const COMMON: &[Key] = &[
    Key::required("id", Takes::Text, "The name of the criterion, used once in the rulebook.")
        .example("id: white-paper"),
    Key::new("label", Takes::Text, "What people see instead of the id.")
        .example("label: Read a white paper")
        .also_called(&["name", "title"]),
    Key::new("note", Takes::Text, "Why the criterion is there.")
        .example("note: agreed with sales in May")
        .also_called(&["description", "comment"]),
    Key::new("enabled", Takes::Switch, "With `false`, the criterion stays in the file and gives no points.")
        .default("true")
        .example("enabled: false"),
    Key::new("only_if", Takes::Condition(Reach::Facts), "Where this is not true, the criterion gives 0 points.")
        .example("only_if: { field: status, is: Nurture }"),
];

/// The points where nothing of a criterion is true.
pub(in crate::rulebook) const OTHERWISE: Key =
    Key::new("otherwise", Takes::Points, "The points where the criterion is false: no condition, tier or value fits.")
        .default("0")
        .example("otherwise: -5")
        .also_called(&["else", "default"]);

/// The points where a value that is asked for is missing.
pub(in crate::rulebook) const UNKNOWN: Key =
    Key::new("unknown", Takes::Points, "The points where a value is missing, so that the result is unknown.")
        .default("0")
        .example("unknown: 5");
