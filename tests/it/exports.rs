//! Exports as products and spreadsheets write them, and what `inspect` reads in each: a person has said what is right, by looking
//! at the file alone.

mod answers;
mod table;

use answers::{Found, all_rows, answers};
use serde_json::Value;
use std::process::Command;
use table::{Export, Right, exports};
use tempfile::TempDir;

/// How many of a hundred answers are right at least. It only rises.
const BAR: usize = 98;

/// What `inspect` finds in each export, all of them named in one command.
fn look(exports: &[Export]) -> Vec<Found> {
    let folder = TempDir::new().expect("a folder can be made");
    let names: Vec<String> = (0..exports.len()).map(|at| format!("export-{at:03}.csv")).collect();
    for (export, name) in exports.iter().zip(&names) {
        std::fs::write(folder.path().join(name), export.bytes()).expect("a file can be written");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadscore"));
    command.arg("inspect").args(&names).args(["--format", "json"]).current_dir(folder.path());
    let ended = command.output().expect("the program starts");
    let (stdout, stderr) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    let mut shown: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}"));
    let of = |name: &String| {
        let mut files = shown["files"].as_array_mut().into_iter().flatten();
        let reason = || stderr.lines().find(|line| line.contains(name.as_str())).unwrap_or("nothing").to_owned();
        files.find(|file| file["path"] == name.as_str()).map(Value::take).ok_or_else(reason)
    };
    names.iter().map(of).collect()
}

#[test]
#[expect(clippy::print_stdout, reason = "cargo shows it when the test fails, or with --nocapture")]
fn most_answers_are_a_persons_and_no_row_is_lost() {
    let exports = exports();
    let (mut n_right, mut n_all, mut lost) = (0, 0, Vec::new());
    for (export, found) in exports.iter().zip(look(&exports)) {
        for answer in answers(&export.right, &found) {
            n_all += 1;
            n_right += usize::from(answer.is_right);
            if !answer.is_right {
                println!("{}: {answer}", export.name);
            }
        }
        if let (Right::Table(right), Ok(file)) = (&export.right, &found) {
            let (there, told) = all_rows(right, file);
            if there != told {
                lost.push(format!("{}: {there} rows, {told} told of", export.name));
            }
        }
    }
    println!("{n_right} of {n_all} answers are right");
    assert!(lost.is_empty(), "rows are lost in silence:\n{}", lost.join("\n"));
    assert!(n_right * 100 >= n_all * BAR, "{n_right} of {n_all} answers are right");
}
