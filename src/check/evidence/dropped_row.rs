//! A row that looks like data is left out by `skip_last`.
//!
//! ## Why
//! An export ends with a sum on one day and with a lead on the next. `skip_last: 1` leaves out the last line of both: a lead is
//! lost, and nothing fails.
//!
//! ## Example
//! ```yaml
//! file: { skip_last: 1 }      # today the last line is: 812;Ada;ada@firm.example
//! ```
//!
//! ## What to do
//! Write `skip_last: auto`: only lines that look like no row of the table are left out. If the line is to be left out
//! whatever it looks like, allow this finding with a reason.

use super::super::{Findings, Lint, Subject};
use crate::diagnostic::{Severity, Span};
use crate::run::FileReport;

pub(super) const LINT: Lint = Lint {
    code: "LS610",
    name: "dropped-row",
    severity: Severity::Warning,
    file: include_str!("dropped_row.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed else { return };
    let rulebook = subject.rulebook;
    let leads = ("leads".to_owned(), vec!["leads"]);
    let tables = rulebook.tables.iter().map(|table| (format!("table {}", table.name), vec!["tables", &table.name]));
    let sources =
        rulebook.sources.iter().map(|source| (format!("events {}", source.name), vec!["events", &source.name]));
    for (role, place) in std::iter::once(leads).chain(tables).chain(sources) {
        for file in observed.files.iter().filter(|file| file.role == role) {
            add(subject, file, &place, findings);
        }
    }
}

fn add(subject: &Subject<'_>, file: &FileReport, place: &[&str], findings: &mut Findings) {
    let Some((line, row)) = &file.assumed.below.like_data else { return };
    let own = subject.source.at(&[place, &["file", "skip_last"]].concat());
    let span = own.or_else(|| subject.source.at(&["file", "skip_last"])).map_or_else(Span::default, |node| node.span);
    let path = file.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    findings
        .add(span, format!("{path} has a row that looks like data on line {line}, and `skip_last` leaves it out"))
        .label(format!("\"{row}\""))
        .help("to keep it, write `skip_last: auto` or a smaller number");
}
