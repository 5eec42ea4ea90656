//! Tables: fields that further exports add to a lead, and everything that a lead's own fields can do.

use crate::world::rules;

#[test]
fn tables_add_fields_by_key_and_chain_in_any_order_of_declaration() {
    let rulebook = "leads: { id: id, fields: { account: {} } }
tables:
  owners: { key: Owner, by: owner, fields: { team: Team, quota: { type: number } } }
  accounts: { key: Account, by: account, fields: { owner: Owner, industry: {} } }
  extra: { key: k, by: account, optional: true, fields: { more: {} } }
dimensions: { score: { criteria: [
  { id: a, when: { field: team, is: north }, points: 1, unknown: 2 },
  { id: b, when: { field: industry, is: x }, points: 10, unknown: 20 },
  { id: c, when: { absent: [more] }, points: 100 }] } }";
    let world = rules(rulebook)
        .leads("id,account\n1,A\n2,B\n3,Z\n4,\n5,C\n")
        .table("owners", "Owner,Team,quota\nO1,North,many\nO2,South,1\n")
        .table("accounts", "Account,Owner,Industry,industry\nA,O1,,x\nB,O9,,\n A ,O2,,y\n")
        .table("accounts", "Account,Owner,industry\nC,O2,x\nB,O1,x\n,O1,x\n");
    let outcome = world.run();
    assert_eq!(outcome.column("score"), ["111", "122", "122", "122", "110"]);
    assert_eq!(outcome.counts.n_unmatched, [1, 1, 4], "a key without a row is counted; no key is not");
    assert_eq!(outcome.rejects(), [(4, "repeated_id"), (3, "repeated_id"), (4, "empty_id")]);
    assert_eq!(
        outcome.column("missing"),
        ["more", "team; industry; more", "team; industry; more", "team; industry; more", "more"]
            .map(std::borrow::ToOwned::to_owned)
    );
}

#[test]
fn a_source_or_table_without_a_file_is_an_error_unless_it_is_optional() {
    let rulebook = |optional: &str| {
        format!(
            "leads: {{ id: id, fields: {{ a: {{}} }} }}\ntables: {{ t: {{ key: k, by: a, fields: {{ x: {{}} }}{optional} }} }}\nevents: {{ web: {{ lead: lead, type: type, time: time{optional} }} }}"
        )
    };
    let world = |optional: &str| rules(&rulebook(optional)).leads("id,a\n1,A\n");
    assert!(world("").try_run().is_err());
    assert!(world("").events("web", "lead,type,time\n").try_run().is_err());
    assert!(world("").table("t", "k,x\n").try_run().is_err());
    assert!(world("").table("t", "k,x\n").events("web", "lead,type,time\n").try_run().is_ok());
    assert_eq!(world(", optional: true").run().column("lead_id"), ["1"]);
}

#[test]
fn keys_of_tables_fold_where_the_field_is_an_email_or_url_or_the_table_says_so() {
    let with = |keys: &str| {
        let rulebook = format!(
            "leads: {{ id: id, fields: {{ mail: {{ type: email }}, acc: {{}} }} }}
tables: {{ t: {{ key: k, fields: {{ x: {{}} }}, {keys} }} }}
dimensions: {{ s: {{ criteria: [{{ id: a, when: {{ field: x, is: y }}, points: 1 }}] }} }}"
        );
        let world = rules(&rulebook)
            .leads("id,mail,acc\n1,ada@ACME.example,İst\n")
            .table("t", "k,x\nacme.example,y\nist,y\nADA@acme.example,y\n");
        let outcome = world.run();
        (outcome.cell("1", "s").to_owned(), outcome.counts.n_unmatched[0])
    };
    assert_eq!(with("by: mail"), ("1".to_owned(), 0));
    assert_eq!(with("by: mail.domain"), ("1".to_owned(), 0));
    assert_eq!(with("by: acc"), ("0".to_owned(), 1));
    assert_eq!(with("by: acc, fold: true"), ("1".to_owned(), 0));
}

#[test]
fn a_tables_field_serves_wherever_a_leads_own_does() {
    let rulebook = "leads: { id: id, created: opened, fields: { acc: {} } }
tables: { accounts: { key: k, by: acc, fields: { opened: { type: date }, reset: { type: date }, domain: { type: url }, won: { type: date } } } }
events: { web: { lead: { column: host, by: domain.host }, type: { column: kind }, time: { column: at, format: '%d/%m/%Y' } } }
dimensions: { s: { since: reset, criteria: [{ id: a, event: v, points: 1 }, { id: b, when: { event: w, measure: idle_days, from: opened, lt: 30 }, points: 10 }] } }
stages: [{ name: Lead }, { name: Won, entered: won }]";
    let accounts = "k,opened,reset,domain,won\nA,2026-01-01,2026-02-01,https://a.example/x,\nB,2026-07-01,,b.example/,\nC,2026-06-10,,//C.example,2026-06-11\n";
    let events = "host,kind,at\nA.example,v,01/02/2026\na.example,v,02/02/2026\nb.example,v,02/02/2026\nc.example,v,02/02/2026\nhttps://a.example/x,v,02/02/2026\n";
    let outcome =
        rules(rulebook).leads("id,acc\n1,A\n2,B\n3,C\n4,A\n").table("accounts", accounts).events("web", events).run();
    assert_eq!(outcome.column("lead_id"), ["1", "3", "4"], "`created`");
    assert_eq!(outcome.column("s"), ["1", "11", "1"], "`by`, `since` and `from`");
    assert_eq!(outcome.column("events"), ["2", "1", "2"]);
    assert_eq!(outcome.column("stage"), ["Lead", "Won", "Lead"], "`entered`");
}
