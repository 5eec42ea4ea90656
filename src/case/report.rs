//! What the tests of some files came to, with what they cover and which changes they don't notice.

use super::coverage::Coverage;
use super::judge::CaseResult;
use super::mutate::Survivor;
use crate::diagnostic::{Span, line_column};
use serde::Serialize;

/// What all tests of a run came to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TestReport<'r> {
    /// The files whose tests were not run, in order: they, or their rulebooks, are invalid.
    pub unread: Vec<Unread>,
    /// The files that were read, in order.
    pub files: Vec<TestedFile<'r>>,
    /// The rulebooks that they test, in the order in which they are first named.
    pub rulebooks: Vec<RulebookReport<'r>>,
}

/// What the tests of a file came to.
#[derive(Clone, Debug, Serialize)]
pub struct TestedFile<'r> {
    /// The file, as it is shown.
    pub path: String,
    /// Its cases, in order.
    #[serde(rename = "tests")]
    pub cases: Vec<CaseResult<'r>>,
}

/// A file whose tests were not run.
#[derive(Clone, Debug, Serialize)]
pub struct Unread {
    /// The file, as it is shown.
    pub path: String,
    /// Why, in a few words.
    pub problem: String,
}

/// What is said of a rulebook beside whether its tests pass.
#[derive(Clone, Debug, Serialize)]
pub struct RulebookReport<'r> {
    /// The rulebook, as it is shown.
    pub path: String,
    /// What its tests cover, if that was asked for.
    pub coverage: Option<Coverage<'r>>,
    /// Which changes its tests don't notice, if that was asked for and they pass.
    pub mutation: Option<Mutation>,
}

/// Which changes of a rulebook its tests don't notice.
#[derive(Clone, Debug, Serialize)]
pub struct Mutation {
    /// How many changes were tried.
    #[serde(rename = "changes")]
    pub n_changes: usize,
    /// Those that no test noticed.
    pub unnoticed: Vec<Located<String>>,
}

/// Something at a place of a rulebook's text.
#[derive(Clone, Debug, Serialize)]
pub struct Located<T> {
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1.
    pub column: usize,
    /// What it is.
    pub what: T,
}

impl<T> Located<T> {
    /// Something at the beginning of a span.
    pub fn new(text: &str, span: Span, what: T) -> Self {
        let (line, column) = line_column(text, span.start);
        Self { line, column, what }
    }
}

impl Mutation {
    /// The changes that were tried of a rulebook of this text, and those of them that no test noticed.
    #[must_use]
    pub fn new(n_changes: usize, unnoticed: Vec<Survivor>, text: &str) -> Self {
        let spot = |survivor: Survivor| Located::new(text, survivor.span, survivor.what);
        Self { n_changes, unnoticed: unnoticed.into_iter().map(spot).collect() }
    }
}

impl TestedFile<'_> {
    /// How many of its cases failed.
    #[must_use]
    pub fn n_failed(&self) -> usize {
        self.cases.iter().filter(|case| !case.passed).count()
    }
}

impl TestReport<'_> {
    /// How many cases there are.
    #[must_use]
    pub fn n_cases(&self) -> usize {
        self.files.iter().map(|file| file.cases.len()).sum()
    }

    /// How many of them failed.
    #[must_use]
    pub fn n_failed(&self) -> usize {
        self.files.iter().map(TestedFile::n_failed).sum()
    }
}
