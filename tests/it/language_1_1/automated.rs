//! Automated events: which are set aside, by which rule, and what remains of them.

use crate::lints::findings;
use crate::pipe::{Held, make_pipe};
use crate::trial::points;
use crate::world::{World, rules, sheet, tries};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;
use std::process::Command;

/// Events of a mail tool under these rules: clicks give 1, opens 10, sent mails nothing.
fn mail(automated: &str) -> World {
    rules(&format!(
        "\
leads: {{ id: id, created: created, fields: {{ created: {{ type: date }}, mail: {{ type: email }} }} }}
events:
  mail:
    lead: [lead, {{ column: lead, by: mail }}]
    type: type
    time: time
    id: eid
    fields: {{ mailing: {{}}, agent: {{}}, size: {{ type: number }}, url: {{ type: url }} }}
    automated: {automated}
dimensions:
  score: {{ criteria: [{{ id: clicks, event: click, points: 1 }}, {{ id: opens, event: open, points: 10 }}] }}
"
    ))
    .leads("id,created,mail\n1,2026-01-01,a@x.example\n2,2026-01-01,b@x.example\n3,2026-01-01,b@x.example\n4,2027-01-01,b@x.example\n")
}

/// Events: lead, type, time on the first of June, id, mailing, agent, size, url.
fn rows(rows: &[&str]) -> String {
    let row = |row: &&str| {
        let mut cells: Vec<String> = row.split('|').map(|cell| cell.trim().to_owned()).collect();
        if !cells[2].is_empty() && !cells[2].contains('-') {
            cells[2] = format!("2026-06-01T{}Z", cells[2]);
        }
        cells.resize(8, String::new());
        cells.join("|")
    };
    sheet("lead|type|time|eid|mailing|agent|size|url", rows.iter().map(row).collect::<Vec<_>>())
}

/// The first lead's score.
#[track_caller]
fn score(automated: &str, events: &[&str]) -> String {
    let backwards: Vec<&str> = events.iter().rev().copied().collect();
    let of = |events: &[&str]| mail(automated).events("mail", rows(events)).run().cell("1", "score").to_owned();
    let score = of(events);
    assert_eq!(of(&backwards), score, "the order of the events changes nothing");
    score
}

const AFTER: &str = "[{ event: [click, open], after: sent, within: 1min }]";

#[test]
fn durations_may_be_in_seconds() {
    let rule = "[{ event: click, after: sent, within: 15s }]";
    assert_eq!(score(rule, &["1|sent|09:00:00", "1|click|09:00:15", "1|click|09:00:15.001"]), "1");
}

#[test]
fn another_event_lies_no_more_than_so_long_before_it_or_at_the_same_instant() {
    let at = |time: &str| score(AFTER, &["1|sent|09:00:00", &format!("1|click|{time}")]);
    assert_eq!(at("09:00:00"), "0", "at the same instant");
    assert_eq!(at("09:01:00"), "0", "both ends are in");
    assert_eq!(at("09:01:00.001"), "1");
    assert_eq!(at("08:59:59.999"), "1", "before, not after");
    assert_eq!(score(AFTER, &["1|open|09:00:00", "1|sent|08:59:30", "1|click|10:00:00"]), "1");
    assert_eq!(
        score("[{ event: click, after: [sent, bounce], within: 1min }]", &["1|bounce|09:00:00", "1|click|09:00:01"]),
        "0"
    );
}

#[test]
fn the_other_event_is_one_of_the_same_source_and_lead() {
    assert_eq!(score(AFTER, &["2|sent|09:00:00", "1|click|09:00:01"]), "1");
    let two = |source: &str| {
        let other = "  other: { lead: lead, type: type, time: time }\ndimensions:";
        let mut world = mail(AFTER).events("mail", rows(&["1|click|09:00:01"]));
        world.rulebook = world.rulebook.replace("dimensions:", other);
        let sent = "lead,type,time,eid,mailing,agent,size,url\n1,sent,2026-06-01T09:00:00Z,,,,,\n";
        world
            .events("other", if source == "other" { sent } else { "lead,type,time\n" })
            .events(source, sent)
            .run()
            .cell("1", "score")
            .to_owned()
    };
    assert_eq!((two("mail"), two("other")), ("0".to_owned(), "1".to_owned()));
}

