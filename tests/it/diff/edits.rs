//! What an edit is called, how far it reaches, how a change ends the command.

use super::{compared, plainly};
use crate::world::{World, rules};
use leadscore::DiffLimit;
use leadscore::{DiffCount, DiffReport};

const OLD: &str = "rulebook: 1
name: Small
leads: { id: id, fields: { n: { type: number }, mail: { type: email } } }
events: { web: { lead: lead, type: type, time: time } }
lists: { free: [a.example, b.example] }
dimensions:
  fit:
    criteria:
      - { id: size, field: n, tiers: [{ gte: 10, points: 10 }] }
      - { id: free, when: { field: mail.domain, in: { list: free } }, points: -5 }
  use: { criteria: [{ id: visits, event: visit, points: 4, cap: 20 }] }
grade: { fit: { A: 10, B: 0 } }
stages: [{ name: Lead }, { name: MQL, when: { score: total, gte: 12 } }, { name: Won, when: { field: n, gte: 90 } }]
export: { columns: { Id: lead_id } }
";

fn world() -> World {
    let leads = (0..12).map(|at| format!("L{at},{},x@{}.example\n", at * 3, if at % 2 == 0 { "a" } else { "c" }));
    let events = (0..12).flat_map(|at| (0..at % 4).map(move |_| format!("L{at},visit,2026-06-01\n")));
    rules("")
        .leads(format!("id,n,mail\n{}", leads.collect::<String>()))
        .events("web", format!("lead,type,time\n{}", events.collect::<String>()))
}

fn change(from: &str, to: &str) -> DiffReport {
    assert!(OLD.contains(from), "{from} is there");
    plainly(&world(), OLD, &OLD.replacen(from, to, 1))
}

/// Each edit: what it is called, on which line, what of it differs; then how far the whole reaches.
fn told(from: &str, to: &str) -> String {
    let report = change(from, to);
    let edit = |row: &leadscore::EditRow| {
        let keys: Vec<String> = row.details.iter().map(|one| one.key.to_string()).collect();
        let line = row.line.map_or(0, |(_, line)| line);
        format!("{} {} at {line} ({})", row.subject, row.change, keys.join(", "))
    };
    let edits: Vec<String> = report.edits.iter().map(edit).collect();
    format!("{}: {}", report.class, edits.join("; "))
}

