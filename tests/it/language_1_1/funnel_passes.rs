//! The funnel of leads that come back: figures by pass, and what sales gave back.

use crate::funnel::{each, report};
use crate::world::{World, rules};
use serde_json::{Value, json};

/// Stages, losses and answers by events, so that a lead can have several of each; returns by events, too.
fn world(funnel: &str, events: &[&str]) -> World {
    rules(&format!(
        "leads: {{ id: id, fields: {{ created: {{ type: date }}, owner: {{ optional: true }} }} }}
events:
  crm: {{ lead: lead, type: type, time: time, fields: {{ why: {{ optional: true }} }} }}
returns: {{ at: {{ event: returned }}, reason: why }}
dimensions: {{ fit: {{ criteria: [{{ id: any, when: {{ present: [created] }}, points: 10 }}] }} }}
stages:
  - {{ name: Lead, entered: created }}
  - {{ name: MQL, entered: {{ event: mql }} }}
  - {{ name: SQL, entered: {{ event: sql }} }}
  - {{ name: Customer, entered: {{ event: won }} }}
funnel: {{ paths: {{ sales: [Lead, MQL, SQL, Customer] }}, lost: {{ event: lost }}, {funnel} }}"
    ))
    .leads("id,created,owner\na,2026-01-01,Ann\nb,2026-01-01,Bob\nc,2026-01-01,ann\n")
    .events("crm", format!("lead,type,time,why\n{}\n", events.join("\n")))
    .as_of("2026-06-30")
}

/// `a` was an MQL three times and given back twice: once as an MQL, once as an SQL. Then it bought. `b` was given back before it was
/// an MQL. `c` never was.
const THREE: [&str; 10] = [
    "a,mql,2026-01-10T09:00:00Z,",
    "a,returned,2026-01-20T09:00:00Z,No budget",
    "a,mql,2026-02-01T09:00:00Z,",
    "a,sql,2026-02-05T09:00:00Z,",
    "a,returned,2026-02-20T09:00:00Z,no budget",
    "a,mql,2026-03-01T09:00:00Z,",
    "a,sql,2026-03-02T09:00:00Z,",
    "a,won,2026-03-03T09:00:00Z,",
    "b,returned,2026-04-01T09:00:00Z,",
    "c,clicked,2026-04-01T09:00:00Z,",
];

fn seen(funnel: &str, events: &[&str]) -> Value {
    report(&world(funnel, events))
}

#[test]
fn the_unit_of_every_figure_is_the_pass_and_all_passes_count() {
    let report = seen("", &THREE);
    // Three passes of a, two of b, one of c.
    assert_eq!(report["passes"], json!({ "counted": "all", "n_passes": 6, "n_leads": 3 }));
    assert_eq!(report["n_leads"], 3);
    let path = &report["paths"][0];
    assert_eq!(each(&path["stages"], "n_reached"), [6, 3, 2, 1]);
    // Open are b's second pass and c's only one.
    assert_eq!(each(&path["stages"], "n_open_here"), [2, 0, 0, 1]);
    let steps = &path["to_next"];
    assert_eq!(each(steps, "n_converted"), [3, 2, 1]);
    assert_eq!(each(steps, "n_returned"), [1, 1, 1]);
    assert_eq!(each(steps, "n_open"), [2, 0, 0]);
}

#[test]
fn a_later_pass_has_reached_the_first_stage_of_a_path_at_the_return_that_began_it() {
    let report = seen("by: owner", &THREE);
    let months = &report["paths"][0]["cohorts"][0]["months"];
    // All three leads in January, and a again after its first return; then the return of February, and that of b in April.
    assert_eq!(each(months, "month"), ["2026-01", "2026-02", "2026-04"]);
    assert_eq!(each(months, "n"), [4, 1, 1]);
    // Of a path that begins later, its own first stage.
    let late = world("", &THREE);
    let mut late = late;
    late.rulebook = late.rulebook.replace("[Lead, MQL, SQL, Customer]", "[MQL, SQL, Customer]");
    let stages = crate::funnel::report(&late)["paths"][0]["stages"].clone();
    // a three times; b's second pass by its return, though it never was an MQL.
    assert_eq!(each(&stages, "n_reached"), [4, 2, 1]);
}

