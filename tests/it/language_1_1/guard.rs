//! The guard of a source: an export that has stopped, or that names other leads, ends the night before anything is replaced.

use crate::world::{Ended, World, rules};
use leadscore::present::{describe, markdown};

/// Leads 1 and 2, and a source `web` with these keys beside the usual ones; the run is on 30 June at 2:00.
fn web(keys: &str) -> World {
    rules(&format!("events:\n  web: {{ lead: lead, type: type, time: time, {keys} }}"))
        .leads("id,note\n1,\n2,\n")
        .as_of("2026-06-30T02:00:00Z")
}

/// The events of a file: lead and time.
fn visits(rows: &[(&str, &str)]) -> String {
    let rows: Vec<String> = rows.iter().map(|(lead, time)| format!("{lead},visit,{time}\n")).collect();
    format!("lead,type,time\n{}", rows.concat())
}

/// What a run says that the guard ends, and that there is nothing of it; none where the run is good.
#[track_caller]
fn refusal(ended: &Ended) -> Option<String> {
    if ended.code == Some(0) {
        assert!(ended.file("out/scored.csv").is_some());
        return None;
    }
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""), "{}", ended.stderr);
    assert_eq!(ended.file("out/scored.csv"), None, "nothing is written");
    let said = ended.stderr.strip_prefix("error: ").expect("it is an error");
    Some(said.strip_suffix("\nnothing was replaced\n").expect("that is said last").to_owned())
}

fn run(keys: &str, rows: &[(&str, &str)], more: &[&str]) -> Option<String> {
    refusal(&web(keys).events("web", visits(rows)).score(more))
}

const OLD: &[(&str, &str)] = &[("1", "2026-06-28T23:59:59Z"), ("2", "2026-06-28T12:00:00Z")];

#[test]
fn an_export_whose_newest_event_is_too_old_ends_the_night() {
    // From 23:59:59 on the 28th to 2:00 on the 30th: 26 hours and a second.
    let expected = "\
events `web`: the newest event that counts (2026-06-28T23:59:59Z) is 26h 1s old, more than `max_age: 26h` (rulebook.yaml:6) allows
  check that its export still runs, and that this is its newest file: events-web-1.csv
to write the results all the same, pass `--max-age none`";
    assert_eq!(run("max_age: 26h", OLD, &[]).as_deref(), Some(expected));
}

#[test]
fn the_limit_itself_is_not_too_old() {
    assert_eq!(run("max_age: 26h", &[("1", "2026-06-29T00:00:00Z")], &[]), None);
    let later = web("max_age: 26h").as_of("2026-06-30T02:00:00.001Z");
    let said = refusal(&later.events("web", visits(&[("1", "2026-06-29T00:00:00Z")])).score(&[]));
    assert!(said.is_some_and(|said| said.contains("is 26h 1ms old")));
}

#[test]
fn only_events_that_count_are_new() {
    // Of no lead, after the run, and without a time: none of these shows that the export of known leads still runs.
    let rows = [("9", "2026-06-30T01:00:00Z"), ("1", "2026-07-01"), ("1", ""), ("1", "2026-06-01")];
    let said = run("max_age: 26h", &rows, &[]).expect("it is refused");
    assert!(
        said.starts_with("events `web`: the newest event that counts (2026-06-01T00:00:00Z) is 29d 2h old"),
        "{said}"
    );
    let said = run("max_age: 26h", &rows[..3], &[]).expect("it is refused");
    let expected = "\
events `web`: none of its 3 events counts (1 without a time, 1 of no lead, 1 later), but `max_age: 26h` (rulebook.yaml:6) needs a recent event
  check that its export still runs, and that this is its newest file: events-web-1.csv
to write the results all the same, pass `--max-age none`";
    assert_eq!(said, expected);
}

