//! Stages: what the CRM says was entered, what holds, what is kept from an earlier run, and the step between the two.

use crate::world::{Outcome, World, rules};

const FIELDS: &str =
    "leads: { id: id, fields: { n: { type: number }, d: { type: date }, e: { type: date }, t: { type: boolean } } }";

/// Leads 1, 2, 3 … with cells `n,d,e,t`; the score `s` is `n`, and 0 without it.
fn world(stages: &str, leads: &[&str]) -> World {
    let tiers: Vec<String> = [100, 80, 60, 40, 20, 10].iter().map(|n| format!("{{ gte: {n}, points: {n} }}")).collect();
    let dimension =
        format!("dimensions: {{ s: {{ criteria: [{{ id: n, field: n, tiers: [{}] }}] }} }}", tiers.join(", "));
    let rows: Vec<String> = leads.iter().enumerate().map(|(n, cells)| format!("{},{cells}\n", n + 1)).collect();
    rules(&format!("{FIELDS}\n{dimension}\nstages:\n{stages}")).leads(format!("id,n,d,e,t\n{}", rows.concat()))
}

fn columns(outcome: &Outcome) -> String {
    let row = |lead: &std::collections::BTreeMap<String, String>| {
        format!("{}/{}/{}", lead["stage"], lead["crm_stage"], lead["step"])
    };
    outcome.rows.iter().map(row).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_stage_was_entered_when_its_date_is_present_and_not_after_as_of() {
    let outcome = world(
        "  - { name: A, entered: d }\n  - { name: B, entered: e }",
        &[
            ",,,",
            ",2026-01-01,,",
            ",,2026-01-01,",
            ",2026-07-01,,",
            ",,2026-07-01,",
            ",,2026-06-30T23:59:59.999Z,",
            ",soon,,",
        ],
    )
    .run();
    assert_eq!(columns(&outcome), "A//hand_over A/A/ B/B/ A//hand_over A//hand_over B/B/ A//hand_over");
}

#[test]
fn a_stage_was_entered_at_the_earliest_of_its_events_or_when_a_condition_is_true() {
    let rulebook = "events: { a: { lead: l, type: t, time: w, fields: { k: {} } }, b: { lead: l, type: t, time: w } }
stages: [{ name: Lead }, { name: Won, entered: { event: deal, source: a, where: { field: k, is: new } } }]";
    let events = "l,t,w,k\n1,deal,2026-01-01,new\n2,deal,2026-01-01,old\n3,deal,2026-07-01,new\n";
    let outcome =
        rules(rulebook).leads("id\n1\n2\n3\n4\n").events("a", events).events("b", "l,t,w\n4,deal,2026-01-01\n").run();
    assert_eq!(outcome.column("crm_stage"), ["Won", "", "", ""]);
    let when = "  - { name: A }\n  - { name: B, entered: { when: { field: t, is: true } } }\n  - { name: C, after: B, when: { field: n, gte: 10 } }";
    let outcome = world(when, &["10,,,yes", "10,,,no", "10,,,", "0,,,yes"]).run();
    assert_eq!(columns(&outcome), "C/B/ A// A// B/B/", "unknown is not entered, and is not held");
}

#[test]
fn the_stage_is_the_last_that_holds_and_needs_no_earlier_one() {
    let stages = "  - { name: A }\n  - { name: B, when: { score: s, gte: 40 } }\n  - { name: C, when: { field: t, is: true } }\n  - { name: D, entered: d }";
    let outcome = world(stages, &["0,,,", "40,,,", "0,,,yes", "40,,,no", "0,2026-01-01,,", "0,2027-01-01,,yes"]).run();
    assert_eq!(outcome.column("stage"), ["A", "B", "C", "B", "D", "C"]);
}

#[test]
fn after_asks_that_one_of_those_stages_holds_or_was_entered() {
    let stages = "  - { name: A, entered: d }
  - { name: B, when: { score: s, gte: 40 }, entered: e }
  - { name: P, when: { score: s, gte: 100 } }
  - { name: C, after: [B, P], when: { field: t, is: true } }";
    let outcome =
        world(stages, &["40,,,yes", "0,,,yes", "0,,2026-01-01,yes", "100,,,no", "0,,2027-01-01,yes", "100,,,yes"])
            .run();
    assert_eq!(outcome.column("stage"), ["C", "A", "C", "P", "A", "C"]);
    let unknown = "  - { name: A }\n  - { name: B, when: { field: n, gte: 40 } }\n  - { name: C, after: B, when: { field: t, is: true } }\npriorities: [{ name: yes, when: { stage: C } }, { name: no, when: { not: { stage: C } } }, { name: open }]";
    let outcome = world(unknown, &["40,,,yes", "40,,,no", ",,,yes", ",,,no", "0,,,yes", "0,,,", "40,,,"]).run();
    assert_eq!(
        outcome.column("priority"),
        ["yes", "no", "open", "no", "no", "no", "open"],
        "the parts of `holds` are three-valued"
    );
}

#[test]
fn a_condition_on_a_stage_asks_whether_the_lead_holds_it() {
    let stages = "  - { name: A }
  - { name: B, when: { score: s, gte: 40 } }
  - { name: C, when: { all: [{ stage: B }, { stage: A }, { field: t, is: true }] } }
priorities: [{ name: both, when: [{ stage: B }, { stage: C }] }, { name: c, when: { stage: C } }, { name: b, when: { stage: B } }, { name: a, when: { stage: A } }]";
    let outcome = world(stages, &["40,,,yes", "40,,,no", "0,,,yes"]).run();
    assert_eq!((outcome.column("stage"), outcome.column("priority")), (vec!["C", "B", "A"], vec!["both", "b", "a"]));
}

#[test]
fn a_stage_needs_when_or_entered_and_the_first_has_no_when() {
    for (stages, is_right) in [
        ("[{ name: A }]", true),
        ("[{ name: A, when: { score: total, gte: 0 } }]", false),
        ("[{ name: A }, { name: B }]", false),
        ("[{ name: A }, { name: B, when: { stage: B } }]", false),
        ("[{ name: A }, { name: B, when: { stage: C } }, { name: C, when: { score: total, gte: 0 } }]", false),
        (
            "[{ name: A }, { name: B, after: C, when: { score: total, gte: 0 } }, { name: C, when: { score: total, gte: 0 } }]",
            false,
        ),
        ("[{ name: A }, { name: B, entered: { when: { score: total, gte: 0 } } }]", false),
        ("[{ name: A }, { name: B, entered: { when: { stage: A } } }]", false),
        ("[{ name: A }, { name: Disqualified, when: { score: total, gte: 0 } }]", false),
    ] {
        assert_eq!(rules(&format!("stages: {stages}")).problems().is_empty(), is_right, "{stages}");
    }
}

#[test]
fn keep_when_serves_only_where_the_previous_stage_was_this_or_a_later_one() {
    let stages = "  - { name: A }
  - { name: B, when: { score: s, gte: 100 }, keep_when: { score: s, gte: 80 } }
  - { name: C, after: B, when: { field: t, is: true }, keep_when: { field: d, within: 30d } }";
    let leads =
        ["80,,,", "80,,,", "80,,,", "80,,,", "60,,,", "100,,,", "80,,,", "80,,,", "80,2026-06-29,,", "80,2026-06-29,,"];
    let previous = "lead_id,total,stage\n1,100,B\n2,100,C\n3,80,A\n4,80,Disqualified\n5,100,B\n6,0,A\n7,80,Gone\n9,90.5,C\n10,90,B\n";
    let kept = world(stages, &leads).previous(previous).run();
    assert_eq!(kept.column("stage"), ["B", "B", "A", "A", "A", "B", "A", "A", "C", "B"]);
    let alone = world(stages, &leads).run();
    assert_eq!(alone.column("stage"), ["A", "A", "A", "A", "A", "B", "A", "A", "A", "A"], "only with a previous run");
    assert_eq!(kept.column("changed"), ["", "down", "", "up", "down", "up", "up", "new", "", ""]);
}

#[test]
fn the_step_is_hand_over_where_a_recordable_stage_lies_beyond_the_crm() {
    let stages = "  - { name: Lead, entered: d }
  - { name: MQL, when: { score: s, gte: 40 }, entered: e, recycle_when: { score: s, lt: 20 } }
  - { name: Hot, when: { score: s, gte: 100 } }
  - { name: SQL, when: { all: [{ field: t, is: true }, { score: s, gte: 60 }] }, entered: { when: { field: t, is: true } } }";
    let (old, done) = ("2026-01-01", "2026-02-01");
    let leads = [
        ",,,".to_owned(),
        format!("0,{old},,"),
        format!("40,{old},,"),
        format!("100,{old},,"),
        format!("100,{old},{done},"),
        format!("20,{old},{done},"),
        format!("10,{old},{done},"),
        format!(",{old},{done},"),
        "10,,,yes".to_owned(),
        "100,,,yes".to_owned(),
    ];
    let leads: Vec<&str> = leads.iter().map(String::as_str).collect();
    let expected = "Lead//hand_over Lead/Lead/ MQL/Lead/hand_over Hot/Lead/hand_over Hot/MQL/ Lead/MQL/ Lead/MQL/recycle Lead/MQL/recycle Lead/SQL/ SQL/SQL/";
    assert_eq!(columns(&world(stages, &leads).run()), expected);
    let out = format!("{stages}\ndisqualify: [{{ reason: x, when: {{ field: n, lt: 20 }} }}]");
    assert_eq!(
        world(&out, &leads).run().column("step"),
        ["hand_over", "", "hand_over", "hand_over", "", "", "", "recycle", "", ""],
        "empty for disqualified leads"
    );
}

#[test]
fn recycle_when_speaks_of_the_crm_stage_alone() {
    let stages = "  - { name: Lead, entered: d, recycle_when: { absent: [n] } }
  - { name: MQL, entered: e, recycle_when: { field: n, lt: 20 } }
  - { name: Hot, when: { field: t, is: true } }";
    let outcome = world(
        stages,
        &[
            ",2026-01-01,,",
            "10,2026-01-01,,",
            "10,2026-01-01,2026-01-01,",
            ",2026-01-01,2026-01-01,",
            "10,,2026-01-01,yes",
        ],
    )
    .run();
    assert_eq!(columns(&outcome), "Lead/Lead/recycle Lead/Lead/ MQL/MQL/recycle MQL/MQL/ Hot/MQL/recycle");
}
