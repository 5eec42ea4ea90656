//! What the tests of some files came to, with what they cover and which changes they don't notice.

use super::{CaseResult, Coverage, Survivor};

/// What the tests of some files came to.
#[derive(Clone, Debug, Default)]
pub struct TestReport<'r> {
    /// The files, in the order given.
    pub files: Vec<FileReport<'r>>,
    /// The files whose tests were not run, because they or their rulebooks are invalid.
    pub unread: Vec<Unread>,
    /// The rulebooks that they test, in the order in which they are first named.
    pub rulebooks: Vec<RulebookReport>,
}

/// What the tests of a file came to.
#[derive(Clone, Debug)]
pub struct FileReport<'r> {
    /// The file, as it is shown.
    pub path: String,
    /// Its cases, in order.
    pub cases: Vec<CaseResult<'r>>,
}

/// A file whose tests were not run.
#[derive(Clone, Debug)]
pub struct Unread {
    /// The file, as it is shown.
    pub path: String,
    /// Why, in a few words.
    pub problem: String,
}

/// What is said of a rulebook beside whether its tests pass.
#[derive(Clone, Debug)]
pub struct RulebookReport {
    /// The rulebook, as it is shown.
    pub path: String,
    /// Its text, in which places are looked up.
    pub text: String,
    /// What its tests cover, if that was asked for.
    pub coverage: Option<Coverage>,
    /// Which changes its tests don't notice, if that was asked for and they pass.
    pub mutation: Option<Mutation>,
}

/// Which changes of a rulebook its tests don't notice.
#[derive(Clone, Debug)]
pub struct Mutation {
    /// How many changes were tried.
    pub n_mutants: usize,
    /// Those that no test noticed.
    pub survivors: Vec<Survivor>,
}

impl FileReport<'_> {
    /// How many of its cases failed.
    #[must_use]
    pub fn n_failed(&self) -> usize {
        self.cases.iter().filter(|case| !case.failures.is_empty()).count()
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
        self.files.iter().map(FileReport::n_failed).sum()
    }
}
