//! Which dates are bare, told by what a return on the day of a record undoes.

use crate::world::rules;

/// A lead whose `mql` was recorded at 08:00 of 1 March and that was given back by `back`, a field of this description: whether the
/// return is a bare date, which undoes that record, or has the time 00:00, which doesn't.
fn is_bare(description: &str, cell: &str) -> bool {
    let rulebook = format!(
        "leads: {{ id: id, fields: {{ mql: {{ type: date }}, back: {description} }} }}
stages: [{{ name: Lead }}, {{ name: MQL, when: {{ score: total, gte: 1 }}, entered: mql }}]
returns: {{ at: back }}"
    );
    let outcome = rules(&rulebook).leads(format!("id,mql,back\n1,2026-03-01 08:00,\"{cell}\"\n")).run();
    assert_eq!(outcome.cell("1", "returned"), "2026-03-01T00:00:00Z", "{description} {cell}");
    outcome.cell("1", "crm_stage").is_empty()
}

#[test]
fn a_date_is_bare_where_its_cell_has_no_hour() {
    for (cell, bare) in [
        ("2026-03-01", true),
        ("2026-03-01 00:00", false),
        ("2026-03-01T00:00:00.000", false),
        ("2026-03-01T00:00Z", false),
        ("2026-03-01 03:00 +03:00", false),
    ] {
        assert_eq!(is_bare("{ type: date }", cell), bare, "{cell}");
    }
}

#[test]
fn a_date_is_bare_where_its_format_has_no_hour() {
    for (format, cell, bare) in [
        ("'%d.%m.%Y'", "01.03.2026", true),
        ("'%d.%m.%Y %H:%M'", "01.03.2026 00:00", false),
        ("'%D %I %p'", "03/01/26 12 AM", false),
        ("'%F %T'", "2026-03-01 00:00:00", false),
        ("'%F %R'", "2026-03-01 00:00", false),
        ("'%a %e %b %Y'", "Sun 1 Mar 2026", true),
        ("['%d.%m.%Y %H:%M', '%d.%m.%Y']", "01.03.2026", true),
        ("['%d.%m.%Y', '%d.%m.%Y %H:%M']", "01.03.2026 00:00", false),
    ] {
        assert_eq!(is_bare(&format!("{{ type: date, format: {format} }}"), cell), bare, "{format} {cell}");
    }
}

#[test]
fn numbers_of_seconds_are_never_bare_and_days_of_excel_where_they_are_whole() {
    // 2026-03-01 is 20,513 days after 1 January 1970, which is 25,569 days after 30 December 1899.
    for (format, cell, bare) in [
        ("epoch_s", "1772323200", false),
        ("epoch_ms", "1772323200000", false),
        ("excel_days", "46082", true),
        ("excel_days", "46082.0", true),
        // Less than half a millisecond of a day: the instant is the same, but the cell is not whole.
        ("excel_days", "46082.000000001", false),
    ] {
        assert_eq!(is_bare(&format!("{{ type: date, format: {format} }}"), cell), bare, "{format} {cell}");
    }
}

/// Which of the leads keep their MQL of 08:00 though they were given back on that day, by a derived date of `a` and `b`.
fn keeps(derived: &str, rows: &str) -> Vec<bool> {
    let rulebook = format!(
        "leads: {{ id: id, fields: {{ mql: {{ type: date }}, a: {{ type: date }}, b: {{ type: date }}, back: {derived} }} }}
stages: [{{ name: Lead }}, {{ name: MQL, when: {{ score: total, gte: 1 }}, entered: mql }}]
returns: {{ at: back }}"
    );
    let outcome = rules(&rulebook).leads(format!("id,mql,a,b\n{rows}")).run();
    assert!(outcome.column("passes").iter().all(|passes| *passes == "2"), "{}", outcome.csv);
    outcome.column("crm_stage").iter().map(|stage| !stage.is_empty()).collect()
}

#[test]
fn a_derived_date_is_bare_as_the_one_that_it_takes() {
    let rows = "1,2026-03-01 08:00,2026-03-01,2026-01-05 10:00
2,2026-03-01 08:00,2026-03-01 00:00,2026-01-05
3,2026-03-01 08:00,,2026-03-01
4,2026-03-01 08:00,,2026-03-01 00:00
";
    assert_eq!(keeps("{ latest: [a, b] }", rows), [false, true, false, true]);
    assert_eq!(keeps("{ first_of: [a, b] }", rows), [false, true, false, true]);
    let rows = rows.replace("2026-01-05", "2026-05-05");
    assert_eq!(keeps("{ earliest: [a, b] }", &rows), [false, true, false, true]);
}

