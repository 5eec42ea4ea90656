//! `returns`: which of a lead's instants are returns, what they undo, and how the results show them.

use crate::world::{Ended, Outcome, World, rules};

/// Two date fields that say when a lead was given back, and stages of every kind.
const LEADS: &str = "leads: { id: id, fields: { n: { type: number }, created: { type: date }, mql: { type: date }, sql: { type: date }, won: { type: date }, back: { type: date }, again: { type: date }, why: {} } }
dimensions: { s: { criteria: [{ id: n, field: n, tiers: [{ gte: 40, points: 40 }, { gte: 20, points: 20 }] }] } }";

const HEADER: &str = "id,n,created,mql,sql,won,back,again,why\n";

const STAGES: &str = "stages:
  - { name: Lead, entered: created }
  - { name: MQL, when: { score: s, gte: 40 }, entered: mql, recycle_when: { score: s, lt: 20 } }
  - { name: SQL, after: MQL, when: { present: [sql] }, entered: sql }
  - { name: Won, entered: won }";

const RETURNS: &str = "returns: { at: [back, again] }";

/// Leads 1, 2, 3 … with cells `n,created,mql,sql,won,back,again,why`.
fn rows(leads: &[&str]) -> String {
    let rows: Vec<String> = leads.iter().enumerate().map(|(n, cells)| format!("{},{cells}\n", n + 1)).collect();
    format!("{HEADER}{}", rows.concat())
}

fn world(leads: &[&str]) -> World {
    rules(&format!("{LEADS}\n{STAGES}\n{RETURNS}")).leads(rows(leads))
}

/// `passes`, `returned`, `crm_stage` and `step` of every lead.
fn told(outcome: &Outcome) -> Vec<String> {
    let row = |lead: &std::collections::BTreeMap<String, String>| {
        [&lead["passes"], &lead["returned"], &lead["crm_stage"], &lead["step"]].map(String::as_str).join(" ")
    };
    outcome.rows.iter().map(row).collect()
}

/// `passes` and `returned` of every lead.
fn passes(outcome: &Outcome) -> Vec<String> {
    outcome.rows.iter().map(|lead| format!("{} {}", lead["passes"], lead["returned"])).collect()
}

/// When each lead entered a stage, in UTC; `-` where it didn't.
fn entered(outcome: &Outcome, stage: usize) -> Vec<String> {
    let at = |card: &leadscore::ScoreCard| match (card.entered[stage].truth.is_true(), card.entered[stage].at) {
        (true, at) => at.map_or_else(|| "undated".to_owned(), |at| at.to_string()),
        _ => "-".to_owned(),
    };
    outcome.cards.iter().map(at).collect()
}

#[test]
fn each_instant_not_after_as_of_is_a_return() {
    let outcome = world(&[
        "0,2026-01-01,,,,,,",
        "0,2026-01-01,,,,2026-03-01,,",
        "0,2026-01-01,,,,2026-03-01 10:00,2026-02-01T09:30Z,",
        "0,2026-01-01,,,,2026-06-30 23:59:59,2026-07-01,",
        "0,2026-01-01,,,,soon,2027-01-01,",
    ])
    .run();
    assert_eq!(
        passes(&outcome),
        ["1 ", "2 2026-03-01T00:00:00Z", "3 2026-03-01T10:00:00Z", "2 2026-06-30T23:59:59Z", "1 "]
    );
}

#[test]
fn equal_instants_are_one_and_the_one_with_a_time_of_day_stays() {
    // Both are midnight of 1 March. As a bare date the return would undo what was recorded on that day; with a time it does not.
    let outcome = world(&[
        "0,2026-01-01,2026-03-01 08:00,,,2026-03-01,2026-03-01 00:00,",
        "0,2026-01-01,2026-03-01 08:00,,,2026-03-01 00:00,2026-03-01,",
        "0,2026-01-01,2026-03-01 08:00,,,2026-03-01,2026-03-01,",
        "0,2026-01-01,2026-03-01 08:00,,,2026-03-01 09:00,2026-03-01 09:00,",
    ])
    .run();
    assert_eq!(passes(&outcome)[..3], ["2 2026-03-01T00:00:00Z"; 3]);
    assert_eq!(passes(&outcome)[3], "2 2026-03-01T09:00:00Z");
    assert_eq!(entered(&outcome, 1), ["2026-03-01T08:00:00Z", "2026-03-01T08:00:00Z", "-", "-"]);
}

