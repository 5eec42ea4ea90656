//! Why leads were lost, who has them today, and what the open ones may bring.

use crate::funnel::report;
use crate::world::{World, rules};
use serde_json::{Value, json};

fn world(funnel: &str, value: &str, rows: &[&str]) -> World {
    rules(&format!(
        "leads:
  id: id
  fields:
    lead: {{ type: date }}
    mql: {{ type: date }}
    sql: {{ type: date }}
    won: {{ type: date }}
    lost: {{ type: date }}
    why: {{ optional: true }}
    owner: {{ optional: true }}
    source: {{ optional: true }}
    amount: {{ type: number, optional: true }}
    answered: {{ type: date }}
disqualify: [{{ reason: spam, when: {{ field: source, is: spam }} }}]
stages:
  - {{ name: Lead, entered: lead }}
  - {{ name: MQL, entered: mql }}
  - {{ name: SQL, entered: sql }}
  - {{ name: Customer, entered: won }}
funnel: {{ paths: {{ sales: [Lead, MQL, SQL, Customer] }}, {funnel} }}
{value}"
    ))
    .leads(format!("id,lead,mql,sql,won,lost,why,owner,source,amount,answered\n{}\n", rows.join("\n")))
    .as_of("2026-06-30")
}

const REASONS: &str = "lost: { at: lost, reason: why }";

/// Seven leads that were lost, one that came back, one that wasn't.
const LOST: [&str; 9] = [
    "a,2026-01-01,,,,2026-02-01,Budget,,,,",
    "b,2026-01-01,2026-01-02,,,2026-02-01,budget,,,,",
    "c,2026-01-01,2026-01-02,,,2026-02-01,budget,,,,",
    "d,2026-01-01,2026-01-02,2026-01-03,,2026-02-01,Timing,,,,",
    "e,2026-01-01,2026-01-02,,,2026-02-01,,,,,",
    "f,2026-01-01,2026-01-02,,,2026-02-01,timing,,,,",
    "g,,,,,2026-02-01,Budget,,,,",                     // on no stage of the path
    "h,2026-01-01,2026-03-02,,,2026-02-01,Budget,,,,", // an MQL after that: not lost
    "i,2026-01-01,2026-01-02,,,,Budget,,,,",           // not lost, whatever the reason says
];

#[test]
fn reasons_of_losses_are_told_by_the_last_stage_reached() {
    let losses = report(&world(REASONS, "", &LOST))["paths"][0]["losses"].clone();
    assert_eq!(losses["field"], "why");
    assert_eq!(losses["stages"], json!(["Lead", "MQL", "SQL", "Customer"]));
    // Budget is written in small letters twice, in capitals once. Of Timing and timing the first in byte order names both.
    let expected = json!([
        { "reason": "budget", "n": 3, "n_by_stage": [1, 2, 0, 0] },
        { "reason": "Timing", "n": 2, "n_by_stage": [0, 1, 1, 0] },
        { "reason": "(none)", "n": 1, "n_by_stage": [0, 1, 0, 0] },
    ]);
    assert_eq!(losses["reasons"], expected);
    assert_eq!(losses["n_in_other"], 0);
}

#[test]
fn the_plain_form_of_lost_stays_and_the_long_one_without_a_reason_is_the_same() {
    let plain = report(&world("lost: lost", "", &LOST));
    assert_eq!(plain["paths"][0].get("losses"), None);
    assert_eq!(report(&world("lost: { at: lost }", "", &LOST)), plain);
    let mut with = report(&world(REASONS, "", &LOST));
    with["paths"][0].as_object_mut().expect("an object").remove("losses");
    assert_eq!(with["paths"], plain["paths"], "the reason changes no other figure");
}

#[test]
fn lost_may_be_an_event_with_a_reason() {
    let events = "events: { deals: { lead: lead, type: type, time: time } }\nfunnel:";
    let mut world = world("lost: { at: { event: deal_lost }, reason: why }", "", &LOST);
    world.rulebook = world.rulebook.replacen("funnel:", events, 1);
    let world = world.events("deals", "lead,type,time\ni,deal_lost,2026-03-01\n");
    let losses = report(&world)["paths"][0]["losses"]["reasons"].clone();
    assert_eq!(losses, json!([{ "reason": "Budget", "n": 1, "n_by_stage": [0, 1, 0, 0] }]));
}

