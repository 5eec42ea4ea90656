//! What a rep reads of a lead in `handoff.csv`: `why`, `last_events` and `ask_next`.

use crate::world::{Ended, World, rules};
use std::collections::BTreeMap;

/// Every lead is handed over: it holds a stage that no record says it entered.
const STAGES: &str = "stages: [{ name: Lead, entered: never }]\n";

/// A world of these parts of a rulebook.
fn world(parts: &str) -> World {
    rules(&format!("{STAGES}{parts}"))
}

/// A column of the list, by lead.
fn column(ended: &Ended, name: &str) -> BTreeMap<String, String> {
    let list = ended.file("out/handoff.csv").unwrap_or_else(|| panic!("{}", ended.stderr));
    let mut reader = csv::Reader::from_reader(list.as_bytes());
    let rows = reader.deserialize().map(|row| row.expect("it can be read"));
    rows.map(|row: BTreeMap<String, String>| (row["lead_id"].clone(), row[name].clone())).collect()
}

/// The cell of the only lead.
fn cell(world: &World, name: &str) -> String {
    let column = column(&world.score(&[]), name);
    assert_eq!(column.len(), 1, "there is one lead");
    column.into_values().next().unwrap_or_default()
}

const ONE: &str =
    "leads: { id: id, fields: { never: { type: date, optional: true }, since: { type: date, optional: true } } }
timezone: Europe/Istanbul
events: { web: { lead: lead, type: type, time: time, fields: { path: {}, stars: { type: number } } } }
";

/// One lead with these events (type, time, path, stars), and one dimension with these criteria.
fn one(criteria: &str, events: &str) -> World {
    let events = events.split(' ').filter(|event| !event.is_empty()).map(|event| format!("1,{event}\n"));
    let events = format!("lead,type,time,path,stars\n{}", events.collect::<String>());
    world(&format!("{ONE}dimensions: {{ score: {{ criteria: [{criteria}] }} }}\n"))
        .leads("id,never,since\n1,,2026-06-10\n")
        .events("web", events)
}

#[test]
fn why_says_each_criterion_with_the_age_of_the_newest_event_and_its_points() {
    let demo = "{ id: demo, label: Asked for a demo, event: demo, points: 80 }";
    // Days are those of the calendar in the time zone: 21:30 UTC on the 29th is half past midnight on the 30th in Istanbul.
    for (time, said) in [
        ("2026-06-29T21:30:00Z", "Asked for a demo today (+80)"),
        ("2026-06-29T20:30:00Z", "Asked for a demo yesterday (+80)"),
        ("2026-06-28T09:00:00Z", "Asked for a demo 2 days ago (+80)"),
        ("2025-06-30", "Asked for a demo 365 days ago (+80)"),
        ("1969-06-30", "Asked for a demo 20819 days ago (+80)"),
    ] {
        assert_eq!(cell(&one(demo, &format!("demo,{time},,")), "why"), said);
    }
    assert_eq!(cell(&one(demo, "other,2026-06-29,,"), "why"), "");
    let more = format!(
        "{demo}, {{ id: visit, label: Visits, event: visit, points: 3, count: {{ per: day }} }}, {{ id: no, label: Took back, event: no, points: -7.5 }},
        {{ id: few, label: Few, event: few, points: 1 }}"
    );
    let events = "visit,2026-06-20T10:00:00Z,, visit,2026-06-20T11:00:00Z,, visit,2026-06-18,, no,2026-06-29,, demo,2026-06-28,, demo,2026-06-27,, few,2026-06-30,,";
    assert_eq!(
        cell(&one(&more, events), "why"),
        "Asked for a demo 2 days ago (+160); Took back yesterday (-7.5); Visits 10 days ago (+6)"
    );
}

