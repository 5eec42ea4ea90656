//! Where a rulebook lies that is to be compared: a file, or `git:REF:PATH`, with the list files beside it in the same place.

use super::args::Terminal;
use super::exit::{CommandFailure, Exit};
use super::load::{folder_of, plain_reason, refused};
use leadscore::DiffSource;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// Where a rulebook lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Revision {
    /// A file.
    File(PathBuf),
    /// A file as a commit has it; the path is relative to the root of the repository.
    Git {
        /// A branch, a tag, a commit.
        reference: String,
        /// The path.
        path: PathBuf,
    },
}

impl Revision {
    /// Reads `git:REF:PATH`, or a path.
    pub(super) fn parse(text: &str) -> Result<Self, CommandFailure> {
        let Some(rest) = text.strip_prefix("git:") else { return Ok(Self::File(PathBuf::from(text))) };
        match rest.split_once(':') {
            // What begins with a dash would be an option of git's.
            Some((reference, path)) if !reference.is_empty() && !path.is_empty() && !reference.starts_with('-') => {
                Ok(Self::Git { reference: reference.to_owned(), path: PathBuf::from(path) })
            }
            _ => Err(CommandFailure::message(
                Exit::Usage,
                format!("{text}: write git:REF:PATH, such as git:main:rules.yaml"),
            )),
        }
    }

    /// The path that files named by the rulebook are relative to.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Git { path, .. } => path,
        }
    }

    /// Reads the rulebook; what is wrong with it goes to standard error.
    pub(super) fn source(&self, shown: &str, terminal: &Terminal) -> Result<DiffSource, CommandFailure> {
        let text = self.read(self.path()).map_err(|reason| {
            CommandFailure::message(Exit::Rulebook, format!("the rulebook {shown} can't be read: {reason}"))
        })?;
        let folder = folder_of(self.path());
        let read_list = |list: &str| self.read(&folder.join(list));
        let kept = text.clone();
        DiffSource::read(shown, text, &read_list).map_err(|diagnostics| refused(shown, &kept, &diagnostics, terminal))
    }

    /// The text of a file in this place, or why there is none.
    fn read(&self, path: &Path) -> Result<String, String> {
        let bytes = match self {
            Self::File(_) => std::fs::read(path).map_err(|error| plain_reason(path, &error))?,
            Self::Git { reference, .. } => show(reference, path)?,
        };
        String::from_utf8(bytes).map_err(|_| "it is not saved as UTF-8".to_owned())
    }
}

/// A file as a commit has it.
fn show(reference: &str, path: &Path) -> Result<Vec<u8>, String> {
    let object = format!("{reference}:{}", flat(path));
    let output = Command::new("git").args(["show", "--no-textconv", &object]).output();
    let output = output.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "git is not installed, or not on the PATH".to_owned(),
        _ => format!("git can't be run: {error}"),
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or_default();
    Err(format!("git show {object}: {}", first.strip_prefix("fatal: ").unwrap_or(first)))
}

/// A path as git writes it: `rules/../lists/x` is `lists/x`; one that begins with `./` stays relative to this folder.
fn flat(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (index, part) in path.components().enumerate() {
        match part {
            Component::ParentDir if parts.last().is_some_and(|last| last != ".." && last != ".") => {
                parts.pop();
            }
            Component::CurDir if index > 0 => {}
            part => parts.push(part.as_os_str().to_string_lossy().into_owned()),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_a_commit_are_flat() {
        let shown = |path: &str| flat(Path::new(path));
        assert_eq!(shown("rules/../lists/x.txt"), "lists/x.txt");
        assert_eq!(shown("rules/lists/x.txt"), "rules/lists/x.txt");
        assert_eq!(shown("./rules/a.yaml"), "./rules/a.yaml");
    }

    #[test]
    fn a_place_is_a_path_or_a_commit() {
        let git = Revision::parse("git:main:rules/a.yaml").ok();
        assert_eq!(git, Some(Revision::Git { reference: "main".to_owned(), path: PathBuf::from("rules/a.yaml") }));
        assert_eq!(Revision::parse("a.yaml").ok(), Some(Revision::File(PathBuf::from("a.yaml"))));
        assert!(
            ["git:", "git:main", "git::a.yaml", "git:main:", "git:--output=x:a"]
                .iter()
                .all(|text| Revision::parse(text).is_err())
        );
    }
}
