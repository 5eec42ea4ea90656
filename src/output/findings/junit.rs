//! Findings as `JUnit` XML, which every build server reads: a suite a rulebook, a case a finding.

use super::{CheckReport, Checked, Region, whole_message};
use crate::diagnostic::Diagnostic;
use crate::output::xml::xml;
use std::fmt::Write as _;

/// A suite for each rulebook. A finding that fails the check is a failed case, any other a passed one with its text; a
/// rulebook without findings has one case, which passes.
#[must_use]
pub fn findings_junit(report: &CheckReport<'_>) -> String {
    let n_cases: usize = report.files.iter().map(|file| file.found.len().max(1)).sum();
    let n_failures: usize = report.files.iter().map(|file| n_failures(report, file)).sum();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    line(&mut out, &format!("<testsuites name=\"leadscore check\" tests=\"{n_cases}\" failures=\"{n_failures}\">"));
    for file in report.files {
        suite(report, file, &mut out);
    }
    line(&mut out, "</testsuites>");
    out
}

fn n_failures(report: &CheckReport<'_>, file: &Checked) -> usize {
    file.found.iter().filter(|found| report.fails(found)).count()
}

fn suite(report: &CheckReport<'_>, file: &Checked, out: &mut String) {
    let (path, n_cases, n_failures) = (xml(&file.path), file.found.len().max(1), n_failures(report, file));
    line(out, &format!("  <testsuite name=\"{path}\" tests=\"{n_cases}\" failures=\"{n_failures}\">"));
    if file.found.is_empty() {
        line(out, &format!("    <testcase classname=\"{path}\" name=\"no findings\"/>"));
    }
    for found in &file.found {
        case(report, file, found, out);
    }
    line(out, "  </testsuite>");
}

fn case(report: &CheckReport<'_>, file: &Checked, found: &Diagnostic, out: &mut String) {
    let Region { line: at, column, .. } = Region::of(file, found);
    let (path, code, name) = (xml(&file.path), found.code, xml(report.name(found.code)));
    line(out, &format!("    <testcase classname=\"{path}\" name=\"{code} {name} at {at}:{column}\">"));
    let text = xml(&format!("{}:{at}:{column}: {}", file.path, whole_message(found)));
    if report.fails(found) {
        let (severity, message) = (found.severity.name(), xml(&found.message));
        line(out, &format!("      <failure type=\"{severity}\" message=\"{message}\">{text}</failure>"));
    } else {
        line(out, &format!("      <system-out>{text}</system-out>"));
    }
    line(out, "    </testcase>");
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("writing to a String cannot fail");
}