#[test]
fn an_event_is_no_witness_for_itself() {
    let rule = "[{ event: click, after: click, within: 1min }]";
    assert_eq!(score(rule, &["1|click|09:00:00"]), "1");
    assert_eq!(score(rule, &["1|click|09:00:00", "1|click|09:00:00"]), "0", "each has the other at the same instant");
    assert_eq!(score(rule, &["1|click|09:00:00", "1|click|09:01:00", "1|click|09:02:01"]), "2");
    // It is one of the others only where it is looked at: without a mailing it isn't.
    let same = "[{ event: click, after: click, within: 1min, same: mailing }]";
    assert_eq!(score(same, &["1|click|09:00:00||a", "1|click|09:00:01||"]), "2");
}

#[test]
fn it_is_one_of_at_least_so_many_within_a_span_both_ends_in() {
    let rule = "[{ event: click, at_least: 3, within: 1min }]";
    assert_eq!(score(rule, &["1|click|09:00:00", "1|click|09:00:30", "1|click|09:01:00"]), "0");
    assert_eq!(score(rule, &["1|click|09:00:00", "1|click|09:00:30", "1|click|09:01:00.001"]), "3");
    assert_eq!(score(rule, &["1|click|09:00:00", "1|click|09:00:00", "1|click|09:00:00"]), "0");
    assert_eq!(
        score(rule, &["1|click|09:00:00", "1|click|09:00:50", "1|click|09:01:00", "1|click|09:01:40"]),
        "0",
        "the two in the middle are in both spans"
    );
    assert_eq!(score(rule, &["1|click|09:00:00", "1|click|09:00:50", "2|click|09:00:51"]), "2", "of one lead");
    let most = "[{ event: click, at_least: 18446744073709551615, within: 100000d }]";
    assert_eq!(score(most, &["1|click|09:00:00", "1|click|09:00:00"]), "2");
    let several = "[{ event: [click, open], at_least: 3, within: 1min }]";
    assert_eq!(
        score(several, &["1|click|09:00:00", "1|open|09:00:01", "1|click|09:00:02"]),
        "0",
        "events of the rule's types"
    );
    assert_eq!(score(rule, &["1|click|09:00:00", "1|open|09:00:01", "1|click|09:00:02"]), "12");
}

#[test]
fn where_alone_sets_aside_what_it_is_true_of() {
    let rule = "[{ event: click, where: { field: agent, contains: [bot, scanner] } }]";
    assert_eq!(
        score(rule, &["1|click|09:00:00|||a Bot", "1|click|09:00:00|||Firefox", "1|open|09:00:00|||a bot"]),
        "11"
    );
    assert_eq!(score(rule, &["1|click|09:00:00"]), "1", "unknown: not chosen");
}

#[test]
fn where_chooses_among_the_rules_own_types() {
    let after = "[{ event: click, after: sent, within: 1min, where: { field: size, gte: 5 } }]";
    assert_eq!(
        score(after, &["1|sent|09:00:00", "1|click|09:00:01||||5", "1|click|09:00:01||||4", "1|click|09:00:01||||"]),
        "2"
    );
    let own = "[{ event: click, after: click, within: 1min, where: { field: size, gte: 5 } }]";
    assert_eq!(score(own, &["1|click|09:00:00||||1", "1|click|09:00:01||||9"]), "1", "the one before may be any click");
    let burst = "[{ event: click, at_least: 2, within: 1min, where: { field: size, gte: 5 } }]";
    assert_eq!(score(burst, &["1|click|09:00:00||||5", "1|click|09:00:01||||4", "1|click|09:00:02||||"]), "3");
    assert_eq!(score(burst, &["1|click|09:00:00||||5", "1|click|09:00:01||||6", "1|click|09:00:02||||"]), "1");
}

