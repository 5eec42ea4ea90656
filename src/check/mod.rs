//! What a rulebook says that it probably doesn't mean: the lints, and the comments that silence them.
//!
//! A rulebook that parses is already free of errors of shape; here it is read for sense. One lint a file, in the folder of
//! its family; the file's opening comment is the lint's manual page. Findings are values: nothing here prints, and whether a
//! warning fails a build is the caller's to say.

mod allow;
mod arithmetic;
mod evidence;
mod logic;
mod names;
mod practice;
mod source;

pub use source::Source;

use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::rulebook::Rulebook;
use crate::value::Instant;

/// One thing that can be wrong with a rulebook that parses.
#[derive(Debug, Clone, Copy)]
pub struct Lint {
    /// Its stable code: `LS201`. The hundreds are the family: 2 names, 3 arithmetic, 4 logic, 5 practice, 6 against data.
    pub code: &'static str,
    /// Its name, which reads well after "allow": `unused-field`.
    pub name: &'static str,
    /// How much its findings weigh.
    pub severity: Severity,
    /// The text of its file, which opens with its manual page.
    file: &'static str,
    /// Finds it.
    find: fn(&Subject<'_>, &mut Findings),
}

impl Lint {
    /// Its manual page in Markdown: what it finds, why that matters, an example, what to do.
    #[must_use]
    pub fn manual(&self) -> String {
        let page = self.file.lines().map_while(|line| line.strip_prefix("//!"));
        page.flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect()
    }
}

/// What the lints read.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The rulebook.
    pub rulebook: &'a Rulebook,
    /// Its text and tree, for places that the rulebook itself doesn't keep.
    pub source: &'a Source,
    /// The instant of the check, for what is past.
    pub now: Instant,
}

/// The findings of one lint, as they are collected.
#[derive(Debug)]
pub struct Findings {
    lint: Lint,
    found: Vec<Diagnostic>,
}

impl Findings {
    /// Adds a finding of the lint's own weight; more can be said by the builder methods of what is handed back.
    fn add(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let Lint { code, severity, .. } = self.lint;
        self.found.push(Diagnostic::of(code, severity, span, message));
        self.found.last_mut().expect("a finding was just added")
    }
}

/// All lints, in order of code.
pub fn lints() -> impl Iterator<Item = &'static Lint> {
    [names::LINTS, arithmetic::LINTS, logic::LINTS, practice::LINTS, evidence::LINTS].into_iter().flatten()
}

/// Everything that the lints find, save what a comment allows, in order of place; and what is wrong with those comments.
#[must_use]
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for lint in lints() {
        let mut findings = Findings { lint: *lint, found: Vec::new() };
        (lint.find)(subject, &mut findings);
        found.append(&mut findings.found);
    }
    allow::settle(subject.source, found)
}
