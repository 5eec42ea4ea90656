//! Derived fields: what each form makes of the other fields of a row, and where they may stand.

use crate::world::{World, rules};

/// The `crm.csv` of a world whose rulebook exports what a test looks at, without its header.
fn exported(world: &World) -> Vec<String> {
    let ended = world.score(&["--quiet"]);
    let crm = ended.file("out/crm.csv").unwrap_or_else(|| panic!("nothing was exported: {}", ended.stderr));
    crm.lines().skip(1).map(str::to_owned).collect()
}

/// What a field named `x` holds for each row of these leads; `fields` are beside the id.
fn of_leads(fields: &str, csv: &str) -> Vec<String> {
    let rulebook = format!(
        "leads: {{ id: id, fields: {{ {fields} }} }}\nexport: {{ only: all, columns: {{ Id: lead_id, X: x }} }}"
    );
    let rows = exported(&rules(&rulebook).leads(csv));
    rows.iter().map(|row| row.split_once(',').expect("it has two cells").1.trim_matches('"').to_owned()).collect()
}

/// The messages about a rulebook, with labels and help.
fn problems(rulebook: &str) -> String {
    format!("{:?}", rules(rulebook).problems()).trim_matches(['[', ']']).to_owned()
}

fn problems_of_fields(fields: &str) -> String {
    problems(&format!("leads: {{ id: id, fields: {{ {fields} }} }}"))
}

// ------------------------------------------------------------------------------------------------- map

#[test]
fn a_map_compares_texts_folded_and_a_new_text_stands_for_itself() {
    let fields = "raw: {}, x: { from: raw, map: { Türkiye: [Turkey, TR], Germany: [Deutschland, DE], Austria: AT } }";
    let csv = "id,raw\n1,TURKEY\n2,tr\n3,türkiye\n4,GERMANY\n5,at\n6,France\n7,\n";
    let got = of_leads(fields, csv);
    assert_eq!(got, ["Türkiye", "Türkiye", "Türkiye", "Germany", "Austria", "France", ""]);
}

#[test]
fn a_new_text_that_another_entry_lists_reads_as_that_entry() {
    let fields = "raw: {}, x: { from: raw, map: { A: [B, c], B: [A, d] } }";
    assert_eq!(of_leads(fields, "id,raw\n1,a\n2,b\n3,c\n4,d\n"), ["B", "A", "A", "B"]);
}

#[test]
fn other_texts_have_otherwise_and_no_text_has_unknown() {
    let fields = "raw: {}, x: { from: raw, map: { Inbound: [Organic, Direct] }, otherwise: Other, unknown: None }";
    assert_eq!(of_leads(fields, "id,raw\n1,organic\n2,Ads\n3,\n"), ["Inbound", "Other", "None"]);
    let fields = "raw: {}, x: { from: raw, map: { Inbound: [Organic, Direct] }, otherwise: Other }";
    assert_eq!(of_leads(fields, "id,raw\n1,Ads\n2,\n"), ["Other", ""], "no text is missing");
}

#[test]
fn no_text_is_listed_twice() {
    let told = problems_of_fields("raw: {}, x: { from: raw, map: { A: [b, c], D: [B] } }");
    assert!(told.contains("`B` and `b` are the same text, because capitals do not matter"), "{told}");
    let told = problems_of_fields("raw: {}, x: { from: raw, map: { A: b, a: c } }");
    assert!(told.contains("`a` and `A` are the same text"), "{told}");
    assert_eq!(problems_of_fields("raw: {}, x: { from: raw, map: { A: [a, b] } }"), "", "its own text may be listed");
}

#[test]
fn of_a_split_field_the_first_part_that_has_an_entry_counts() {
    let fields = "raw: { split: \";\" }, x: { from: raw, map: { One: [a], Two: [b] } }";
    let csv = "id,raw\n1,z;b;a\n2,a;b\n3,y;z\n4,;\n";
    assert_eq!(of_leads(fields, csv), ["Two", "One", "y", ""], "without an entry its first part");
    let fields = "raw: { split: \";\" }, x: { from: raw, map: { One: [a] }, otherwise: Other }";
    assert_eq!(of_leads(fields, "id,raw\n1,y;z\n"), ["Other"]);
}

#[test]
fn a_map_reads_parts_of_fields_also_of_split_ones() {
    let fields = "mail: { type: email }, x: { from: mail.domain, map: { Ours: [a.example], Free: [b.example] } }";
    let csv = "id,mail\n1,x@A.example\n2,x@b.example\n3,x@c.example\n4,none\n";
    assert_eq!(of_leads(fields, csv), ["Ours", "Free", "c.example", ""]);
    let fields =
        "mail: { type: email, split: \";\" }, x: { from: mail.domain, map: { Ours: [a.example], Free: [b.example] } }";
    let csv = "id,mail\n1,x@c.example; x@b.example\n2,x@c.example; y@d.example\n";
    assert_eq!(of_leads(fields, csv), ["Free", "c.example"]);
    let fields = "page: { type: url }, x: { from: page.path, map: { Prices: [/pricing] }, otherwise: Other }";
    assert_eq!(of_leads(fields, "id,page\n1,https://a.example/Pricing\n2,https://a.example/x\n"), ["Prices", "Other"]);
}