#[test]
fn same_holds_against_each_other_what_has_the_same_value_and_looks_at_nothing_else() {
    let after = "[{ event: click, after: sent, within: 1min, same: mailing }]";
    let sent = "1|sent|09:00:00||Spring";
    assert_eq!(score(after, &[sent, "1|click|09:00:01||spring"]), "0", "texts are compared folded, as `distinct` does");
    assert_eq!(score(after, &[sent, "1|click|09:00:01||Summer"]), "1");
    assert_eq!(score(after, &[sent, "1|click|09:00:01||"]), "1");
    assert_eq!(
        score(after, &["1|sent|09:00:00||", "1|click|09:00:01||"]),
        "1",
        "two without a value have not the same"
    );
    let burst = "[{ event: click, at_least: 2, within: 1min, same: size }]";
    assert_eq!(score(burst, &["1|click|09:00:00||||1", "1|click|09:00:01||||1.0", "1|click|09:00:02||||2"]), "1");
    let part = "[{ event: click, at_least: 2, within: 1min, same: url.path }]";
    assert_eq!(
        score(part, &["1|click|09:00:00|||||https://a.example/x", "1|click|09:00:01|||||https://b.example/x?y"]),
        "0"
    );
    // Beside `where` alone: events without a value are not looked at.
    let alone = "[{ event: click, where: { field: size, gte: 1 }, same: mailing }]";
    assert_eq!(score(alone, &["1|click|09:00:00||a||1", "1|click|09:00:00||||1"]), "1");
}

#[test]
fn only_events_that_would_count_are_looked_at() {
    let fates = |sent: &str| {
        let outcome =
            mail(AFTER).events("mail", rows(&["1|sent|2026-05-01T08:00Z|s", sent, "1|click|09:00:01|c"])).run();
        outcome.cell("1", "score").to_owned()
    };
    assert_eq!(fates("1|sent|09:00:00|t"), "0");
    assert_eq!(fates("1|sent|09:00:00|s"), "1", "a repeat");
    assert_eq!(fates("1|sent|soon|t"), "1", "a reject");
    assert_eq!(fates("1|sent||t"), "1", "undated");
    assert_eq!(fates("9|sent|09:00:00|t"), "1", "an orphan");
    // After the instant of scoring lies the other event, and with it the one that it would set aside.
    let late = mail(AFTER)
        .as_of("2026-06-01T09:00:00.500Z")
        .events("mail", rows(&["1|sent|09:00:00.600|t", "1|click|09:00:00.500|c"]));
    assert_eq!(late.run().cell("1", "score"), "1");
    // The first of an id counts, also as a witness.
    let twice = ["1|sent|08:00:00|t", "1|sent|09:00:00|t", "1|click|09:00:01|c", "1|click|12:00:00|c"];
    let outcome = mail(AFTER).events("mail", rows(&twice)).run();
    assert_eq!((outcome.cell("1", "score"), outcome.fates().repeats), ("1", 2));
}

#[test]
fn whether_an_event_is_automated_never_depends_on_whether_another_is() {
    let chain = "[{ event: click, after: sent, within: 1min }, { event: open, after: click, within: 1min }]";
    assert_eq!(score(chain, &["1|sent|09:00:00", "1|click|09:00:30", "1|open|09:01:30"]), "0");
    let burst = "[{ event: click, where: { field: size, gte: 5 } }, { event: click, at_least: 3, within: 1min }]";
    assert_eq!(score(burst, &["1|click|09:00:00||||5", "1|click|09:00:01", "1|click|09:00:02"]), "0");
}

#[test]
fn it_is_counted_under_the_first_rule_that_holds() {
    let rules = "[{ event: click, after: sent, within: 1min }, { event: [click, open], at_least: 2, within: 1min }]";
    let events = ["1|sent|09:00:00", "1|click|09:00:30", "1|open|09:01:20", "1|Click|09:01:30"];
    let outcome = mail(rules).events("mail", rows(&events)).run();
    let source = &outcome.counts.sources[0];
    let by_rule: Vec<(usize, &str, u64)> =
        source.automated.iter().map(|((rule, kind), n)| (*rule, kind.as_str(), *n)).collect();
    assert_eq!(by_rule, [(0, "click", 1), (1, "click", 1), (1, "open", 1)]);
    assert_eq!((source.n_automated, source.n_counted), (3, 1));
    assert_eq!(source.counted_by_type.iter().collect::<Vec<_>>(), [(&"sent".to_owned(), &1)]);
}

