//! What a rulebook says that it probably doesn't mean: the lints, and the comments that silence them.
//!
//! A rulebook that parses is already free of errors of shape; here it is read for sense. One lint a file, in the folder of
//! its family; the file's opening comment is the lint's manual page. Findings are values: nothing here prints, and whether a
//! warning fails a build is the caller's to say.

mod allow;
mod arithmetic;
pub mod bounds;
mod claim;
mod conditions;
mod evidence;
mod figures;
mod logic;
mod names;
mod observed;
mod places;
mod practice;
mod shape;
mod source;

pub use observed::{Asked, Fires, Observed, Sketch, asked};
pub use source::Source;

use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::manual::Page;
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
    /// Its manual page: what it finds, why that matters, an example, what to do.
    #[must_use]
    pub fn page(&self) -> Page {
        Page { code: self.code, name: self.name, severity: self.severity, text: opening_comment(self.file) }
    }
}

/// The comment that a file opens with.
fn opening_comment(file: &str) -> String {
    let page = file.lines().map_while(|line| line.strip_prefix("//!"));
    page.flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect()
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
    /// What the files say, if the rulebook is held against some.
    pub observed: Option<&'a Observed>,
}

/// The findings of one lint, as they are collected.
#[derive(Debug)]
pub struct Findings {
    lint: Lint,
    found: Vec<Diagnostic>,
}

impl Findings {
    /// Adds a finding of the lint's own weight; more can be said by the methods of what is handed back.
    fn add(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        let Lint { code, severity, .. } = self.lint;
        self.found.push(Diagnostic::of(code, severity, span, message));
        Finding(self.found.last_mut().expect("a finding was just added"))
    }
}

/// A finding that was just added, to say more of it.
#[derive(Debug)]
struct Finding<'f>(&'f mut Diagnostic);

#[allow(dead_code, reason = "each is used as soon as a lint has something of the kind to say")]
impl Finding<'_> {
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

    /// Gives it another weight than the lint's.
    fn weighs(self, severity: Severity) -> Self {
        self.0.severity = severity;
        self
    }
}

/// All lints, in order of code.
pub fn lints() -> impl Iterator<Item = &'static Lint> {
    [names::LINTS, arithmetic::LINTS, logic::LINTS, practice::LINTS, evidence::LINTS].into_iter().flatten()
}

/// The manual pages of everything that reading and checking a rulebook can find, in order of code.
pub fn pages() -> impl Iterator<Item = Page> {
    shape::pages().chain([allow::page()]).chain(lints().map(Lint::page))
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
