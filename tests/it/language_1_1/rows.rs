//! Which rows and columns count: columns that share a header, short rows, rows that others supersede, ids of before a merge, and
//! keys that stand in a field of several values.

use crate::world::rules;

const SEEN: &str = "dimensions: { s: { criteria: [{ id: a, field: v, values: { x: 1, y: 2, z: 3 } }, { id: b, event: e, points: 10 }] } }";

#[test]
fn a_column_is_the_nth_of_those_that_have_its_header() {
    let score = |nth: &str, header: &str, row: &str| {
        let rulebook = format!("leads: {{ id: id, fields: {{ v: {{ column: {nth} }} }} }}\n{SEEN}");
        let outcome = rules(&rulebook).leads(format!("{header}\n{row}\n")).try_run();
        outcome.map(|outcome| outcome.cell("1", "s").to_owned()).map_err(|error| error.to_string())
    };
    let named = |nth: u32| format!("{{ name: Create Date, nth: {nth} }}");
    let header = "Create Date,id,Create Date,Create Date";
    let all = [1, 2, 3].map(|nth| score(&named(nth), header, "x,1,y,z").expect("it is there"));
    assert_eq!(all, ["1", "2", "3"], "counted among the columns of that name alone");
    assert_eq!(score(&named(1), "Create Date,id", "y,1").as_deref(), Ok("2"), "of one column it is the first");
    let too_few = score(&named(4), header, "x,1,y,z").expect_err("there are three");
    assert!(too_few.contains("no 4th column `Create Date`: there is only 3"), "{too_few}");
    let optional = "{ name: Create Date, nth: 4 }, optional: true";
    assert_eq!(score(optional, header, "x,1,y,z").as_deref(), Ok("0"), "too few are none");
    let none = score(&named(2), "Created,id", "x,1").expect_err("there is none");
    assert!(none.contains("no column `Create Date (2nd)`"), "{none}");
}

#[test]
fn a_header_that_is_there_twice_and_used_without_nth_is_an_error_that_names_nth() {
    let rulebook = format!("leads: {{ id: id, fields: {{ v: Stage }} }}\n{SEEN}");
    let error = rules(&rulebook).leads("id,Stage,Stage\n1,x,y\n").try_run().map(drop).expect_err("it is ambiguous");
    assert!(error.to_string().contains("`{ name: Stage, nth: 2 }`"), "{error}");
}

#[test]
fn nth_may_stand_wherever_a_column_is_named() {
    let rulebook = "
leads: { id: { name: id, nth: 2 }, fields: { v: { name: v, nth: 2 }, key: { column: [absent, { name: k, nth: 2 }] } } }
tables: { t: { key: { name: k, nth: 2 }, by: key, fields: { w: { column: { name: w, nth: 2 } } } } }
events:
  one: { lead: { name: l, nth: 2 }, type: { name: t, nth: 2 }, time: { name: at, nth: 2 }, id: { name: n, nth: 2 } }
  two: { lead: [{ column: { name: l, nth: 2 }, by: v }], type: { column: { name: t, nth: 2 } }, time: { column: { name: at, nth: 2 } } }
  three: { lead: l, type: { from_columns: { e: { name: at, nth: 2 } } } }
dimensions:
  s:
    criteria:
      - { id: a, when: { field: v, is: x }, points: 1 }
      - { id: b, when: { field: w, is: x }, points: 10 }
      - { id: c, event: e, source: one, points: 100 }
      - { id: d, event: e, source: two, points: 1000 }
      - { id: f, event: e, source: three, points: 10000 }";
    let outcome = rules(rulebook)
        .leads("id,id,v,v,k,k\n9,1,y,x,y,x\n")
        .table("t", "k,k,w,w\ny,x,y,x\n")
        .events("one", "l,l,t,t,at,at,n,n\n9,1,y,e,,2026-01-01,1,2\n9,1,y,e,,2026-01-02,3,2\n")
        .events("two", "l,l,t,t,at,at\n9,x,y,e,,2026-01-01\n")
        .events("three", "l,at,at\n1,,2026-01-01\n")
        .run();
    assert_eq!(outcome.column("s"), ["11111"]);
    assert_eq!(outcome.fates().repeats, 1, "the second of the columns of ids");
}

