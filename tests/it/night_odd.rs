//! `score` as a cron job in odd places: links, folders of other people, files that lie where the results are replaced.

use crate::night::{command, content, litter, run, told, verify, world};
use std::path::Path;
use std::process::{Command, Output};

const LENIENT: [&str; 2] = ["--max-rejects", "5"];

/// A run that comes to this exit code; what it told.
#[track_caller]
fn ends_with(code: i32, folder: &Path, more: &[&str]) -> String {
    let output = run(folder, &[&LENIENT, more].concat());
    assert_eq!(output.status.code(), Some(code), "{}", told(&output));
    told(&output)
}

#[test]
fn files_that_would_be_gone_with_the_old_results_are_refused() {
    let folder = world().written();
    let path = folder.path();
    ends_with(0, path, &[]);
    let before = content(&path.join("out"));
    let metrics = ends_with(2, path, &["--metrics-file", "./out/../out/leads.prom"]);
    assert!(
        metrics.contains("--metrics-file ./out/../out/leads.prom is inside out, but the run replaces"),
        "{metrics}"
    );
    let leads = ends_with(2, path, &["--events", "web=out/rejects/events-web-1.csv"]);
    assert!(leads.contains("out/rejects/events-web-1.csv is inside out, but the run replaces"), "{leads}");
    assert_eq!(content(&path.join("out")), before, "nothing was replaced");
}

#[test]
fn metrics_take_the_place_of_metrics_alone() {
    let folder = world().written();
    let path = folder.path();
    let exports = || ["leads-1.csv", "rulebook.yaml"].map(|file| std::fs::read(path.join(file)).expect("it is there"));
    let before = exports();
    for file in ["leads-1.csv", "rulebook.yaml"] {
        let refused = ends_with(2, path, &["--metrics-file", file]);
        assert!(refused.contains("has other content than leadscore's metrics"), "{refused}");
    }
    assert_eq!(exports(), before);
    for code in [0, 0, 4] {
        let more: &[&str] = if code == 4 {
            &["--min-leads", "1000", "--metrics-file", "m.prom"]
        } else {
            &["--metrics-file", "m.prom"]
        };
        ends_with(code, path, more);
    }
    // A device is written to, not replaced.
    #[cfg(unix)]
    {
        let link = path.join("link.prom");
        std::os::unix::fs::symlink("/dev/null", &link).expect("a link can be made");
        ends_with(0, path, &["--metrics-file", "link.prom"]);
        assert!(link.is_symlink());
        // A run that fails reads back the last success, and of a pipe there is nothing to read back.
        let piped =
            command(path, &[&LENIENT[..], &["--metrics-file", "/dev/stdout", "--min-leads", "1000"]].concat()).output();
        assert_eq!(piped.expect("the binary runs").status.code(), Some(4));
    }
    let unheard = ends_with(0, path, &["-q", "--metrics-file", "none/m.prom"]);
    assert!(unheard.starts_with("warning: can't write the metrics to none/m.prom: "), "{unheard}");
}

#[test]
fn rows_that_were_mended_where_they_stand_are_not_replaced() {
    let folder = world().written();
    let path = folder.path();
    ends_with(0, path, &[]);
    let twin = path.join("out/rejects/events-web-1.csv");
    let mended = std::fs::read_to_string(&twin).expect("there is a twin").replace("bad", "2026-06-03");
    std::fs::write(&twin, &mended).expect("it can be written");
    let refused = ends_with(5, path, &[]);
    assert!(refused.contains("somebody changed out/rejects/events-web-1.csv since leadscore wrote it"), "{refused}");
    assert_eq!(std::fs::read_to_string(&twin).ok(), Some(mended), "it is still there");
    // Moved out of the way, it is fed in again beside the export.
    std::fs::rename(&twin, path.join("mended.csv")).expect("it can be moved");
    ends_with(0, path, &["--events", "web=mended.csv"]);
    let scored = std::fs::read_to_string(path.join("out/scored.csv")).expect("it is written");
    assert!(scored.contains("2026-06-03T00:00:00Z"), "{scored}");
}

#[test]
fn the_first_night_is_as_any_other_however_the_folder_is_named() {
    let folder = world().written();
    let path = folder.path();
    let absolute = path.join("c").display().to_string();
    for (out, previous) in [("a", "./a"), ("./b/", "b"), (absolute.as_str(), "c"), ("neu ü", "x/../neu ü")] {
        std::fs::create_dir_all(path.join("x")).expect("a folder can be made");
        for _ in 0..2 {
            ends_with(0, path, &["--out", out, "--previous", previous, "-q"]);
        }
        assert!(path.join(out).join("previous/scored.csv").exists(), "{out}");
    }
    let other = ends_with(4, path, &["--out", "d", "--previous", "e"]);
    assert!(other.contains("e/scored.csv: there is no such file"), "{other}");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_or_said_to_lead_nowhere() {
    let folder = world().written();
    let path = folder.path();
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, path.join(at)).expect("a link can be made");
    std::fs::create_dir(path.join("real")).expect("a folder can be made");
    link("real", "link");
    link("gone", "dangling");
    for previous in ["link", "real"] {
        ends_with(0, path, &["--out", "link", "--previous", previous, "-q"]);
    }
    assert!(path.join("link").is_symlink() && path.join("real/previous/scored.csv").exists());
    let told = ends_with(5, path, &["--out", "dangling"]);
    assert!(told.contains("can't write to dangling: it is a link to gone, which doesn't exist"), "{told}");
}

