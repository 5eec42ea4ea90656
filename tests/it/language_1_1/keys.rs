//! Keys: a field of several values names a lead by each of them, and leads that share one are listed.

use crate::world::rules;

const RULES: &str = "
leads: { id: id, fields: { mails: { split: \";\" }, mail: { type: email, optional: true } } }
events: { web: { lead: { column: key, by: mails, fold: true }, type: type, time: time, optional: true } }
dimensions: { s: { criteria: [{ id: a, event: e, points: 1 }] } }";

#[test]
fn an_event_belongs_to_each_lead_one_of_whose_values_is_its_key_once_a_lead() {
    let events = "key,type,time\na,e,2026-01-01\nB,e,2026-01-01\nc,e,2026-01-01\nd,e,2026-01-01\n";
    let outcome = rules(RULES).leads("id,mails\n1,a; b;A;a\n2,b;c\n3,\n").events("web", events).run();
    assert_eq!(outcome.column("s"), ["2", "2", "0"]);
    assert_eq!(outcome.column("events"), ["2", "2", "0"]);
    let counts = &outcome.counts.sources[0];
    assert_eq!((counts.n_counted, counts.n_shared, counts.n_orphans), (3, 1, 1), "one of two leads, one of none");
}

#[test]
fn a_table_takes_the_first_of_its_values_that_finds_a_row() {
    let rulebook = "
leads: { id: id, fields: { accounts: { split: \";\" } } }
tables:
  t: { key: k, by: accounts, fields: { v: {}, next: { split: \",\" } } }
  u: { key: k, by: next, fields: { w: {} } }
dimensions:
  s:
    criteria:
      - { id: a, field: v, values: { x: 1, y: 2 } }
      - { id: b, field: w, values: { p: 10, q: 20 } }";
    let outcome = rules(rulebook)
        .leads("id,accounts\n1,none; b;a\n2,a;b\n3,none; nobody\n4,\n")
        .table("t", "k,v,next\na,x,\"m,n\"\nb,y,\"n,m\"\n")
        .table("u", "k,w\nn,p\nm,q\n")
        .run();
    assert_eq!(outcome.column("s"), ["12", "21", "0", "0"], "in the order of the cell");
    assert_eq!(outcome.counts.n_unmatched, [1, 0], "a lead is unmatched where none of its values finds one");
}

#[test]
fn leads_that_share_a_key_are_listed_by_id_alone() {
    let rulebook = RULES.replace(
        "{ column: key, by: mails, fold: true }",
        "[{ column: key, by: mails, fold: true }, { column: key, by: mail }]",
    );
    let world = rules(&rulebook).leads("id,mails,mail\n5,a;b,x@y.example\n1,,X@y.example\n2,b,\n3,c,\n4,B;a,\n");
    let ended = world.score(&[]);
    let expected = "key,by,lead_id\n1,mails,5\n1,mails,2\n1,mails,4\n2,mails,5\n2,mails,4\n3,mail,5\n3,mail,1\n";
    assert_eq!(ended.file("out/shared-keys.csv").as_deref(), Some(expected), "{}", ended.stderr);
    assert!(ended.file("out/manifest.json").is_some_and(|manifest| manifest.contains("shared-keys.csv")));
    let alone = rules(RULES).leads("id,mails\n1,a\n2,b\n").score(&[]);
    assert_eq!(alone.file("out/shared-keys.csv").as_deref(), Some("key,by,lead_id\n"), "where none shares one");
    let by_id =
        rules(&RULES.replace("{ column: key, by: mails, fold: true }", "key")).leads("id,mails\n1,a\n2,a\n").score(&[]);
    assert_eq!(by_id.file("out/shared-keys.csv"), None, "where leads are named by their ids alone");
}

#[test]
fn a_later_lead_shares_its_key_too() {
    let rulebook = RULES
        .replace("leads: { id: id,", "leads: { id: id, created: at,")
        .replace("mail: {", "at: { type: date }, mail: {");
    let ended = rules(&rulebook).leads("id,mails,at\n1,a,2026-01-01\n2,a,2031-01-01\n").score(&[]);
    assert_eq!(ended.file("out/shared-keys.csv").as_deref(), Some("key,by,lead_id\n1,mails,1\n1,mails,2\n"));
}

#[test]
fn an_explanation_names_the_leads_that_share_a_key() {
    let world = rules(RULES).leads("id,mails\n1,a;b\n2,b\n3,a\n4,c\n");
    let explain = |id: &str| {
        let args = ["explain", "rulebook.yaml", id, "--leads", "leads-1.csv", "--as-of", "2026-06-01"];
        world.command(&args).stdout
    };
    let text = explain("1");
    assert!(text.contains("its value of `mails` is also that of 3; events that name it count for each"), "{text}");
    assert!(text.contains("its value of `mails` is also that of 2;"), "one line a value: {text}");
    assert!(!text.contains(" a;b"), "the value itself is not shown: {text}");
    assert!(!explain("4").contains("also that of"), "it shares none");
}

#[test]
fn each_address_of_a_lead_is_a_key_and_folds_by_itself() {
    let rulebook = "
leads: { id: id, fields: { mails: { type: email, split: \";\" } } }
events: { web: { lead: { column: key, by: BY }, type: type, time: time } }
dimensions: { s: { criteria: [{ id: a, event: e, points: 1 }] } }";
    let events = "key,type,time\nADA@x.example,e,2026-01-01\nbob@Y.example,e,2026-01-01\ny.example,e,2026-01-01\n";
    let run = |by: &str| {
        let world = rules(&rulebook.replace("BY", by))
            .leads("id,mails\n1,ada@x.example; ADA@y.example\n2,bob@y.example; no address\n");
        world.events("web", events).run()
    };
    let whole = run("mails");
    assert_eq!((whole.column("s"), whole.fates().orphans), (vec!["1", "1"], 1));
    assert_eq!(whole.issues(), [("leads.mails".to_owned(), 1)], "counted once, though it is read twice");
    let part = run("mails.domain");
    assert_eq!((part.column("s"), part.fates().orphans), (vec!["1", "1"], 2), "y.example is of both");
}

#[test]
fn a_phone_number_is_a_key_however_it_is_written() {
    let rulebook = "
leads: { id: id, fields: { phone: { type: phone, country: TR }, desk: { type: phone, optional: true } } }
tables: { t: { key: number, by: phone, fold: true, fields: { v: {} } } }
events: { calls: { lead: [{ column: key, by: desk }, { column: key, by: phone }], type: type, time: time } }
dimensions: { s: { criteria: [{ id: a, event: e, points: 1 }, { id: b, field: v, values: { x: 10 } }] } }";
    let outcome = rules(rulebook)
        .leads("id,phone,desk\n1,0532 000 00 01,\n2,+90 (532) 000-00-02,+442079460018\n3,,\n")
        .table("t", "number,v\n905320000001,y\n00 90 532 000 00 02 ext. 4,x\nnone,x\n")
        .events("calls", "key,type,time\n+905320000001,e,2026-01-01\n532-000-0002,e,2026-01-01\n+44 20 7946 0018,e,2026-01-01\nnobody,e,2026-01-01\n")
        .run();
    assert_eq!((outcome.column("s"), outcome.fates().orphans), (vec!["1", "12", "0"], 1));
    assert_eq!(outcome.rejects(), [(4, "empty_id")], "a key that can't be read is none");
}
