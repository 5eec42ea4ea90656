//! `skip_last` leaves out a row that looks like data.
//!
//! ## Why
//! An export can end with a sum on one day and with a lead on the next. `skip_last: 1` leaves out the last line on both
//! days: you lose a lead, and nothing fails.
//!
//! ## Example
//! ```yaml
//! file: { skip_last: 1 }      # today the last line is: 812;Ada;ada@firm.example
//! ```
//!
//! ## What to do
//! Write `skip_last: auto`. It leaves out only lines that don't look like data. If the last line should always be left
//! out, allow this finding with a reason.

use super::super::{CheckSubject, Findings, Lint};
use crate::diagnostic::Span;
use crate::rulebook::Files;
use crate::run::{FileReport, FileRole};

pub(super) const LINT: Lint = Lint::warning("LS610", "dropped-row", include_str!("dropped_row.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed else { return };
    let rulebook = subject.rulebook;
    let tables = rulebook.tables.iter().map(|table| (FileRole::Table(table.name.clone()), &table.files));
    let sources = rulebook.sources.iter().map(|source| (FileRole::Events(source.name.clone()), &source.files));
    for (role, files) in std::iter::once((FileRole::Leads, &rulebook.leads.files)).chain(tables).chain(sources) {
        for file in observed.files.iter().filter(|file| file.role == role) {
            add(subject, file, files, findings);
        }
    }
}

fn add(subject: &CheckSubject<'_>, file: &FileReport, files: &Files, findings: &mut Findings) {
    let Some((line, row)) = &file.assumed.below.like_data else { return };
    let general = || subject.rulebook.place.get("file").and_then(|file| file.get("skip_last"));
    let span = files.place.get("skip_last").or_else(general).map_or_else(Span::default, |place| place.span);
    let path = file.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    findings
        .add(span, format!("line {line} of {path} looks like data, but `skip_last` leaves it out"))
        .label(format!("\"{row}\""))
        .help("to keep it, write `skip_last: auto` or a smaller number");
}