#[test]
fn the_texts_of_a_phone_field_are_read_as_phones() {
    let fields =
        "phone: { type: phone, country: TR }, x: { from: phone, map: { Desk: [0532 000 00 01] }, otherwise: Other }";
    assert_eq!(of_leads(fields, "id,phone\n1,+90 532 000 00 01\n2,0532 000 00 02\n"), ["Desk", "Other"]);
    let told = problems_of_fields("phone: { type: phone, country: TR }, x: { from: phone, map: { Desk: [12] } }");
    assert!(told.contains("`12` is not a full phone number"), "{told}");
}

#[test]
fn numbers_dates_and_booleans_are_compared_as_such_and_the_first_that_fits_counts() {
    let fields = "n: { type: number }, x: { from: n, map: { One: [1, 2], Two: [2.0, 3] } }";
    let csv = "id,n\n1,1.00\n2,2\n3,3\n4,4\n5,\n";
    assert_eq!(of_leads(fields, csv), ["One", "One", "Two", "", ""], "another number is missing, not its text");
    let fields = "d: { type: date }, x: { from: d, map: { Fair: [2026-03-01, 2026-03-02] }, otherwise: Other }";
    let csv = "id,d\n1,2026-03-02 18:00\n2,2026-03-03\n";
    assert_eq!(of_leads(fields, csv), ["Fair", "Other"], "a date of the rulebook is the whole day");
    let fields = "b: { type: boolean }, x: { from: b, map: { Yes: true, No: false }, unknown: Open }";
    assert_eq!(of_leads(fields, "id,b\n1,y\n2,0\n3,\n"), ["Yes", "No", "Open"]);
    let told = problems_of_fields("n: { type: number }, x: { from: n, map: { One: [one] } }");
    assert!(told.contains("`one` is not a number"), "{told}");
}

#[test]
fn whole_addresses_and_pages_are_compared_folded() {
    let fields = "mail: { type: email }, x: { from: mail, map: { Boss: [ANN@a.example] }, otherwise: Other }";
    assert_eq!(of_leads(fields, "id,mail\n1,ann@A.example\n2,ben@a.example\n"), ["Boss", "Other"]);
    let fields = "page: { type: url }, x: { from: page, map: { Home: [\"https://A.example/\"] }, otherwise: Other }";
    let csv = "id,page\n1,HTTPS://a.example/\n2,https://a.example\n";
    assert_eq!(of_leads(fields, csv), ["Home", "Other"], "the address as it is written");
}

#[test]
fn without_otherwise_a_number_a_date_or_a_boolean_that_is_not_listed_is_missing() {
    let cases = [
        ("number", "1", "2"),
        ("date", "2026-03-01", "2026-03-02"),
        ("boolean", "true", "no"),
        ("range", "1-10", "2-9"),
    ];
    for (kind, listed, other) in cases {
        let fields = format!("raw: {{ type: {kind} }}, x: {{ from: raw, map: {{ A: [{listed}] }} }}");
        assert_eq!(of_leads(&fields, &format!("id,raw\n1,{listed}\n2,{other}\n")), ["A", ""], "{kind}");
    }
}

#[test]
fn ranges_are_compared_by_their_low_end() {
    let fields =
        "size: { type: range }, x: { from: size, map: { Small: [1-10, \"11-50\"], Large: [\"1,001+\", 500] } }";
    let csv = "id,size\n1,1-9\n2,11-60\n3,1001-2000\n4,500\n5,2-10\n";
    assert_eq!(of_leads(fields, csv), ["Small", "Small", "Large", "Large", ""]);
}

// ----------------------------------------------------------------------------------------------- bands

#[test]
fn of_bands_the_first_that_is_true_counts() {
    let fields =
        "n: { type: number }, x: { from: n, bands: [{ gte: 1000, then: Big }, { gte: 50, lt: 900, then: Mid }] }";
    let csv = "id,n\n1,1000\n2,50\n3,900\n4,49\n5,\n";
    assert_eq!(of_leads(fields, csv), ["Big", "Mid", "", "", ""], "without `otherwise` the rest is missing");
    let fields =
        "n: { type: number }, x: { from: n, bands: [{ gte: 50, then: Big }], otherwise: Small, unknown: Open }";
    assert_eq!(of_leads(fields, "id,n\n1,50\n2,49\n3,\n4,many\n"), ["Big", "Small", "Open", "Open"]);
    let fields = "n: { type: number }, x: { from: n, bands: [{ gte: 50, then: Big }], unknown: Open }";
    assert_eq!(of_leads(fields, "id,n\n1,50\n2,49\n3,\n"), ["Big", "", "Open"], "`unknown` is not for the rest");
}

