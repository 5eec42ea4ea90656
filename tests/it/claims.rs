//! What the lints conclude about conditions is never contradicted by a lead: random conditions, and every lead that there can be
//! in a small world.

use crate::lints::findings;
use crate::world::{World, rules, sheet};
use proptest::prelude::*;

/// Conditions over a number, a text and a count.
fn condition() -> impl Strategy<Value = String> {
    let number = (prop::sample::select(vec!["gt", "gte", "lt", "lte", "is", "is_not"]), 0_i64..4);
    let text = prop_oneof![
        (
            prop::sample::select(vec!["is", "is_not", "starts_with", "contains"]),
            prop::sample::select(vec!["a", "ab", "b"])
        )
            .prop_map(|(operator, value)| format!("{operator}: {value}")),
        Just("in: [a, b]".to_owned()),
        Just("not_in: [ab, A]".to_owned()),
    ];
    let count =
        (prop::sample::select(vec!["gt", "gte", "lt", "lte"]), prop::sample::select(vec!["0", "0.5", "1", "2"]));
    let leaf = prop_oneof![
        number.prop_map(|(operator, n)| format!("{{ field: size, {operator}: {n} }}")),
        text.prop_map(|test| format!("{{ field: name, {test} }}")),
        count.prop_map(|(operator, n)| format!("{{ event: visit, {operator}: {n} }}")),
        prop::sample::select(vec!["present", "absent"]).prop_map(|key| format!("{{ {key}: [size] }}")),
        Just("{ event: visit, gte: { event: click } }".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let list = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            list.clone().prop_map(|items| format!("{{ all: [{}] }}", items.join(", "))),
            list.clone().prop_map(|items| format!("{{ any: [{}] }}", items.join(", "))),
            list.prop_map(|items| format!("{{ at_least: {}, of: [{}] }}", items.len().div_ceil(2), items.join(", "))),
            inner.prop_map(|item| format!("{{ not: {item} }}")),
        ]
    })
}

/// Every lead of a size from 0 to 4 or none, a name or none, and up to two visits.
fn small_world(first: &str, second: &str) -> World {
    let parts = format!(
        "leads: {{ id: id, fields: {{ size: {{ type: number }}, name: name }} }}
events: {{ web: {{ lead: lead, type: type, time: time }} }}
dimensions:
  score:
    criteria:
      - {{ id: c, when: {first}, points: 1, otherwise: 2, unknown: 4 }}
disqualify:
  - {{ reason: first, when: {first} }}
  - {{ reason: second, when: {second} }}
stages: [{{ name: Lead }}, {{ name: MQL, when: {{ score: score, gte: 100 }} }}]"
    );
    let (mut leads, mut events) = (Vec::new(), Vec::new());
    for size in ["", "0", "1", "1.5", "2", "3", "4"] {
        for name in ["", "a", "AB", "b", "c"] {
            for n_visits in 0..3 {
                let id = leads.len();
                leads.push(format!("{id}|{size}|{name}"));
                events.extend((0..n_visits).map(|day| format!("{id}|visit|2026-06-0{}", day + 1)));
                events.extend((id % 2 == 0).then(|| format!("{id}|click|2026-06-01")));
            }
        }
    }
    rules(&parts).leads(sheet("id|size|name", leads)).events("web", sheet("lead|type|time", events))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_lead_contradicts_a_finding(first in condition(), second in condition()) {
        let world = small_world(&first, &second);
        let found = findings(&world);
        let says = |code: &str, text: &str| found.iter().any(|found| found.code == code && found.message.contains(text));
        let outcome = world.run();
        let points: Vec<&str> = outcome.column("score");
        if says("LS408", "`otherwise`") {
            prop_assert!(!points.contains(&"2"), "{} is false of some lead", first);
        }
        if says("LS408", "`unknown`") {
            prop_assert!(!points.contains(&"4"), "{} is unknown of some lead", first);
        }
        if says("LS401", "this disqualifier never applies") {
            prop_assert!(!outcome.column("disqualified").contains(&"second"), "{second} is true where {first} is not");
        }
    }
}
