//! Rows: how ids, keys and headers compare, and which rows of a file are no row.

use crate::world::{rules, sheet};

const LINKED: &str = "
events: { web: { lead: { column: key, by: key FOLD }, type: type, time: time } }
dimensions: { score: { criteria: [{ id: a, event: V, points: 1 }] } }
leads: { id: id, fields: { key: { type: TYPE } } }";

#[test]
fn ids_and_keys_compare_exactly_save_where_the_field_or_the_source_folds() {
    let with = |kind: &str, fold: &str| {
        let rulebook = LINKED.replace("TYPE", kind).replace("FOLD", fold);
        let events = "key,type,time\nINFO@acme.example\u{a0},v,2026-01-01\ninfo@acme.example,V,2026-01-02\n";
        rules(&rulebook)
            .leads("id,key\n1,info@acme.example\n")
            .events("web", events)
            .run()
            .cell("1", "score")
            .to_owned()
    };
    assert_eq!(with("email", ""), "2", "e-mail addresses fold, and so do event types");
    assert_eq!(with("url", ""), "2");
    assert_eq!(with("text", ""), "1");
    assert_eq!(with("text", ", fold: true"), "2");
    let by_id = LINKED.replace("TYPE", "text").replace("lead: { column: key, by: key FOLD }", "lead: key");
    let outcome = rules(&by_id)
        .leads("id,key\n Ab ,x\nAB,x\n")
        .events("web", "key,type,time\nAb,v,2026-01-01\nab,v,2026-01-01\n")
        .run();
    assert_eq!((outcome.cell("Ab", "score"), outcome.cell("AB", "score"), outcome.fates().orphans), ("1", "0", 1));
}

#[test]
fn salesforce_ids_of_15_and_18_characters_compare_by_their_first_15() {
    let rulebook = "
leads: { id: id, fields: { acc: { type: text } } }
tables: { accounts: { key: acc, by: acc, fields: { industry: { type: text } } } }
events: { web: { lead: lead, type: type, time: time } }
dimensions: { score: { criteria: [{ id: a, event: v, points: 1 }, { id: b, when: { field: industry, is: x }, points: 10 }] } }";
    let run = |ids: &str| {
        rules(&format!("ids: {ids}\n{rulebook}"))
            .leads("id,acc\n00Q5g00000AbCdE,001000000000AbCAAA\n00Q5g00000AbCdEFGH,\n")
            .table("accounts", "acc,industry\n001000000000AbC,x\n")
            .events("web", "lead,type,time\n00Q5g00000AbCdEFGH,v,2026-01-01\n00Q5g00000AbCdE,v,2026-01-01\n00Q5g00000AbCdEF,v,2026-01-01\n")
            .run()
    };
    let salesforce = run("salesforce");
    assert_eq!((salesforce.column("score"), salesforce.rejects()), (vec!["12"], vec![(3, "repeated_id")]));
    assert_eq!(run("exact").column("score"), ["1", "1"]);
    let folded = format!("ids: salesforce\n{}", LINKED.replace("TYPE", "text").replace("FOLD", ", fold: true"));
    let events = "key,type,time\nabcdefghijklmnoXYZ,v,2026-01-01\nABCDEFGHIJKLMNOXYZ,v,2026-01-01\n";
    let outcome = rules(&folded).leads("id,key\n1,abcdefghijklmno\n2,abcdefghijklmnoxyz\n").events("web", events).run();
    assert_eq!(outcome.column("score"), ["0", "2"], "where keys fold, all of them counts");
}

#[test]
fn ids_of_events_compare_as_all_ids_do() {
    let repeats = |ids: &str| {
        let source = "events: { web: { lead: lead, type: type, time: time, id: event } }";
        let events = "lead,type,time,event\n1,v,2026-01-01,00T5g00000AbCdE\n1,v,2026-01-02,00T5g00000AbCdEFGH\n1,w,2026-01-02,00T5g00000AbCdE\n";
        rules(&format!("ids: {ids}\n{source}")).leads("id\n1\n").events("web", events).run().fates().repeats
    };
    assert_eq!((repeats("exact"), repeats("salesforce")), (0, 1), "another type is another event");
}

#[test]
fn headers_compare_exactly_after_trimming_and_the_first_that_is_there_is_used() {
    let rulebook = "
leads: { id: id, fields: { v: { column: [Email, E-mail] }, o: { column: Other, optional: true } } }
dimensions: { score: { criteria: [{ id: a, when: { field: v, is: x }, points: 1 }, { id: b, when: { absent: [o] }, points: 10 }] } }";
    let run = |csv: &str| rules(rulebook).leads(csv).try_run().map(|outcome| outcome.cell("1", "score").to_owned());
    assert_eq!(run(" id\t, E-mail\n1,x\n").ok().as_deref(), Some("11"));
    assert_eq!(run("id,E-mail,Email\n1,x,y\n").ok().as_deref(), Some("10"));
    assert_eq!(run("id,Email,unused,unused,Other\n1,x,1,2,3\n").ok().as_deref(), Some("1"));
    assert!(run("id,email\n1,x\n").is_err(), "case counts");
    assert!(run("id,Email,Email\n1,x,x\n").is_err(), "a used header twice");
}

#[test]
fn a_row_with_fewer_or_more_cells_is_a_reject_and_one_of_empty_cells_is_skipped() {
    let leads = "id,note\n1,a\n2\n3,c,d\n4,d,, \n\n,\u{a0}\n,x\n1,again\n";
    let outcome = rules("").leads(leads).run();
    assert_eq!(outcome.column("lead_id"), ["1", "4"]);
    assert_eq!(outcome.rejects(), [(3, "ragged_row"), (4, "ragged_row"), (8, "empty_id"), (9, "repeated_id")]);
    assert!(outcome.counts.leads.n_empty >= 1);
}

#[test]
fn where_an_id_repeats_the_first_row_that_can_count_does() {
    let rulebook = "leads: { id: id, fields: { v: {} } }\ndimensions: { score: { criteria: [{ id: a, field: v, values: { x: 1, y: 2 } }] } }";
    let outcome = rules(rulebook).leads("id,v\n1,x,ragged\n1,y\n").leads("id,v\n1,x\n").run();
    assert_eq!((outcome.column("score"), outcome.rejects()), (vec!["2"], vec![(2, "ragged_row"), (2, "repeated_id")]));
}

#[test]
fn lines_of_skip_first_and_skip_last_are_no_rows() {
    let rulebook = "leads: { id: id, file: { skip_first: 2, skip_last: 1, delimiter: ';' }, fields: {} }";
    let outcome = rules(rulebook).leads("Export of today\n\nid;x\n1;a\n2;b\nTotal: 2\n").run();
    assert_eq!(outcome.column("lead_id"), ["1", "2"]);
    assert_eq!(sheet("a|b", ["1 | \"2\""]), "\"a\",\"b\"\n\"1\",\"\"\"2\"\"\"\n", "the tests' own sheets are CSV");
}