#[test]
fn the_newest_event_is_one_that_the_criterion_counts() {
    let events = "v,2026-06-28,/a,3 v,2026-06-20,/b,3 v,2026-06-05,/c,3 v,2026-06-29,/a,";
    for (criterion, said) in [
        ("{ id: c, label: C, event: v, points: 1, where: { field: path, is: /b } }", "C 10 days ago (+1)"),
        ("{ id: c, label: C, event: v, points: { field: stars } }", "C 2 days ago (+9)"),
        ("{ id: c, label: C, event: v, points: 1, count: once }", "C yesterday (+1)"),
        ("{ id: c, label: C, event: v, points: 1, at_most: 2 }", "C yesterday (+2)"),
        ("{ id: c, label: C, event: v, points: 1, count: { per: 24h } }", "C yesterday (+4)"),
        ("{ id: c, label: C, event: v, points: 1, count: { distinct: path } }", "C yesterday (+3)"),
        (
            "{ id: c, label: C, event: v, points: 2, decay: { half_life: 1d }, since: since, where: { field: path, is: /b } }",
            "C 10 days ago (+0)",
        ),
        ("{ id: c, label: C, event: v, points: 1, since: since, for: 12d }", "C 10 days ago (+1)"),
        ("{ id: c, label: C, event: v, points: 1, since: since, for: 1d }", ""),
        // Measures count, too; what is not there has no age, and neither has a silence.
        ("{ id: c, label: C, event: v, measure: days, tiers: [{ gte: 3, points: 5 }] }", "C yesterday (+5)"),
        (
            "{ id: c, label: C, event: v, measure: { busiest: month }, tiers: [{ gte: 2, points: 5 }] }",
            "C yesterday (+5)",
        ),
        (
            "{ id: c, label: C, event: v, measure: { average: stars }, tiers: [{ gte: 2, points: 5 }] }",
            "C 2 days ago (+5)",
        ),
        (
            "{ id: c, label: C, when: { event: v, where: { field: path, is: /c }, gte: 1 }, points: 5 }",
            "C 25 days ago (+5)",
        ),
        ("{ id: c, label: C, when: { event: any, gte: 1 }, points: 5 }", "C yesterday (+5)"),
        ("{ id: c, label: C, when: { event: x, lt: 1 }, points: 5 }", "C (+5)"),
        ("{ id: c, label: C, event: v, measure: idle_days, tiers: [{ lt: 9, points: 5 }] }", "C (+5)"),
    ] {
        // What rounds to nothing is not among the three largest.
        let said = if said.ends_with("(+0)") { "" } else { said };
        assert_eq!(cell(&one(criterion, events), "why"), said, "{criterion}");
    }
}

#[test]
fn a_criterion_without_a_label_says_what_it_is_about() {
    let events = "demo_request,2026-06-28,/a,3 v,2026-06-29,/pricing,3";
    for (criterion, said) in [
        ("{ id: c, event: Demo_Request, points: 5 }", "Demo Request 2 days ago (+5)"),
        ("{ id: c, event: [demo_request, v], points: 5 }", "demo request or v yesterday (+10)"),
        (
            "{ id: c, event: v, where: { field: path, contains: pricing }, points: 5 }",
            "v where “path” contains pricing, the newest yesterday (+5)",
        ),
        ("{ id: c, event: any, points: 5 }", "any event yesterday (+10)"),
        (
            "{ id: c, when: { event: v, within: 7d, gte: 1 }, points: 5 }",
            "there are v events in the last 7 days, the newest yesterday (+5)",
        ),
        (
            "{ id: c, when: { field: id_text, in: [1, 2, 3, 4, 5] }, points: 5 }",
            "“id” is one of 1, 2, 3 … (5 in all) (+5)",
        ),
        ("{ id: c, field: id_text, values: { 1: 5 } }", "“id” is 1 (+5)"),
        ("{ id: c, field: id_text, values: { 2: 5 }, otherwise: 3 }", "“id”: none of the cases (+3)"),
        ("{ id: c, field: empty, values: { 2: 5 }, unknown: 3 }", "“empty”: not known (+3)"),
        ("{ id: no-answer, field: empty, tiers: [{ gte: 1, points: 5 }], unknown: 3 }", "no answer: not known (+3)"),
    ] {
        let mut world = one(criterion, events);
        world.rulebook = world.rulebook.replace(
            "since: { type: date, optional: true }",
            "since: { type: date, optional: true }, id_text: id, empty: { type: number, optional: true }",
        );
        assert_eq!(cell(&world, "why"), said, "{criterion}");
    }
}

