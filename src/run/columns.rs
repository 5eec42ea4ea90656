//! Headers → column numbers: where in a file the columns stand that the rulebook names.

use super::error::RunError;
use crate::diagnostic::nearest;
use crate::input::shown_header;
use crate::rulebook::{Column, Header, Spec, joined, ordinal};
use std::path::{Path, PathBuf};

/// Something that is wrong with a file's header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnProblem {
    /// None of these headers is there; the nearest that is.
    Lacking {
        /// What the rulebook asks for.
        wanted: Vec<Header>,
        /// A header of the file that may be meant.
        nearest: Option<String>,
    },
    /// There are columns with that header, but not so many.
    TooFew {
        /// What the rulebook asks for.
        wanted: Header,
        /// How many there are.
        n_there: usize,
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
                write!(f, "no column `{}`", joined(wanted, "` or `"))?;
                match nearest {
                    Some(near) => write!(f, "; did you mean `{}`?", shown_header(near)),
                    None => Ok(()),
                }
            }
            Self::TooFew { wanted, n_there } => {
                let times = if *n_there == 1 { "only one".to_owned() } else { format!("only {n_there}") };
                let nth = wanted.nth.unwrap_or(1);
                write!(f, "no {} column `{}`: there is {times}", ordinal(nth), wanted.name)
            }
            Self::Repeated { header } => {
                write!(f, "the column `{}` is there more than once; {}", shown_header(header), which_one(header))
            }
        }
    }
}

/// What to do about a header that a file has more than once.
#[must_use]
pub(crate) fn which_one(header: &str) -> String {
    format!("write which one you mean in the rulebook, for example `{{ name: {}, nth: 2 }}`", shown_header(header))
}

/// The columns that have a header.
fn places<'s>(names: &'s [String], header: &'s Header) -> impl Iterator<Item = usize> + 's {
    names.iter().enumerate().filter(|(_, name)| **name == header.name).map(|(index, _)| index)
}

/// The column that a header means.
fn place(names: &[String], header: &Header) -> Option<usize> {
    places(names, header).nth(header.nth.map_or(0, |nth| nth - 1))
}

/// Those headers of a column that a file has, the one that is read first.
pub(super) fn headers_there(column: &Column, names: &[String]) -> Vec<Header> {
    column.headers.iter().filter(|header| place(names, header).is_some()).cloned().collect()
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
            let there = wanted.iter().map(|header| (header, self.places(header).count())).find(|(_, n)| *n > 0);
            if let Some((header, n_there)) = there {
                self.note(ColumnProblem::TooFew { wanted: header.clone(), n_there });
            } else {
                let nearest = wanted.iter().find_map(|header| nearest(&header.name, known())).map(str::to_owned);
                self.note(ColumnProblem::Lacking { wanted, nearest });
            }
            0
        })
    }

    /// The number of a field's column; none if the file lacks it and may.
    pub(super) fn field(&mut self, spec: &Spec) -> Option<usize> {
        if spec.optional { self.find(&spec.column) } else { Some(self.required(&spec.column)) }
    }

    fn find(&mut self, column: &Column) -> Option<usize> {
        let (header, place) = column.headers.iter().find_map(|header| Some((header, place(self.names, header)?)))?;
        if header.nth.is_none() && self.places(header).nth(1).is_some() {
            self.note(ColumnProblem::Repeated { header: header.name.clone() });
        }
        Some(place)
    }

    /// The columns that have a header.
    fn places<'s>(&'s self, header: &'s Header) -> impl Iterator<Item = usize> + 's {
        places(self.names, header)
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
