//! Fields of new types: JSON lists, split addresses, phone numbers, ranges, amounts of one currency.

use crate::world::{World, rules};

/// Leads with a column `v` of these cells and the numbers of their rows as ids; `criteria` in a dimension `s`.
fn leads(field: &str, criteria: &str, cells: &[&str]) -> World {
    let rulebook = format!(
        "leads: {{ id: id, fields: {{ v: {{ {field} }} }} }}\ndimensions: {{ s: {{ criteria: [{criteria}] }} }}"
    );
    let row = |(at, cell): (usize, &&str)| format!("{at},\"{}\"\n", cell.replace('"', "\"\""));
    let rows: Vec<String> = cells.iter().enumerate().map(row).collect();
    rules(&rulebook).leads(format!("id,v\n{}", rows.concat()))
}

/// What a condition gives for cells: 1 where it is true, 0 where it is false, -1 where it is unknown.
fn truths(field: &str, condition: &str, cells: &[&str]) -> Vec<String> {
    let criterion = format!("{{ id: a, when: {{ {condition} }}, points: 1, unknown: -1 }}");
    leads(field, &criterion, cells).run().column("s").into_iter().map(str::to_owned).collect()
}

fn n_unreadable(field: &str, cells: &[&str]) -> u64 {
    let outcome = leads(field, "{ id: a, when: { present: [v] }, points: 1 }", cells).run();
    outcome.issues().iter().map(|(_, n)| n).sum()
}

/// The findings on a rulebook with this field and condition.
fn problems(field: &str, condition: &str) -> String {
    let criterion = format!("{{ id: a, when: {{ {condition} }}, points: 1 }}");
    format!("{:?}", leads(field, &criterion, &[]).problems())
}

mod json {
    use super::*;

    #[test]
    fn is_an_array_of_strings_numbers_and_booleans() {
        let cells = ["[\"north\", \" south \"]", "[12, 1.50, true]", "[\"\\u0130stanbul\\\"\"]"];
        for (value, truths_of) in [
            ("north", ["1", "0", "0"]),
            ("south", ["1", "0", "0"]),
            ("'12'", ["0", "1", "0"]),
            ("'1.50'", ["0", "1", "0"]),
            ("'true'", ["0", "1", "0"]),
            ("'istanbul\"'", ["0", "0", "1"]),
        ] {
            assert_eq!(truths("split: json", &format!("field: v, is: {value}"), &cells), truths_of, "{value}");
        }
        assert_eq!(truths("split: json", "field: v, is: nor", &cells), ["0"; 3], "an entry is whole");
    }

    #[test]
    fn leaves_null_out_and_an_empty_one_is_missing() {
        assert_eq!(
            truths("split: json", "field: v, is: a", &["[null, \"a\"]", "[null]", "[]", "[ ]", "[\" \"]"]),
            ["1", "-1", "-1", "-1", "-1"]
        );
        assert_eq!(n_unreadable("split: json", &["[null]", "[]", "[\"\"]"]), 0);
    }

    #[test]
    fn anything_else_is_a_cell_issue() {
        let cells = ["north", "\"north\"", "12", "{\"a\": 1}", "[[1]]", "[{}]", "[\"a\"", "[\"a\"] b", "['a']"];
        assert_eq!(n_unreadable("split: json", &cells), cells.len() as u64);
        assert_eq!(truths("split: json", "field: v, is: north", &cells), ["-1"; 9]);
    }
}

mod split_addresses {
    use super::*;

    #[test]
    fn a_part_that_its_type_cannot_read_is_left_out_and_counted() {
        let field = "type: email, split: \";\"";
        let cells = ["a@x.example; nobody; b@y.example", "nobody", "nobody; no one"];
        assert_eq!(truths(field, "field: v, is: b@y.example", &cells), ["1", "-1", "-1"], "none left: missing");
        assert_eq!(n_unreadable(field, &cells), 3, "a cell counts once");
        let phones = "type: phone, country: TR, split: \"/\"";
        assert_eq!(
            truths(phones, "field: v, is: '05320000002'", &["0532 000 00 01 / many / +90 532 000 00 02"]),
            ["1"]
        );
        assert_eq!(n_unreadable(phones, &["0532 000 00 01 / many", "0532 000 00 01"]), 1);
    }

