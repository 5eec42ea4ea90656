//! What is told of words of other tools beyond conditions: in files, fields, counts, measures, and what is lost with time.

use leadscore::Rulebook;

/// A rulebook with this in its places; what a place holds if nothing is put there is right.
fn helps(place: &str, written: &str) -> Vec<String> {
    let fill = |name: &str, usual: &str| if name == place { written.to_owned() } else { usual.to_owned() };
    let text = format!(
        "\
rulebook: 1
leads:
  id: Id
  file: {{ {} }}
  {}
  fields: {{ title: Title, firm: Company Name, employees: {{ type: number }}, size: {{ type: range }}, seen: {{ type: date }}, mail: {{ type: email }}, tel: {{ type: phone }}, {} }}
events:
  web: {{ lead: Id, type: Type, time: At, fields: {{ page: Page, rating: {{ type: number }} }}, {} }}
dimensions:
  fit: {{ {}, criteria: [{{ id: a, {} }}] }}
stages: [{{ name: Lead }}]
priorities: [{{ name: p, when: {{ {} }} }}]
accounts: {{ {} }}
",
        fill("file", "path: leads.csv"),
        fill("leads", "created: seen"),
        fill("field", "more: More"),
        match place {
            "source" => written.to_owned(),
            "automated" => format!("automated: [{{ {written} }}]"),
            _ => "optional: true".to_owned(),
        },
        fill("dimension", "weight: 1"),
        fill("criterion", "event: demo, points: 5"),
        fill("priority", "stage: Lead"),
        fill("accounts", "by: title, scores: { most: { max: fit } }"),
    );
    let found = Rulebook::parse(&text, &|_| Ok(String::new())).err().unwrap_or_default();
    found.into_iter().filter_map(|found| found.help).collect()
}