#[test]
fn a_bare_date_is_no_return_beside_another_of_that_day() {
    let outcome = world(&[
        "0,2026-01-01,2026-03-01 20:00,,,2026-03-01,2026-03-01 09:00,",
        "0,2026-01-01,2026-03-01 20:00,,,2026-03-01 09:00,2026-03-01,",
        "0,2026-01-01,2026-03-01 20:00,,,2026-03-01 09:00,2026-03-02,",
        "0,2026-01-01,2026-03-01 20:00,,,2026-03-01 09:00,2026-03-01 15:00,",
    ])
    .run();
    assert_eq!(
        passes(&outcome),
        ["2 2026-03-01T09:00:00Z", "2 2026-03-01T09:00:00Z", "3 2026-03-02T00:00:00Z", "3 2026-03-01T15:00:00Z"]
    );
    assert_eq!(
        entered(&outcome, 1),
        ["2026-03-01T20:00:00Z", "2026-03-01T20:00:00Z", "-", "2026-03-01T20:00:00Z"],
        "by the return that counts, 20:00 is after 09:00"
    );
}

#[test]
fn a_return_that_a_record_of_the_final_stage_lies_before_is_none() {
    let outcome = world(&[
        "0,2026-01-01,,,2026-03-02,2026-03-01,,",
        "0,2026-01-01,,,2026-03-01,2026-03-02,,",
        "0,2026-01-01,,,2026-03-01,2026-02-01,2026-04-01,",
        "0,2026-01-01,,,2026-08-01,2026-03-02,,",
    ])
    .run();
    assert_eq!(
        told(&outcome),
        [
            // Given back, then bought: the return counts, and the purchase lies in the second pass.
            "2 2026-03-01T00:00:00Z Won ",
            // Bought first: whatever was recorded later, it is a customer.
            "1  Won ",
            // Given back, bought, given back: only the first is a return.
            "2 2026-02-01T00:00:00Z Won ",
            // It has not bought yet, so that day says nothing.
            "2 2026-03-02T00:00:00Z Lead ",
        ]
    );
}

#[test]
fn a_return_on_the_day_of_the_final_record_is_none_where_it_is_at_once_or_either_is_a_bare_date() {
    let outcome = world(&[
        "0,2026-01-01,,,2026-03-01,2026-03-01,,",
        "0,2026-01-01,,,2026-03-01,2026-03-01 10:00,,",
        "0,2026-01-01,,,2026-03-01 10:00,2026-03-01,,",
        "0,2026-01-01,,,2026-03-01 10:00,2026-03-01 10:00,,",
        "0,2026-01-01,,,2026-03-01 10:00,2026-03-01 10:01,,",
        "0,2026-01-01,,,2026-03-01 10:00,2026-03-01 09:59,,",
    ])
    .run();
    assert_eq!(passes(&outcome), ["1 ", "1 ", "1 ", "1 ", "1 ", "2 2026-03-01T09:59:00Z"]);
    assert_eq!(outcome.column("crm_stage"), ["Won"; 6], "a final stage is not undone");
}

#[test]
fn an_undated_entry_of_the_final_stage_is_no_record() {
    let stages = STAGES.replace("entered: won", "entered: { when: { present: [won] }, at: sql }");
    let leads = ["0,2026-01-01,,,2026-03-01,2026-03-02,,", "0,2026-01-01,,2026-03-01,2026-03-01,2026-03-02,,"];
    let outcome = rules(&format!("{LEADS}\n{stages}\n{RETURNS}")).leads(rows(&leads)).run();
    assert_eq!(told(&outcome), ["2 2026-03-02T00:00:00Z Won ", "1  Won "], "the second has a date, by `at`");
}

#[test]
fn a_last_stage_with_when_is_not_final() {
    let stages = STAGES.replace("entered: won", "when: { score: s, gte: 40 }, entered: won");
    let leads = ["0,2026-01-01,,,2026-03-01,2026-03-02,,", "40,2026-01-01,,,2026-03-01,2026-03-02,,"];
    let outcome = rules(&format!("{LEADS}\n{stages}\n{RETURNS}")).leads(rows(&leads)).run();
    assert_eq!(told(&outcome), ["2 2026-03-02T00:00:00Z Lead ", "2 2026-03-02T00:00:00Z Lead hand_over"]);
}