#[test]
fn a_dead_export_is_no_export_without_old_events() {
    let first_line = |said: Option<String>| said.map(|said| said.lines().next().unwrap_or_default().to_owned());
    let refused =
        |why: &str| Some(format!("events `web`: {why}, but `max_age: 26h` (rulebook.yaml:6) needs a recent event"));
    assert_eq!(first_line(run("max_age: 26h", &[], &[])), refused("its export has no rows"));
    let rejected = [("1", "yesterday"), ("2", "today")];
    let lenient = ["--max-rejects", "100%"];
    assert_eq!(first_line(run("max_age: 26h", &rejected, &lenient)), refused("all of its 2 rows were rejected"));
    assert_eq!(first_line(run("max_age: 26h", &rejected[..1], &lenient)), refused("its only row was rejected"));
    assert_eq!(
        first_line(run("max_age: 26h", &[("1", "")], &[])),
        refused("its only event doesn't count (1 without a time)")
    );
    let no_file = refusal(&web("max_age: 26h, optional: true").score(&[])).expect("it is refused");
    let advice = "  check that its export still runs; to name its file, pass `--events web=FILE`";
    assert_eq!(no_file.lines().nth(1), Some(advice));
    assert_eq!(first_line(Some(no_file)), refused("there is no file"));
    // Without the key nothing is asked for, whatever the file is like.
    assert_eq!(run("max_orphans: 0%", &[], &[]), None);
    assert_eq!(refusal(&web("max_orphans: 0%, optional: true").score(&[])), None);
}

#[test]
fn automated_events_are_no_sign_of_life() {
    let keys = "automated: [{ event: visit, at_least: 2, within: 1min }], max_age: 26h";
    let said = run(keys, &[("1", "2026-06-30T01:00:00Z"), ("1", "2026-06-30T01:00:01Z")], &[]).expect("it is refused");
    assert!(said.starts_with("events `web`: none of its 2 events counts (2 automated), but"), "{said}");
}

#[test]
fn a_join_that_finds_too_few_leads_ends_the_night() {
    let rows =
        [("1", "2026-06-29"), ("8", "2026-06-29"), ("9", "2026-06-29"), ("2", "2026-06-29"), ("1", "2026-06-28")];
    // Two of five are 40 %: no more than the limit.
    assert_eq!(run("max_orphans: 40%", &rows, &[]), None);
    let expected = "\
events `web`: 2 of 5 dated events (40.0 %) belong to no lead, more than `max_orphans: 39.99%` (rulebook.yaml:6) allows
  events of no lead, by type: visit 2
  check that `lead` of `web` names leads as the leads file does, and that both files are whole
to write the results all the same, pass `--max-orphans none`";
    assert_eq!(run("max_orphans: 39.99%", &rows, &[]).as_deref(), Some(expected));
}

#[test]
fn a_join_that_breaks_as_a_whole_is_shown_by_a_name_from_each_side() {
    let world = web("max_orphans: 20%").events("web", "lead,type,time\n0001,visit,2026-06-29\n0002,visit,2026-06-29\n");
    let said = refusal(&world.score(&[])).expect("it is refused");
    assert!(said.contains("2 of 2 dated events (100.0 %) belong to no lead"), "{said}");
    let example = "\n  events web: no lead has 0001 (events-web-1.csv:2, column lead); one has 1";
    assert!(said.contains(example), "{said}");
    let world = web("max_age: 26h").events("web", "lead,type,time\n0001,visit,2026-06-29\n");
    let said = refusal(&world.score(&[])).expect("it is refused");
    assert!(said.contains(example), "{said}");
}

#[test]
fn a_column_without_a_time_does_not_hide_orphans() {
    // A row gives up to four events, and most have one: of the dated ones half belong to no lead, of all cells an eighth.
    let type_from = "{ from_columns: { a: a, b: b, c: c, d: d } }";
    let world = rules(&format!("events:\n  web: {{ lead: lead, type: {type_from}, max_orphans: 49% }}"))
        .leads("id,note\n1,\n")
        .events("web", "lead,a,b,c,d\n1,2026-06-01,,,\n9,,2026-06-02,,\n");
    let said = refusal(&world.score(&[])).expect("it is refused");
    assert!(said.starts_with("events `web`: 1 of 2 dated events (50.0 %) belongs to no lead"), "{said}");
}

