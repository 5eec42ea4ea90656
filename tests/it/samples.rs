//! The shipped rulebooks and the sample data in a folder of their own, and commands run in it.

use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A copy of `rules/` and `sample-data/`.
pub(crate) fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder can be made");
    for part in ["rules", "sample-data"] {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(part), &folder.path().join(part));
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder is there") {
        let entry = entry.expect("it can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("it can be copied");
        }
    }
}

/// How a command of the program ended that was run there.
pub(crate) fn run(folder: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    command.current_dir(folder.path()).env_clear().args(args).output().expect("the program starts")
}

/// What a command that must succeed prints.
pub(crate) fn printed(folder: &TempDir, args: &[&str]) -> String {
    let output = run(folder, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it is UTF-8")
}
