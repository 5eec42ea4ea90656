//! Values: what a cell means by its type, and when two texts are equal.

use crate::trial::{points, truth};
use crate::world::rules;

/// A cell and the plain spelling of the value it must have; an empty one where it can't be read.
fn reads(spec: &str, plain: &str, parts: &str, cells: &[(&str, &str)]) {
    let got = format!("got: {{ {spec} }}");
    let trial = truth("{ field: got, gte: { field: want }, lte: { field: want } }");
    let rows: Vec<(String, &str)> = cells
        .iter()
        .map(|(cell, want)| match *want {
            "" => (format!("{cell}|{}", if plain == "number" { "0" } else { "2026-01-01" }), "unknown"),
            want => (format!("{cell}|{want}"), "true"),
        })
        .collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(cells, truth)| (cells.as_str(), *truth)).collect();
    trial.fields(&[&got, &format!("want: {{ type: {plain} }}")]).with(parts).gives(&rows);
}

#[test]
fn cells_are_trimmed_and_empty_or_blank_ones_are_missing() {
    truth("{ all: [{ present: [v] }, { field: v, is: x }] }")
        .fields(&["v: { type: text }"])
        .with("file: { blank: [Select, N/A] }")
        .gives(&[
            ("\u{3000}\tx\u{a0}\u{2009}", "true"),
            ("\u{2003}\u{a0}", "false"),
            ("SELECT", "false"),
            ("n/a\u{a0}", "false"),
            ("Select one", "false"),
        ]);
    let own = "leads: { id: id, file: { blank: [none] }, fields: { v: { type: text } } }\nfile: { blank: ['-'] }\n";
    let criterion = "dimensions: { score: { criteria: [{ id: a, when: { present: [v] }, points: 1 }] } }";
    let outcome = rules(&format!("{own}{criterion}")).leads("id,v\n1,NONE\n2,-\nNone,x\n").run();
    assert_eq!(outcome.column("score"), ["0", "1"], "a file's own key replaces the general one");
    assert_eq!(outcome.rejects(), [(4, "empty_id")], "blank texts are no ids either");
}

#[test]
fn a_cell_that_its_type_cannot_read_is_missing_and_counted_with_its_first_examples() {
    let criteria =
        "dimensions: { score: { criteria: [{ id: a, when: { field: n, gte: 1 }, points: 5, unknown: 2 }] } }";
    let leads = "leads: { id: id, fields: { n: { column: Staff, type: number }, unread: { type: number } } }";
    let outcome = rules(&format!("{leads}\n{criteria}")).leads("id,Staff,unread\n1,many,x\n2,4,x\n3,1e3,x\n").run();
    assert_eq!(outcome.column("score"), ["2", "5", "2"]);
    assert_eq!(outcome.issues(), [("leads.n".to_owned(), 2)]);
    let examples = &outcome.counts.issues.values().next().expect("there is one").examples;
    let places: Vec<_> = examples.iter().map(|e| (e.line, e.column.as_str(), e.text.as_str())).collect();
    assert_eq!(places, [(2, "Staff", "many"), (4, "Staff", "1e3")]);
    assert!(examples.iter().all(|example| example.file.ends_with("leads-1.csv")));
}

#[test]
fn a_set_has_trimmed_parts_and_an_operator_holds_if_it_holds_for_one() {
    let set = ["v: { split: ';' }"];
    let cells = |expected: [&'static str; 5]| -> Vec<(&'static str, &'static str)> {
        ["a ; b", "B;;", "c", "; -;", ""].into_iter().zip(expected).collect()
    };
    let blank = "file: { blank: ['-'] }";
    let holds = |condition, expected| truth(condition).fields(&set).with(blank).gives(&cells(expected));
    holds("{ field: v, is: b }", ["true", "true", "false", "unknown", "unknown"]);
    holds("{ field: v, is_not: b }", ["false", "false", "true", "unknown", "unknown"]);
    holds("{ field: v, in: [x, a] }", ["true", "false", "false", "unknown", "unknown"]);
    holds("{ field: v, not_in: [x, a] }", ["false", "true", "true", "unknown", "unknown"]);
    holds("{ field: v, starts_with: b }", ["true", "true", "false", "unknown", "unknown"]);
    holds("{ field: v, is: a, contains: b }", ["true", "false", "false", "unknown", "unknown"]);
    holds("{ present: [v] }", ["true", "true", "true", "false", "false"]);
    let first = "{ field: v, values: { b: 2, a: 1 }, otherwise: 9, unknown: 5 }";
    points(first).fields(&set).with(blank).gives(&cells(["1", "2", "9", "5", "5"]));
}

