//! `since: returns`: events count from the latest return of the lead on, whether a date or an event says so.

use crate::world::{World, rules};

const RULES: &str = "
returns: { at: [recycled, { event: given_back }] }
leads: { id: id, fields: { made: { type: date }, recycled: { type: date }, joined: { type: date } } }
events: { act: { lead: lead, type: type, time: time } }
dimensions:
  warm:
    since: returns
    criteria:
      - { id: demo, event: demo, points: 10 }
      - { id: views, event: view, points: 1, count: { per: day } }
stages:
  - { name: Lead, entered: made }
  - { name: Won, entered: { event: won } }";

const LEADS: &str = "id,made,recycled,joined\n";
const EVENTS: &str = "lead,type,time\n";

fn world(rows: &str, events: &str) -> World {
    world_of(RULES, rows, events)
}

fn world_of(text: &str, rows: &str, events: &str) -> World {
    rules(text).leads(format!("{LEADS}{rows}")).events("act", format!("{EVENTS}{events}"))
}

/// The codes of what is wrong with a rulebook.
fn codes(text: &str) -> Vec<&'static str> {
    rules(text).problems().iter().map(|problem| problem.code).collect()
}

#[test]
fn it_is_the_latest_return_of_the_lead_an_events_included() {
    let events = "a,demo,2026-02-01\na,given_back,2026-03-01\na,demo,2026-02-28\na,demo,2026-03-02\n\
                  b,demo,2026-02-01\nb,demo,2026-04-02\nb,given_back,2026-03-01\n";
    let outcome = world("a,2026-01-01,2026-02-15,\nb,2026-01-01,2026-04-01,\nc,2026-01-01,,\n", events).run();
    // a: given back by an event after its date; b: by a date after its event.
    assert_eq!(outcome.column("warm"), ["10", "10", "0"]);
    assert_eq!(outcome.column("passes"), ["3", "3", "1"]);
}

#[test]
fn the_order_of_events_and_returns_in_the_files_is_of_no_account() {
    let events =
        "a,given_back,2026-03-01T10:00Z\na,demo,2026-03-01T09:59Z\na,demo,2026-03-01T10:01Z\na,view,2026-03-02\n";
    let turned: String = events.lines().rev().flat_map(|line| [line, "\n"]).collect();
    for events in [events, turned.as_str()] {
        assert_eq!(world("a,2026-01-01,,\n", events).run().column("warm"), ["11"], "{events}");
    }
}

#[test]
fn an_event_at_the_instant_of_the_return_lies_before_it() {
    let events = "a,given_back,2026-03-01T10:00Z\na,demo,2026-03-01T10:00Z\n";
    assert_eq!(world("a,2026-01-01,,\n", events).run().column("warm"), ["0"]);
}

#[test]
fn a_return_that_a_final_record_lies_before_is_none() {
    let events = "a,won,2026-02-20\na,given_back,2026-03-01\na,demo,2026-02-01\n";
    let outcome = world("a,2026-01-01,,\n", events).run();
    assert_eq!((outcome.column("warm"), outcome.column("passes")), (vec!["10"], vec!["1"]));
}

#[test]
fn of_several_dates_the_latest_counts_and_for_begins_at_it() {
    let text = RULES.replace("since: returns\n", "since: joined\n").replace(
        "{ id: demo, event: demo, points: 10 }",
        "{ id: demo, event: demo, points: 10, since: returns, for: 10d }",
    );
    let events = "a,given_back,2026-03-01\na,demo,2026-03-02\na,demo,2026-03-05\na,demo,2026-03-12\n";
    let joined = |day: &str| world_of(&text, &format!("a,2026-01-01,,{day}\n"), events).run();
    assert_eq!(joined("").column("warm"), ["20"], "10 days from the return on, not 11");
    assert_eq!(joined("2026-03-04").column("warm"), ["10"], "and after the date of the dimension");
    let never = world_of(&text, "a,2026-01-01,,\n", "a,demo,2026-03-02\n").run();
    assert_eq!(never.column("warm"), ["0"], "without a return the time does not begin");
}

#[test]
fn bundles_first_values_and_idle_days_count_from_it_too() {
    let text = RULES.replace("joined: { type: date }", "joined: { event: view, first: time, since: returns }").replace(
        "criteria:\n",
        "criteria:\n      - { id: idle, event: view, measure: idle_days, tiers: [{ lt: 20, points: 100 }] }\n      \
             - { id: seen, when: { field: joined, is: 2026-03-05 }, points: 1000 }\n",
    );
    let events = "a,view,2026-02-01\na,given_back,2026-03-01\na,view,2026-03-05T08:00Z\na,view,2026-03-05T09:00Z\n";
    assert_eq!(world_of(&text, "a,2026-01-01,,\n", events).as_of("2026-03-20").run().column("warm"), ["1101"]);
}

#[test]
fn it_may_not_stand_in_what_returns_or_the_last_stage_reads() {
    let last = "{ name: Won, entered: { when: { event: won, since: returns } } }";
    let text = RULES.replace("{ name: Won, entered: { event: won } }", last);
    let text = text.replace("joined: { type: date }", "joined: { event: view, last: time, since: returns }");
    assert_eq!(codes(&text), ["LS011"]);
    let by_field = RULES
        .replace("joined: { type: date }", "joined: { event: view, last: time, since: returns }")
        .replace("at: [recycled,", "at: [joined,");
    assert_eq!(codes(&by_field), ["LS011"]);
}

#[test]
fn without_returns_there_is_no_such_date_and_no_condition_names_it() {
    let without = RULES.replace("returns: { at: [recycled, { event: given_back }] }\n", "");
    assert_eq!(codes(&without), ["LS006"]);
    let named = RULES
        .replace("{ id: demo, event: demo, points: 10 }", "{ id: demo, when: { present: [returns] }, points: 10 }");
    assert_eq!(codes(&named), ["LS006"]);
    let field = RULES.replace("joined: { type: date }", "returns: { type: date }");
    assert_eq!(codes(&field), ["LS007"]);
}