#[test]
fn a_returned_pass_is_resolved_like_a_lost_one_and_a_competing_end() {
    let report = seen("", &THREE);
    let path = &report["paths"][0];
    // MQL: one went no further and was given back, two became SQLs: resolved are all three.
    assert_eq!(path["to_next"][1]["resolved"], json!({ "is": "too_few", "n": 3, "converted": 2 }));
    let times = &path["velocity_to_next"];
    assert_eq!(
        (each(times, "n_lost"), each(times, "n_censored")),
        (vec![json!(1); 3], vec![json!(2), json!(0), json!(0)])
    );
}

/// What became of a, which was lost and given back.
fn end(events: &[&str]) -> (Value, Value) {
    let step = seen("", events)["paths"][0]["to_next"][1].clone();
    (step["n_lost"].clone(), step["n_returned"].clone())
}

#[test]
fn of_a_loss_and_a_return_the_earlier_counts() {
    let mql = "a,mql,2026-01-10T09:00:00Z,";
    let of = |lost: &str, returned: &str| end(&[mql, &format!("a,lost,{lost},"), &format!("a,returned,{returned},")]);
    let (lost, returned) = ((json!(1), json!(0)), (json!(0), json!(1)));
    assert_eq!(of("2026-01-15T09:00:00Z", "2026-01-20T09:00:00Z"), lost);
    assert_eq!(of("2026-01-25T09:00:00Z", "2026-01-20T09:00:00Z"), returned);
    // At one instant the loss lies before the return; so does one of the same day where either has no time.
    assert_eq!(of("2026-01-20T09:00:00Z", "2026-01-20T09:00:00Z"), lost);
    assert_eq!(of("2026-01-20", "2026-01-20T09:00:00Z"), lost);
    assert_eq!(of("2026-01-20T15:00:00Z", "2026-01-20"), lost);
    assert_eq!(of("2026-01-20T15:00:00Z", "2026-01-20T09:00:00Z"), returned);
    // A loss before the stage is none: the lead went on.
    assert_eq!(of("2026-01-05T09:00:00Z", "2026-01-20T09:00:00Z"), returned);
}

#[test]
fn losses_count_in_the_pass_in_which_they_lie() {
    let events = [
        "a,mql,2026-01-10T09:00:00Z,",
        "a,lost,2026-01-15T09:00:00Z,",
        "a,returned,2026-01-20T09:00:00Z,",
        "a,mql,2026-02-01T09:00:00Z,",
        "a,lost,2026-02-10T09:00:00Z,",
    ];
    // Both passes were lost as MQLs; the return ended one that was lost already.
    assert_eq!(end(&events), (json!(2), json!(0)));
    // Within one pass the loss that no entry follows counts, though an earlier one was undone.
    let undone = [
        "a,lost,2026-01-05T09:00:00Z,",
        "a,mql,2026-01-10T09:00:00Z,",
        "a,lost,2026-01-15T09:00:00Z,",
        "a,returned,2026-01-20T09:00:00Z,",
    ];
    assert_eq!(end(&undone), (json!(1), json!(0)));
}

#[test]
fn answers_count_in_the_pass_in_which_they_lie_at_or_after_the_entry() {
    let sla = "sla: { MQL: { within: 24h, until: { event: called } } }";
    let events = [
        "a,mql,2026-01-10T09:00:00Z,",
        "a,called,2026-01-10T10:00:00Z,",
        "a,returned,2026-01-20T09:00:00Z,",
        "a,called,2026-01-25T10:00:00Z,", // before the second entry: it answers nothing
        "a,mql,2026-02-01T09:00:00Z,",
        "a,called,2026-02-05T09:00:00Z,",
        "a,returned,2026-02-20T09:00:00Z,",
        "a,mql,2026-03-01T09:00:00Z,",
        "b,mql,2026-03-01T09:00:00Z,",
        "b,returned,2026-03-01T12:00:00Z,", // given back before the time was over
    ];
    let all = seen(sla, &events)["slas"][0]["all"].clone();
    let of = |key: &str| all[key].clone();
    assert_eq!((of("n_met"), of("n_missed"), of("n_past_due"), of("n_lost")), (json!(1), json!(1), json!(1), json!(1)));
}