#[test]
fn numbers_have_groups_one_point_one_sign_and_drop_one_currency_or_percent() {
    reads(
        "type: number",
        "number",
        "",
        &[
            ("+12.50", "12.5"),
            ("1,234,567.5", "1234567.5"),
            ("1 234 567", "1234567"),
            ("1\u{a0}234\u{a0}567", "1234567"),
            ("1\u{2009}234", "1234"),
            ("1\u{202f}234", "1234"),
            ("12%", "12"),
            ("% 12", "12"),
            ("€ 1,200", "1200"),
            ("-₺5", "-5"),
            ("₺-5", "-5"),
            ("- $ 5", "-5"),
            ("5 €", "5"),
            ("0.0000005", "0.000001"),
            ("-0.0000005", "-0.000001"),
            ("0.00000049", "0"),
            ("9000000000000", "9000000000000"),
            ("-9000000000000", "-9000000000000"),
            ("9000000000001", ""),
            ("1,23", ""),
            ("12,34,567", ""),
            ("1.2.3", ""),
            ("$5%", ""),
            ("$$5", ""),
            ("--5", ""),
            ("1e3", ""),
            ("NaN", ""),
            ("five", ""),
            ("-", ""),
        ],
    );
    let comma = [("1.234,5", "1234.5"), ("0,25", "0.25"), ("1,234.5", "")];
    reads("type: number, decimal: comma", "number", "", &comma);
    let file = "leads: { id: id, file: { decimal: comma }, fields: { n: { type: number } } }";
    let criterion = "dimensions: { score: { criteria: [{ id: a, when: { field: n, is: 1234.5 }, points: 1 }] } }";
    assert_eq!(rules(&format!("{file}\n{criterion}")).leads("id,n\n1,\"1.234,5\"\n").run().column("score"), ["1"]);
}

#[test]
fn a_product_with_times_rounds_to_millionths() {
    let fields = ["a: { type: number }", "b: { type: number }"];
    truth("{ field: a, gte: { field: b, times: 0.333333 } }").fields(&fields).gives(&[
        ("0.5 | 1.5", "true"),
        ("0.499999 | 1.5", "false"),
        ("0.000001 | 0.0000016", "true"),
        ("0 | 0.000002", "false"),
        ("0 | 0.000001", "true"),
        ("| 1", "unknown"),
        ("1 |", "unknown"),
    ]);
}

#[test]
fn booleans_have_their_words_and_each_side_can_be_replaced() {
    let cells = ["TRUE", "Yes", "y", "1", "false", "NO", "n", "0", "maybe", ""];
    let on = |spec: &str, expected: &str| {
        let rows: Vec<(&str, &str)> = cells.into_iter().zip(expected.split(' ')).collect();
        truth("{ field: b, is: true }").fields(&[spec]).gives(&rows);
    };
    on("b: { type: boolean }", "true true true true false false false false unknown unknown");
    on("b: { type: boolean, true: [MAYBE] }", "unknown unknown unknown unknown false false false false true unknown");
    on("b: { type: boolean, false: [Maybe] }", "true true true true unknown unknown unknown unknown false unknown");
    truth("{ field: b, is_not: false }").fields(&["b: { type: boolean, true: [Evet], false: [Hayır] }"]).gives(&[
        ("EVET", "true"),
        ("HAYIR", "false"),
        ("hayir", "false"),
    ]);
}

