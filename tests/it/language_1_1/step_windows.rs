//! `funnel.within`: steps for which leads have a time.

use crate::funnel::{report, world};
use crate::world::{World, rules};
use serde_json::{Value, json};

/// Lead → MQL within 30 days on a path of four stages, seen on the last instant of 30 June 2026 in UTC.
const WITHIN: &str =
    "funnel: { paths: { sales: [Lead, MQL, SQL, Customer] }, lost: lost, by: source, within: { 'Lead->MQL': 30d } }";

fn seen(rows: &[&str]) -> Value {
    report(&world(WITHIN, rows).as_of("2026-06-30T00:00:00Z"))
}

/// Of the first step: due, converted, late, open, lost, not due, undated.
fn counts(report: &Value) -> [u64; 7] {
    of_step(&report["paths"][0]["to_next"][0])
}

fn of_step(step: &Value) -> [u64; 7] {
    let window = &step["window"];
    let n = |value: &Value| value.as_u64().unwrap_or_else(|| panic!("a count: {step:#}"));
    [
        &step["n"],
        &step["n_converted"],
        &window["n_late"],
        &step["n_open"],
        &step["n_lost"],
        &window["n_not_due"],
        &window["n_undated"],
    ]
    .map(n)
}

#[test]
fn the_rate_is_of_those_that_entered_at_least_so_long_before_the_instant() {
    // 31 May 00:00 is exactly 30 days before the instant; a second later is not.
    let rows = ["a,2026-05-31,,,,,,,,", "b,2026-05-31T00:00:01Z,,,,,,,,", "c,2026-06-20,2026-06-21,,,,,,,"];
    assert_eq!(counts(&seen(&rows)), [1, 0, 0, 1, 0, 2, 0], "c has converted, and is not due yet");
}

#[test]
fn converted_are_those_that_reached_the_next_stage_or_one_beyond_at_most_so_long_after() {
    let rows = [
        "a,2026-01-01,2026-01-31,,,,,,,",           // the 30th day
        "b,2026-01-01,2026-01-31T00:00:01Z,,,,,,,", // a second late
        "c,2026-01-01,,2026-01-10,,,,,,",           // skipped MQL
        "d,2026-01-01,2026-03-01,2026-01-10,,,,,,", // beyond it in time, MQL itself recorded later
        "e,2026-01-01,,,2026-04-01,,,,,",           // skipped both, late
    ];
    assert_eq!(counts(&seen(&rows)), [5, 3, 2, 0, 0, 0, 0]);
}

#[test]
fn who_reached_it_later_counts_as_not_converted_and_is_shown_as_late() {
    let report = seen(&["a,2026-01-01,2026-01-11,,,,,,,", "b,2026-01-01,2026-04-01,,,,,,,"]);
    assert_eq!(counts(&report), [2, 1, 1, 0, 0, 0, 0]);
    let step = &report["paths"][0]["to_next"][0];
    assert_eq!(step["rate"], json!({ "is": "too_few", "n": 2, "converted": 1 }));
    assert_eq!(step["window"]["within_ms"], 30 * 86_400_000_u64);
    // Both are MQLs: only the rate knows of the window.
    assert_eq!(report["paths"][0]["stages"][1]["n_reached"], 2);
}

#[test]
fn undated_ones_are_in_neither_number() {
    let known = "\
leads:
  id: id
  fields: { lead: { type: date }, was_mql: { type: boolean }, won: { type: date } }
stages:
  - { name: Lead, entered: lead }
  - { name: MQL, entered: { when: { field: was_mql, is: true } } }
  - { name: Customer, entered: won }
funnel: { paths: { sales: [Lead, MQL, Customer] }, within: { 'Lead->MQL': 30d, 'MQL->Customer': 30d } }";
    let report = report(
        &rules(known)
            .leads(
                "id,lead,was_mql,won\na,2026-01-01,true,\nb,2026-01-01,true,2026-01-05\nc,,true,\nd,2026-01-01,no,\n",
            )
            .as_of("2026-06-30"),
    );
    let steps = &report["paths"][0]["to_next"];
    // a: nobody knows when it became an MQL. b: it was a customer in time. c: nobody knows when it entered. d: open.
    let of = |step: &Value| (step["n"].clone(), step["n_converted"].clone(), step["window"]["n_undated"].clone());
    assert_eq!(of(&steps[0]), (json!(2), json!(1), json!(2)));
    // No MQL has a date: all three are undated.
    assert_eq!(of(&steps[1]), (json!(0), json!(0), json!(3)));
}

#[test]
fn an_implied_entry_has_a_date() {
    // a skipped Lead: it takes the MQL's date, and has converted at once. b's is not due.
    assert_eq!(counts(&seen(&["a,,2026-01-05,,,,,,,", "b,,2026-06-20,,,,,,,"])), [1, 1, 0, 0, 0, 1, 0]);
}

