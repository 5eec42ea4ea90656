//! Returns and records that events give.

use crate::world::{Outcome, World, rules};

/// `passes`, `returned`, `crm_stage` and when the lead entered the second stage, which is MQL.
fn told(outcome: &Outcome, lead: &str) -> String {
    let card = &outcome.cards[outcome.column("lead_id").iter().position(|id| *id == lead).expect("it is scored")];
    let at = card.entered[1].at.map(|at| at.to_string()).unwrap_or_default();
    let cell = |column| outcome.cell(lead, column);
    format!("{} {} {} {at}", cell("passes"), cell("returned"), cell("crm_stage"))
}

const STAGES: &str = "stages: [{ name: Lead }, { name: MQL, when: { score: total, gte: 1 }, entered: { event: mql } }, { name: Won, entered: { event: won } }]
returns: { at: { event: back }, reason: why }";

fn crm(more: &str, events: &str) -> World {
    let source = format!("events: {{ crm: {{ lead: lead, type: type, time: time, fields: {{ why: {{}} }}{more} }} }}");
    rules(&format!("{source}\n{STAGES}")).leads("id\n1\n2\n").events("crm", format!("lead,type,time,why\n{events}"))
}

/// Three MQLs and two returns: each return ends the pass of the MQL before it.
const STORY: [&str; 5] = [
    "1,mql,2026-01-10 09:00,",
    "1,back,2026-02-01 12:00,no budget",
    "1,mql,2026-03-05 09:00,",
    "1,back,2026-04-01 12:00,no time",
    "1,mql,2026-05-07 09:00,",
];

#[test]
fn three_stamps_and_two_returns_are_three_passes_at_every_instant_of_the_story() {
    let events = STORY.join("\n") + "\n";
    for (as_of, expected) in [
        ("2026-01-09", "1   "),
        ("2026-01-10", "1  MQL 2026-01-10T09:00:00Z"),
        ("2026-02-01", "2 2026-02-01T12:00:00Z  "),
        ("2026-03-05", "2 2026-02-01T12:00:00Z MQL 2026-03-05T09:00:00Z"),
        ("2026-04-01", "3 2026-04-01T12:00:00Z  "),
        ("2026-06-30", "3 2026-04-01T12:00:00Z MQL 2026-05-07T09:00:00Z"),
    ] {
        assert_eq!(told(&crm("", &events).as_of(as_of).run(), "1"), expected, "as of {as_of}");
    }
}

#[test]
fn the_order_of_the_rows_and_a_record_said_twice_change_nothing() {
    let forwards = crm("", &(STORY.join("\n") + "\n")).run();
    let mut rows = STORY.to_vec();
    rows.reverse();
    rows.push("1,mql,2026-05-08 10:00,");
    rows.push("1,back,2026-04-01 12:00,no time");
    let backwards = crm("", &(rows.join("\n") + "\n")).run();
    assert_eq!(told(&forwards, "1"), told(&backwards, "1"), "two equal returns are one");
}

#[test]
fn columns_of_one_row_give_the_same() {
    let rulebook = format!(
        "events: {{ crm: {{ lead: lead, type: {{ from_columns: {{ mql: MQL, back: Back, again: Again, mql2: MQL 2, back2: Back 2, mql3: MQL 3 }} }} }} }}
{}",
        STAGES
            .replace("entered: { event: mql }", "entered: { event: [mql, mql2, mql3] }")
            .replace("{ event: back }, reason: why", "[{ event: back }, { event: back2 }]")
            .replace(", { name: Won, entered: { event: won } }", "")
    );
    let world = rules(&rulebook).leads("id\n1\n2\n").events(
        "crm",
        "lead,MQL,Back,MQL 2,Back 2,MQL 3,Again\n1,2026-01-10 09:00,2026-02-01 12:00,2026-03-05 09:00,2026-04-01 12:00,2026-05-07 09:00,
2,2026-01-10 09:00,2026-02-01,2026-02-01 12:00,2026-04-01,2026-04-01 08:00,\n",
    );
    let outcome = world.run();
    assert_eq!(told(&outcome, "1"), "3 2026-04-01T12:00:00Z MQL 2026-05-07T09:00:00Z");
    assert_eq!(
        told(&outcome, "2"),
        "3 2026-04-01T00:00:00Z  ",
        "its returns are bare dates, and its records are of those days"
    );
}

