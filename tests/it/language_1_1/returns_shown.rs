//! What `returns` adds to the results, which names it takes, and what stays as it was without it.

use crate::world::{World, rules};

const LEADS: &str = "leads: { id: id, fields: { mql: { type: date }, back: { type: date } } }
stages: [{ name: Lead }, { name: MQL, when: { score: total, gte: 0 }, entered: mql }]";

const ROWS: &str = "id,mql,back\n1,2026-01-01,2026-02-01 10:00\n2,2026-01-01,\n";

fn with_returns(more: &str) -> World {
    rules(&format!("{LEADS}\nreturns: {{ at: back }}\n{more}")).leads(ROWS)
}

fn problems(world: &World) -> Vec<String> {
    world.problems().into_iter().map(|found| format!("{}: {}", found.code, found.message)).collect()
}

#[test]
fn scored_has_after_step_passes_and_returned() {
    let outcome = with_returns("").run();
    let lines: Vec<&str> = outcome.csv.lines().collect();
    assert_eq!(
        lines,
        [
            "lead_id,score,total,stage,disqualified,crm_stage,step,passes,returned,why,missing,events,last_event",
            "1,0,0,MQL,,,hand_over,2,2026-02-01T10:00:00Z,,,0,",
            "2,0,0,MQL,,MQL,,1,,,,0,",
        ]
    );
    let without = rules(LEADS).leads(ROWS).run();
    assert_eq!(
        without.csv.lines().next(),
        Some("lead_id,score,total,stage,disqualified,crm_stage,step,why,missing,events,last_event")
    );
}

#[test]
fn both_columns_can_be_exported_and_only_with_returns() {
    let export = "export: { columns: { Record ID: lead_id, Times: passes, Since: returned } }";
    let ended = with_returns(export).score(&[]);
    assert_eq!(
        ended.file("out/crm.csv").expect("it is written"),
        "Record ID,Times,Since\n1,2,2026-02-01T10:00:00Z\n2,1,\n",
        "{}",
        ended.stderr
    );
    let without = rules(&format!("{LEADS}\n{export}"));
    assert_eq!(
        problems(&without),
        [
            "LS010: there is no column `passes`: this rulebook has no `returns`",
            "LS010: there is no column `returned`: this rulebook has no `returns`",
        ]
    );
}

#[test]
fn a_lead_given_back_has_changed_for_the_crm() {
    let export = "export: { columns: { Record ID: lead_id, Times: passes }, only: changed }";
    let previous = "lead_id,total,stage,passes\n1,0,MQL,1\n2,0,MQL,1\n";
    let ended = with_returns(export).previous(previous).score(&[]);
    assert_eq!(ended.file("out/crm.csv").expect("it is written"), "Record ID,Times\n1,2\n", "{}", ended.stderr);
}

#[test]
fn a_field_of_leads_may_be_called_returns_only_without_them() {
    let fields = LEADS.replace("back: { type: date }", "back: { type: date }, returns: { column: back, type: date }");
    assert_eq!(problems(&rules(&fields)), [""; 0]);
    let found = problems(&rules(&format!("{fields}\nreturns: {{ at: back }}")));
    assert!(found.len() == 1 && found[0].starts_with("LS007: a field of leads can't be called `returns`"), "{found:?}");
    // A field of events is no lead field.
    let events =
        "events: { crm: { lead: lead, type: type, time: time, fields: { returns: {} } } }\nreturns: { at: back }";
    assert_eq!(problems(&rules(&format!("{LEADS}\n{events}"))), [""; 0]);
}

#[test]
fn a_dimension_may_be_called_passes_or_returned_only_without_returns() {
    for name in ["passes", "returned"] {
        let dimension = format!("dimensions: {{ {name}: {{ criteria: [] }} }}");
        let without = rules(&format!("{LEADS}\n{dimension}"));
        assert_eq!(problems(&without), [""; 0]);
        assert_eq!(without.leads(ROWS).run().column(name), ["0", "0"]);
        let found = problems(&rules(&format!("{LEADS}\n{dimension}\nreturns: {{ at: back }}")));
        assert!(found.len() == 1 && found[0].contains(&format!("`{name}`")), "{found:?}");
    }
}