#[test]
fn a_date_before_the_entry_is_in_time() {
    // A bare date on the day of the entry, and one out of order.
    let rows = ["a,2026-01-05T10:00:00Z,2026-01-05,,,,,,,", "b,2026-01-05,2026-01-02,,,,,,,"];
    let report = seen(&rows);
    assert_eq!(counts(&report), [2, 2, 0, 0, 0, 0, 0]);
    assert_eq!(report["date_errors"]["n_leads"], 1, "b is still listed");
}

#[test]
fn lost_ones_are_lost_and_of_the_resolved_are_converted_late_and_lost() {
    let mut rows: Vec<String> = (0..12).map(|n| format!("w{n},2026-01-01,2026-01-02,,,,,,,")).collect();
    rows.extend((0..6).map(|n| format!("l{n},2026-01-01,,,,2026-01-05,,,,")));
    rows.extend((0..6).map(|n| format!("t{n},2026-01-01,2026-03-02,,,,,,,")));
    rows.extend((0..8).map(|n| format!("o{n},2026-01-01,,,,,,,,")));
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let report = seen(&rows);
    assert_eq!(counts(&report), [32, 12, 6, 8, 6, 0, 0]);
    let step = &report["paths"][0]["to_next"][0];
    // 12 of 32; 12 of 12 + 6 late + 6 lost.
    assert_eq!(step["rate"]["rate"], 0.375);
    assert_eq!(step["resolved"]["rate"], 0.5);
}

#[test]
fn segments_have_the_rate_too() {
    let rows = [
        "a,2026-01-01,2026-01-11,,,,,,Web,",
        "b,2026-01-01,2026-04-01,,,,,,Web,",
        "c,2026-01-01,2026-01-02,,,,,,Fair,",
    ];
    let segments = seen(&rows)["paths"][0]["segments"][0]["segments"].clone();
    let of = |at: usize| of_step(&segments[at]["to_next"][0]);
    assert_eq!((&segments[0]["name"], of(0)), (&json!("Web"), [2, 1, 1, 0, 0, 0, 0]));
    assert_eq!((&segments[1]["name"], of(1)), (&json!("Fair"), [1, 1, 0, 0, 0, 0, 0]));
}

#[test]
fn a_step_without_it_is_as_it_was() {
    let rows = ["a,2026-01-01,2026-01-11,2026-06-29,,,,,Web,100", "b,2026-01-01,2026-04-01,,,2026-05-01,,,Web,"];
    let with = seen(&rows);
    let without =
        report(&world(&WITHIN.replace(", within: { 'Lead->MQL': 30d }", ""), &rows).as_of("2026-06-30T00:00:00Z"));
    assert_ne!(with["paths"][0]["to_next"][0], without["paths"][0]["to_next"][0]);
    assert_eq!(with["paths"][0]["to_next"][1], without["paths"][0]["to_next"][1]);
    assert_eq!(with["paths"][0]["to_last"], without["paths"][0]["to_last"], "three steps at once have no window");
    for section in ["stages", "cohorts", "velocity_to_next"] {
        assert_eq!(with["paths"][0][section], without["paths"][0][section], "{section}");
    }
    assert_eq!(without["paths"][0]["to_next"][0].get("window"), None);
    assert!(without["definitions"].as_array().expect("a list").iter().all(|one| one["key"] != "within"));
}

/// 40 leads: 20 MQLs in time, 4 late ones; of the 24 MQLs 12 became customers. Segment Web has the first half of each.
fn valued(rates: &str) -> Value {
    let mut rows = Vec::new();
    for n in 0..40 {
        let source = if n % 2 == 0 { "Web" } else { "Fair" };
        let mql = if n < 20 {
            "2026-01-11"
        } else if n < 24 {
            "2026-03-01"
        } else {
            ""
        };
        let won = if n < 12 { "2026-03-05" } else { "" };
        rows.push(format!("l{n},2026-01-01,{mql},,{won},,,,{source},"));
    }
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let parts = format!(
        "funnel: {{ paths: {{ sales: [Lead, MQL, Customer] }}, by: source, within: {{ 'Lead->MQL': 30d }} }}
value: {{ ltv: 1000, target_roas: 2, rates: {{ {rates} }} }}"
    );
    report(&world(&parts, &rows).as_of("2026-06-30"))
}

