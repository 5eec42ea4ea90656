//! What a hand-over and a return come to, on any leads: handing over and recording it in the CRM ends the hand-over, giving back
//! and recording it ends the recycling, and a lead given back that qualifies again is handed over again.

use crate::world::{World, rules, tries};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;

/// How a rulebook records the stages and the returns.
#[derive(Clone, Debug)]
struct Records {
    created: &'static str,
    mql: &'static str,
    sql: &'static str,
    won: &'static str,
    returns: &'static str,
}

fn records() -> impl Strategy<Value = Records> {
    let stage = |name: &'static str| {
        let forms: Vec<&'static str> = match name {
            "mql" => vec![
                "mql",
                "[mql, mql2]",
                "[{ event: mql }, mql]",
                "{ event: mql }",
                "{ when: { present: [mql] }, at: mql }",
            ],
            _ => vec!["sql", "[{ event: sql }, sql]", "{ event: [sql, sal] }", "{ when: { present: [sql] }, at: sql }"],
        };
        select(forms)
    };
    let created = select(vec!["", ", entered: created", ", entered: { when: { present: [created] } }"]);
    let won =
        select(vec![", entered: won", ", entered: { event: won }", ", when: { score: s, gte: 1000 }, entered: won"]);
    let returns = select(vec!["back", "[back, back2]", "[back, { event: back }]", "{ event: back }"]);
    (created, stage("mql"), stage("sql"), won, returns).prop_map(|(created, mql, sql, won, returns)| Records {
        created,
        mql,
        sql,
        won,
        returns,
    })
}

/// The fields that are dates, in the order of the columns; types of events have the same names.
const NAMES: [&str; 7] = ["created", "mql", "mql2", "sql", "won", "back", "back2"];