#[test]
fn what_records_a_return_must_be_a_date_or_an_event_and_is_required() {
    let said = |returns: &str| problems(&rules(&format!("{LEADS}\nreturns: {returns}"))).join("; ");
    assert_eq!(said("{ at: [back, mql] }"), "");
    assert!(said("{ reason: back }").starts_with("LS003"), "{}", said("{ reason: back }"));
    assert_eq!(said("{ at: [] }"), "LS005: `at` is an empty list");
    assert_eq!(said("{ at: { when: { present: [back] } } }"), "LS010: `at` can't have a condition here");
    assert!(said("{ at: bck }").contains("`bck`"), "{}", said("{ at: bck }"));
    assert!(said("{ at: back, reason: nothing }").contains("`nothing`"), "{}", said("{ at: back, reason: nothing }"));
    let text = rules("leads: { id: id, fields: { back: {} } }\nreturns: { at: back }");
    assert!(
        problems(&text).join("").contains("`at` must be a date field, but `back` is text"),
        "{:?}",
        problems(&text)
    );
}

#[test]
fn an_explanation_says_when_the_lead_was_given_back_in_which_pass_it_is_and_what_counts() {
    let world = with_returns("");
    let told = |id: &str, format: &str| {
        let files = ["--leads", "leads-1.csv", "--as-of", "2026-06-30", "--format", format];
        world.command(&[&["explain", "rulebook.yaml", id][..], &files[..]].concat()).stdout
    };
    let text = told("1", "text");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = "given back 2026-02-01 10:00; it is in pass 2, and only what the CRM recorded since then counts";
    assert!(words.contains(line), "{text}");
    assert!(!told("2", "text").contains("given back"));
    let json: serde_json::Value = serde_json::from_str(&told("1", "json")).expect("it is JSON");
    assert_eq!(json["passes"]["n"], 2, "{json}");
    assert_eq!(json["passes"]["returns"][0]["at"], "2026-02-01T10:00:00Z", "{json}");
}

#[test]
fn an_explanation_says_that_the_first_stage_was_entered_again_and_which_record_of_several_counts() {
    let rulebook = "leads: { id: id, fields: { created: { type: date }, mql: { type: date }, back: { type: date } } }
events: { crm: { lead: lead, type: type, time: time } }
stages: [{ name: Lead, entered: created }, { name: MQL, when: { score: total, gte: 0 }, entered: [mql, { event: stamped }] }]
returns: { at: back }";
    let world = rules(rulebook)
        .leads("id,created,mql,back\n1,2026-01-01,2026-01-05,2026-02-01 10:00\n")
        .events("crm", "lead,type,time\n1,stamped,2026-01-06\n1,stamped,2026-03-01\n1,stamped,2026-03-07\n");
    let files = ["--leads", "leads-1.csv", "--events", "crm=events-crm-1.csv", "--as-of", "2026-06-30"];
    let text = world.command(&[&["explain", "rulebook.yaml", "1"][..], &files[..]].concat()).stdout;
    assert!(text.contains("entered again on 2026-02-01 10:00, when sales gave it back"), "{text}");
    assert!(text.contains("recorded by the CRM on 2026-03-01"), "the earliest after the return: {text}");
    assert!(text.contains("events-crm-1.csv:3"), "{text}");
}

/// What `leadscore test` says of a rulebook whose stages and returns are recorded in two places.
fn tested(cases: &str, more: &[&str]) -> crate::world::Ended {
    let rulebook = "leads: { id: id, fields: { mql: { type: date }, back: { type: date } } }
events: { crm: { lead: lead, type: type, time: time } }
stages: [{ name: Lead }, { name: MQL, when: { score: total, gte: 0 }, entered: [mql, { event: Stamped }] }]
returns: { at: [back, { event: Given Back }] }";
    let tests = format!("rulebook: rulebook.yaml\nas_of: 2026-06-30\ntests:\n{cases}");
    let world = rules(rulebook).file("rulebook.test.yaml", tests);
    world.command(&[&["test", "rulebook.test.yaml"][..], more].concat())
}

