//! The schema knows the keys that the program reads, and no others: the program tells which it asks for in each mapping.

use super::conditions::is_for_numbers;
use super::{Schema, all_of_rulebook, all_of_test_file};
use crate::case;
use crate::rulebook::{Asked, Rulebook, keys_asked_for};

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
  fit:
    criteria:
      - { id: a, field: kind, values: { x: 1 } }
      - { id: b, event: x, points: 1, decay: { step: { percent: 5, every: 1d } } }
      - { id: c, when: { at_least: 1, of: [{ any: [{ not: { absent: [kind] } }] }] }, points: 1 }
disqualify: [{ reason: r, when: { score: total, lt: 0 } }]
stages:
  - name: Lead
  - { name: Known, entered: { when: { field: kind, is: x } } }
  - { name: Won, entered: seen }
export: { columns: { A: { text: x } } }
funnel: { lost: { event: lost } }
value: { ltv: { field: worth } }
";

const SUMS: &str = "\
rulebook: 1
leads: { id: Id }
events: { web: { lead: Id, type: Type, time: At, fields: { amount: { type: number } } } }
stages: [{ name: Lead }]
value: { ltv: { event: won, measure: { sum: amount } } }
";

fn declared(schema: &Schema) -> Asked {
    schema
        .shapes()
        .iter()
        .flat_map(|shape| shape.keys.iter().map(|key| (shape.what.0, shape.what.1, key.name)))
        .collect()
}

/// Operators that are read beside an event or a score only to say that they don't fit there.
fn never_fits((what, form, key): &(&str, &str, &str)) -> bool {
    let is_operator = ["contains", "has_word", "starts_with", "ends_with", "matches", "older_than"].contains(key);
    *what == "a condition"
        && match *form {
            "event" => is_operator && !is_for_numbers(key),
            "score" => is_operator || *key == "within",
            _ => false,
        }
}

#[test]
fn the_schema_has_the_keys_that_are_read_and_no_others() {
    let asked: Asked =
        [EXAMPLE, MORE, SUMS].into_iter().flat_map(keys_asked_for).filter(|key| !never_fits(key)).collect();
    let declared = declared(&all_of_rulebook());
    let lacking: Vec<_> = asked.difference(&declared).collect();
    assert!(lacking.is_empty(), "read, and not in the schema: {lacking:#?}");
    let unread: Vec<_> = declared.difference(&asked).collect();
    assert!(unread.is_empty(), "in the schema, and never read: {unread:#?}");
}

#[test]
fn the_schema_of_test_files_has_the_keys_that_are_read_and_no_others() {
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
  - { name: a, lead: { is: one }, events: [visit -1d], expect: { fit: { gte: 1 }, stage: { is: Lead } } }
";
    let rulebook = Rulebook::parse(rulebook, &|_| Ok(String::new())).expect("a good rulebook");
    let asked = case::keys_asked_for(tests, &rulebook);
    let declared = declared(&all_of_test_file());
    // An event takes the names of its fields beside its own keys, so it has no keys that are unknown.
    let is_closed = |(what, _, _): &&(&str, &str, &str)| *what != "an event";
    let lacking: Vec<_> = asked.difference(&declared).filter(is_closed).collect();
    assert!(lacking.is_empty(), "read, and not in the schema: {lacking:#?}");
    let unread: Vec<_> = declared.difference(&asked).filter(is_closed).collect();
    assert!(unread.is_empty(), "in the schema, and never read: {unread:#?}");
}
