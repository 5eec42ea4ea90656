//! Events: stretches of time after a date of the lead, events that lie apart, measures, points that a field says, and decay that
//! takes a share of what is left.

use crate::lints::findings;
use crate::trial::{points, truth};
use crate::world::rules;

const SIGNED_UP: [&str; 1] = ["signed_up: { type: date }"];
const X: [&str; 1] = ["x: { type: number }"];

#[test]
fn the_event_also_lies_at_or_before_its_own_since_date_and_so_long_after_it() {
    points("{ event: v, since: signed_up, for: 10d, points: 1 }").fields(&SIGNED_UP).gives_with(&[
        ("2026-01-01", &["v|2026-01-01"], "0"),
        ("2026-01-01", &["v|2026-01-01T00:00:00.001Z"], "1"),
        ("2026-01-01", &["v|2026-01-11T00:00:00.000Z"], "1"),
        ("2026-01-01", &["v|2026-01-11T00:00:00.001Z"], "0"),
    ]);
    truth("{ event: v, since: signed_up, for: 28d, measure: { distinct: x }, gte: 2 }")
        .fields(&SIGNED_UP)
        .event_fields(&X)
        .gives_with(&[
            ("2026-01-01", &["v|2026-01-02|1", "v|2026-01-20|2"], "true"),
            ("2026-01-01", &["v|2026-01-02|1", "v|2026-03-20|2"], "false"),
        ]);
}

#[test]
fn of_several_since_dates_the_latest_in_force_begins_the_stretch() {
    let fields = ["a: { type: date }", "b: { type: date }"];
    points("{ event: v, since: [a, b], for: 10d, points: 1 }").fields(&fields).gives_with(&[
        ("2026-01-01|2026-02-01", &["v|2026-01-05"], "0"),
        ("2026-01-01|2026-02-01", &["v|2026-02-05"], "1"),
        ("2026-01-01|2027-02-01", &["v|2026-01-05"], "1"),
        ("2026-01-01|", &["v|2026-01-05"], "1"),
    ]);
}

#[test]
fn where_none_of_its_own_since_dates_is_in_force_nothing_is_selected() {
    points("{ event: v, since: signed_up, for: 10d, points: 1 }")
        .fields(&SIGNED_UP)
        .gives_with(&[("", &["v|2026-01-05", "v|2026-06-30"], "0"), ("2026-07-01", &["v|2026-06-30"], "0")]);
}

#[test]
fn a_dimensions_since_bounds_the_stretch_below_and_never_begins_it() {
    let dimension = |since: &str| {
        let parts = format!(
            "leads: {{ id: id, fields: {{ joined: {{ type: date }}, back: {{ type: date }} }} }}
events: {{ web: {{ lead: lead, type: type, time: time }} }}
dimensions: {{ score: {{ {since}criteria: [{{ id: a, event: v, since: joined, for: 10d, points: 1 }}] }} }}"
        );
        let leads = "id,joined,back\n1,2026-01-01,2026-01-05\n2,2026-01-01,2026-02-01\n3,,2026-01-05\n4,2026-01-01,\n";
        let times = ["2026-01-03", "2026-01-07", "2026-02-03"];
        let row = |lead: u8| move |time: &str| format!("{lead},v,{time}\n");
        let events: Vec<String> = (1..5).flat_map(|lead| times.map(row(lead))).collect();
        let events = events.concat();
        let outcome = rules(&parts).leads(leads).events("web", format!("lead,type,time\n{events}")).run();
        outcome.column("score").join(" ")
    };
    assert_eq!(dimension(""), "2 2 0 2");
    assert_eq!(dimension("since: back, "), "1 0 0 2");
}

#[test]
fn for_needs_a_since_of_its_own() {
    let world = rules(
        "leads: { id: id, fields: { joined: { type: date } } }
events: { web: { lead: lead, type: type, time: time } }
dimensions: { score: { since: joined, criteria: [{ id: a, event: v, for: 10d, points: 1 }] } }",
    );
    let problems = world.problems();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].message.contains("`for` needs a `since` beside it"), "{problems:#?}");
}

