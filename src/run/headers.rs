//! The headers alone: what a rulebook asks for and the files lack, all of it, before a row is read. A run ends at the first
//! such file; whoever looks a rulebook over wants to see them all.

use super::columns::{ColumnProblem, headers_there};
use super::counts::FileRole;
use super::error::RunError;
use super::lead_row::ways;
use super::rows::Reader;
use super::{Inputs, Options, Unwatched, leads, source, tables};
use crate::diagnostic::Span;
use crate::rulebook::{Column, FileSettings, Header, Origin, Rulebook, TypeFrom};
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

/// A file that has more than one column of a list of which the first counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeveralColumns {
    /// Whose file it is.
    pub file_of: FileOf,
    /// The file, as it was named.
    pub path: PathBuf,
    /// Where the rulebook names them.
    pub span: Span,
    /// Those that the file has, the one that is read first.
    pub there: Vec<Header>,
}

/// What there is to say of the headers of all files, in the order of the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct HeadersSeen {
    /// What they lack or repeat.
    pub problems: Vec<HeaderProblem>,
    /// Where more than one column of a list is there.
    pub several: Vec<SeveralColumns>,
}

/// Looks for a file's columns.
type Bind<'b> = dyn Fn(&Path, &[String]) -> Result<(), RunError> + 'b;

/// Looks at the headers of all files.
///
/// # Errors
/// When a file can't be opened.
pub(crate) fn look_at_headers(
    rulebook: &Rulebook,
    inputs: &Inputs,
    options: &Options,
) -> Result<HeadersSeen, RunError> {
    let reader = Reader::new(options, &Unwatched);
    let mut found = HeadersSeen::default();
    let mut look = |file_of, settings: &FileSettings, path: &Path, bind: &Bind<'_>| match reader.open(
        &FileRole::Headers,
        path,
        settings,
        bind,
    ) {
        Ok(opened) => {
            let several = |column: &&Column| column.headers.len() > 1;
            for column in columns_of(rulebook, file_of).into_iter().filter(several) {
                let there: Vec<Header> = headers_there(column, &opened.header);
                if there.len() > 1 {
                    found.several.push(SeveralColumns { file_of, path: path.to_owned(), span: column.span, there });
                }
            }
            Ok(())
        }
        Err(RunError::Columns { path, problems, .. }) => {
            let problem = |problem| HeaderProblem { file_of, path: path.clone(), problem };
            found.problems.extend(problems.into_iter().map(problem));
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
    let ways = ways(rulebook);
    for (index, (declared, paths)) in rulebook.sources.iter().zip(&inputs.sources).enumerate() {
        for path in paths {
            let bind = |path: &Path, names: &[String]| source::bind(rulebook, index, &ways, path, names).map(drop);
            look(FileOf::Source(index), &declared.files.settings, path, &bind)?;
        }
    }
    Ok(found)
}

/// The columns that the rulebook names of a file.
pub(crate) fn columns_of(rulebook: &Rulebook, file_of: FileOf) -> Vec<&Column> {
    let of = |origin| {
        let own = rulebook.fields.iter().filter(move |field| field.origin == origin);
        own.filter_map(|field| field.spec()).map(|spec| &spec.column)
    };
    match file_of {
        FileOf::Leads => std::iter::once(&rulebook.leads.id).chain(of(Origin::Leads)).collect(),
        FileOf::Table(table) => std::iter::once(&rulebook.tables[table].key).chain(of(Origin::Table(table))).collect(),
        FileOf::Source(source) => {
            let source = &rulebook.sources[source];
            let occasions = match &source.type_from {
                TypeFrom::Column { column, time } => vec![column, &time.column],
                TypeFrom::Always { time, .. } => vec![&time.column],
                TypeFrom::Columns(kinds) => kinds.iter().map(|kind| &kind.time.column).collect(),
            };
            let leads = source.lead.iter().map(|key| &key.column);
            let fields = source.fields.iter().filter_map(|(_, from)| from.spec()).map(|spec| &spec.column);
            leads.chain(occasions).chain(&source.id).chain(fields).collect()
        }
    }
}