#[test]
fn nth_counts_from_one() {
    for nth in ["0", "-1", "1.5", "two"] {
        let rulebook = format!("leads: {{ id: {{ name: id, nth: {nth} }} }}");
        let found = rules(&rulebook).problems();
        assert!(!found.is_empty(), "{nth}");
    }
    let lacking = rules("leads: { id: { name: id } }").problems();
    assert!(lacking.iter().any(|found| found.message.contains("`nth` is missing")), "{lacking:?}");
}

#[test]
fn short_rows_are_filled_up_and_counted_and_are_no_rejects() {
    let rulebook = |file: &str| {
        format!(
            "leads: {{ id: id, {file} fields: {{ v: {{}}, w: {{ optional: true }} }} }}
tables: {{ t: {{ {file} key: k, by: w, fields: {{ x: {{}} }} }} }}
events: {{ web: {{ {file} lead: lead, type: type, time: time, fields: {{ f: {{}} }} }} }}
{SEEN}"
        )
    };
    let run = |file: &str| {
        rules(&rulebook(file))
            .leads("v,id,w,more\nx,1\ny,2,k\n,\nz\nx,3,,,\nx,4,,,more\n")
            .table("t", "k,x\nk\n")
            .events("web", "lead,type,time,f\n1,e,2026-01-01\n2,e\n")
            .run()
    };
    let padded = run("file: { short_rows: pad },");
    assert_eq!(padded.column("lead_id"), ["1", "2", "3"]);
    assert_eq!(padded.column("s"), ["11", "2", "1"], "what lacks is empty");
    assert_eq!(padded.rejects(), [(5, "empty_id"), (7, "ragged_row")], "longer rows stay rejects");
    let counted: Vec<u64> = padded.counts.files.iter().map(|file| file.n_padded).collect();
    assert_eq!(counted, [1, 3, 2], "of the table, the leads, the events");
    assert_eq!(padded.counts.leads.n_empty, 1, "a short row of empty cells is empty");
    assert_eq!(padded.fates().undated, 1);
    let rejected = run("");
    assert_eq!(rejected.column("lead_id"), ["3"]);
    assert_eq!(rejected.counts.files.iter().map(|file| file.n_padded).sum::<u64>(), 0);
    assert_eq!(run("file: { short_rows: reject },").rejects(), rejected.rejects(), "that is the default");
}

#[test]
fn the_general_file_says_it_for_all_and_a_files_own_key_replaces_it() {
    let rulebook = "file: { short_rows: pad }
leads: { id: id, file: { short_rows: reject }, fields: { v: {} } }
events: { web: { lead: lead, type: type, time: time, fields: { f: {} } } }";
    let outcome = rules(rulebook).leads("id,v\n1\n2,x\n").events("web", "lead,type,time,f\n2,e,2026-01-01\n").run();
    assert_eq!((outcome.rejects(), outcome.fates().counted), (vec![(2, "ragged_row")], 1));
}

#[test]
fn the_run_says_how_many_rows_were_too_short() {
    let world = rules("leads: { id: id, file: { short_rows: pad }, fields: { v: {} } }").leads("id,v\n1\n2,x\n");
    let ended = world.score(&[]);
    assert!(ended.stderr.contains("2 rows, 1 with fewer cells than the header"), "{}", ended.stderr);
    let manifest = ended.file("out/manifest.json").expect("it is written");
    assert!(manifest.contains("\"padded\": 1"), "{manifest}");
    let report = ended.file("out/report.md").expect("it is written");
    assert!(report.contains("Too short, used"), "{report}");
    let whole = rules("leads: { id: id, fields: { v: {} } }").leads("id,v\n1,\n2,x\n").score(&[]);
    assert!(!whole.file("out/report.md").expect("it is written").contains("Too short"), "where there is none");
}
