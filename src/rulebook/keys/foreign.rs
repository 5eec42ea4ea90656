//! Words of other tools, and words that are at home elsewhere, for what this language says in another form: one table.
//!
//! What a word comes to hangs on the mapping in which it stands: `max` of a dimension is a key, of a criterion it is `cap`. Words that
//! are another name of a key stand with that key ([`super::Key::other_names`]); operators of other tools, in all their spellings, are
//! taken apart in `parse/foreign.rs`.

mod words;

pub(crate) use words::advice_on_word;

use super::Mapping;

/// Some words, the mappings in which they have no meaning, and what to write there. `{value}` is the value that stands there.
struct Foreign {
    of: &'static [&'static str],
    words: &'static [&'static str],
    advice: &'static str,
    /// Only where a length of time stands there: `until: 28d` is no bound.
    is_of_durations: bool,
}

const fn row(of: &'static [&'static str], words: &'static [&'static str], advice: &'static str) -> Foreign {
    Foreign { of, words, advice, is_of_durations: false }
}

const fn row_of_durations(
    of: &'static [&'static str],
    words: &'static [&'static str],
    advice: &'static str,
) -> Foreign {
    Foreign { is_of_durations: true, ..row(of, words, advice) }
}

const WITH_WHEN: &[&str] = &["criterion", "disqualifier", "stage", "priority"];
const DERIVED: &[&str] = &["derived_field", "derived_field_of_a_row"];
const SCORED: &[&str] = &["criterion", "tier"];
const COUNTING: &[&str] = &["condition", "criterion"];
const FADING: &[&str] = &["decay", "fade"];
const LOSSES: &[&str] = &["step", "compound"];

