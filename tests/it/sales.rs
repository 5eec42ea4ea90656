//! The page that the head of sales asks for, by hand-computed cases: this month and last, who is past due, what comes soon.

use crate::funnel::{each, report, world};
use crate::world::{World, rules};
use serde_json::json;

/// A promise of a day for each MQL, and two targets.
const PROMISED: &str = "funnel: { paths: { sales: [Lead, MQL, SQL, Customer] }, lost: lost, \
    sla: { MQL: { within: 24h, until: answered } }, targets: { MQL: 5, Customer: 2 } }";

/// Two months of leads; the columns are those of [`world`].
fn june() -> World {
    let rows = [
        "a,,2026-06-02,2026-06-05,,,2026-06-02,,,",   // answered on the day, accepted
        "b,,2026-06-03,,,,2026-06-09,,,",             // answered late
        "c,,2026-06-10 12:00,,,,,,,",                 // runs until tomorrow
        "d,,2026-05-31,,,,,,,",                       // May; over since 1 June
        "e,,2026-05-04,,2026-06-01,,2026-05-01,,,",   // answered before it was an MQL; won without an SQL
        "f,,2026-04-30,,,,,,,",                       // April; over since 1 May
        "g,,,,2026-05-20,,,,,",                       // never an MQL by the CRM; won in May
        "h,,2026-05-10 08:00,,,2026-05-10 12:00,,,,", // lost before the time was over
        "i@example.org,,2026-05-31,,,,,,,",           // as d
    ];
    world(PROMISED, &rows).as_of("2026-06-10")
}

#[test]
fn each_month_counts_recorded_entries_and_what_became_of_them() {
    let seen = report(&june());
    let sales = &seen["sales"];
    assert_eq!((&sales["this_month"], &sales["last_month"]), (&json!("2026-06"), &json!("2026-05")));
    // Entered: a, b, c in June; d, e, h, i in May. Touched: a and b; e's answer lies before the entry. Accepted: a, and e, which
    // skipped a stage.
    assert_eq!(
        sales["handed_over"],
        json!([{
            "stage": "MQL",
            "target": 5,
            "n_entered": { "this": 3, "last": 4 },
            "n_touched": { "this": 2, "last": 0 },
            "n_accepted": { "this": 1, "last": 1 },
        }])
    );
    // e in June, g in May. The last stage has its target here, and is not handed over.
    assert_eq!(sales["won"], json!([{ "stage": "Customer", "target": 2, "n_entered": { "this": 1, "last": 1 } }]));
}

#[test]
fn past_due_is_who_waits_now_the_longest_first_and_no_address_is_shown() {
    let seen = report(&june());
    let past_due = &seen["sales"]["past_due"];
    let leads = &past_due["leads"];
    assert_eq!(past_due["n"], 3);
    assert_eq!(each(leads, "lead"), ["f", "d", "lead 9"]);
    assert_eq!(each(leads, "since"), ["2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z", "2026-06-01T00:00:00Z"]);
    // The same as the response times say.
    assert_eq!(seen["slas"][0]["all"]["n_past_due"], 3);
}

#[test]
fn without_an_sla_or_a_target_it_says_what_was_won_and_without_a_path_nothing() {
    let rows = ["a,,2026-06-02,,2026-06-05,,,,,"];
    let with = |parts: &str| report(&world(parts, &rows).as_of("2026-06-10"));
    let sales = &with("funnel: { paths: { sales: [Lead, MQL, Customer] } }")["sales"];
    assert_eq!((&sales["handed_over"], &sales["past_due"], &sales["soon"]), (&json!([]), &json!(null), &json!(null)));
    assert_eq!(each(&sales["won"], "n_entered"), [json!({ "this": 1, "last": 0 })]);
    assert!(with("").get("sales").is_none());
}

