//! The manual page of a rule: what a finding's code means, why it matters, an example, what to do.
//!
//! Whoever makes findings contributes the pages of their codes; whoever shows pages collects them.

use crate::diagnostic::Severity;

/// The sections that every page has, in order, below an opening paragraph that says what is found.
pub const SECTIONS: [&str; 3] = ["## Why", "## Example", "## What to do"];

/// The manual page of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManualPage {
    /// The stable code of its findings: `LS201`.
    pub code: &'static str,
    /// The rule's name: `unused-field`.
    pub name: &'static str,
    /// How much its findings weigh, where nothing about one of them says otherwise.
    pub severity: Severity,
    /// The page in Markdown: a paragraph that says what is found, then the [`SECTIONS`].
    pub text: String,
}

impl ManualPage {
    /// What is found, in one line without a full stop.
    #[must_use]
    pub fn title(&self) -> &str {
        self.text.lines().next().unwrap_or_default().trim_end_matches('.')
    }

    /// What kind of rule it is, by the hundreds of its code.
    #[must_use]
    pub fn family(&self) -> &'static str {
        match self.code.as_bytes().get(2) {
            Some(b'0') => "the shape of a rulebook",
            Some(b'1') => "test files",
            Some(b'2') => "names",
            Some(b'3') => "arithmetic",
            Some(b'4') => "logic",
            Some(b'5') => "practice",
            _ => "against data",
        }
    }
}
