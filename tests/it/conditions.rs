//! Conditions: forms, operators, and the three values they have.

use crate::trial::truth;
use crate::world::rules;

const N: [&str; 1] = ["n: { type: number }"];
const V: [&str; 1] = ["v: { type: text }"];
const D: [&str; 1] = ["d: { type: date }"];

#[test]
fn a_comparison_with_a_missing_value_is_unknown() {
    truth("{ field: n, gte: 10 }").fields(&N).gives(&[("12", "true"), ("9", "false"), ("", "unknown")]);
    for operator in ["is: 1", "is_not: 1", "in: [1]", "not_in: [1]", "gt: 1", "lt: 1", "lte: 1", "gte: { field: n }"] {
        truth(&format!("{{ field: n, {operator} }}")).fields(&N).gives(&[("", "unknown")]);
    }
    for operator in [
        "is: a",
        "is_not: a",
        "not_in: [a]",
        "contains: a",
        "has_word: a",
        "starts_with: a",
        "ends_with: a",
        "matches: a",
    ] {
        truth(&format!("{{ field: v, {operator} }}")).fields(&V).gives(&[("", "unknown")]);
    }
    for operator in ["within: 1d", "older_than: 1d", "is: 2026-01-01", "is_not: 2026-01-01", "lt: 2026-01-01"] {
        truth(&format!("{{ field: d, {operator} }}")).fields(&D).gives(&[("", "unknown")]);
    }
}

/// Every combination of three values under a form with conditions on `a`, `b` and `c`.
fn combined(form: &str, expected: impl Fn([Option<bool>; 3]) -> Option<bool>) {
    let values = [Some(true), Some(false), None];
    let text = |value: Option<bool>| value.map_or("", |value| if value { "true" } else { "false" });
    let mut rows = Vec::new();
    for a in values {
        for b in values {
            for c in values {
                let truth = expected([a, b, c]);
                rows.push((
                    format!("{}|{}|{}", text(a), text(b), text(c)),
                    if truth.is_none() { "unknown" } else { text(truth) },
                ));
            }
        }
    }
    let rows: Vec<(&str, &str)> = rows.iter().map(|(cells, truth)| (cells.as_str(), *truth)).collect();
    let fields = ["a: { type: boolean }", "b: { type: boolean }", "c: { type: boolean }"];
    let is_true = |field: &str| format!("{{ field: {field}, is: true }}");
    truth(&form.replace('A', &is_true("a")).replace('B', &is_true("b")).replace('C', &is_true("c")))
        .fields(&fields)
        .gives(&rows);
}

fn all(values: &[Option<bool>]) -> Option<bool> {
    if values.contains(&Some(false)) {
        Some(false)
    } else if values.contains(&None) {
        None
    } else {
        Some(true)
    }
}

fn at_least(n: usize, values: &[Option<bool>]) -> Option<bool> {
    let count = |wanted: Option<bool>| values.iter().filter(|value| **value == wanted).count();
    if count(Some(true)) >= n {
        Some(true)
    } else if count(Some(true)) + count(None) < n {
        Some(false)
    } else {
        None
    }
}

#[test]
fn conditions_combine_by_kleenes_three_values() {
    combined("{ all: [A, B, C] }", |v| all(&v));
    combined("[A, B, C]", |v| all(&v));
    combined("{ any: [A, B, C] }", |v| at_least(1, &v));
    combined("{ not: { any: [A, B, C] } }", |v| at_least(1, &v).map(|truth| !truth));
    combined("{ at_least: 1, of: [A, B, C] }", |v| at_least(1, &v));
    combined("{ at_least: 2, of: [A, B, C] }", |v| at_least(2, &v));
    combined("{ at_least: 3, of: [A, B, C] }", |v| at_least(3, &v));
    combined("{ any: [{ all: [A, { not: B }] }, C] }", |[a, b, c]| at_least(1, &[all(&[a, b.map(|b| !b)]), c]));
}