#[test]
fn a_reason_is_a_field_of_leads_beside_a_date() {
    let problems = |funnel: &str| -> Vec<(&'static str, String)> {
        world(funnel, "", &[]).problems().into_iter().map(|found| (found.code, found.message)).collect()
    };
    assert_eq!(
        problems("lost: { reason: why }"),
        [("LS003", "`lost` needs one of these keys: `at`, `event`".to_owned())]
    );
    assert_eq!(
        problems("lost: { at: lost, reason: whi }"),
        [("LS006", "no field of leads is called `whi`".to_owned())]
    );
    let found = problems("lost: { at: source, reason: why }");
    assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), ["LS009"], "{found:?}");
}

const OWNED: [&str; 7] = [
    "a,2026-01-01,2026-01-02,,,,,Ann,,,2026-01-02",
    "b,2026-01-01,2026-01-02,,,,,ann,,,",
    "c,2026-01-01,,,,,,Ann,,,",
    "d,2026-01-01,2026-01-02,2026-01-03,,,,Bob,,,2026-03-02",
    "e,2026-01-01,2026-01-02,,,2026-02-01,,Bob,,,", // lost: not open
    "f,2026-01-01,,,,,,,,,",
    "g,2026-01-01,,,,,,Bob,spam,,", // disqualified: not open
];

#[test]
fn open_leads_are_told_by_todays_owner() {
    let open = report(&world("lost: lost, owner: owner", "", &OWNED))["paths"][0]["open_by_owner"].clone();
    let expected = json!({
        "field": "owner",
        "stages": ["Lead", "MQL", "SQL"],
        "owners": [
            { "owner": "Ann", "n_open": [1, 2, 0] },
            { "owner": "Bob", "n_open": [0, 0, 1] },
            { "owner": "(none)", "n_open": [1, 0, 0] },
        ],
        "n_in_other": 0,
    });
    assert_eq!(open, expected);
}

#[test]
fn response_times_are_told_by_owner_too() {
    let sla = "lost: lost, owner: owner, sla: { MQL: { within: 24h, until: answered } }";
    let by = report(&world(sla, "", &OWNED))["slas"][0]["segments"].clone();
    let names =
        |by: &Value| -> Vec<Value> { by.as_array().expect("a list").iter().map(|field| field[0].clone()).collect() };
    assert_eq!(names(&by), ["owner"]);
    let owners = by[0][1].as_array().expect("a list");
    // Ann has two MQLs: one answered in time, one not at all. Bob answered one two months late; the lost one was never answered, and its time was over.
    let of =
        |at: usize| (&owners[at][0], &owners[at][1]["n_met"], &owners[at][1]["n_missed"], &owners[at][1]["n_broken"]);
    assert_eq!(of(0), (&json!("Ann"), &json!(1), &json!(0), &json!(1)));
    assert_eq!(of(1), (&json!("Bob"), &json!(0), &json!(1), &json!(2)));
    assert_eq!(owners.len(), 2, "no MQL is without an owner");
    let both = format!("{sla}, by: [source, owner]");
    assert_eq!(names(&report(&world(&both, "", &OWNED))["slas"][0]["segments"]), ["source", "owner"], "told once");
}

/// 20 MQLs, 10 of them SQLs, 5 of these customers; and leads with amounts.
fn piped() -> Vec<String> {
    let mut rows: Vec<String> = (0..20)
        .map(|n| {
            let sql = if n < 10 { "2026-01-03" } else { "" };
            let won = if n < 5 { "2026-01-04" } else { "" };
            // A customer's amount is in no pipeline, nor is a lost lead's.
            let lost = if n >= 6 { "2026-02-01" } else { "" };
            let amount = if n == 5 { "" } else { "1000" };
            format!("p{n},2026-01-01,2026-01-02,{sql},{won},{lost},,,Fair,{amount},")
        })
        .collect();
    rows.extend(
        [
            "x,2026-01-01,2026-01-02,,,,,,Web,400,",
            "y,2026-01-01,2026-01-02,,,,,,web,100.50,",
            "z,2026-01-01,,,,,,,Fair,50,",
            "s,2026-01-01,,,,,,,spam,7000,", // disqualified
        ]
        .map(str::to_owned),
    );
    rows
}

fn pipeline(rows: &[String]) -> Value {
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    report(&world("lost: lost, by: source", "value: { currency: USD, pipeline: amount }", &rows))["value"]["pipeline"]
        .clone()
}