#[test]
fn bands_of_ranges_dates_and_texts() {
    let fields = "size: { type: range }, x: { from: size, bands: [{ gte: 201, then: Big }], otherwise: Small }";
    assert_eq!(of_leads(fields, "id,size\n1,201-500\n2,51-200\n"), ["Big", "Small"]);
    let fields = "size: { type: range }, x: { from: size.high, bands: [{ gte: 200, then: Big }], otherwise: Small, unknown: Open }";
    assert_eq!(of_leads(fields, "id,size\n1,51-200\n2,1-50\n3,5000+\n"), ["Big", "Small", "Open"]);
    let fields = "d: { type: date }, x: { from: d, bands: [{ within: 30d, then: New }], otherwise: Old }";
    assert_eq!(of_leads(fields, "id,d\n1,2026-06-20\n2,2026-05-20\n"), ["New", "Old"]);
    let fields = "t: {}, x: { from: t, bands: [{ has_word: [head, vp], then: Lead }], otherwise: Other }";
    assert_eq!(of_leads(fields, "id,t\n1,Head of Sales\n2,Clerk\n"), ["Lead", "Other"]);
}

#[test]
fn the_right_side_of_a_band_is_a_value_or_a_field_of_the_same_rows() {
    let fields = "n: { type: number }, before: { type: number },
        x: { from: n, bands: [{ gt: { field: before, times: 2 }, then: Doubled }, { gt: { field: before }, then: Grown }], otherwise: Not, unknown: Open }";
    let csv = "id,n,before\n1,5,2\n2,4,2\n3,2,2\n4,4,\n";
    assert_eq!(of_leads(fields, csv), ["Doubled", "Grown", "Not", "Open"]);
    let told = problems(
        "leads: { id: id, fields: { n: { type: number }, x: { from: n, bands: [{ gt: { event: e }, then: A }] } } }",
    );
    assert!(!told.is_empty(), "an event measure is of no row");
}

// ---------------------------------------------------------------------------- first_of, earliest, latest

#[test]
fn first_of_takes_the_first_that_is_present() {
    let fields = "a: {}, b: {}, x: { first_of: [a, b] }";
    assert_eq!(of_leads(fields, "id,a,b\n1,one,two\n2,,two\n3,,\n"), ["one", "two", ""]);
    let fields = "a: { split: \";\" }, b: { split: \";\" }, x: { first_of: [a, b] }";
    assert_eq!(of_leads(fields, "id,a,b\n1,;,p;q\n"), ["p; q"]);
    let fields = "a: { type: range }, b: { type: range }, x: { first_of: [a, b] }";
    assert_eq!(of_leads(fields, "id,a,b\n1,,5-10\n"), ["5-10"]);
}

#[test]
fn the_fields_of_first_of_are_all_of_one_type() {
    let told = problems_of_fields("a: {}, b: { type: number }, x: { first_of: [a, b] }");
    assert!(told.contains("all fields of `first_of` must have the same type"), "{told}");
    let told = problems_of_fields("a: { type: number }, b: { type: range }, x: { first_of: [a, b] }");
    assert!(told.contains("all fields of `first_of` must have the same type"), "{told}");
    let fields = "a: { type: number }, b: { type: range }, x: { first_of: [a, b.low] }, y: { first_of: [a, b.high] }";
    assert_eq!(of_leads(fields, "id,a,b\n1,3,5-10\n2,,5-10\n"), ["3", "5"], "the low end is a number");
    let told = problems_of_fields("a: {}, b: { split: \";\" }, x: { first_of: [a, b] }");
    assert!(told.contains("all fields of `first_of` must have the same type"), "{told}");
}

#[test]
fn earliest_and_latest_are_of_those_dates_that_are_present() {
    for (end, wanted) in [("earliest", "2026-02-01"), ("latest", "2026-03-01")] {
        let fields = format!("a: {{ type: date }}, b: {{ type: date }}, x: {{ {end}: [a, b] }}");
        let got = of_leads(&fields, "id,a,b\n1,2026-03-01,2026-02-01\n2,,2026-04-01\n3,,\n");
        assert_eq!(got, [format!("{wanted}T00:00:00Z"), "2026-04-01T00:00:00Z".to_owned(), String::new()]);
    }
    let told = problems_of_fields("a: { type: date }, b: {}, x: { earliest: [a, b] }");
    assert!(told.contains("`earliest` needs a date"), "{told}");
}

// ----------------------------------------------------------------------------------------- minus, sum_of

#[test]
fn minus_and_sum_of_are_missing_where_one_is() {
    let fields = "a: { type: number }, b: { type: number }, x: { from: a, minus: b }";
    assert_eq!(of_leads(fields, "id,a,b\n1,5,7.5\n2,5,\n3,,5\n"), ["-2.5", "", ""]);
    let fields = "a: { type: number }, b: { type: number }, c: { type: number }, x: { sum_of: [a, b, c] }";
    assert_eq!(of_leads(fields, "id,a,b,c\n1,1,2,0.5\n2,1,2,\n"), ["3.5", ""]);
    let fields = "a: { type: range }, b: { type: number }, x: { from: a, minus: b }";
    assert_eq!(of_leads(fields, "id,a,b\n1,10-20,3\n"), ["7"], "a range is its low end");
}

