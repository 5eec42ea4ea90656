//! Criteria: what each kind gives, how occurrences are counted, decay and are limited, and how everything is rounded.

use crate::trial::points;
use crate::world::rules;

const N: [&str; 1] = ["n: { type: number }"];

#[test]
fn a_condition_gives_points_otherwise_or_unknown_and_both_default_to_zero() {
    points("{ when: { field: n, gte: 10 }, points: 5, otherwise: -3.25, unknown: 2 }").fields(&N).gives(&[
        ("10", "5"),
        ("9", "-3.25"),
        ("", "2"),
    ]);
    points("{ when: { field: n, gte: 10 }, points: 5 }").fields(&N).gives(&[("10", "5"), ("9", "0"), ("", "0")]);
}

#[test]
fn tiers_give_the_points_of_the_first_that_is_true() {
    let tiers = "tiers: [{ gte: 1000, points: 20 }, { gte: 50, lt: 100, points: 10 }, { lt: 5, points: -10 }]";
    let rows = [("1000", "20"), ("100", "1"), ("50", "10"), ("5", "1"), ("4", "-10"), ("", "2"), ("x", "2")];
    points(&format!("{{ field: n, {tiers}, otherwise: 1, unknown: 2 }}")).fields(&N).gives(&rows);
    points(&format!("{{ field: n, {tiers} }}")).fields(&N).gives(&[("5", "0"), ("", "0")]);
    let text = "{ field: v, tiers: [{ has_word: [ceo, cto], points: 9 }, { contains: o, not_in: [no], points: 5 }], otherwise: 1, unknown: 2 }";
    points(text).fields(&["v: {}"]).gives(&[("CTO", "9"), ("ceos", "5"), ("no", "1"), ("", "2")]);
    let dates = "{ field: d, tiers: [{ within: 7d, points: 9 }, { within: 30d, points: 5 }, { older_than: 365d, points: -5 }], otherwise: 1 }";
    points(dates).fields(&["d: { type: date }"]).gives(&[
        ("2026-06-24", "9"),
        ("2026-06-23", "5"),
        ("2026-01-01", "1"),
        ("2025-06-30", "-5"),
        ("2026-07-01", "1"),
    ]);
}

#[test]
fn of_tiers_without_a_true_one_an_unknown_one_decides() {
    let tiers =
        "{ field: n, tiers: [{ gte: { field: m }, points: 9 }, { gte: 10, points: 5 }], otherwise: 1, unknown: 2 }";
    points(tiers).fields(&["n: { type: number }", "m: { type: number }"]).gives(&[
        ("3|3", "9"),
        ("3|4", "1"),
        ("10|", "5"),
        ("9|", "2"),
        ("|", "2"),
    ]);
    let idle = "{ event: v, measure: idle_days, tiers: [{ gte: 60, points: -9 }], otherwise: 1, unknown: 2 }";
    points(idle).gives_for(&[(&["v|2026-01-01"], "-9"), (&["v|2026-06-01"], "1"), (&[], "2")]);
    let sums = "{ event: v, within: 14d, tiers: [{ gte: 3, points: 9 }, { gte: 1, points: 5 }] }";
    points(sums).gives_for(&[
        (&["v|2026-06-29"; 3], "9"),
        (&["v|2026-06-29", "v|2026-01-01"], "5"),
        (&["v|2026-01-01"], "0"),
    ]);
}

#[test]
fn values_are_a_table_of_the_fields_type() {
    let text = "{ field: v, values: { Software: 15, \"Oil, Gas\": -5, NO: 3, 010: 4 }, otherwise: 1, unknown: 2 }";
    points(text).fields(&["v: {}"]).gives(&[
        ("SOFTWARE", "15"),
        ("oil, gas", "-5"),
        ("no", "3"),
        ("010", "4"),
        ("10", "1"),
        ("", "2"),
    ]);
    points("{ field: n, values: { 1: 5, 2.50: 6 }, otherwise: 1, unknown: 2 }").fields(&N).gives(&[
        ("1.0", "5"),
        ("2.5", "6"),
        ("3", "1"),
        ("x", "2"),
    ]);
    points("{ field: b, values: { true: 5, false: 6 }, unknown: 2 }").fields(&["b: { type: boolean }"]).gives(&[
        ("Yes", "5"),
        ("0", "6"),
        ("", "2"),
    ]);
    let dates = "{ field: d, values: { 2026-01-01: 5, '2026-01-02T10:00': 6 }, otherwise: 1 }";
    points(dates).fields(&["d: { type: date }"]).gives(&[
        ("2026-01-01T23:00", "5"),
        ("2026-01-02T10:00", "6"),
        ("2026-01-02", "1"),
    ]);
    points("{ field: e.domain, values: { x.example: 5 }, otherwise: 1, unknown: 2 }")
        .fields(&["e: { type: email }"])
        .gives(&[("a@X.example", "5"), ("a@y.example", "1"), ("x.example", "2")]);
    assert!(!rules("leads: { id: id, fields: { v: {} } }\ndimensions: { s: { criteria: [{ id: a, field: v, values: { Abc: 1, aBC: 2 } }] } }").problems().is_empty());
}