#[test]
fn from_the_newest_backwards_each_event_that_lies_so_long_before_the_last_kept_is_kept() {
    points("{ event: v, points: 1, count: { per: 24h } }").gives_for(&[
        (&["v|2026-06-07T22:00Z", "v|2026-06-08T08:00Z"], "1"),
        (&["v|2026-06-07T22:00Z", "v|2026-06-08T21:59:59.999Z"], "1"),
        (&["v|2026-06-07T22:00Z", "v|2026-06-08T22:00Z"], "2"),
        // Of the 3rd 12:00 the 2nd 13:00 lies too near; the 2nd 12:00 is kept, whatever lies between.
        (&["v|2026-06-02T12:00Z", "v|2026-06-03T12:00Z", "v|2026-06-02T13:00Z", "v|2026-06-01T13:00Z"], "2"),
        (&["v|2026-06-03T12:00Z", "v|2026-06-03T12:00Z"], "1"),
        (&[], "0"),
    ]);
    // Which are kept shows in what is left of them.
    points("{ event: v, points: 8, count: { per: 2d }, decay: { linear: 10d } }").gives_for(&[(
        &["v|2026-06-29T23:59:59.999Z", "v|2026-06-28T23:59:59.999Z", "v|2026-06-27T23:59:59.999Z"],
        "12.8",
    )]);
    // Of four days in a row the last and the second, not the third and the first.
    points("{ event: v, points: { field: x }, count: { per: 2d } }").event_fields(&X).gives_for(&[(
        &["v|2026-06-26T12:00Z|1", "v|2026-06-27T12:00Z|10", "v|2026-06-28T12:00Z|100", "v|2026-06-29T12:00Z|1000"],
        "1010",
    )]);
}

#[test]
fn of_events_that_lie_apart_at_most_so_many_of_the_newest_count() {
    let times = ["v|2026-06-20", "v|2026-06-21", "v|2026-06-22", "v|2026-06-22T01:00"];
    points("{ event: v, points: 1, count: { per: 24h }, at_most: 2 }").gives_for(&[(&times, "2")]);
    points("{ event: v, points: 1, count: { per: 24h } }").gives_for(&[(&times, "3")]);
    points("{ event: v, points: 1, count: { per: 25h }, at_most: 9 }").gives_for(&[(&times, "2")]);
}

#[test]
fn per_day_is_the_calendar_day() {
    let times = ["v|2026-06-07T22:00Z", "v|2026-06-08T08:00Z"];
    points("{ event: v, points: 1, count: { per: day } }").gives_for(&[(&times, "2")]);
    points("{ event: v, points: 1, count: { per: 1d } }").gives_for(&[(&times, "1")]);
}

#[test]
fn busiest_is_the_largest_number_of_events_in_one_calendar_span() {
    let zoned = |measure: &str| {
        points(&format!("{{ event: v, measure: {{ busiest: {measure} }}, tiers: [{{ gte: 3, points: 3 }}, {{ gte: 2, points: 2 }}, {{ gte: 1, points: 1 }}], otherwise: -1 }}"))
            .with("timezone: Europe/Istanbul")
    };
    zoned("day").gives_for(&[
        (&["v|2026-03-01T20:59Z", "v|2026-03-01T21:00Z", "v|2026-03-02T20:59Z"], "2"),
        (&["v|2026-03-01", "v|2026-03-02", "v|2026-03-03"], "1"),
        (&[], "-1"),
    ]);
    // 2026-03-01 is a Sunday.
    zoned("week").gives_for(&[
        (&["v|2026-03-01", "v|2026-03-02", "v|2026-03-08"], "2"),
        (&["v|2026-03-02", "v|2026-03-05", "v|2026-03-08"], "3"),
    ]);
    zoned("month").gives_for(&[(&["v|2026-03-01", "v|2026-03-31", "v|2026-04-01"], "2")]);
    zoned("quarter").gives_for(&[(&["v|2026-03-31", "v|2026-04-01", "v|2026-06-30"], "2")]);
    zoned("year").gives_for(&[(&["v|2025-12-31", "v|2026-01-01", "v|2026-06-30"], "2")]);
}

