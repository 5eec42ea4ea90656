//! What the tests of rulebooks came to, for machines.

use super::diagnostics::line_column;
use crate::case::{CaseResult, Coverage, Failure, FileReport, Mutation, RulebookReport, TestReport};
use serde_json::{Value, json};

/// The name of the shape, with its version.
pub const TEST_SCHEMA: &str = "leadscore/test/v1";

/// The tests as JSON.
#[must_use]
pub fn test_json(report: &TestReport<'_>) -> Value {
    json!({
        "schema": TEST_SCHEMA,
        "tests": report.n_cases(),
        "failed": report.n_failed(),
        "unread": report.unread.iter().map(|file| json!({ "path": file.path, "problem": file.problem })).collect::<Vec<_>>(),
        "files": report.files.iter().map(file).collect::<Vec<_>>(),
        "rulebooks": report.rulebooks.iter().map(rulebook).collect::<Vec<_>>(),
    })
}

fn file(file: &FileReport<'_>) -> Value {
    json!({ "path": file.path, "tests": file.cases.iter().map(case).collect::<Vec<_>>() })
}

fn case(case: &CaseResult<'_>) -> Value {
    json!({
        "name": case.name,
        "line": case.line,
        "passed": case.failures.is_empty(),
        "failures": case.failures.iter().map(failure).collect::<Vec<_>>(),
    })
}

fn failure(failure: &Failure<'_>) -> Value {
    json!({
        "line": failure.line,
        "later": failure.later,
        "subject": failure.subject,
        "expected": failure.expected,
        "got": failure.got,
    })
}

fn rulebook(rulebook: &RulebookReport) -> Value {
    json!({
        "path": rulebook.path,
        "coverage": rulebook.coverage.as_ref().map(|coverage| coverage_json(rulebook, coverage)),
        "mutation": rulebook.mutation.as_ref().map(|mutation| mutation_json(rulebook, mutation)),
    })
}

fn coverage_json(rulebook: &RulebookReport, coverage: &Coverage) -> Value {
    let items = coverage.uncovered().into_iter().map(|item| place(rulebook, item.span.start, &item.what));
    json!({
        "percent": coverage.percent(),
        "covered": coverage.n_covered(),
        "of": coverage.items.len(),
        "uncovered": items.collect::<Vec<_>>(),
    })
}

fn mutation_json(rulebook: &RulebookReport, mutation: &Mutation) -> Value {
    let survivors = mutation.survivors.iter().map(|survivor| place(rulebook, survivor.span.start, &survivor.what));
    json!({ "changes": mutation.n_mutants, "unnoticed": survivors.collect::<Vec<_>>() })
}

fn place(rulebook: &RulebookReport, offset: usize, what: &str) -> Value {
    let (line, column) = line_column(&rulebook.text, offset);
    json!({ "line": line, "column": column, "what": what })
}