#[test]
fn an_automated_event_gives_nothing_and_is_in_no_measure() {
    let world = rules(
        "\
leads: { id: id, fields: { note: { optional: true }, seen: { event: click, last: size } } }
events: { mail: { lead: lead, type: type, time: time, fields: { size: { type: number } }, automated: [{ event: click, where: { field: size, gte: 5 } }] } }
dimensions:
  score:
    criteria:
      - { id: any, when: { event: any }, points: 1 }
      - { id: idle, when: { event: any, measure: idle_days, lt: 100 }, points: 2 }
      - { id: sum, when: { event: click, measure: { sum: size }, gt: 0 }, points: 4 }
      - { id: once, event: click, points: 8, count: once }
      - { id: seen, when: { field: seen, gte: 5 }, points: 32 }
      - { id: days, when: { event: click, measure: days, gte: 1 }, points: 16 }
stages: [{ name: Lead }, { name: Clicked, entered: { event: click } }]",
    )
    .leads("id\n1\n2\n");
    let outcome = world
        .events("mail", "lead,type,time,size\n1,click,2026-06-01,5\n2,click,2026-06-01,4\n2,click,2026-06-02,9\n")
        .run();
    let row =
        |lead: &str| ["score", "events", "last_event", "crm_stage"].map(|column| outcome.cell(lead, column).to_owned());
    assert_eq!(row("1"), ["0", "0", "", ""]);
    assert_eq!(row("2"), ["31", "1", "2026-06-01T00:00:00Z", "Clicked"]);
}

#[test]
fn an_automated_event_is_neither_the_first_nor_the_last_and_in_no_count_that_is_new() {
    let world = rules(
        "\
leads: { id: id, fields: { note: { optional: true }, first: { event: click, first: size }, last: { event: click, last: size } } }
events: { mail: { lead: lead, type: type, time: time, fields: { size: { type: number } }, automated: [{ event: click, where: { field: size, gte: 5 } }] } }
dimensions:
  score:
    criteria:
      - { id: first, field: first, tiers: [{ gte: 5, points: 1000 }], otherwise: 1 }
      - { id: last, field: last, tiers: [{ gte: 5, points: 1000 }], otherwise: 2 }
      - { id: most, event: click, measure: { busiest: day }, tiers: [{ gte: 2, points: 1000 }], otherwise: 4 }
      - { id: mean, event: click, measure: { average: size }, tiers: [{ gt: 4, points: 1000 }], otherwise: 8 }
      - { id: apart, event: click, points: 16, count: { per: 24h } }
      - { id: own, event: click, points: { field: size, times: 8 } }
accounts: { by: note }",
    );
    let rows = "1,click,2026-06-01T08:00Z,5\n1,click,2026-06-01T09:00Z,4\n1,click,2026-06-02T08:00Z,9\n";
    let outcome = world.leads("id\n1\n").events("mail", format!("lead,type,time,size\n{rows}")).run();
    assert_eq!(outcome.cell("1", "score"), "63");
    assert_eq!((outcome.cell("1", "events"), outcome.cell("1", "last_event")), ("1", "2026-06-01T09:00:00Z"));
}

#[test]
fn an_automated_event_enters_no_stage_and_ends_no_silence() {
    let world = rules(
        "\
events: { mail: { lead: lead, type: type, time: time, automated: [{ event: [click, sale], after: sent, within: 1min }] } }
dimensions: { score: { fade: { linear: 10d }, criteria: [{ id: a, when: { event: sent }, points: 10 }] } }
stages: [{ name: Lead }, { name: Sold, entered: { event: sale } }]",
    );
    let rows = "1,sent,2026-06-25T23:59:59.999Z\n1,sale,2026-06-26T00:00:30Z\n1,click,2026-06-26T00:00:30Z\n";
    let outcome = world.leads("id\n1\n").events("mail", format!("lead,type,time\n{rows}")).run();
    assert_eq!((outcome.cell("1", "score"), outcome.cell("1", "crm_stage")), ("5", ""));
}

