//! What files and rulebooks of version 1 are read as, too, or otherwise: cells kept as formulas, paths, numbers, dates, JSON.

use crate::world::rules;

/// What the cells of a column are read as: a lead with `n` is true of the `n`th condition alone.
fn read_as(field: &str, conditions: &[&str], cells: &[&str]) -> Vec<String> {
    let criteria = conditions
        .iter()
        .enumerate()
        .map(|(at, condition)| format!("{{ id: c{at}, when: {{ field: v, {condition} }}, points: {} }}", at + 1));
    let criteria = criteria.collect::<Vec<_>>().join(", ");
    let rulebook = format!(
        "leads: {{ id: id, fields: {{ v: {{ {field} }} }} }}
dimensions: {{ s: {{ criteria: [{criteria}] }} }}"
    );
    let quoted = |cell: &&str| format!("\"{}\"", cell.replace('"', "\"\""));
    let rows = cells.iter().enumerate().map(|(at, cell)| format!("{at},{}\n", quoted(cell)));
    let outcome = rules(&rulebook).leads(format!("id,v\n{}", rows.collect::<Vec<_>>().concat())).run();
    outcome.column("s").into_iter().map(str::to_owned).collect()
}

/// How many cells of a column can't be read.
fn n_unreadable(field: &str, cells: &[&str]) -> u64 {
    let seen = "dimensions: { s: { criteria: [{ id: a, when: { present: [v] }, points: 1 }] } }";
    let rulebook = format!("leads: {{ id: id, fields: {{ v: {{ {field} }} }} }}\n{seen}");
    let rows = cells.iter().enumerate().map(|(at, cell)| format!("{at},\"{}\"\n", cell.replace('"', "\"\"")));
    let outcome = rules(&rulebook).leads(format!("id,v\n{}", rows.collect::<Vec<_>>().concat())).run();
    outcome.issues().iter().map(|(_, n)| n).sum()
}

/// How `check` refuses a format; nothing where it doesn't.
fn format_problem(format: &str) -> Option<String> {
    let rulebook = format!("leads: {{ id: id, fields: {{ v: {{ type: date, format: \"{format}\" }} }} }}");
    rules(&rulebook).problems().first().map(|found| found.label.clone().unwrap_or_default())
}

mod a_text_kept_as_a_formula {
    use super::*;

