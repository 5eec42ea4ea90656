//! `entered` as a list, and as a condition with a date.

use crate::world::{Outcome, World, rules};

const LEADS: &str = "leads: { id: id, fields: { a: { type: date }, b: { type: date }, ok: { type: boolean } } }";

fn world(entered: &str, leads: &[&str]) -> World {
    let rows: Vec<String> = leads.iter().enumerate().map(|(n, cells)| format!("{},{cells}\n", n + 1)).collect();
    let stages = format!("stages: [{{ name: Lead }}, {{ name: MQL, entered: {entered} }}]");
    rules(&format!("{LEADS}\n{stages}")).leads(format!("id,a,b,ok\n{}", rows.concat()))
}

/// When each lead entered the second stage; `-` where it didn't.
fn entries(outcome: &Outcome) -> Vec<String> {
    let at = |card: &leadscore::ScoreCard| match (card.entered[1].truth.is_true(), card.entered[1].at) {
        (true, at) => at.map_or_else(|| "undated".to_owned(), |at| at.to_string()),
        _ => "-".to_owned(),
    };
    outcome.cards.iter().map(at).collect()
}

#[test]
fn each_instant_of_a_list_that_is_not_after_as_of_is_a_record_and_the_earliest_is_the_date() {
    let leads = [
        "2026-03-01,2026-02-01,",
        "2026-03-01,,",
        ",2026-02-01,",
        ",,",
        "2026-03-01,2026-07-01,",
        "2027-03-01,2026-07-01,",
        "soon,2026-02-01,",
    ];
    let outcome = world("[a, b]", &leads).run();
    let february = "2026-02-01T00:00:00Z";
    let march = "2026-03-01T00:00:00Z";
    assert_eq!(entries(&outcome), [february, march, february, "-", march, "-", february]);
    assert_eq!(outcome.column("crm_stage"), ["MQL", "MQL", "MQL", "", "MQL", "", "MQL"]);
}

#[test]
fn a_list_may_have_events_beside_date_fields() {
    let events = "events: { crm: { lead: lead, type: type, time: time, fields: { k: {} } } }";
    let entered = "[a, { event: stamped, where: { field: k, is: mql } }, { event: deal }]";
    let stages = format!("stages: [{{ name: Lead }}, {{ name: MQL, entered: {entered} }}]");
    let outcome = rules(&format!("{LEADS}\n{events}\n{stages}"))
        .leads("id,a,b,ok\n1,2026-03-01,,\n2,2026-03-01,,\n3,,,\n4,,,\n")
        .events(
            "crm",
            "lead,type,time,k\n1,stamped,2026-02-01,mql\n2,stamped,2026-02-01,sql\n3,deal,2026-05-01,\n3,stamped,2026-05-02,mql\n4,deal,2026-08-01,\n",
        )
        .run();
    assert_eq!(entries(&outcome), ["2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z", "-"]);
}

#[test]
fn a_list_has_no_condition_and_is_not_empty() {
    let said = |entered: &str| {
        let found = world(entered, &[]).problems();
        found.into_iter().map(|found| format!("{}: {}", found.code, found.message)).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(said("[a]"), "");
    assert_eq!(said("[]"), "LS005: `entered` is an empty list");
    let refused = said("[a, { when: { field: ok, is: true } }]");
    assert_eq!(refused, "LS010: `entered` can't have a condition here");
    assert!(said("[a, ok]").contains("must be a date field, but `ok` is a boolean"), "{}", said("[a, ok]"));
}

#[test]
fn a_condition_with_a_date_is_entered_if_it_is_true_and_dated_where_the_date_has_come() {
    let leads = ["2026-03-01,,yes", "2026-03-01,,no", "2026-03-01,,", ",,yes", "2026-07-01,,yes", "soon,,yes", ",,no"];
    let outcome = world("{ when: { field: ok, is: true }, at: a }", &leads).run();
    assert_eq!(entries(&outcome), ["2026-03-01T00:00:00Z", "-", "-", "undated", "undated", "undated", "-"]);
    assert_eq!(outcome.column("crm_stage"), ["MQL", "", "", "MQL", "MQL", "MQL", ""]);
    let without = world("{ when: { field: ok, is: true } }", &leads).run();
    assert_eq!(entries(&without), ["undated", "-", "-", "undated", "undated", "undated", "-"]);
}

#[test]
fn the_date_of_a_condition_is_a_date_field_and_stands_only_beside_it() {
    let said = |entered: &str| {
        let found = world(entered, &[]).problems();
        found.into_iter().map(|found| found.message).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(said("{ when: { field: ok, is: true }, at: b }"), "");
    let wrong = said("{ when: { field: ok, is: true }, at: ok }");
    assert!(wrong.contains("must be a date field, but `ok` is a boolean"), "{wrong}");
    assert!(!said("{ at: a }").is_empty(), "a date alone is `entered: a`");
}

#[test]
fn the_report_counts_entries_of_a_list_and_of_a_condition_with_a_date() {
    let report = |entered: &str| {
        let stages = format!(
            "stages: [{{ name: Lead, entered: b }}, {{ name: MQL, entered: {entered} }}]\nfunnel: {{ paths: {{ all: [Lead, MQL] }} }}"
        );
        let rows =
            "id,a,b,ok\n1,2026-02-10,2026-01-01,yes\n2,,2026-01-01,yes\n3,2026-02-10,2026-01-01,\n4,2026-02-10,,\n";
        let ended = rules(&format!("{LEADS}\n{stages}")).leads(rows).score(&[]);
        let json: serde_json::Value =
            serde_json::from_str(&ended.file("out/report.json").expect("it is written")).expect("it is JSON");
        let stage = &json["paths"][0]["stages"][1];
        [&stage["n_reached"], &stage["n_dated"]].map(|n| n.as_u64().expect("a number"))
    };
    // Leads 1 and 3 have a date in `a`; 4 has one as well, but never reached Lead: it reached MQL all the same.
    assert_eq!(report("[a]"), [3, 3]);
    // Leads 1 and 2 are true, and only 1 has a date.
    assert_eq!(report("{ when: { field: ok, is: true }, at: a }"), [2, 1]);
}

#[test]
fn where_the_condition_is_unknown_a_date_before_the_latest_return_is_no_entry_now() {
    let known = "{ when: { field: ok, is: true }, at: a }";
    let stages = format!(
        "stages: [{{ name: Lead }}, {{ name: MQL, entered: {known} }}, {{ name: Won, when: {{ present: [b] }} }}]"
    );
    let outcome = rules(&format!("returns: {{ at: b }}\n{LEADS}\n{stages}"))
        .leads("id,a,b,ok\n1,2026-01-10,2026-03-01,\n2,2026-04-10,2026-03-01,\n3,,2026-03-01,\n4,2026-01-10,,\n")
        .run();
    let truths: Vec<String> = outcome.cards.iter().map(|card| format!("{:?}", card.entered[1].truth)).collect();
    // Of the first it doesn't matter what the condition is; of the others nobody knows.
    assert_eq!(truths, ["False", "Unknown", "Unknown", "Unknown"]);
}
