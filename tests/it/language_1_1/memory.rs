//! What takes memory, event by event, and what doesn't. A run reads its events from a pipe; the most memory that it had is looked at
//! while it waits for the end.

use crate::pipe::{Held, make_pipe};
use crate::world::rules;
use std::process::{Command, Stdio};

/// Few enough that a test of many events is short, and more than a run reads ahead.
const SOME: u32 = 80_000;
const MANY: u32 = 240_000;

/// The most that a run may need more for [`MANY`] events than for [`SOME`], in KiB, if it keeps none of them: eight bytes an event
/// would be more.
const SLACK_KIB: u64 = 1_200;

/// What a run needs more for [`MANY`] events of this type than for [`SOME`], in KiB. The source has these further keys; the events
/// are those of three leads on some days.
fn growth(source: &str, rest: &str, kind: &str) -> i64 {
    let rulebook = format!(
        "leads: {{ id: id, {rest}
events: {{ web: {{ lead: lead, type: type, time: time, fields: {{ x: {{ type: number }} }}, {source} }} }}"
    );
    let peak = |n: u32| {
        let folder = rules(&rulebook).leads("id,company\n1,a\n2,b\n3,b\n").written();
        let pipe = folder.path().join("pipe");
        make_pipe(&pipe);
        let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
        command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.args(["score", "rulebook.yaml", "--as-of", "2026-06-30", "--leads", "leads-1.csv", "--threads", "1"]);
        command.args(["--events", "web=pipe"]);
        let row = |at: u32| {
            let (lead, day, minute, second) = (at % 3 + 1, at % 20 + 1, at / 60 % 60, at % 60);
            format!("{lead},{kind},2026-06-{day:02}T10:{minute:02}:{second:02}Z,{}\n", at % 7)
        };
        let csv = (0..n).fold("lead,type,time,x\n".to_owned(), |csv, at| csv + &row(at));
        let (peak, output) = Held::start(command, &pipe).peak_kib(&csv);
        assert!(output.status.success(), "{}\n{rulebook}", String::from_utf8_lossy(&output.stderr));
        i64::try_from(peak).expect("no system has so much")
    };
    peak(MANY) - peak(SOME)
}

/// One of everything that needs a number or a value a lead.
const SUMS: &str = "fields: { company: {}, first: { event: v, first: x }, last: { event: v, last: time } } }
dimensions:
  s:
    fade: { half_life: 30d }
    criteria:
      - { id: burst, event: v, measure: { busiest: day }, tiers: [{ gte: 9, points: 1 }] }
      - { id: average, when: { event: v, measure: { average: x }, gte: 2 }, points: 1 }
      - { id: least, when: { event: v, measure: { min: x }, gte: 2 }, points: 1 }
      - { id: own, event: v, points: { field: x, times: 0.01 } }
      - { id: less, event: v, points: 1, decay: { compound: { percent: 1, every: 1d } } }
      - { id: soon, when: { event: v, since: first_seen, for: 3d }, points: 1 }
      - { id: seen, when: { present: [first, last] }, points: 1 }
accounts: { by: company, scores: { s: { sum: s, top: 2 } } }";

fn sums() -> String {
    SUMS.replace("company: {},", "company: {}, first_seen: { type: date, optional: true },")
}

#[test]
fn first_and_last_keep_a_value_a_lead_busiest_a_number_a_lead_and_span_and_nothing_else_grows_with_the_events() {
    let more = growth("", &sums(), "v");
    assert!(more < SLACK_KIB.cast_signed(), "{more} KiB more");
}

#[test]
fn automated_rules_keep_only_events_of_the_types_that_they_name() {
    let rule = "automated: [{ event: click, after: sent, within: 1min }]";
    let more = growth(rule, &sums(), "v");
    assert!(more < SLACK_KIB.cast_signed(), "{more} KiB more");
    // Of those an event takes some bytes, and not what its row has.
    let named = growth(rule, &sums(), "click");
    assert!(named * 1024 / i64::from(MANY - SOME) < 80, "{named} KiB more");
}

#[test]
fn criteria_that_count_once_in_so_long_keep_the_events_of_their_types() {
    let once = "fields: { company: {} } }
dimensions: { s: { criteria: [{ id: a, event: v, points: 1, count: { per: 24h } }] } }";
    let other = growth("", once, "w");
    assert!(other < SLACK_KIB.cast_signed(), "{other} KiB more");
    let named = growth("", once, "v");
    assert!(named * 1024 / i64::from(MANY - SOME) < 40, "{named} KiB more");
}
