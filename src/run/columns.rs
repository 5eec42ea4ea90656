//! Headers → column numbers: where in a file the columns stand that the rulebook names.

use super::error::RunError;
use crate::diagnostic::nearest;
use crate::rulebook::{Column, Spec};
use std::path::{Path, PathBuf};

/// Something that is wrong with a file's header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnProblem {
    /// None of these headers is there; the nearest that is.
    Lacking {
        /// What the rulebook asks for.
        wanted: Vec<String>,
        /// A header of the file that may be meant.
        nearest: Option<String>,
    },
    /// The header is there more than once.
    Repeated {
        /// The header.
        header: String,
    },
}

impl std::fmt::Display for ColumnProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lacking { wanted, nearest } => {
                write!(f, "no column `{}`", wanted.join("` or `"))?;
                match nearest {
                    Some(near) => write!(f, "; did you mean `{near}`?"),
                    None => Ok(()),
                }
            }
            Self::Repeated { header } => {
                write!(f, "the column `{header}` is there more than once; rename all but one of them in the file")
            }
        }
    }
}

/// A file's header being searched; problems are collected, so that one run shows them all.
pub(super) struct HeaderSearch<'h> {
    path: &'h Path,
    names: &'h [String],
    problems: Vec<ColumnProblem>,
}

impl<'h> HeaderSearch<'h> {
    pub(super) fn new(path: &'h Path, names: &'h [String]) -> Self {
        Self { path, names, problems: Vec::new() }
    }

    /// The number of a column that must be there; a problem is noted if it isn't.
    pub(super) fn required(&mut self, column: &Column) -> usize {
        let found = self.find(column);
        found.unwrap_or_else(|| {
            let wanted = column.headers.clone();
            let known = || self.names.iter().map(String::as_str);
            let nearest = wanted.iter().find_map(|header| nearest(header, known())).map(str::to_owned);
            self.note(ColumnProblem::Lacking { wanted, nearest });
            0
        })
    }

    /// The number of a field's column; none if the file lacks it and may.
    pub(super) fn field(&mut self, spec: &Spec) -> Option<usize> {
        if spec.optional { self.find(&spec.column) } else { Some(self.required(&spec.column)) }
    }

    fn find(&mut self, column: &Column) -> Option<usize> {
        let header = column.headers.iter().find(|header| self.names.contains(header))?;
        let mut places = self.names.iter().enumerate().filter(|(_, name)| *name == header);
        let first = places.next().map(|(index, _)| index);
        if places.next().is_some() {
            self.note(ColumnProblem::Repeated { header: header.clone() });
        }
        first
    }

    fn note(&mut self, problem: ColumnProblem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// All problems as one error.
    pub(super) fn finish(self) -> Result<(), RunError> {
        if self.problems.is_empty() {
            return Ok(());
        }
        let path: PathBuf = self.path.to_owned();
        Err(RunError::Columns { path, problems: self.problems, headers: self.names.to_vec() })
    }
}
