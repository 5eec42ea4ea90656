//! The table has the keys that are read and no others, and says enough of each.

use super::{Mapping, RULEBOOK, Reach, Shape, TEST_FILE, reachable};
use crate::case;
use crate::rulebook::{AskedKeys, Rulebook, keys_read};

/// Every construct of the language, but for those below.
const EXAMPLE: &str = include_str!("../../../tests/it/diagnostics/example.yaml");

/// What the example has no room for.
const MORE: &str = "\
rulebook: 1
leads:
  id: Id
  fields: { kind: Kind, worth: { type: number }, seen: { type: date } }
events:
  web: { lead: Id, type: { column: Type }, time: { column: At } }
  calls: { lead: Id, type: { from_columns: { called: Called at } } }
dimensions:
  old: { fade: { half_life: 9d, from: seen }, groups: { g: { fade: { linear: 9d, from: seen }, criteria: [] } } }
  older: { fade: { step: { percent: 5, every: 1d }, from: seen }, criteria: [] }
  oldest: { fade: { compound: { percent: 5, every: 1d }, from: seen }, criteria: [] }
  fit:
    criteria:
      - { id: a, field: kind, values: { x: 1 } }
      - { id: b, event: x, points: 1, decay: { step: { percent: 5, every: 1d } } }
      - { id: c, when: { at_least: 1, of: [{ any: [{ not: { absent: [kind] } }] }] }, points: 1 }
      - { id: d, event: x, points: 1, decay: { linear: 9d }, count: { per: day } }
      - { id: e, event: x, points: 1, decay: { compound: { percent: 5, every: 1d } } }
disqualify: [{ reason: r, when: { score: total, lt: 0 } }]
stages:
  - name: Lead
  - { name: Known, entered: { when: { field: kind, is: x } } }
  - { name: Won, entered: seen }
accounts:
  by: kind
  where: { field: kind, is: x }
  scores: { a: { sum: fit, top: 2 }, b: { max: fit }, c: { mean: total }, d: { count: all } }
  fields: worth
  stages: [{ name: Known }, { name: Warm, when: { score: leads, gte: 2 } }]
  priorities: [{ name: now, when: { stage: Warm }, action: call }]
export: { columns: { A: { text: x } } }
business_hours: { days: [mon, sun], from: 09:00, to: 24:00, holidays: [2026-05-18] }
funnel: { lost: { event: lost }, sla: { Known: { within: 4h, until: seen, hours: business } } }
value: { ltv: { field: worth } }
";

const SUMS: &str = "\
rulebook: 1
leads: { id: { name: Id, nth: 2 }, file: { short_rows: pad }, newest: at, former_ids: old, fields: { old: {}, at: { type: date }, joined: { type: date } } }
tables: { t: { key: K, by: old, newest: day, fields: { day: { type: date } } } }
file: { short_rows: reject }
events:
  web:
    lead: Id
    type: Type
    time: At
    max_age: 26h
    max_orphans: 20%
    fields: { amount: { type: number } }
    automated:
      - { event: won, same: amount, after: sent, within: 1min, where: { field: amount, gte: 1 } }
      - { event: won, same: amount, at_least: 2, within: 1min, where: { field: amount, gte: 1 } }
      - { event: won, same: amount, where: { field: amount, gte: 1 } }
dimensions:
  fit:
    criteria:
      - { id: a, event: won, measure: { max: amount }, tiers: [{ gte: 1, points: 1 }] }
      - { id: b, event: won, measure: { distinct: amount }, tiers: [{ gte: 1, points: 1 }] }
      - { id: c, event: won, measure: { min: amount }, tiers: [{ gte: 1, points: 1 }] }
      - { id: d, event: won, measure: { average: amount }, tiers: [{ gte: 1, points: 1 }] }
      - { id: e, event: won, measure: { busiest: day }, tiers: [{ gte: 1, points: 1 }] }
      - { id: f, event: won, points: { field: amount, times: 2 }, since: joined, for: 28d }
stages: [{ name: Lead }]
value: { ltv: { event: won, measure: { sum: amount } } }
";

const MADE: &str = "\
rulebook: 1
leads:
  id: Id
  fields:
    t: {}
    n: { type: number }
    d: { type: date }
    a: { from: t, map: { T: u }, otherwise: o, unknown: u }
    b: { from: n, bands: [{ gte: 1, then: T }], otherwise: o, unknown: u }
    c: { from: t, bands: [{ contains: x, then: T }] }
    e: { from: d, bands: [{ within: 1d, then: T }] }
    f: { first_of: [t] }
    g: { earliest: [d] }
    h: { latest: [d] }
    i: { from: n, minus: n }
    j: { sum_of: [n] }
    k: { event: won, first: v, source: web, where: { field: v, is: x }, within: 3d, since: d, for: 3d }
    l: { event: won, last: v }