#[test]
fn an_event_of_several_leads_is_automated_lead_by_lead_and_in_the_sums_where_it_is_for_all() {
    // The address is that of 2 and 3, and of 4, who comes later. Only 2 was sent a mail.
    let events = ["2|sent|09:00:00", "b@x.example|click|09:00:01"];
    let outcome = mail(AFTER).events("mail", rows(&events)).run();
    assert_eq!(outcome.column("score"), ["0", "0", "1"]);
    let fates = outcome.fates();
    assert_eq!((fates.automated, fates.counted, outcome.counts.sources[0].n_shared), (0, 2, 0));
    let both = ["b@x.example|sent|09:00:00", "b@x.example|click|09:00:01"];
    let outcome = mail(AFTER).events("mail", rows(&both)).run();
    assert_eq!(outcome.column("score"), ["0", "0", "0"]);
    let fates = outcome.fates();
    assert_eq!((fates.automated, fates.counted, outcome.counts.sources[0].n_shared), (1, 1, 1));
}

#[test]
fn reject_undated_orphan_later_repeat_come_before_automated() {
    let events = [
        "1|sent|09:00:00",
        "1|click|09:00:01|a",
        "1|click|09:00:01|a",
        "9|click|09:00:01|b",
        "1|click||c",
        "1|click|soon|d",
        "1|click|2027-01-01|e",
        "4|click|09:00:01|f",
    ];
    let fates = mail(AFTER).events("mail", rows(&events)).run().fates();
    assert_eq!((fates.rejects, fates.undated, fates.orphans, fates.later), (1, 1, 1, 2));
    assert_eq!((fates.repeats, fates.automated, fates.counted), (1, 1, 1));
}

#[test]
fn each_event_of_a_row_with_several_columns_is_looked_at() {
    points("{ event: attended, points: 5 }")
        .source("lead: lead, type: { from_columns: { registered: type, attended: time } }, automated: [{ event: attended, after: registered, within: 1min }]")
        .gives_for(&[(&["2026-06-01T09:00:00Z|2026-06-01T09:00:30Z"], "0"), (&["2026-06-01T09:00:00Z|2026-06-01T10:00:00Z"], "5")]);
}

#[test]
fn rules_may_read_derived_fields() {
    let score = |rule: &str, events: &[&str]| {
        let mut world = mail(&format!("[{rule}]")).events("mail", rows(events));
        let derived = "fields: { kind: { from: agent, map: { Bot: [curl, scanner] } }, half: { from: size, minus: size }, mailing: {},";
        world.rulebook = world.rulebook.replace("fields: { mailing: {},", derived);
        // A source before it, so that sources are told apart.
        world.rulebook =
            world.rulebook.replace("events:\n", "events:\n  web: { lead: lead, type: type, time: time }\n");
        world.events("web", "lead,type,time\n").run().cell("1", "score").to_owned()
    };
    let events = ["1|click|09:00:00|||Curl|2", "1|click|09:00:01|||scanner|3", "1|click|09:00:02|||Firefox|"];
    assert_eq!(score("{ event: click, where: { field: kind, is: bot } }", &events), "1");
    assert_eq!(score("{ event: click, at_least: 2, within: 1min, same: kind }", &events), "1");
    assert_eq!(score("{ event: click, at_least: 2, within: 1min, same: half }", &events), "1");
    assert_eq!(
        score("{ event: click, after: click, within: 1min, same: half, where: { field: half, lte: 0 } }", &events),
        "2"
    );
}