#[test]
fn busiest_of_none_is_zero_and_known() {
    truth("{ event: v, measure: { busiest: day }, lt: 1 }").gives_for(&[(&[], "true"), (&["v|2026-01-01"], "false")]);
}

#[test]
fn average_is_over_the_events_that_have_the_field_and_of_none_unknown() {
    truth("{ event: v, measure: { average: x }, gte: 2 }").event_fields(&X).gives_for(&[
        (&["v|2026-01-01|1", "v|2026-01-02|3", "v|2026-01-03|"], "true"),
        (&["v|2026-01-01|1", "v|2026-01-02|2.999999"], "false"),
        (&["v|2026-01-03|"], "unknown"),
        (&[], "unknown"),
    ]);
}

#[test]
fn average_is_exact() {
    // A third of 1 is more than any six decimals say.
    truth("{ event: v, measure: { average: x }, gt: 0.333333 }").event_fields(&X).gives_for(&[
        (&["v|2026-01-01|1", "v|2026-01-02|0", "v|2026-01-03|0"], "true"),
        (&["v|2026-01-01|0.999999", "v|2026-01-02|0", "v|2026-01-03|0"], "false"),
    ]);
    truth("{ event: v, measure: { average: x }, gt: { event: w, measure: { average: x } } }")
        .event_fields(&X)
        .gives_for(&[
            (&["v|2026-01-01|1", "v|2026-01-02|0", "v|2026-01-03|0", "w|2026-01-01|0.333333"], "true"),
            (&["v|2026-01-01|1", "v|2026-01-01|1", "w|2026-01-01|1"], "false"),
            (
                &[
                    "v|2026-01-01|9000000000000",
                    "v|2026-01-01|8999999999999.999999",
                    "w|2026-01-01|8999999999999.999999",
                ],
                "true",
            ),
        ]);
}

#[test]
fn min_is_like_max() {
    truth("{ event: v, measure: { min: x }, lte: -2 }").event_fields(&X).gives_for(&[
        (&["v|2026-01-01|5", "v|2026-01-02|-2", "v|2026-01-03|"], "true"),
        (&["v|2026-01-01|5", "v|2026-01-02|-1.999999"], "false"),
        (&["v|2026-01-03|"], "unknown"),
    ]);
    truth("{ event: v, measure: { min: on }, lt: 2026-02-01 }").event_fields(&["on: { type: date }"]).gives_for(&[
        (&["v|2026-06-01|2026-03-01", "v|2026-06-01|2026-01-31"], "true"),
        (&["v|2026-06-01|2026-03-01"], "false"),
        (&[], "unknown"),
    ]);
}

#[test]
fn points_from_a_field_are_each_events_own_number_times_a_factor() {
    points("{ event: v, points: { field: x } }").event_fields(&X).gives_for(&[
        (&["v|2026-01-01|20", "v|2026-01-01|12", "v|2026-01-02|-5"], "27"),
        (&["v|2026-01-01|"], "0"),
        (&["v|2026-01-01|many", "v|2026-01-01|3"], "3"),
    ]);
    points("{ event: v, points: { field: x, times: -0.5 }, cap: 30 }").event_fields(&X).gives_for(&[
        (&["v|2026-01-01|20"], "-10"),
        (&["v|2026-01-01|200"], "-30"),
        (&["v|2026-01-01|-200"], "30"),
    ]);
}

#[test]
fn points_from_a_field_are_rounded_once_half_away_from_zero_to_a_hundredth() {
    points("{ event: v, points: { field: x, times: 0.5 } }").event_fields(&X).gives_for(&[
        (&["v|2026-01-01|0.01"], "0.01"),
        (&["v|2026-01-01|-0.01"], "-0.01"),
        (&["v|2026-01-01|0.009999"], "0"),
        // Each is rounded, not the sum.
        (&["v|2026-01-01|0.01", "v|2026-01-01|0.01"], "0.02"),
        // Before decay, not after it.
    ]);
    points("{ event: v, points: { field: x, times: 0.5 }, decay: { step: { percent: 50, every: 1d } } }")
        .event_fields(&X)
        .gives_for(&[(&["v|2026-06-29|0.03"], "0.01"), (&["v|2026-06-29|0.01", "v|2026-06-29|0.01"], "0.01")]);
}