tables: { s: { key: K, by: t, fields: { m: {}, u: { type: number }, w: { type: date }, ma: { from: m, map: { T: u } }, mb: { from: u, bands: [{ gte: 1, then: T }] }, mc: { first_of: [m] }, md: { earliest: [w] }, me: { latest: [w] }, mf: { from: u, minus: u }, mg: { sum_of: [u] } } } }
events: { web: { lead: Id, type: Type, time: At, fields: { v: {} } } }
dimensions: { fit: { criteria: [{ id: a, event: won, points: 1 }] } }
returns: { at: [d, { event: returned }], reason: t }
stages: [{ name: Lead }]
funnel: { lost: { at: d, reason: t } }
";

/// The keys of a mapping and of all mappings below it, each with the shape that it belongs to.
fn declared(root: &'static Mapping) -> AskedKeys {
    let of_mapping = |mapping: &'static Mapping| {
        let shapes: Vec<&Shape> = mapping.all_shapes().collect();
        let common = move |form| mapping.common_keys().map(move |key| (mapping.name, form, key.name));
        let alone = common("").take(if shapes.is_empty() { usize::MAX } else { 0 });
        let of_shape = move |shape: &'static Shape| {
            common(shape.name()).chain(shape.keys().map(|key| (mapping.name, shape.name(), key.name)))
        };
        alone.chain(mapping.all_shapes().flat_map(of_shape)).collect::<Vec<_>>()
    };
    // Where names of the user's own stand beside keys, what is no key is such a name.
    reachable(root).into_iter().filter(|mapping| mapping.others.is_none()).flat_map(of_mapping).collect()
}

#[test]
fn every_key_of_a_rulebook_is_read() {
    let read: AskedKeys = [EXAMPLE, MORE, SUMS, MADE].into_iter().flat_map(keys_read).collect();
    let unread: Vec<_> = declared(&RULEBOOK).difference(&read).copied().collect();
    assert!(unread.is_empty(), "in the table, and never read: {unread:#?}");
}

#[test]
fn every_key_of_a_test_file_is_read() {
    let rulebook = "\
rulebook: 1
leads: { id: Id, fields: { kind: Kind } }
events: { web: { lead: Id, type: Type, time: At } }
dimensions: { fit: { criteria: [{ id: a, event: visit, points: 1 }] } }
stages: [{ name: Lead }]
";
    let tests = "\
rulebook: r.yaml
as_of: 2026-06-01
sources: { web: visit }
personas: { one: { kind: x } }
tests:
  - name: a
    lead: { is: one }
    events: [visit -1d, { type: visit, time: -2d }]
    expect: { fit: { gte: 1 }, stage: { is: Lead }, step: { is: \"\" }, fired: [a], not_fired: [] }
";
    let rulebook = Rulebook::parse(rulebook, &|_| Ok(String::new())).expect("a good rulebook");
    let read = case::keys_read(tests, &rulebook);
    let unread: Vec<_> = declared(&TEST_FILE).difference(&read).copied().collect();
    assert!(unread.is_empty(), "in the table, and never read: {unread:#?}");
}

/// Whether a text is one or more sentences for people.
fn is_sentence(text: &str) -> bool {
    text.ends_with('.') && text.starts_with(|first: char| first.is_uppercase() || first == '`' || first == '*')
}

#[test]
fn every_place_and_key_is_explained() {
    for mapping in [&RULEBOOK, &TEST_FILE].into_iter().flat_map(|root| reachable(root)) {
        assert!(is_sentence(mapping.meaning) && !mapping.example.is_empty(), "{}: {}", mapping.name, mapping.meaning);
        for key in mapping.all_keys() {
            let told = format!("{} `{}`: {}", mapping.name, key.name, key.meaning);
            assert!(is_sentence(key.meaning) && key.meaning.len() <= 120, "{told}");
            assert!(!key.example.is_empty() && (key.more.is_empty() || is_sentence(key.more)), "{told}");
            assert!(!key.default.ends_with('.'), "{told}");
        }
    }
}

#[test]
fn a_shape_reaches_no_further_than_its_place() {
    for mapping in reachable(&RULEBOOK) {
        let widest = mapping.all_shapes().map(|shape| shape.reach).max().unwrap_or(Reach::Event);
        assert!(
            widest == Reach::Event || mapping.name == "condition" || mapping.name == "right_side",
            "{}",
            mapping.name
        );
    }
}