/// A lead: its points, its dates, and its events.
#[derive(Clone, Debug)]
struct Lead {
    points: u32,
    dates: BTreeMap<&'static str, String>,
    events: Vec<(&'static str, String)>,
}

/// A time from January to May, bare or not; few days, so that many things are of one day.
fn time() -> impl Strategy<Value = String> {
    (1..6u8, 1..4u8, prop::option::of((0..24u8, select(vec![0u8, 30])))).prop_map(|(month, day, hour)| {
        let time = hour.map_or_else(String::new, |(hour, minute)| format!(" {hour:02}:{minute:02}"));
        format!("2026-{month:02}-{day:02}{time}")
    })
}

fn lead() -> impl Strategy<Value = Lead> {
    let dates = prop::collection::vec(prop::option::weighted(0.5, time()), NAMES.len());
    let events = prop::collection::vec((select(vec!["mql", "sql", "sal", "won", "back"]), time()), 0..6);
    (select(vec![0u32, 10, 30, 50, 70]), dates, events).prop_map(|(points, dates, events)| {
        let dates = NAMES.into_iter().zip(dates).filter_map(|(name, date)| Some((name, date?))).collect();
        Lead { points, dates, events }
    })
}

fn world(records: &Records, leads: &[Lead]) -> World {
    let Records { created, mql, sql, won, returns } = records;
    let fields: Vec<String> = NAMES.iter().map(|name| format!("{name}: {{ type: date }}")).collect();
    let rulebook = format!(
        "timezone: Europe/Istanbul
leads: {{ id: id, fields: {{ n: {{ type: number }}, {} }} }}
events: {{ crm: {{ lead: lead, type: type, time: time }} }}
dimensions: {{ s: {{ criteria: [{{ id: n, field: n, tiers: [{{ gte: 60, points: 60 }}, {{ gte: 40, points: 40 }}, {{ gte: 20, points: 20 }}] }}] }} }}
stages:
  - {{ name: Lead{created} }}
  - {{ name: MQL, when: {{ score: s, gte: 40 }}, entered: {mql}, recycle_when: {{ score: s, lt: 20 }} }}
  - {{ name: SQL, after: MQL, when: {{ score: s, gte: 60 }}, entered: {sql}, recycle_when: {{ score: s, lt: 20 }} }}
  - {{ name: Won{won} }}
returns: {{ at: {returns} }}",
        fields.join(", ")
    );
    let row = |(number, lead): (usize, &Lead)| {
        let cells: Vec<&str> = NAMES.iter().map(|name| lead.dates.get(name).map_or("", String::as_str)).collect();
        format!("{number},{},{}\n", lead.points, cells.join(","))
    };
    let rows: String = leads.iter().enumerate().map(row).collect();
    let events = leads.iter().enumerate().flat_map(|(number, lead)| {
        lead.events.iter().map(move |(kind, time)| format!("{number},{kind},{time}\n")).collect::<Vec<_>>()
    });
    rules(&rulebook)
        .leads(format!("id,n,{}\n{rows}", NAMES.join(",")))
        .events("crm", format!("lead,type,time\n{}", events.collect::<String>()))
}

/// The CRM writes down that something happened: in its column, or in its history, wherever the rulebook looks.
fn write_down(lead: &mut Lead, form: &str, name: &'static str, at: &str) {
    if form.contains("event") {
        lead.events.push((name, at.to_owned()));
    } else {
        lead.dates.insert(name, at.to_owned());
    }
}

/// The step and the stage of every lead as of a day of June.
fn steps(records: &Records, leads: &[Lead], day: u8) -> Vec<(String, String, u64)> {
    let outcome = world(records, leads).as_of(&format!("2026-06-{day:02}")).run();
    let told = |row: &BTreeMap<String, String>| {
        (row["step"].clone(), row["stage"].clone(), row["passes"].parse().expect("it is a number"))
    };
    outcome.rows.iter().map(told).collect()
}

/// A day of June, bare or with a time.
fn on(day: u8, is_bare: bool) -> String {
    if is_bare { format!("2026-06-{day:02}") } else { format!("2026-06-{day:02} 08:15") }
}

/// Every lead that is to be handed over or given back is, and the CRM writes it down on a day: the steps that were taken.
fn take_steps(records: &Records, leads: &mut [Lead], (day, is_bare): (u8, bool)) -> Vec<(String, String, u64)> {
    let steps = steps(records, leads, day - 1);
    for (lead, (step, stage, _)) in leads.iter_mut().zip(&steps) {
        let at = on(day, is_bare);
        match (step.as_str(), stage.as_str()) {
            ("hand_over", "Lead") => write_down(lead, records.created, "created", &at),
            ("hand_over", "MQL") => write_down(lead, records.mql, "mql", &at),
            ("hand_over", "SQL") => write_down(lead, records.sql, "sql", &at),
            ("hand_over", "Won") => write_down(lead, records.won, "won", &at),
            ("recycle", _) => write_down(lead, records.returns, "back", &at),
            _ => {}
        }
    }
    steps
}

proptest! {
    #![proptest_config(tries(64))]

    #[test]
    fn what_is_recorded_ends_the_step_and_who_qualifies_again_is_handed_over_again(
        records in records(),
        leads in prop::collection::vec(lead(), 1..12),
        is_bare in any::<bool>(),
    ) {
        let mut leads = leads;
        let before = take_steps(&records, &mut leads, (10, is_bare));
        let after = steps(&records, &leads, 11);
        for ((step, _, passes), (now, _, passes_now)) in before.iter().zip(&after) {
            // One step is done, and no other is left: the points are what they were.
            prop_assert_eq!(now.as_str(), "", "after {}", step);
            // A column holds one return only, so that a new one replaces the old.
            let fewest = if records.returns.contains("event") { passes + u64::from(step == "recycle") } else { *passes };
            prop_assert!((fewest..=passes + 1).contains(passes_now), "after {}", step);
        }
        // Those that were given back earn points again.
        let given_back: Vec<usize> = (0..leads.len()).filter(|number| before[*number].0 == "recycle").collect();
        for number in &given_back {
            leads[*number].points = 50;
        }
        let again = take_steps(&records, &mut leads, (14, is_bare));
        for number in &given_back {
            prop_assert_eq!((again[*number].0.as_str(), again[*number].1.as_str()), ("hand_over", "MQL"));
        }
        let done = steps(&records, &leads, 15);
        prop_assert!(done.iter().all(|(step, _, _)| step.is_empty()), "{done:?}");
        // And those that lose them go back a second time, once.
        for number in &given_back {
            leads[*number].points = 0;
        }
        let back = take_steps(&records, &mut leads, (18, is_bare));
        for number in &given_back {
            prop_assert_eq!(back[*number].0.as_str(), "recycle");
        }
        let ended = steps(&records, &leads, 19);
        prop_assert!(ended.iter().all(|(step, _, _)| step.is_empty()), "{ended:?}");
    }
}
