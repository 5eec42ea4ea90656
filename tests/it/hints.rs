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