#[test]
fn rules_name_types_and_not_any_and_say_what_makes_an_event_automated() {
    let message = |rule: &str| {
        let problems = mail(&format!("[{rule}]")).problems();
        assert_eq!(problems.len(), 1, "{rule}: {problems:#?}");
        problems[0].message.clone()
    };
    for (rule, expected) in [
        ("{ event: any, where: { field: size, gte: 1 } }", "a rule for automated events can't use `any`"),
        ("{ event: click, after: any, within: 1min }", "a rule for automated events can't use `any`"),
        ("{ event: click }", "a rule for automated events needs one of these keys: `after`, `at_least`, `where`"),
        ("{ event: click, after: sent }", "the key `within` is missing in a rule for automated events"),
        (
            "{ event: click, at_least: 2, after: sent, within: 1min }",
            "a rule for automated events can't have both `at_least` and `after`",
        ),
        ("{ after: sent, within: 1min }", "the key `event` is missing in a rule for automated events"),
        (
            "{ event: click, where: { field: size, gte: 1 }, within: 1min }",
            "unknown key `within` in a rule for automated events",
        ),
    ] {
        assert_eq!(message(rule), expected);
    }
    assert!(message("{ event: click, at_least: 1, within: 1min }").contains("a number of events"));
    assert!(message("{ event: click, at_least: 2, within: 1min, same: nothing }").contains("`nothing`"));
}

#[test]
fn same_is_not_a_split_field() {
    let mut world = mail("[{ event: click, at_least: 2, within: 1min, same: mailing }]");
    assert!(world.problems().is_empty());
    world.rulebook = world.rulebook.replace("mailing: {}", "mailing: { split: ';' }");
    assert_eq!(world.problems()[0].message, "`same` can't be used on a field with `split`");
}

