//! Which files are read: those of the command line, else those that the rulebook names, globs in byte order.

use super::error::RunError;
use crate::rulebook::{Files, Rulebook};
use std::path::{Path, PathBuf};

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
        let leads = files(&rulebook.leads.files, folder, &given.leads);
        require(&leads, &rulebook.leads.files, "the leads", "--leads FILE".to_owned())?;
        let mut tables = Vec::new();
        for (index, table) in rulebook.tables.iter().enumerate() {
            let found = files(&table.files, folder, given.tables.get(index).map_or(&[], Vec::as_slice));
            if !table.optional {
                require(
                    &found,
                    &table.files,
                    &format!("the table `{}`", table.name),
                    format!("--table {}=FILE", table.name),
                )?;
            }
            tables.push(found);
        }
        let mut sources = Vec::new();
        for (index, source) in rulebook.sources.iter().enumerate() {
            let found = files(&source.files, folder, given.sources.get(index).map_or(&[], Vec::as_slice));
            if !source.optional {
                require(
                    &found,
                    &source.files,
                    &format!("the events `{}`", source.name),
                    format!("--events {}=FILE", source.name),
                )?;
            }
            sources.push(found);
        }
        Ok(Self { leads, tables, sources })
    }
}

fn require(found: &[PathBuf], files: &Files, what: &str, option: String) -> Result<(), RunError> {
    if found.is_empty() {
        return Err(RunError::NoFile { what: what.to_owned(), option, tried: files.paths.clone() });
    }
    Ok(())
}

fn files(files: &Files, folder: &Path, given: &[PathBuf]) -> Vec<PathBuf> {
    if !given.is_empty() {
        return given.iter().flat_map(|path| expand(path)).collect();
    }
    files.paths.iter().flat_map(|path| expand(&folder.join(path))).collect()
}

/// The files that a path means: itself, or, if it has `*`, `?` or `[`, all that match, in byte order.
fn expand(path: &Path) -> Vec<PathBuf> {
    let text = path.to_string_lossy();
    if path.exists() || !text.contains(['*', '?', '[']) {
        return vec![path.to_owned()];
    }
    let Ok(matches) = glob::glob(&text) else { return vec![path.to_owned()] };
    let mut found: Vec<PathBuf> = matches.filter_map(Result::ok).filter(|path| path.is_file()).collect();
    found.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    found
}
