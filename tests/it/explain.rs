//! `explain` in words: what it says follows from what a condition is, never from how a text of the rulebook or of a cell begins.

use crate::world::rules;

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