#[test]
fn the_distance_of_two_dates_is_exact_in_days() {
    let fields = "a: { type: date }, b: { type: date }, x: { from: a, minus: b, in: days }";
    let csv = "id,a,b\n1,2026-06-03 12:00,2026-06-01\n2,2026-06-01,2026-06-03\n3,,2026-06-03\n4,2026-06-01 00:00:01,2026-06-01\n";
    assert_eq!(of_leads(fields, csv), ["2.5", "-2", "", "0.000012"]);
    let exact = "
leads: { id: id, fields: { a: { type: date }, b: { type: date }, x: { from: a, minus: b, in: days }, y: { from: b, minus: a, in: days }, z: { sum_of: [x, y] } } }
dimensions: { s: { criteria: [{ id: more, when: { field: x, gt: 0.000011 }, points: 1 }, { id: most, when: { field: x, gte: 0.000012 }, points: 10 }, { id: none, when: { field: z, is: 0 }, points: 100 }] } }";
    let outcome = rules(exact).leads("id,a,b\n1,2026-06-01 00:00:01,2026-06-01\n").run();
    assert_eq!(
        outcome.column("s"),
        ["101"],
        "a second is 0.0000115… of a day: nothing is rounded before it is compared"
    );
}

#[test]
fn days_need_dates_and_numbers_need_no_unit() {
    let dates = "a: { type: date }, b: { type: date }, n: { type: number }";
    let told = problems_of_fields(&format!("{dates}, x: {{ from: a, minus: b }}"));
    assert!(told.contains("write `in: days`"), "{told}");
    let told = problems_of_fields(&format!("{dates}, x: {{ from: a, minus: n, in: days }}"));
    assert!(told.contains("`in: days` needs a date, but this is a number"), "{told}");
    let told = problems_of_fields(&format!("{dates}, x: {{ sum_of: [n, a] }}"));
    assert!(told.contains("`sum_of` needs a number, but this is a date"), "{told}");
}

// ------------------------------------------------------------------------------------ of whom, and where

#[test]
fn they_read_fields_declared_before_or_after_and_one_another() {
    let fields = "x: { from: y, map: { Big: [Large] } }, y: { from: z, bands: [{ gte: 10, then: Large }] }, z: { sum_of: [a, b] },
        a: { type: number }, b: { type: number }";
    assert_eq!(of_leads(fields, "id,a,b\n1,4,6\n2,4,5\n"), ["Big", ""]);
}

#[test]
fn a_circle_is_an_error_that_names_the_way_round() {
    let told = problems_of_fields("a: { first_of: [b] }, b: { first_of: [c, d] }, c: { first_of: [a] }, d: {}");
    assert!(told.contains("depends on itself"), "{told}");
    assert!(told.contains("a → b → c → a"), "{told}");
    assert_eq!(told.matches("LS011").count(), 1, "once: {told}");
    let told = problems_of_fields("a: { first_of: [a] }");
    assert!(told.contains("a → a"), "{told}");
}

#[test]
fn a_table_derives_from_its_own_row_and_leads_from_tables_too() {
    let rulebook = "
leads: { id: id, fields: { account: {}, x: { first_of: [size, region] } } }
tables: { accounts: { key: Id, by: account, fields: { n: { column: N, type: number }, region: Region, size: { from: n, bands: [{ gte: 10, then: Big }], unknown: Open } } } }
export: { only: all, columns: { Id: lead_id, X: x, Y: size } }";
    let world = rules(rulebook)
        .leads("id,account\n1,a\n2,b\n3,c\n4,d\n")
        .table("accounts", "Id,N,Region\na,10,EU\nb,9,US\nc,,AP\n");
    let got = exported(&world);
    assert_eq!(
        got,
        ["1,Big,Big", "2,US,", "3,Open,Open", "4,,"],
        "without a row nothing of the table is there, `unknown` neither"
    );
    // A table's derived field is known by its type, too, wherever it is declared.
    let numbers = "
leads: { id: id, fields: { account: {}, own: { type: number }, x: { sum_of: [own, all] } } }
tables: { accounts: { key: Id, by: account, fields: { all: { sum_of: [n, m] }, n: { type: number }, m: { type: number } } } }
export: { only: all, columns: { Id: lead_id, X: x } }";
    let world = rules(numbers).leads("id,account,own\n1,a,1\n2,b,1\n").table("accounts", "Id,n,m\na,10,100\n");
    assert_eq!(exported(&world), ["1,111", "2,"]);
    let told = problems(
        "
leads: { id: id, fields: { account: {}, own: {} } }
tables: { accounts: { key: Id, by: account, fields: { x: { first_of: [own] } } } }",
    );
    assert!(told.contains("`own` is not a field of the table `accounts`"), "{told}");
}