#[test]
fn one_column_may_be_bare_and_another_timed() {
    let rulebook = "events: { crm: { lead: lead, type: { from_columns: { mql: { column: MQL, format: '%d.%m.%Y' }, back: { column: Back, format: '%d.%m.%Y %H:%M' } } } } }
stages: [{ name: Lead }, { name: MQL, when: { score: total, gte: 1 }, entered: { event: mql } }]
returns: { at: { event: back } }";
    let outcome = rules(rulebook)
        .leads("id\n1\n2\n")
        .events("crm", "lead,MQL,Back\n1,01.03.2026,01.03.2026 00:00\n2,02.03.2026,01.03.2026 23:59\n")
        .run();
    assert_eq!(told(&outcome, "1"), "2 2026-03-01T00:00:00Z  ");
    assert_eq!(told(&outcome, "2"), "2 2026-03-01T23:59:00Z MQL 2026-03-02T00:00:00Z");
}

#[test]
fn a_return_and_a_record_of_one_day_by_events_bare_and_timed_in_all_four_ways() {
    for (record, back, entered) in [
        ("2026-03-01", "2026-03-01", false),
        ("2026-03-01", "2026-03-01 10:00", false),
        ("2026-03-01 11:00", "2026-03-01", false),
        ("2026-03-01 11:00", "2026-03-01 10:00", true),
        ("2026-03-01 10:00", "2026-03-01 10:00", false),
    ] {
        let outcome = crm("", &format!("1,mql,{record},\n1,back,{back},\n")).run();
        assert_eq!(outcome.cell("1", "crm_stage") == "MQL", entered, "{record} {back}");
    }
}

#[test]
fn of_a_bare_and_a_timed_return_of_one_day_the_timed_one_counts() {
    for backs in [["2026-03-01", "2026-03-01 10:00"], ["2026-03-01 10:00", "2026-03-01"]] {
        let events = format!("1,back,{},a\n1,mql,2026-03-01 11:00,\n1,back,{},b\n", backs[0], backs[1]);
        assert_eq!(told(&crm("", &events).run(), "1"), "2 2026-03-01T10:00:00Z MQL 2026-03-01T11:00:00Z");
    }
}

#[test]
fn a_return_by_an_event_after_the_final_record_is_none() {
    let outcome =
        crm("", "1,won,2026-03-01,\n1,back,2026-03-01 10:00,\n2,back,2026-03-01 10:00,\n2,won,2026-03-02,\n").run();
    assert_eq!(told(&outcome, "1"), "1  Won ");
    assert_eq!(told(&outcome, "2"), "2 2026-03-01T10:00:00Z Won ");
}

#[test]
fn events_that_do_not_count_are_neither_returns_nor_records() {
    // Of lead 1 the second return has the id of the first, and the third is after the day of scoring; the orphan names nobody.
    let more = ", id: id";
    let source = format!("events: {{ crm: {{ lead: lead, type: type, time: time{more} }} }}");
    let stages = STAGES.replace(", reason: why", "");
    let outcome = rules(&format!("{source}\n{stages}"))
        .leads("id\n1\n2\n")
        .events(
            "crm",
            "lead,type,time,id\n1,back,2026-02-01,a\n1,back,2026-03-01,a\n1,back,2026-07-01,b\n9,back,2026-02-01,c\n1,back,,d\n2,mql,2026-03-01,e\n2,back,2026-02-01,f\n",
        )
        .run();
    assert_eq!(told(&outcome, "1"), "2 2026-02-01T00:00:00Z  ");
    assert_eq!(told(&outcome, "2"), "2 2026-02-01T00:00:00Z MQL 2026-03-01T00:00:00Z");
}

