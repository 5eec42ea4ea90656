//! What the tests of rulebooks came to, as the `JUnit` XML that CI servers show: a suite a file, a case a test.

use super::xml::xml;
use crate::case::{CaseResult, TestReport, TestedFile};
use crate::present::{CardPart, Document, Look, explain_part, in_one_line, terminal};
use std::fmt::Write as _;

/// The tests as `JUnit` XML.
#[must_use]
pub fn test_junit(report: &TestReport<'_>) -> String {
    let (n_cases, n_failed) = (report.n_cases(), report.n_failed());
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let n_unread = report.unread.len();
    // A file that could not be read counts as a test that could not be run: a server must not take it for a success.
    let errors = if n_unread == 0 { String::new() } else { format!(" errors=\"{n_unread}\"") };
    let n_tests = n_cases + n_unread;
    let _ = writeln!(out, "<testsuites name=\"leadscore\" tests=\"{n_tests}\" failures=\"{n_failed}\"{errors}>");
    for file in &report.files {
        suite(&mut out, file);
    }
    for file in &report.unread {
        let (name, problem) = (xml(&file.path), xml(&file.problem));
        let _ = writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    \
             <testcase classname=\"{name}\" name=\"can be read\" file=\"{name}\">\n      \
             <error message=\"{problem}\"/>\n    </testcase>\n  </testsuite>"
        );
    }
    out.push_str("</testsuites>\n");
    out
}

fn suite(out: &mut String, file: &TestedFile<'_>) {
    let name = xml(&file.path);
    let (n_cases, n_failed) = (file.cases.len(), file.n_failed());
    let _ = writeln!(out, "  <testsuite name=\"{name}\" tests=\"{n_cases}\" failures=\"{n_failed}\">");
    for case in &file.cases {
        test_case(out, &name, case);
    }
    out.push_str("  </testsuite>\n");
}

fn test_case(out: &mut String, suite: &str, case: &CaseResult<'_>) {
    let name = xml(&case.name);
    let head = format!("    <testcase classname=\"{suite}\" name=\"{name}\" file=\"{suite}\" line=\"{}\"", case.line);
    if case.passed {
        let _ = writeln!(out, "{head}/>");
        return;
    }
    let _ = writeln!(out, "{head}>");
    for failure in &case.failures {
        let message = xml(&in_one_line(failure));
        let why = failure.explanation.as_ref();
        let why = why.map_or_else(String::new, |card| {
            let opening = explain_part(card, CardPart::of(failure.subject));
            terminal(&Document { opening, ..Document::untitled(Look::Report) }, false)
        });
        let _ = writeln!(out, "      <failure message=\"{message}\">{}</failure>", xml(&why));
    }
    out.push_str("    </testcase>\n");
}