#[test]
fn a_source_derives_from_its_own_rows() {
    let rulebook = "
leads: { id: id }
events:
  web:
    lead: lead
    type: { always: visit }
    time: time
    fields: { page: { type: url }, seconds: { type: number }, extra: { type: number }, area: { from: page.path, map: { Prices: [/pricing, /plans] }, otherwise: Other }, spent: { sum_of: [seconds, extra] } }
dimensions:
  s:
    criteria:
      - { id: prices, event: visit, where: { field: area, is: Prices }, points: 1 }
      - { id: areas, when: { event: visit, measure: { distinct: area }, gte: 2 }, points: 10 }
      - { id: spent, when: { event: visit, measure: { sum: spent }, gte: 30 }, points: 100 }
      - { id: long, event: visit, where: { field: spent, gt: { field: seconds, times: 2 } }, points: 1000, count: { distinct: area } }";
    let csv = "lead,time,page,seconds,extra\n1,2026-06-01,https://a.example/pricing,5,6\n1,2026-06-01,https://a.example/plans,9,\n1,2026-06-02,https://a.example/x,9,10\n2,2026-06-02,https://a.example/x,9,10\n";
    let outcome = rules(rulebook).leads("id\n1\n2\n").events("web", csv).run();
    assert_eq!(outcome.column("s"), ["2112", "1000"]);
}

#[test]
fn what_a_derived_field_reads_and_a_cell_cannot_say_is_counted_once() {
    let rulebook = "
leads: { id: id, fields: { n: { type: number }, m: { type: number }, x: { sum_of: [n, m] }, y: { from: n, bands: [{ gte: 1, then: A }] } } }
events: { web: { lead: lead, type: { always: v }, time: time, fields: { k: { type: number }, z: { from: k, bands: [{ gte: 1, then: A }] } } } }
dimensions: { s: { criteria: [{ id: a, when: { field: x, gte: 1 }, points: 1 }, { id: b, when: { field: y, is: A }, points: 1 }, { id: c, when: { field: n, gte: 5 }, points: 1 }, { id: d, event: v, where: { field: z, is: A }, points: 1 }, { id: e, event: v, where: { field: k, gte: 1 }, points: 1 }] } }";
    let world = rules(rulebook)
        .leads("id,n,m\n1,many,1\n2,1,few\n")
        .events("web", "lead,time,k\n1,2026-06-01,some\n1,2026-06-01,2\n");
    let mut issues = world.run().issues();
    issues.sort();
    let wanted = [("events web.k", 1), ("leads.m", 1), ("leads.n", 1)].map(|(name, n)| (name.to_owned(), n));
    assert_eq!(issues, wanted);
}

#[test]
fn they_are_used_wherever_a_field_of_their_type_is() {
    let rulebook = "
leads: { id: id, fields: { n: { type: number }, m: { type: number }, a: { type: date }, b: { type: date }, raw: {},
  sum: { sum_of: [n, m] }, due: { latest: [a, b] }, kind: { from: raw, map: { New: [x] } }, age: { from: b, minus: a, in: days } } }
lists: { kinds: [new] }
dimensions:
  s:
    criteria:
      - { id: tiers, field: sum, tiers: [{ gte: { field: age, times: 2 }, points: 1 }] }
      - { id: values, field: kind, values: { new: 10 } }
      - { id: present, when: { present: [sum, due, kind, age] }, points: 100 }
      - { id: gate, only_if: { field: kind, in: { list: kinds } }, when: { field: due, within: 30d }, points: 1000 }
      - { id: right, when: { field: n, lt: { field: sum } }, points: 10000 }
disqualify: [{ reason: bad, when: { field: kind, is: Bad } }]
stages: [{ name: Lead, entered: due }, { name: Won, when: { field: age, lt: 2 }, entered: { when: { field: kind, is: New } } }]
priorities: [{ name: hot, when: { field: sum, gte: 5 } }, { name: cold }]
export: { only: all, columns: { Id: lead_id, Sum: sum, Due: due, Kind: kind, Age: age } }
funnel: { paths: { all: [Lead, Won] }, by: [kind], lost: due, sla: { Lead: { within: 1d, until: due } } }
value: { ltv: { field: sum } }";
    let leads = "id,n,m,a,b,raw\n1,2,3,2026-06-01,2026-06-02,x\n2,1,,2026-01-01,2026-01-05,bad\n";
    let ended = rules(rulebook).leads(leads).score(&[]);
    let rows = ended.scored();
    let column = |name: &str| rows.iter().map(|row| row[name].as_str()).collect::<Vec<_>>();
    assert_eq!(column("s"), ["11111", "0"]);
    assert_eq!(column("disqualified"), ["", "bad"]);
    assert_eq!(column("stage"), ["Won", "Disqualified"]);
    assert_eq!(column("crm_stage"), ["Won", "Lead"]);
    assert_eq!(column("priority"), ["hot", ""]);
    let crm = "Id,Sum,Due,Kind,Age\n1,5,2026-06-02T00:00:00Z,New,1\n2,,2026-01-05T00:00:00Z,bad,4\n";
    assert_eq!(ended.file("out/crm.csv").as_deref(), Some(crm));
    let report = ended.file("out/report.md").expect("it is written");
    assert!(report.contains("| New |") && report.contains("| bad |"), "the segments of `kind`: {report}");
}