#[test]
fn all_the_operators_of_a_condition_hold() {
    truth("{ field: n, gte: 10, lt: 20, is_not: 15 }").fields(&N).gives(&[
        ("10", "true"),
        ("15", "false"),
        ("20", "false"),
        ("", "unknown"),
    ]);
}

#[test]
fn present_and_absent_are_never_unknown() {
    let fields = ["a: { type: number }", "b: { type: url }"];
    let rows = |expected: [&'static str; 4]| -> Vec<(&'static str, &'static str)> {
        ["1|https://x.example/?q", "1|/p", "unreadable|", "|"].into_iter().zip(expected).collect()
    };
    truth("{ present: [a, b] }").fields(&fields).gives(&rows(["true", "true", "false", "false"]));
    truth("{ absent: [a, b] }").fields(&fields).gives(&rows(["false", "false", "true", "true"]));
    truth("{ present: a }").fields(&fields).gives(&rows(["true", "true", "false", "false"]));
    truth("{ present: [b.query, b.host] }").fields(&fields).gives(&rows(["true", "false", "false", "false"]));
    truth("{ absent: [b.query] }").fields(&fields).gives(&rows(["false", "true", "true", "true"]));
}

#[test]
fn text_operators_compare_folded_and_any_of_a_list_suffices() {
    let on =
        |operators: &str, rows: &[(&str, &str)]| truth(&format!("{{ field: v, {operators} }}")).fields(&V).gives(rows);
    on("is: Software", &[("SOFTWARE", "true"), ("Software dev", "false")]);
    on("is_not: Software", &[("software", "false"), ("x", "true")]);
    on("in: [a, B]", &[("b", "true"), ("A", "true"), ("ab", "false")]);
    on("not_in: [a, B]", &[("b", "false"), ("ab", "true")]);
    on("contains: [oft, xyz]", &[("SOFT", "true"), ("XyZ!", "true"), ("of", "false")]);
    on("starts_with: [so, x]", &[("Soft", "true"), ("aso", "false")]);
    on("ends_with: FT", &[("soft", "true"), ("fts", "false")]);
}

#[test]
fn has_word_looks_at_the_neighbours_only_where_the_word_begins_or_ends_in_a_letter_or_digit() {
    let on =
        |operators: &str, rows: &[(&str, &str)]| truth(&format!("{{ field: v, {operators} }}")).fields(&V).gives(rows);
    on(
        "has_word: intern",
        &[
            ("Intern", "true"),
            ("international", "false"),
            ("sub-intern, x", "true"),
            ("interns intern", "true"),
            ("intern2", "false"),
        ],
    );
    on("has_word: C++", &[("C++ dev", "true"), ("c++11", "true"), ("xC++", "false"), ("C+", "false")]);
    on("has_word: .net", &[("asp.net", "true"), (".networks", "false"), ("VB .NET!", "true")]);
    on("has_word: [vp, head of]", &[("VP Sales", "true"), ("Head Of IT", "true"), ("mvp", "false"), ("Şef", "false")]);
    on("has_word: şef", &[("ŞEF", "true"), ("şefi", "false"), ("éşef", "false")]);
}

#[test]
fn matches_is_found_anywhere_in_the_text_as_written_by_simple_case_folding() {
    let on = |pattern: &str, rows: &[(&str, &str)]| {
        truth(&format!("{{ field: v, matches: {pattern} }}")).fields(&V).gives(rows);
    };
    on("'v[ip]p'", &[("SVP Sales", "false"), ("the VIP", "true"), ("MVPP", "true")]);
    on(r"'^\p{Lu}+$'", &[("ABC", "true"), ("A1", "false")]);
    on("'istanbul'", &[("İstanbul", "false"), ("ISTANBUL", "true"), ("ıstanbul", "false")]);
    on("'strasse'", &[("Straße", "false"), ("STRASSE", "true")]);
    on("['a$', '^b']", &[("xA", "true"), ("Bx", "true"), ("ab", "false")]);
}

