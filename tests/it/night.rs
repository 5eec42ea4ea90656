//! `score` as a cron job: whatever happens, the folder holds a complete run, and someone who wasn't there can tell which.

#[cfg(unix)]
use crate::pipe::{Held, make_pipe};
use crate::world::{Ended, World, rules};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

const RULES: &str = "\
leads: { id: id, fields: { name: name, created: { type: date }, mql: { type: date, optional: true } } }
events: { web: { lead: lead, type: type, time: time, optional: true } }
dimensions:
  fit: { criteria: [{ id: named, when: { present: [name] }, points: 1 }, { id: visit, event: visit, points: 5 }] }
stages:
  - { name: Cold, entered: created }
  - { name: Hot, when: { score: total, gte: 10 }, entered: mql, recycle_when: { score: total, lt: 3 } }
priorities: [{ name: high, when: { stage: Hot }, action: Call }, { name: low }]
export: { columns: { ID: lead_id, Points: total, Domain: name, Note: { text: scored } }, only: changed, empty: none }
";

const LEADS: &str =
    "id,name,created,mql\n1,Ada,2026-05-01,\n2,,2026-05-02,\n3,=Cem,2026-05-03,2026-05-09\n4,Deniz,2026-05-03,\n";
const VISITS: &str = "lead,type,time\n1,visit,2026-06-01\n1,visit,2026-06-02\n9,visit,2026-06-02\n3,visit,bad\n";

pub(crate) fn world() -> World {
    rules(RULES).leads(LEADS).events("web", VISITS)
}

/// The binary in a folder, with these arguments after `score rulebook.yaml` and its files.
pub(crate) fn command(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    command.current_dir(folder).env_clear().args(["score", "rulebook.yaml", "--leads", "leads-1.csv"]);
    command.args(["--events", "web=events-web-1.csv", "--as-of", "2026-06-30"]).args(more);
    command
}

pub(crate) fn run(folder: &Path, more: &[&str]) -> Output {
    command(folder, more).output().expect("the binary runs")
}

pub(crate) fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file of a folder with its content, by name.
pub(crate) fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).expect("it can be read") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it lies below").display().to_string();
                found.insert(name, std::fs::read(&path).expect("it can be read"));
            }
        }
    }
    found
}

/// What lies beside the rulebook and the files, hidden names included.
pub(crate) fn litter(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).expect("it can be read");
    let names = names.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned());
    let mut left: Vec<String> = names.filter(|name| name.starts_with(".out.") && !name.ends_with("-lock")).collect();
    left.sort();
    left
}

fn manifest(ended: &Ended) -> serde_json::Value {
    serde_json::from_str(&ended.file("out/manifest.json").expect("there is a manifest")).expect("it is JSON")
}