    #[test]
    fn local_and_domain_hold_if_they_do_for_one_part() {
        let field = "type: email, split: \";\"";
        let cells = ["ann@x.example; ben@y.example", "ann@y.example", ""];
        assert_eq!(truths(field, "field: v.domain, is: Y.example", &cells), ["1", "1", "-1"]);
        assert_eq!(truths(field, "field: v.local, in: [ben]", &cells), ["1", "0", "-1"]);
        assert_eq!(
            truths(field, "field: v.domain, is_not: y.example", &cells),
            ["0", "0", "-1"],
            "the negation of `is`"
        );
        assert_eq!(truths(field, "field: v.domain, ends_with: .example", &cells), ["1", "1", "-1"]);
    }

    #[test]
    fn parts_keep_the_order_of_the_cell() {
        let criterion = "{ id: a, field: v, values: { b@x.example: 1, a@x.example: 2 } }";
        let world = leads(
            "type: email, split: json",
            criterion,
            &["[\"a@x.example\", \"b@x.example\"]", "[\"c@x.example\", \"b@x.example\"]"],
        );
        assert_eq!(world.run().column("s"), ["2", "1"], "`values` takes the first that has an entry");
    }
}

mod phone {
    use super::*;

    const SPELLINGS: [&str; 5] =
        ["+90 532 000 00 01", "00905320000001", "(0532) 000-0001", "532 000 00 01", "0532 000 00 01 ext. 7"];

    #[test]
    fn every_spelling_is_one_number_and_an_extension_is_dropped() {
        assert_eq!(truths("type: phone, country: TR", "field: v, is: +90 532 0000001", &SPELLINGS), ["1"; 5]);
    }

    #[test]
    fn it_is_shown_in_the_international_form() {
        let rulebook = "
leads: { id: id, fields: { v: { type: phone, country: TR } } }
dimensions: { s: { criteria: [{ id: a, when: { field: v, starts_with: '+90' }, points: 1 }] } }
export: { columns: { Id: lead_id, Phone: v }, only: all }";
        let ended = rules(rulebook).leads("id,v\n1,(0532) 000-0001\n2,many\n").score(&[]);
        assert_eq!(
            ended.file("out/crm.csv").as_deref(),
            Some("Id,Phone\n1,+905320000001\n2,many\n"),
            "what is none stays"
        );
        let explained = rules(rulebook).leads("id,v\n1,(0532) 000-0001\n").command(&[
            "explain",
            "rulebook.yaml",
            "1",
            "--leads",
            "leads-1.csv",
        ]);
        assert!(explained.stdout.contains("v starts with +90 (+905320000001)"), "{}", explained.stdout);
    }

    #[test]
    fn text_operators_see_the_international_form() {
        assert_eq!(truths("type: phone, country: TR", "field: v, starts_with: '+90532'", &SPELLINGS), ["1"; 5]);
        assert_eq!(truths("type: phone, country: TR", "field: v, contains: '('", &SPELLINGS), ["0"; 5]);
    }

    #[test]
    fn the_country_is_for_numbers_without_an_international_prefix() {
        let cells = ["0532 000 00 01", "+90 532 000 00 01", "+44 20 7946 0018"];
        assert_eq!(n_unreadable("type: phone", &cells), 1);
        assert_eq!(truths("type: phone, country: TR", "field: v, is: +44 2079460018", &cells), ["0", "0", "1"]);
        for country in ["tr", "TUR", "UK", "ZZ"] {
            let found = problems(&format!("type: phone, country: {country}"), "present: [v]");
            assert!(found.contains("country"), "{country}: {found}");
        }
    }