#[test]
fn only_if_that_is_not_true_makes_any_criterion_zero() {
    let fields = ["g: { type: boolean }", "n: { type: number }"];
    let event = ["e|2026-06-01"];
    for criterion in [
        "when: { field: n, is: 1 }, points: 5, otherwise: 6, unknown: 7",
        "field: n, tiers: [{ is: 1, points: 5 }], otherwise: 6, unknown: 7",
        "field: n, values: { 1: 5 }, otherwise: 6, unknown: 7",
    ] {
        let gated = points(&format!("{{ only_if: {{ field: g, is: true }}, {criterion} }}")).fields(&fields);
        gated.gives(&[
            ("yes|1", "5"),
            ("yes|2", "6"),
            ("yes|", "7"),
            ("no|1", "0"),
            ("no|2", "0"),
            ("|", "0"),
            ("|2", "0"),
        ]);
    }
    let gated = points("{ only_if: { field: g, is: true }, event: e, points: 5 }").fields(&fields);
    gated.gives_with(&[("yes|", &event, "5"), ("no|", &event, "0"), ("|", &event, "0")]);
}

#[test]
fn a_disabled_criterion_is_checked_its_id_taken_and_gives_nothing() {
    let with = |second: &str| {
        rules(&format!(
            "leads: {{ id: id, fields: {{ v: {{}} }} }}\ndimensions: {{ s: {{ criteria: [{{ id: a, enabled: false, when: {{ absent: [v] }}, points: 5 }}, {second}] }} }}"
        ))
    };
    let outcome = with("{ id: b, when: { absent: [v] }, points: 1, enabled: true }").leads("id,v\n1,\n").run();
    assert_eq!((outcome.cell("1", "s"), outcome.cell("1", "why")), ("1", "b +1"));
    assert!(!with("{ id: a, when: { absent: [v] }, points: 1 }").problems().is_empty(), "its id is taken");
    assert!(
        !with("{ id: b, enabled: false, when: { absent: [w] }, points: 1 }").problems().is_empty(),
        "it is checked"
    );
}

const SPREAD: [&str; 6] =
    ["v|2026-06-30T10:00", "v|2026-06-30T09:00", "v|2026-06-22", "v|2026-04-01", "v|2026-01-05", "v|2025-12-29"];

#[test]
fn occurrences_count_each_once_or_per_calendar_period() {
    let counted = |count: &str, expected: &str| {
        points(&format!("{{ event: v, points: 1, count: {count} }}")).gives_for(&[
            (&SPREAD, expected),
            (&[], "0"),
            (&["w|2026-01-01"], "0"),
        ]);
    };
    points("{ event: v, points: 1 }").gives_for(&[(&SPREAD, "6")]);
    counted("each", "6");
    counted("once", "1");
    counted("{ per: day }", "5");
    counted("{ per: week }", "5");
    counted("{ per: month }", "4");
    counted("{ per: quarter }", "3");
    counted("{ per: year }", "2");
    let week: [&str; 3] = ["v|2025-12-29", "v|2026-01-04T23:59", "v|2026-01-05"];
    points("{ event: v, points: 1, count: { per: week } }").gives_for(&[(&week, "2")]);
    points("{ event: v, points: 1, count: { per: month } }")
        .with("timezone: Europe/Istanbul")
        .gives_for(&[(&["v|2026-01-31T20:59:59Z", "v|2026-01-31T21:00:00Z"], "2")]);
}

#[test]
fn occurrences_count_distinct_values_and_events_without_one_are_each_their_own() {
    let fields = ["u: { type: url }", "n: { type: number }"];
    let events: [&str; 6] = [
        "v|2026-06-01|X.example/a|1.0",
        "v|2026-06-02|x.example/A|1",
        "v|2026-06-03|x.example/b|",
        "v|2026-06-04||x",
        "v|2026-06-05||",
        "v|2026-06-06|x.example/b?q|2",
    ];
    let counted = |field: &str, expected: &str| {
        points(&format!("{{ event: v, points: 1, count: {{ distinct: {field} }} }}"))
            .event_fields(&fields)
            .gives_for(&[(&events, expected)]);
    };
    counted("u", "5");
    counted("u.path", "4");
    counted("n", "5");
}

