//! `leadscore test`: what a test file can say, what a run of it prints, and the tests of the shipped rulebooks.

use crate::world::{Ended, World};
use leadscore::{judge, read_tests};
use proptest::prelude::*;
use std::path::Path;
use std::process::Command;

/// A small rulebook with one of everything that a test can speak of.
const RULEBOOK: &str = "\
rulebook: 1
leads: { id: id, created: created, fields: { email: { type: email }, title: {}, size: { type: number }, tags: { split: ';' }, created: { type: date }, won: { type: date }, ok: { type: boolean } } }
events:
  web: { lead: lead, type: type, time: time, id: id, fields: { url: { type: url } } }
  product: { lead: lead, type: type, time: time, fields: { feature: {} } }
  webinars: { lead: lead, type: { always: webinar_attended }, time: time, fields: { minutes: { type: number } } }
dimensions:
  fit:
    max: 40
    criteria:
      - { id: big, field: size, tiers: [{ gte: 1000, points: 30 }, { gte: 50, points: 10 }], unknown: -5 }
      - { id: chief, when: { any: [{ field: title, has_word: [CEO, CTO] }, { field: tags, is: boss }] }, points: 20 }
  engagement:
    groups:
      talks:
        max: 60
        criteria:
          - { id: demo, label: Asked for a demo, event: demo_request, points: 50, within: 30d, count: once, decay: { half_life: 10d } }
          - { id: webinar, event: webinar_attended, where: { field: minutes, gte: 30 }, points: 20, cap: 40 }
    criteria:
      - { id: asleep, when: { event: any, source: product, measure: idle_days, gte: 21 }, points: -10 }
grade: { fit: { A: 30, B: 0 } }
disqualify: [{ reason: rival, when: { field: email.domain, is: rival.example } }]
stages:
  - { name: Lead, entered: created }
  - { name: MQL, when: { score: total, gte: 60 }, keep_when: { score: total, gte: 40 } }
  - { name: Customer, entered: won }
priorities: [{ name: hot, when: { stage: MQL }, action: Call }, { name: cold }]
";

/// A test file beside that rulebook; `head` may hold more than the instant.
fn tested(tests: &str, args: &[&str]) -> Ended {
    let text = format!("rulebook: rulebook.yaml\nas_of: 2026-06-30\n{tests}");
    let args: Vec<&str> = ["test", "the.test.yaml"].into_iter().chain(args.iter().copied()).collect();
    World::new(RULEBOOK).file("the.test.yaml", text).command(&args)
}

/// How a run ended: its exit code, and both streams.
fn ended(ended: &Ended) -> String {
    format!("exit {}\n---- stdout\n{}---- stderr\n{}", ended.code.unwrap_or(-1), ended.stdout, ended.stderr)
}

const GOOD: &str = "\
personas:
  cto: { title: CTO, size: 450 }
  large: { size: 1000 }
sources: { product: [login], web: [demo_request] }
tests:
  - name: an empty lead scores nothing
    expect: { total: -5, fit: -5, stage: Lead, missing: [email, title, size, tags], events: 0, last_event: , why: big -5, disqualified: false, fired: [big], not_fired: [chief, demo] }
  - name: a CTO that asks is an MQL, then fades
    lead: { is: [cto, large], email: a@firm.example, created: -20d, tags: [boss, x] }
    previous_stage: MQL
    events: [demo_request -0d1, login x3 every 1d from -3d, { type: webinar_attended, time: -5d, minutes: 40 }]
    expect:
      { fit: 40, engagement: { gte: 50, lte: 60 }, engagement.talks: 60, stage: { gte: MQL, is_not: Customer }, grade: A, crm_stage: Lead, step: false,
        priority: { in: [hot, cold] }, action: Call, events: 5, fired: { demo: { gt: 46, lt: 47 }, webinar: 20 } }
    later:
      +30d: { stage: { is: MQL }, engagement: { gt: 9 }, fired: { asleep: -10 } }
      2026-12-31: { total: 50, stage: MQL }
  - name: a rival never is
    as_of: 2026-01-31
    lead: { email: spy@rival.example }
    events: [demo_request 2026-01-30]
    expect: { stage: Disqualified, disqualified: rival, priority: false }