#[test]
fn last_events_are_the_last_three_things_that_the_lead_did() {
    let rules = "\
leads: { id: id, fields: { never: { type: date, optional: true }, c: { type: date, optional: true } } }
not_engagement: mail_sent
events:
  web: { lead: lead, type: type, time: time, id: id, automated: [{ event: Click, after: mail_sent, within: 1min }] }
  crm: { lead: lead, time: time, type: type }
dimensions: { score: { criteria: [{ id: demo, event: Demo_Request, points: 1 }] } }
";
    let events = |web: &str, crm: &str| {
        let rows = |rows: &str| {
            let rows = rows.split(' ').filter(|row| !row.is_empty());
            rows.fold(String::new(), |text, row| text + "1," + row + "\n")
        };
        let world = world(rules).leads("id,never,c\n1,,\n2,,\n");
        let world = world.events("web", format!("lead,type,time,id\n{}", rows(web)));
        let world = world.events("crm", format!("lead,type,time\n{}", rows(crm)));
        column(&world.score(&[]), "last_events")
    };
    let last = |web: &str, crm: &str| events(web, crm)["1"].clone();
    // Newest first; the type as the rulebook writes it, or as the file does; a bare date without a time of day.
    let web = "demo_REQUEST,2026-06-01T10:00:00Z, Visit,2026-06-02, visit,2026-05-03,";
    let newest = "Visit 2026-06-02 (web); Demo_Request 2026-06-01 10:00 (web); Call 2026-05-04 09:30 (crm)";
    assert_eq!(last(web, "Call,2026-05-04T09:30:59Z"), newest);
    assert_eq!(events(web, "")["2"], "", "others did nothing");
    // Not what we did, what is yet to come, what came twice, and what a program did.
    let web = "mail_sent,2026-06-20T10:00:00Z, click,2026-06-20T10:00:30Z, visit,2027-01-01, visit,2026-06-01T08:00:00Z,7 visit,2026-06-03T08:00:00Z,7 click,2026-06-21T10:00:00Z,";
    assert_eq!(last(web, ""), "Click 2026-06-21 10:00 (web); visit 2026-06-01 08:00 (web)");
    // At one instant by the order of sources, then by type; the same thing done twice is two.
    let tied = "b,2026-06-01, a,2026-06-01,";
    assert_eq!(last(tied, "z,2026-06-01 0,2026-06-01"), "a 2026-06-01 (web); b 2026-06-01 (web); 0 2026-06-01 (crm)");
    assert_eq!(
        last("b,2026-06-01, b,2026-06-01, c,2026-06-01,", ""),
        "b 2026-06-01 (web); b 2026-06-01 (web); c 2026-06-01 (web)"
    );
    // Of an event without a type the source is all that is known.
    assert_eq!(last("", ",2026-06-01T23:59:00Z"), "crm 2026-06-01 23:59");
}

#[test]
fn last_events_are_in_the_time_zone_and_name_the_source_where_there_are_several() {
    let world =
        one("{ id: v, event: v, points: 1 }", "v,2026-06-01T21:00:00Z,, v,2026-06-01T22:30:00Z,, v,2026-05-31,,");
    assert_eq!(cell(&world, "last_events"), "v 2026-06-02 01:30; v 2026-06-02; v 2026-05-31");
}

