//! The same for values: words of other tools in a place that takes one of a few words, codes of countries and currencies included.

use super::plain;

/// What such a place takes, in the words of its errors; words that mean nothing there; and what to write.
type Row = (&'static str, &'static [&'static str], &'static str);

const ROWS: &[Row] = &[
    ("type", &["tel", "telephone", "phone_number", "mobile", "cell"], "write `type: phone`"),
    (
        "type",
        &["money", "currency", "amount", "price"],
        "write `type: number`, and beside it the currency, for example `currency: USD`",
    ),
    ("type", &["int", "integer", "float", "double", "decimal", "numeric", "percent"], "write `type: number`"),
    ("type", &["string", "str", "varchar", "picklist", "enum", "dropdown"], "write `type: text`, or leave `type` out"),
    ("type", &["bool", "checkbox", "yes_no", "flag"], "write `type: boolean`"),
    ("type", &["datetime", "date_time", "timestamp", "time"], "write `type: date`; a date can have a time of day"),
    (
        "type",
        &["json", "list", "array", "set", "multi", "multiselect", "multi_select", "multi_checkbox"],
        "for several values in a cell, write `split: \";\"` with the sign between them, or `split: json`",
    ),
    ("type", &["interval", "bucket", "bracket", "band", "between"], "write `type: range`"),
    ("type", &["mail", "e_mail", "email_address"], "write `type: email`"),
    ("type", &["link", "uri", "website", "web"], "write `type: url`"),
    (
        "way to treat short rows",
        &["true", "fill", "fill_up", "allow", "keep", "accept", "extend", "ignore", "skip", "drop", "false", "error"],
        "with `pad`, the lacking cells count as empty; with `reject`, the row is rejected",
    ),
    ("way to count", &["unique", "distinct"], "write `count: { distinct: … }`, with a field of the events"),
    ("way to count", &["daily", "once_a_day", "once_per_day"], "write `count: { per: day }`"),
    ("way to count", &["weekly", "once_a_week", "once_per_week"], "write `count: { per: week }`"),
    ("way to count", &["monthly", "once_a_month", "once_per_month"], "write `count: { per: month }`"),
    ("way to count", &["all", "every", "always"], "write `count: each`"),
    ("measure", &["average", "avg", "mean"], "write `measure: { average: … }`, with a number field of the events"),
    ("measure", &["sum", "total"], "write `measure: { sum: … }`, with a number field of the events"),
    ("measure", &["min", "minimum"], "write `measure: { min: … }`, with a field of the events"),
    ("measure", &["max", "maximum"], "write `measure: { max: … }`, with a field of the events"),
    ("measure", &["distinct", "unique"], "write `measure: { distinct: … }`, with a field of the events"),
    ("measure", &["busiest", "busiest_day", "peak", "peak_day"], "write `measure: { busiest: day }`"),
    ("measure", &["idle", "inactivity", "recency", "days_since", "silence"], "write `measure: idle_days`"),
    ("measure", &["number", "events", "occurrences"], "write `measure: count`"),
    (
        "calendar period",
        &["hour", "hourly", "minute"],
        "the shortest is `day`; under `count` a duration such as `per: 1h` is possible, too",
    ),
    ("calendar period", &["annual", "annually", "yearly"], "write `year`"),
    ("part of range", &["min", "minimum", "lower", "from", "start", "lowest"], "write `.low`"),
    ("part of range", &["max", "maximum", "upper", "to", "end", "highest"], "write `.high`"),
    ("part of email", &["host", "company", "tld"], "write `.domain`"),
    ("part of email", &["user", "name", "mailbox"], "write `.local`"),
    ("part of url", &["host", "hostname", "site"], "write `.domain`"),
    ("part of url", &["page", "file", "folder"], "write `.path`"),
    (
        "currency",
        &["$", "us$", "dollar", "dollars"],
        "write `USD`; other dollars have codes of their own, such as `CAD`",
    ),
    ("currency", &["€", "euro", "euros"], "write `EUR`"),
    ("currency", &["£", "pound", "pounds", "sterling"], "write `GBP`"),
    ("currency", &["₺", "tl", "lira"], "write `TRY`"),
    ("currency", &["¥", "yen"], "write `JPY`, or `CNY` for yuan"),
    ("currency", &["rmb", "yuan"], "write `CNY`"),
    ("day of the week", &["monday", "mondays", "mo"], "write `mon`"),
    ("day of the week", &["tuesday", "tuesdays", "tu", "tues"], "write `tue`"),
    ("day of the week", &["wednesday", "wednesdays", "we"], "write `wed`"),
    ("day of the week", &["thursday", "thursdays", "th", "thur", "thurs"], "write `thu`"),
    ("day of the week", &["friday", "fridays", "fr"], "write `fri`"),
    ("day of the week", &["saturday", "saturdays", "sa"], "write `sat`"),
    ("day of the week", &["sunday", "sundays", "su"], "write `sun`"),
    (
        "day of the week",
        &[
            "weekdays",
            "workdays",
            "working_days",
            "business_days",
            "mon_fri",
            "monday_friday",
            "monday_to_friday",
            "mon_to_fri",
        ],
        "write `[mon, tue, wed, thu, fri]`",
    ),
    ("day of the week", &["weekend", "weekends", "sat_sun"], "write `[sat, sun]`"),
    (
        "day of the week",
        &["all", "every", "daily", "every_day", "any", "mon_sun"],
        "write `[mon, tue, wed, thu, fri, sat, sun]`",
    ),
    (
        "kind of hours",
        &["working", "work", "office", "open", "opening", "business_hours", "working_hours", "true"],
        "write `hours: business`",
    ),
    (
        "kind of hours",
        &["all", "every", "calendar", "clock", "always", "24/7", "24", "false", "none"],
        "leave `hours` out: without it, all hours count",
    ),
    ("country", &["uk", "en", "united_kingdom", "great_britain", "england"], "write `GB`"),
    ("country", &["usa", "united_states", "america"], "write `US`"),
];

/// What to write in place of a word, where one of a few words can stand.
pub(crate) fn advice_on_word(noun: &str, word: &str) -> Option<&'static str> {
    let word = plain(word);
    ROWS.iter().find(|(of, words, _)| *of == noun && words.contains(&word.as_str())).map(|(_, _, advice)| *advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_there_twice_and_each_is_found_as_it_is_written() {
        let mut seen = Vec::new();
        for (noun, words, advice) in ROWS {
            for word in *words {
                assert!(!seen.contains(&(noun, word)), "{noun}: {word}");
                seen.push((noun, word));
                assert_eq!(advice_on_word(noun, word), Some(*advice), "{noun}: {word}");
            }
        }
        assert_eq!(advice_on_word("type", "Phone number"), Some("write `type: phone`"));
        assert_eq!(advice_on_word("stage", "tel"), None);
    }
}