    #[test]
    fn is_the_text_within_before_anything_else_reads_it() {
        let rulebook = "
leads: { id: id, fields: { v: {}, n: { type: number }, d: { type: date }, set: { split: \";\" } } }
tables: { t: { key: k, by: v, fields: { w: {} } } }
events: { web: { lead: lead, type: type, time: time, id: nr } }
dimensions:
  s:
    criteria:
      - { id: a, when: { field: v, is: 007 }, points: 1 }
      - { id: b, when: { field: n, is: 12 }, points: 10 }
      - { id: c, when: { field: d, is: 2026-05-01 }, points: 100 }
      - { id: d, when: { field: set, is: y }, points: 1000 }
      - { id: e, when: { field: w, is: found }, points: 10000 }
      - { id: f, event: e, points: 100000 }";
        let outcome = rules(rulebook)
            .leads("id,\"=\"\"v\"\"\",n,d,set\n=\"001\", =\" 007 \" ,\"=\"\"12\"\"\",=\"2026-05-01\",=\"x; y\"\n")
            .table("t", "k,w\n=\"007\",=\"found\"\n")
            .events("web", "=\"lead\",type,time,nr\n=\"001\",=\"e\",=\"2026-05-01\",=\"1\"\n001,e,2026-05-01,1\n001,e,2026-05-01T10:00:00Z,2\n")
            .run();
        assert_eq!(outcome.column("lead_id"), ["001"], "`lead_id` is the text within");
        assert_eq!(outcome.column("s"), ["211111"]);
        assert_eq!(outcome.fates().repeats, 1);
        assert!(outcome.issues().is_empty(), "{:?}", outcome.issues());
    }

    #[test]
    fn has_doubled_quotes_for_one() {
        assert_eq!(read_as("", &["is: 'say \"x\"'"], &["=\"say \"\"x\"\"\""]), ["1"]);
    }

    #[test]
    fn is_none_where_another_quote_stands_in_it() {
        let conditions = ["is: '=\"a\"b\"'", "is: '=\"a\"&\"b\"'", "is: '=\"\"\"'", "is: '= \"a\"'", "is: =1"];
        let cells = ["=\"a\"b\"", "=\"a\"&\"b\"", "=\"\"\"", "= \"a\"", "=1"];
        assert_eq!(read_as("", &conditions, &cells), ["1", "2", "3", "4", "5"]);
    }

    #[test]
    fn is_missing_where_nothing_or_a_blank_word_is_within() {
        let cells = ["=\"\"", "=\" \u{a0} \"", "=\"Select\"", "=\"x\""];
        let rulebook = "file: { blank: [Select] }
leads: { id: id, fields: { v: {} } }
dimensions: { s: { criteria: [{ id: a, when: { present: [v] }, points: 1 }] } }";
        let rows = cells.iter().enumerate().map(|(at, cell)| format!("{at},{cell}\n")).collect::<Vec<_>>().concat();
        assert_eq!(rules(rulebook).leads(format!("id,v\n{rows}")).run().column("s"), ["0", "0", "0", "1"]);
    }

    #[test]
    fn of_nothing_else_a_row_is_empty() {
        let outcome = rules("leads: { id: id, fields: { v: {} } }").leads("id,v\n=\"\",=\" \"\n1,x\n").run();
        assert_eq!((outcome.counts.leads.n_empty, outcome.rejects()), (1, vec![]));
    }

    #[test]
    fn beyond_the_header_is_an_empty_extra_cell() {
        let leads = "id,v\n1,x,=\"\",=\" \"\n2,x,=\"y\"\n";
        let outcome = rules("leads: { id: id, fields: { v: {} } }").leads(leads).run();
        assert_eq!((outcome.column("lead_id"), outcome.rejects()), (vec!["1"], vec![(3, "ragged_row")]));
        let events = "lead,type,time\n1,e,2026-05-01,=\"\"\n1,e,2026-05-01,=\"x\"\n";
        let source = "events: { web: { lead: lead, type: type, time: time } }";
        let fates = rules(source).leads("id\n1\n").events("web", events).run().fates();
        assert_eq!((fates.counted, fates.rejects), (1, 1));
    }

    #[test]
    fn is_kept_as_it_stands() {
        let outcome =
            rules("leads: { id: id, fields: { v: {} } }").leads("id,v\n=\"1\",=\"07\"\n").keep(&["id", "v"]).run();
        assert!(outcome.csv.ends_with("\"=\"\"1\"\"\",\"=\"\"07\"\"\"\n"), "{}", outcome.csv);
    }
}

#[test]
fn a_path_loses_one_final_slash_where_more_than_that_is_left() {
    let addresses =
        ["https://a.example/pricing/", "/pricing", "https://a.example//", "https://a.example/", "/", "/a//"];
    let rulebook = "
leads: { id: id, fields: { u: { type: url } } }
dimensions:
  s:
    criteria:
      - { id: a, when: { field: u.path, is: /pricing }, points: 1 }
      - { id: b, when: { field: u.path, is: / }, points: 10 }
      - { id: c, when: { field: u.path, is: /a/ }, points: 100 }
      - { id: d, when: { field: u, ends_with: / }, points: 1000 }";
    let rows =
        addresses.iter().enumerate().map(|(at, address)| format!("{at},{address}\n")).collect::<Vec<_>>().concat();
    let outcome = rules(rulebook).leads(format!("id,u\n{rows}")).run();
    assert_eq!(outcome.column("s"), ["1001", "1", "1010", "1010", "1010", "1100"]);
}

mod numbers {
    use super::*;

    #[test]
    fn an_apostrophe_may_group_threes_but_not_beside_another_sign() {
        let cells = ["1'500'000.00", "7\u{2019}000", "1'234,567", "1'23", "1'500\u{2019}000"];
        let conditions = ["is: 1500000", "is: 7000"];
        assert_eq!(read_as("type: number", &conditions, &cells), ["1", "2", "0", "0", "0"]);
        assert_eq!(n_unreadable("type: number", &cells), 3);
        assert_eq!(n_unreadable("type: number, decimal: comma", &["1'234,5", "1'234.567"]), 1);
    }

    #[test]
    fn a_currency_code_may_stand_where_a_sign_may_but_not_beside_one() {
        let good = ["USD 5", "USD5", "5 USD", "5USD"];
        assert_eq!(read_as("type: number", &["is: 5"], &good), ["1"; 4]);
        assert_eq!(read_as("type: number", &["is: -5"], &["-USD 5", "USD -5", "-5 USD"]), ["1"; 3]);
        let bad = ["USD 5 €", "$USD 5", "USD 5%", "USD 5 USD", "usd 5", "XYZ 5", "DEM 5", "USDT 5"];
        assert_eq!(n_unreadable("type: number", &bad), bad.len() as u64);
        assert_eq!(n_unreadable("type: number", &["HRK 5", "ZWL 5", "XCG 5"]), 0, "active in 2020 or since");
    }
}

mod dates {
    use super::*;

    const TEN: &str = "is: \"2026-05-01T10:00:00Z\"";

    #[test]
    fn utc_and_gmt_are_the_offset_zero() {
        let cells =
            ["2026-05-01 10:00:00 UTC", "2026-05-01T10:00gmt", "2026-05-01 10:00 Utc", "2026-05-01 10:00:00.0 GMT"];
        assert_eq!(read_as("type: date", &[TEN], &cells), ["1"; 4]);
        assert_eq!(
            read_as("type: date, format: \"%F %R%z\"", &[TEN], &["2026-05-01 10:00 utc", "2026-05-01 10:00GMT"]),
            ["1"; 2]
        );
        assert_eq!(n_unreadable("type: date", &["2026-05-01 UTC", "2026-05-01 10:00 EST"]), 2);
    }

    #[test]
    fn one_of_them_may_stand_right_before_an_offset() {
        let cells = ["2026-05-01 13:00 GMT+0300", "2026-05-01 07:00UTC-03:00"];
        assert_eq!(read_as("type: date", &[TEN], &cells), ["1"; 2]);
        assert_eq!(read_as("type: date, format: \"%F %R %z\"", &[TEN], &cells[..1]), ["1"]);
        assert_eq!(n_unreadable("type: date", &["2026-05-01 13:00 GMT +0300", "2026-05-01 13:00 UTCGMT"]), 2);
    }

    #[test]
    fn as_text_of_a_format_they_are_an_error_that_names_z() {
        for format in ["%F %T UTC", "%F %Tgmt", "%F %T GMT%z", "utc %F %T", "%FT%TZ", "%FT%T.%fz", "%FT%T.000Z"] {
            let problem = format_problem(format).unwrap_or_else(|| panic!("{format} is not refused"));
            assert!(problem.contains("%z"), "{format}: {problem}");
        }
        for format in ["Z %F %T", "Zeit %F", "%FT%T%z", "%F %T Uhrz", "utcx %F"] {
            assert_eq!(format_problem(format), None, "{format}");
        }
    }

    #[test]
    fn a_weekday_is_read_and_not_held_against_the_date() {
        let format = |format: &str| format!("type: date, format: \"{format}\"");
        let day = ["is: 2026-05-01"];
        for cell in ["Fri, 01 May 2026", "FRIDAY, 01 May 2026", "fri., 01 May 2026", "Monday, 01 May 2026"] {
            assert_eq!(read_as(&format("%a, %d %b %Y"), &day, &[cell]), ["1"], "{cell}");
            assert_eq!(read_as(&format("%A, %d %b %Y"), &day, &[cell]), ["1"], "{cell}");
        }
        assert_eq!(n_unreadable(&format("%a %F"), &["Fryday 2026-05-01", "2026-05-01", "Cuma 2026-05-01"]), 3);
        let turkish = "file: { language: tr }
leads: { id: id, fields: { v: { type: date, format: \"%A %F\" } } }
dimensions: { s: { criteria: [{ id: a, when: { field: v, is: 2026-05-01 }, points: 1 }] } }";
        let outcome = rules(turkish).leads("id,v\n1,CUMA 2026-05-01\n2,Friday 2026-05-01\n3,Cum. 2026-05-01\n").run();
        assert_eq!(outcome.column("s"), ["1", "1", "1"]);
    }

    #[test]
    fn am_and_pm_may_have_full_stops_and_blanks() {
        let cells = [
            "10:00 a.m. 2026-05-01",
            "10:00 A. M. 2026-05-01",
            "10:00\u{a0}a\u{202f}m 2026-05-01",
            "10:00 AM 2026-05-01",
        ];
        let field = "type: date, format: \"%I:%M %p %F\"";
        assert_eq!(read_as(field, &[TEN], &cells), ["1"; 4]);
        assert_eq!(read_as(field, &["is: \"2026-05-01T22:00:00Z\""], &["10:00 p. m. 2026-05-01"]), ["1"]);
        assert_eq!(n_unreadable(field, &["10:00 a-m 2026-05-01", "10:00 am2026-05-01"]), 2);
    }

    #[test]
    fn a_blank_of_a_format_is_one_or_more_of_any_white_space() {
        let cells = ["01.05.2026 10:00", "01.05.2026   10:00", "01.05.2026\u{a0}10:00", "01.05.2026\t\u{2003}10:00"];
        assert_eq!(read_as("type: date, format: \"%d.%m.%Y %H:%M\"", &[TEN], &cells), ["1"; 4]);
        assert_eq!(n_unreadable("type: date, format: \"%d.%m.%Y %H:%M\"", &["01.05.202610:00"]), 1);
    }
}

#[test]
fn split_json_is_no_separator_any_more() {
    let cells = ["[\"ajsonb\"]", "ajsonb"];
    assert_eq!(read_as("split: json", &["is: ajsonb", "is: a"], &cells), ["1", "0"]);
    assert_eq!(n_unreadable("split: json", &cells), 1);
}

#[test]
fn a_split_date_or_number_is_an_error() {
    for kind in ["date", "number", "boolean", "url", "range"] {
        for split in ["\";\"", "json"] {
            let rulebook = format!("leads: {{ id: id, fields: {{ v: {{ type: {kind}, split: {split} }} }} }}");
            assert!(!rules(&rulebook).problems().is_empty(), "{kind} {split}");
        }
    }
}

#[test]
fn durations_may_be_in_seconds() {
    let rulebook = "
events: { web: { lead: lead, type: type, time: time } }
dimensions: { s: { criteria: [{ id: a, event: e, within: 15s, points: 1 }] } }";
    let events = "lead,type,time\n1,e,2026-06-01T11:59:46Z\n1,e,2026-06-01T11:59:45Z\n";
    let outcome = rules(rulebook).leads("id\n1\n").events("web", events).as_of("2026-06-01T12:00:00Z").run();
    assert_eq!(outcome.column("s"), ["1"]);
}

#[test]
fn a_segment_goes_by_its_most_frequent_spelling_and_of_equal_ones_by_the_first_in_byte_order() {
    let rulebook = "
leads: { id: id, fields: { c: {}, at: { type: date } } }
stages: [{ name: Lead, entered: at }, { name: Won, entered: at }]
funnel: { paths: { all: [Lead, Won] }, by: [c] }";
    let cells = ["TÜRKİYE", "türkiye", "Türkiye", "türkiye", "germany", "Germany", "GERMANY", "Germany", "germany"];
    let rows: Vec<String> = cells.iter().enumerate().map(|(at, cell)| format!("{at},{cell},2026-06-01\n")).collect();
    let report = rules(rulebook).leads(format!("id,c,at\n{}", rows.concat())).score(&[]).file("out/report.md");
    let report = report.expect("it is written");
    assert!(report.contains("türkiye") && report.contains("Germany"), "{report}");
    for other in ["TÜRKİYE", "Türkiye", "GERMANY", "germany"] {
        assert!(!report.contains(other), "{other}: {report}");
    }
}