#[test]
fn value_uses_the_windowed_rate_where_one_stands_and_says_so() {
    let report = valued("");
    let lead = &report["value"]["stages"][0];
    // 20 of 40 in time, then 12 of 24: 1000 × 0.5 × 0.5. Directly it is 12 of 40.
    assert_eq!(lead["chain"]["value"], 250.0);
    assert_eq!(lead["direct"]["value"], 300.0);
    assert_eq!(lead["gap"]["value"], -50.0);
    assert_eq!(lead["gap_why"], "Lead to MQL: measured are 50 % (20 of 40), within 30d");
    assert_eq!(lead["factors"][0]["within_ms"], 30 * 86_400_000_u64);
    assert_eq!(lead["factors"][1].get("within_ms"), None);
    assert_eq!(lead["max_cost"]["value"], 125.0);
    // By segment, 20 leads each: 10 of 20 in time, then too few MQLs.
    let web = &lead["segments"][0];
    assert_eq!(web["chain_rate"], json!({ "is": "too_few", "n": 12 }));
    assert_eq!(web["value"], json!({ "is": "too_few", "n": 12 }));
    // From MQL on no step has a window.
    let mql = &report["value"]["stages"][1];
    assert_eq!((&mql["chain"]["value"], &mql["gap"]["value"]), (&json!(500.0), &json!(0.0)));
    assert_eq!(mql["segments"][0].get("chain_rate"), None);
}

#[test]
fn a_stated_rate_stands_in_place_of_a_windowed_one() {
    let report = valued("'Lead->MQL': 0.8");
    let factor = &report["value"]["stages"][0]["factors"][0];
    assert_eq!((&factor["source"], &factor["rate"]["value"]), (&json!("stated"), &json!(0.8)));
    assert_eq!(factor["measured"]["rate"], 0.5, "measured is the rate in time");
}

#[test]
fn a_window_on_the_only_step_left_is_the_direct_rate() {
    let rows: Vec<String> = (0..40)
        .map(|n| {
            format!(
                "l{n},2026-01-01,,,{},,,,Web,",
                if n < 10 {
                    "2026-01-05"
                } else if n < 20 {
                    "2026-04-01"
                } else {
                    ""
                }
            )
        })
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let parts = "funnel: { paths: { sales: [Lead, Customer] }, by: source, within: { 'Lead->Customer': 30d } }\nvalue: { ltv: 1000 }";
    let report = report(&world(parts, &rows).as_of("2026-06-30"));
    let lead = &report["value"]["stages"][0];
    // 10 of 40, by every way.
    assert_eq!((&lead["chain"]["value"], &lead["direct"]["value"]), (&json!(250.0), &json!(250.0)));
    assert_eq!((&lead["gap"]["value"], &lead["gap_why"]), (&json!(0.0), &Value::Null));
    assert_eq!(lead["segments"][0]["value"]["value"], 250.0);
    assert_eq!(report["paths"][0]["to_last"][0], report["paths"][0]["to_next"][0]);
}

#[test]
fn only_steps_of_a_path_have_one_and_each_once() {
    let problems = |within: &str| -> Vec<(&'static str, String)> {
        let parts = WITHIN.replace("'Lead->MQL': 30d", within);
        world(&parts, &[]).problems().into_iter().map(|found| (found.code, found.message)).collect()
    };
    for (within, code, message) in [
        ("'Lead->SQL': 30d", "LS011", "`Lead->SQL` is not a step of a path"),
        ("'MQL->Lead': 30d", "LS011", "`MQL->Lead` is not a step of a path"),
        ("MQL: 30d", "LS005", "`MQL` is not a step"),
        ("'Lead->MLQ': 30d", "LS006", "no stage is called `MLQ`"),
        ("'Lead->MQL': 30d, 'Lead -> MQL': 14d", "LS007", "the time for `Lead -> MQL` is given twice"),
        ("'Lead->MQL': soon", "LS005", "`soon` is not a duration"),
    ] {
        assert_eq!(problems(within), [(code, message.to_owned())], "{within}");
    }
    assert_eq!(problems("'Lead->MQL': 30d, 'MQL -> SQL': 14d, 'SQL->Customer': 90d"), []);
}

#[test]
fn terminal_report_and_describe_name_the_window() {
    let world: World =
        world(WITHIN, &["a,2026-01-01,2026-01-11,,,,,,,", "b,2026-01-01,2026-04-01,,,,,,,"]).as_of("2026-06-30");
    let ended = world.score(&[]);
    assert!(ended.stdout.contains("sales: Lead→MQL within 30 days: 1 late, 0 not yet due"), "{}", ended.stdout);
    let told = ended.file("out/report.md").expect("a report");
    assert!(told.contains("| Lead → MQL | 30 days | 2 | 1 | too few | 1 | 0 | 0 |"), "{told}");
    let described = world.command(&["describe", "rulebook.yaml"]);
    let said = "From Lead to MQL, only what happens within 30 days counts as converted.";
    assert!(described.stdout.contains(said), "{}", described.stdout);
}
