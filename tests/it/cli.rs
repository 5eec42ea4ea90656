//! The command line: options, environment variables, exit codes, and what is printed where.

use crate::world::{World, rules};
use std::process::{Command, Stdio};

const LEADS: &str = "id,name,created\n1,Ada,2026-05-01\n2,Bob,2026-06-30T12:00:00Z\n3,Cem,2026-07-02\n";

/// Leads that are created over time, a table and two sources, all optional.
fn world() -> World {
    rules(
        "\
leads: { id: id, created: created, fields: { name: name, created: { type: date } } }
tables:
  accounts: { key: key, by: name, fields: { country: country }, optional: true }
events:
  web: { lead: lead, type: type, time: time, optional: true }
  mail: { lead: lead, type: type, time: time, optional: true }
dimensions: { fit: { criteria: [{ id: visit, event: visit, points: 5 }, { id: home, when: { field: country, is: TR }, points: 1 }] } }
stages: [{ name: Lead }, { name: Hot, when: { score: fit, gte: 10 }, keep_when: { score: fit, gte: 5 } }]",
    )
    .leads(LEADS)
}

const VISITS: &str = "lead,type,time\n1,visit,2026-06-01\n1,visit,2026-06-02\n";

/// The exit code and the first line of standard error.
fn refusal(world: &World, more: &[&str]) -> (Option<i32>, String) {
    let ended = world.score(more);
    assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
    assert_eq!(ended.file("out/scored.csv"), None, "nothing is written");
    (ended.code, ended.stderr.lines().next().unwrap_or_default().to_owned())
}

#[test]
fn wrong_usage_is_2_and_says_what_to_do() {
    let cases: [(&[&str], &str); 13] = [
        (&["--nonsense"], "error: unexpected argument '--nonsense' found"),
        (
            &["--max-rejects", "few"],
            "error: --max-rejects few: write a number of rows, such as 25, or a percentage, such as 2%",
        ),
        (&["--max-rejects", "101%"], "error: --max-rejects 101%: write a number"),
        (&["--delimiter", "::"], "error: --delimiter ::: a delimiter is one ASCII character, or `tab`"),
        (&["--encoding", "klingon"], "error: --encoding klingon: there is no such encoding"),
        (&["--threads", "0"], "error: invalid value '0' for '--threads"),
        (
            &["--table", "acounts=x.csv"],
            "error: --table acounts=x.csv: no table is called `acounts`; did you mean `accounts`?",
        ),
        (&["--events", "wbe=x.csv"], "error: --events wbe=x.csv: no event source is called `wbe`; did you mean `web`?"),
        (&["--events", "x.csv"], "error: --events x.csv: name the event source, as NAME=x.csv; there are: web, mail"),
        (&["--keep", "total"], "error: --keep total: scored.csv already has a column with this name"),
        (&["--keep", "name,name"], "error: --keep name: you named this column twice"),
        (&["--keep", "fit"], "error: --keep fit: scored.csv already has a column with this name"),
        (&["--color", "pink"], "error: invalid value 'pink' for '--color"),
    ];
    for (more, expected) in cases {
        let (code, told) = refusal(&world(), more);
        assert!(told.starts_with(expected), "{more:?}: {told}");
        assert_eq!(code, Some(2), "{more:?}: {told}");
    }
    let told = refusal(&world().as_of("yesterday"), &[]);
    assert!(told.0 == Some(2) && told.1.starts_with("error: --as-of yesterday: "), "{told:?}");
    assert_eq!(world().command(&[]).code, Some(2));
    assert_eq!(world().command(&["score"]).code, Some(2));
    assert_eq!(world().command(&["scroe", "rulebook.yaml"]).code, Some(2));
}

