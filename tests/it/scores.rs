//! From criteria to the total: groups, weights, limits, grades, disqualification and priorities.

use crate::world::{Outcome, rules};

/// One lead for each list of points: criteria `a`, `b`, … give what its cells say.
fn scored(dimensions: &str, more: &str, leads: &[&str]) -> Outcome {
    let mut text =
        format!("leads: {{ id: id, fields: {{ a: {{}}, b: {{}}, c: {{}} }} }}\ndimensions:\n{dimensions}\n{more}");
    for field in ["a", "b", "c"] {
        let values: Vec<String> = ["-100", "-10", "-0.01", "0.01", "0.03", "1", "5", "10", "33.33", "100"]
            .iter()
            .map(|v| format!("'{v}': {v}"))
            .collect();
        text = text.replace(
            &format!("${field}"),
            &format!("{{ id: {field}, field: {field}, values: {{ {} }} }}", values.join(", ")),
        );
    }
    let rows: Vec<String> = leads.iter().enumerate().map(|(n, cells)| format!("{},{cells}\n", n + 1)).collect();
    rules(&text).leads(format!("id,a,b,c\n{}", rows.concat())).run()
}

#[test]
fn a_group_is_limited_then_the_dimension_weighted_rounded_and_limited() {
    let weighted = |weight: &str, cells: &str| {
        scored(&format!("  s: {{ weight: {weight}, criteria: [$a, $b] }}"), "", &[cells]).cell("1", "s").to_owned()
    };
    for (weight, cells, expected) in [
        ("1.5", "10,5,", "22.5"),
        ("0.5", "0.01,,", "0.01"),
        ("0.5", "-0.01,,", "-0.01"),
        ("0.5", "0.01,0.01,", "0.01"),
        ("0.333333", "33.33,,", "11.11"),
        ("0.49", "0.01,,", "0"),
        ("0", "100,,", "0"),
    ] {
        assert_eq!(weighted(weight, cells), expected, "{weight} × {cells}");
    }
    let limited = "  s: { min: -20, max: 50, weight: 2, criteria: [$a], groups: { g: { min: -5, max: 10, criteria: [$b] }, h: { criteria: [$c] } } }";
    let outcome = scored(limited, "", &["1,100,", "1,-100,", "10,100,10", "-100,,", "1,,-10", "1,10,-10"]);
    assert_eq!(outcome.column("s"), ["22", "-8", "50", "-20", "-18", "2"]);
}

#[test]
fn max_comes_before_min_and_a_min_above_max_is_an_error() {
    let outcome = scored("  s: { min: 5, max: 5, criteria: [$a] }", "", &["100,,", "-100,,"]);
    assert_eq!(outcome.column("s"), ["5", "5"]);
    for place in [
        "total: { min: 2, max: 1 }\ndimensions: { s: { criteria: [] } }",
        "dimensions: { s: { min: 2, max: 1, criteria: [] } }",
        "dimensions: { s: { groups: { g: { min: 2, max: 1, criteria: [] } } } }",
    ] {
        assert!(!rules(place).problems().is_empty(), "{place}");
    }
}

#[test]
fn the_total_is_of_the_dimensions_that_count_towards_it_then_limited() {
    let three = "  fit: { max: 10, criteria: [$a] }\n  engagement: { weight: 0.5, criteria: [$b] }\n  product: { in_total: false, criteria: [$c] }";
    let outcome = scored(three, "total: { min: 0, max: 30 }", &["100,10,100", "100,100,", "-10,1,100", ",,"]);
    assert_eq!(outcome.column("total"), ["15", "30", "0", "0"]);
    assert_eq!(outcome.column("product"), ["100", "0", "100", "0"]);
    assert_eq!(outcome.column("fit"), ["10", "10", "-10", "0"]);
}

#[test]
fn scores_are_read_after_weight_and_limits_and_a_group_before_the_weight() {
    let dimension = "  s: { weight: 2, max: 15, groups: { g: { max: 10, criteria: [$a] }, h: { criteria: [$b] } } }";
    let priorities = "priorities: [
      { name: g10-s15, when: [{ score: s.g, is: 10 }, { score: s, is: 15 }, { score: total, gte: 15, lt: 15.01 }] },
      { name: g5-s10, when: [{ score: s.g, is: 5 }, { score: s, in: [10] }, { score: s.h, lt: 0.01 }] },
      { name: rest }]";
    assert_eq!(
        scored(dimension, priorities, &["100,,", "5,,", "5,-10,", "10,,"]).column("priority"),
        ["g10-s15", "g5-s10", "rest", "g10-s15"]
    );
}