#[test]
fn created_is_a_column_or_a_choice_among_columns() {
    let told = |x: &str| {
        problems(&format!(
            "leads: {{ id: id, created: x, fields: {{ d: {{ type: date }}, e: {{ type: date }}, y: {{ earliest: [d] }}, x: {x} }} }}"
        ))
    };
    for choice in ["{ earliest: [d, e] }", "{ latest: [d, e] }", "{ first_of: [d, e] }"] {
        assert_eq!(told(choice), "", "{choice}");
    }
    assert!(told("{ latest: [y, e] }").contains("`created` can't use the derived field `x`"));
}

#[test]
fn where_events_find_their_leads_only_choices_among_columns_may_stand() {
    let with = |x: &str, rest: &str| {
        problems(&format!(
            "leads: {{ id: id, fields: {{ a: {{}}, b: {{}}, d: {{ type: date }}, e: {{ type: date }}, x: {x} }} }}\n{rest}"
        ))
    };
    let by = "events: { web: { lead: { column: k, by: x }, type: type, time: time } }";
    assert_eq!(with("{ first_of: [a, b] }", by), "");
    let told = with("{ from: a, map: { B: c } }", by);
    assert!(told.contains("`by` can't use the derived field `x`"), "{told}");
    assert!(told.contains("`first_of`, `earliest` or `latest`"), "{told}");
    let table = "tables: { t: { key: k, by: x, fields: { v: {} } } }";
    assert_eq!(with("{ first_of: [a, b] }", table), "");
    assert!(with("{ from: a, map: { B: c } }", table).contains("`by` can't use the derived field `x`"));
    let event = "events: { web: { lead: lead, type: type, time: time } }\n";
    let since = format!("{event}dimensions: {{ s: {{ since: x, criteria: [{{ id: v, event: v, points: 1 }}] }} }}");
    assert_eq!(with("{ latest: [d, e] }", &since), "");
    let nested = with("{ latest: [y, e] }, y: { earliest: [d, e] }", &since);
    assert!(nested.contains("`since` can't use the derived field `x`"), "its parts have no column: {nested}");
    let from = format!(
        "{event}dimensions: {{ s: {{ criteria: [{{ id: v, when: {{ event: v, measure: idle_days, from: x, gte: 3 }}, points: 1 }}] }} }}"
    );
    assert_eq!(with("{ latest: [d, e] }", &from), "");
    assert!(with("{ latest: [y, e] }, y: { earliest: [d, e] }", &from).contains("`from` can't use"));
}

#[test]
fn such_choices_work_where_they_may_stand() {
    let rulebook = "
leads: { id: id, created: made, fields: { a: {}, b: {}, d: { type: date }, e: { type: date }, made: { earliest: [d, e] }, key: { first_of: [a, b] }, last: { latest: [d, e] } } }
tables: { t: { key: k, by: key, fields: { v: {} } } }
events: { web: { lead: { column: k, by: key }, type: { always: v }, time: time } }
dimensions:
  s:
    criteria:
      - { id: row, when: { field: v, is: x }, points: 1 }
      - { id: since, event: v, since: last, points: 10 }
      - { id: idle, when: { event: none, measure: idle_days, from: last, gte: 20 }, points: 1000 }";
    let outcome = rules(rulebook)
        .leads("id,a,b,d,e\n1,,p,2026-05-01,2026-06-10\n2,q,p,2026-07-01,2026-08-01\n3,q,,2026-07-01,2026-06-01\n")
        .table("t", "k,v\np,x\nq,x\n")
        .events("web", "k,time\np,2026-06-01\np,2026-06-11\nq,2026-06-11\n")
        .run();
    assert_eq!(outcome.column("lead_id"), ["1", "3"], "lead 2 was made after the instant, whichever date counts");
    assert_eq!(
        outcome.column("s"),
        ["1011", "11"],
        "a date after the instant is not in force, and nobody is idle since then"
    );
}

#[test]
fn newest_and_former_ids_read_choices_among_columns_too() {
    let rulebook = "
leads: { id: id, newest: latest_edit, former_ids: before, fields: { a: { type: date }, b: { type: date }, latest_edit: { latest: [a, b] }, one: {}, two: {}, before: { first_of: [one, two] }, k: {} } }
tables: { t: { key: k, by: k, newest: seen, fields: { c: { type: date }, d: { type: date }, seen: { first_of: [c, d] }, v: {} } } }
events: { web: { lead: lead, type: { always: v }, time: time } }
dimensions: { s: { criteria: [{ id: e, event: v, points: 1 }, { id: v, field: v, values: { old: 10, new: 20 } }, { id: k, when: { field: seen, gte: 2026-04-01 }, points: 100 }] } }";
    let outcome = rules(rulebook)
        .leads("id,a,b,one,two,k\n1,2026-01-01,,x,,p\n1,2026-01-01,2026-02-01,,y,q\n1,2026-01-15,,z,,q\n")
        .table("t", "k,c,d,v\nq,,2026-03-01,old\nq,2026-04-01,,new\nq,2026-03-02,2026-05-01,old\n")
        .events("web", "lead,time\ny,2026-06-01\nx,2026-06-01\n")
        .run();
    assert_eq!(outcome.column("s"), ["121"], "the second row of the lead, found by `y`, and of the table");
    let mapped = "leads: { id: id, former_ids: x, fields: { a: {}, x: { from: a, map: { B: c } } } }";
    assert!(problems(mapped).contains("`former_ids` can't use the derived field `x`"));
    let nested =
        "leads: { id: id, newest: x, fields: { a: { type: date }, y: { earliest: [a] }, x: { earliest: [y] } } }";
    assert!(problems(nested).contains("`newest` can't use the derived field `x`"));
}