/// Places, what is written there, and what is told.
const WORDS: &[(&str, &str, &str)] = &[
    // Files.
    ("file", "short_rows: true", "with `pad`, the lacking cells count as empty; with `reject`, the row is rejected"),
    ("file", "short_rows: ignore", "with `pad`, the lacking cells count as empty; with `reject`, the row is rejected"),
    ("file", "ragged: pad", "for rows with fewer cells than the header, write `short_rows: pad`"),
    ("file", "country: UK", "write `GB`"),
    ("file", "country: tr", "did you mean `TR`?"),
    ("file", "country: Turkey", "write its code of 2 capital letters, such as `TR`"),
    // Leads.
    ("leads", "merged_ids: old", "for ids from before a merge, write `former_ids: …`, with the field that holds them"),
    (
        "leads",
        "dedupe: seen",
        "of several rows with one id, the one with the latest date counts if you write `newest: …`, with a date field",
    ),
    // Columns.
    ("field", "made: { column: { name: Created, index: 2 } }", "write `nth: 2`"),
    ("field", "made: { column: { header: Created, nth: 2 } }", "write `name: Created`"),
    (
        "field",
        "made: { column: Created, nth: 2 }",
        "write it with the name of the column: `column: { name: …, nth: 2 }`",
    ),
    // Types.
    ("field", "made: { type: telephone }", "write `type: phone`"),
    ("field", "made: { type: money }", "write `type: number`, and beside it the currency, for example `currency: USD`"),
    ("field", "made: { type: integer }", "write `type: number`"),
    (
        "field",
        "made: { type: multiselect }",
        "for several values in a cell, write `split: \";\"` with the sign between them, or `split: json`",
    ),
    ("field", "made: { type: interval }", "write `type: range`"),
    ("field", "made: { type: timestamp }", "write `type: date`; a date can have a time of day"),
    // Countries and currencies.
    ("field", "made: { type: phone, region: TR }", "write `country: TR`"),
    ("field", "made: { type: number, unit: USD }", "write `currency: USD`"),
    ("field", "made: { type: number, currency: usd }", "did you mean `USD`?"),
    (
        "field",
        "made: { type: number, currency: $ }",
        "write `USD`; other dollars have codes of their own, such as `CAD`",
    ),
    ("field", "made: { type: number, currency: TL }", "write `TRY`"),
    ("field", "made: { type: number, currency: DEM }", "write its code of 3 capital letters, such as `USD`"),
    // Parts, and values of their types.
    ("criterion", "when: { field: size.max, gte: 5 }, points: 5", "write `.high`"),
    ("criterion", "when: { field: mail.host, is: x }, points: 5", "write `.domain`"),
    (
        "criterion",
        "when: { field: size, is: 201-500 }, points: 5",
        "for all numbers from 201 to 500, write `gte: 201, lte: 500`",
    ),
    (
        "criterion",
        "when: { field: tel, gt: 5 }, points: 5",
        "use `is`, `in` or `starts_with`, for example `starts_with: \"+90\"`",
    ),
    // Counts and measures.
    ("criterion", "event: demo, points: 5, count: { every: 24h }", "write `per: 24h`"),
    ("criterion", "event: demo, points: 5, count: weekly", "write `count: { per: week }`"),
    (
        "criterion",
        "event: demo, points: 5, count: { per: hour }",
        "the shortest is `day`; under `count` a duration such as `per: 1h` is possible, too",
    ),
    ("criterion", "event: demo, measure: busiest_day, tiers: []", "write `measure: { busiest: day }`"),
    ("criterion", "event: demo, measure: { peak: day }, tiers: []", "write `busiest: day`"),
    (
        "criterion",
        "event: demo, measure: mean, tiers: []",
        "write `measure: { average: … }`, with a number field of the events",
    ),
    ("criterion", "event: demo, measure: { minimum: rating }, tiers: []", "write `min: rating`"),
    (
        "criterion",
        "when: { event: demo, since: seen, until: 28d }, points: 5",
        "for the time before the day of scoring, write `within: 28d`; for the time after a date, `since: …, for: 28d`",
    ),
    (
        "criterion",
        "event: demo, where: { field: title, is: x }, points: 5",
        "`title` is a field of leads; here you can name only fields of events: page, rating",
    ),
    (
        "criterion",
        "when: { field: page, is: x }, points: 5",
        "`page` is a field of events; name it inside `where`, beside the event",
    ),
    // Points.
    (
        "criterion",
        "when: { present: [title] }, points: { field: employees }",
        "only a criterion that gives points for each event can take them from a field; for a field of leads, write `tiers`",
    ),
    // What is lost with time.
    (
        "criterion",
        "event: demo, points: 5, decay: { exponential: 10 }",
        "write `half_life: 30d`, or `compound: { percent: 10, every: 30d }`",
    ),
    ("criterion", "event: demo, points: 5, decay: { compound: { rate: 10, every: 30d } }", "write `percent: 10`"),
    ("criterion", "event: demo, points: 5, decay: { compound: { percent: 10, per: month } }", "write `every: 30d`"),
    (
        "criterion",
        "event: demo, points: 5, decay: { compound: { percent: 10%, every: 30d } }",
        "write `10`, without the percent sign",
    ),
    (
        "criterion",
        "event: demo, points: 5, fade: { half_life: 30d }",
        "for the age of each event, write `decay: { half_life: 45d }`; `fade` belongs to a dimension or a group",
    ),
    (
        "dimension",
        "decay: { half_life: 30d }",
        "for the silence of a lead, write `fade: { half_life: 90d }`; `decay`, for the age of each event, belongs to a criterion",
    ),
    ("dimension", "inactivity: 30d", "to take points away while a lead is silent, write `fade: { half_life: 90d }`"),
    (
        "dimension",
        "fade: { half_life: 30d, since: seen }",
        "write `from: seen`: the date from which a lead without any event is silent",
    ),
    (
        "dimension",
        "fade: { half_life: 30d, after: 14d }",
        "a fade begins at once; `step: { percent: 10, every: 14d }` takes nothing before that time is over",
    ),
    // Derived fields.
    (
        "field",
        "made: { from: title, replace: { Boss: CEO } }",
        "write `map: { Germany: [Deutschland, DE] }`: the new text, then the values that it stands for",
    ),
    ("field", "made: { from: title, map: { Boss: CEO }, missing: None }", "for a missing value, write `unknown: None`"),
    (
        "field",
        "made: { from: employees, tiers: [] }",
        "write `bands: [{ gte: 1000, then: Enterprise }]`, and `otherwise: …` for all other values",
    ),
    ("field", "made: { from: employees, bands: [{ gte: 50, name: Large }] }", "write `then: Large`"),
    ("field", "made: { from: employees, plus: size }", "write `sum_of: […]`, with the fields to add"),
    (
        "field",
        "made: { from: employees, times: 2 }",
        "only sums and differences are possible; to compare with a multiple of a field, write `gte: { field: …, times: 2 }`",
    ),
    ("field", "made: { coalesce: [title, mail] }", "write `first_of: […]`, with the fields to try in order"),
    ("field", "made: { event: demo, field: page }", "write `first: page` or `last: page`, with a field of the event"),
    // Accounts.
    ("accounts", "by: title, scores: { f: { average: fit } }", "write `mean: fit`"),
    ("accounts", "by: title, scores: { f: { median: fit } }", "possible are `max`, `mean`, `sum` and `count`"),
    ("accounts", "key: title, scores: { f: { max: fit } }", "write `by: title`"),
    (
        "accounts",
        "by: title, scores: { f: { max: fit } }, filter: { score: fit, gte: 5 }",
        "to choose among the leads, write `where: …`",
    ),
    (
        "accounts",
        "by: title, scores: { f: { max: fit } }, criteria: []",
        "accounts have no criteria; their scores are made of the leads' scores: `scores: { fit: { max: fit } }`",
    ),
    (
        "accounts",
        "by: title, scores: { f: { max: fit } }, stages: [{ name: Known }, { name: MQA, when: { score: f, gte: 5 }, keep_when: { score: f, gte: 3 } }]",
        "a stage of an account goes by its scores and fields alone; leave this out",
    ),
    // Automated events.
    ("automated", "event: demo, window: 2min, at_least: 3", "write `within: 2min`"),
    ("automated", "event: demo, within: 2min, gte: 3", "write `at_least: 3`"),
    ("automated", "type: demo, after: sent, within: 2min", "write `event: demo`"),
    ("automated", "event: demo, when: { field: page, is: x }", "write `where: …`; it looks at fields of the event"),
    (
        "automated",
        "event: demo, before: sent, within: 2min",
        "write `after: …`, with the type of the event that comes first",
    ),
    (
        "source",
        "bots: []",
        "to set aside what mail scanners do, write `automated: [{ event: email_click, after: email_sent, within: 15s }]`",
    ),
    // The guard of a source.
    ("source", "max_orphans: 0.2", "write `20%`"),
    ("source", "max_orphans: 20", "write `20%`"),
    ("source", "max_orphans: 1", "write `1%`"),
    ("source", "max_orphans: 120%", "write a number from 0 to 100 and a percent sign, such as `20%`"),
    ("source", "max_orphans: few", "write a number from 0 to 100 and a percent sign, such as `20%`"),
    ("source", "max_age: 26", "the unit is missing; for days, write `26d`"),
    ("source", "max_age: 1 day", "write `1d`"),
    ("source", "freshness: 26h", "did you mean `max_age`?"),
    ("source", "max_unmatched: 20%", "did you mean `max_orphans`?"),
    ("leads", "max_age: 26h", "`max_age` belongs to an event source"),
    ("file", "max_age: 26h", "`max_age` belongs to an event source"),
    ("criterion", "event: demo, points: 5, max_age: 30d", "write `within: 30d`"),
    // The header of a column where the name of a field should stand.
    ("leads", "former_ids: Title", "`Title` is a column; write `title`, the field that reads it"),
    (
        "leads",
        "former_ids: Merged IDs",
        "if `Merged IDs` is a column, declare a field that reads it, for example `fields: { merged_ids: Merged IDs }`, and \
         write the field's name here",
    ),
    (
        "leads",
        "newest: Last Modified (UTC)",
        "if `Last Modified (UTC)` is a column, declare a field that reads it, for example \
         `fields: { last_modified_utc: { column: Last Modified (UTC), type: date } }`, and write the field's name here",
    ),
    (
        "accounts",
        "by: company name, scores: { f: { max: fit } }",
        "`company name` is a column; write `firm`, the field that reads it",
    ),
    (
        "accounts",
        "by: Account ID, scores: { f: { max: fit } }",
        "if `Account ID` is a column, declare a field that reads it, for example `fields: { account_id: Account ID }`, and \
         write the field's name here",
    ),
    (
        "criterion",
        "event: demo, where: { field: Page, is: x }, points: 5",
        "`Page` is a column; write `page`, the field that reads it",
    ),
    // One word in place of a mapping.
    (
        "criterion",
        "event: demo, points: rating",
        "for the points that this field holds, write `points: { field: rating }`",
    ),
    (
        "criterion",
        "event: demo, points: 5, count: 24h",
        "for at most one event in any 24h, write `count: { per: 24h }`",
    ),
    (
        "criterion",
        "event: demo, measure: { average: page }, tiers: [{ gte: 3, points: 5 }]",
        "if its cells hold numbers, declare it as `page: { column: …, type: number }`",
    ),
    (
        "criterion",
        "event: demo, measure: { min: page }, tiers: [{ gte: 3, points: 5 }]",
        "if its cells hold numbers, declare it as `page: { column: …, type: number }`",
    ),
    (
        "criterion",
        "event: demo, measure: { sum: page }, tiers: [{ gte: 3, points: 5 }]",
        "if its cells hold numbers, declare it as `page: { column: …, type: number }`",
    ),
    (
        "criterion",
        "event: demo, points: { field: page }",
        "if its cells hold numbers, declare it as `page: { column: …, type: number }`",
    ),
    ("accounts", "by: title, scores: { fit: max }", "write what it is made of: `{ max: fit }`"),
    ("accounts", "by: title, scores: { fit: average }", "write what it is made of: `{ mean: fit }`"),
    ("accounts", "by: title, scores: { f: sum }", "write what it is made of: `{ sum: total }`"),
    (
        "accounts",
        "by: title, scores: { f: fit }",
        "write how it is made: `{ max: fit }`, `{ sum: fit }` or `{ mean: fit }`",
    ),
    (
        "accounts",
        "by: title, scores: { f: count }",
        "write `{ count: all }`, or `{ count: … }` with a condition on leads",
    ),
    // Stages.
    ("priority", "stage: [Lead, MQL]", "for one of several stages, write `any: [{ stage: Lead }, { stage: … }]`"),
];

#[test]
fn a_word_leads_to_what_it_means_in_its_place() {
    for (place, written, told) in WORDS {
        let helps = helps(place, written);
        assert!(helps.iter().any(|help| help == told), "{written}: {helps:#?}");
    }
}

#[test]
fn what_is_right_in_its_place_is_told_nothing() {
    for place in ["file", "field", "dimension", "criterion", "priority"] {
        assert_eq!(helps(place, usual(place)), Vec::<String>::new(), "{place}");
    }
}

fn usual(place: &str) -> &'static str {
    match place {
        "file" => "path: leads.csv, short_rows: pad, country: TR",
        "field" => "made: { column: { name: Created, nth: 2 }, type: number, currency: USD }",
        "dimension" => "fade: { half_life: 90d, from: seen }",
        "criterion" => "event: demo, points: 5, decay: { compound: { percent: 10, every: 30d } }",
        _ => "any: [{ stage: Lead }, { score: fit, gte: 5 }]",
    }
}
