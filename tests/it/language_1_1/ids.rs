//! Ids that don't meet: what a run says where events find no lead, and what programs did to ids.

use crate::pipe::{Held, make_pipe};
use crate::world::{World, rules};
use std::process::{Command, Stdio};

const RULES: &str = "
leads: { id: Id, fields: { mail: { type: email, optional: true }, code: { optional: true } } }
events: { web: { lead: Lead, type: type, time: time } }
dimensions: { s: { criteria: [{ id: a, event: e, points: 1 }] } }";

/// A run on leads with these ids and events that name these.
fn world(leads: &[&str], events: &[&str]) -> World {
    let rows =
        |ids: &[&str], more: &str| ids.iter().fold(String::new(), |rows, id| rows + "\"" + id + "\"" + more + "\n");
    rules(RULES)
        .leads(format!("Id\n{}", rows(leads, "")))
        .events("web", format!("Lead,type,time\n{}", rows(events, ",e,2026-01-01")))
}

/// What a run says of them, on standard output.
fn said(leads: &[&str], events: &[&str]) -> String {
    let ended = world(leads, events).score(&[]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    ended.stdout
}

#[test]
fn where_events_find_no_lead_one_id_from_each_side_is_shown() {
    let text = said(&["L-1", "L-2"], &["x-7", "x-8"]);
    let line =
        "events `web`: no lead has `x-7` (events-web-1.csv:2, column `Lead`); the id of a lead looks like `L-1`\n";
    assert!(text.contains(line), "{text}");
    let few = said(&["L-1"], &["a", "b", "c", "d", "e", "f", "g", "h", "i", "L-1"]);
    assert!(!few.contains("no lead has"), "one in ten is not few: {few}");
    let fewer = said(&["L-1"], &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "L-1"]);
    assert!(fewer.contains("no lead has `a`"), "{fewer}");
    assert!(!said(&["L-1"], &["L-1"]).contains("no lead has"), "all are found");
}

#[test]
fn it_is_the_value_that_by_names() {
    let rulebook = RULES.replace("lead: Lead", "lead: [{ column: Lead, by: mail }, { column: Other, by: code }]");
    let world = rules(&rulebook).leads("Id,mail,code\n1,,\n2,ada@x.example,\n3,,c-9\n");
    let text = world.events("web", "Lead,Other,type,time\n,,e,2026-01-01\n,c-1,e,2026-01-01\n").score(&[]).stdout;
    let line = "no lead has `c-1` (events-web-1.csv:3, column `Other`); the `code` of a lead looks like `c-9`";
    assert!(text.contains(line), "the first way for which a row has something, and the first value there is: {text}");
}

#[test]
fn what_a_program_did_to_the_ids_is_recognised() {
    let cases = [
        ("123456789012", "1.23457E+11", "a spreadsheet rounded the ids in the event file"),
        ("1.23457E+11", "123456789012", "a spreadsheet rounded the ids in the leads file"),
        ("70011", "70011.0", "; one has `70011`: a program took the ids in the event file for decimal numbers"),
        ("70011.0", "70011", "; one has `70011.0`: a program took the ids in the leads file for decimal numbers"),
        ("0012", "12", "; one has `0012`: a program took the ids in the event file for numbers and dropped the zeros"),
        ("12", "0012", "; one has `12`: a program took the ids in the leads file for numbers and dropped the zeros"),
        ("00Q5g00000AbCdE", "00Q5g00000AbCdEEAV", "write `ids: salesforce` in the rulebook"),
        ("ab-1", "AB-1", "they differ in capitals"),
        ("1", "ada@x.example", "this is an e-mail address, not an id"),
    ];
    for (lead, event, expected) in cases {
        let text = said(&[lead], &[event]);
        assert!(text.contains(expected), "{lead} against {event}: {text}");
        assert!(!text.contains("max-rejects"), "{text}");
    }
}

#[test]
fn a_recognised_spelling_is_told_however_few_events_have_it() {
    let mut events = vec!["70011"; 30];
    events.push("70012.0");
    let text = said(&["70011", "70012"], &events);
    assert!(text.contains("no lead has `70012.0`") && text.contains("; one has `70012`: "), "{text}");
    events.push("1.23457E+11");
    assert!(!said(&["70011"], &events[1..]).contains("rounded"), "a form alone proves nothing");
}

#[test]
fn ids_that_a_spreadsheet_rounded_are_told_of_and_no_one_is_sent_to_max_rejects() {
    let small = said(&["1.23457E+11", "1.23457E+11"], &["1"]);
    assert!(small.contains("leads-1.csv: 2 rows have an id such as `1.23457E+11` (line 2, column `Id`)"), "{small}");
    let ended = world(&["1.23457E+11"; 14], &["1"]).score(&[]);
    assert_eq!(ended.code, Some(4), "{}", ended.stderr);
    let expected = "`1.23457E+11` in column `Id` is a number in scientific notation: a spreadsheet rounded it";
    assert!(ended.stderr.contains(expected) && !ended.stderr.contains("max-rejects"), "{}", ended.stderr);
    let repeated = world(&["12345"; 14], &["1"]).score(&[]).stderr;
    assert!(repeated.contains("--max-rejects 93%") && !repeated.contains("spreadsheet"), "{repeated}");
}

#[test]
fn nor_where_a_table_with_such_keys_comes_through_a_pipe() {
    let rulebook = "leads: { id: id, fields: { acc: {} } }\ntables: { t: { key: K, by: acc, fields: { v: {} } } }";
    let said = |table: &str| {
        let folder = rules(rulebook).leads("id,acc\n1,12\n").written();
        let pipe = folder.path().join("piped.csv");
        make_pipe(&pipe);
        let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
        command.current_dir(folder.path()).env_clear().stdout(Stdio::null()).stderr(Stdio::piped());
        command.args(["score", "rulebook.yaml", "--leads", "leads-1.csv", "--table", "t=piped.csv"]);
        let output = Held::start(command, &pipe).finish(table);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(4), "{text}");
        text
    };
    let rounded = said("K,v\n1.23457E+11,a\n1.23457E+11,b\n");
    let expected = "`1.23457E+11` in column `K` is a number in scientific notation: a spreadsheet rounded it";
    assert!(rounded.contains(expected) && !rounded.contains("max-rejects"), "{rounded}");
    let repeated = said("K,v\n12,a\n12,b\n");
    assert!(repeated.contains("messages into the pipe") && !repeated.contains("spreadsheet"), "{repeated}");
}

#[test]
fn keys_of_tables_are_ids_too() {
    let rulebook = "
leads: { id: id, fields: { acc: {} } }
tables: { t: { key: K, by: acc, fields: { v: {} } } }";
    let world = rules(rulebook).leads("id,acc\n1,123456789012\n").table("t", "K,v\n9,\n1.23457E+11,x\n");
    let text = world.score(&[]).stdout;
    assert!(text.contains("table-t-1.csv: 1 row has an id such as `1.23457E+11` (line 3, column `K`)"), "{text}");
}

#[test]
fn neither_the_report_nor_the_manifest_shows_an_id() {
    let ended = world(&["L-1"], &["x-7"]).score(&[]);
    for file in ["out/report.md", "out/report.html", "out/report.json", "out/manifest.json"] {
        let text = ended.file(file).expect("it is written");
        assert!(!text.contains("x-7"), "{file}");
    }
}
