//! `explain` in words: what it says follows from what a condition is, never from how a text of the rulebook or of a cell begins.

use crate::world::{World, rules};

/// Conditions whose texts read like words of the program.
const RULES: &str = "\
leads: { id: id, fields: { parcel: parcel, lane: lane, note: note, memo: memo } }
events: { web: { lead: lead, type: type, time: time } }
dimensions:
  fit:
    criteria:
      - { id: held-back, when: { field: parcel, is: held back }, points: 3 }
      - { id: not-held-back, when: { field: parcel, is_not: held back }, points: 4 }
      - { id: held, when: { field: lane, is: held }, points: 5 }
      - { id: lane-missing, when: { field: memo, is: missing }, points: 6, unknown: 1 }
      - { id: no-note, when: { absent: [note] }, points: 7 }
      - { id: no-memo, when: { absent: [memo] }, points: 8 }
      - { id: either, when: { field: lane, in: [held, sold] }, points: 9 }
      - { id: the-days, when: { event: number of days, gte: 2 }, points: 10 }
      - { id: idle, when: { event: events, measure: idle_days, gte: 3 }, points: 11 }
stages:
  - { name: Lead }
  - { name: Held, when: { all: [{ score: fit, gte: 9 }, { field: parcel, is: held back }] } }
  - { name: Kept, when: { all: [{ stage: Held }, { field: lane, is: held }] } }
";

#[test]
fn a_text_that_reads_like_ours_hides_no_cell() {
    let world = || {
        rules(RULES)
            .leads("id,parcel,lane,note,memo\n1,delivered,held,missing,\n2,held back,Held,,missing\n")
            .events("web", "lead,type,time\n1,number of days,2026-06-02\n1,events,2026-06-03\n2,events,2026-06-29\n")
    };
    let mut told = String::new();
    for id in ["1", "2"] {
        let args = ["explain", "rulebook.yaml", id, "--leads", "leads-1.csv", "--events", "web=events-web-1.csv"];
        let ended = world().command(&[&args[..], &["--as-of", "2026-06-30", "--all"]].concat());
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        told += &ended.stdout;
    }
    insta::assert_snapshot!(told);
}

/// A world whose rulebook writes its event types in capitals.
fn loud() -> World {
    rules(
        "\
leads: { id: id, fields: { before: { type: number }, now: { type: number } } }
events: { mail: { lead: lead, type: type, time: time } }
dimensions:
  fit:
    criteria:
      - { id: opens, when: { event: Mail_Open, gte: { event: Mail_Sent, times: 0.5 } }, points: 5 }
      - { id: grown, when: { field: now, gt: { field: before } }, points: 7 }
      - { id: gated, only_if: { field: before, gte: 700 }, event: Demo_Request, points: 9 }
stages: [{ name: Lead }, { name: Reader, when: { event: Mail_Open, gt: { event: Mail_Sent } } }]",
    )
    .leads("id,before,now\n1,,80\n2,300,40\n")
    .events("mail", "lead,type,time\n1,Mail_Sent,2026-06-01\n1,Mail_Sent,2026-06-02\n1,Mail_Sent,2026-06-03\n1,mail_open,2026-06-04\n")
}

fn loud_told(id: &str, more: &[&str]) -> String {
    let args = ["explain", "rulebook.yaml", id, "--leads", "leads-1.csv", "--events", "mail=events-mail-1.csv"];
    let ended = loud().command(&[&args[..], &["--as-of", "2026-06-30"], more].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    ended.stdout
}

#[test]
fn a_comparison_shows_both_of_its_sides() {
    let told = loud_told("1", &[]);
    assert!(told.contains("opens: 1 against 1.5: Mail_Open events, 0.5 × Mail_Sent events"), "{told}");
    assert!(
        told.contains("number of Mail_Open events must be above number of Mail_Sent events, is 1 against 3"),
        "{told}"
    );
    assert!(told.contains("grown: 80 against missing: now, before"), "{told}");
    let told = loud_told("2", &[]);
    assert!(told.contains("grown: 40 against 300: now, before"), "{told}");
}

#[test]
fn a_gate_is_told_as_it_is_written_and_with_what_was_found() {
    let told = loud_told("1", &[]);
    assert!(told.contains("gated: only applies if before at least 700 (missing)"), "{told}");
    let told = loud_told("2", &[]);
    assert!(told.contains("gated: only applies if before at least 700 (300)"), "{told}");
}

#[test]
fn event_types_are_told_as_the_rulebook_writes_them() {
    let told = loud_told("1", &["--all"]);
    assert!(told.contains("Mail_Open") && told.contains("Demo_Request"), "{told}");
    assert!(!told.contains("demo_request") && !told.contains("mail_sent"), "{told}");
}

#[test]
fn a_count_per_stretch_of_time_is_told_in_hours_and_from_the_newest_back() {
    let rulebook = "dimensions: { s: { criteria: [{ id: a, event: v, points: 1, count: { per: 24h } }, \
                    { id: b, event: v, points: 1, count: { per: 7d } }] } }";
    let leads = "leads: { id: id }\nevents: { w: { lead: lead, type: type, time: time } }\n";
    let world = rules(&format!("{leads}{rulebook}")).leads("id\n1\n");
    let world = world.events("w", "lead,type,time\n1,v,2026-05-30 12:00\n1,v,2026-05-30 11:00\n");
    let files = ["--leads", "leads-1.csv", "--events", "w=events-w-1.csv", "--as-of", "2026-06-01"];
    let told = world.command(&[&["explain", "rulebook.yaml", "1"][..], &files[..]].concat()).stdout;
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "at most once in any 24 hours, counted back from the newest: v events",
        "at most once in any 7 days, counted back from the newest: v events",
        "less than 24 hours before the one of 2026-05-30 12:00, which counts",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("1 day"), "{told}");
}