";

#[test]
fn a_file_can_say_all_that_a_scored_lead_has() {
    let good = GOOD.replace("-0d1", "-1d");
    let run = tested(&good, &[]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(0), "ok the.test.yaml: 3 tests\n"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    assert_eq!(tested(&good, &["-q"]).stdout, "");
    assert_eq!(tested(&good, &["--run", "^a rival"]).stdout, "ok the.test.yaml: 1 test\n");
    let none = tested(&good, &["--run", "nobody"]);
    assert_eq!((none.code, none.stderr.as_str()), (Some(1), "error: no test found: no name matches `nobody`\n"));
}

#[test]
fn a_failure_says_what_came_and_why() {
    let tests = "\
sources: { product: [login], web: [demo_request] }
tests:
  - name: this one passes
    expect: { total: -5 }
  - name: a CTO that asks is hot
    lead: { title: CTO, created: -1d }
    events: [demo_request x2 every 1d from -11d, { type: webinar_attended, time: -3d, minutes: 10 }, login -30d]
    expect: { stage: MQL, fit: { gte: 20 }, engagement.talks: 50, fired: { demo: 50 }, not_fired: [asleep], events: 5, grade: B }
    later: { +2d: { total: 10, priority: hot } }
  - name: a lead of tomorrow
    lead: { created: +1d }
    expect: { stage: Lead }
";
    insta::assert_snapshot!("failing", ended(&tested(tests, &["--junit", "out.xml"])));
    let json = tested(tests, &["--format", "json", "--run", "tomorrow"]);
    insta::assert_snapshot!("failing_json", ended(&json));
    let junit = tested(tests, &["--run", "tomorrow|passes", "--junit", "out.xml", "-q"]);
    insta::assert_snapshot!("failing_junit", junit.file("out.xml").expect("it was written"));
}

#[test]
fn everything_wrong_with_a_file_is_told_at_once() {
    let tests = "\
sources: { webinars: [login], produkt: [login] }
personas: { boss: { titel: CEO } }
tests:
  - name: names
    lead: { is: bos, email: nobody, email.domain: x, size: 1,200, ok: yes, won: -5 days }
    previous_stage: mql
    events: [login -2d, demo_requst -1d, demo_request, webinar_attended x0 now, { type: webinar_attended, time: soon, minutes: many, url: /x }, { typ: login }]
    expect: { totl: 5, fit: lots, stage: Lost, grade: C, priority: hott, fired: { demmo: 5 }, not_fired: [chef], missing: [emial], step: { contains: x }, action: {} }
    later: { 90d: {}, +3m: {}, 2026-01-01: { total: 1 } }
  - name: names
    expected: { total: 5 }
  - expect: { total: 5 }
  - name: nothing is expected
";
    insta::assert_snapshot!("invalid", ended(&tested(tests, &[])));
}

#[test]
fn a_server_does_not_take_what_was_not_run_for_a_success() {
    let twice = "rulebook: rulebook.yaml\nas_of: 2026-06-30\ntests:\n  - { name: a, expect: { total: -5 } }\n  - { name: a, expect: { total: -5 } }\n";
    let good = twice.replacen("name: a", "name: b", 1);
    let faulty = "rulebook: faulty.yaml\nas_of: 2026-06-30\ntests: []\n";
    let world = World::new(RULEBOOK)
        .file("a.test.yaml", twice)
        .file("b.test.yaml", faulty)
        .file("c.test.yaml", &good)
        .file("faulty.yaml", RULEBOOK.replace("tiers", "tier"));
    let ran = world.command(&["test", "a.test.yaml", "b.test.yaml", "c.test.yaml", "--junit", "out.xml"]);
    insta::assert_snapshot!("not_run", ended(&ran));
    insta::assert_snapshot!("not_run_junit", ran.file("out.xml").expect("it was written"));
    let over = world.command(&["test", "c.test.yaml", "--junit", "c.test.yaml"]);
    assert_eq!(over.code, Some(2), "{}", over.stderr);
    for (test, junit) in [("c", "rulebook.yaml"), ("b", "faulty.yaml")] {
        let over = world.command(&["test", &format!("{test}.test.yaml"), "--junit", junit]);
        assert_eq!(over.code, Some(2), "{}", over.stderr);
    }
    let listed =
        RULEBOOK.replace("is: rival.example", "in: { list: rivals }") + "lists: { rivals: { file: rivals.txt } }\n";
    let world = World::new(&listed).file("rivals.txt", "rival.example\n").file("c.test.yaml", good);
    let over = world.command(&["test", "c.test.yaml", "--junit", "rivals.txt"]);
    assert_eq!(over.code, Some(2), "{}", over.stderr);
}

#[test]
fn what_no_test_covers_and_no_test_notices_is_listed() {
    let tests = "\
tests:
  - name: a CTO that asks is an MQL
    lead: { title: CTO, size: 50 }
    events: [{ type: demo_request, time: now, source: web }]
    expect: { stage: MQL }
";
    insta::assert_snapshot!("coverage", ended(&tested(tests, &["--min-coverage", "50"])));
    insta::assert_snapshot!("mutate", ended(&tested(tests, &["--mutate"])));
    let low = tested(tests, &["--coverage", "--mutate", "--format", "json"]);
    assert!(low.code == Some(0) && low.stdout.contains("\"unnoticed\""), "{}", low.stdout);
}

#[test]
fn no_test_is_a_failure_and_so_is_a_bad_rulebook() {
    let world = World::new(RULEBOOK)
        .file("rules/empty.test.yaml", "rulebook: ../rulebook.yaml\nas_of: 2026-06-30\ntests: []\n");
    let cases = [
        (vec!["test"], 1, "no test found: the files have none"),
        (vec!["test", "rulebook.yaml"], 1, "there is no rulebook.test.yaml"),
        (vec!["test", "nowhere"], 1, "there is no file nowhere"),
        (vec!["test", "no*where"], 1, "no test found: no*where"),
        (vec!["test", "rules", "--run", "("], 2, "--run"),
    ];
    for (args, code, said) in cases {
        let run = world.command(&args);
        assert!(run.code == Some(code) && run.stderr.contains(said), "{args:?}: {:?} {}", run.code, run.stderr);
    }
    let bad = World::new("rulebook: 1\nstages: []\n").file("rulebook.test.yaml", "as_of: 2026-06-30\ntests: []\n");
    assert_eq!(bad.command(&["test", "."]).code, Some(3));
}

#[test]
fn a_few_words_can_not_stand_for_more_events_than_memory_holds() {
    let lines = "demo_request x10000 -1d, ".repeat(40);
    let sources = "sources: { web: [demo_request] }\n";
    let refused =
        tested(&format!("{sources}tests: [{{ name: many, events: [{lines}], expect: {{ total: 1 }} }}]\n"), &[]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("LS014") && refused.stderr.contains("take more than 32 MiB"), "{}", refused.stderr);
    // Nor does every failure hold all that it counted: from the second on these say no more than what came.
    let case =
        |name: &str| format!("  - {{ name: {name}, events: [demo_request x10000 -1d], expect: {{ total: 1 }} }}\n");
    let failed = tested(&format!("{sources}tests:\n{}{}", case("one"), case("two")), &[]);
    let (one, two) = failed.stdout.split_once("FAILED the.test.yaml:6: two").expect("both fail");
    assert!(one.contains("    | ") && !two.contains("    | ") && two.contains("    got "), "{}", failed.stdout);
}

#[test]
fn an_event_comes_from_a_source_that_can_have_it() {
    let cases = [
        ("{ type: login, time: now, source: webinars }", "the source `webinars` has no events of type `login`"),
        ("{ type: login, time: now, source: web, minutes: 5 }", "the source `web` has no field `minutes`"),
        ("{ type: login, time: now, source: product, id: 7 }", "events of the source `product` have no id"),
        (
            "{ type: demo_request, time: now, minutes: 5 }",
            "no source has events of type `demo_request` with these fields",
        ),
        ("login now", "the rulebook never names events of type `login`"),
        ("{ type: demo_request, time: now, id: 7 }", ""),
        ("{ type: login, time: now, feature: x }", "the rulebook never names events of type `login`"),
    ];
    for (event, said) in cases {
        let run = tested(&format!("tests: [{{ name: it, events: [{event}], expect: {{ events: 1 }} }}]\n"), &[]);
        let is_good = said.is_empty() || run.stderr.starts_with("warning");
        assert!(run.stderr.contains(said) && (run.code == Some(0)) == is_good, "{event}\n{}{}", run.stdout, run.stderr);
    }
}

#[test]
fn few_changes_of_a_shipped_rulebook_go_unnoticed() {
    let run = Command::new(env!("CARGO_BIN_EXE_leadscore"))
        .args(["test", "rules/content-points.yaml", "rules/leadforge.yaml", "--mutate"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .output()
        .expect("the program starts");
    let out = String::from_utf8_lossy(&run.stdout);
    let counts = out.lines().filter_map(|line| line.split_once(" changes tried, "));
    let numbers = |(before, after): (&str, &str)| {
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok()).expect("a number");
        (number(before.rsplit(' ').next()), number(after.split(' ').next()))
    };
    let mut numbers: Vec<(usize, usize)> = counts.map(numbers).collect();
    assert_eq!(numbers.len(), 2, "{out}");
    // Advertisements in networks have the points of an unlisted source: only the report tells the two apart, and no test can.
    assert!(out.contains("field channel: entry Paid Social dropped"), "{out}");
    numbers[0].1 -= 1;
    assert!(numbers.iter().all(|(n_changes, n_unnoticed)| n_changes > &100 && n_unnoticed * 20 < *n_changes), "{out}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn no_text_makes_reading_tests_panic(cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..12usize, "[-+{}a0:, \\[\\]\n\"'&*xé]{0,3}"), 1..4)) {
        let rulebook = World::new(RULEBOOK).parsed();
        let mut text: Vec<char> = format!("as_of: 2026-06-30\n{GOOD}").chars().collect();
        for (at, length, new) in cuts {
            let start = at.index(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, new.chars());
        }
        let text: String = text.into_iter().collect();
        if let Ok(read) = read_tests(&text, &rulebook) {
            prop_assert_eq!(judge(&read.file, &rulebook, Path::new("x.test.yaml")).len(), read.file.cases.len());
        }
    }
}

/// Tests that hold under the rulebook as it is, with more files beside it.
#[test]
fn files_folders_globs_and_the_rulebook_itself_name_tests() {
    let test = "as_of: 2026-06-30\ntests: [{ name: nothing known, expect: { total: -5 } }]\n";
    let world = World::new(RULEBOOK)
        .file("rulebook.test.yaml", test)
        .file("more/b.test.yaml", format!("rulebook: ../rulebook.yaml\n{test}"));
    for (args, n_files) in [
        (vec!["test"], 2),
        (vec!["test", "rulebook.yaml"], 1),
        (vec!["test", "more"], 1),
        (vec!["test", "*.test.yaml", "./rulebook.test.yaml", "more/*.yaml"], 2),
    ] {
        let run = world.command(&args);
        assert_eq!((run.code, run.stdout.matches("1 test\n").count()), (Some(0), n_files), "{args:?}: {}", run.stdout);
    }
}

#[test]
fn the_shipped_rulebooks_pass_their_tests_which_cover_them_wholly() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new(env!("CARGO_BIN_EXE_leadscore"))
        .args(["test", "--coverage", "--min-coverage", "100"])
        .current_dir(project)
        .env_clear()
        .output()
        .expect("the program starts");
    let out = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && run.stderr.is_empty(), "{out}{}", String::from_utf8_lossy(&run.stderr));
    let rulebooks = std::fs::read_dir(project.join("rules")).expect("rules/ is there");
    let names = rulebooks.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned());
    for name in names
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "yaml") && !name.ends_with(".test.yaml"))
    {
        assert!(out.contains(&format!("rules/{name}: 100 % covered")), "{name} has tests\n{out}");
    }
}

#[test]
fn a_check_of_all_files_in_a_folder_leaves_tests_out_also_where_the_shell_names_them() {
    let run = World::new(RULEBOOK).file("it.test.yaml", GOOD).command(&["check", "it.test.yaml", "rulebook.yaml"]);
    assert!(run.code == Some(0) && !run.stderr.contains("it.test.yaml"), "{}{}", run.stdout, run.stderr);
}