#[test]
fn edits_are_called_as_a_reviewer_calls_them() {
    let cases = [
        ("name: Small", "name: Large"),
        ("{ id: size, field", "{ id: size, label: Size, field"),
        ("points: 10 }] }", "points: 11 }] }"),
        ("[a.example, b.example]", "[b.example, c.example]"),
        ("[a.example, b.example]", "[a.example, b.example, z.example]"),
        ("  use: { criteria", "  use: { max: 8, criteria"),
        (", cap: 20", ""),
        ("gte: 12", "gte: 14"),
        ("name: MQL", "name: Qualified"),
        ("{ name: Won", "{ name: SQL, when: { score: use, gte: 12 } }, { name: Won"),
        ("B: 0", "B: 5, C: 0"),
        ("Id: lead_id", "Id: lead_id, Score: total"),
        ("      - { id: free, when: { field: mail.domain, in: { list: free } }, points: -5 }\n", ""),
        ("n: { type: number }", "n: { column: [n, N], type: number }"),
        ("points: 4, cap", "points: 4.00, cap"),
        ("time: time }", "time: time, max_age: 26h, max_orphans: 20% }"),
    ];
    let lines: Vec<String> = cases.iter().map(|(from, to)| told(from, to)).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn another_reading_is_a_row_of_its_own() {
    let events = "events: { web: { lead: lead, type: type, time: time } }";
    let more = "events: { web: { lead: lead, type: type, time: time }, crm: { lead: lead, type: type, time: time } }";
    let world = world().events("crm", "lead,type,time\nL1,visit,2026-06-02\nL3,visit,2026-06-02\n");
    let new = OLD.replacen(events, more, 1).replacen("points: 4,", "points: 5,", 1);
    let report = super::check_against_two_runs(&world, OLD, &new);
    assert!(report.has_two_readings);
    let rows: Vec<String> = report
        .edits
        .iter()
        .map(|row| format!("{} {:?}", row.subject, row.effect.as_ref().and_then(|effect| effect.sum_hundredths)))
        .collect();
    insta::assert_snapshot!(rows.join("\n"));
}

#[test]
fn leads_that_only_one_reading_finds_are_counted() {
    let new = OLD.replacen("leads: { id: id,", "leads: { id: other,", 1);
    let world = rules("").leads("id,other,n,mail\nL1,L1,20,\nL2,L9,20,\n").events("web", "lead,type,time\n");
    let report = plainly(&world, OLD, &new);
    assert_eq!((report.n_leads, report.n_only_old, report.n_only_new), (1, 1, 1));
}

#[test]
fn limits_compare_exact_numbers() {
    let new = OLD.replacen("gte: 12", "gte: 4", 1);
    let tripped = |limit: &str| {
        let report = compared(&world(), OLD, &new, &leadscore::Privacy::default(), &[limit]);
        report.tripped.first().map(|tripped| tripped.found.to_string())
    };
    let found =
        ["MQL > 0", "MQL > +10%", "MQL<=-1", "moved > 100", "moved >= 1", "score > 0", "Lead < -5%"].map(tripped);
    insta::assert_debug_snapshot!(found);
    let wrong = ["", "MQL", "MQL > much", "moved > 5%", "SQL > 5", "value ~ 3"];
    let stages = ["Lead", "MQL"].map(str::to_owned);
    assert!(wrong.iter().all(|text| DiffLimit::parse(text, &stages).is_err()));
}

#[test]
fn small_groups_are_hidden_with_the_ids() {
    let new = OLD.replacen("gte: 12", "gte: 13", 1);
    let privacy = leadscore::Privacy { hides_small_groups: true, ..Default::default() };
    let report = compared(&world(), OLD, &new, &privacy, &[]);
    assert_eq!(report.total.n_moved, DiffCount::FEW);
    let ids = report.lines.iter().flat_map(|line| line.above.iter().chain(&line.below)).map(|near| near.lead.as_str());
    let ids: Vec<&str> = ids.collect();
    assert!(!ids.is_empty() && ids.iter().all(|id| id.starts_with("lead-")), "{ids:?}");
    let keyed = |key: &str| {
        let privacy = leadscore::Privacy { key: Some(key.to_owned()), ..privacy.clone() };
        compared(&world(), OLD, &new, &privacy, &[]).lines
    };
    assert_eq!(keyed("a"), keyed("a"));
    assert_ne!(keyed("a"), keyed("b"));
}

#[test]
fn the_command_ends_with_what_it_found() {
    let mut world = world().file("old.yaml", OLD).file("new.yaml", OLD.replacen("gte: 12", "gte: 4", 1));
    OLD.clone_into(&mut world.rulebook);
    let run = |more: &[&str]| {
        let files = ["--leads", "leads-1.csv", "--events", "events-web-1.csv", "--as-of", crate::world::TODAY];
        let args: Vec<&str> = ["diff"].iter().chain(more).chain(&files).copied().collect();
        let ended = world.command(&args);
        (ended.code, ended.stderr)
    };
    let code = |more: &[&str]| run(more).0;
    assert_eq!(code(&["old.yaml", "new.yaml", "-q"]), Some(0));
    assert_eq!(code(&["old.yaml", "new.yaml", "-q", "--exit-code"]), Some(1));
    assert_eq!(code(&["old.yaml", "rulebook.yaml", "-q", "--exit-code"]), Some(0));
    assert_eq!(code(&["old.yaml", "new.yaml", "-q", "--fail-if", "MQL > 500%"]), Some(0));
    let (exit, stderr) = run(&["old.yaml", "new.yaml", "-q", "--fail-if", "MQL > +10%"]);
    assert_eq!(exit, Some(1));
    assert!(stderr.starts_with("exceeded: MQL > +10% (MQL goes from "), "{stderr}");
    let (exit, stderr) = run(&["old.yaml", "new.yaml", "--fail-if", "MQLs > 5"]);
    assert_eq!(exit, Some(2));
    insta::assert_snapshot!(stderr);
    assert_eq!(code(&["old.yaml", "none.yaml"]), Some(3));
    assert_eq!(code(&["git:old.yaml", "new.yaml"]), Some(2));
    assert_eq!(code(&["git:main:old.yaml", "new.yaml"]), Some(3));
    assert_eq!(code(&["old.yaml", "new.yaml", "-q", "--output", "none/diff.md"]), Some(5));
    // Nothing that is read is written over, and no tests that are there already.
    world = world.file("kept.test.yaml", "tests: []\n");
    for (option, file) in [
        ("--output", "./leads-1.csv"),
        ("--output", "old.yaml"),
        ("--propose-tests", "new.yaml"),
        ("--propose-tests", "kept.test.yaml"),
    ] {
        let args =
            ["diff", "old.yaml", "new.yaml", option, file, "--leads", "leads-1.csv", "--as-of", crate::world::TODAY];
        let ended = world.command(&[&args[..], &["--events", "events-web-1.csv"]].concat());
        assert_eq!(ended.code, Some(2), "{option} {file}: {}", ended.stderr);
        assert!(ended.stderr.starts_with(&format!("error: {option} {file} ")), "{}", ended.stderr);
    }
}

#[test]
fn proposed_tests_pass_and_nothing_of_them_is_found_in_the_exports() {
    let rulebook = "\
rulebook: 1
leads: { id: id, fields: { revenue: { type: number }, mail: { type: email }, created: { type: date }, firm: firm } }
events: { web: { lead: lead, type: type, time: time, fields: { seconds: { type: number } } } }
dimensions:
  fit:
    criteria:
      - { id: rich, field: revenue, tiers: [{ gte: 1000000, points: 20 }] }
      - { id: ours, when: { all: [{ present: [firm, created] }, { field: mail.domain, is_not: gmail.com }] }, points: 7 }
      - { id: read, event: view, where: { field: seconds, gte: 30 }, points: 5, decay: { half_life: 30d } }
stages: [{ name: Lead }, { name: MQL, when: { score: total, gte: 30 } }]
";
    let world = crate::world::World::new(rulebook)
        .file("new.yaml", rulebook.replace("points: 20", "points: 40"))
        .leads("id,revenue,mail,created,firm\n1,4446781,ada@acme.example,2026-01-03T10:11:12Z,Acme\n")
        .events("web", "lead,type,time,seconds\n1,view,2026-06-03T07:29:16.056Z,347\n1,view,2026-06-04T08:30:17Z,12\n");
    let files = ["--leads", "leads-1.csv", "--events", "web=events-web-1.csv", "--as-of", crate::world::TODAY];
    let args = ["diff", "rulebook.yaml", "new.yaml", "-q", "--propose-tests", "new.test.yaml"];
    let proposed = world.command(&[&args[..], &files].concat()).file("new.test.yaml").expect("it was written");
    insta::assert_snapshot!(proposed);
    let ran = world.file("new.test.yaml", &proposed).command(&["test", "new.test.yaml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "ok new.test.yaml: 1 test\n"), "{}", ran.stderr);
}

#[test]
fn a_reason_that_looks_numbered_is_only_a_reason() {
    let reasons = |last: &str| {
        OLD.replacen(
            "stages:",
            &format!(
                "disqualify:
  - {{ reason: Partner (2), when: {{ field: n, gte: 80 }} }}
  - {{ reason: Student, when: {{ field: n, lt: 1 }} }}
  - {{ reason: Student, when: {{ field: mail.domain, is: c.example }} }}
  - {{ reason: Student (2), when: {{ field: n, is: {last} }} }}
  - {{ reason: Reseller (x), when: {{ absent: [mail] }} }}
stages:"
            ),
            1,
        )
    };
    let told = |old: &str, new: &str| {
        let report = plainly(&world(), old, new);
        let edit = |row: &leadscore::EditRow| {
            let effect = row.effect.as_ref().map(|effect| effect.n_moved);
            format!("{} {} at {:?}, moved {effect:?}\n", row.subject, row.change, row.line)
        };
        format!("{}\n{}", report.class, report.edits.iter().map(edit).collect::<String>())
    };
    let same = told(&reasons("6"), &reasons("6"));
    let changed = told(&reasons("6"), &reasons("12"));
    let without = reasons("6").replace("  - { reason: Partner (2), when: { field: n, gte: 80 } }\n", "");
    let removed = told(&reasons("6"), &without);
    insta::assert_snapshot!("numbered_reasons", [same, changed, removed].join("\n"));
}
