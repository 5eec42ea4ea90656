//! What a night can bring: kills, signals, full disks, folders that can't be written, and input that was made to hurt.

#[cfg(unix)]
use crate::pipe::{Held, make_pipe};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const RULES: &str = "\
rulebook: 1
leads: { id: id, fields: { name: name } }
events: { web: { lead: lead, type: type, time: time, optional: true } }
dimensions: { fit: { criteria: [{ id: named, when: { present: [name] }, points: 1 }, { id: visit, event: visit, points: 5 }] } }
stages: [{ name: Cold }, { name: Hot, when: { score: total, gte: 5 } }]
";

/// A rulebook and leads of so many rows, in a folder of their own.
fn folder(n_leads: usize) -> TempDir {
    let folder = TempDir::new().expect("a folder can be made");
    let leads = |name: &str| {
        (0..n_leads).fold("id,name\n".to_owned(), |mut csv, id| {
            let _ = writeln!(csv, "{id},{name}");
            csv
        })
    };
    let files = [("rulebook.yaml", RULES.to_owned()), ("old.csv", leads("Ada")), ("new.csv", leads(""))];
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).expect("a file can be written");
    }
    folder
}

fn score(folder: &Path, leads: &str, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    command.current_dir(folder).env_clear().args(["score", "rulebook.yaml", "--as-of", "2026-06-30", "--leads", leads]);
    command.args(more).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The files of the output folder by name; none if it is not there.
fn results(folder: &Path) -> Option<BTreeMap<String, Vec<u8>>> {
    let entries = std::fs::read_dir(folder.join("out")).ok()?;
    let read = |path: PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        (name.expect("it has a name"), std::fs::read(&path).expect("it can be read"))
    };
    Some(entries.map(|entry| read(entry.expect("it can be read").path())).collect())
}

/// What lies beside the output folder that belongs to no run.
fn litter(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).expect("it can be read");
    let names = names.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".out.") && !name.ends_with("-lock")).collect()
}

/// A run that the system kills when it writes to a file beyond so many blocks of 512 bytes. What it prints goes to the end of a
/// file that is `LONG` already.
#[cfg(target_os = "linux")]
fn killed_beyond(folder: &Path, blocks: u32) -> Output {
    let mut limited = Command::new("sh");
    let script = "ulimit -c 0; ulimit -f \"$1\"; shift; exec \"$@\" >> printed";
    limited.current_dir(folder).args(["-c", script, "sh", &blocks.to_string(), env!("CARGO_BIN_EXE_leadscore")]);
    limited.args(["score", "rulebook.yaml", "--as-of", "2026-06-30", "--leads", "new.csv"]);
    limited.output().expect("a shell runs")
}

/// More blocks than any file of the results has.
#[cfg(target_os = "linux")]
const LONG: u32 = 4096;

