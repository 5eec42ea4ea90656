//! Findings as GitHub's workflow commands, which an Action shows beside the changed lines.

use super::{CheckReport, Region, whole_message};
use crate::diagnostic::Severity;
use std::fmt::Write as _;

/// One line a finding: `::error file=…,line=…,col=…,endLine=…,title=…::message`.
#[must_use]
pub fn findings_github(report: &CheckReport<'_>) -> String {
    let mut out = String::new();
    for file in report.files {
        for found in &file.found {
            let command = match found.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "notice",
            };
            let Region { line, column, end_line, .. } = Region::of(file, found);
            let title = property(&format!("{} {}", found.code, report.name(found.code)));
            let (path, message) = (property(&file.path), escaped(&whole_message(found)));
            writeln!(
                out,
                "::{command} file={path},line={line},col={column},endLine={end_line},title={title}::{message}"
            )
            .expect("writing to a String cannot fail");
        }
    }
    out
}

/// A message: what would end the command is escaped.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property: what would end it is escaped, too.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::Checked;
    use super::*;
    use crate::diagnostic::{Diagnostic, Span};

    #[test]
    fn nothing_in_a_message_or_a_path_ends_the_command() {
        let found = vec![Diagnostic::note("LS999", Span::at(0), "100 %::set-env\r\nname=x").with_help("a: b, c")];
        let files = [Checked { path: "a,b:c.yaml".to_owned(), text: "x".to_owned(), found }];
        let report = CheckReport { files: &files, pages: &[], fails_at: None, n_left_out: 0 };
        let expected = "::notice file=a%2Cb%3Ac.yaml,line=1,col=1,endLine=1,title=LS999 LS999\
                        ::100 %25::set-env%0D%0Aname=x%0Ahelp: a: b, c\n";
        assert_eq!(findings_github(&report), expected);
    }
}
