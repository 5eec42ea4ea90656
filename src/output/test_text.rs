//! What the tests of rulebooks came to, for people: a line a file where all is well; a failure with what was expected, what came,
//! and the part of the card that says why.

use super::diagnostics::line_column;
use crate::case::{CaseResult, Coverage, Failure, FileReport, Mutation, RulebookReport, TestReport};
use crate::present::{explain_part, terminal};
use anstyle::{AnsiColor, Style as Ink};
use std::fmt::Write as _;

/// How much is shown, and whether in color.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// All evidence: of criteria that gave nothing too, and every event.
    pub all: bool,
    /// With colors.
    pub color: bool,
}

/// The tests as text. Quiet is only what is wrong.
#[must_use]
pub fn test_text(report: &TestReport<'_>, style: Style, is_quiet: bool) -> String {
    let mut out = String::new();
    for file in &report.files {
        file_text(&mut out, file, style, is_quiet);
    }
    for rulebook in &report.rulebooks {
        rulebook_text(&mut out, rulebook);
    }
    let (n_cases, n_failed) = (report.n_cases(), report.n_failed());
    if !is_quiet && (report.files.len() > 1 || n_failed > 0) {
        let files = counted(report.files.len(), "file");
        let (word, ink) = verdict(n_failed + report.unread.len());
        let passed = n_cases - n_failed;
        let _ = writeln!(
            out,
            "{}: {} in {files}, {passed} passed, {n_failed} failed",
            paint(word, ink, style),
            counted(n_cases, "test")
        );
    }
    out
}

fn verdict(n_failed: usize) -> (&'static str, Ink) {
    let bold = Ink::new().bold();
    match n_failed {
        0 => ("ok", bold.fg_color(Some(AnsiColor::Green.into()))),
        _ => ("FAILED", bold.fg_color(Some(AnsiColor::Red.into()))),
    }
}

fn paint(text: &str, ink: Ink, style: Style) -> String {
    if style.color { format!("{ink}{text}{ink:#}") } else { text.to_owned() }
}

/// `1 test`, `3 tests`.
fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn file_text(out: &mut String, file: &FileReport<'_>, style: Style, is_quiet: bool) {
    let n_failed = file.n_failed();
    let (word, ink) = verdict(n_failed);
    let word = paint(word, ink, style);
    if n_failed == 0 {
        if !is_quiet {
            let _ = writeln!(out, "{word} {}: {}", clean(&file.path), counted(file.cases.len(), "test"));
        }
        return;
    }
    for case in file.cases.iter().filter(|case| !case.failures.is_empty()) {
        let _ = writeln!(out, "{word} {}:{}: {}", clean(&file.path), case.line, clean(&case.name));
        case_text(out, file, case, style);
    }
}

fn case_text(out: &mut String, file: &FileReport<'_>, case: &CaseResult<'_>, style: Style) {
    let mut shown = None;
    for failure in &case.failures {
        let later = failure.later.as_ref().map_or_else(String::new, |later| format!(", {later}"));
        let _ = writeln!(out, "  {}{later} ({}:{})", failure.subject, clean(&file.path), failure.line);
        let _ = writeln!(out, "    expected  {}", clean(&failure.expected));
        let _ = writeln!(out, "    got       {}", clean(&failure.got));
        // Several failures of one part of the card need it once.
        let part = Some((&failure.part, &failure.later));
        if shown != part {
            out.push_str(&why(failure, style));
            shown = part;
        }
        out.push('\n');
    }
}

fn why(failure: &Failure<'_>, style: Style) -> String {
    let Some(explanation) = &failure.explanation else { return String::new() };
    let part = terminal(&explain_part(explanation, &failure.part, style.all), style.color);
    let line = |line: &str| if line.is_empty() { "    |\n".to_owned() } else { format!("    | {line}\n") };
    part.lines().map(line).collect()
}

fn rulebook_text(out: &mut String, rulebook: &RulebookReport) {
    if let Some(coverage) = &rulebook.coverage {
        coverage_text(out, rulebook, coverage);
    }
    if let Some(mutation) = &rulebook.mutation {
        mutation_text(out, rulebook, mutation);
    }
}

fn coverage_text(out: &mut String, rulebook: &RulebookReport, coverage: &Coverage) {
    let (n_covered, n_items) = (coverage.n_covered(), coverage.items.len());
    let path = clean(&rulebook.path);
    let _ = writeln!(out, "{path}: {} % covered, {n_covered} of {n_items}", coverage.percent());
    for item in coverage.uncovered() {
        let (line, _) = line_column(&rulebook.text, item.span.start);
        let _ = writeln!(out, "  {path}:{line}: no test: {}", clean(&item.what));
    }
}

fn mutation_text(out: &mut String, rulebook: &RulebookReport, mutation: &Mutation) {
    let n_survivors = mutation.survivors.len();
    let path = clean(&rulebook.path);
    let changes = counted(mutation.n_mutants, "change");
    let _ = writeln!(out, "{path}: {changes} tried, {n_survivors} that no test notices");
    for survivor in &mutation.survivors {
        let (line, _) = line_column(&rulebook.text, survivor.span.start);
        let _ = writeln!(out, "  {path}:{line}: {}", clean(&survivor.what));
    }
}

/// Text from files, without what could drive a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '␣' } else { c }).collect()
}