#[cfg(target_os = "linux")]
#[test]
fn a_run_killed_at_any_moment_leaves_the_old_results_or_the_new() {
    use std::os::unix::process::ExitStatusExt as _;
    let folder = folder(100);
    let path = folder.path();
    let whole = |leads: &str| {
        assert!(score(path, leads, &["-q"]).status().expect("the binary runs").success());
        results(path).expect("there are results")
    };
    let (new, old) = (whole("new.csv"), whole("old.csv"));
    assert_ne!(new, old);
    let is_old = || results(path).as_ref() == Some(&old);
    // While it reads.
    make_pipe(&path.join("pipe"));
    let reading = score(path, "new.csv", &["--events", "web=pipe"]);
    assert_eq!(Held::start(reading, &path.join("pipe")).killed("-KILL").status.signal(), Some(9));
    assert!(is_old(), "killed while it read");
    // While it writes: each of its files, some in their middle.
    let mut moments = BTreeSet::new();
    std::fs::write(path.join("printed"), vec![b' '; LONG as usize * 512]).expect("a file can be written");
    for blocks in [0, 1, 2, 4, 8, 16, 32] {
        let output = killed_beyond(path, blocks);
        assert_eq!(output.status.signal(), Some(signal_hook::consts::SIGXFSZ), "{blocks}: {}", told(&output));
        assert!(is_old(), "killed at a file of {blocks} blocks");
        let staged = std::fs::read_dir(path.join(".out.leadscore-new")).expect("it was writing");
        moments.insert(staged.count());
    }
    assert!(moments.len() > 3, "it was killed at different files: {moments:?}");
    // After the exchange, while it prints.
    let output = killed_beyond(path, LONG);
    assert_eq!(output.status.signal(), Some(signal_hook::consts::SIGXFSZ), "{}", told(&output));
    assert_eq!(results(path).as_ref(), Some(&new));
    assert_eq!(whole("old.csv"), old);
    assert_eq!(litter(path), [""; 0], "the next run cleans up");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_results() {
    let folder = folder(4000);
    let path = folder.path();
    assert!(score(path, "old.csv", &["-q"]).status().expect("the binary runs").success());
    let old = results(path);
    // No file may grow beyond so many blocks, and the signal that says so is ignored: writing fails, as on a full disk.
    for blocks in ["0", "1", "40", "100"] {
        let mut limited = Command::new("sh");
        limited.current_dir(path).args(["-c", "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"", "sh", blocks]);
        limited.arg(env!("CARGO_BIN_EXE_leadscore"));
        limited.args(["score", "rulebook.yaml", "--as-of", "2026-06-30", "--leads", "new.csv", "-q"]);
        let output = limited.output().expect("a shell runs");
        assert_eq!(output.status.code(), Some(5), "{blocks}: {}", told(&output));
        assert!(told(&output).contains("can't write to out: "), "{}", told(&output));
        let mut after = results(path).expect("they are still there");
        after.remove("manifest.failed.json");
        assert_eq!(Some(after), old);
        assert_eq!(litter(path), [""; 0]);
    }
}

#[cfg(unix)]
#[test]
fn signals_end_a_run_and_replace_nothing() {
    let folder = folder(10);
    let path = folder.path();
    assert!(score(path, "old.csv", &["-q"]).status().expect("the binary runs").success());
    let old = results(path);
    let pipe = path.join("pipe");
    make_pipe(&pipe);
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        // Events that never come keep it waiting in the middle of its work.
        let more = ["--events", "web=pipe", "--log-format", "json", "--metrics-file", "m.prom"];
        let output = Held::start(score(path, "new.csv", &more), &pipe).killed(signal);
        assert_eq!(output.status.code(), Some(code), "{}", told(&output));
        let last = told(&output).lines().last().map(str::to_owned).unwrap_or_default();
        assert!(last.contains(&format!("\"exit\":{code}")) && last.contains("nothing was replaced"), "{last}");
        let metrics = std::fs::read_to_string(path.join("m.prom")).expect("metrics are left");
        assert!(metrics.contains(&format!("leadscore_exit_code {code}\n")), "{metrics}");
        let mut after = results(path).expect("they are still there");
        assert!(after.remove("manifest.failed.json").is_some(), "word is left");
        assert_eq!(Some(after), old);
        assert_eq!(litter(path), [""; 0]);
    }
}

#[test]
fn where_nothing_can_be_written_nothing_is_begun() {
    let folder = folder(10);
    let path = folder.path();
    std::fs::write(path.join("file"), "x").expect("a file can be written");
    let refused = |out: &str| {
        let output = score(path, "old.csv", &["--out", out]).output().expect("the binary runs");
        assert_eq!(output.status.code(), Some(5), "{out}: {}", told(&output));
        told(&output)
    };
    assert!(refused("file").contains("can't write to file: there is a file where a folder must be"));
    assert!(refused("file/out").contains("there is a file where a folder must be"));
    assert!(refused("/").contains("name a separate folder"));
    if cfg!(target_os = "linux") {
        // Not even root makes a folder there.
        assert!(refused("/sys/leadscore").contains("can't write to /sys/leadscore: "));
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_its_owner_may_not_write_is_said_to_be_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(10);
    let locked = folder.path().join("locked");
    std::fs::create_dir(&locked).expect("a folder can be made");
    let allow = |mode| std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(mode)).expect("it is ours");
    allow(0o555);
    let is_above_permissions = std::fs::write(locked.join("x"), "").is_ok();
    let output = score(folder.path(), "old.csv", &["--out", "locked/out"]).output().expect("the binary runs");
    allow(0o755);
    // The administrator writes anywhere: then there is nothing to refuse.
    let expected = if is_above_permissions { 0 } else { 5 };
    assert_eq!(output.status.code(), Some(expected), "{}", told(&output));
}

#[cfg(unix)]
#[test]
fn a_new_folder_is_for_the_same_people_as_the_old() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(10);
    let out = folder.path().join("out");
    std::fs::create_dir(&out).expect("a folder can be made");
    std::fs::set_permissions(&out, std::fs::Permissions::from_mode(0o2750)).expect("it is ours");
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("out", &link).expect("a link can be made");
    let output = score(folder.path(), "old.csv", &["-q", "--out", "link"]).output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(link.is_symlink() && out.join("scored.csv").exists(), "a link goes on leading to the results");
    assert_eq!(out.metadata().expect("it is there").permissions().mode() & 0o7777, 0o2750);
}

/// Runs with an address space of 800 MB and a minute of the processor, beyond which the system ends it.
#[cfg(target_os = "linux")]
fn within_bounds(folder: &Path, leads: &str, code: i32, why: &str) {
    let mut limited = Command::new("sh");
    let script = "ulimit -v 800000; ulimit -t 60; exec \"$@\"";
    limited.current_dir(folder).args(["-c", script, "sh", env!("CARGO_BIN_EXE_leadscore")]);
    limited.args(["score", "rulebook.yaml", "--as-of", "2026-06-30", "--threads", "2", "--leads", leads]);
    let output = limited.output().expect("a shell runs");
    assert_eq!(output.status.code(), Some(code), "{}", told(&output));
    assert!(told(&output).contains(why), "{}", told(&output));
}

#[cfg(unix)]
#[test]
fn a_line_or_header_without_end_is_refused_early() {
    let folder = folder(10);
    let path = folder.path();
    let pipe = path.join("pipe");
    make_pipe(&pipe);
    for (start, piece, why) in [
        ("lead,type,time\n1,", "x", "pipe:2: the record that starts here is longer than 16 MiB"),
        ("lead,type,time\n1,\"", "x,\n", "is the quote that opens on line 2 never closed?"),
        ("lead,type,time", ",", "pipe:1: the record that starts here is longer than 16 MiB"),
    ] {
        let run = Held::start(score(path, "old.csv", &["--events", "web=pipe"]), &pipe);
        let (n_bytes, output) = run.fed(start.as_bytes(), piece.as_bytes());
        assert_eq!(output.status.code(), Some(4), "{}", told(&output));
        assert!(told(&output).contains(why), "{}", told(&output));
        // The room for a record doubles until it is beyond the limit.
        assert!((16 << 20..40 << 20).contains(&n_bytes), "{why}: it took {n_bytes} bytes to say so");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_header_or_row_of_many_cells_takes_little() {
    let folder = folder(10);
    let path = folder.path();
    let write = |name: &str, content: &[u8]| std::fs::write(path.join(name), content).expect("a file can be written");
    write("wide.csv", &[b"id,name".as_slice(), &vec![b','; 8 << 20], b"\n1,Ada\n"].concat());
    within_bounds(path, "wide.csv", 4, "wide.csv:1: the header has 8388610 columns");
    write("row.csv", &[b"id,name\n1,Ada".as_slice(), &b",x".repeat(4 << 20), b"\n2,Eda\n"].concat());
    within_bounds(path, "row.csv", 0, "row.csv: UTF-8");
}

#[cfg(target_os = "linux")]
#[test]
fn a_rulebook_can_not_make_it_slow() {
    let folder = folder(10);
    let start = "rulebook: 1\nleads: { id: id, fields: { name: name } }\nstages: [{ name: Lead }]\n";
    let level = |n: u32| format!("l{}: &l{} [{}]\n", n + 1, n + 1, vec![format!("*l{n}"); 9].join(","));
    let bomb: Vec<String> = (0..9).map(level).collect();
    let nested =
        |open: &str, middle: &str, close: &str| format!("{}{middle}{}", open.repeat(20_000), close.repeat(20_000));
    let criterion =
        |when: &str| format!("{start}dimensions: {{ d: {{ criteria: [{{ id: a, points: 1, when: {when} }}] }} }}\n");
    let regex = |pattern: &str| criterion(&format!("{{ field: name, matches: '{pattern}' }}"));
    for rulebook in [
        format!("l0: &l0 [x,x,x,x,x,x,x,x,x]\n{}", bomb.concat()),
        format!("{start}dimensions: {}", nested("[", "", "]")),
        format!("{start}dimensions: {}", nested("{a: ", "1", "}")),
        criterion(&nested("{ not: ", "{ present: [name] }", " }")),
        regex("((((a{1,99}){1,99}){1,99}){1,99}){1,99}"),
        regex(&"(".repeat(50_000)),
        regex(&format!("{}x{}", "(".repeat(5_000), ")".repeat(5_000))),
    ] {
        std::fs::write(folder.path().join("rulebook.yaml"), rulebook).expect("a file can be written");
        within_bounds(folder.path(), "old.csv", 3, "nothing was scored");
    }
    // What is allowed is as fast on the worst cell: no pattern goes back over what it has read.
    std::fs::write(folder.path().join("rulebook.yaml"), regex("(a+)+(b+)+$")).expect("a file can be written");
    std::fs::write(folder.path().join("cells.csv"), format!("id,name\n1,{}\n", "a".repeat(1 << 20))).expect("it can");
    within_bounds(folder.path(), "cells.csv", 0, "cells.csv: UTF-8");
}