#[test]
fn options_win_over_the_rulebook() {
    assert_eq!(run("max_age: 26h", OLD, &["--max-age", "27h"]), None, "an option allows more");
    assert_eq!(run("max_age: 26h", OLD, &["--max-age", "none"]), None, "or lifts the limit");
    let said = run("max_age: 30d", OLD, &["--max-age", "1h"]).expect("or allows less");
    assert!(said.contains("is 26h 1s old, more than --max-age 1h allows\n"), "{said}");
    let rows = [("1", "2026-06-29"), ("9", "2026-06-29")];
    assert_eq!(run("max_orphans: 0%", &rows, &["--max-orphans", "50%"]), None);
    assert_eq!(run("max_orphans: 0%", &rows, &["--max-orphans", "none"]), None);
    let said = run("max_orphans: 60%", &rows, &["--max-orphans", "49%"]).expect("it allows less");
    assert!(said.contains("(50.0 %) belongs to no lead, more than --max-orphans 49% allows\n"), "{said}");
}

#[test]
fn an_option_asks_for_a_file_only_where_the_rulebook_does() {
    let without = |keys: &str, more: &[&str]| refusal(&web(&format!("optional: true, {keys}")).score(more));
    assert_eq!(without("fields: {}", &["--max-age", "26h"]), None);
    let said = without("max_age: 30d", &["--max-age", "26h"]).expect("the rulebook asks for one");
    assert!(said.starts_with("events `web`: there is no file, but --max-age 26h needs a recent event\n"), "{said}");
    assert_eq!(without("max_age: 30d", &["--max-age", "none"]), None);
}

#[test]
fn each_source_has_its_own_guard_and_all_that_break_it_are_told() {
    let world = rules(
        "\
events:
  web: { lead: lead, type: type, time: time, max_age: 26h }
  old: { lead: lead, type: type, time: time }
  crm:
    lead: lead
    type: type
    time: time
    max_orphans: 10%
    max_age: 3d",
    )
    .leads("id,note\n1,\n2,\n")
    .as_of("2026-06-30T02:00:00Z");
    let fresh = visits(&[("1", "2026-06-29T12:00:00Z")]);
    let (old, lost) = (visits(&[("1", "2020-01-01")]), visits(&[("1", "2026-06-20"), ("9", "2026-06-29")]));
    let good = world.clone().events("web", &fresh).events("old", &old).events("crm", &fresh);
    assert_eq!(refusal(&good.score(&[])), None);
    let broken = world.events("web", &old).events("old", &old).events("crm", &lost);
    let said = refusal(&broken.score(&[])).expect("it is refused");
    let told: Vec<&str> = said.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(
        told,
        [
            "events `web`: the newest event that counts (2020-01-01T00:00:00Z) is 2372d 2h old, more than `max_age: 26h` \
             (rulebook.yaml:6) allows",
            "events `crm`: the newest event that counts (2026-06-20T00:00:00Z) is 10d 2h old, more than `max_age: 3d` \
             (rulebook.yaml:13) allows",
            "events `crm`: 1 of 2 dated events (50.0 %) belongs to no lead, more than `max_orphans: 10%` \
             (rulebook.yaml:12) allows",
            "to write the results all the same, pass `--max-age none` and `--max-orphans none`",
        ]
    );
}

#[test]
fn a_guard_is_no_part_of_a_result() {
    let scored = |keys: &str| {
        let world = web(keys).events("web", visits(&[("1", "2026-06-30T01:00:00Z"), ("2", "2026-06-30T01:30:00Z")]));
        world.score(&[]).file("out/scored.csv").expect("it is written")
    };
    assert_eq!(scored("max_age: 1h, max_orphans: 0%"), scored("optional: true"));
}

#[test]
fn describe_says_the_guard() {
    let told = |keys: &str| {
        let text = markdown(&describe(&web(keys).parsed(), None));
        let section = text.split("## When an export looks broken\n\n").nth(1)?;
        Some(section.split("\n## ").next().unwrap_or_default().trim_end().to_owned())
    };
    assert_eq!(told("optional: true"), None);
    let expected = "\
Nothing is scored in these cases, and the last results stay as they are:

- The newest event in web is more than 26 hours old, or there is no event.
- More than 2.5 % of the events in web belong to no lead.";
    assert_eq!(told("max_age: 26h, max_orphans: 2.5%").as_deref(), Some(expected));
}