#[test]
fn an_explanation_says_what_idle_days_are_counted_from_without_events() {
    let world = rules(
        "\
leads: { id: id, created: created, fields: { created: { type: date }, back: { type: date } } }
events: { web: { lead: lead, type: type, time: time, optional: true } }
dimensions:
  fit:
    criteria:
      - { id: cold, when: { event: any, measure: idle_days, from: created, gte: 30 }, points: -5 }
      - { id: again, when: { event: any, measure: idle_days, from: created, since: back, gte: 90 }, points: -1 }",
    )
    .leads("id,created,back\n1,2026-05-01,2026-06-10\n2,,\n");
    let explained = |lead: &str, more: &[&str]| {
        let args =
            ["explain", "rulebook.yaml", lead, "--leads", "leads-1.csv", "--as-of", "2026-06-30T00:00:00Z", "--all"];
        world.command(&[&args[..], more].concat()).stdout
    };
    let text = explained("1", &[]).split_whitespace().collect::<Vec<_>>().join(" ");
    for line in
        ["at least 30 (60: no event, so from created, 2026-05-01 00:00)", "at least 90 (20: no event, so from back,"]
    {
        assert!(text.contains(line), "{text}");
    }
    assert!(explained("1", &["--format", "json"]).contains("\"idle_from\""));
    assert!(!explained("2", &[]).contains("so from"), "nothing is known of it");
}

#[test]
fn an_invalid_rulebook_is_3() {
    let faulty = rules("dimensions: { fit: { criteria: [{ id: a, pionts: 3 }] } }").leads("id\n1\n").score(&[]);
    assert_eq!(faulty.code, Some(3));
    insta::assert_snapshot!(faulty.stderr);
    let missing = world().command(&["score", "rulebok.yaml"]);
    assert_eq!(missing.code, Some(3));
    assert_eq!(missing.stderr, "error: the rulebook can't be read: there is no file rulebok.yaml\n");
    let latin = world().file("latin.yaml", b"rulebook: 1\nname: \xFC\n").command(&["score", "latin.yaml"]);
    assert_eq!((latin.code, latin.stderr.as_str()), (Some(3), "error: latin.yaml: a rulebook is saved as UTF-8\n"));
    let list = rules("lists: { free: { file: lists/free.txt } }").leads("id\n1\n").score(&[]);
    assert_eq!(list.code, Some(3));
    assert!(
        list.stderr.contains("the list `lists/free.txt` can't be read: there is no file lists/free.txt"),
        "{}",
        list.stderr
    );
}

#[test]
fn unusable_input_is_4_and_leaves_the_last_output() {
    let world = world().file("out/scored.csv", "yesterday").file("out/rejects.csv", "yesterday");
    for (more, expected) in [
        (&["--leads", "none.csv"][..], "none.csv: there is no such file"),
        (&["--leads", "out"], "out: this is a folder"),
        (&["--previous", "none"], "none"),
        (&["--events", "web=none.csv"], "none.csv: there is no such file"),
        (&["--keep", "nmae"], "no column `nmae`; did you mean `name`?"),
    ] {
        let ended = world.score(more);
        assert_eq!(ended.code, Some(4), "{}", ended.stderr);
        assert!(ended.stderr.contains(expected), "{expected}: {}", ended.stderr);
        assert_eq!(ended.file("out/scored.csv").as_deref(), Some("yesterday"));
        assert_eq!(ended.file("out/rejects.csv").as_deref(), Some("yesterday"));
    }
    let bare = crate::world::rules("").command(&["score", "rulebook.yaml"]);
    assert_eq!(bare.code, Some(4));
    assert!(bare.stderr.starts_with("error: you named no file for the leads; pass `--leads FILE`"), "{}", bare.stderr);
}

#[test]
fn unwritable_output_is_5() {
    let ended = world().file("taken", "a file").score(&["--out", "taken"]);
    assert_eq!(ended.code, Some(5), "{}", ended.stderr);
    assert_eq!(ended.stderr, "error: can't write to taken: there is a file where a folder must be\n");
    assert_eq!(world().file("taken", "a file").score(&["--out", "taken/below"]).code, Some(5));
    let deep = world().score(&["--out", "a/b/c"]);
    assert_eq!((deep.code, deep.file("a/b/c/scored.csv").is_some()), (Some(0), true));
}