#[test]
fn automated_events_are_neither_returns_nor_records_and_those_that_wait_keep_their_time_of_day() {
    let rule = ", automated: [{ event: [mql, back], where: { field: why, is: robot } }]";
    let events = "1,mql,2026-02-01 11:00,\n1,back,2026-02-01 10:00,\n1,back,2026-03-01,robot\n2,back,2026-02-01,\n2,mql,2026-02-01 11:00,\n2,mql,2026-04-01,robot\n";
    let outcome = crm(rule, events).run();
    assert_eq!(told(&outcome, "1"), "2 2026-02-01T10:00:00Z MQL 2026-02-01T11:00:00Z");
    assert_eq!(told(&outcome, "2"), "2 2026-02-01T00:00:00Z  ");
    let burst = ", automated: [{ event: back, at_least: 3, within: 10min }]";
    let outcome =
        crm(burst, "1,back,2026-02-01,\n1,mql,2026-02-01 11:00,\n2,back,2026-02-01 10:00,\n2,mql,2026-02-01 11:00,\n")
            .run();
    assert_eq!(told(&outcome, "1"), "2 2026-02-01T00:00:00Z  ", "it waits for the others, and stays a bare date");
    assert_eq!(told(&outcome, "2"), "2 2026-02-01T10:00:00Z MQL 2026-02-01T11:00:00Z");
}

#[test]
fn an_event_that_leads_share_gives_each_of_them_back() {
    let rulebook = "leads: { id: id, fields: { company: {} } }
events: { crm: { lead: { column: lead, by: company }, type: type, time: time } }
stages: [{ name: Lead }, { name: MQL, when: { score: total, gte: 1 }, entered: { event: mql } }]
returns: { at: { event: back } }";
    let outcome = rules(rulebook)
        .leads("id,company\n1,a\n2,a\n3,b\n")
        .events("crm", "lead,type,time\na,mql,2026-01-01\na,back,2026-02-01\nb,mql,2026-01-01\n")
        .run();
    assert_eq!(outcome.column("passes"), ["2", "2", "1"]);
    assert_eq!(outcome.column("crm_stage"), ["", "", "MQL"]);
}

#[test]
fn a_selection_in_returns_chooses_its_events() {
    let rulebook = "events: { crm: { lead: lead, type: type, time: time, fields: { to: {} } }, other: { lead: lead, type: type, time: time } }
stages: [{ name: Lead }]
returns: { at: [{ event: changed, source: crm, where: { field: to, is: Recycled } }, { event: [nurture, parked], source: other }] }";
    let outcome = rules(rulebook)
        .leads("id\n1\n2\n3\n4\n")
        .events(
            "crm",
            "lead,type,time,to\n1,changed,2026-02-01,recycled\n1,changed,2026-03-01,MQL\n2,nurture,2026-03-01,\n",
        )
        .events("other", "lead,type,time\n4,changed,2026-02-01\n3,parked,2026-03-01\n3,Nurture,2026-03-02\n")
        .run();
    assert_eq!(outcome.column("passes"), ["2", "1", "3", "1"]);
}

#[test]
fn a_reason_of_events_may_be_of_any_type_and_is_no_return_itself() {
    let rulebook = "events: { crm: { lead: lead, type: type, time: time, fields: { until: { type: date }, n: { type: number } } } }
stages: [{ name: Lead }]
returns: { at: { event: back }, reason: until }";
    let world =
        rules(rulebook).leads("id\n1\n").events("crm", "lead,type,time,until,n\n1,back,2026-02-01,2026-05-01,3\n");
    let told = |world: &World| {
        let files = ["--leads", "leads-1.csv", "--events", "crm=events-crm-1.csv", "--as-of", "2026-06-30"];
        world.command(&[&["explain", "rulebook.yaml", "1"][..], &files[..]].concat()).stdout
    };
    assert_eq!(world.run().column("passes"), ["2"]);
    assert!(told(&world).contains("(2026-05-01"), "{}", told(&world));
    let mut number = world.clone();
    number.rulebook = number.rulebook.replace("reason: until", "reason: n");
    assert!(told(&number).contains("(3)"), "{}", told(&number));
}