#[test]
fn points_from_a_field_are_limited_to_nine_thousand_million() {
    points("{ event: v, points: { field: x, times: 1000000 } }").event_fields(&X).gives_for(&[
        (&["v|2026-01-01|8999"], "8999000000"),
        (&["v|2026-01-01|9000.01"], "9000000000"),
        (&["v|2026-01-01|-9000000000000"], "-9000000000"),
        (&["v|2026-01-01|9000000", "v|2026-01-01|9000000"], "18000000000"),
    ]);
}

#[test]
fn bounds_take_points_from_a_field_as_any_value_within_the_cap() {
    let unreachable = |cap: &str| {
        let world = rules(&format!(
            "events: {{ web: {{ lead: lead, type: type, time: time, fields: {{ x: {{ type: number }} }} }} }}
dimensions: {{ score: {{ criteria: [{{ id: a, event: v, points: {{ field: x, times: -2 }}{cap} }}] }} }}
stages: [{{ name: Lead }}, {{ name: MQL, when: {{ score: score, gte: 50 }} }}, {{ name: Low, when: {{ score: score, lte: -50 }} }}]"
        ));
        findings(&world).iter().filter(|found| found.code == "LS301").count()
    };
    assert_eq!(unreachable(", cap: 49.99"), 2, "neither end is within the cap");
    assert_eq!(unreachable(", cap: 50"), 0, "either sign can be");
    assert_eq!(unreachable(""), 0);
}

#[test]
fn lints_take_points_from_a_field_as_any_value() {
    let only_rises = |points: &str| {
        let world = rules(&format!(
            "events: {{ web: {{ lead: lead, type: type, time: time, fields: {{ x: {{ type: number }} }} }} }}
dimensions: {{ score: {{ criteria: [{{ id: a, event: v, points: {points}, cap: 50 }}] }} }}"
        ));
        findings(&world).iter().any(|found| found.code == "LS501")
    };
    assert!(only_rises("5"));
    assert!(!only_rises("{ field: x }"), "a file can say -5");
}

#[test]
fn an_event_without_the_field_that_says_its_points_is_not_selected() {
    // A newer event without points takes no other's place.
    points("{ event: v, points: { field: x }, count: once }")
        .event_fields(&X)
        .gives_for(&[(&["v|2026-01-01|5", "v|2026-01-02|"], "5"), (&["v|2026-01-02|"], "0")]);
    points("{ event: v, points: { field: x }, count: { per: month }, at_most: 1 }")
        .event_fields(&X)
        .gives_for(&[(&["v|2026-01-01|5", "v|2026-01-02|", "v|2026-02-02|"], "5")]);
    points("{ event: v, points: { field: x }, count: { per: 24h } }")
        .event_fields(&X)
        .gives_for(&[(&["v|2026-01-01T00:00Z|5", "v|2026-01-01T01:00Z|"], "5")]);
}

#[test]
fn points_come_from_a_number_field_and_nothing_else() {
    let world = |field: &str| {
        rules(&format!(
            "events: {{ web: {{ lead: lead, type: type, time: time, fields: {{ x: {field} }} }} }}
dimensions: {{ score: {{ criteria: [{{ id: a, event: v, points: {{ field: x }} }}] }} }}"
        ))
    };
    assert!(world("{ type: number }").problems().is_empty());
    for field in ["{}", "{ type: date }", "{ type: boolean }", "{ split: ';' }"] {
        let problems = world(field).problems();
        assert!(
            problems.len() == 1 && problems[0].message.contains("`points` needs a field of type number"),
            "{problems:#?}"
        );
    }
}