    #[test]
    fn the_country_may_stand_under_file() {
        let rulebook = |general: &str, own: &str, field: &str| {
            format!(
                "file: {{ {general} }}
leads: {{ id: id, file: {{ {own} }}, fields: {{ v: {{ type: phone {field} }} }} }}
dimensions: {{ s: {{ criteria: [{{ id: a, when: {{ field: v, starts_with: '+90' }}, points: 1 }}] }} }}"
            )
        };
        for (general, own, field, points) in [
            ("country: TR", "", "", "1"),
            ("", "country: TR", "", "1"),
            ("country: DE", "country: TR", "", "1"),
            ("country: TR", "country: DE", "", "0"),
            ("country: DE", "", ", country: TR", "1"),
        ] {
            let outcome = rules(&rulebook(general, own, field)).leads("id,v\n1,0532 000 00 01\n").run();
            assert_eq!(outcome.column("s"), [points], "{general} {own} {field}");
        }
    }

    #[test]
    fn what_is_no_possible_full_number_is_a_cell_issue() {
        let cells = ["many", "12345", "+90 532", "+999 532 000 00 01", "0532 000 00 01 00 00"];
        assert_eq!(n_unreadable("type: phone, country: TR", &cells), 5);
        assert_eq!(n_unreadable("type: phone, country: US", &["253-0000"]), 1, "possible only within its area");
    }

    #[test]
    fn values_of_the_rulebook_are_read_likewise_and_unreadable_ones_are_an_error() {
        let field = "type: phone, country: TR";
        for condition in ["is: 0532 000 0001", "in: [905320000001, '+90 (532) 000 00 01']", "in: { list: known }"] {
            let list = "lists: { known: ['0 532 000 00 01'] }";
            let criterion = format!("{{ id: a, when: {{ field: v, {condition} }}, points: 1 }}");
            let mut world = leads(field, &criterion, &SPELLINGS);
            world.rulebook.push_str(list);
            assert_eq!(world.run().column("s"), ["1"; 5], "{condition}");
        }
        assert_eq!(truths(field, "field: v, is_not: 0532 000 0001", &SPELLINGS), ["0"; 5]);
        assert_eq!(truths(field, "field: v, not_in: [0532 000 0001]", &SPELLINGS), ["0"; 5]);
        let values = leads(field, "{ id: a, field: v, values: { 0532 000 00 01: 3 } }", &SPELLINGS);
        assert_eq!(values.run().column("s"), ["3"; 5]);
        for condition in ["field: v, is: many", "field: v, in: [0532 000 00 01, '123']"] {
            assert!(problems(field, condition).contains("not a full phone number"), "{condition}");
        }
        let wrong = leads(field, "{ id: a, field: v, values: { many: 3 } }", &[]);
        assert!(format!("{:?}", wrong.problems()).contains("not a full phone number"));
        assert!(
            problems("type: phone", "field: v, is: 0532 000 00 01").contains("not a full phone number"),
            "of which country?"
        );
    }

    #[test]
    fn two_spellings_of_one_number_are_one_key_of_values() {
        let twice = leads(
            "type: phone, country: TR",
            "{ id: a, field: v, values: { 05320000001: 3, '+905320000001': 4 } }",
            &[],
        );
        assert!(!twice.problems().is_empty());
    }

    #[test]
    fn by_reads_the_keys_cell_likewise() {
        let rulebook = "
leads: { id: id, fields: { v: { type: phone, country: TR } } }
tables: { t: { key: k, by: v, fields: { w: {} } } }
events: { calls: { lead: { column: who, by: v }, type: type, time: time } }
dimensions: { s: { criteria: [{ id: a, when: { field: w, is: x }, points: 1 }, { id: b, event: call, points: 10 }] } }";
        let outcome = rules(rulebook)
            .leads("id,v\n1,+90 532 000 00 01\n2,many\n3,\n")
            .table("t", "k,w\n0532 000 00 01,x\nmany,x\n")
            .events("calls", "who,type,time\n(0532) 000-0001,call,2026-06-01\n905320000001,call,2026-06-01\nmany,call,2026-06-01\n,call,2026-06-01\n")
            .run();
        assert_eq!(outcome.column("s"), ["21", "0", "0"]);
        assert_eq!(outcome.fates().orphans, 2, "what is no number names nobody");
        let again = "k,w\n0532 000 00 01,x\n+905320000001,y\n";
        let rejects =
            rules(rulebook).leads("id,v\n1,05320000001\n").table("t", again).events("calls", "who,type,time\n").run();
        assert_eq!(rejects.rejects(), [(3, "repeated_id")], "one number is one key");
    }

