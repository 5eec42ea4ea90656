//! What is offered in place of a key that nothing knows. Never the opposite of what was written.

use leadscore::Rulebook;

const BEFORE: &str = "\
rulebook: 1
leads:
  id: Id
  fields: { title: Title, employees: { type: number }, seen: { type: date } }
events:
  web: { lead: Id, type: Type, time: At, fields: { page: Page } }
dimensions: { fit: { criteria: [{ id: a, points: 5, when: ";
const AFTER: &str = " }] } }
stages: [{ name: Lead }]
";

/// The help for every unknown key of a condition.
fn help(condition: &str) -> String {
    let text = [BEFORE, condition, AFTER].concat();
    let found = Rulebook::parse(&text, &|_| Ok(String::new())).err().unwrap_or_default();
    let told = |found: leadscore::Diagnostic| {
        let help = found.help.filter(|help| !help.starts_with("known here"));
        format!("{}: {}", found.message, help.unwrap_or_else(|| "no hint".to_owned()))
    };
    found.into_iter().map(told).collect::<Vec<_>>().join("\n  ")
}

#[test]
fn an_operator_of_another_tool_is_told_as_ours() {
    let conditions = [
        // Opposites that have no operator of their own.
        "{ field: title, not_contains: student }",
        "{ field: title, not_starts_with: junior }",
        "{ field: title, not_ends_with: assistant }",
        "{ field: title, not_matches: \"^(ex|former) \" }",
        "{ field: title, not_has_word: trainee }",
        "{ field: title, does_not_contain: [student, pupil] }",
        "{ field: title, doesnt_contain: student }",
        "{ field: title, \"doesn't contain\": student }",
        "{ field: title, not contains: student }",
        "{ field: title, notContains: student }",
        "{ field: title, NOT_CONTAINS: student }",
        "{ field: title, notcontains: student }",
        "{ field: title, \"!contains\": student }",
        "{ field: title, not_contians: student }",
        "{ field: title, nt_contains: student }",
        "{ field: title, excludes: student }",
        "{ field: title, does not start with: junior }",
        "{ field: title, contains: head, not_contains: headless }",
        "{ field: seen, not_within: 14d }",
        "{ field: seen, not in past: 14d }",
        "{ field: seen, not_older_than: 14d }",
        "{ event: demo, where: { field: page, not_starts_with: /blog } }",
        // Opposites that have one.
        "{ field: title, isnt: CFO }",
        "{ field: title, \"isn't\": CFO }",
        "{ field: title, neq: CFO }",
        "{ field: title, \"!=\": CFO }",
        "{ field: title, is not equal to: CFO }",
        "{ field: title, is_not_in: [CFO, COO] }",
        "{ field: title, is none of: [CFO, COO] }",
        "{ field: title, nin: [CFO, COO] }",
        "{ field: title, no_in: [CFO, COO] }",
        "{ field: employees, not_gte: 70 }",
        "{ field: employees, not_less_than: 70 }",
        // Bounds.
        "{ field: employees, min: 70 }",
        "{ field: employees, max: 70 }",
        "{ field: employees, minimum: 70, at_most: 900 }",
        "{ event: demo, min: 2 }",
        "{ event: demo, min: page }",
        "{ score: fit, min: 2 }",
        "{ field: employees, te: 70 }",
        "{ field: employees, le: 70 }",
        "{ field: employees, greater than or equal to: 70 }",
        "{ field: seen, before: 2026-02-03 }",
        "{ field: seen, newer_than: 14d }",
        "{ field: seen, is more than days ago: 14 }",
        // Whether there is a value.
        "{ field: title, is_empty: true }",
        "{ field: title, is_empty: false }",
        "{ field: title, is known: true }",
        "{ field: title, is unknown: true }",
        "{ field: title, not_exists: true }",
        "{ field: title, is not blank: true }",
        "{ not_present: [title] }",
        "{ unknown: [title] }",
        // Forms of conditions.
        "{ no_event: demo }",
        "{ not_event: demo }",
        "{ none: [{ field: title, is: CFO }] }",
        "{ not_all: [{ field: title, is: CFO }] }",
        "{ field: title, note: a }",
    ];
    let told = conditions.iter().map(|condition| format!("{condition}\n  {}", help(condition)));
    insta::assert_snapshot!("operators", told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn no_hint_leads_to_the_opposite() {
    let own = ["contains", "has_word", "starts_with", "ends_with", "matches", "is", "in", "gt", "gte", "lt", "lte"];
    let more = ["within", "older_than", "present", "absent", "field", "event", "score", "stage", "grade", "all", "any"];
    let negations =
        ["not_", "no_", "non_", "isnt_", "is_not_", "doesnt_", "does_not_", "never_", "un", "not", "nt_", "nto_", "!"];
    for key in own.into_iter().chain(more) {
        for negation in negations {
            for condition in
                [format!("{{ field: title, \"{negation}{key}\": x }}"), format!("{{ \"{negation}{key}\": x }}")]
            {
                let told = help(&condition);
                assert!(!told.contains(&format!("did you mean `{key}`?")), "{condition}: {told}");
            }
        }
    }
    let opposite = [
        ("newer_than", "older_than"),
        ("younger_than", "older_than"),
        ("at_most", "at_least"),
        ("less_than", "gt"),
        ("greater_than", "lt"),
        ("lower", "gte"),
        ("before", "gt"),
        ("after", "lt"),
        ("min", "in"),
        ("max", "gte"),
        ("missing", "present"),
        ("exists", "absent"),
        ("outside", "in"),
    ];
    for (written, wrong) in opposite {
        for condition in [format!("{{ field: employees, {written}: 5 }}"), format!("{{ {written}: [title] }}")] {
            let told = help(&condition);
            assert!(!told.contains(&format!("did you mean `{wrong}`?")), "{condition}: {told}");
        }
    }
}

#[test]
fn a_name_of_a_rulebook_is_no_misspelt_opposite() {
    let text = "\
rulebook: 1
leads: { id: Id, fields: { active: A, subscribed_at: S, email_opt_out: O, first_visit: F } }
dimensions:
  fit:
    criteria:
      - { id: a, when: { field: inactive, is: x }, points: 1 }
      - { id: b, when: { field: unsubscribed_at, is: x }, points: 1 }
      - { id: c, when: { field: email_opt_in, is: x }, points: 1 }
      - { id: d, when: { field: frist_visit, is: x }, points: 1 }
stages: [{ name: Lead }]
";
    let found = Rulebook::parse(text, &|_| Ok(String::new())).err().unwrap_or_default();
    let told = found.into_iter().map(|found| format!("{} → {}", found.message, found.help.unwrap_or_default()));
    insta::assert_snapshot!("names", told.collect::<Vec<_>>().join("\n"));
}

/// What stands in place of a criterion, and what is told of it.
const WORDS_OF_CRITERIA: &[(&str, &str)] = &[
    // Whether there is a value.
    ("when: { field: title, is_empty: true }", "write `absent: [title]` instead of `field: title`"),
    ("when: { field: title, is_not_empty: true }", "write `present: [title]` instead of `field: title`"),
    ("when: { field: title, exists: true }", "write `present: [title]` instead of `field: title`"),
    ("when: { field: title, missing: true }", "write `absent: [title]` instead of `field: title`"),
    ("when: { missing: [title] }", "did you mean `absent`?"),
    ("when: { exists: [title] }", "did you mean `present`?"),
    ("when: { field: title, is: \"\" }", "to ask for a missing value, write `absent: [title]`"),
    ("when: { field: title, is_not: \"\" }", "to ask for a value of any kind, write `present: [title]`"),
    ("when: { field: employees, not_in: [5, \" \"] }", "to ask for a value of any kind, write `present: [employees]`"),
    ("field: title, tiers: [{ is_not: \"\", points: 5 }]", "for all other values, write `otherwise: …` beside `tiers`"),
    ("field: title, tiers: [{ is: \"\", points: 5 }]", "for a missing value, write `unknown: …` beside `tiers`"),
    ("field: title, values: { \"\": 5 }", "for the points of a missing value, write `unknown: …` beside `values`"),
    ("field: title, tiers: [{ missing: true, points: 5 }]", "for a missing value, write `unknown: …` beside `tiers`"),
    ("field: title, tiers: [{ else: true, points: 5 }]", "for all other values, write `otherwise: …` beside `tiers`"),
    // Bounds.
    ("when: { field: seen, before: 2026-02-03 }", "did you mean `lt`?"),
    ("when: { field: seen, after: 2026-02-03 }", "did you mean `gt`?"),
    ("when: { field: seen, on: 2026-02-03 }", "did you mean `is`?"),
    ("when: { field: employees, between: [5, 70] }", "write `gte: 5, lte: 70`; both ends are included"),
    ("when: { field: employees, between: 5 and 70 }", "write `gte: …, lte: …`; both ends are included"),
    ("when: { field: employees, not_between: [5, 70] }", "write `not: { field: employees, gte: 5, lte: 70 }`"),
    ("when: { field: employees, outside range: [5, 70] }", "write `not: { field: employees, gte: 5, lte: 70 }`"),
    ("when: { event: demo, in_range: [2, 4] }", "write `gte: 2, lte: 4`; both ends are included"),
    ("field: employees, tiers: [{ between: [5, 70], points: 5 }]", "write `gte: 5, lte: 70`; both ends are included"),
    (
        "field: employees, tiers: [{ not_between: [5, 70], points: 5 }]",
        "write two entries, one with `lt: 5`, one with `gt: 70`",
    ),
    ("when: { field: employees, min: 5 }", "did you mean `gte`?"),
    ("when: { field: employees, max: 5 }", "did you mean `lte`?"),
    ("field: employees, tiers: [{ min: 5, points: 5 }]", "did you mean `gte`?"),
    ("when: { field: employees, equals: 5 }", "did you mean `is`?"),
    ("when: { field: employees, \"=\": 5 }", "did you mean `is`?"),
    ("when: { field: employees, \">\": 5 }", "did you mean `gt`?"),
    ("when: { field: employees, \">=\": 5 }", "did you mean `gte`?"),
    ("when: { field: employees, \"<\": 5 }", "did you mean `lt`?"),
    ("when: { field: employees, \"<=\": 5 }", "did you mean `lte`?"),
    ("when: { field: employees, \"<>\": 5 }", "did you mean `is_not`?"),
    ("when: { field: employees, to: 5 }", "for an upper bound, write `lte: 5`"),
    ("when: { field: employees, value: 5 }", "write the operator as the key: `is: 5`, or `in: […]` for several"),
    ("when: { event: demo, count: 3 }", "for a number of events, write `gte: 3`"),
    (
        "when: { event: demo, at_least: 3 }",
        "`at_least` counts the conditions under `of`; for a lower bound, write `gte: 3`",
    ),
    ("when: { field: title, is: CFO, or: [] }", "combine conditions with `all: […]` or `any: […]`"),
    // Lengths of time.
    ("when: { field: seen, within: 3 months }", "months have no fixed length: write days, such as `90d`"),
    ("when: { field: seen, within: 30 days }", "write `30d`"),
    (
        "when: { field: seen, within: 6m }",
        "for minutes, write `6min`; months have no fixed length (only `per: month` counts them): write days, such as `180d`",
    ),
    ("when: { field: seen, within: 1 year }", "years have no fixed length: write days, such as `365d`"),
    ("when: { field: seen, within: 2 quarters }", "quarters have no fixed length: write days, such as `180d`"),
    ("when: { field: seen, within: last 2 weeks }", "write `2w`"),
    ("when: { field: seen, within: 45 }", "the unit is missing; for days, write `45d`"),
    ("when: { field: seen, gte: 30d }", "for a length of time before now, write `within: 30d` or `older_than: 30d`"),
    // Criteria that give points for each event.
    ("event: demo, per: day", "write `count: { per: day }`"),
    ("event: demo, count: day", "for one event each day, write `count: { per: day }`"),
    ("event: demo, once: true", "write `count: once`"),
    ("event: demo, distinct: page", "write `count: { distinct: page }`"),
    ("event: demo, limit: 30", "`cap: 30` limits the points, `at_most: 30` the number of events"),
    ("event: demo, expires: 60d", "write `within: 60d`"),
    ("event: demo, half_life: 60d", "write it under `decay`, for example `decay: { half_life: 45d }`"),
    (
        "event: demo, max: 30",
        "it belongs to a dimension (`max` and `min` to a group, too); a criterion has `points` and `cap`",
    ),
    (
        "when: { event: demo, per: day }",
        "to count days, write `measure: days`; `per` belongs under `count` of a criterion that gives points for each event",
    ),
    ("event: demo, since: 30d", "for events of this last stretch of time, write `within: 30d`"),
    (
        "event: demo, since: { event: meeting }",
        "`since` takes a date field of the lead, or a list of them: `since: recycled`, for example the date on which sales \
         gave the lead back",
    ),
    ("unless: { field: title, is: CFO }", "to reverse a condition, write `not`: `when: { not: { field: …, is: … } }`"),
];

#[test]
fn a_word_of_another_tool_leads_to_what_it_means_here() {
    for (written, told) in WORDS_OF_CRITERIA {
        let text = [BEFORE.trim_end_matches("when: "), written, AFTER].concat();
        let found = Rulebook::parse(&text, &|_| Ok(String::new())).err().unwrap_or_default();
        let helps: Vec<String> = found.into_iter().filter_map(|found| found.help).collect();
        assert!(helps.iter().any(|help| help == told), "{written}: {helps:#?}");
    }
}

#[test]
fn a_word_above_criteria_leads_to_where_they_belong() {
    let words = [
        ("criteria: []", "criteria belong to a dimension"),
        ("rules: []", "criteria belong to a dimension"),
        ("threshold: 100", "a threshold is the condition of a stage"),
        ("version: 1", "`rulebook: 1`"),
        ("dimensions: { fit: { rules: [] } }", "write `criteria: […]`"),
        ("dimensions: { fit: { cap: 30, criteria: [] } }", "write `max: 30`"),
    ];
    for (written, told) in words {
        let text = format!("rulebook: 1\nleads: {{ id: Id }}\n{written}\nstages: [{{ name: Lead }}]\n");
        let found = Rulebook::parse(&text, &|_| Ok(String::new())).err().unwrap_or_default();
        let helps: Vec<String> = found.into_iter().filter_map(|found| found.help).collect();
        assert!(helps.iter().any(|help| help.contains(told)), "{written}: {helps:#?}");
    }
}

#[test]
fn help_names_only_what_can_be_written_there() {
    let found = |condition: &str| {
        let text = [BEFORE, condition, AFTER].concat();
        let found = Rulebook::parse(&text, &|_| Ok(String::new())).err().unwrap_or_default();
        let told = found.into_iter().flat_map(|found| [found.message, found.help.unwrap_or_default()]);
        told.collect::<Vec<_>>().join(" ")
    };
    let of_events = found("{ event: demo, where: { campaign: x } }");
    assert!(of_events.contains("possible here: field, present, absent, all, any, not, at_least"), "{of_events}");
    for word in ["`event`", "`score`", "`stage`", "`grade`"] {
        assert!(!of_events.contains(word), "{of_events}");
    }
    let of_leads = found("{ campaign: x }");
    assert!(of_leads.contains("`event`") && !of_leads.contains("`score`"), "{of_leads}");
    let misplaced = found("{ event: demo, where: { any: [{ score: fit, gte: 5 }] } }");
    assert!(misplaced.contains("possible here: `field`, `present`, `absent`"), "{misplaced}");
    let misspelt = found("{ event: demo, where: { evnet: x } }");
    assert!(!misspelt.contains("did you mean"), "{misspelt}");
}