#[test]
fn dates_without_a_format_are_iso_instants_in_the_rulebooks_zone() {
    let cells = [
        ("2026-01-02", "2026-01-01T21:00:00Z"),
        ("2026-01-02T10:30", "2026-01-02T07:30:00Z"),
        ("2026-01-02t10:30:15.5Z", "2026-01-02T10:30:15.5Z"),
        ("2026-01-02 10:30:15,1239 z", "2026-01-02T10:30:15.123Z"),
        ("2026-01-02T10:30+02", "2026-01-02T08:30Z"),
        ("2026-01-02T10:30:00 -0530", "2026-01-02T16:00Z"),
        ("2026-01-02 10:30 +05:30", "2026-01-02T05:00Z"),
        ("2026-02-30", ""),
        ("2026-1-2", ""),
        ("02.01.2026", ""),
        ("2026-01-02T25:00", ""),
        ("20260102", ""),
    ];
    reads("type: date", "date", "timezone: Europe/Istanbul", &cells);
}

#[test]
fn a_time_that_the_clocks_skipped_or_repeated_resolves_as_rfc_5545_does() {
    let cells = [("2026-03-29T02:30", "2026-03-29T01:30:00Z"), ("2026-10-25T02:30", "2026-10-25T00:30:00Z")];
    reads("type: date", "date", "timezone: Europe/Berlin", &cells);
    let midnight = [("2018-11-04", "2018-11-04T03:00:00Z")];
    reads("type: date", "date", "timezone: America/Sao_Paulo", &midnight);
}

#[test]
fn dates_with_formats_are_read_by_those_alone_in_order() {
    let both = "type: date, format: ['%d.%m.%Y %H:%M', '%d/%m/%y']";
    let cells = [
        ("3.1.2026 9:05", "2026-01-03T09:05Z"),
        ("03.01.2026   09:05", "2026-01-03T09:05Z"),
        ("03/01/68", "2068-01-03"),
        ("03/01/69", "1969-01-03"),
        ("2026-01-03", ""),
        ("03.01.26 09:05", ""),
    ];
    reads(both, "date", "", &cells);
    reads(
        "type: date, format: '%m/%d/%Y %I:%M %p'",
        "date",
        "",
        &[
            ("1/3/2026 12:05 am", "2026-01-03T00:05Z"),
            ("1/3/2026 12:05 PM", "2026-01-03T12:05Z"),
            ("1/3/2026 13:05 PM", ""),
        ],
    );
    reads(
        "type: date, format: '%F %T.%f %z'",
        "date",
        "",
        &[("2026-01-03 04:05:06.75 +0100", "2026-01-03T03:05:06.75Z")],
    );
    reads("type: date, format: '%D at %R'", "date", "", &[("01/03/26 at 04:05", "2026-01-03T04:05Z")]);
    reads(
        "type: date, format: '%b %e, %Y'",
        "date",
        "",
        &[("Jan. 3, 2026", "2026-01-03"), ("september 03, 2026", "2026-09-03")],
    );
    let turkish = "file: { language: tr }";
    reads(
        "type: date, format: '%d %B %Y'",
        "date",
        turkish,
        &[
            ("3 Ağustos 2026", "2026-08-03"),
            ("3 EYLÜL 2026", "2026-09-03"),
            ("3 Oca 2026", "2026-01-03"),
            ("3 May 2026", "2026-05-03"),
            ("3 Haziran. 2026", "2026-06-03"),
            ("3 Janvier 2026", ""),
        ],
    );
    reads(
        "type: date, format: [epoch_s]",
        "date",
        "",
        &[("1767225600", "2026-01-01"), ("-1", "1969-12-31T23:59:59Z"), ("2026-01-01", "")],
    );
    reads(
        "type: date, format: epoch_ms",
        "date",
        "",
        &[
            ("1767225600001", "2026-01-01T00:00:00.001Z"),
            ("1.9", "1970-01-01T00:00:00.001Z"),
            ("-0.1", "1969-12-31T23:59:59.999Z"),
        ],
    );
    reads(
        "type: date, format: excel_days",
        "date",
        "timezone: Europe/Istanbul",
        &[("46023", "2026-01-01"), ("46023.5", "2026-01-01T09:00:00Z"), ("46023.333333333", "2026-01-01T05:00:00Z")],
    );
}