    #[test]
    fn the_release_of_the_metadata_is_named() {
        let ended = rules("").leads("id\n1\n").command(&["--version", "-v"]);
        assert_eq!(ended.code, Some(0));
        assert!(ended.stdout.contains(leadscore::PHONE_METADATA), "{}", ended.stdout);
    }
}

mod range {
    use super::*;

    #[test]
    fn is_a_number_or_one_of_these_forms() {
        for (cell, low, high) in [
            ("201-500", "201", Some("500")),
            ("201 – 500", "201", Some("500")),
            ("201\u{2212}500", "201", Some("500")),
            ("1,001 to 5,000", "1001", Some("5000")),
            ("-5--3", "-5", Some("-3")),
            ("10,001+", "10001", None),
            (">500", "500", None),
            (">= 500", "500", None),
            ("≥500", "500", None),
            ("<50", "0", Some("50")),
            ("<= 50", "0", Some("50")),
            ("≤50", "0", Some("50")),
            ("12", "12", Some("12")),
        ] {
            assert_eq!(truths("type: range", &format!("field: v, is: {low}"), &[cell]), ["1"], "{cell} is its low end");
            assert_eq!(truths("type: range", &format!("field: v.low, is: {low}"), &[cell]), ["1"], "{cell}");
            let (condition, truth) = match high {
                Some(high) => (format!("field: v.high, is: {high}"), "1"),
                None => ("field: v.high, gte: 0".to_owned(), "-1"),
            };
            assert_eq!(truths("type: range", &condition, &[cell]), [truth], "{cell}: missing where open");
        }
    }

    #[test]
    fn any_dash_or_to_stands_between_the_ends_with_blanks_around_it() {
        let dashes = ['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}'];
        for dash in dashes {
            let cells = [format!("5{dash}10"), format!("5 {dash}\u{a0}10")];
            let cells = [cells[0].as_str(), cells[1].as_str(), "5 to 10"];
            assert_eq!(truths("type: range", "field: v.low, is: 5", &cells), ["1"; 3], "U+{:04X}", u32::from(dash));
            assert_eq!(truths("type: range", "field: v.high, is: 10", &cells), ["1"; 3], "U+{:04X}", u32::from(dash));
        }
        assert_eq!(n_unreadable("type: range", &["5to10", "5 ~ 10", "5/10", "5 bis 10", "5\u{2016}10"]), 5);
    }

    #[test]
    fn the_first_dash_that_leaves_a_number_on_both_sides_parts_the_ends() {
        let cells = ["-5-10", "-10 - -5", "-7"];
        assert_eq!(truths("type: range", "field: v.low, is: -5", &cells), ["1", "0", "0"]);
        assert_eq!(truths("type: range", "field: v.high, in: [10, -5, -7]", &cells), ["1"; 3]);
        assert_eq!(n_unreadable("type: range", &["5--3", "-5 - -7"]), 2, "its high end is below its low one");
    }

    #[test]
    fn a_high_end_below_the_low_one_and_anything_else_is_a_cell_issue() {
        let cells = ["500-201", "201-500 employees", "about 50", "50-", "<-5", "1-2-3"];
        assert_eq!(n_unreadable("type: range", &cells), cells.len() as u64);
    }

    #[test]
    fn decimals_are_those_of_the_file() {
        assert_eq!(truths("type: range, decimal: comma", "field: v.high, is: 1500.5", &["1.000-1.500,5"]), ["1"]);
    }

