//! Which files are read: those of the command line, else those that the rulebook names, globs in byte order.

use super::error::RunError;
use crate::rulebook::{Files, Rulebook};
use std::path::{Component, Path, PathBuf};

/// The files of a run, by what they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The leads files.
    pub leads: Vec<PathBuf>,
    /// For each table, by index, its files.
    pub tables: Vec<Vec<PathBuf>>,
    /// For each event source, by index, its files.
    pub sources: Vec<Vec<PathBuf>>,
}

impl Inputs {
    /// The files of a run. `given` has what the command line names, in the same order; `folder` is the rulebook's.
    ///
    /// # Errors
    /// When something that needs a file has none.
    pub fn resolve(rulebook: &Rulebook, folder: &Path, given: &Self) -> Result<Self, RunError> {
        let of = |given: &[Vec<PathBuf>], index: usize| given.get(index).cloned().unwrap_or_default();
        let leads = WantedFiles { files: &rulebook.leads.files, is_optional: false, given: given.leads.clone() };
        let leads = leads.found(folder, "the leads", "--leads FILE")?;
        let mut tables = Vec::new();
        for (index, table) in rulebook.tables.iter().enumerate() {
            let wanted =
                WantedFiles { files: &table.files, is_optional: table.optional, given: of(&given.tables, index) };
            let name = &table.name;
            tables.push(wanted.found(folder, &format!("the table `{name}`"), &format!("--table {name}=FILE"))?);
        }
        let mut sources = Vec::new();
        for (index, source) in rulebook.sources.iter().enumerate() {
            let wanted =
                WantedFiles { files: &source.files, is_optional: source.optional, given: of(&given.sources, index) };
            let name = &source.name;
            sources.push(wanted.found(folder, &format!("the events `{name}`"), &format!("--events {name}=FILE"))?);
        }
        Ok(Self { leads, tables, sources })
    }

    /// All of them: leads, tables, events.
    pub fn all(&self) -> impl Iterator<Item = &PathBuf> {
        self.leads.iter().chain(self.tables.iter().flatten()).chain(self.sources.iter().flatten())
    }
}

/// What the rulebook and the command line say of the files of one thing.
struct WantedFiles<'r> {
    files: &'r Files,
    is_optional: bool,
    given: Vec<PathBuf>,
}

impl WantedFiles<'_> {
    /// Its files; an error if there are none and there must be.
    fn found(&self, folder: &Path, what: &str, option: &str) -> Result<Vec<PathBuf>, RunError> {
        let named = self.files.paths.iter().map(|path| below(folder, path)).collect();
        let given = || self.given.iter().map(|path| from_command(path)).collect();
        let paths: Vec<PathBuf> = if self.given.is_empty() { named } else { given() };
        let mut found: Vec<PathBuf> = paths.iter().flat_map(|path| expand(path)).collect();
        // What may be missing may also be named by the rulebook and not be there; what a command names has to be.
        if self.is_optional && self.given.is_empty() {
            found.retain(|path| path.exists());
        }
        if found.is_empty() && !self.is_optional {
            let tried = paths.iter().map(|path| path.display().to_string()).collect();
            return Err(RunError::NoFile { what: what.to_owned(), option: option.to_owned(), tried });
        }
        match repeated(&found) {
            Some(path) => Err(RunError::NamedTwice { path: path.clone(), what: what.to_owned() }),
            None => Ok(found),
        }
    }
}

/// A path of the command line: `-` is standard input, as elsewhere.
fn from_command(path: &Path) -> PathBuf {
    if cfg!(unix) && path.as_os_str() == "-" { PathBuf::from("/dev/stdin") } else { path.to_owned() }
}

/// A file that stands in the list under this or another name already.
fn repeated(paths: &[PathBuf]) -> Option<&PathBuf> {
    let place = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    let places: Vec<PathBuf> = paths.iter().map(place).collect();
    (1..paths.len()).find(|&at| places[..at].contains(&places[at])).map(|at| &paths[at])
}

/// A path of the rulebook as a person would write it: `rules` and `../sample-data/x.csv` are `sample-data/x.csv`, save where
/// a folder is a link and `..` leads elsewhere.
fn below(folder: &Path, path: &str) -> PathBuf {
    let joined = folder.join(path);
    let mut short = PathBuf::new();
    for part in joined.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(short.components().next_back(), Some(Component::Normal(_))) => {
                short.pop();
            }
            part => short.push(part),
        }
    }
    let place = |path: &Path| path.parent().and_then(|folder| folder.canonicalize().ok());
    let is_same = place(&joined).is_some_and(|there| place(&Path::new(".").join(&short)) == Some(there));
    if is_same { short } else { joined }
}

/// The files that a path means: itself, or, if it has `*`, `?` or `[`, all that match, in byte order.
#[must_use]
pub fn expand(path: &Path) -> Vec<PathBuf> {
    let text = path.to_string_lossy();
    if path.exists() || !text.contains(['*', '?', '[']) {
        return vec![path.to_owned()];
    }
    let Ok(matches) = glob::glob(&text) else { return vec![path.to_owned()] };
    let mut found: Vec<PathBuf> = matches.filter_map(Result::ok).filter(|path| path.is_file()).collect();
    found.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    found
}