const ASKED: &str = "\
leads:
  id: id
  fields:
    never: { type: date, optional: true }
    title: {}
    size: { type: number }
    income: { type: number }
    costs: { type: number }
    country_raw: {}
    phone: {}
    note: {}
    profit: { from: income, minus: costs }
    country: { from: country_raw, map: { A: [a], B: [b] } }
dimensions:
  fit:
    max: 40
    criteria:
      - { id: title, field: title, values: { boss: 20, other: 5 }, unknown: 1 }
      - { id: size, field: size, tiers: [{ gte: 100, points: 15 }, { gte: 10, points: 5 }] }
      - { id: profit, field: profit, tiers: [{ gte: 1, points: 30 }] }
      - { id: country, field: country, values: { A: 15, B: 3 } }
      - { id: phone, when: { present: [phone] }, points: 2 }
      - { id: note, when: { field: note, is: bad }, points: -9 }
";

#[test]
fn ask_next_names_the_fields_whose_best_answer_adds_most_to_the_total_of_this_lead() {
    let leads = "id,never,title,size,income,costs,country_raw,phone,note
all,,,,,,,,
profit,,boss,100,5,,a,1,x
full,,boss,100,5,1,a,1,x
capped,,,,5,1,,,
note,,boss,1,1,5,z,1,
ties,,boss,,1,5,,1,x
phone,,boss,1,1,5,z,,x
";
    let asked = column(&world(ASKED).leads(leads).score(&[]), "ask_next");
    for (lead, expected) in [
        // 19 for the title (20 in place of 1), 15 for the size and as much for the country, which is made of another field; the profit
        // would take two answers.
        ("all", "title; size"),
        // It has 50, of which 40 count, so no answer adds anything.
        ("profit", ""),
        ("full", ""),
        // It has 31: 40 is reached by the title (50), the size (46) and the country (46) alike, so the first two are asked for.
        ("capped", "title; size"),
        // The note can only cost points.
        ("note", ""),
        ("ties", "size; country_raw"),
        ("phone", "phone"),
    ] {
        assert_eq!(asked[lead], expected, "{lead}");
    }
}

#[test]
fn a_spreadsheet_runs_no_type_of_an_event_and_no_label() {
    let criterion = "{ id: v, label: '=Sum', event: any, points: 1 }";
    let world = one(criterion, "=cmd,2026-06-01T10:00:00Z,,");
    let plain = world.score(&[]);
    assert_eq!(column(&plain, "last_events")["1"], "=cmd 2026-06-01 13:00");
    // `why` of scored.csv, and two of the list.
    assert!(plain.stdout.contains("3 cells begin like a formula"), "{}", plain.stdout);
    let excel = world.score(&["--excel"]).file("out/handoff.csv").unwrap_or_default();
    let row = ",,1,Lead,,'=Sum 29 days ago (+1),'=cmd 2026-06-01 13:00,\r\n";
    assert!(excel.ends_with(row), "{excel}");
}

#[test]
fn a_run_that_hands_nobody_over_keeps_nothing_more_and_its_list_is_empty() {
    let world = rules("events: { web: { lead: lead, type: type, time: time } }").leads("id,note\n1,\n");
    let ended = world.events("web", "lead,type,time\n1,v,2026-06-01\n").score(&[]);
    let list = "lead_id,new,due,total,stage,crm_stage,why,last_events,ask_next\n";
    assert_eq!(ended.file("out/handoff.csv").as_deref(), Some(list));
}

#[test]
fn the_list_of_the_sample_reads_like_this() {
    let folder = crate::samples::folder();
    crate::samples::printed(&folder, &["score", "rules/b2b-saas.yaml", "--as-of", "2026-06-01", "-q"]);
    let list = std::fs::read_to_string(folder.path().join("out/handoff.csv")).expect("it is written");
    let first: Vec<&str> = list.lines().take(9).collect();
    insta::assert_snapshot!("sample", first.join("\n"));
}
