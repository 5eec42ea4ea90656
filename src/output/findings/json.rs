//! Findings as JSON, for programs. A change that could break a reader raises [`CHECK_VERSION`].

use super::{CheckReport, Checked, Region};
use crate::diagnostic::{Diagnostic, Severity};
use serde_json::{Value, json};

/// The version of the JSON shape of a check.
pub(crate) const CHECK_VERSION: u32 = 1;

/// All findings by file. Lines and columns count from 1, columns in characters, bytes from 0; an end is the place after the
/// last character. `left_out` is how many findings there are beyond those listed.
#[must_use]
pub fn findings_json(report: &CheckReport<'_>) -> Value {
    let files: Vec<Value> = report.files.iter().map(|file| checked(report, file)).collect();
    json!({ "version": CHECK_VERSION, "files": files, "left_out": report.n_left_out })
}

fn checked(report: &CheckReport<'_>, file: &Checked) -> Value {
    let findings: Vec<Value> = file.found.iter().map(|found| finding(report, file, found)).collect();
    json!({
        "path": file.path,
        "errors": file.count(Severity::Error),
        "warnings": file.count(Severity::Warning),
        "notes": file.count(Severity::Note),
        "findings": findings,
    })
}

fn finding(report: &CheckReport<'_>, file: &Checked, found: &Diagnostic) -> Value {
    let Region { line, column, end_line, end_column } = Region::of(file, found);
    json!({
        "code": found.code,
        "name": report.name(found.code),
        "severity": found.severity.name(),
        "fails": report.fails(found),
        "message": found.message,
        "label": found.label,
        "help": found.help,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "start_byte": found.span.start,
        "end_byte": found.span.end,
    })
}