#[test]
fn a_run_leaves_a_folder_that_says_what_ran() {
    let ended = world().score(&["--max-rejects", "5"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let manifest = manifest(&ended);
    let mut shown = manifest.clone();
    // What other parts write may change; the sums are checked below.
    for file in shown["outputs"].as_array_mut().expect("outputs are listed") {
        file["bytes"].take();
        file["sha256"].take();
    }
    insta::assert_snapshot!("manifest", format!("{shown:#}"));
    for file in manifest["outputs"].as_array().expect("outputs are listed") {
        let name = file["path"].as_str().expect("they have a name");
        let bytes = std::fs::read(ended.folder.path().join("out").join(name)).expect("it is there");
        let sum = leadscore::FileSum::of(&bytes);
        assert_eq!((file["bytes"].as_u64(), file["sha256"].as_str()), (Some(sum.n_bytes), Some(sum.hex().as_str())));
    }
    let leads = &manifest["leads"];
    let sum: u64 = ["scored", "later", "rejects", "empty"].iter().filter_map(|key| leads[*key].as_u64()).sum();
    assert_eq!(Some(sum), leads["rows"].as_u64());
    assert_eq!(content(&ended.folder.path().join("out")).len(), manifest["outputs"].as_array().map_or(0, Vec::len) + 1);
}

#[test]
fn what_sales_and_the_crm_get() {
    let ended = world().score(&["--max-rejects", "5"]);
    let files = ["handoff.csv", "recycle.csv", "crm.csv", "rejects/events-web-1.csv"];
    let files = files.map(|name| format!("{name}\n{}", ended.file(&format!("out/{name}")).expect("it is written")));
    insta::assert_snapshot!("for_sales_and_crm", files.join("\n"));
}

#[test]
fn the_next_night_compares_with_the_last() {
    let folder = world().written();
    let path = folder.path();
    let nightly = ["--previous", "out", "--max-rejects", "5"];
    let first = run(path, &nightly);
    assert_eq!(first.status.code(), Some(0), "there is no night before the first: {}", told(&first));
    std::fs::write(path.join("events-web-1.csv"), format!("{VISITS}4,visit,2026-06-03\n4,visit,2026-06-04\n"))
        .expect("it can");
    let second = run(path, &nightly);
    assert_eq!(second.status.code(), Some(0), "{}", told(&second));
    let text = String::from_utf8_lossy(&second.stdout).into_owned();
    let since = text.find("since the previous run").expect("it is told");
    let files = ["handoff.csv", "crm.csv"].map(|name| {
        format!("{name}\n{}", std::fs::read_to_string(path.join("out").join(name)).expect("it is written"))
    });
    insta::assert_snapshot!("second_night", format!("{}\n{}", files.join("\n"), &text[since..]));
    assert!(
        told(&second)
            .contains("warning: Hot: 50.0 % of all leads, but 25.0 % in the previous run (25.00 percentage points)"),
        "{}",
        told(&second)
    );
    // Back to where the lead was the night before the last.
    std::fs::write(path.join("events-web-1.csv"), VISITS).expect("it can be written");
    let third = String::from_utf8_lossy(&run(path, &nightly).stdout).into_owned();
    assert!(third.contains("Cold                          1     0        1"), "{third}");
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let plain = world().score(&["--keep", "name", "--max-rejects", "5"]);
    assert!(
        plain.stdout.contains("1 cell begin like a formula") || plain.stdout.contains("1 cell begins like a formula"),
        "{}",
        plain.stdout
    );
    let folder = world().written();
    let run = |more: &[&str]| {
        let output = run(
            folder.path(),
            &[&["--keep", "name", "--max-rejects", "5", "--previous", "out", "--excel"], more].concat(),
        );
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        std::fs::read_to_string(folder.path().join("out/scored.csv")).expect("it is written")
    };
    let scored = run(&[]);
    assert!(scored.starts_with("\u{feff}lead_id,") && scored.contains(",'=Cem\r\n"), "{scored}");
    assert!(scored.lines().all(|line| !line.ends_with(",=Cem")), "{scored}");
    // Read back the next night, it is what it was before it was made safe.
    assert!(run(&[]).contains("3,1,1,Cold,,low,Keep") || run(&[]).contains(",1,Cold,"), "{scored}");
}

#[test]
fn a_folder_with_anything_else_in_it_is_refused_before_any_work() {
    let world = world().file("out/notes.txt", "mine").file("out/scored.csv", "lead_id\n");
    let ended = world.score(&["--max-rejects", "5"]);
    assert_eq!(ended.code, Some(5));
    let expected = "out holds notes.txt, which leadscore didn't write (or its manifest.json is gone)";
    assert!(ended.stderr.contains(expected), "{}", ended.stderr);
    assert_eq!(ended.file("out/notes.txt").as_deref(), Some("mine"));
    let failed = ended.file("out/manifest.failed.json").expect("word is left");
    assert!(failed.contains("\"exit\": 5"), "{failed}");
    let nested = crate::night::world().file("out/rejects/mine.csv", "x").score(&["--max-rejects", "5"]);
    assert!(nested.stderr.contains("out holds rejects/mine.csv"), "{}", nested.stderr);
}

#[test]
fn a_failed_run_leaves_the_old_results_and_word_of_itself() {
    let folder = world().written();
    let path = folder.path();
    assert_eq!(run(path, &["--max-rejects", "5"]).status.code(), Some(0));
    let before = content(&path.join("out"));
    for (more, why) in [
        (vec!["--min-leads", "5"], "only 4 leads were scored, fewer than --min-leads 5"),
        (
            vec!["--max-age", "26h"],
            "the newest event that counts (2026-06-02T00:00:00Z) is 28d 23h old, more than --max-age 26h allows",
        ),
        (
            vec!["--max-orphans", "20%"],
            "events `web`: 1 of 3 dated events (33.3 %) belongs to no lead, more than --max-orphans 20% allows",
        ),
    ] {
        let output = run(path, &[&["--max-rejects", "5"], &more[..]].concat());
        assert_eq!(output.status.code(), Some(4));
        assert!(told(&output).contains(why) && told(&output).contains("nothing was replaced"), "{}", told(&output));
        let mut after = content(&path.join("out"));
        let failed =
            String::from_utf8(after.remove("manifest.failed.json").expect("word is left")).expect("it is text");
        assert!(failed.contains("\"exit\": 4") && failed.contains(why.split('`').next().unwrap_or(why)), "{failed}");
        assert_eq!(after, before, "the old results are untouched");
        assert_eq!(litter(path), [""; 0]);
    }
    assert_eq!(
        run(path, &["--max-age", "30d", "--max-orphans", "50%", "--min-leads", "4", "--max-rejects", "5"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(content(&path.join("out")).keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
}

#[test]
fn what_a_killed_run_left_is_cleaned_by_the_next() {
    let world =
        world().file(".out.leadscore-new/scored.csv", "half").file(".out.leadscore-old/scored.csv", "lead_id\n");
    let folder = world.written();
    // Set aside and not replaced yet: the old results are put back before anything else.
    let failed = run(folder.path(), &["--min-leads", "99", "--max-rejects", "5"]);
    assert_eq!(failed.status.code(), Some(4));
    assert_eq!(std::fs::read_to_string(folder.path().join("out/scored.csv")).ok().as_deref(), Some("lead_id\n"));
    assert_eq!(litter(folder.path()), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_second_run_finds_the_first_one_busy() {
    let folder = world().written();
    let path = folder.path();
    let pipe = path.join("pipe");
    make_pipe(&pipe);
    let first = Held::start(command(path, &["--max-rejects", "5", "-q", "--events", "web=pipe"]), &pipe);
    let waiting = command(path, &["--max-rejects", "5", "-q", "--lock-wait", "1min"]).spawn().expect("it runs");
    let busy = run(path, &["--max-rejects", "5"]);
    assert_eq!(busy.status.code(), Some(75), "{}", told(&busy));
    assert!(told(&busy).contains("is writing to out; wait until it ends"), "{}", told(&busy));
    assert_eq!(first.finish(VISITS).status.code(), Some(0), "nobody disturbed it");
    let waited = waiting.wait_with_output().expect("it ends");
    assert_eq!(waited.status.code(), Some(0), "it waited until the first had ended");
    assert_eq!(run(path, &["--lock-wait", "soon"]).status.code(), Some(2));
}

#[test]
fn two_at_once_are_one_after_the_other() {
    let folder = world().written();
    let start =
        || command(folder.path(), &["--max-rejects", "5", "-q", "--lock-wait", "1min"]).spawn().expect("it runs");
    let ends: Vec<_> =
        [start(), start(), start()].into_iter().map(|mut child| child.wait().expect("it ends").code()).collect();
    assert_eq!(ends, [Some(0); 3]);
    let verified = verify(folder.path(), &["--rerun"]);
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
}

pub(crate) fn verify(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    command.current_dir(folder).env_clear().args(["verify", "out"]).args(more).output().expect("the binary runs")
}

#[test]
fn a_folder_can_be_verified_and_its_run_repeated() {
    let folder = world().written();
    let path = folder.path();
    let nightly = ["--max-rejects", "5", "--previous", "out", "--keep", "name"];
    let said = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    for _ in 0..2 {
        assert_eq!(run(path, &nightly).status.code(), Some(0));
        let verified = verify(path, &["--rerun"]);
        assert_eq!(verified.status.code(), Some(0), "{} {}", said(&verified), told(&verified));
    }
    std::fs::write(path.join("leads-1.csv"), LEADS.replace("Ada", "Eda")).expect("it can be written");
    assert_eq!(verify(path, &[]).status.code(), Some(0), "the folder itself is as it was");
    let other = verify(path, &["--rerun"]);
    assert_eq!((other.status.code(), said(&other).as_str()), (Some(1), "leads-1.csv: changed since the run read it\n"));
    std::fs::write(path.join("out/report.md"), "x").expect("it can be written");
    std::fs::remove_file(path.join("out/crm.csv")).expect("it can be removed");
    let changed = verify(path, &[]);
    assert_eq!(changed.status.code(), Some(1));
    let lines = said(&changed);
    assert!(
        lines.contains("out/crm.csv: can't be read") && lines.contains("out/report.md: changed since the run wrote it"),
        "{lines}"
    );
    assert_eq!(run(path, &nightly).status.code(), Some(0));
    std::fs::write(path.join("out/notes.txt"), "x").expect("it can be written");
    let strange = verify(path, &[]);
    let expected = (Some(1), "out/notes.txt: the run didn't write it\n");
    assert_eq!((strange.status.code(), said(&strange).as_str()), expected, "the next run would refuse it");
    assert_eq!(world().command(&["verify", "."]).code, Some(4));
}

#[test]
fn without_sums_of_the_inputs_all_else_is_the_same() {
    let folder = world().written();
    let path = folder.path();
    let scored = || std::fs::read(path.join("out/scored.csv")).expect("it is there");
    assert_eq!(run(path, &["--max-rejects", "5"]).status.code(), Some(0));
    let with_sums = scored();
    assert_eq!(run(path, &["--max-rejects", "5", "--no-input-sums"]).status.code(), Some(0));
    assert_eq!(scored(), with_sums);
    let nightly = ["--max-rejects", "5", "--no-input-sums", "--previous", "out"];
    assert_eq!(run(path, &nightly).status.code(), Some(0));
    let manifest = std::fs::read_to_string(path.join("out/manifest.json")).expect("it is there");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("it is JSON");
    let has_sum = |list: &str| manifest[list].as_array().expect("a list").iter().any(|file| file["sha256"].is_string());
    assert_eq!((has_sum("inputs"), has_sum("outputs")), (false, true));
    // What it wrote can still be held against the same run.
    let verified = verify(path, &["--rerun"]);
    assert_eq!(verified.status.code(), Some(0), "{}", told(&verified));
    std::fs::write(path.join("leads-1.csv"), LEADS.replace("Ada", "")).expect("it can be written");
    let other = String::from_utf8_lossy(&verify(path, &["--rerun"]).stdout).into_owned();
    assert!(other.contains("out/scored.csv: repeating the run gives a different file"), "{other}");
}

#[test]
fn rejected_rows_can_be_mended_and_fed_in_again() {
    // Two folders with a file of the same name, in the same encoding, with lines before the header and after the data.
    let rules = "\
leads: { id: Kimlik, fields: { ad: Ad }, file: { encoding: windows-1254, skip_first: 1, skip_last: 1 } }
";
    let encode = |text: &str| encoding_rs::WINDOWS_1254.encode(text).0.into_owned();
    let one = encode("Dışa aktarım\r\nKimlik;Ad\r\n1;\"İki\r\nsatır\"\r\n;\"Şule\r\nÇelik\"\r\n2;x;y\r\nToplam: 3\r\n");
    let other = encode("Dışa aktarım\r\nKimlik;Ad\r\n1;Tekrar\r\nToplam: 1\r\n");
    let world = crate::world::rules(rules).file("a/leads.csv", one).file("b/leads.csv", other);
    let ended = world.command(&[
        "score",
        "rulebook.yaml",
        "--leads",
        "a/leads.csv",
        "--leads",
        "b/leads.csv",
        "--max-rejects",
        "5",
    ]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let twin = |name: &str| std::fs::read(ended.folder.path().join("out/rejects").join(name)).expect("it is written");
    let first = encode("Dışa aktarım\r\nKimlik;Ad\r\n;\"Şule\r\nÇelik\"\r\n2;x;y\r\nToplam: 3\r\n");
    assert_eq!(twin("leads.csv"), first);
    assert_eq!(twin("leads-2.csv"), encode("Dışa aktarım\r\nKimlik;Ad\r\n1;Tekrar\r\nToplam: 1\r\n"));
    let mended = encoding_rs::WINDOWS_1254.decode(&first).0.replace("\n;\"", "\n7;\"").replace(";x;y", ";x");
    let again = world.file("mended.csv", encode(&mended)).command(&["score", "rulebook.yaml", "--leads", "mended.csv"]);
    let ids: Vec<_> = again.scored().iter().map(|row| row["lead_id"].clone()).collect();
    assert_eq!(ids, ["7", "2"], "{}", again.stderr);
}

#[test]
fn machines_are_told_one_event_a_line() {
    let events = |ended: &Ended| -> Vec<serde_json::Value> {
        ended
            .stderr
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{}", ended.stderr)))
            .collect()
    };
    let json = |more: &[&str]| world().score(&[&["--log-format", "json", "--max-rejects", "5"], more].concat());
    let good = events(&json(&[]));
    let kinds: Vec<_> = good.iter().map(|event| event["event"].as_str().unwrap_or_default()).collect();
    assert_eq!(kinds, ["start", "file", "file", "written", "warning", "end"]);
    assert_eq!((good[5]["exit"].as_i64(), good[5]["reason"].as_str()), (Some(0), Some("done")));
    let bad = events(&json(&["--min-leads", "9"]));
    assert_eq!(bad.last().map(|event| event["exit"].clone()), Some(4.into()));
    let quiet = json(&["-q"]);
    assert_eq!((quiet.stderr.as_str(), quiet.stdout.as_str()), ("", ""));
    let faulty = rules("dimensions: { fit: { criteria: [{ id: a, pionts: 3 }] } }").leads("id\n1\n");
    let faulty = events(&faulty.score(&["--log-format", "json"]));
    let names_it =
        |event: &serde_json::Value| event["message"].as_str().is_some_and(|message| message.contains("pionts"));
    assert!(faulty.iter().any(names_it), "{faulty:?}");
}

#[test]
fn metrics_remember_the_last_success() {
    let folder = world().written();
    let path = folder.path();
    let metrics = |more: &[&str]| {
        run(path, &[&["--max-rejects", "5", "--metrics-file", "leads.prom"], more].concat());
        let text = std::fs::read_to_string(path.join("leads.prom")).expect("it is written");
        let value =
            |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned());
        (
            value("leadscore_exit_code"),
            value("leadscore_last_success_timestamp_seconds"),
            value("leadscore_leads{stage=\"Hot\"}"),
        )
    };
    let (exit, success, hot) = metrics(&[]);
    assert_eq!((exit.as_deref(), hot.as_deref()), (Some("0"), Some("1")));
    let (exit, last, hot) = metrics(&["--min-leads", "9"]);
    assert_eq!((exit.as_deref(), last, hot), (Some("4"), success, None));
}