#[test]
fn without_until_a_lead_is_touched_when_it_reaches_the_next_stage() {
    let parts = "funnel: { paths: { sales: [Lead, MQL, SQL, Customer] }, sla: { MQL: { within: 24h } } }";
    let rows = ["a,,2026-06-02,2026-06-05,,,,,,", "b,,2026-06-02,,,,,,,"];
    let seen = report(&world(parts, &rows).as_of("2026-06-10"));
    assert_eq!(each(&seen["sales"]["handed_over"], "n_touched"), [json!({ "this": 1, "last": 0 })]);
    assert_eq!(each(&seen["sales"]["past_due"]["leads"], "lead"), ["b"]);
}

#[test]
fn who_is_not_listed_is_counted_in_every_form() {
    let rows: Vec<String> = (10..30).map(|day| format!("l{day},,2026-05-{day},,,,,,,")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let ended = world(PROMISED, &rows).as_of("2026-06-10").score(&[]);
    let said = |file: &str| ended.file(file).expect("it is written");
    let seen: serde_json::Value = serde_json::from_str(&said("out/report.json")).expect("it is JSON");
    let past_due = &seen["sales"]["past_due"];
    assert_eq!((&past_due["n"], past_due["leads"].as_array().map(Vec::len)), (&json!(20), Some(15)));
    assert!(said("out/report.md").contains("| l10 | MQL | 2026-05-11 00:00 |\n"));
    for form in ["out/report.md", "out/report.html"] {
        assert!(said(form).contains("the longest first; 5 more"), "{form}");
    }
    assert!(ended.stdout.contains("20 past due, the longest l10 (MQL since 2026-05-11 00:00)"), "{}", ended.stdout);
}

#[test]
fn returns_of_the_month_are_told_by_reason_whatever_its_capitals() {
    let with_returns = rules(
        "\
leads:
  id: id
  fields: { lead: { type: date }, mql: { type: date }, won: { type: date }, back: { type: date }, reason: reason }
returns: { at: back, reason: reason }
stages:
  - { name: Lead, entered: lead }
  - { name: MQL, entered: mql }
  - { name: Customer, entered: won }
funnel: { paths: { sales: [Lead, MQL, Customer] }, targets: { MQL: 5 } }
",
    );
    let rows = [
        "a,,2026-05-01,,2026-06-05,No budget",
        "b,,2026-05-01,,2026-05-10,no budget",
        "c,,2026-05-01,,2026-06-07,",            // nobody said why
        "d,,2026-03-01,,2026-04-01,No budget",   // too long ago
        "e,,2026-05-01,,2026-06-01,ask x@y.org", // no address is shown
        "f,,2026-05-01,,2026-05-31,No budget",
        "g,,2026-05-01,2026-05-20,2026-06-02,No budget", // a customer is not given back
    ];
    let world = with_returns.leads(format!("id,lead,mql,won,back,reason\n{}\n", rows.join("\n"))).as_of("2026-06-10");
    // June: a, c, e. May: b, f.
    let months = |this: u64, last: u64| json!({ "this": this, "last": last });
    assert_eq!(
        report(&world)["sales"]["given_back"],
        json!({
            "n": months(3, 2),
            "reasons": [
                { "reason": "No budget", "n": months(1, 2) },
                { "reason": "(e-mail addresses)", "n": months(1, 0) },
                { "reason": "(none)", "n": months(1, 0) },
            ],
        })
    );
    let markdown = world.score(&[]).file("out/report.md").expect("it is written");
    assert!(markdown.contains("| Given back: No budget | 1 | 2 | – |\n"), "{markdown}");
}

#[test]
fn past_due_names_todays_owner_and_the_open_pipeline_is_summed() {
    let parts =
        format!("{}, owner: source }}\nvalue: {{ currency: USD, pipeline: worth }}", &PROMISED[..PROMISED.len() - 2]);
    let rows = [
        "a,,2026-05-31,,,,,,Ayla,100",
        "b,,2026-05-30,,,,,,ayla@example.org,50", // no address is shown
        "c,,2026-06-01,,,,,,,",
        "d,,2026-05-01,,2026-06-01,,2026-05-01,,Ayla,900", // a customer is not open
    ];
    let world = world(&parts, &rows).as_of("2026-06-10");
    let leads = &report(&world)["sales"]["past_due"]["leads"];
    assert_eq!(each(leads, "lead"), ["b", "a", "c"]);
    assert_eq!(each(leads, "owner"), [json!("(e-mail addresses)"), json!("Ayla"), json!(null)]);
    let markdown = world.score(&[]).file("out/report.md").expect("it is written");
    assert!(markdown.contains("| a | MQL | 2026-06-01 00:00 | Ayla |\n"), "{markdown}");
    assert!(markdown.contains("| c | MQL | 2026-06-02 00:00 | (none) |\n"), "{markdown}");
    // 100 and 50; of so few leads there is no rate to weigh them by.
    assert!(markdown.contains("Open pipeline: **150 USD**, in 2 of 3 open leads.\n"), "{markdown}");
}

/// Points of two dimensions, from the cells; an MQL has 100 in total, 40 of them engagement, and a name.
fn scored(rows: &[&str]) -> World {
    let values = "{ '29': 29, '30': 30, '39.5': 39.5, '40': 40, '51': 51, '52': 52, '55': 55, '60': 60, '70': 70 }";
    rules(&format!(
        "\
leads:
  id: id
  fields: {{ fit: fit, eng: eng, name: name, lead: {{ type: date }}, mql: {{ type: date }}, sql: {{ type: date }}, out: out }}
dimensions:
  fit: {{ criteria: [{{ id: f, field: fit, values: {values} }}] }}
  engagement: {{ criteria: [{{ id: e, field: eng, values: {values} }}] }}
disqualify: [{{ reason: out, when: {{ present: [out] }} }}]
stages:
  - {{ name: Lead, entered: lead }}
  - name: MQL
    when: {{ all: [{{ score: total, gte: 100 }}, {{ score: engagement, gte: 40 }}, {{ present: [name] }}] }}
    entered: mql
  - {{ name: SQL, when: {{ score: fit, gt: 70 }}, after: MQL, entered: sql }}
  - {{ name: Customer, entered: {{ when: {{ field: out, is: never }} }} }}
funnel: {{ paths: {{ sales: [Lead, MQL, SQL, Customer] }}, targets: {{ MQL: 3, SQL: 1 }} }}
"
    ))
    .leads(format!("id,fit,eng,name,lead,mql,sql,out\n{}\n", rows.join("\n")))
    .as_of("2026-06-10")
}

#[test]
fn soon_is_who_lacks_ten_points_or_fewer_and_nothing_else() {
    let seen = report(&scored(&[
        "five,55,40,x,,,,",               // 95 in total
        "ten,70,30,x,,,,",                // 100 in total, 30 of 40: also near to nothing else, since it is no MQL
        "eleven,70,29,x,,,,",             // 29 of 40
        "halves,52,39.5,x,,,,",           // 91.5 in total, 39.5 of 40: the larger gap
        "there,60,40,x,,,,",              // an MQL, and 10.01 short of an SQL
        "out,55,40,x,,,,yes",             // disqualified
        "recorded,55,40,x,,2026-01-01,,", // the CRM has it as an MQL; it is 15.01 short of an SQL
        "further,55,40,x,,,2026-01-01,",  // the CRM has it as an SQL
        "nameless,55,40,,,,,",            // lacks a name, too
        "fits,70,40,x,,,,",               // an MQL, for an SQL more than 70 is needed
    ]));
    let soon = &seen["sales"]["soon"];
    assert_eq!((&soon["stages"], &soon["within"], &soon["n_leads"]), (&json!(["MQL", "SQL"]), &json!(10), &json!(4)));
    assert_eq!(each(&soon["leads"], "lead"), ["fits", "five", "halves", "ten"]);
    assert_eq!(each(&soon["leads"], "stage"), ["SQL", "MQL", "MQL", "MQL"]);
    assert_eq!(each(&soon["leads"], "missing"), [json!(0.01), json!(5), json!(8.5), json!(10)]);
}

#[test]
fn a_lead_that_is_near_to_nothing_is_said_to_be() {
    let ended = scored(&["far,29,29,x,,,,"]).score(&[]);
    let markdown = ended.file("out/report.md").expect("it is written");
    assert!(markdown.contains("No lead lacks 10 points or fewer for MQL or SQL."), "{markdown}");
}