#[test]
fn the_right_side_may_be_a_list_of_the_rulebook_or_of_a_file() {
    let lists = "lists: { here: [Software, Fintech], there: { file: lists/there.txt } }";
    let leads = "leads: { id: id, fields: { v: { type: text } } }";
    let criteria = "dimensions: { score: { criteria: [
      { id: a, when: { field: v, in: { list: here } }, points: 1 },
      { id: b, when: { field: v, not_in: { list: there } }, points: 10 },
      { id: c, when: { field: v, contains: { list: there } }, points: 100 }] } }";
    let world =
        rules(&format!("{lists}\n{leads}\n{criteria}")).file("lists/there.txt", "# a comment\n  oft \n\n#x\nFINTECH\n");
    let outcome = world.leads("id,v\n1,software\n2,fintech\n3,#x\n4,else\n").run();
    assert_eq!(outcome.column("score"), ["111", "101", "10", "10"]);
}

#[test]
fn numbers_compare_with_numbers_and_with_fields() {
    let on = |operators: &str, rows: &[(&str, &str)]| {
        truth(&format!("{{ field: n, {operators} }}"))
            .fields(&["n: { type: number }", "m: { type: number }"])
            .gives(rows);
    };
    on("gt: 10", &[("10|", "false"), ("10.000001|", "true")]);
    on("gte: 10", &[("10|", "true"), ("9.999999|", "false")]);
    on("lt: 10", &[("10|", "false"), ("-10|", "true")]);
    on("lte: 10", &[("10|", "true"), ("10.000001|", "false")]);
    on("is: 0.5", &[("0.50|", "true"), ("50%|", "false")]);
    on("in: [1, 2]", &[("2.0|", "true"), ("3|", "false")]);
    on("not_in: [1, 2]", &[("2.0|", "false"), ("3|", "true")]);
    on("gt: { field: m }", &[("2|1", "true"), ("1|1", "false"), ("1|", "unknown"), ("|1", "unknown")]);
    on("lt: { field: m, times: 0.5 }", &[("2|5", "true"), ("2.5|5", "false")]);
    on("gte: { field: m, times: -2 }", &[("-10|5", "true"), ("-11|5", "false")]);
}

#[test]
fn dates_compare_with_dates_of_the_lead() {
    let fields = ["d: { type: date }", "e: { type: date }"];
    truth("{ field: d, gt: { field: e } }").fields(&fields).gives(&[
        ("2026-01-02|2026-01-01T23:59:59.999Z", "true"),
        ("2026-01-02|2026-01-02", "false"),
        ("2026-01-02|", "unknown"),
    ]);
    truth("{ field: d, lte: { field: e } }")
        .fields(&fields)
        .gives(&[("2026-01-02T00:00:00.001Z|2026-01-02", "false"), ("2026-01-02|2026-01-02", "true")]);
}

#[test]
fn a_bare_date_in_the_rulebook_is_the_whole_day() {
    let cells =
        ["2026-01-01T23:59:59.999+03:00", "2026-01-02", "2026-01-02T23:59:59.999+03:00", "2026-01-03T00:00+03:00"];
    let on = |operators: &str, expected: &str| {
        let rows: Vec<(&str, &str)> = cells.into_iter().zip(expected.split(' ')).collect();
        truth(&format!("{{ field: d, {operators} }}")).fields(&D).with("timezone: Europe/Istanbul").gives(&rows);
    };
    on("lt: 2026-01-02", "true false false false");
    on("lte: 2026-01-02", "true true true false");
    on("gt: 2026-01-02", "false false false true");
    on("gte: 2026-01-02", "false true true true");
    on("is: 2026-01-02", "false true true false");
    on("is_not: 2026-01-02", "true false false true");
    on("in: [2026-01-01, 2026-01-03]", "true false false true");
    on("not_in: [2026-01-01, 2026-01-03]", "false true true false");
    on("gt: 2026-01-02T00:00", "false false true true");
    on("is: 2026-01-02T00:00", "false true false false");
    on("lte: '2026-01-01T21:00:00Z'", "true true false false");
}