#[test]
fn of_each_bucket_the_newest_stays_then_the_newest_of_all_stay() {
    // A linear decay over the last ten days tells which event stayed: worth 10 now and one less a day.
    let fields = ["k: {}"];
    let day = |n: u8, key: &str| format!("v|2026-06-{n}T23:59:59.999Z|{key}");
    let events = [day(23, "a"), day(29, "a"), day(25, "b"), day(27, ""), day(26, ""), day(22, "c")];
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    let counted = |keys: &str, expected: &str| {
        points(&format!("{{ event: v, points: 10, decay: {{ linear: 10d }}, {keys} }}"))
            .event_fields(&fields)
            .gives_for(&[(&events, expected)]);
    };
    counted("count: each", "32");
    counted("count: once", "9");
    counted("count: { distinct: k }", "29");
    counted("count: { distinct: k }, at_most: 2", "16");
    counted("count: { distinct: k }, at_most: 9", "29");
    counted("at_most: 3", "22");
    counted("at_most: 100", "32");
    counted("count: { per: month }", "9");
    counted("count: { per: week }, at_most: 1", "9");
    counted("count: { per: week }", "16");
    counted("at_most: 3, within: 5d", "22");
    counted("at_most: 3, where: { field: k, is: b }", "5");
    points("{ event: v, points: 2, at_most: 2 }").gives_for(&[(&SPREAD, "4"), (&SPREAD[..1], "2")]);
}

#[test]
fn decay_halves_falls_evenly_or_in_steps_by_each_events_own_age() {
    let aged = |decay: &str, points_each: &str, rows: &[(&str, &str)]| {
        for (time, expected) in rows {
            points(&format!("{{ event: v, points: {points_each}, decay: {{ {decay} }} }}"))
                .gives_for(&[(&[&format!("v|{time}")], expected)]);
        }
    };
    let now = "2026-06-30T23:59:59.999Z";
    let days_ago = |n: u8| format!("2026-06-{:02}T23:59:59.999Z", 30 - n);
    aged(
        "half_life: 10d",
        "100",
        &[(now, "100"), (&days_ago(10), "50"), (&days_ago(20), "25"), (&days_ago(5), "70.71"), ("2020-01-01", "0")],
    );
    aged("half_life: 10d", "-1", &[(&days_ago(1), "-0.93"), (&days_ago(10), "-0.5")]);
    aged(
        "linear: 10d",
        "100",
        &[
            (now, "100"),
            (&days_ago(9), "10"),
            (&days_ago(10), "0"),
            (&days_ago(11), "0"),
            ("2026-06-30T23:59:59.998Z", "100"),
        ],
    );
    aged(
        "step: { percent: 30, every: 7d }",
        "100",
        &[
            (now, "100"),
            (&days_ago(6), "100"),
            (&days_ago(7), "70"),
            (&days_ago(13), "70"),
            (&days_ago(14), "40"),
            (&days_ago(21), "10"),
            (&days_ago(28), "0"),
        ],
    );
    aged("step: { percent: 12.5, every: 24h }", "-8", &[(&days_ago(1), "-7"), (&days_ago(8), "0")]);
}

#[test]
fn each_event_rounds_to_a_millionth_and_the_sum_to_a_hundredth_half_away_from_zero() {
    // 0.05 × 9/10 = 0.045 exactly: alone it rounds away from zero, and two of them are exactly 0.09.
    let old = "v|2026-06-29T23:59:59.999Z";
    let given = |each: &str| points(&format!("{{ event: v, points: {each}, decay: {{ linear: 10d }} }}"));
    given("0.05").gives_for(&[(&[old], "0.05"), (&[old; 2], "0.09"), (&[old; 3], "0.14")]);
    given("-0.05").gives_for(&[(&[old], "-0.05"), (&[old; 2], "-0.09"), (&[old; 3], "-0.14")]);
    // Aged 0.50004 days, a hundredth is worth 0.0049996: 0.005 to the millionth, and so 0.01 to the hundredth.
    points("{ event: v, points: 0.01, decay: { linear: 1d } }")
        .gives_for(&[(&["v|2026-06-30T11:59:56.543Z"], "0.01"), (&["v|2026-06-30T11:59:55Z"], "0")]);
}

#[test]
fn a_cap_limits_the_size_of_the_sum_either_way_before_rounding() {
    let one = ["v|2026-06-29T23:59:59.999Z"];
    let three = [one[0]; 3];
    points("{ event: v, points: 20, cap: 40 }").gives_for(&[(&one, "20"), (&three, "40")]);
    points("{ event: v, points: -20, cap: 40.5 }").gives_for(&[(&one, "-20"), (&three, "-40.5")]);
    points("{ event: v, points: 20, at_most: 1, cap: 40 }").gives_for(&[(&three, "20")]);
    points("{ event: v, points: 20, decay: { half_life: 1d }, cap: 25 }").gives_for(&[(&one, "10"), (&three, "25")]);
    for cap in ["0", "-5"] {
        assert!(!rules(&format!("events: {{ web: {{ lead: l, type: t, time: t2 }} }}\ndimensions: {{ s: {{ criteria: [{{ id: a, event: v, points: 1, cap: {cap} }}] }} }}")).problems().is_empty());
    }
}
