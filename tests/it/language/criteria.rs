//! Criteria of each kind.

use super::conditions::{facts, measured, of_date, of_number, of_text, right_side, selection};
use super::{Text, days, maybe, one_of, points};
use proptest::prelude::*;

// ---------------------------------------------------------------------------------------------- what it earns

fn occurrences() -> Text {
    let count = maybe(
        65,
        one_of(&[
            "each",
            "once",
            "{ per: day }",
            "{ per: week }",
            "{ per: month }",
            "{ per: quarter }",
            "{ per: year }",
            "{ per: 24h }",
            "{ per: 36h }",
            "{ per: 9d }",
            "{ distinct: k }",
            "{ distinct: url.path }",
            "{ distinct: x }",
            "{ distinct: on }",
            "{ distinct: kept }",
            "{ distinct: call }",
        ])
        .prop_map(|count| format!(", count: {count}")),
    );
    let most = maybe(40, one_of(&[", at_most: 1", ", at_most: 2", ", at_most: 3"]));
    let decay = maybe(
        60,
        prop_oneof![
            days().prop_map(|days| format!(", decay: {{ half_life: {days} }}")),
            days().prop_map(|days| format!(", decay: {{ linear: {days} }}")),
            days().prop_map(|days| format!(", decay: {{ step: {{ percent: 30, every: {days} }} }}")),
            days().prop_map(|days| format!(", decay: {{ compound: {{ percent: 12.5, every: {days} }} }}")),
        ],
    );
    let cap = maybe(40, one_of(&[", cap: 6", ", cap: 20.5", ", cap: 0.01"]));
    let own = one_of(&[
        "{ field: x }",
        "{ field: x, times: -0.333333 }",
        "{ field: x, times: 2.5 }",
        "{ field: reach }",
        "{ field: reach.high, times: -1 }",
        "{ field: spent, times: 0.5 }",
    ]);
    (selection(), prop_oneof![3 => points(), 1 => own], count, most, decay, cap)
        .prop_map(|(selection, points, count, most, decay, cap)| {
            format!("{selection}, points: {points}{count}{most}{decay}{cap}")
        })
        .boxed()
}

fn tiers(operators: impl Fn() -> Text) -> Text {
    let tier = (operators(), points()).prop_map(|(operators, points)| format!("{{ {operators}, points: {points} }}"));
    prop::collection::vec(tier, 1..4).prop_map(|tiers| format!("tiers: [{}]", tiers.join(", "))).boxed()
}

/// A criterion, its id left out.
pub(super) fn criterion() -> Text {
    let of_fields = prop_oneof![
        (one_of(&["title", "mail.domain", "tags", "zone"]), tiers(of_text)),
        (one_of(&["n", "size"]), tiers(|| of_number(right_side()))),
        (one_of(&["c", "renewed"]), tiers(|| of_date("m"))),
    ];
    let values = one_of(&[
        "field: title, values: { a: 5, Head of Sales: -3.5, 'İNTERN': 7 }",
        "field: tags, values: { a: 4, b: 2 }",
        "field: mail.domain, values: { x.example: 3 }",
        "field: n, values: { 5: 1, 12.5: -2 }",
        "field: c, values: { 2026-01-15: 6 }",
        "field: ok, values: { true: 2, false: -2 }",
    ]);
    let chosen = prop_oneof![
        3 => (facts(), points()).prop_map(|(when, points)| format!("when: {when}, points: {points}")),
        2 => of_fields.prop_map(|(field, tiers)| format!("field: {field}, {tiers}")),
        2 => (measured(), tiers(|| of_number(right_side()))).prop_map(|(measured, tiers)| format!("{measured}, {tiers}")),
        1 => values,
    ];
    let otherwise = maybe(30, points().prop_map(|points| format!(", otherwise: {points}")));
    let unknown = maybe(40, points().prop_map(|points| format!(", unknown: {points}")));
    let chosen = (chosen, otherwise, unknown).prop_map(|(chosen, otherwise, unknown)| chosen + &otherwise + &unknown);
    let gate = maybe(20, facts().prop_map(|gate| format!(", only_if: {gate}")));
    let rest = maybe(5, one_of(&[", enabled: false", ", label: A label"]));
    (prop_oneof![chosen, occurrences()], gate, rest).prop_map(|(worth, gate, rest)| worth + &gate + &rest).boxed()
}
