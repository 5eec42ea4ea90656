//! What a rulebook's tests cover of derived fields, and which changes of them they notice.

use crate::world::{World, rules};

const RULEBOOK: &str = "\
rulebook: 1
leads:
  id: id
  fields:
    raw: {}
    size: { type: number }
    country:
      from: raw
      map:
        Germany: [Deutschland, DE]
        Poland: Polska
      otherwise: Elsewhere
      unknown: Nowhere
    segment:
      from: size
      bands:
        - { gte: 1000, then: Large }
        - { gte: 50, then: Medium }
      otherwise: Small
    shown: { from: raw, map: { X: y } }
events:
  web:
    lead: lead
    type: type
    time: time
    fields: { seconds: { type: number }, kind: { from: seconds, bands: [{ gte: 60, then: long }], otherwise: short } }
dimensions:
  fit:
    criteria:
      - { id: home, field: country, values: { Germany: 5, Elsewhere: -5 }, unknown: 1 }
      - { id: big, field: segment, values: { Large: 10, Medium: 4 } }
      - { id: reads, event: visit, where: { field: kind, is: long }, points: 3 }
stages: [{ name: Lead }]
export: { only: all, columns: { Shown: shown } }
";

/// What the program says of a rulebook's tests that belongs to derived fields, line by line.
fn said(tests: &str, flag: &str) -> Vec<String> {
    let text = format!("rulebook: rulebook.yaml\nas_of: 2026-06-30\ntests:\n{tests}");
    let run = World::new(RULEBOOK).file("the.test.yaml", text).command(&["test", "the.test.yaml", flag]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    let lines = run.stdout.lines().filter_map(|line| line.split_once(": ").filter(|(at, _)| at.starts_with("  ")));
    let lines = lines.map(|(_, what)| what.trim_start_matches("no test: ").to_owned());
    lines.filter(|what| what.starts_with("field")).collect()
}

const ONE: &str = "  - { name: a, lead: { raw: DE, size: 60 }, events: [{ type: visit, time: now, seconds: 90 }], expect: { total: 12 } }\n";
const MORE: &str = "  - { name: b, lead: { raw: polska, size: 50 }, expect: { total: 4 } }
  - { name: c, lead: { raw: France, size: 1000 }, events: [{ type: visit, time: now, seconds: 59 }], expect: { total: 5 } }
  - { name: d, lead: { size: 49 }, expect: { total: 0 } }
  - { name: e, lead: { size: 999 }, events: [{ type: visit, time: now, seconds: 60 }], expect: { total: 7 } }
";

#[test]
fn entries_bands_and_the_rest_that_no_test_reaches_are_not_covered() {
    let left = said(ONE, "--coverage");
    let expected = [
        "field country: `otherwise` counts",
        "field country: `unknown` counts",
        "field country: entry Poland",
        "field segment: `otherwise` counts",
        "field segment: band 1 (Large)",
        "field kind of web: `otherwise` counts",
    ];
    assert_eq!(left, expected, "of `shown`, which only an export reads, nothing");
    assert_eq!(said(&format!("{ONE}{MORE}"), "--coverage"), Vec::<String>::new());
}

#[test]
fn changes_of_entries_bands_and_the_rest_are_tried() {
    let left = said(ONE, "--mutate");
    let expected = [
        "field country: `otherwise: Elsewhere` dropped",
        "field country: `unknown: Nowhere` dropped",
        "field country: entry Poland dropped",
        "field segment: `otherwise: Small` dropped",
        "field segment: then Large → Medium",
    ];
    for change in expected {
        assert!(left.iter().any(|what| what == change), "{change}: {left:#?}");
    }
    assert!(!left.iter().any(|what| what == "field country: entry Germany dropped"), "the test sees it: {left:#?}");
    assert!(left.iter().all(|what| !what.contains("shown")), "{left:#?}");
    let left = said(&format!("{ONE}{MORE}"), "--mutate");
    // No criterion asks for these texts, so no test can tell them from no text.
    assert_eq!(left, ["field segment: `otherwise: Small` dropped", "field kind of web: `otherwise: short` dropped"]);
}

#[test]
fn a_check_with_files_says_which_values_and_bands_no_row_of_a_table_has() {
    let world = rules(
        "leads: { id: id, fields: { account: {} } }
tables: { accounts: { key: id, by: account, fields: { n: { type: number }, raw: {}, gone: { optional: true }, region: { from: raw, map: { Europe: [EU, EEA], Asia: [APAC, AP] } }, size: { from: n, bands: [{ gte: 100, then: Large }, { gte: 10, then: Medium }] }, empty: { from: gone, map: { X: y } } } } }
dimensions: { fit: { criteria: [{ id: it, when: { all: [{ field: region, is: Europe }, { field: size, is: Large }, { field: empty, is: X }] }, points: 1 }] } }",
    )
    .leads("id,account\n1,a\n2,b\n3,nobody\n")
    .table("accounts", "id,n,raw\na,10,eu\nb,5,US\nunused,500,APAC\n");
    let mut found = crate::lints::findings(&world);
    found.retain(|found| ["LS616", "LS617"].contains(&found.code));
    let told: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    let expected = [
        "no lead has these values of the `map` of `region`: `EEA`, `Asia`",
        "no lead is in these bands of `size`: `Large`",
    ];
    assert_eq!(
        told, expected,
        "rows that no lead finds are not its rows, and of a field without any value nothing is said"
    );
}