    #[test]
    fn tiers_values_and_measures_take_it_as_its_low_end() {
        let tiers = "{ id: a, field: v, tiers: [{ gte: 1000, points: 3 }, { gte: 200, points: 2 }], otherwise: 1, unknown: -1 }";
        assert_eq!(
            leads("type: range", tiers, &["201-500", "10,001+", "2-10", ""]).run().column("s"),
            ["2", "3", "1", "-1"]
        );
        let values = "{ id: a, field: v, values: { 201: 5 }, otherwise: 1 }";
        assert_eq!(leads("type: range", values, &["201-500", "500"]).run().column("s"), ["5", "1"]);
        let rulebook = "
leads: { id: id }
events: { web: { lead: id, type: type, time: time, fields: { v: { type: range } } } }
dimensions:
  s:
    criteria:
      - { id: a, when: { event: e, measure: { sum: v }, is: 211 }, points: 1 }
      - { id: b, when: { event: e, measure: { max: v }, is: 201 }, points: 10 }
      - { id: c, when: { event: e, measure: { max: v.high }, is: 500 }, points: 100 }
      - { id: d, event: e, where: { field: v.low, lt: 100 }, points: 1000 }";
        let events = "id,type,time,v\n1,e,2026-06-01,201-500\n1,e,2026-06-01,10+\n";
        assert_eq!(rules(rulebook).leads("id\n1\n").events("web", events).run().column("s"), ["1111"]);
    }
}

mod currency {
    use super::*;

    #[test]
    fn a_cell_of_another_currency_or_with_a_percent_sign_is_a_cell_issue() {
        let good = ["5", "$5", "USD 5", "-$5", "5 USD", "＄5"];
        assert_eq!(n_unreadable("type: number, currency: USD", &good), 0);
        let bad = ["€5", "EUR 5", "5 TRY", "5%", "₺5"];
        assert_eq!(n_unreadable("type: number, currency: USD", &bad), bad.len() as u64);
        assert_eq!(n_unreadable("type: number", &bad), 0, "without `currency` any sign is dropped");
    }

    #[test]
    fn a_sign_must_be_one_of_that_currency() {
        for (currency, sign, n) in [
            ("CAD", "$", 0),
            ("TRY", "₺", 0),
            ("GBP", "£", 0),
            ("JPY", "¥", 0),
            ("CNY", "¥", 0),
            ("EUR", "€", 0),
            ("EUR", "£", 1),
            ("INR", "₹", 0),
            ("EUR", "¥", 1),
            ("TRY", "$", 1),
        ] {
            let field = format!("type: number, currency: {currency}");
            assert_eq!(n_unreadable(&field, &[&format!("{sign}5")]), n, "{currency} {sign}");
        }
    }

    #[test]
    fn it_is_a_code_and_stands_on_a_number() {
        for field in [
            "type: number, currency: usd",
            "type: number, currency: DEM",
            "type: number, currency: $",
            "type: text, currency: USD",
            "type: range, currency: USD",
        ] {
            assert!(problems(field, "present: [v]").contains("currency"), "{field}");
        }
    }

    /// Deals in two columns of amounts, of which one is added up.
    fn deals(field: &str, amounts: [&str; 2]) -> World {
        let rulebook = format!(
            "events: {{ deals: {{ lead: lead, type: type, time: time, fields: {{ amount: {{ type: number {field} }}, other: {{ type: number }} }} }} }}
dimensions: {{ s: {{ criteria: [{{ id: a, when: {{ event: won, measure: {{ sum: amount }}, gte: 1 }}, points: 1 }}, {{ id: b, event: won, where: {{ field: other, gte: 1 }}, points: 1 }}] }} }}"
        );
        let [one, two] = amounts;
        let events = format!("lead,type,time,amount,other\n1,won,2026-06-01,{one},$ 5\n1,won,2026-06-01,{two},€ 5\n");
        rules(&rulebook).leads("id\n1\n").events("deals", events)
    }