#[test]
fn where_a_derived_date_has_a_bare_and_a_timed_one_at_one_instant_the_bare_one_counts() {
    let rows = "1,2026-03-01 08:00,2026-03-01,2026-03-01 00:00
2,2026-03-01 08:00,2026-03-01 00:00,2026-03-01
3,2026-03-01 08:00,2026-03-01 00:00,2026-03-01T00:00Z
";
    assert_eq!(keeps("{ earliest: [a, b] }", rows), [false, false, true]);
    assert_eq!(keeps("{ latest: [a, b] }", rows), [false, false, true]);
    assert_eq!(keeps("{ first_of: [a, b] }", rows), [false, true, true], "the first is not chosen by its time");
}

#[test]
fn an_event_is_bare_by_its_time() {
    let rulebook = |time: &str| {
        format!(
            "leads: {{ id: id, fields: {{ mql: {{ type: date }} }} }}
events: {{ crm: {{ lead: lead, type: type, time: {time} }} }}
stages: [{{ name: Lead }}, {{ name: MQL, when: {{ score: total, gte: 1 }}, entered: mql }}]
returns: {{ at: {{ event: rejected }} }}"
        )
    };
    let of = |time: &str, cell: &str| {
        let outcome = rules(&rulebook(time))
            .leads("id,mql\n1,2026-03-01 08:00\n")
            .events("crm", format!("lead,type,time\n1,rejected,{cell}\n"))
            .run();
        assert_eq!(outcome.cell("1", "returned"), "2026-03-01T00:00:00Z", "{time} {cell}");
        outcome.cell("1", "crm_stage").is_empty()
    };
    assert!(of("time", "2026-03-01"));
    assert!(!of("time", "2026-03-01 00:00"));
    assert!(of("{ column: time, format: '%d.%m.%Y' }", "01.03.2026"));
    assert!(!of("{ column: time, format: epoch_s }", "1772323200"));
    assert!(of("{ column: time, format: excel_days }", "46082"));
}

#[test]
fn a_date_that_comes_from_events_is_bare_as_the_time_of_its_event() {
    let stage = |back: &str, fields: &str| {
        let rulebook = format!(
            "leads: {{ id: id, fields: {{ mql: {{ type: date }}, {fields} }} }}
events: {{ crm: {{ lead: lead, type: type, time: time, fields: {{ on: {{ type: date }} }} }} }}
stages: [{{ name: Lead }}, {{ name: MQL, when: {{ score: total, gte: 1 }}, entered: mql }}]
returns: {{ at: {back} }}"
        );
        let outcome = rules(&rulebook)
            .leads("id,mql\n1,2026-03-01 08:00\n2,2026-03-01 08:00\n3,2026-03-01 08:00\n")
            .events(
                "crm",
                "lead,type,time,on\n1,rejected,2026-03-01,2026-03-01\n2,rejected,2026-03-01 00:00,2026-03-01 00:00
3,rejected,2026-03-01,2026-03-01\n3,rejected,2026-03-01 00:00,2026-03-01 00:00\n",
            )
            .run();
        assert_eq!(outcome.column("returned"), ["2026-03-01T00:00:00Z"; 3], "{fields}");
        outcome.column("crm_stage").join(",")
    };
    // Of the third's two events at one instant the bare one counts.
    assert_eq!(stage("back", "back: { event: rejected, last: time }"), ",MQL,");
    assert_eq!(stage("back", "back: { event: rejected, first: time }"), ",MQL,");
    assert_eq!(stage("back", "back: { event: rejected, last: on }"), ",MQL,");
    assert_eq!(stage("back", "t: { event: rejected, first: time }, back: { latest: [t] }"), ",MQL,");
}

#[test]
fn a_bare_date_is_its_first_instant_wherever_else_a_date_is_read() {
    let rulebook = "leads: { id: id, fields: { a: { type: date }, b: { type: date }, d: { from: a, minus: b, in: days } } }
dimensions: { s: { criteria: [{ id: same, when: { field: a, lte: { field: b } }, points: 1 }, { id: apart, field: d, values: { 0: 10 } }, { id: hour, when: { field: a, is: 2026-03-01 }, points: 100 }] } }";
    let outcome = rules(rulebook)
        .leads("id,a,b\n1,2026-03-01,2026-03-01 00:00\n2,2026-03-01 00:00,2026-03-01\n3,2026-03-01,2026-02-28 23:59\n")
        .run();
    assert_eq!(outcome.column("s"), ["111", "111", "100"]);
}