/// What a run of the program wrote, without where it read it.
fn written(world: &World, pipe: bool) -> [String; 2] {
    let folder = world.written();
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    command.current_dir(folder.path()).args([
        "score",
        "rulebook.yaml",
        "--as-of",
        "2026-06-30",
        "--leads",
        "leads-1.csv",
        "--max-rejects",
        "9",
    ]);
    let file = folder.path().join("events-mail-1.csv");
    let output = if pipe {
        let text = std::fs::read_to_string(&file).expect("the file is there");
        make_pipe(&folder.path().join("pipe"));
        command.args(["--events", "mail=pipe"]);
        Held::start(command, &folder.path().join("pipe")).finish(&text)
    } else {
        command.args(["--events", "mail=events-mail-1.csv"]).output().expect("the binary runs")
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name: &str| std::fs::read_to_string(folder.path().join("out").join(name)).expect("it was written");
    let manifest: serde_json::Value = serde_json::from_str(&read("manifest.json")).expect("it is JSON");
    [read("scored.csv"), manifest["events"].to_string()]
}

#[test]
fn a_pipe_gives_what_a_file_gives_and_the_manifest_has_the_counts() {
    let rules = "[{ event: click, after: sent, within: 1min, same: mailing }, { event: click, where: { field: agent, is: bot } }]";
    let events = [
        "1|click|09:00:01|b|m",
        "1|sent|09:00:00|a|m",
        "1|click|09:00:01|b|m",
        "2|click|09:00:01|c|m|bot",
        "b@x.example|open|09:00:01|d|m",
        "3|click|09:00:01|e|m",
    ];
    let world = mail(rules).events("mail", rows(&events));
    let [scored, counts] = written(&world, false);
    assert_eq!(written(&world, true), [scored, counts.clone()]);
    let counts: serde_json::Value = serde_json::from_str(&counts).expect("it is JSON");
    let counts = &counts["mail"];
    assert_eq!((&counts["automated"], &counts["counted"], &counts["repeats"]), (&2.into(), &3.into(), &1.into()));
    let by_rule =
        serde_json::json!([{ "rule": 1, "type": "click", "events": 1 }, { "rule": 2, "type": "click", "events": 1 }]);
    assert_eq!(counts["automated_by_rule"], by_rule);
}

#[test]
fn the_output_and_the_report_count_them_by_source_type_and_rule() {
    let ended =
        mail(AFTER).events("mail", rows(&["1|sent|09:00:00", "1|click|09:00:01", "1|open|09:00:01"])).score(&[]);
    assert!(ended.stdout.contains("2 automated (rule 1: click 1, open 1)"), "{}", ended.stdout);
    let report = ended.file("out/report.html").expect("there is a report");
    assert!(report.contains("Automated events, by source, type and rule"));
    let told: serde_json::Value =
        serde_json::from_str(&ended.file("out/report.json").expect("there is one")).expect("JSON");
    let of = |kind: &str| serde_json::json!({ "source": "mail", "rule": 1, "kind": kind, "n_events": 1 });
    assert_eq!(told["quality"]["automated"], serde_json::json!([of("click"), of("open")]));
}

#[test]
fn check_warns_of_a_within_under_a_minute_where_all_times_of_the_source_are_whole_minutes() {
    let found = |within: &str, events: &[&str]| {
        let rule = format!("[{{ event: click, after: sent, within: {within} }}]");
        let found = findings(&mail(&rule).events("mail", rows(events)));
        found.into_iter().filter(|found| found.code == "LS619").map(|found| found.message).collect::<String>()
    };
    let minutes = ["1|sent|09:00:00", "1|click|09:01:00", "1|open|09:01:00", "1|open|09:03:00", "9|open|09:02:01"];
    let said = "`within` is below a minute, but all times of `mail` are whole minutes";
    assert_eq!(found("59s", &minutes), said);
    assert_eq!(found("60s", &minutes), "", "a minute is enough");
    assert_eq!(found("59s", &["1|sent|09:00:00", "1|click|09:01:01"]), "");
    assert_eq!(
        found("59s", &["1|sent|09:00:00", "1|click|09:01:00", "1|open|09:01:01"]),
        "",
        "of the source, not the rule"
    );
    assert_eq!(found("59s", &["1|sent|09:00:00", "1|click|09:01:00", "1|click|09:02:01.5", "1|click|09:03:00"]), "");
}

#[test]
fn explain_shows_them_with_their_rule() {
    let world = mail(AFTER).events("mail", rows(&["1|sent|09:00:00", "1|click|09:00:01", "1|click|10:00:00"]));
    let args = [
        "explain",
        "rulebook.yaml",
        "1",
        "--leads",
        "leads-1.csv",
        "--events",
        "mail=events-mail-1.csv",
        "--as-of",
        "2026-06-30",
    ];
    let ended = world.command(&args);
    let expected = "click (events-mail-1.csv:3): automated (rule 1: click or open events";
    assert!(ended.stdout.contains(expected), "{}\n{}", ended.stdout, ended.stderr);
    let json = world.command(&[&args[..], &["--format", "json"]].concat());
    assert!(json.stdout.contains("\"outcome\": \"automated\""), "{}", json.stdout);
}

#[test]
fn the_events_of_a_test_go_through_the_rules() {
    let tests = "\
rulebook: rulebook.yaml
as_of: 2026-06-30
tests:
  - { name: a scanner, events: ['sent 2026-06-01T09:00:00Z', 'click 2026-06-01T09:00:20Z', 'click 2026-06-01T12:00:00Z'], expect: { total: 1, events: 2 } }
";
    let world = mail(AFTER).file("the.test.yaml", tests);
    let ended = world.command(&["test", "the.test.yaml"]);
    assert_eq!(ended.code, Some(0), "{}{}", ended.stdout, ended.stderr);
}

#[test]
fn a_change_of_the_rules_shows_in_diff() {
    let world = mail(AFTER).events("mail", rows(&["1|sent|09:00:00", "1|click|09:00:01"]));
    let new = world.rulebook.replace("within: 1min", "within: 2min").replace("event: [click, open]", "event: open");
    let world = world.file("new.yaml", new);
    let args = [
        "diff",
        "rulebook.yaml",
        "new.yaml",
        "--leads",
        "leads-1.csv",
        "--events",
        "mail=events-mail-1.csv",
        "--as-of",
        "2026-06-30",
    ];
    let ended = world.command(&args);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stdout.contains("automated[1].event: [click, open] → open"), "{}", ended.stdout);
    assert!(ended.stdout.contains("Total changed: 1 (by +1 to +1)"), "{}", ended.stdout);
}

/// An event of a random file: lead, type, second, mailing.
type Made = (u8, &'static str, u32, &'static str);

/// A random rule.
#[derive(Clone, Debug)]
struct Rule {
    types: Vec<&'static str>,
    /// The other types, or how many events; nothing where a mailing alone decides.
    sign: Option<Result<&'static str, usize>>,
    within_min: u32,
    only: Option<&'static str>,
    same: bool,
}

