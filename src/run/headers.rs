//! The headers alone: what a rulebook asks for and the files lack, all of it, before a row is read. A run ends at the first
//! such file; whoever looks a rulebook over wants to see them all.

use super::columns::ColumnProblem;
use super::counts::FileRole;
use super::error::RunError;
use super::rows::Reader;
use super::{Inputs, Options, Unwatched, leads, source, tables};
use crate::rulebook::{FileSettings, Rulebook};
use std::path::{Path, PathBuf};

/// Whose a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileOf {
    /// The leads'.
    Leads,
    /// A table's: index into [`Rulebook::tables`].
    Table(usize),
    /// An event source's: index into [`Rulebook::sources`].
    Source(usize),
}

/// A file whose header is not what the rulebook says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderProblem {
    /// Whose file it is.
    pub file_of: FileOf,
    /// The file, as it was named.
    pub path: PathBuf,
    /// What is wrong.
    pub problem: ColumnProblem,
}

/// Looks for a file's columns.
type Bind<'b> = dyn Fn(&Path, &[String]) -> Result<(), RunError> + 'b;

/// What the headers of all files lack or repeat, in the order of the files.
///
/// # Errors
/// When a file can't be opened.
pub(crate) fn header_problems(
    rulebook: &Rulebook,
    inputs: &Inputs,
    options: &Options,
) -> Result<Vec<HeaderProblem>, RunError> {
    let reader = Reader::new(options, &Unwatched);
    let mut found = Vec::new();
    let mut look = |file_of, settings: &FileSettings, path: &Path, bind: &Bind<'_>| match reader.open(
        &FileRole::Headers,
        path,
        settings,
        bind,
    ) {
        Ok(_) => Ok(()),
        Err(RunError::Columns { path, problems, .. }) => {
            found.extend(problems.into_iter().map(|problem| HeaderProblem { file_of, path: path.clone(), problem }));
            Ok(())
        }
        Err(other) => Err(other),
    };
    for path in &inputs.leads {
        let bind = |path: &Path, names: &[String]| leads::bind(rulebook, &[], path, names).map(drop);
        look(FileOf::Leads, &rulebook.leads.files.settings, path, &bind)?;
    }
    for (index, (table, paths)) in rulebook.tables.iter().zip(&inputs.tables).enumerate() {
        for path in paths {
            let bind = |path: &Path, names: &[String]| tables::check_header(rulebook, index, path, names);
            look(FileOf::Table(index), &table.files.settings, path, &bind)?;
        }
    }
    let ways = leads::ways(rulebook);
    for (index, (declared, paths)) in rulebook.sources.iter().zip(&inputs.sources).enumerate() {
        for path in paths {
            let bind = |path: &Path, names: &[String]| source::bind(rulebook, index, &ways, path, names).map(drop);
            look(FileOf::Source(index), &declared.files.settings, path, &bind)?;
        }
    }
    Ok(found)
}