/// All of them. The first row that fits is the answer.
const FOREIGN: &[Foreign] = &[
    // Conditions.
    row(&["condition"], &["and", "or"], "combine conditions with `all: […]` or `any: […]`"),
    row_of_durations(
        COUNTING,
        &["until", "till", "up_to", "during", "lasting"],
        "for the time before the day of scoring, write `within: {value}`; for the time after a date, `since: …, for: {value}`",
    ),
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
    row(
        &["criterion"],
        &["fade"],
        "for the age of each event, write `decay: { half_life: 45d }`; `fade` belongs to a dimension or a group",
    ),
    row(&["criterion"], &["half_life", "linear"], "write it under `decay`, for example `decay: { half_life: 45d }`"),
    row(
        &["criterion"],
        &["weight", "max", "min"],
        "it belongs to a dimension (`max` and `min` to a group, too); a criterion has `points` and `cap`",
    ),
    row(SCORED, &["score", "scores", "pts"], "write `points: {value}`"),
    row(&["count"], &["every", "each", "once", "once_per", "once_every", "within", "apart"], "write `per: {value}`"),
    row(&["count"], &["unique", "by"], "write `distinct: {value}`"),
    row(&["own_points"], &["multiply", "multiplier", "factor", "by", "x", "weight", "scale"], "write `times: {value}`"),
    row(&["own_points"], &["column", "name", "of"], "write `field: …`, with the name of a field of the events"),
    row(&["measure"], &["median"], "possible are `average`, `min` and `max`"),
    row(&["measure"], &["minimum", "lowest", "smallest"], "write `min: {value}`"),
    row(&["measure"], &["maximum", "highest", "largest"], "write `max: {value}`"),
    row(&["measure"], &["total", "add"], "write `sum: {value}`"),
    row(&["measure"], &["peak", "busiest_day", "most_per"], "write `busiest: day`"),
    // What is lost with time.
    row(FADING, &["exponential"], "write `half_life: 30d`, or `compound: { percent: 10, every: 30d }`"),
    row(
        FADING,
        &["days", "duration", "period", "over"],
        "`half_life: 30d` leaves half after 30 days, `linear: 30d` leaves nothing",
    ),
    row(LOSSES, &["rate", "share", "loss", "pct", "by"], "write `percent: {value}`"),
    row(LOSSES, &["per", "period", "each", "interval", "days"], "write `every: 30d`"),
    row(
        &["fade"],
        &["since", "start"],
        "write `from: {value}`: the date from which a lead without any event is silent",
    ),
    row(
        &["fade"],
        &["after", "delay", "grace"],
        "a fade begins at once; `step: { percent: 10, every: {value} }` takes nothing before that time is over",
    ),
    row(
        &["dimension", "group"],
        &["decay"],
        "for the silence of a lead, write `fade: { half_life: 90d }`; `decay`, for the age of each event, belongs to a criterion",
    ),
    row(
        &["dimension", "group"],
        &["inactivity", "silence", "idle", "idle_days", "cooling"],
        "to take points away while a lead is silent, write `fade: { half_life: 90d }`",
    ),
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
    // Derived fields.
    row(
        DERIVED,
        &["column", "optional", "split", "format", "decimal", "true", "false", "country", "currency"],
        "a derived field has no column; declare the column as a field of its own and read that field",
    ),
    row(DERIVED, &["type"], "leave it out; the type follows from what the field is made of"),
    row(DERIVED, &["points"], "a derived field holds a value; give points for it in a criterion"),
    row(DERIVED, &["default", "else"], "write `otherwise` for other values, and `unknown` where there is none"),
    row(&["band"], &["points"], "a band gives a text; give points for it in a criterion with `values`"),
    row(
        &["band"],
        &["else", "default", "otherwise", "unknown"],
        "for all other values, write `otherwise: …` beside `bands`, and for none `unknown: …`",
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
    // Exports.
    row(
        &["leads"],
        &["merged", "merged_ids", "old_ids", "previous_ids", "other_ids", "alias", "aliases"],
        "for ids from before a merge, write `former_ids: …`, with the field that holds them",
    ),
    row(
        &["leads", "table"],
        &["latest", "updated", "modified", "last_modified", "dedupe", "deduplicate", "duplicates", "keep"],
        "of several rows with one id, the one with the latest date counts if you write `newest: …`, with a date field",
    ),
    // Files and fields.
    row(
        &["file", "files"],
        &["ragged", "pad", "padding", "fill", "fill_rows", "pad_rows", "jagged", "allow_short"],
        "for rows with fewer cells than the header, write `short_rows: pad`",
    ),
    row(&["column_name"], &["index", "number", "position", "occurrence", "no", "which"], "write `nth: {value}`"),
    row(&["column_name"], &["header", "heading", "column", "title"], "write `name: {value}`"),
    row(&["field"], &["nth"], "write it with the name of the column: `column: { name: …, nth: {value} }`"),
    row(&["field"], &["region", "default_country", "country_code", "default_region"], "write `country: {value}`"),
    row(&["field"], &["unit", "currency_code"], "write `currency: {value}`"),
    row(
        &["field"],
        &["separator", "delimiter", "separated_by", "sep"],
        "write `split: …`, with the sign between the values",
    ),
    row(
        &["test"],
        &["previous", "was", "stage_before"],
        "write `previous_stage: MQL`, the stage that the lead had before",
    ),
    // Derived fields.
    row(
        DERIVED,
        &["values", "replace", "mapping", "maps", "translate", "recode", "lookup", "switch", "case"],
        "write `map: { Germany: [Deutschland, DE] }`: the new text, then the values that it stands for",
    ),
    row(
        DERIVED,
        &["tiers", "buckets", "ranges", "brackets", "steps"],
        "write `bands: [{ gte: 1000, then: Enterprise }]`, and `otherwise: …` for all other values",
    ),
    row(DERIVED, &["missing", "empty", "absent", "null", "blank"], "for a missing value, write `unknown: {value}`"),
    row(DERIVED, &["plus", "add", "sum"], "write `sum_of: […]`, with the fields to add"),
    row(DERIVED, &["subtract", "less"], "write `minus: {value}`"),
    row(
        DERIVED,
        &["times", "multiply", "divide", "divided_by", "factor"],
        "only sums and differences are possible; to compare with a multiple of a field, write `gte: { field: …, times: 2 }`",
    ),
    row(
        DERIVED,
        &["field", "value", "get", "take"],
        "write `first: {value}` or `last: {value}`, with a field of the event",
    ),
    row(DERIVED, &["count", "measure"], "a field holds no number of events; count them in a condition or a criterion"),
    row(
        &["field"],
        &["coalesce", "any_of", "one_of", "fallback", "fallbacks"],
        "write `first_of: […]`, with the fields to try in order",
    ),
    row(&["field"], &["sum", "add", "plus"], "write `sum_of: […]`, with the fields to add"),
    row(&["field"], &["difference", "diff", "subtract"], "write `from: …, minus: …`, with two fields"),
    row(
        &["field"],
        &["formula", "expression", "calc", "concat", "join"],
        "a field can be a sum (`sum_of`), a difference (`from`, `minus`), a `map`, `bands`, or the first of several (`first_of`)",
    ),
    row(&["band"], &["name", "label", "to", "value", "text", "result", "is_called"], "write `then: {value}`"),
    // Accounts.
    row(&["account_score"], &["avg", "average"], "write `mean: {value}`"),
    row(&["account_score"], &["median", "min", "minimum"], "possible are `max`, `mean`, `sum` and `count`"),
    row(&["account_score"], &["maximum", "best", "highest"], "write `max: {value}`"),
    row(&["account_score"], &["total", "add"], "write `sum: {value}`"),
    row(&["accounts"], &["filter", "only", "when", "include"], "to choose among the leads, write `where: …`"),
    row(&["accounts"], &["key", "id", "group_by", "field"], "write `by: {value}`"),
    row(
        &["accounts"],
        &["criteria", "dimensions", "points", "rules"],
        "accounts have no criteria; their scores are made of the leads' scores: `scores: { fit: { max: fit } }`",
    ),
    row(
        &["accounts"],
        &["threshold", "thresholds", "grade"],
        "write a stage: `stages: [{ name: Known }, { name: MQA, when: { score: fit, gte: 50 } }]`",
    ),
    row(
        &["account_stage"],
        &["entered", "after", "keep_when", "recycle_when"],
        "a stage of an account goes by its scores and fields alone; leave this out",
    ),
    row(
        &["rulebook"],
        &["companies", "company", "organizations", "organisations"],
        "write `accounts: { by: account, scores: { engagement: { sum: engagement } } }`",
    ),
    row(
        &["source"],
        &["bots", "bot", "scanners", "exclude", "ignore", "filter", "suppress"],
        "to set aside what mail scanners do, write `automated: [{ event: email_click, after: email_sent, within: 15s }]`",
    ),
    row(&["automated"], &["type", "types", "events"], "write `event: {value}`"),
    row(&["automated"], &["when", "if", "unless"], "write `where: …`; it looks at fields of the event"),
    row(&["automated"], &["window", "span", "in", "seconds"], "write `within: {value}`"),
    row(&["automated"], &["gte", "min", "count", "times", "n"], "write `at_least: {value}`"),
    row(
        &["automated"],
        &["before", "follows", "following"],
        "write `after: …`, with the type of the event that comes first",
    ),
    row(&["automated"], &["points", "score"], "an automated event is worth no points; leave it out"),
    // Hours.
    row(
        &["business_hours"],
        &["timezone", "time_zone", "tz", "zone"],
        "business hours are in the `timezone` of the whole rulebook",
    ),
    row(
        &["business_hours"],
        &[
            "mon",
            "tue",
            "wed",
            "thu",
            "fri",
            "sat",
            "sun",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ],
        "write the days as a list, with one `from` and one `to` for all: `days: [mon, tue], from: \"09:00\", to: \"17:00\"`",
    ),
    row(
        &["business_hours"],
        &["hours", "open_hours", "times", "break", "lunch", "breaks"],
        "write `from: \"09:00\", to: \"17:00\"`; there is one opening a day, without a break",
    ),
    row(
        &["sla"],
        &["business_hours", "working_hours", "calendar", "clock", "business", "business_time", "office_hours"],
        "write `hours: business`, and say at the top level when you are open: `business_hours: { days: [mon, tue], from: \"09:00\", to: \"17:00\" }`",
    ),
    row(&["rulebook"], &["version"], "the version of the language is under `rulebook`: `rulebook: 1`"),
];

/// What to write in place of a word that means nothing in a mapping. The value is what stands under it.
pub(crate) fn advice(name: &str, mapping: &Mapping, value: &str) -> Option<String> {
    let name = plain(name);
    let is_duration =
        || value.starts_with(|c: char| c.is_ascii_digit()) && value.ends_with(|c: char| c.is_alphabetic());
    let fits = |row: &&Foreign| {
        row.of.contains(&mapping.name) && row.words.contains(&name.as_str()) && (!row.is_of_durations || is_duration())
    };
    FOREIGN.iter().find(fits).map(|row| row.advice.replace("{value}", value))
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace(['-', ' '], "_")
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
                    let entry = (of, word, row.is_of_durations);
                    assert!(!seen.contains(&entry), "{of}: {word}");
                    seen.push(entry);
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
