//! `newest`: of several rows with one id or key the one with the latest date counts, and the others are superseded.

use crate::world::{Outcome, World, rules};

const LEADS: &str = "
leads: { id: id, newest: modified, created: created, former_ids: old,
         fields: { v: {}, key: {}, old: {}, modified: { type: date }, created: { type: date, optional: true } } }
events: { web: { lead: [lead, { column: key, by: key }], type: type, time: time, optional: true } }
dimensions: { s: { criteria: [{ id: a, field: v, values: { x: 1, y: 2, z: 3 } }, { id: b, event: e, points: 10 }] } }";

const HEADER: &str = "id,v,key,old,modified,created\n";

fn leads(rows: &str) -> World {
    rules(LEADS).leads(format!("{HEADER}{rows}"))
}

fn superseded(outcome: &Outcome) -> Vec<u64> {
    outcome.counts.files.iter().map(|file| file.n_superseded).collect()
}

#[test]
fn of_the_rows_with_one_id_the_one_with_the_latest_date_counts() {
    let outcome = leads("1,x,,,2026-01-01,\n1,z,,,2026-03-01,\n1,y,,,2026-02-01,\n2,y,,,,\n").run();
    assert_eq!((outcome.column("lead_id"), outcome.column("s")), (vec!["1", "2"], vec!["3", "2"]));
    assert_eq!((outcome.counts.leads.n_superseded, outcome.counts.leads.n_rejects), (2, 0));
    let first = rules(&LEADS.replace("newest: modified, ", ""))
        .leads(format!("{HEADER}1,x,,,2026-01-01,\n1,z,,,2026-03-01,\n"));
    let first = first.run();
    assert_eq!((first.column("s"), first.rejects()), (vec!["1"], vec![(3, "repeated_id")]), "without it the first");
}

#[test]
fn a_date_after_the_day_of_scoring_is_a_date_too() {
    assert_eq!(leads("1,x,,,2026-01-01,\n1,y,,,2031-01-01,\n").run().column("s"), ["2"]);
}

#[test]
fn rows_without_a_date_are_the_earliest_and_ties_go_to_the_first() {
    assert_eq!(leads("1,x,,,,\n1,y,,,1905-01-01,\n").run().column("s"), ["2"]);
    assert_eq!(leads("1,y,,,1905-01-01,\n1,x,,,,\n").run().column("s"), ["2"]);
    assert_eq!(leads("1,x,,,,\n1,y,,,,\n").run().column("s"), ["1"], "none has a date");
    assert_eq!(leads("1,x,,,2026-01-01,\n1,y,,,2026-01-01T00:00Z,\n").run().column("s"), ["1"], "one instant");
    let unreadable = leads("1,x,,,2026-01-01,\n1,y,,,soon,\n2,z,,,later,\n").run();
    assert_eq!(unreadable.column("s"), ["1", "3"], "what can't be read is no date");
    assert_eq!(unreadable.issues(), [("leads.modified".to_owned(), 1)], "of the rows that count");
}