impl Rule {
    fn yaml(&self) -> String {
        let sign = match self.sign {
            Some(Ok(other)) => format!(", after: {other}, within: {}min", self.within_min),
            Some(Err(n)) => format!(", at_least: {n}, within: {}min", self.within_min),
            None => String::new(),
        };
        let only = self.only.map_or_else(String::new, |only| format!(", where: {{ field: mailing, is: {only} }}"));
        let same = if self.same { ", same: mailing" } else { "" };
        format!("{{ event: [{}]{sign}{only}{same} }}", self.types.join(", "))
    }

    /// Whether it looks at an event as one of its own.
    fn looks_at(&self, (_, kind, _, mailing): Made) -> bool {
        self.types.contains(&kind) && self.only.is_none_or(|only| only == mailing) && !(self.same && mailing.is_empty())
    }

    /// The rule told once more, in the plainest way: every other event is looked at.
    fn holds(&self, at: usize, all: &[Made]) -> bool {
        let (lead, _, time, mailing) = all[at];
        let near = |other: &Made| other.0 == lead && (!self.same || other.3 == mailing);
        let span = self.within_min * 60;
        self.looks_at(all[at])
            && match self.sign {
                None => true,
                Some(Ok(kind)) => all.iter().enumerate().any(|(index, other)| {
                    index != at && near(other) && other.1 == kind && other.2 <= time && time - other.2 <= span
                }),
                Some(Err(n)) => all.iter().filter(|first| near(first) && self.looks_at(**first)).any(|first| {
                    let is_in = |time: u32| (first.2..=first.2 + span).contains(&time);
                    let own = all.iter().filter(|other| near(other) && self.looks_at(**other) && is_in(other.2));
                    is_in(time) && own.count() >= n
                }),
            }
    }
}

fn rule() -> impl Strategy<Value = Rule> {
    let types = select(vec![vec!["click"], vec!["open"], vec!["click", "open"], vec!["sent", "click"]]);
    let sign = prop_oneof![
        3 => select(vec!["sent", "click", "open"]).prop_map(|other| Some(Ok(other))),
        3 => (2..5usize).prop_map(|n| Some(Err(n))),
        1 => Just(None),
    ];
    let only = prop_oneof![2 => Just(None), 1 => Just(Some("m"))];
    (types, sign, 1..4u32, only, any::<bool>()).prop_map(|(types, sign, within_min, only, same)| Rule {
        // One of the three is needed.
        only: if sign.is_none() { Some("m") } else { only },
        types,
        sign,
        within_min,
        same,
    })
}

proptest! {
    #![proptest_config(tries(40))]

    #[test]
    fn a_run_sets_aside_what_the_rules_say_in_the_plainest_way(
        rules in prop::collection::vec(rule(), 1..4),
        events in prop::collection::vec((1..3u8, select(vec!["sent", "click", "open"]), 0..400u32, select(vec!["m", "n", ""])), 1..24),
        block in 40..400usize,
    ) {
        let yaml: Vec<String> = rules.iter().map(Rule::yaml).collect();
        let line = |(lead, kind, second, mailing): &Made| {
            format!("{lead}|{kind}|09:{:02}:{:02}||{mailing}", second / 60, second % 60)
        };
        let lines: Vec<String> = events.iter().map(line).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let world = mail(&format!("[{}]", yaml.join(", "))).events("mail", rows(&lines));
        let outcome = world.with(|options| options.block_bytes = block).run();
        let mut expected: BTreeMap<(usize, String), u64> = BTreeMap::new();
        let mut scores = [0, 0];
        for (at, (lead, kind, ..)) in events.iter().enumerate() {
            match rules.iter().position(|rule| rule.holds(at, &events)) {
                Some(rule) => *expected.entry((rule, (*kind).to_owned())).or_default() += 1,
                None => scores[usize::from(*lead - 1)] += match *kind { "click" => 1, "open" => 10, _ => 0 },
            }
        }
        prop_assert_eq!(&outcome.counts.sources[0].automated, &expected);
        prop_assert_eq!(outcome.column("score")[..2].to_vec(), scores.map(|score: i32| score.to_string()).to_vec());
    }
}