#[test]
fn a_stage_is_entered_if_one_of_its_records_lies_after_the_latest_return() {
    let outcome = world(&[
        "40,2026-01-01,2026-02-01,,,,,",
        "40,2026-01-01,2026-02-01,,,2026-03-01,,",
        "40,2026-01-01,2026-04-01,,,2026-03-01,,",
        "40,2026-01-01,2026-04-01,,,2026-03-01,2026-05-01,",
        "40,2026-01-01,2026-04-01,,,2026-05-01,2026-03-01,",
    ])
    .run();
    assert_eq!(
        told(&outcome),
        [
            "1  MQL ",
            "2 2026-03-01T00:00:00Z Lead hand_over",
            "2 2026-03-01T00:00:00Z MQL ",
            "3 2026-05-01T00:00:00Z Lead hand_over",
            "3 2026-05-01T00:00:00Z Lead hand_over",
        ]
    );
}

#[test]
fn a_record_on_the_day_of_the_return_lies_before_it_if_it_is_at_once_or_either_is_a_bare_date() {
    // The record, and the return.
    let of_one_day = [
        ("2026-03-01", "2026-03-01", "-"),
        ("2026-03-01", "2026-03-01 10:00", "-"),
        ("2026-03-01 11:00", "2026-03-01", "-"),
        ("2026-03-01 11:00", "2026-03-01 10:00", "2026-03-01T11:00:00Z"),
        ("2026-03-01 10:00", "2026-03-01 10:00", "-"),
        ("2026-03-01 09:00", "2026-03-01 10:00", "-"),
        ("2026-03-01 10:00:00.001", "2026-03-01 10:00", "2026-03-01T10:00:00.001Z"),
        ("2026-03-02", "2026-03-01", "2026-03-02T00:00:00Z"),
        ("2026-03-02", "2026-03-01 23:00", "2026-03-02T00:00:00Z"),
        ("2026-02-28 23:59", "2026-03-01", "-"),
    ];
    let leads: Vec<String> =
        of_one_day.iter().map(|(record, back, _)| format!("0,2026-01-01,{record},,,{back},,")).collect();
    let outcome = world(&leads.iter().map(String::as_str).collect::<Vec<_>>()).run();
    assert_eq!(entered(&outcome, 1), of_one_day.map(|(_, _, entry)| entry));
}

#[test]
fn the_day_is_that_of_the_rulebooks_time_zone() {
    // 22:00 UTC of 28 February is 01:00 of 1 March in Istanbul, so it lies on the day of a bare 2026-03-01.
    let leads = [
        "0,2026-01-01,2026-02-28T22:00Z,,,2026-03-01,,",
        "0,2026-01-01,2026-03-01T21:30Z,,,2026-03-01,,",
        "0,2026-01-01,2026-03-01,,,2026-02-28T22:00Z,,",
        "0,2026-01-01,2026-03-01,,,2026-02-28T20:00Z,,",
        "0,2026-01-01,,,,2026-02-28T22:00Z,2026-03-01,",
        "0,2026-01-01,,,,2026-02-28T20:00Z,2026-03-01,",
    ];
    let outcome = rules(&format!("timezone: Europe/Istanbul\n{LEADS}\n{STAGES}\n{RETURNS}")).leads(rows(&leads)).run();
    assert_eq!(
        entered(&outcome, 1),
        ["-", "2026-03-01T21:30:00Z", "-", "2026-02-28T21:00:00Z", "-", "-"],
        "21:30 UTC of 1 March is 2 March there"
    );
    assert_eq!(outcome.column("passes"), ["2", "2", "2", "2", "2", "3"]);
    assert_eq!(outcome.column("returned")[4], "2026-02-28T22:00:00Z", "the one with a time of day");
}

#[test]
fn two_returns_on_one_day_each_begin_a_pass() {
    let outcome = world(&["40,2026-01-01,2026-03-01 12:00,,,2026-03-01 09:00,2026-03-01 15:00,"]).run();
    assert_eq!(told(&outcome), ["3 2026-03-01T15:00:00Z Lead hand_over"]);
}