#[test]
fn an_email_has_something_on_both_sides_of_its_last_at_and_no_white_space() {
    truth("{ field: e.domain, is: acme.example }").fields(&["e: { type: email }"]).gives(&[
        ("Ada@ACME.example", "true"),
        ("a@b@acme.example", "true"),
        ("ada@other.example", "false"),
        ("@acme.example", "unknown"),
        ("ada@", "unknown"),
        ("a da@acme.example", "unknown"),
        ("acme.example", "unknown"),
    ]);
    truth("{ field: e.local, is: 'a@b' }")
        .fields(&["e: { type: email }"])
        .gives(&[("a@b@acme.example", "true"), ("b@acme.example", "false")]);
}

#[test]
fn a_url_has_host_path_and_query_and_none_with_the_fragment() {
    let cells = [
        "https://user:pw@www.acme.com:8443/pricing?plan=pro#top",
        "//www.acme.com",
        "www.acme.com/pricing",
        "www.acme.com?plan=pro",
        "/pricing?plan=pro#x?y",
        "pricing",
        "info@acme.com/pricing",
        "https://WWW.acme.com/#/pricing",
        "/a%2Fb?",
    ];
    let on = |part: &str, values: &str, expected: &str| {
        let rows: Vec<(&str, &str)> = cells.into_iter().zip(expected.split(' ')).collect();
        points(&format!("{{ field: u.{part}, values: {{ {values} }}, otherwise: 99, unknown: 0 }}"))
            .fields(&["u: { type: url }"])
            .gives(&rows);
    };
    on("host", "www.acme.com: 1", "1 1 1 1 0 0 0 1 0");
    on("path", "/pricing: 1, /: 2, pricing: 3, 'info@acme.com/pricing': 4, /a%2Fb: 5", "1 2 1 2 1 3 4 2 5");
    on("query", "plan=pro: 1", "1 0 0 1 1 0 0 0 0");
    truth("{ field: u, is: 'https://acme.com/#Top' }")
        .fields(&["u: { type: url }"])
        .gives(&[("HTTPS://acme.com/#top", "true"), ("https://acme.com/", "false")]);
}

#[test]
fn text_compares_folded_with_the_turkish_rule() {
    let alike = [
        ["İstanbul", "ISTANBUL", "istanbul", "ıstanbul", "i\u{307}stanbul"],
        ["STRASSE", "straße", "Straẞe", "strasse", "ſtrasse"],
        ["Café", "CAFE\u{301}", "cafe\u{301}", "café", "CAFÉ"],
        ["Όδος", "ΌΔΟΣ", "όδοσ", "Όδοσ", "ΌΔΟς"],
    ];
    for group in alike {
        for wanted in group {
            let rows: Vec<(&str, &str)> =
                group.into_iter().map(|cell| (cell, "true")).chain([("else", "false")]).collect();
            truth(&format!("{{ field: v, is: '{wanted}' }}")).fields(&["v: { type: text }"]).gives(&rows);
        }
    }
    truth("{ field: v, contains: SKI, ends_with: 'Sı' }")
        .fields(&["v: { type: text }"])
        .gives(&[("Baskı Atölyesi", "true"), ("baskı atölye", "false")]);
}

#[test]
fn scalars_are_read_as_the_text_that_stands_there() {
    truth("{ field: v, in: [NO, 010, 1.50, ~, 2026-01-01] }").fields(&["v: { type: text }"]).gives(&[
        ("no", "true"),
        ("010", "true"),
        ("10", "false"),
        ("1.50", "true"),
        ("1.5", "false"),
        ("~", "true"),
        ("false", "false"),
        ("2026-01-01", "true"),
    ]);
}