#[test]
fn within_and_older_than_meet_at_the_millisecond() {
    let on =
        |operators: &str, rows: &[(&str, &str)]| truth(&format!("{{ field: d, {operators} }}")).fields(&D).gives(rows);
    // The instant of the tests is the last of 30 June.
    let border = "2026-05-31T23:59:59.999Z";
    let after = "2026-06-01T00:00:00.000Z";
    on(
        "within: 30d",
        &[(border, "false"), (after, "true"), ("2026-06-30T23:59:59.999Z", "true"), ("2026-07-01", "false")],
    );
    on("older_than: 30d", &[(border, "true"), (after, "false"), ("2026-07-01", "false")]);
    on("within: 4w, older_than: 36h", &[("2026-06-29T11:59:59.999Z", "true"), ("2026-06-29T12:00:00Z", "false")]);
    on("within: 90min", &[("2026-06-30T22:29:59.999Z", "false"), ("2026-06-30T22:30:00Z", "true")]);
}

#[test]
fn an_event_condition_without_an_operator_means_at_least_one() {
    let once = ["v | 2026-01-01"];
    truth("{ event: v }").gives_for(&[(&once, "true"), (&[], "false")]);
    truth("{ event: v, lt: 1 }").gives_for(&[(&once, "false"), (&[], "true")]);
    truth("{ not: { event: v } }").gives_for(&[(&once, "false"), (&[], "true")]);
    truth("{ event: v, gte: 2, lte: 3 }").gives_for(&[
        (&once, "false"),
        (&["v|2026-01-01"; 2], "true"),
        (&["v|2026-01-01"; 4], "false"),
    ]);
    truth("{ event: v, in: [0, 2] }").gives_for(&[(&once, "false"), (&[], "true")]);
}

#[test]
fn a_measure_compares_with_another_measure_and_with_a_field() {
    let open = "o | 2026-01-01";
    let sent = "s | 2026-01-01";
    truth("{ event: o, gte: { event: s, times: 0.5 } }").gives_for(&[
        (&[open, sent, sent], "true"),
        (&[open, sent, sent, sent], "false"),
        (&[], "true"),
    ]);
    truth("{ field: n, gt: { event: s, within: 30d } }").fields(&N).gives_with(&[
        ("1", &[sent], "true"),
        ("1", &["s | 2026-06-29", "s|2026-06-29"], "false"),
        ("", &[], "unknown"),
    ]);
    truth("{ event: o, lt: { field: n, times: 2 } }").fields(&N).gives_with(&[
        ("1", &[open], "true"),
        ("0.5", &[open], "false"),
        ("", &[open], "unknown"),
    ]);
    let amounts = "{ event: o, measure: { sum: x }, gte: { event: s, measure: { sum: x } } }";
    truth(amounts)
        .event_fields(&["x: { type: number }"])
        .gives_for(&[(&["o|2026-01-01|2", "s|2026-01-01|2"], "true"), (&["s|2026-01-01|2"], "false")]);
}

#[test]
fn where_reads_the_events_fields_and_an_unknown_where_selects_nothing() {
    let fields = ["url: { type: url }", "n: { type: number }", "m: { type: number }"];
    let event = |cells: &str| format!("v | 2026-01-01 | {cells}");
    let on = |filter: &str, rows: &[(&str, &str)]| {
        for (cells, expected) in rows {
            truth(&format!("{{ event: v, where: {filter} }}"))
                .event_fields(&fields)
                .gives_for(&[(&[&event(cells)], expected)]);
        }
    };
    on(
        "{ field: url.path, starts_with: /pricing }",
        &[("acme.com/PRICING/x||", "true"), ("/about||", "false"), ("||", "false")],
    );
    on("{ not: { field: n, gt: 5 } }", &[("|5|", "true"), ("||", "false"), ("|x|", "false")]);
    on("{ field: n, gt: { field: m, times: 0.5 } }", &[("|3|5", "true"), ("|2.5|5", "false"), ("|3|", "false")]);
    on("[{ absent: [url] }, { present: [n] }]", &[("|1|", "true"), ("/|1|", "false")]);
    on("{ any: [{ field: n, is: 1 }, { absent: [m] }] }", &[("||", "true"), ("||2", "false"), ("|1|2", "true")]);
}
