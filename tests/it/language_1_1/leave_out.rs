//! `funnel.leave_out`: leads that stand in no figure.

use crate::funnel::report;
use crate::world::{World, rules};
use serde_json::{Value, json};

/// Leads with a path, segments, an SLA, targets, a value and accounts, so that every section has figures.
fn world(leave_out: &str, rows: &str) -> World {
    rules(&format!(
        "leads:
  id: id
  fields:
    mail: {{ type: email, optional: true }}
    source: {{ optional: true }}
    asked: {{ optional: true }}
    lead: {{ type: date }}
    mql: {{ type: date }}
    won: {{ type: date }}
    lost: {{ type: date }}
    worth: {{ type: number }}
dimensions: {{ fit: {{ criteria: [{{ id: asked, field: asked, values: {{ yes: 60, no: 5 }} }}] }} }}
disqualify: [{{ reason: spam, when: {{ field: source, is: spam }} }}]
stages:
  - {{ name: Lead, entered: lead }}
  - {{ name: MQL, entered: mql, when: {{ score: total, gte: 50 }} }}
  - {{ name: Customer, entered: won }}
accounts: {{ by: source, scores: {{ fit: {{ sum: fit }} }}, stages: [{{ name: Known }}] }}
value: {{ ltv: {{ field: worth }}, spend: {{ Web: 100 }}, target_roas: 2 }}
funnel:
  paths: {{ all: [Lead, MQL, Customer] }}
  by: [source]
  lost: lost
  sla: {{ MQL: {{ within: 24h, until: won }} }}
  targets: {{ MQL: 3 }}
  {leave_out}"
    ))
    .leads(format!("id,mail,source,asked,lead,mql,won,lost,worth\n{rows}"))
    .as_of("2026-06-30")
}

const OTHERS: &str = "\
1,a@x.example,Web,yes,2026-06-01,2026-06-02,2026-06-02,,100
2,b@x.example,Web,no,2026-06-01,,,2026-06-20,
3,,Fair,,2026-05-01,2026-06-05,,,
";
const OURS: &str = "\
4,me@ours.example,Web,yes,2026-06-01,2026-06-02,2026-06-03,,900
5,you@ours.example,Fair,no,2026-06-09,2026-06-02,,2026-06-20,
6,it@ours.example,spam,,2026-06-01,,,,
";
const OWN_PEOPLE: &str = "leave_out: { field: mail.domain, is: ours.example }";

/// A report without what is said of files: rows are counted whatever the lead.
fn figures(mut report: Value) -> Value {
    report["quality"]["files"] = Value::Null;
    report["quality"]["leads"] = Value::Null;
    report
}

#[test]
fn where_it_is_true_the_lead_stands_in_no_figure() {
    let with = figures(report(&world(OWN_PEOPLE, &format!("{OTHERS}{OURS}"))));
    let mut without = figures(report(&world(OWN_PEOPLE, OTHERS)));
    assert_eq!((&with["n_leads"], &with["n_left_out"]), (&json!(3), &json!(3)));
    assert_eq!(without["n_left_out"], 0);
    without["n_left_out"] = json!(3);
    for (section, figures) in with.as_object().expect("an object") {
        assert_eq!(figures, &without[section], "{section}");
    }
    // They would be: the first is a customer of 900, the second has dates out of order.
    let all = report(&world("", &format!("{OTHERS}{OURS}")));
    assert_eq!((&all["n_leads"], &all["n_customers"]), (&json!(6), &json!(2)));
    assert_eq!(all["date_errors"]["n_leads"], 1);
    assert_eq!(all.get("n_left_out"), None, "nothing is said where nothing is asked");
}

#[test]
fn unknown_is_not_true() {
    // 3 has no address: whether its domain is ours is unknown.
    assert_eq!(report(&world(OWN_PEOPLE, OTHERS))["n_leads"], 3);
    let not_theirs = "leave_out: { not: { field: mail.domain, is: x.example } }";
    assert_eq!(report(&world(not_theirs, OTHERS))["n_left_out"], 0);
    let absent = "leave_out: { absent: [mail] }";
    assert_eq!(report(&world(absent, OTHERS))["n_left_out"], 1);
}

#[test]
fn how_many_is_said() {
    let ended = world(OWN_PEOPLE, &format!("{OTHERS}{OURS}")).score(&["--out", "out"]);
    assert!(ended.stdout.contains("3 leads are left out of the figures of the report"), "{}", ended.stdout);
    let told = ended.file("out/report.md").expect("a report");
    assert!(told.contains("scored; 3 more left out"), "{told}");
    assert!(told.contains("_Left out:_"), "{told}");
    let one = world(OWN_PEOPLE, &format!("{OTHERS}4,me@ours.example,,,,,,,\n")).score(&["--out", "out"]);
    assert!(one.stdout.contains("1 lead is left out of the figures of the report"), "{}", one.stdout);
}

#[test]
fn it_is_still_scored() {
    let ended = world(OWN_PEOPLE, &format!("{OTHERS}{OURS}")).score(&["--out", "out"]);
    let rows = ended.scored();
    assert_eq!(rows.len(), 6);
    let ours = rows.iter().find(|row| row["lead_id"] == "4").expect("it is there");
    assert_eq!((ours["total"].as_str(), ours["stage"].as_str()), ("60", "Customer"));
    assert!(ended.stdout.contains("6 leads scored"), "{}", ended.stdout);
}

#[test]
fn it_belongs_to_no_account() {
    let ended = world(OWN_PEOPLE, &format!("{OURS}{OTHERS}")).score(&["--out", "out"]);
    let accounts = ended.file("out/accounts.csv").expect("there are accounts");
    assert_eq!(accounts, "account,leads,fit,stage,best\nWeb,2,65,Known,1; 2\nFair,1,0,Known,3\n");
    let why = world(OWN_PEOPLE, &format!("{OURS}{OTHERS}")).command(&[
        "explain",
        "rulebook.yaml",
        "--leads",
        "leads-1.csv",
        "--account",
        "Web",
        "--as-of",
        "2026-06-30",
    ]);
    assert!(why.stdout.contains("2; 1 more left out by `where` or `leave_out`"), "{}\n{}", why.stdout, why.stderr);
}

#[test]
fn the_condition_names_fields_and_events_but_no_score_and_no_stage() {
    for named in ["{ score: total, gte: 1 }", "{ stage: MQL }", "{ grade: [A] }"] {
        let found = world(&format!("leave_out: {named}"), OTHERS).problems();
        assert_eq!(found.iter().map(|one| one.code).collect::<Vec<_>>(), ["LS010"], "{named}: {found:#?}");
    }
    let events = "events: { web: { lead: lead, type: type, time: time, optional: true } }\n";
    let mut by_event = world("leave_out: { event: staff_login, gte: 1 }", OTHERS);
    by_event.rulebook = by_event.rulebook.replacen("dimensions:", &format!("{events}dimensions:"), 1);
    let by_event = by_event.events("web", "lead,type,time\n2,staff_login,2026-06-02\n3,login,2026-06-02\n");
    assert_eq!(report(&by_event)["n_left_out"], 1);
}

#[test]
fn describe_says_who_is_left_out() {
    let told = world(OWN_PEOPLE, OTHERS).command(&["describe", "rulebook.yaml"]);
    let words = told.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let said =
        "The figures of the report leave out the leads for which this is true: the domain in “mail” is ours.example.";
    assert!(words.contains(said), "{}", told.stdout);
}