    #[test]
    fn amounts_behind_a_derived_field_are_looked_at() {
        let rulebook = "
events: { deals: { lead: lead, type: type, time: time, fields: { net: { from: amount, minus: rebate }, amount: { type: number }, rebate: { type: number } } } }
dimensions: { s: { criteria: [{ id: a, when: { event: won, measure: { sum: net }, gte: 1 }, points: 1 }] } }";
        let events = "lead,type,time,amount,rebate\n1,won,2026-06-01,€ 900,€ 5\n1,won,2026-06-01,$ 900,€ 5\n";
        let ended = rules(rulebook).leads("id\n1\n").events("deals", events).score(&[]);
        assert!(
            ended.stdout.contains("`amount` are in different currencies (`$`, `€`)"),
            "{}{}",
            ended.stdout,
            ended.stderr
        );
        assert!(!ended.stdout.contains("`rebate` are"), "{}", ended.stdout);
    }

    #[test]
    fn a_map_of_a_phone_field_is_read_likewise() {
        let mapped = |values: &str| {
            format!(
                "leads: {{ id: id, fields: {{ v: {{ type: phone, country: TR }}, who: {{ from: v, map: {{ Ann: {values} }}, otherwise: Other }} }} }}
dimensions: {{ s: {{ criteria: [{{ id: a, when: {{ field: who, is: Ann }}, points: 1 }}] }} }}"
            )
        };
        let leads = "id,v\n1,+90 532 000 00 01\n2,0532 000 00 02\n3,0532 000 00 03\n";
        let outcome = rules(&mapped("[0532 000 0001, '+90 532 000 0002']")).leads(leads).run();
        assert_eq!(outcome.column("s"), ["1", "1", "0"]);
        assert!(format!("{:?}", rules(&mapped("many")).problems()).contains("not a full phone number"));
    }

    #[test]
    fn so_do_points_from_a_field_and_what_a_customer_is_worth() {
        let points = "
events: { deals: { lead: lead, type: type, time: time, fields: { amount: { type: number } } } }
dimensions: { s: { criteria: [{ id: a, event: won, points: { field: amount }, cap: 9 }] } }";
        let events = "lead,type,time,amount\n1,won,2026-06-01,€ 900\n1,won,2026-06-01,USD 900\n";
        let ended = rules(points).leads("id\n1\n").events("deals", events).score(&[]);
        assert!(ended.stdout.contains("`amount` are in different currencies (`€`, `USD`)"), "{}", ended.stdout);
        let worth = "
leads: { id: id, fields: { worth: { type: number }, at: { type: date } } }
stages: [{ name: Lead }, { name: Won, entered: at }]
value: { ltv: { field: worth } }";
        let leads = "id,worth,at\n1,£ 5,2026-06-01\n2,£5,2026-06-01\n3,₺ 5,\n";
        let ended = rules(worth).leads(leads).score(&[]);
        assert!(
            ended.stdout.contains("`worth` are in different currencies (`£`, `₺`)"),
            "{}{}",
            ended.stdout,
            ended.stderr
        );
    }

    #[test]
    fn amounts_of_two_currencies_that_are_added_up_give_one_warning() {
        let ended = deals("", ["€ 900", "₺ 900"]).score(&[]);
        assert_eq!(ended.stdout.matches("in different currencies").count(), 1, "{}", ended.stdout);
        assert!(ended.stdout.contains("`amount`") && ended.stdout.contains("`€`, `₺`"), "{}", ended.stdout);
        for (path, words) in [("out/report.md", "in different currencies"), ("out/report.json", "\"mixed_currencies\"")]
        {
            let file = ended.file(path).unwrap_or_default();
            assert!(file.contains(words), "{path}: {file}");
        }
        for (field, amounts) in [("", ["€ 900", "€ 1"]), ("", ["€ 900", "5"]), (", currency: EUR", ["€ 900", "₺ 900"])]
        {
            let ended = deals(field, amounts).score(&[]);
            assert!(!ended.stdout.contains("different currencies"), "{field} {amounts:?}: {}", ended.stdout);
        }
    }
}