#[test]
fn superseded_rows_are_counted_by_file_and_are_no_part_of_the_rejects() {
    let world = leads("1,x,,,2026-01-01,\n2,x,,,2026-01-01,\n1,y,,,2026-01-02,\n")
        .leads(format!("{HEADER}1,z,,,2026-02-01,\n2,y,,,2025-01-01,\n\n"));
    let outcome = world.run();
    assert_eq!((superseded(&outcome), outcome.counts.leads.n_rejects), (vec![2, 1], 0));
    let ended = world.score(&["--max-rejects", "0"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("leads-1.csv: UTF-8, ',', 3 rows, 2 superseded"), "{}", ended.stderr);
    assert!(ended.stdout.contains("3 rows (leads) are superseded by a newer row with the same id"), "{}", ended.stdout);
    let manifest = ended.file("out/manifest.json").expect("it is written");
    assert_eq!(manifest.matches("\"superseded\": ").count(), 3, "of each file and of all leads: {manifest}");
    assert!(ended.file("out/report.md").is_some_and(|report| report.contains("Superseded")));
    assert!(!ended.file("out/rejects.csv").expect("it is written").contains(",1,"), "no reject");
}

#[test]
fn a_row_is_rejected_before_it_can_supersede_another() {
    let outcome = leads("1,x,,,2026-01-01,\n1,y,,,2026-03-01\n,z,,,2026-04-01,\n").run();
    assert_eq!((outcome.column("s"), outcome.rejects()), (vec!["1"], vec![(3, "ragged_row"), (4, "empty_id")]));
    assert_eq!(outcome.counts.leads.n_superseded, 0);
}

#[test]
fn whether_a_lead_is_later_is_asked_of_the_newest_row() {
    let later = leads("1,x,,,2026-01-01,2026-01-01\n1,y,,,2026-02-01,2031-01-01\n").run();
    assert_eq!((later.rows.len(), later.counts.leads.n_later, later.counts.leads.n_superseded), (0, 1, 1));
    let scored = leads("1,x,,,2026-02-01,2026-01-01\n1,y,,,2026-01-01,2031-01-01\n").run();
    assert_eq!((scored.column("s"), scored.counts.leads.n_later), (vec!["1"], 0), "the later one is superseded");
}

#[test]
fn the_row_that_counts_keeps_its_own_place_in_the_output() {
    let outcome =
        leads("2,x,,,2026-01-01,\n1,x,,,2026-01-01,\n").leads(format!("{HEADER}3,x,,,,\n2,y,,,2026-02-01,\n"));
    assert_eq!(outcome.run().column("lead_id"), ["1", "3", "2"]);
}

#[test]
fn superseded_rows_lend_no_key_and_no_former_id() {
    let events = "lead,key,type,time\n,old@x.example,e,2026-01-01\n,new@x.example,e,2026-01-01\n7,,e,2026-01-01\n8,,e,2026-01-01\n";
    let rows = "1,,old@x.example,7,2026-01-01,\n1,,new@x.example,8,2026-02-01,\n2,,other,,2026-01-01,\n";
    let outcome = leads(rows).events("web", events).run();
    assert_eq!((outcome.column("s"), outcome.fates().orphans), (vec!["20", "0"], 2));
    let shared = leads("1,,k,,2026-01-01,\n2,,k,,2026-01-01,\n1,,k,,2026-02-01,\n");
    let shared = shared.events("web", "lead,key,type,time\n,k,e,2026-01-01\n").run();
    assert_eq!((shared.cell("1", "s"), shared.cell("2", "s")), ("10", "10"));
    assert_eq!(shared.counts.n_sharing, 2, "the superseded row is no lead");
}

#[test]
fn of_a_tables_rows_with_one_key_the_newest_counts() {
    let rulebook = |newest: &str| {
        format!(
            "leads: {{ id: id, fields: {{ acc: {{}} }} }}
tables: {{ t: {{ key: k, by: acc, {newest} fields: {{ v: {{}}, at: {{ type: date }} }} }} }}
dimensions: {{ s: {{ criteria: [{{ id: a, field: v, values: {{ x: 1, y: 2, z: 3 }} }}, {{ id: b, when: {{ absent: [at] }}, points: 10 }}] }} }}"
        )
    };
    let run = |newest: &str| {
        rules(&rulebook(newest))
            .leads("id,acc\n1,a\n2,b\n3,c\n4,d\n")
            .table("t", "k,v,at\na,x,2026-01-01\nb,x,\nc,x,2026-01-01\na,y,2026-02-01\nd,z\nd,y,2026-01-01\n")
            .table("t", "k,v,at\nb,y,2026-01-01\nc,y,2026-01-01\na,z,2026-01-15\n")
            .run()
    };
    let outcome = run("newest: at,");
    assert_eq!(outcome.column("s"), ["2", "2", "1", "2"]);
    assert_eq!((superseded(&outcome), outcome.rejects()), (vec![2, 2, 0], vec![(6, "ragged_row")]));
    let first = run("");
    assert_eq!((first.column("s"), first.rejects().len()), (vec!["1", "11", "1", "2"], 5));
}

#[test]
fn it_is_a_date_field_of_the_same_file() {
    let wrong = |leads: &str, table: &str| {
        let rulebook = format!(
            "leads: {{ id: id, {leads} fields: {{ acc: {{}}, at: {{ type: date }} }} }}
tables: {{ t: {{ key: k, by: acc, {table} fields: {{ v: {{ type: date }} }} }} }}"
        );
        rules(&rulebook).problems().into_iter().map(|found| found.message).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(wrong("newest: at,", "newest: v,"), "");
    assert!(wrong("newest: acc,", "").contains("`newest` must be a date field, but `acc` is text"));
    assert!(wrong("newest: v,", "").contains("`newest` must be a field of the same file, but `v` is in another"));
    assert!(wrong("", "newest: at,").contains("`newest` must be a field of the same file, but `at` is in another"));
}

#[test]
fn an_explanation_names_the_superseded_rows() {
    let world = leads("1,x,,,2026-01-01,\n2,x,,,2026-01-01,\n1,y,,,2026-02-01,\n1,z,,,,\n");
    let shown = |id: &str, more: &[&str]| {
        let mut args = vec!["explain", "rulebook.yaml", id, "--leads", "leads-1.csv", "--as-of", "2026-06-01"];
        args.extend(more);
        world.command(&args).stdout
    };
    let text = shown("1", &[]);
    assert!(text.contains("superseded    leads-1.csv:2, leads-1.csv:5 are older rows of this lead"), "{text}");
    assert!(!shown("2", &[]).contains("superseded"), "it has none");
    let json = shown("1", &["--format", "json"]);
    assert!(json.contains("\"line\": 5"), "{json}");
}

#[test]
fn an_explanation_by_a_former_id_names_the_superseded_rows_of_the_leads_own_id() {
    let rows = "7,x,,,2026-01-01,\n\n1,y,,,2026-02-01,\n1,\"z\nz\",,,,\n1,z,,8,2026-03-01,\n2,x,,7,2026-01-01,\n";
    let world = leads(rows).leads(format!("{HEADER}1,x,,,2026-03-01,\n7,x,,,2025-01-01,\n"));
    let shown = |id: &str| {
        let files = ["--leads", "leads-1.csv", "--leads", "leads-2.csv", "--as-of", "2026-06-01"];
        world.command(&[&["explain", "rulebook.yaml", id][..], &files[..]].concat()).stdout
    };
    let places = "superseded    leads-1.csv:4, leads-1.csv:5, leads-2.csv:2 are older rows of this lead";
    let by_former = shown("8");
    assert!(by_former.contains("the former id 8") && by_former.contains(places), "{by_former}");
    assert!(shown("1").contains(places), "as by its own id");
    let own = shown("7");
    assert!(own.contains("superseded    leads-2.csv:3 is an older row of this lead"), "7 is a row's own id: {own}");
    assert!(!shown("2").contains("superseded"), "it has none");
}