#[test]
fn as_of_is_a_date_or_an_instant() {
    let scored = |as_of: &str| -> Vec<String> {
        let ended = world().as_of(as_of).score(&[]);
        assert_eq!(ended.code, Some(0), "{as_of}: {}", ended.stderr);
        ended.scored().iter().map(|row| row["lead_id"].clone()).collect()
    };
    assert_eq!(scored("2026-06-30"), ["1", "2"], "a date means its end");
    assert_eq!(scored("2026-06-30T11:59:59Z"), ["1"]);
    assert_eq!(scored("2026-06-30T14:00:00+02:00"), ["1", "2"]);
    assert_eq!(scored("2026-04-30"), [""; 0]);
    let later = world().score(&[]);
    assert!(later.stdout.contains("1 lead was created later and not scored"), "{}", later.stdout);
}

#[test]
fn names_of_tables_and_sources_may_be_left_out_where_there_is_one() {
    let accounts = "key,country\nAda,TR\n";
    let world = world().file("accounts.csv", accounts).file("visits.csv", VISITS);
    let ended = world.score(&["--table", "accounts.csv", "--events", "web=visits.csv", "--events", "mail=visits.csv"]);
    assert_eq!(ended.scored()[0]["fit"], "21", "{}", ended.stderr);
    let twice = world.score(&["--events", "web=visits.csv", "--events", "web=visits.csv"]);
    assert!(twice.stderr.contains("visits.csv: the file is named twice for the events `web`"), "{}", twice.stderr);
    let one = rules(
        "events: { web: { lead: lead, type: type, time: time } }\ndimensions: { fit: { criteria: [{ id: v, event: visit, points: 5 }] } }",
    );
    let one = one.leads("id,note\n1,\n").file("a=b.csv", VISITS).file("visits.csv", VISITS);
    assert_eq!(one.score(&["--events", "visits.csv"]).scored()[0]["fit"], "10");
    assert_eq!(one.score(&["--events", "a=b.csv"]).scored()[0]["fit"], "10", "a file may have such a name");
}

#[test]
fn every_option_is_also_an_environment_variable() {
    let folder =
        world().file("visits.csv", VISITS).file("previous/scored.csv", "lead_id,total,stage\n1,10,Hot\n").written();
    let run = |variables: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
        let output = command
            .current_dir(folder.path())
            .env_clear()
            .envs(variables.iter().copied())
            .args(["score", "rulebook.yaml"])
            .output();
        output.expect("the binary runs")
    };
    let output = run(&[
        ("LEADSCORE_LEADS", "leads-1.csv"),
        ("LEADSCORE_EVENTS", "web=visits.csv"),
        ("LEADSCORE_AS_OF", "2026-06-01"),
        ("LEADSCORE_OUT", "elsewhere"),
        ("LEADSCORE_KEEP", "name,created"),
        ("LEADSCORE_PREVIOUS", "previous"),
        ("LEADSCORE_THREADS", "2"),
        ("LEADSCORE_MAX_REJECTS", "0"),
        ("LEADSCORE_QUIET", "1"),
    ]);
    assert_eq!(
        (output.status.code(), output.stdout.len(), String::from_utf8_lossy(&output.stderr).as_ref()),
        (Some(0), 0, "")
    );
    let scored = std::fs::read_to_string(folder.path().join("elsewhere/scored.csv")).expect("it was written");
    assert_eq!(
        scored,
        "lead_id,fit,total,stage,disqualified,crm_stage,step,why,missing,events,last_event,previous_total,previous_stage,changed,name,created\n\
         1,5,5,Hot,,,,visit +5,country,1,2026-06-01T00:00:00Z,10,Hot,,Ada,2026-05-01\n"
    );
    assert_eq!(run(&[("LEADSCORE_LEADS", "leads-1.csv"), ("LEADSCORE_ENCODING", "klingon")]).status.code(), Some(2));
    assert_eq!(run(&[("LEADSCORE_LEADS", "leads-1.csv"), ("LEADSCORE_DELIMITER", "::")]).status.code(), Some(2));
}

#[test]
fn quiet_says_nothing_but_errors() {
    let ended = world().score(&["-q"]);
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(0), "", ""));
    assert!(!world().score(&["-q", "--leads", "none.csv"]).stderr.is_empty());
}

