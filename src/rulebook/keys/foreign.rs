//! Words of other tools, and words that are at home elsewhere, for what this language says in another form: one table.
//!
//! What a word comes to hangs on the mapping in which it stands: `max` of a dimension is a key, of a criterion it is `cap`. Words that
//! are another name of a key stand with that key ([`super::Key::other_names`]); operators of other tools, in all their spellings, are
//! taken apart in `parse/foreign.rs`.

use super::Mapping;

/// Some words, the mappings in which they have no meaning, and what to write there. `{value}` is the value that stands there.
struct Foreign {
    of: &'static [&'static str],
    words: &'static [&'static str],
    advice: &'static str,
}

const fn row(of: &'static [&'static str], words: &'static [&'static str], advice: &'static str) -> Foreign {
    Foreign { of, words, advice }
}

const WITH_WHEN: &[&str] = &["criterion", "disqualifier", "stage", "priority"];
const SCORED: &[&str] = &["criterion", "tier"];

/// All of them. The first row that fits is the answer.
const FOREIGN: &[Foreign] = &[
    // Conditions.
    row(&["condition"], &["and", "or"], "combine conditions with `all: […]` or `any: […]`"),
    row(&["condition"], &["to", "until", "till", "through"], "for an upper bound, write `lte: {value}`"),
    row(&["condition"], &["from", "starting"], "for a lower bound, write `gte: {value}`"),
    row(
        &["condition", "tier"],
        &["value", "values"],
        "write the operator as the key: `is: {value}`, or `in: […]` for several",
    ),
    row(
        &["condition"],
        &["operator", "op", "comparison", "comparator"],
        "write the operator as the key, and the value after it: `gte: 50`",
    ),
    row(&["condition"], &["true", "is_true"], "write `is: true`"),
    row(&["condition"], &["false", "is_false"], "write `is: false`"),
    row(&["condition"], &["count", "occurrences", "frequency"], "for a number of events, write `gte: {value}`"),
    row(
        &["condition"],
        &["at_least"],
        "`at_least` counts the conditions under `of`; for a lower bound, write `gte: {value}`",
    ),
    row(
        &["condition"],
        &["per"],
        "to count days, write `measure: days`; `per` belongs under `count` of a criterion that gives points for each event",
    ),
    // Criteria.
    row(
        WITH_WHEN,
        &["unless", "when_not", "not_when", "if_not"],
        "to reverse a condition, write `not`: `when: { not: { field: …, is: … } }`",
    ),
    row(&["criterion"], &["per", "once_per", "every"], "write `count: { per: {value} }`"),
    row(&["criterion"], &["once", "only_once"], "write `count: once`"),
    row(&["criterion"], &["unique", "distinct"], "write `count: { distinct: {value} }`"),
    row(
        &["criterion"],
        &["limit", "max_count", "max_times", "maximum"],
        "`cap: {value}` limits the points, `at_most: {value}` the number of events",
    ),
    row(&["criterion"], &["max_points"], "write `cap: {value}`"),
    row(
        &["criterion"],
        &["expires", "expires_after", "expiry", "window", "lookback", "max_age", "last", "valid_for"],
        "write `within: {value}`",
    ),
    row(&["criterion"], &["half_life", "linear"], "write it under `decay`, for example `decay: { half_life: 45d }`"),
    row(
        &["criterion"],
        &["weight", "max", "min"],
        "it belongs to a dimension (`max` and `min` to a group, too); a criterion has `points` and `cap`",
    ),
    row(SCORED, &["score", "scores", "pts"], "write `points: {value}`"),
    // Tiers.
    row(&["tier"], &["then", "give", "worth", "weight"], "write `points: {value}`"),
    row(
        &["tier"],
        &[
            "else",
            "default",
            "otherwise",
            "any",
            "rest",
            "other",
            "exists",
            "present",
            "known",
            "is_not_empty",
            "not_empty",
        ],
        "for all other values, write `otherwise: …` beside `tiers`",
    ),
    row(
        &["tier"],
        &["unknown", "missing", "empty", "is_empty", "absent", "blank", "is_null", "null"],
        "for a missing value, write `unknown: …` beside `tiers`",
    ),
    // Above criteria.
    row(
        &["dimension", "group"],
        &["rules", "rule", "scores", "signals", "attributes", "behaviors", "behaviours"],
        "write `criteria: […]`",
    ),
    row(&["dimension", "group"], &["cap", "limit", "maximum"], "write `max: {value}`"),
    row(
        &["rulebook"],
        &["criteria", "criterion", "rules", "rule", "scoring", "scores", "points", "signals"],
        "criteria belong to a dimension: `dimensions: { fit: { criteria: [{ id: demo, event: demo_request, points: 80 }] } }`",
    ),
    row(
        &["rulebook"],
        &["threshold", "thresholds", "mql", "qualify"],
        "a threshold is the condition of a stage: `stages: [{ name: Lead }, { name: MQL, when: { score: total, gte: 100 } }]`",
    ),
    row(&["rulebook"], &["version"], "the version of the language is under `rulebook`: `rulebook: 1`"),
];

/// What to write in place of a word that means nothing in a mapping. The value is what stands under it.
pub(crate) fn advice(name: &str, mapping: &Mapping, value: &str) -> Option<String> {
    let name = name.to_lowercase().replace(['-', ' '], "_");
    let fits = |row: &&Foreign| row.of.contains(&mapping.name) && row.words.contains(&name.as_str());
    FOREIGN.iter().find(fits).map(|row| row.advice.replace("{value}", value))
}

#[cfg(test)]
mod tests {
    use super::super::{RULEBOOK, TEST_FILE, reachable};
    use super::*;

    #[test]
    fn every_row_is_of_mappings_and_no_word_is_there_twice() {
        let mappings: Vec<_> = [&RULEBOOK, &TEST_FILE].into_iter().flat_map(|root| reachable(root)).collect();
        let mut seen = Vec::new();
        for row in FOREIGN {
            for of in row.of {
                assert!(mappings.iter().any(|mapping| mapping.name == *of), "{of}");
                for word in row.words {
                    assert!(!seen.contains(&(of, word)), "{of}: {word}");
                    seen.push((of, word));
                }
            }
        }
    }

    #[test]
    fn no_word_is_another_name_of_a_key() {
        let mappings: Vec<_> = [&RULEBOOK, &TEST_FILE].into_iter().flat_map(|root| reachable(root)).collect();
        for row in FOREIGN {
            for mapping in mappings.iter().filter(|mapping| row.of.contains(&mapping.name)) {
                let mut names = mapping.common_keys().flat_map(|key| key.other_names);
                let told = names.find(|name| row.words.contains(name));
                assert_eq!(told, None, "{}", mapping.name);
            }
        }
    }
}
