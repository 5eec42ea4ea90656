//! Where test files are: those named, those in folders named, those that match a glob; by default all below `rules/`.

use super::super::exit::{CommandFailure, Exit};
use leadscore::expand;
use std::path::{Component, Path, PathBuf};

/// How a test file's name ends.
const ENDING: &str = ".test.yaml";

/// The test files, each once; of folders and globs in byte order.
pub(super) fn find(given: &[PathBuf]) -> Result<Vec<PathBuf>, CommandFailure> {
    let mut found = Vec::new();
    if given.is_empty() {
        let folder = if Path::new("rules").is_dir() { "rules" } else { "." };
        below(Path::new(folder), &mut found)?;
        if found.is_empty() {
            let message = format!("no test found: there is no *{ENDING} below {folder}");
            return Err(CommandFailure::message(Exit::No, message));
        }
    }
    for path in given {
        let n_before = found.len();
        named(path, &mut found)?;
        if found.len() == n_before {
            return Err(CommandFailure::message(
                Exit::No,
                format!("no test found: {} has no *{ENDING}", path.display()),
            ));
        }
    }
    let mut once: Vec<PathBuf> = Vec::new();
    for path in found {
        if !once.iter().any(|known| is_same(known, &path)) {
            once.push(path);
        }
    }
    Ok(once)
}

fn named(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), CommandFailure> {
    if path.is_dir() {
        return below(path, found);
    }
    let text = path.to_string_lossy();
    if path.exists() || !text.contains(['*', '?', '[']) {
        // A rulebook stands for the tests beside it.
        let is_rulebook = path.exists() && !text.ends_with(ENDING) && tests_of(path).exists();
        found.push(if is_rulebook { tests_of(path) } else { path.to_owned() });
        return Ok(());
    }
    found.extend(expand(path).into_iter().filter(|path| is_test(path)));
    Ok(())
}

/// The test files of a folder and the folders in it.
fn below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), CommandFailure> {
    let unreadable = |error| CommandFailure::message(Exit::No, format!("can't list {}: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?.path());
    }
    entries.sort();
    for path in entries {
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        // A linked folder may lead back here.
        let is_folder = path.is_dir() && !path.is_symlink();
        if is_folder && !is_hidden && !path.ends_with("target") {
            below(&path, found)?;
        } else if is_test(&path) && path.is_file() {
            found.push(path.strip_prefix(".").map(Path::to_owned).unwrap_or(path));
        }
    }
    Ok(())
}

fn is_test(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ENDING))
}

/// Where the tests of a rulebook stand, beside it.
pub(super) fn tests_of(rulebook: &Path) -> PathBuf {
    rulebook.with_extension("test.yaml")
}

/// The rulebook beside a test file that names none: `b2b.yaml` beside `b2b.test.yaml`.
pub(super) fn beside(test: &Path) -> Option<PathBuf> {
    let name = test.file_name()?.to_str()?.strip_suffix(ENDING)?;
    Some(test.with_file_name(format!("{name}.yaml")))
}

/// Whether two paths are one file.
pub(super) fn is_same(a: &Path, b: &Path) -> bool {
    let place = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    a == b || place(a) == place(b)
}

/// A path without `x/..` in it, as a person would write it, if that names the same file.
pub(super) fn short(path: &Path) -> PathBuf {
    let mut short = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(short.components().next_back(), Some(Component::Normal(_))) => {
                short.pop();
            }
            part => short.push(part),
        }
    }
    if is_same(&short, path) { short } else { path.to_owned() }
}
