//! What the tests of rulebooks came to: a line a file where all is well; a failure with what was expected, what came, and the
//! part of the card that says why.

mod words;

use super::document::{LedgerEntry, Mark};
use super::explain::{CardPart, explain_part};
use super::words::plural;
use super::{Block, Document, Look};
use crate::case::{CaseResult, Failure, RulebookReport, TestReport, TestedFile};

/// The tests as a document for a terminal. Quiet is only what is wrong.
#[must_use]
pub fn tested(report: &TestReport<'_>, is_quiet: bool) -> Document {
    let mut document = Document::untitled(Look::Report);
    for file in &report.files {
        file_blocks(&mut document.opening, file, is_quiet);
    }
    document.opening.extend(report.rulebooks.iter().map(rulebook_block));
    let (n_cases, n_failed) = (report.n_cases(), report.n_failed());
    if !is_quiet && (report.files.len() > 1 || n_failed > 0) {
        let (tests, files) = (plural(n_cases as u64, "test"), plural(report.files.len() as u64, "file"));
        let words = format!("{tests} in {files}, {} passed, {n_failed} failed", n_cases - n_failed);
        let is_good = n_failed + report.unread.len() == 0;
        document.opening.push(Block::Lines(vec![LedgerEntry::new(0, words).mark(Mark::Verdict(is_good))]));
    }
    document
}

/// A failure in one line.
#[must_use]
pub fn in_one_line(failure: &Failure<'_>) -> String {
    let Failure { line, expected, got, .. } = failure;
    format!("line {line}: {}: expected {expected}, got {got}", subject(failure))
}

fn subject(failure: &Failure<'_>) -> String {
    let later = failure.later.as_ref().map_or_else(String::new, |later| format!(", {later}"));
    format!("{}{later}", failure.subject)
}

fn file_blocks(blocks: &mut Vec<Block>, file: &TestedFile<'_>, is_quiet: bool) {
    let verdict = |is_good, words: String| Block::Lines(vec![LedgerEntry::new(0, words).mark(Mark::Verdict(is_good))]);
    if file.n_failed() == 0 && !is_quiet {
        let n_cases = plural(file.cases.len() as u64, "test");
        blocks.push(verdict(true, format!("{}: {n_cases}", file.path)));
    }
    for case in file.cases.iter().filter(|case| !case.passed) {
        blocks.push(verdict(false, format!("{}:{}: {}", file.path, case.line, case.name)));
        case_blocks(blocks, file, case);
    }
}

fn case_blocks(blocks: &mut Vec<Block>, file: &TestedFile<'_>, case: &CaseResult<'_>) {
    let mut shown = None;
    for failure in &case.failures {
        blocks.push(Block::Lines(vec![
            LedgerEntry::new(1, format!("{} ({}:{})", subject(failure), file.path, failure.line)),
            LedgerEntry::new(2, format!("expected  {}", failure.expected)),
            LedgerEntry::new(2, format!("got       {}", failure.got)),
        ]));
        // Several failures of one part of the card need it once.
        let part = CardPart::of(failure.subject);
        if let (true, Some(explanation)) = (shown != Some((part, &failure.later)), &failure.explanation) {
            blocks.push(Block::Quoted(explain_part(explanation, part)));
            shown = Some((part, &failure.later));
        }
        blocks.push(Block::Lines(vec![LedgerEntry::new(0, "")]));
    }
}

fn rulebook_block(rulebook: &RulebookReport<'_>) -> Block {
    let path = &rulebook.path;
    let mut entries = Vec::new();
    if let Some(coverage) = &rulebook.coverage {
        let words = format!("{} % covered, {} of {}", coverage.percent, coverage.n_covered, coverage.n_goals);
        entries.push(LedgerEntry::new(0, format!("{path}: {words}")));
        let line = |spot: &crate::case::Located<_>| {
            LedgerEntry::new(1, format!("{path}:{}: no test: {}", spot.line, spot.what))
        };
        entries.extend(coverage.uncovered.iter().map(line));
    }
    if let Some(mutation) = &rulebook.mutation {
        let changes = plural(mutation.n_changes as u64, "change");
        entries.push(LedgerEntry::new(
            0,
            format!("{path}: {changes} tried, {} that no test notices", mutation.unnoticed.len()),
        ));
        let line = |spot: &crate::case::Located<_>| LedgerEntry::new(1, format!("{path}:{}: {}", spot.line, spot.what));
        entries.extend(mutation.unnoticed.iter().map(line));
    }
    Block::Lines(entries)
}