#[test]
fn verify_names_a_rulebook_that_was_changed_since() {
    let folder = world().written();
    let path = folder.path();
    ends_with(0, path, &[]);
    let rulebook = std::fs::read_to_string(path.join("rulebook.yaml")).expect("it is there");
    let again = |text: &str| {
        std::fs::write(path.join("rulebook.yaml"), text).expect("it can be written");
        let output = verify(path, &["--rerun"]);
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(again(&format!("{rulebook}# a comment\n")).0, Some(0), "a comment changes no result");
    let (code, lines) = again(&rulebook.replace("points: 5", "points: 6"));
    assert_eq!(code, Some(1));
    assert!(
        lines.starts_with("rulebook.yaml: changed since the run read it\nout/scored.csv: repeating the run"),
        "{lines}"
    );
}

#[test]
fn metrics_tell_of_a_run_that_found_no_place_for_its_results() {
    let folder = world().written();
    let path = folder.path();
    ends_with(5, path, &["--out", "leads-1.csv", "--metrics-file", "leads.prom"]);
    let metrics = std::fs::read_to_string(path.join("leads.prom")).expect("it is written");
    assert!(metrics.contains("leadscore_exit_code 5\n"), "{metrics}");
}

/// A run as a user without any rights of its own; none where that can't be tried.
#[cfg(target_os = "linux")]
fn run_as_nobody(folder: &Path, more: &[&str]) -> Option<Output> {
    let nobody = |program: &mut Command| {
        let words = std::iter::once(program.get_program()).chain(program.get_args()).map(ToOwned::to_owned);
        let mut setpriv = Command::new("setpriv");
        setpriv.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).args(words.collect::<Vec<_>>());
        setpriv.current_dir(folder).output().ok()
    };
    let tried = nobody(Command::new(env!("CARGO_BIN_EXE_leadscore")).arg("--version"))?;
    if tried.status.success() { nobody(&mut command(folder, &[&LENIENT, more].concat())) } else { None }
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_of_other_people_keeps_its_results() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    let folder = world().written();
    let path = folder.path();
    let allow = |at: &Path, mode| {
        std::fs::set_permissions(at, std::fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    allow(path, 0o755);
    ends_with(0, path, &[]);
    let before = content(&path.join("out"));
    // Nobody may neither make a folder here nor lock.
    let Some(refused) = run_as_nobody(path, &["--out", "new"]) else { return };
    assert_eq!(refused.status.code(), Some(5), "{}", told(&refused));
    assert!(told(&refused).contains(".new.leadscore-lock: Permission denied"), "{}", told(&refused));
    let below = run_as_nobody(path, &["--out", "new/out"]).expect("it was possible before");
    assert!(told(&below).contains("can't write to new/out: Permission denied"), "{}", told(&below));
    let old = run_as_nobody(path, &[]).expect("it was possible before");
    assert_eq!(old.status.code(), Some(5), "{}", told(&old));
    assert!(told(&old).contains(".out.leadscore-lock: Permission denied"), "{}", told(&old));
    assert_eq!(content(&path.join("out")), before);
    // The folder above is theirs, the results in it are not: they are replaced and can't be cleaned away, which is said.
    std::fs::remove_file(path.join(".out.leadscore-lock")).expect("it can be removed");
    chown(path, Some(65534), Some(65534)).expect("the administrator gives folders away");
    let first = run_as_nobody(path, &["-q"]).expect("it was possible before");
    assert_eq!(first.status.code(), Some(0), "{}", told(&first));
    let second = run_as_nobody(path, &["-q"]).expect("it was possible before");
    let why = "out.leadscore-new, left by an earlier run, can't be removed: Permission denied";
    assert!(second.status.code() == Some(5) && told(&second).contains(why), "{}", told(&second));
    // What the administrator replaces stays with its owner, and what was left is cleaned away.
    assert_eq!(path.join("out").metadata().expect("it is there").uid(), 65534);
    ends_with(0, path, &["-q"]);
    assert_eq!(path.join("out").metadata().expect("it is there").uid(), 65534);
    assert_eq!(litter(path), [""; 0]);
}