#[test]
fn the_first_stage_counts_as_entered_again_at_the_return_whatever_its_own_date() {
    let leads = [
        "0,2026-01-01,,,,2026-03-01,,",
        "0,,,,,2026-03-01,,",
        "0,2026-04-01,,,,2026-03-01,,",
        "0,2026-12-01,,,,2026-03-01,,",
        "0,,,,,,,",
        "0,2026-12-01,,,,,,",
    ];
    let outcome = world(&leads).run();
    let at_return = "2026-03-01T00:00:00Z";
    assert_eq!(entered(&outcome, 0), [at_return, at_return, at_return, at_return, "-", "-"]);
    assert_eq!(outcome.column("crm_stage"), ["Lead", "Lead", "Lead", "Lead", "", ""]);
    assert_eq!(outcome.column("step"), ["", "", "", "", "hand_over", "hand_over"]);
    let without = STAGES.replace("name: Lead, entered: created", "name: Lead");
    let outcome = rules(&format!("{LEADS}\n{without}\n{RETURNS}")).leads(rows(&leads)).run();
    assert_eq!(entered(&outcome, 0), ["-"; 6], "without an `entered` there is nothing to enter");
    let by_condition = STAGES.replace("entered: created", "entered: { when: { field: n, is: 1 } }");
    let leads = ["0,,,,,2026-03-01,,", "0,,,,,,,", "1,,,,,,,"];
    let outcome = rules(&format!("{LEADS}\n{by_condition}\n{RETURNS}")).leads(rows(&leads)).run();
    assert_eq!(entered(&outcome, 0), [at_return, "-", "undated"]);
}

#[test]
fn an_entry_without_a_date_is_not_undone() {
    let stages =
        STAGES.replace("entered: mql, recycle_when", "entered: { when: { field: n, gte: 20 }, at: mql }, recycle_when");
    let leads = [
        "20,2026-01-01,,,,2026-03-01,,",
        "20,2026-01-01,2026-02-01,,,2026-03-01,,",
        "20,2026-01-01,2026-04-01,,,2026-03-01,,",
        "20,2026-01-01,2026-08-01,,,2026-03-01,,",
        "0,2026-01-01,2026-04-01,,,2026-03-01,,",
    ];
    let outcome = rules(&format!("{LEADS}\n{stages}\n{RETURNS}")).leads(rows(&leads)).run();
    assert_eq!(
        entered(&outcome, 1),
        ["undated", "-", "2026-04-01T00:00:00Z", "undated", "-"],
        "a date after the day of scoring is none, so that entry is undated"
    );
}

#[test]
fn after_goes_by_the_latest_pass() {
    // MQL doesn't hold at 0 points, so SQL needs that it was entered, and in this pass.
    let leads = [
        "0,2026-01-01,2026-02-01,2026-02-02,,,,",
        "0,2026-01-01,2026-02-01,2026-02-02,,2026-03-01,,",
        "0,2026-01-01,2026-04-01,2026-02-02,,2026-03-01,,",
    ];
    assert_eq!(world(&leads).run().column("stage"), ["SQL", "Lead", "SQL"]);
}

#[test]
fn recycle_when_goes_by_the_latest_pass() {
    let outcome = world(&[
        "0,2026-01-01,2026-02-01,,,,,",
        "0,2026-01-01,2026-02-01,,,2026-03-01,,",
        "0,2026-01-01,2026-04-01,,,2026-03-01,,",
    ])
    .run();
    assert_eq!(outcome.column("step"), ["recycle", "", "recycle"], "who was given back is not given back again");
}