#[test]
fn points_from_a_range_are_its_low_end_or_the_part_that_is_named() {
    let ranges = ["x: { type: range }"];
    let events: (&[&str], &str) = (&["v|2026-01-01|2-9", "v|2026-01-01|>3"], "5");
    points("{ event: v, points: { field: x } }").event_fields(&ranges).gives_for(&[events]);
    // The second has no high end: it is not selected.
    points("{ event: v, points: { field: x.high } }").event_fields(&ranges).gives_for(&[(events.0, "9")]);
}

#[test]
fn of_events_at_one_instant_the_one_with_more_points_before_decay_stands_first() {
    let at = "2026-06-30T12:00Z";
    let (few, many, none) = (&*format!("v|{at}|3"), &*format!("v|{at}|7"), &*format!("v|{at}|-2"));
    for count in ["count: once", "count: { per: day }", "count: { per: 24h }", "count: { distinct: k }", "at_most: 1"] {
        let fields = ["x: { type: number }", "k: {}"];
        let given = points(&format!("{{ event: v, points: {{ field: x }}, {count} }}"));
        let lead = |events: &[&str]| events.iter().map(|event| format!("{event}|same")).collect::<Vec<_>>();
        let (first, second) = (lead(&[few, many, none]), lead(&[many, none, few]));
        let worse = lead(&[&format!("v|{at}|-10"), &format!("v|{at}|-5")]);
        let [first, second, worse] =
            [&first, &second, &worse].map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
        given.event_fields(&fields).gives_for(&[(&first, "7"), (&second, "7"), (&worse, "-5")]);
    }
    // A newer one still comes first.
    points("{ event: v, points: { field: x }, count: once }")
        .event_fields(&X)
        .gives_for(&[(&[many, "v|2026-06-30T12:00:00.001Z|1"], "1")]);
}

#[test]
fn compound_decay_leaves_a_share_of_what_is_left() {
    points("{ event: v, points: 20, decay: { compound: { percent: 10, every: 10d } } }").gives_for(&[
        (&["v|2026-06-30"], "20"),
        (&["v|2026-06-20T23:59:59.999Z"], "18"),
        (&["v|2026-06-21T00:00Z"], "20"),
        (&["v|2026-06-10T23:59:59.999Z"], "16.2"),
        (&["v|2026-05-31T23:59:59.999Z"], "14.58"),
    ]);
    points("{ event: v, points: 5, decay: { compound: { percent: 100, every: 1d } } }")
        .gives_for(&[(&["v|2026-06-30"], "5"), (&["v|2026-06-29"], "0")]);
}

#[test]
fn step_loses_a_share_of_the_whole_and_compound_of_what_is_left() {
    let old = ["v|2026-05-31T23:59:59.999Z"];
    let decay =
        |form: &str| points(&format!("{{ event: v, points: 20, decay: {{ {form}: {{ percent: 40, every: 10d }} }} }}"));
    decay("step").gives_for(&[(&old, "0"), (&["v|2026-06-10T23:59:59.999Z"], "4")]);
    decay("compound").gives_for(&[(&old, "4.32"), (&["v|2026-06-10T23:59:59.999Z"], "7.2")]);
}

#[test]
fn a_compound_decay_of_a_million_percent_steps_comes_out_exactly() {
    // 1,000,000 · (1 − 10⁻⁸) ^ 26,064,000: every minute of 18,100 days.
    let first = "v|1976-12-09T23:59:59.999Z";
    points("{ event: v, points: 1000000, decay: { compound: { percent: 0.000001, every: 1min } } }")
        .gives_for(&[(&[first], "770558.27")]);
}

#[test]
fn a_percentage_is_at_most_a_hundred() {
    let world = |percent: &str| {
        rules(&format!(
            "events: {{ web: {{ lead: lead, type: type, time: time }} }}
dimensions: {{ score: {{ criteria: [{{ id: a, event: v, points: 1, decay: {{ compound: {{ percent: {percent}, every: 1d }} }} }}] }} }}"
        ))
    };
    assert!(world("100").problems().is_empty() && world("0.000001").problems().is_empty());
    for percent in ["100.000001", "0", "-1"] {
        assert_eq!(world(percent).problems().len(), 1, "{percent}");
    }
}