#[test]
fn in_missing_stand_the_fields_that_it_reads_and_the_lead_lacks() {
    let missing = |fields: &str, csv: &str| {
        let rulebook = format!(
            "leads: {{ id: id, fields: {{ {fields} }} }}\ndimensions: {{ s: {{ criteria: [{{ id: a, when: {{ present: [x] }}, points: 1 }}] }} }}"
        );
        rules(&rulebook).leads(csv).run().column("missing").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let numbers = "a: { type: number }, b: { type: number }";
    let csv = "id,a,b\n1,,\n2,1,\n3,1,2\n";
    assert_eq!(missing(&format!("x: {{ sum_of: [a, b] }}, {numbers}"), csv), ["a; b", "b", ""]);
    let mapped = format!("x: {{ from: y, bands: [{{ gte: 9, then: Big }}] }}, y: {{ sum_of: [a, b] }}, {numbers}");
    assert_eq!(missing(&mapped, csv), ["a; b", "b", ""], "not `x`, which has no band for 3");
    let choice = format!("x: {{ first_of: [a, b] }}, {numbers}");
    assert_eq!(missing(&choice, csv), ["a; b", "", ""], "of a choice only where it is missing itself");
    let (dates, days) =
        ("a: { type: date }, b: { type: date }", "id,a,b\n1,,\n2,2026-01-01,\n3,2026-01-01,2026-01-02\n");
    for end in ["earliest", "latest"] {
        assert_eq!(missing(&format!("x: {{ {end}: [a, b] }}, {dates}"), days), ["a; b", "", ""], "{end}");
    }
    assert_eq!(missing(&format!("x: {{ from: a, minus: b, in: days }}, {dates}"), days), ["a; b", "b", ""]);
    let unknown = "x: { from: raw, map: { A: b }, unknown: None }, raw: {}";
    assert_eq!(missing(unknown, "id,raw\n1,\n2,z\n"), ["raw", ""], "the field itself is lacking all the same");
}

#[test]
fn a_test_gives_the_fields_that_are_read_and_not_the_derived_one() {
    let rulebook = "
leads: { id: id, fields: { n: { type: number }, x: { from: n, bands: [{ gte: 10, then: Big }], otherwise: Small } } }
dimensions: { s: { criteria: [{ id: a, field: x, values: { Big: 5, Small: 1 } }] } }";
    let world = |lead: &str| {
        let tests = format!(
            "rulebook: rulebook.yaml\nas_of: 2026-06-30\ntests:\n  - {{ name: one, lead: {lead}, expect: {{ total: 5 }} }}\n"
        );
        rules(rulebook).file("one.test.yaml", tests).command(&["test", "one.test.yaml"])
    };
    let good = world("{ n: 12 }");
    assert_eq!(good.code, Some(0), "{}{}", good.stdout, good.stderr);
    let bad = world("{ x: Big }");
    assert!(
        bad.stderr.contains("`x` is a derived field") || bad.stdout.contains("`x` is a derived field"),
        "{}{}",
        bad.stdout,
        bad.stderr
    );
    assert!(bad.stderr.contains("give `n`") || bad.stdout.contains("give `n`"), "{}{}", bad.stdout, bad.stderr);
}

#[test]
fn what_belongs_to_a_column_may_not_stand_in_a_derived_field() {
    for (key, help) in [("column: A", "a derived field has no column"), ("type: text", "the type follows")] {
        let told = problems_of_fields(&format!("a: {{}}, x: {{ first_of: [a], {key} }}"));
        assert!(told.contains(help), "{told}");
    }
    let told = problems_of_fields("a: {}, x: { first_of: [a], map: { A: b } }");
    assert!(!told.is_empty(), "two forms in one");
}

// ------------------------------------------------------------------------------------ what people are shown

const SHOWN: &str = "
leads: { id: id, fields: { n: { type: number, column: Employees }, before: { type: number }, raw: Country,
  segment: { from: n, bands: [{ gte: 1000, then: Big }, { gte: { field: before }, then: Grown }], otherwise: Small, unknown: Open },
  country: { from: raw, map: { Germany: [DE, Deutschland] }, otherwise: Other }, net: { from: n, minus: before }, touch: { event: view, first: source } } }
events: { web: { lead: lead, type: type, time: time, fields: { source: {} } } }
dimensions: { s: { criteria: [{ id: a, field: segment, values: { Big: 5 } }, { id: b, field: country, values: { Germany: 2 } }, { id: c, when: { field: net, gte: 10 }, points: 3 }, { id: d, when: { field: touch, is: google }, points: 1 }] } }";

#[test]
fn an_explanation_says_what_they_were_made_of() {
    let world = rules(SHOWN)
        .leads("id,Employees,before,Country\n1,1200,1150,DE\n")
        .events("web", "lead,type,time,source\n1,view,2026-06-01,google\n");
    let shown = |more: &[&str]| {
        let args = [
            "explain",
            "rulebook.yaml",
            "1",
            "--leads",
            "leads-1.csv",
            "--events",
            "web=events-web-1.csv",
            "--as-of",
            "2026-06-30",
        ];
        world.command(&[&args[..], more].concat()).stdout
    };
    let text: String = shown(&[]).split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        "segment Big n (1200), before (1150)",
        "country Germany raw (DE)",
        "net 50 n (1200) minus before (1150)",
        "touch google first source of view events",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let json: serde_json::Value = serde_json::from_str(&shown(&["--format", "json"])).expect("it is JSON");
    assert_eq!(json["derived"][1]["value"], "Germany");
    assert_eq!(json["derived"][1]["made_of"][0]["field"], "raw");
    assert_eq!(json["derived"][1]["made_of"][0]["value"], "DE");
}

#[test]
fn the_agreement_says_how_they_are_made() {
    let text = rules(SHOWN).command(&["describe", "rulebook.yaml"]).stdout;
    for line in [
        "| **segment** | by “Employees”: Big if “Employees” is at least 1000; Grown if",
        "Small for all other values; Open without a value |",
        "| **country** | by “Country”: Germany for DE, Deutschland; Other for all other values |",
        "| **net** | “Employees” minus “before” |",
        "| **touch** | the first “source” of view events |",
        "by “segment”",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn an_edit_of_one_is_an_edit_that_moves_scores() {
    let changed = SHOWN.replace("gte: 1000", "gte: 500").replace("[DE, Deutschland]", "[Deutschland]");
    let world = rules(SHOWN)
        .leads("id,Employees,before,Country\n1,600,1150,DE\n")
        .events("web", "lead,type,time,source\n")
        .file("new.yaml", rules(&changed).rulebook.clone());
    let args = [
        "diff",
        "rulebook.yaml",
        "new.yaml",
        "--leads",
        "leads-1.csv",
        "--events",
        "web=events-web-1.csv",
        "--as-of",
        "2026-06-30",
    ];
    let text = world.command(&args).stdout;
    assert!(text.contains("field segment of leads") && text.contains("bands[1].gte: 1000 → 500"), "{text}");
    assert!(text.contains("field country of leads") && text.contains("map.Germany"), "{text}");
    assert!(!text.contains("cosmetic"), "{text}");
    assert!(text.contains("Total changed: 1 (by +3 to +3)"), "{text}");
}

#[test]
fn a_long_chain_of_fields_that_are_read_twice_takes_no_time() {
    let leads = (1..60).map(|n| format!(", s{n}: {{ sum_of: [s{0}, t{0}] }}, t{n}: {{ sum_of: [t{0}, s{0}] }}, d{n}: {{ first_of: [d{0}, e{0}] }}, e{n}: {{ latest: [e{0}, d{0}] }}", n - 1)).collect::<Vec<String>>().concat();
    let event = leads
        .replace('s', "x")
        .replace('t', "y")
        .replace("xum_of", "sum_of")
        .replace("firxy_of", "first_of")
        .replace("layexy", "latest");
    let rulebook = format!(
        "leads: {{ id: id, fields: {{ s0: {{ type: number }}, t0: {{ type: number }}, d0: {{ type: date }}, e0: {{ type: date }}{leads} }} }}
events: {{ web: {{ lead: lead, type: {{ always: v }}, time: time, fields: {{ x0: {{ type: number }}, y0: {{ type: number }}, d0: {{ type: date }}, e0: {{ type: date }}{event} }} }} }}
dimensions: {{ s: {{ criteria: [{{ id: a, when: {{ field: s59, gt: 0 }}, points: 1 }}, {{ id: b, when: {{ present: [d59] }}, points: 10 }}, {{ id: c, event: v, where: {{ field: x59, gt: 0 }}, points: 100 }}] }} }}"
    );
    let outcome = rules(&rulebook)
        .leads("id,s0,t0,d0,e0\n1,1,1,2026-01-01,\n2,1,,,\n")
        .events("web", "lead,time,x0,y0,d0,e0\n1,2026-06-01,1,1,,\n")
        .run();
    assert_eq!(outcome.column("s"), ["111", "0"]);
    assert_eq!(outcome.column("missing"), ["", "t0; d0; e0"]);
}