#[test]
fn scores_and_grades_are_of_the_latest_pass_and_a_lead_counts_once_there() {
    let report = seen("", &THREE);
    assert_eq!(report["scores"]["all"]["n_leads"], 3);
    assert_eq!(report["n_customers"], 1);
    let crm: u64 = report["crm"]["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .flat_map(|row| row["n_leads"].as_array().expect("counts"))
        .filter_map(Value::as_u64)
        .sum();
    assert_eq!(crm, 3);
}

#[test]
fn passes_latest_counts_the_latest_only() {
    let report = seen("passes: latest", &THREE);
    assert_eq!(report["passes"], json!({ "counted": "latest", "n_passes": 3, "n_leads": 3 }));
    assert_eq!(each(&report["paths"][0]["stages"], "n_reached"), [3, 1, 1, 1]);
    assert_eq!(each(&report["paths"][0]["to_next"], "n_returned"), [0, 0, 0]);
    assert_eq!(report["given_back"]["n_returned"], 0, "a latest pass was not given back");
}

#[test]
fn passes_needs_returns() {
    let world = rules(
        "leads: { id: id, fields: { created: { type: date } } }
stages: [{ name: Lead, entered: created }]
funnel: { passes: latest }",
    );
    let found: Vec<_> = world.problems().into_iter().map(|found| (found.code, found.message)).collect();
    assert_eq!(found, [("LS010", "`passes` needs `returns`, but this rulebook has none".to_owned())]);
}

#[test]
fn given_back_tells_stages_reasons_owners_and_how_later_passes_convert() {
    let given_back = seen("owner: owner", &THREE)["given_back"].clone();
    assert_eq!((&given_back["n_passes"], &given_back["n_returned"]), (&json!(6), &json!(3)));
    let path = &given_back["paths"][0];
    // a as an MQL and as an SQL, b as a lead.
    assert_eq!(each(&path["stages"], "n_returned"), [1, 1, 1, 0]);
    assert_eq!(each(&path["stages"], "n_reached"), [6, 3, 2, 1]);
    let reasons = json!([
        { "reason": "No budget", "n": 2, "n_by_stage": [0, 1, 1, 0] },
        { "reason": "(none)", "n": 1, "n_by_stage": [1, 0, 0, 0] },
    ]);
    assert_eq!((&path["reasons"]["field"], &path["reasons"]["reasons"]), (&json!("why"), &reasons));
    let owners = json!([
        { "reason": "Ann", "n": 2, "n_by_stage": [0, 1, 1, 0] },
        { "reason": "Bob", "n": 1, "n_by_stage": [1, 0, 0, 0] },
    ]);
    assert_eq!(path["owners"]["reasons"], owners);
    // First passes: of three one was an MQL. Later ones: of three two were, and one of them bought.
    let halves = |steps: &Value, half: &str| -> Vec<(Value, Value)> {
        let steps = steps.as_array().expect("a list").iter();
        steps.map(|step| (step[half]["n"].clone(), step[half]["n_converted"].clone())).collect()
    };
    let n = |pairs: [(u64, u64); 3]| pairs.map(|(n, converted)| (json!(n), json!(converted))).to_vec();
    assert_eq!(halves(&path["to_next"], "first"), n([(3, 1), (1, 0), (0, 0)]));
    assert_eq!(halves(&path["to_next"], "later"), n([(3, 2), (2, 2), (2, 1)]));
    assert_eq!(halves(&path["to_last"], "first"), n([(3, 0), (1, 0), (0, 0)]));
    assert_eq!(halves(&path["to_last"], "later"), n([(3, 1), (2, 1), (2, 1)]));
}

#[test]
fn the_days_until_then_run_from_the_entry_into_the_furthest_stage() {
    // 21 leads, given back 1 to 21 days after they became MQLs: the median is 11.
    let lines = |header: &str, rows: Vec<String>| format!("{header}\n{}\n", rows.join("\n"));
    let leads = lines("id,created,owner", (1..=21).map(|n| format!("l{n},2026-01-01,")).collect());
    let events = (1..=21).flat_map(|n| {
        let returned = format!("l{n},returned,2026-01-{:02}T09:00:00Z,", 5 + n);
        [format!("l{n},mql,2026-01-05T09:00:00Z,"), returned]
    });
    let rulebook = world("", &[]).rulebook;
    let world = World::new(&rulebook)
        .leads(leads)
        .events("crm", lines("lead,type,time,why", events.collect()))
        .as_of("2026-06-30");
    let stage = report(&world)["given_back"]["paths"][0]["stages"][1].clone();
    assert_eq!(stage["median"], json!({ "is": "after", "days": 11.0 }));
    assert_eq!((&stage["n_returned"], &stage["rate"]["rate"]), (&json!(21), &json!(1.0)));
}

#[test]
fn a_window_tells_returned_ones_too() {
    let step = seen("within: { 'Lead->MQL': 5d }", &THREE)["paths"][0]["to_next"][0].clone();
    // First passes: a was late (nine days), b given back, c is open. Later ones: a twice, after 12 and 9 days; b's is open.
    assert_eq!((&step["n"], &step["n_converted"], &step["window"]["n_late"]), (&json!(6), &json!(0), &json!(3)));
    assert_eq!((&step["n_returned"], &step["n_open"]), (&json!(1), &json!(2)));
}

#[test]
fn a_return_by_a_date_field_gives_the_reason_of_the_latest_alone() {
    let rulebook = "\
leads:
  id: id
  fields: { created: { type: date }, mql: { type: date }, won: { type: date }, back: { type: date }, again: { type: date }, why: {} }
returns: { at: [back, again], reason: why }
stages: [{ name: Lead, entered: created }, { name: MQL, entered: mql }, { name: Won, entered: won }]
funnel: { paths: { sales: [Lead, MQL, Won] } }";
    let world = rules(rulebook)
        .leads("id,created,mql,won,back,again,why\na,2026-01-01,2026-01-02,,2026-01-05,2026-02-01,Timing\n")
        .as_of("2026-06-30");
    let path = report(&world)["given_back"]["paths"][0].clone();
    let expected = json!([
        { "reason": "(none)", "n": 1, "n_by_stage": [0, 1, 0] },
        { "reason": "Timing", "n": 1, "n_by_stage": [1, 0, 0] },
    ]);
    let mut reasons = path["reasons"]["reasons"].as_array().expect("a list").clone();
    reasons.sort_by_key(|reason| reason["reason"].to_string());
    assert_eq!(Value::Array(reasons), expected);
    assert_eq!(path["owners"], Value::Null);
}

#[test]
fn terminal_and_report_say_what_is_counted() {
    let ended = world("owner: owner", &THREE).score(&[]);
    let said = "passes: 6 of 3 leads (all are counted), 3 given back by sales";
    assert!(ended.stdout.contains(said), "{}", ended.stdout);
    let told = ended.file("out/report.md").expect("a report");
    for said in [
        "The figures count all passes of each lead: 6, of 3 leads.",
        "## Given back",
        "Sales gave back 3 passes.",
        "| MQL | 3 | 1 | too few | too few | too few |",
        "Passes given back by why, path sales:",
        "| No budget | 2 | 0 | 1 | 1 | 0 |",
        "| Lead → MQL | 3 | 1 | too few | too few | 3 | 2 | too few | too few |",
    ] {
        assert!(told.contains(said), "{said}\n{told}");
    }
}

#[test]
fn without_returns_nothing_is_said_of_passes() {
    let mut world = world("", &THREE);
    world.rulebook = world.rulebook.replace("returns: { at: { event: returned }, reason: why }\n", "");
    let report = report(&world);
    assert_eq!((report.get("passes"), report.get("given_back")), (None, None));
    assert_eq!(report["paths"][0]["to_next"][0].get("n_returned"), None);
    assert!(report["definitions"].as_array().expect("a list").iter().all(|one| one["key"] != "passes"));
}
