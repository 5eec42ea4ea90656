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
mod observed;
mod practice;
mod shape;

pub use observed::ExportsObserved;
pub(crate) use observed::FieldSketch;

use crate::analysis::Analysis;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::manual::ManualPage;
use crate::rulebook::{Condition, Rulebook};
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
    find: Find,
}

/// What looks for something.
type Find = fn(&CheckSubject<'_>, &mut Findings);

impl Lint {
    const fn error(code: &'static str, name: &'static str, file: &'static str, find: Find) -> Self {
        Self { code, name, severity: Severity::Error, file, find }
    }

    const fn warning(code: &'static str, name: &'static str, file: &'static str, find: Find) -> Self {
        Self { code, name, severity: Severity::Warning, file, find }
    }

    const fn note(code: &'static str, name: &'static str, file: &'static str, find: Find) -> Self {
        Self { code, name, severity: Severity::Note, file, find }
    }

    /// Its manual page: what it finds, why that matters, an example, what to do.
    #[must_use]
    pub fn page(&self) -> ManualPage {
        ManualPage { code: self.code, name: self.name, severity: self.severity, text: opening_comment(self.file) }
    }
}

/// The comment that a file opens with.
fn opening_comment(file: &str) -> String {
    let page = file.lines().map_while(|line| line.strip_prefix("//!"));
    page.flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect()
}

/// What the lints read: a rulebook, with what was worked out of it once for all of them.
#[derive(Debug)]
pub struct CheckSubject<'a> {
    rulebook: &'a Rulebook,
    /// The rulebook's text; a [`Span`] counts its bytes.
    text: &'a str,
    /// The instant of the check, for what is past.
    now: Instant,
    /// What the files say, if the rulebook is held against some.
    observed: Option<&'a ExportsObserved>,
    analysis: Analysis<'a>,
    conditions: Vec<Condition<'a>>,
}

impl<'a> CheckSubject<'a> {
    /// A rulebook with its text, at an instant, held against files if `observed` says what is in them.
    #[must_use]
    pub fn new(rulebook: &'a Rulebook, text: &'a str, now: Instant, observed: Option<&'a ExportsObserved>) -> Self {
        let (analysis, conditions) = (Analysis::of(rulebook), rulebook.conditions());
        Self { rulebook, text, now, observed, analysis, conditions }
    }

    /// Whether a comment that gives a reason allows findings of this code at a place. A lint that tells several places in one finding
    /// leaves these out of it.
    fn allows(&self, code: &str, span: Span) -> bool {
        allow::is_allowed(self, code, span)
    }

    /// The line of a place, from 1.
    fn line(&self, span: Span) -> usize {
        self.text[..span.start.min(self.text.len())].matches('\n').count() + 1
    }

    /// Where a key of the rulebook itself stands; the beginning if it has none of that name.
    fn section(&self, name: &str) -> Span {
        let mut keys = self.rulebook.place.written();
        let first = keys.next();
        let found = first.into_iter().chain(keys).find(|(key, _)| *key == name).or(first);
        found.map_or_else(Span::default, |(_, span)| span)
    }
}

/// The findings of one lint, as they are collected.
#[derive(Debug)]
pub(crate) struct Findings {
    lint: Lint,
    found: Vec<Diagnostic>,
}

impl Findings {
    /// Adds a finding of the lint's own weight; more can be said by the methods of what is handed back.
    fn add(&mut self, span: Span, message: impl Into<String>) -> NewFinding<'_> {
        let Lint { code, severity, .. } = self.lint;
        self.found.push(Diagnostic::of(code, severity, span, message));
        NewFinding(self.found.last_mut().expect("a finding was just added"))
    }
}

/// A finding that was just added, to say more of it.
#[derive(Debug)]
struct NewFinding<'f>(&'f mut Diagnostic);

impl NewFinding<'_> {
    /// Says so under the underlined text.
    fn label(self, label: impl Into<String>) -> Self {
        self.0.label = Some(label.into());
        self
    }

    /// Says what to do about it.
    fn help(self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Weighs less than the lint's others.
    fn noted(self) -> Self {
        self.0.severity = Severity::Note;
        self
    }

    /// Weighs more than the lint's others.
    fn warned(self) -> Self {
        self.0.severity = Severity::Warning;
        self
    }
}

/// All lints, in order of code.
pub fn lints() -> impl Iterator<Item = &'static Lint> {
    [names::LINTS, arithmetic::LINTS, logic::LINTS, practice::LINTS, evidence::LINTS].into_iter().flatten()
}

/// The manual pages of everything that reading and checking a rulebook can find, in order of code.
pub fn pages() -> impl Iterator<Item = ManualPage> {
    shape::pages().chain([allow::page()]).chain(lints().map(Lint::page))
}

/// Everything that the lints find, save what a comment allows, in order of place; and what is wrong with those comments.
#[must_use]
pub fn check(subject: &CheckSubject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for lint in lints() {
        let mut findings = Findings { lint: *lint, found: Vec::new() };
        (lint.find)(subject, &mut findings);
        found.append(&mut findings.found);
    }
    allow::settle(subject, found)
}