#[test]
fn never_disqualified_goes_by_the_latest_pass() {
    let no = "disqualify: [{ reason: no, when: { field: n, lt: 20 } }]";
    let of = |stages: &str, leads: &[&str]| {
        let outcome = rules(&format!("{LEADS}\n{stages}\n{no}\n{RETURNS}")).leads(rows(leads)).run();
        outcome.column("disqualified").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let leads = [
        "0,2026-01-01,,,2026-02-01,,,",
        "0,2026-01-01,,,2026-02-01,2026-03-01,,",
        "0,2026-01-01,,,2026-04-01,2026-03-01,,",
    ];
    assert_eq!(of(STAGES, &leads), ["", "", ""], "a final stage is not undone");
    let not_final = STAGES.replace("entered: won", "when: { score: s, gte: 40 }, entered: won");
    assert_eq!(of(&not_final, &leads), ["", "no", ""]);
}

#[test]
fn keep_when_does_not_serve_where_the_previous_rows_passes_is_another_number() {
    let stages = STAGES.replace("entered: mql,", "keep_when: { score: s, gte: 20 }, entered: mql,");
    let lead = "20,2026-01-01,2026-02-01,,,2026-03-01,,";
    let kept = |header: &str, cells: &str| {
        let previous = format!("lead_id,total,stage{header}\n1,40,MQL{cells}\n");
        let world = rules(&format!("{LEADS}\n{stages}\n{RETURNS}")).leads(rows(&[lead]));
        world.previous(&previous).run().cell("1", "stage").to_owned()
    };
    assert_eq!(kept(",passes", ",2"), "MQL");
    assert_eq!(kept(",passes", ",1"), "Lead", "it was given back since");
    assert_eq!(kept(",passes", ",3"), "Lead", "another number, be it larger");
    assert_eq!(kept(",passes", ","), "MQL", "an empty cell");
    assert_eq!(kept("", ""), "MQL", "no such column");
}

/// The line of an explanation that says when and why the lead was given back.
fn given_back(ended: &Ended) -> String {
    let line = ended.stdout.lines().find(|line| line.trim_start().starts_with("given back"));
    line.unwrap_or_else(|| panic!("{}{}", ended.stdout, ended.stderr)).trim().to_owned()
}

#[test]
fn the_reason_is_a_lead_field_for_a_date_field_and_an_event_field_for_an_event() {
    let rulebook = |reason: &str| {
        format!(
            "{LEADS}\n{STAGES}
events: {{ crm: {{ lead: lead, type: type, time: time, fields: {{ why: {{}}, note: {{}} }} }} }}
returns: {{ at: [back, {{ event: rejected }}], reason: {reason} }}"
        )
    };
    let told = |reason: &str, cells: &str, events: &str| {
        let world = rules(&rulebook(reason).replace("why: {} } }\nd", "reason: { column: why } } }\nd"))
            .leads(rows(&[cells]))
            .events("crm", format!("lead,type,time,why,note\n{events}"));
        let files = ["--leads", "leads-1.csv", "--events", "crm=events-crm-1.csv", "--as-of", "2026-06-30"];
        given_back(&world.command(&[&["explain", "rulebook.yaml", "1"][..], &files[..]].concat()))
    };
    let by_field = "0,2026-01-01,,,,2026-03-01,,too small";
    assert!(told("reason", by_field, "").contains("(too small)"), "a lead field");
    let event = "1,rejected,2026-04-01 09:00,no money,called twice\n";
    assert!(told("why", "0,2026-01-01,,,,,,", event).contains("(no money)"), "an event field");
    // A lead field says nothing of a return that an event gave, and the other way round.
    let both = told("reason", by_field, event);
    assert!(both.contains("2026-04-01") && !both.contains('('), "{both}");
    let both = told("why", by_field, event);
    assert!(both.contains("2026-04-01 09:00 (no money)") && !both.contains("too small"), "{both}");
}

#[test]
fn a_reason_that_leads_and_events_have_is_that_of_the_one_that_gave_the_return() {
    let rulebook = format!(
        "{LEADS}\n{STAGES}
events: {{ crm: {{ lead: lead, type: type, time: time, fields: {{ why: {{}} }} }} }}
returns: {{ at: [back, {{ event: rejected }}], reason: why }}"
    );
    let told = |cells: &str| {
        let world = rules(&rulebook)
            .leads(rows(&[cells]))
            .events("crm", "lead,type,time,why\n1,rejected,2026-04-01 09:00,no money\n");
        let files = ["--leads", "leads-1.csv", "--events", "crm=events-crm-1.csv", "--as-of", "2026-06-30"];
        given_back(&world.command(&[&["explain", "rulebook.yaml", "1"][..], &files[..]].concat()))
    };
    let event_is_latest = told("0,2026-01-01,,,,2026-03-01,,too small");
    assert!(event_is_latest.contains("(no money)") && !event_is_latest.contains("small"), "{event_is_latest}");
    let field_is_latest = told("0,2026-01-01,,,,2026-05-01,,too small");
    assert!(field_is_latest.contains("(no money)") && field_is_latest.contains("(too small)"), "{field_is_latest}");
}
