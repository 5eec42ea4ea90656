//! The report's funnel, by hand-computed cases: what counts as reached, converted, lost and open; times; response times; targets.

use crate::world::{World, rules};
use serde_json::{Value, json};

/// The report of a world, as a machine reads it.
pub(crate) fn report(world: &World) -> Value {
    let ended = world.score(&[]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let text = ended.file("out/report.json").expect("the report is written");
    serde_json::from_str(&text).expect("it is JSON")
}

/// Leads on the path Lead → MQL → SQL → Customer, each stage with a date field; `parts` is more of the funnel.
pub(crate) fn world(parts: &str, rows: &[&str]) -> World {
    rules(&format!(
        "\
leads:
  id: id
  fields:
    lead: {{ type: date }}
    mql: {{ type: date }}
    sql: {{ type: date }}
    won: {{ type: date }}
    lost: {{ type: date }}
    answered: {{ type: date }}
    was_sql: {{ type: boolean }}
    source: source
    worth: {{ type: number }}
stages:
  - {{ name: Lead, entered: lead }}
  - {{ name: MQL, entered: mql }}
  - {{ name: SQL, entered: sql }}
  - {{ name: Customer, entered: won }}
{parts}"
    ))
    .leads(format!("id,lead,mql,sql,won,lost,answered,was_sql,source,worth\n{}\n", rows.join("\n")))
}

pub(crate) const PATH: &str = "funnel: { paths: { sales: [Lead, MQL, SQL, Customer] }, lost: lost }";

/// One list of numbers or texts out of objects.
pub(crate) fn each(list: &Value, key: &str) -> Vec<Value> {
    list.as_array().unwrap_or_else(|| panic!("a list: {list}")).iter().map(|item| item[key].clone()).collect()
}

#[test]
fn a_stage_is_reached_if_a_later_one_is_and_a_skipped_one_takes_the_next_ones_date() {
    let seen = report(&world(
        PATH,
        &[
            "a,2026-01-01,2026-01-05,,,,,,,",
            "b,2026-01-01,,2026-02-10,,,,,,", // skipped MQL: implied, February
            "c,,,,2026-03-03,,,,,",           // skipped everything: all implied, March
            "d,2026-01-01,,,,,,,,",
            "e,,,,,,,,,", // on no stage
        ],
    ));
    let stages = &seen["paths"][0]["stages"];
    assert_eq!(each(stages, "n_reached"), [4, 3, 2, 1]);
    assert_eq!(each(stages, "n_dated"), [3, 1, 1, 1]);
    assert_eq!(each(stages, "n_implied"), [1, 2, 1, 0]);
    let months = &seen["paths"][0]["cohorts"][1]["months"];
    assert_eq!(each(months, "month"), ["2026-01", "2026-02", "2026-03"], "{months}");
    assert_eq!(each(months, "n"), [1, 1, 1]);
    // Only recorded dates at both ends make a time: none here.
    let time = &seen["paths"][0]["velocity_to_next"][1];
    assert_eq!((&time["n_converted"], &time["n_censored"], &time["n_left_out"]), (&json!(0), &json!(1), &json!(2)));
}

#[test]
fn a_stage_known_but_not_when_is_reached_and_has_no_date_to_give_or_take() {
    let known = "\
leads:
  id: id
  fields: { lead: { type: date }, was_sql: { type: boolean }, won: { type: date } }
stages:
  - { name: Lead, entered: lead }
  - { name: MQL, entered: { when: { field: was_sql, is: true } } }
  - { name: Customer, entered: won }
funnel: { paths: { sales: [Lead, MQL, Customer] }, sla: { MQL: { within: 24h } } }";
    let world = rules(known)
        .leads("id,lead,was_sql,won\na,,true,2026-03-01\nb,2026-01-01,true,\nc,2026-01-01,,\nd,,no,2026-03-01\n");
    let seen = report(&world);
    let stages = &seen["paths"][0]["stages"];
    assert_eq!(each(stages, "n_reached"), [4, 3, 2]);
    // `a` skipped Lead, and MQL has no date to give it; `d` was never an MQL, so both take March.
    assert_eq!(each(stages, "n_undated"), [1, 2, 0]);
    assert_eq!(each(stages, "n_implied"), [1, 1, 0]);
    assert_eq!(each(stages, "n_unknown"), [0, 1, 0], "whether `c` is one is not known");
    assert_eq!(each(&seen["paths"][0]["cohorts"][1]["months"], "month"), ["2026-03"]);
    let sla = &seen["slas"][0]["all"];
    assert_eq!((&sla["n"], &sla["n_undated"]), (&json!(0), &json!(2)));
}

#[test]
fn dates_after_the_instant_do_not_exist() {
    let rows = ["a,2026-01-01,2026-01-05,,2026-05-01,2026-06-01,,,,", "b,2026-04-02,,,,,,,,"];
    let of = |as_of: &str| {
        let seen = report(&world(PATH, &rows).as_of(as_of));
        let step = seen["paths"][0]["to_last"][0].clone();
        (each(&seen["paths"][0]["stages"], "n_reached"), step["n_lost"].clone(), step["n_open"].clone())
    };
    assert_eq!(of("2026-03-01"), (vec![json!(1), json!(1), json!(0), json!(0)], json!(0), json!(1)));
    assert_eq!(of("2026-05-15"), (vec![json!(2), json!(1), json!(1), json!(1)], json!(0), json!(1)));
}

#[test]
fn leads_are_converted_lost_or_open() {
    let mut rows: Vec<String> = Vec::new();
    for n in 0..30 {
        rows.push(match n {
            0..6 => format!("w{n},2026-01-01,2026-01-02,,,,,,,"),
            6..10 => format!("l{n},2026-01-01,,,,2026-02-01,,,,"),
            // Lost, and then an MQL after all: converted, and open there.
            10 => "back,2026-01-01,2026-03-02,,,2026-02-01,,,,".to_owned(),
            // An MQL, then lost: converted, and lost on the way to SQL.
            11 => "late,2026-01-01,2026-01-05,,,2026-02-01,,,,".to_owned(),
            _ => format!("o{n},2026-01-01,,,,,,,,"),
        });
    }
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let seen = report(&world(PATH, &rows));
    let step = &seen["paths"][0]["to_next"][0];
    let counts = ["n", "n_converted", "n_lost", "n_open"].map(|key| step[key].as_u64());
    assert_eq!(counts, [Some(30), Some(8), Some(4), Some(18)]);
    assert_eq!(step["rate"]["rate"], json!(0.266_667));
    assert_eq!(step["resolved"], json!({ "is": "too_few", "n": 12, "converted": 8 }));
    let whole = &seen["paths"][0]["to_last"][0];
    assert_eq!((&whole["n_lost"], &whole["n_open"]), (&json!(5), &json!(25)));
    let mql = &seen["paths"][0]["to_next"][1];
    assert_eq!(mql["rate"], json!({ "is": "too_few", "n": 8, "converted": 0 }));
    // Without `lost` nobody is known to be lost, which is not the same as none.
    let untold = report(&world("funnel: { paths: { sales: [Lead, Customer] } }", &rows));
    let step = &untold["paths"][0]["to_next"][0];
    assert_eq!(
        (&step["n_lost"], &step["resolved"], &step["n_open"]),
        (&Value::Null, &json!({ "is": "none" }), &json!(30))
    );
}

#[test]
fn dates_out_of_order_are_listed_and_never_swapped() {
    let seen = report(&world(
        PATH,
        &[
            "a,2026-01-10,2026-01-08,,,,,,,",
            "b,2026-01-10,,,2026-01-08,,,,,",
            // A bare date on the day of a time: no error, and no time between them.
            "c,2026-01-10T15:00:00Z,2026-01-10,,,,,,,",
            "ada@acme.example,2026-02-02,2026-02-01,,,,,,,",
        ],
    ));
    assert_eq!(seen["date_errors"]["n_leads"], 3);
    let examples = &seen["date_errors"]["examples"];
    assert_eq!(each(examples, "lead"), ["a", "b", "lead 4"], "no e-mail address stands in a report");
    assert_eq!(each(examples, "later_stage"), ["MQL", "Customer", "MQL"]);
    assert_eq!(examples[0]["at"], "2026-01-10T00:00:00Z");
    let time = &seen["paths"][0]["velocity_to_next"][0];
    assert_eq!((&time["n_converted"], &time["n_left_out"]), (&json!(1), &json!(3)));
    assert_eq!(each(&seen["paths"][0]["stages"], "n_reached"), [4, 4, 1, 1], "they have reached both");
}

#[test]
fn time_to_convert_ends_open_leads_at_the_instant_and_lost_ones_as_lost() {
    // As of the end of 31 March, of 40 leads since 1 January: 10 convert after 10 days, 10 are lost after 20, 10 convert after 50.
    let of = |n: u32| match n {
        0..10 => format!("a{n},2026-01-01,2026-01-11,,,,,,,"),
        10..20 => format!("b{n},2026-01-01,,,,2026-01-21,,,,"),
        20..30 => format!("c{n},2026-01-01,2026-02-20,,,,,,,"),
        _ => format!("d{n},2026-01-01,,,,,,,,"),
    };
    let rows: Vec<String> = (0..40).map(of).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let seen = report(&world(PATH, &rows).as_of("2026-03-31"));
    let time = &seen["paths"][0]["velocity_to_next"][0];
    let shares: Vec<(u64, f64)> = time["after"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|after| (after[0].as_u64().expect("days"), after[1]["value"].as_f64().expect("known")))
        .collect();
    assert_eq!(
        shares,
        [(30, 0.25), (60, 0.5), (90, 0.5)],
        "a quarter, then half; lost ones are no longer there to convert"
    );
    assert_eq!(time["median"], json!({ "is": "after", "days": 50.0 }));
    assert_eq!(time["p90"], json!({ "is": "not_reached" }));
    assert_eq!(time["median_of_converted"], json!({ "is": "after", "days": 10.0 }));
    assert_eq!(each(&time["curve"], "share"), [0.0, 0.25, 0.5]);
    assert_eq!(each(&time["curve"], "n_at_risk"), [40, 40, 20]);
    // Seen a month after entry nobody knows what sixty days bring.
    let early = report(&world(PATH, &rows).as_of("2026-01-31"));
    let time = &early["paths"][0]["velocity_to_next"][0];
    assert_eq!(time["after"][1][1], json!({ "is": "none" }));
    assert_eq!(time["median"], json!({ "is": "not_reached" }));
}

#[test]
fn a_cohort_says_who_has_had_time() {
    // Nine in ten converted within 10 days; the leads of June had between 0 and 29 days.
    let mut rows: Vec<String> =
        (0..30).map(|n| format!("a{n},2026-05-01,2026-05-{:02},,,,,,,", if n < 27 { 11 } else { 25 })).collect();
    rows.extend((1..=30).map(|day| format!("b{day},2026-06-{day:02},,,,,,,,")));
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let seen = report(&world(PATH, &rows).as_of("2026-06-30"));
    let cohorts = &seen["paths"][0]["cohorts"][0];
    assert_eq!(cohorts["enough_time"][0], json!({ "is": "after", "days": 10.0 }));
    assert_eq!(each(&cohorts["months"], "month"), ["2026-05", "2026-06"]);
    assert_eq!(cohorts["months"][0]["cells"][0]["had_time"]["value"], 1.0);
    // Entered on 20 June or before: that day ended ten days ago.
    assert_eq!(cohorts["months"][1]["cells"][0]["had_time"]["value"], json!(0.666_667));
    assert_eq!(cohorts["months"][1]["cells"][0]["rate"]["rate"], 0.0);
    assert_eq!(cohorts["enough_time"][1], json!({ "is": "none" }));
}

#[test]
fn promises_are_met_missed_running_or_past_due() {
    let parts = "\
funnel:
  paths: { sales: [Lead, MQL, SQL, Customer] }
  lost: lost
  by: [source]
  sla: { MQL: { within: 24h, until: answered }, SQL: { within: 48h } }";
    let seen = report(&world(
        parts,
        &[
            "met,,2026-06-01T08:00:00Z,,,,2026-06-02T08:00:00Z,,Web,",
            "missed,,2026-06-01T08:00:00Z,,,,2026-06-02T08:00:01Z,,Web,",
            "due,,2026-06-01T08:00:00Z,,,,,,web,",
            "running,,2026-06-30T08:00:00Z,,,,,,,",
            "gone,,2026-06-01T08:00:00Z,,,2026-06-01T10:00:00Z,,,,",
            "before,,2026-06-01T08:00:00Z,,,,2026-05-01,,,",
            "implied,,,2026-06-01T08:00:00Z,2026-06-03T08:00:00Z,,2026-06-01T09:00:00Z,,,",
        ],
    ));
    let counts = |sla: &Value| {
        ["n", "n_met", "n_missed", "n_past_due", "n_running", "n_lost", "n_before"]
            .map(|key| sla[key].as_u64().unwrap())
    };
    assert_eq!(counts(&seen["slas"][0]["all"]), [5, 1, 1, 1, 1, 1, 1], "an implied entry starts no clock");
    assert_eq!(seen["slas"][0]["until"], "answered");
    let web = &seen["slas"][0]["segments"][0][1][0];
    assert_eq!((&web[0], counts(&web[1])), (&json!("Web"), [3, 1, 1, 1, 0, 0, 0]), "segments compare folded");
    assert_eq!(
        (&seen["slas"][1]["until"], counts(&seen["slas"][1]["all"])),
        (&json!("Customer"), [1, 1, 0, 0, 0, 0, 0])
    );
}

#[test]
fn targets_are_of_calendar_months_in_the_rulebooks_zone() {
    let parts = "timezone: Europe/Istanbul\nfunnel: { targets: { MQL: 10 } }";
    let rows = [
        "a,,2026-06-01,,,,,,,",
        "b,,2026-05-31T21:30:00Z,,,,,,,",
        "c,,2026-05-31T20:30:00Z,,,,,,,",
        "d,,2026-04-30,,,,,,,",
    ];
    let seen = report(&world(parts, &rows).as_of("2026-06-20"));
    let target = &seen["targets"][0];
    assert_eq!(target["this_month"], json!({ "month": "2026-06", "n": 2 }), "half past midnight in Istanbul is June");
    assert_eq!(target["last_month"], json!({ "month": "2026-05", "n": 1 }));
    assert_eq!((&target["days_left"], &target["n_missing"]), (&json!(10), &json!(8)));
    assert_eq!((&target["needed_a_day_hundredths"], &target["so_far_a_day_hundredths"]), (&json!(80), &json!(10)));
    let last = report(&world(parts, &rows).as_of("2026-06-30"));
    assert_eq!(last["targets"][0]["needed_a_day_hundredths"], Value::Null, "no day is left");
}

#[test]
fn without_leads_nothing_is_zero_that_is_unknown() {
    let parts = format!("{PATH}\nvalue: {{ ltv: {{ field: worth }} }}");
    let seen = report(&world(&parts, &[]));
    let none = json!({ "is": "none" });
    assert_eq!(seen["paths"][0]["to_next"][0]["rate"], none);
    assert_eq!(seen["paths"][0]["velocity_to_next"][0]["median"], none);
    assert_eq!(seen["value"]["stages"][0]["chain"], none);
    assert_eq!(seen["value"]["ltv"]["amount"], none);
    assert_eq!(seen["scores"]["auc"]["auc"], none);
    assert_eq!(seen["scores"]["all"]["lift"], none);
    // Leads, but no customer: the rate is 0, what a customer is worth is not.
    let rows: Vec<String> = (0..25).map(|n| format!("{n},2026-01-01,2026-01-02,2026-01-03,,,,,,")).collect();
    let seen = report(&world(&parts, &rows.iter().map(String::as_str).collect::<Vec<_>>()));
    assert_eq!(seen["paths"][0]["to_last"][0]["rate"]["rate"], 0.0);
    assert_eq!((&seen["value"]["stages"][0]["chain"], &seen["scores"]["auc"]["auc"]), (&none, &none));
}

#[test]
fn a_rulebook_without_funnel_has_the_parts_that_need_none() {
    let seen = report(&rules("stages: [{ name: Lead }]").leads("id,note\n1,x\n2,\n"));
    assert_eq!((&seen["paths"], &seen["value"], &seen["customer_stage"]), (&json!([]), &Value::Null, &Value::Null));
    assert_eq!(seen["n_leads"], 2);
    assert_eq!(seen["scores"]["all"]["rate"], json!({ "is": "none" }));
    assert_eq!(
        (&seen["quality"]["fields"][0]["name"], &seen["quality"]["fields"][0]["n_filled"]),
        (&json!("note"), &json!(1))
    );
    let keys = each(&seen["definitions"], "key");
    assert!(keys.contains(&json!("sales")) && keys.contains(&json!("reached")) && keys.contains(&json!("questions")));
}

#[test]
fn threads_and_blocks_change_nothing() {
    let parts = "\
funnel: { paths: { sales: [Lead, MQL, SQL, Customer] }, lost: lost, by: [source], sla: { MQL: { within: 24h } } }
value: { ltv: { field: worth }, spend: { s1: 100 } }
dimensions: { fit: { criteria: [{ id: a, field: worth, tiers: [{ gte: 500, points: 20 }, { gte: 100, points: 3.25 }] }, { id: b, when: { field: source, is: s1 }, points: -1 }] } }";
    let of = |n: u32| {
        let day = |part: u32, all: u32| {
            if n.is_multiple_of(part) { format!("2026-0{}-{:02}", 1 + n % 5, 1 + n % all) } else { String::new() }
        };
        format!("{n},{},{},{},{},{},,,s{},{}", day(1, 20), day(2, 25), day(3, 28), day(5, 28), day(7, 9), n % 40, n)
    };
    let rows: Vec<String> = (0..900).map(of).collect();
    let world = world(parts, &rows.iter().map(String::as_str).collect::<Vec<_>>());
    let written = |threads: &str, bytes: &str| {
        let ended = world.score(&["--threads", threads, "--block-bytes", bytes]);
        (ended.file("out/report.json").expect("json"), ended.file("out/report.md").expect("markdown"))
    };
    let one = written("1", "1000000");
    assert_eq!(one, written("4", "1024"));
    assert!(one.1.contains("path sales:") && one.1.contains("| (other) |"), "{}", one.1);
}

#[test]
fn no_address_stands_in_a_report() {
    let world = rules(
        "\
leads: { id: mail, fields: { mail: { type: email }, mql: { type: date }, age: { type: number } } }
events: { web: { lead: lead, type: type, time: time } }
stages: [{ name: Lead }, { name: MQL, entered: mql }, { name: Customer, entered: mql }]
funnel: { paths: { sales: [MQL, Customer] }, by: [mail, mail.domain] }",
    )
    .leads("mail,mql,age\nada@acme.example,2026-01-01,forty@two\nbob@acme.example,2026-01-01,1\nno address,,2\n")
    .events("web", "lead,type,time\nnobody@x.example,eve@x.example,2026-01-01\n");
    let seen = report(&world);
    let names = |field: usize| each(&seen["paths"][0]["segments"][field]["segments"], "name");
    assert_eq!(names(0), ["(e-mail addresses)", "(none)"]);
    assert_eq!(names(1), ["acme.example", "(none)"]);
    assert_eq!(each(&seen["quality"]["orphans"], "kind"), ["(an e-mail address)"]);
    assert_eq!(each(&seen["quality"]["issues"], "first"), ["leads-1.csv:4"], "the place of a cell, and not the cell");
    let ended = world.score(&[]);
    for name in ["out/report.json", "out/report.md"] {
        assert!(!ended.file(name).expect("it is written").contains('@'), "{name}");
    }
}