#[test]
fn the_pipeline_is_the_sum_over_open_leads_by_crm_stage_times_the_stages_rate_to_the_last() {
    let pipeline = pipeline(&piped());
    // 24 leads: 5 customers. 22 MQLs: 5 customers. 10 SQLs, too few for a rate. Open at Lead: z; at MQL: x and y; at SQL: p5.
    let stage = |at: usize| pipeline["stages"][at].clone();
    let told = |stage: &Value| ["stage", "n_open", "n_with", "sum"].map(|key| stage[key].clone());
    assert_eq!(told(&stage(0)), [json!("Lead"), json!(1), json!(1), json!(50.0)]);
    assert_eq!(stage(0)["weighted"]["value"], 10.42, "50 × 5 / 24");
    assert_eq!(told(&stage(1)), [json!("MQL"), json!(2), json!(2), json!(500.5)]);
    assert_eq!(stage(1)["weighted"]["value"], 113.75, "500.50 × 5 / 22");
    assert_eq!(told(&stage(2)), [json!("SQL"), json!(1), json!(0), json!(0.0)]);
    assert_eq!(stage(2)["rate"], json!({ "is": "too_few", "n": 10, "converted": 5 }));
    assert_eq!(stage(2)["weighted"], json!({ "is": "too_few", "n": 10 }));
    assert_eq!((&stage(0)["path"], &stage(0)["to"]), (&json!("sales"), &json!("Customer")));
    assert_eq!(pipeline["stages"].as_array().map(Vec::len), Some(3), "no lead is without a stage");
    // Nothing of SQL has an amount: that its rate is not known doesn't matter.
    assert_eq!((&pipeline["all"]["sum"], &pipeline["all"]["n_open"]), (&json!(550.5), &json!(4)));
    assert_eq!(pipeline["all"]["weighted"]["value"], 124.17, "250/24 + 2502.5/22");
}

#[test]
fn the_pipeline_is_told_by_the_first_segment() {
    let segments = pipeline(&piped())["segments"].clone();
    let told = |at: usize| ["name", "n_open", "n_with", "sum"].map(|key| segments[at][key].clone());
    assert_eq!(told(0), [json!("Fair"), json!(2), json!(1), json!(50.0)]);
    assert_eq!(told(1), [json!("Web"), json!(2), json!(2), json!(500.5)]);
    assert_eq!(segments[1]["weighted"]["value"], 113.75);
    // Without an open lead a segment has no row.
    assert_eq!(segments.as_array().map(Vec::len), Some(2));
}

#[test]
fn leads_without_a_stage_in_the_crm_are_open_too_and_have_no_rate() {
    let mut rows = piped();
    rows.push("n,,,,,,,,Web,10,".to_owned());
    let pipeline = pipeline(&rows);
    assert_eq!(pipeline["stages"][0]["stage"], Value::Null);
    assert_eq!(pipeline["stages"][0]["weighted"], json!({ "is": "none" }));
    assert_eq!(pipeline["all"]["sum"], 560.5);
    assert_eq!(pipeline["all"]["weighted"], json!({ "is": "none" }), "what has no rate is not left out in silence");
}

#[test]
fn the_pipeline_is_a_number_field() {
    let found = world("by: source", "value: { pipeline: source }", &[]).problems();
    let found: Vec<_> = found.into_iter().map(|found| (found.code, found.message)).collect();
    assert_eq!(found, [("LS009", "the pipeline needs a number field, but this is text".to_owned())]);
}

#[test]
fn two_currencies_in_one_pipeline_are_warned_of() {
    let rows = ["a,2026-01-01,,,,,,,,$5,", "b,2026-01-01,,,,,,,,€5,"];
    let ended = world("by: source", "value: { pipeline: amount }", &rows).score(&[]);
    assert!(ended.stdout.contains("`amount`") && ended.stdout.contains("different currencies"), "{}", ended.stdout);
}

#[test]
fn terminal_report_and_describe_tell_of_them() {
    let rows = piped();
    let rows: Vec<&str> = rows.iter().map(String::as_str).chain(LOST).collect();
    let world = world(
        "lost: { at: lost, reason: why }, owner: owner, by: source",
        "value: { currency: USD, pipeline: amount }",
        &rows,
    );
    let ended = world.score(&[]);
    let told = ended.file("out/report.md").expect("a report");
    for said in [
        "### Why leads were lost",
        "Lost leads by why and last stage reached, path sales:",
        "| budget | 3 | 1 | 2 | 0 | 0 |",
        "### Open leads by owner",
        "### Pipeline",
        "Open leads by amount and stage, in USD:",
    ] {
        assert!(told.contains(said), "{said}\n{told}");
    }
    assert!(ended.stdout.contains("open pipeline: 550.50 USD, in 3 of 6 open leads"), "{}", ended.stdout);
    let described = world.command(&["describe", "rulebook.yaml"]).stdout;
    for said in
        ["“owner” says who has a lead. “why” says why a lead was lost.", "“amount” says what an open lead may bring."]
    {
        assert!(described.contains(said), "{said}\n{described}");
    }
}