#[test]
fn colors_come_only_when_asked_for() {
    let faulty = rules("dimensions: { fit: { criteria: [{ id: a, pionts: 3 }] } }").leads("id\n1\n");
    let has_color = |more: &[&str]| faulty.score(more).stderr.contains('\u{1b}');
    assert!(!has_color(&[]), "standard error is no terminal");
    assert!(!has_color(&["--color", "never"]));
    assert!(has_color(&["--color", "always"]));
}

#[test]
fn columns_of_the_leads_are_kept_as_they_stand() {
    let ended = world().score(&["--keep", "created,name"]);
    assert!(
        ended.file("out/scored.csv").is_some_and(|csv| csv.contains(",2026-06-30T12:00:00Z,Bob\n")),
        "{}",
        ended.stderr
    );
    let comma = rules("").leads("id,note,\"net, in EUR\"\n1,x,7\n").score(&["--keep", "\"net, in EUR\", note"]);
    assert!(comma.file("out/scored.csv").is_some_and(|csv| csv.ends_with(",7,x\n")), "{}", comma.stderr);
    let twice = rules("").leads("id,note,a,a\n1,,2,3\n").score(&["--keep", "a"]);
    assert_eq!(twice.code, Some(4), "{}", twice.stderr);
}

#[test]
fn paths_of_the_rulebook_are_relative_to_it_and_those_of_a_command_to_the_folder() {
    let text = "rulebook: 1\nleads: { id: id, file: { path: leads/*.csv } }\nlists: { l: { file: ../lists/l.txt } }\ndimensions: {}\nstages: [{ name: Lead }]\n";
    let world = rules("").file("books/b.yaml", text).file("books/leads/l.csv", "id\n1\n").file("lists/l.txt", "x\n");
    let ended = world.command(&["score", "books/b.yaml"]);
    assert_eq!(ended.scored().len(), 1, "{}", ended.stderr);
    let folder = world.file("here.csv", "id\n1\n2\n").written();
    let book = folder.path().join("books/b.yaml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    command.current_dir(folder.path().join("lists")).env_clear().arg("score").arg(book).args([
        "--leads",
        "../here.csv",
        "-q",
    ]);
    assert!(command.status().expect("the binary runs").success());
    let scored = std::fs::read_to_string(folder.path().join("lists/out/scored.csv")).expect("it was written here");
    assert_eq!(scored.lines().count(), 3);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = world().written();
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    command.current_dir(folder.path()).env_clear().args(["score", "rulebook.yaml", "--leads", "leads-1.csv"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    drop(child.stdout.take());
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert!(folder.path().join("out/scored.csv").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_or_a_pipe_is_no_panic() {
    let folder = world().written();
    let run = |leads: &str, out: Stdio, err: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
        command.current_dir(folder.path()).env_clear().args(["score", "rulebook.yaml", "--leads", leads]);
        command.stdin(Stdio::piped()).stdout(out).stderr(err).output().expect("the binary runs")
    };
    let full = || Stdio::from(std::fs::OpenOptions::new().write(true).open("/dev/full").expect("it is there"));
    assert_eq!(run("leads-1.csv", full(), Stdio::piped()).status.code(), Some(5));
    assert_eq!(run("leads-1.csv", Stdio::piped(), full()).status.code(), Some(0));
    let pipe = run("/dev/stdin", Stdio::piped(), Stdio::piped());
    let told = String::from_utf8_lossy(&pipe.stderr).into_owned();
    assert!(pipe.status.code() == Some(4) && told.contains("leadscore reads leads twice"), "{told}");
}

#[test]
fn help_and_version_are_answers() {
    let version = world().command(&["--version"]);
    assert_eq!((version.code, version.stdout), (Some(0), format!("leadscore {}\n", env!("CARGO_PKG_VERSION"))));
    let help = world().command(&["score", "--help"]);
    assert_eq!(help.code, Some(0));
    for option in
        ["--leads", "--table", "--events", "--as-of", "--max-rejects", "--out", "--keep", "--previous", "LEADSCORE_OUT"]
    {
        assert!(help.stdout.contains(option), "{option}\n{}", help.stdout);
    }
}