#[test]
fn a_grade_is_a_mark_a_score_with_inclusive_lower_bounds_and_the_last_takes_all_below() {
    let dimensions = "  fit: { criteria: [$a] }\n  engagement: { criteria: [$b] }";
    let grade = "grade: { fit: { A: 100, B: 33.33, C: 5 }, engagement: { 1: 10, 2: 0 }, total: { x: 10.01, y: 0 } }";
    let leads = ["100,10,", "33.33,5,", "10,,", "-100,-100,", "10,0.01,", "0.01,10,"];
    assert_eq!(scored(dimensions, grade, &leads).column("grade"), ["A1x", "B2x", "C2y", "C2y", "C2x", "C1x"]);
    let use_it = format!(
        "{grade}\npriorities: [{{ name: one, when: {{ grade: [A1x, C1x] }} }}, {{ name: two, when: {{ not: {{ grade: C2y }} }} }}]"
    );
    assert_eq!(scored(dimensions, &use_it, &leads).column("priority"), ["one", "two", "", "", "two", "one"]);
    for wrong in [
        "grade: { fit: { A: 5, B: 5 } }",
        "grade: { fit: { A: 5, B: 0 } }\npriorities: [{ name: n, when: { grade: [A1] } }]",
        "priorities: [{ name: n, when: { grade: A } }]",
    ] {
        assert!(
            !rules(&format!("dimensions: {{ fit: {{ criteria: [] }} }}\n{wrong}")).problems().is_empty(),
            "{wrong}"
        );
    }
}

const OPEN: &str = "disqualify:
  - { reason: rival, when: { field: a, is: '-100' } }
  - { reason: cold, when: { any: [{ score: s, lt: 0 }, { field: c, is: '1' }] } }
priorities: [{ name: high, when: { field: b, is: '10' }, action: 'Call, now' }, { name: mid, when: { stage: Two } }]
";

#[test]
fn the_first_disqualifier_that_is_true_gives_the_reason_and_the_score_stays() {
    let stages = format!("{OPEN}stages: [{{ name: One }}, {{ name: Two, when: {{ score: total, gte: 5 }} }}]");
    let outcome = scored("  s: { criteria: [$a, $b] }", &stages, &["-100,10,", ",-10,", ",10,1", ",5,", "100,,"]);
    assert_eq!(outcome.column("disqualified"), ["rival", "cold", "cold", "", ""]);
    assert_eq!(outcome.column("stage"), ["Disqualified", "Disqualified", "Disqualified", "Two", "Two"]);
    assert_eq!(outcome.column("total"), ["-90", "-10", "10", "5", "100"]);
    assert_eq!(outcome.column("priority"), ["", "", "", "mid", "mid"], "none for the disqualified");
    assert_eq!(outcome.column("action"), [""; 5]);
}

#[test]
fn who_entered_the_last_stage_or_holds_it_by_facts_is_never_disqualified() {
    let last = |stage: &str, entered: &str| {
        let fields = "leads: { id: id, fields: { won: { type: date }, status: {} } }";
        let rulebook = format!(
            "{fields}\ndisqualify: [{{ reason: all, when: {{ absent: [status] }} }}, {{ reason: rest, when: {{ present: [status] }} }}]\nstages: [{{ name: Lead }}, {{ name: Mid, when: {{ present: [status] }} }}, {{ name: Customer{stage}{entered} }}]"
        );
        rules(&rulebook)
            .leads("id,won,status\n1,2026-01-01,\n2,2026-07-01,\n3,,won\n4,,\n")
            .run()
            .column("stage")
            .join(" ")
    };
    assert_eq!(last("", ", entered: won"), "Customer Disqualified Disqualified Disqualified");
    assert_eq!(last(", when: { field: status, is: won }", ""), "Disqualified Disqualified Customer Disqualified");
    assert_eq!(
        last(", when: { field: status, is: won }", ", entered: won"),
        "Lead Disqualified Customer Disqualified",
        "entered is enough"
    );
    assert_eq!(
        last("", ", entered: { when: { field: status, is: won } }"),
        "Disqualified Disqualified Customer Disqualified"
    );
    assert_eq!(
        last(", when: [{ field: status, is: won }, { score: total, gte: 0 }]", ""),
        ["Disqualified"; 4].join(" "),
        "a score is no fact"
    );
    assert_eq!(last(", when: [{ field: status, is: won }, { stage: Mid }]", ""), ["Disqualified"; 4].join(" "));
    assert_eq!(
        last(", when: { field: status, is: won }, keep_when: { score: total, gte: 5 }", ""),
        ["Disqualified"; 4].join(" ")
    );
}

#[test]
fn the_first_priority_that_is_true_gives_its_name_and_action() {
    let low = OPEN.replace("Two } }]", "Two } }, { name: low, action: Watch }]");
    let stages = format!("{low}stages: [{{ name: One }}, {{ name: Two, when: {{ score: s, gte: 5 }} }}]");
    let outcome = scored("  s: { criteria: [$a, $b] }", &stages, &[",10,", ",5,", "1,,", ",,", "-100,10,"]);
    assert_eq!(outcome.column("priority"), ["high", "mid", "low", "low", ""]);
    assert_eq!(outcome.column("action"), ["Call, now", "", "Watch", "Watch", ""]);
    assert!(outcome.csv.contains("\"Call, now\"") && !outcome.csv.contains("\"Watch\""), "quotes only where needed");
}
