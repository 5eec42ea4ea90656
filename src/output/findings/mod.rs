//! What a check of rulebooks found → bytes, one format a file: for people, for machines, for the places that show findings
//! beside the code.
//!
//! Decides nothing: which findings are shown, and which of them fail a build, is said in the [`CheckReport`].

mod github;
mod json;
mod junit;
mod sarif;

pub use github::findings_github;
pub use json::findings_json;
pub use junit::findings_junit;
pub use sarif::findings_sarif;

use super::diagnostics::{SourceText, line_column, render, render_short};
use crate::diagnostic::{Diagnostic, Severity};
use crate::manual::ManualPage;

/// A rulebook that was checked.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Its path, as it was given.
    pub path: String,
    /// Its text.
    pub text: String,
    /// What was found and is to be shown, in order of place.
    pub found: Vec<Diagnostic>,
}

impl Checked {
    /// How many findings weigh so much.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|found| found.severity == severity).count()
    }

    fn source(&self) -> SourceText<'_> {
        SourceText { path: &self.path, text: &self.text }
    }
}

/// What a check came to.
#[derive(Debug, Clone, Copy)]
pub struct CheckReport<'a> {
    /// The rulebooks, in the order in which they were given.
    pub files: &'a [Checked],
    /// The manual pages of all rules.
    pub pages: &'a [ManualPage],
    /// The least weight that fails the check; none where no finding does.
    pub fails_at: Option<Severity>,
    /// How many findings there are beyond those in `files`.
    pub n_left_out: usize,
}

impl CheckReport<'_> {
    fn page(&self, code: &str) -> Option<&ManualPage> {
        self.pages.iter().find(|page| page.code == code)
    }

    /// The name of a rule; its code where it has no page.
    fn name<'c>(&'c self, code: &'c str) -> &'c str {
        self.page(code).map_or(code, |page| page.name)
    }

    fn fails(&self, found: &Diagnostic) -> bool {
        self.fails_at.is_some_and(|least| found.severity <= least)
    }
}

/// For people: each finding with its line underlined.
#[must_use]
pub fn findings_text(report: &CheckReport<'_>, color: bool) -> String {
    let files = report.files.iter().filter(|file| !file.found.is_empty());
    files.map(|file| render(&file.source(), &file.found, color)).collect::<Vec<_>>().join("\n")
}

/// One line a finding: `path:line:column: warning[LS201]: message (help)`.
#[must_use]
pub fn findings_short(report: &CheckReport<'_>) -> String {
    report.files.iter().map(|file| render_short(&file.source(), &file.found)).collect()
}

/// Where a finding stands, lines and columns from 1, columns in characters; the end is the place after the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Region {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl Region {
    fn of(file: &Checked, found: &Diagnostic) -> Self {
        let (line, column) = line_column(&file.text, found.span.start);
        let (end_line, end_column) = line_column(&file.text, found.span.end.max(found.span.start));
        Self { line, column, end_line, end_column }
    }
}

/// The message with what was expected and what to do, each on a line of its own.
fn whole_message(found: &Diagnostic) -> String {
    let mut text = found.message.clone();
    for (before, more) in [("\n", &found.label), ("\nhelp: ", &found.help)] {
        if let Some(more) = more {
            text.push_str(before);
            text.push_str(more);
        }
    }
    text
}
