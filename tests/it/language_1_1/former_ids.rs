//! `former_ids`: the ids that a lead had before a merge.

use crate::world::{World, rules};

const RULES: &str = "
leads: { id: id, former_ids: merged, fields: { merged: { column: Merged, split: \";\" }, mail: { type: email, optional: true } } }
events: { web: { lead: [lead, { column: mail, by: mail }], type: type, time: time, optional: true } }
dimensions: { s: { criteria: [{ id: a, event: e, points: 1 }] } }
stages: [{ name: Lead }, { name: MQL, when: { score: total, gte: 10 }, keep_when: { score: total, gte: 1 } }]";

fn leads(rows: &str) -> World {
    rules(RULES).leads(format!("id,Merged,mail\n{rows}"))
}

/// Events of these leads, one each.
fn events(of: &[&str]) -> String {
    let rows: Vec<String> = of.iter().map(|lead| format!("{lead},,e,2026-01-01\n")).collect();
    format!("lead,mail,type,time\n{}", rows.concat())
}

#[test]
fn where_no_row_has_the_id_the_first_row_that_had_it_is_found() {
    let world = leads("103,101; 102,\n104,102;105;105,\n").events("web", events(&["101", "102", "103", "105", "106"]));
    let outcome = world.run();
    assert_eq!((outcome.cell("103", "s"), outcome.cell("104", "s")), ("3", "1"), "102 is the first row's");
    assert_eq!(outcome.fates().orphans, 1);
    let without = rules(&RULES.replace("former_ids: merged, ", ""));
    let without = without.leads("id,Merged,mail\n103,101; 102,\n").events("web", events(&["101", "103"])).run();
    assert_eq!((without.cell("103", "s"), without.fates().orphans), ("1", 1));
}

#[test]
fn a_former_id_that_is_an_accepted_rows_id_is_passed_over() {
    let outcome = leads("1,2;3,\n2,,\n").events("web", events(&["2", "3"])).run();
    assert_eq!((outcome.cell("1", "s"), outcome.cell("2", "s")), ("1", "1"));
    let rulebook = format!("{RULES}\n").replace("former_ids: merged,", "former_ids: merged, created: at,");
    let rulebook = rulebook.replace("mail: { type: email", "at: { type: date }, mail: { type: email");
    let later =
        rules(&rulebook).leads("id,Merged,mail,at\n1,2,,\n2,,,2031-01-01\n").events("web", events(&["2"])).run();
    assert_eq!((later.cell("1", "s"), later.fates().later), ("0", 1), "a later row is one, too");
    let rejected = leads("1,2,\n2,,,x\n").events("web", events(&["2"])).run();
    assert_eq!(rejected.cell("1", "s"), "1", "a rejected one is none");
}

#[test]
fn it_is_looked_up_in_the_place_of_the_id_in_a_list() {
    let events = "lead,mail,type,time\n7,b@x.example,e,2026-01-01\n8,b@x.example,e,2026-01-01\n";
    let outcome = leads("1,7,a@x.example\n2,,b@x.example\n").events("web", events).run();
    assert_eq!((outcome.cell("1", "s"), outcome.cell("2", "s")), ("1", "1"), "the id first, then the address");
    let turned = RULES.replace("[lead, { column: mail, by: mail }]", "[{ column: mail, by: mail }, lead]");
    let outcome = rules(&turned).leads("id,Merged,mail\n1,7,a@x.example\n2,,b@x.example\n").events("web", events).run();
    assert_eq!((outcome.cell("1", "s"), outcome.cell("2", "s")), ("0", "2"));
    let by_mail = "lead,mail,type,time\n,7,e,2026-01-01\n";
    assert_eq!(leads("1,7,\n").events("web", by_mail).run().fates().orphans, 1, "only where a lead is named by its id");
}

#[test]
fn a_field_of_one_value_is_one_former_id() {
    let rulebook = RULES.replace("{ column: Merged, split: \";\" }", "Merged");
    let outcome = rules(&rulebook).leads("id,Merged,mail\n1,2;3,\n2,4,\n");
    let outcome = outcome.events("web", events(&["2;3", "4", "3"])).run();
    assert_eq!((outcome.column("s"), outcome.fates().orphans), (vec!["1", "1"], 1));
}

#[test]
fn former_ids_compare_as_ids_do() {
    let exact = leads("1,Ab;001x00000abcdef,\n").events("web", events(&["ab", "Ab", "001x00000abcdefAAA"])).run();
    assert_eq!((exact.cell("1", "s"), exact.fates().orphans), ("1", 2));
    let salesforce = rules(&format!("ids: salesforce\n{RULES}")).leads("id,Merged,mail\n1,001x00000abcdef,\n");
    assert_eq!(salesforce.events("web", events(&["001x00000abcdefAAA"])).run().cell("1", "s"), "1");
}

#[test]
fn with_a_previous_run_a_lead_is_looked_up_by_its_former_ids_in_order() {
    let previous = "lead_id,total,stage\n7,12,MQL\n8,34,Lead\n2,5,Lead\n9,6,MQL\n";
    let outcome =
        leads("1,6;8;7,\n2,7,\n3,9,\n4,5,\n9,,\n").events("web", events(&["3", "1"])).previous(previous).run();
    assert_eq!(outcome.column("previous_total"), ["34", "5", "", "", "6"], "its own id first; 9 is another lead's now");
    assert_eq!(outcome.column("changed"), ["", "", "new", "new", "down"]);
    let kept = leads("1,7,\n").events("web", events(&["1"])).previous(previous).run();
    assert_eq!(kept.column("stage"), ["MQL"], "and so it keeps its stage");
}

#[test]
fn it_is_a_text_field_of_a_lead() {
    let wrong = |field: &str| {
        let rulebook = format!(
            "leads: {{ id: id, former_ids: {field}, fields: {{ n: {{ type: number }}, mail: {{ type: email }}, old: {{}} }} }}"
        );
        rules(&rulebook).problems().into_iter().map(|found| found.message).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(wrong("old"), "");
    assert!(wrong("n").contains("`former_ids` must be a text field, but `n` is a number"), "{}", wrong("n"));
    assert!(!wrong("mail.domain").is_empty() && !wrong("mail").is_empty() && !wrong("absent").is_empty());
    assert!(!rules("tables: { t: { key: k, by: note, former_ids: note, fields: { x: {} } } }").problems().is_empty());
}

#[test]
fn an_explanation_finds_a_lead_by_a_former_id_and_says_so() {
    let world = leads("103,101;102,\n").events("web", events(&["101"]));
    let explain = |id: &str| {
        let args = ["--leads", "leads-1.csv", "--events", "events-web-1.csv", "--as-of", "2026-06-01"];
        world.command(&[&["explain", "rulebook.yaml", id][..], &args[..]].concat())
    };
    let by_former = explain("102").stdout;
    assert!(by_former.contains("Lead: 103") && by_former.contains("found by      the former id 102"), "{by_former}");
    assert!(!explain("103").stdout.contains("former id"), "by its own id");
    assert_eq!(explain("999").code, Some(1));
}