#[test]
fn tests_of_a_rulebook_can_expect_both_columns() {
    let cases = "
- name: given back twice
  lead: { back: 2026-05-01 }
  events: [{ type: Given Back, time: 2026-06-01 09:00 }]
  expect: { passes: 3, returned: 2026-06-01T09:00:00Z, crm_stage: false, step: hand_over }
- name: never
  expect: { passes: { lt: 2 }, returned: false }
";
    let ended = tested(cases, &[]);
    assert_eq!(ended.code, Some(0), "{}{}", ended.stdout, ended.stderr);
    let wrong = tested("- { name: never, expect: { passes: 2, returned: 2026-01-01 } }\n", &[]);
    assert_eq!(wrong.code, Some(1), "{}", wrong.stderr);
    assert!(wrong.stdout.contains("passes") && wrong.stdout.contains("returned"), "{}", wrong.stdout);
    let without =
        rules(LEADS).file("t.test.yaml", "rulebook: rulebook.yaml\ntests: [{ name: a, expect: { passes: 1 } }]\n");
    let refused = without.command(&["test", "t.test.yaml"]);
    assert!(refused.stderr.contains("passes"), "without `returns` there is no such column: {}", refused.stderr);
}

#[test]
fn coverage_asks_for_a_lead_that_was_given_back_and_changes_drop_each_record() {
    let cases = "
- { name: by the date, lead: { mql: 2026-05-01 }, expect: { crm_stage: MQL } }
- { name: by the history, events: [{ type: Stamped, time: 2026-05-01 }], expect: { events: 1 } }
";
    let ended = tested(cases, &["--coverage", "--mutate"]);
    assert!(ended.stdout.contains("a lead that was given back"), "{}", ended.stdout);
    assert!(!ended.stdout.contains("stage MQL: `mql` dropped"), "a test notices: {}", ended.stdout);
    for unnoticed in
        ["stage MQL: `event: Stamped` dropped", "returns: `back` dropped", "returns: `event: Given Back` dropped"]
    {
        assert!(ended.stdout.contains(unnoticed), "{}", ended.stdout);
    }
}

#[test]
fn diff_says_what_a_change_of_returns_does() {
    let rulebook = |returns: &str| {
        format!(
            "rulebook: 1\n{returns}leads: {{ id: id, fields: {{ made: {{ type: date }}, mql: {{ type: date }}, back: {{ type: date }} }} }}\n\
             dimensions: {{ s: {{ criteria: [{{ id: a, when: {{ present: [made] }}, points: 9 }}] }} }}\n\
             stages: [{{ name: Lead, entered: made }}, {{ name: MQL, entered: mql }}]\n"
        )
    };
    let world = crate::world::World::new(&rulebook(""))
        .leads("id,made,mql,back\n1,2026-01-01,2026-02-01,2026-03-01\n2,2026-01-01,2026-02-01,\n3,2026-01-01,2026-02-01,2026-01-15\n")
        .file("new.yaml", rulebook("returns: { at: back }\n"));
    let ended =
        world.command(&["diff", "rulebook.yaml", "new.yaml", "--leads", "leads-1.csv", "--as-of", "2026-06-30"]);
    // The last stage has no `when` and is final: the return after it is none. So nobody's stage changes.
    assert!(ended.stdout.contains("returns") && ended.stdout.contains("added"), "{}{}", ended.stdout, ended.stderr);
    let held = rulebook("")
        .replace("{ name: MQL, entered: mql }", "{ name: MQL, entered: mql }, { name: Won, entered: made2 }");
    let held = held.replace("back: { type: date }", "back: { type: date }, made2: { type: date, optional: true }");
    let world = crate::world::World::new(&held)
        .leads("id,made,mql,back\n1,2026-01-01,2026-02-01,2026-03-01\n2,2026-01-01,2026-02-01,\n3,2026-01-01,2026-02-01,2026-01-15\n")
        .file("new.yaml", held.replace("rulebook: 1\n", "rulebook: 1\nreturns: { at: back }\n"));
    let ended =
        world.command(&["diff", "rulebook.yaml", "new.yaml", "--leads", "leads-1.csv", "--as-of", "2026-06-30"]);
    assert!(
        ended.stdout.contains("1 of 3 leads changed stage"),
        "only the first was given back after it: {}",
        ended.stdout
    );
}
