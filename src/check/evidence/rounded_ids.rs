//! A spreadsheet rounded the ids of a file.
//!
//! ## Why
//! A spreadsheet takes a long id for a number, and writes `123456789012` as `1.23457E+11`. The last digits are lost: different
//! leads then have one id, and all rows but the first of them are rejected.
//!
//! ## Example
//! ```yaml
//! leads: { id: Record ID }      # the file has 1.23457E+11
//! ```
//!
//! ## What to do
//! Export the file again, and do not save it from a spreadsheet. To look at it in one, import the column as text.

use super::super::{CheckSubject, Findings, Lint};
use crate::run::{FileRole, Rewritten, RoundedIds};

pub(super) const LINT: Lint = Lint::warning("LS615", "rounded-ids", include_str!("rounded_ids.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for file in subject.observed.into_iter().flat_map(|observed| &observed.files) {
        let Some(RoundedIds { line, text, .. }) = &file.rounded else { continue };
        let column = match &file.role {
            FileRole::Leads => &rulebook.leads.id,
            FileRole::Table(name) => match rulebook.tables.iter().find(|table| table.name == *name) {
                Some(table) => &table.key,
                None => continue,
            },
            _ => continue,
        };
        let path = file.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        findings
            .add(column.span, format!("{path} has an id in scientific notation: `{text}` (line {line})"))
            .help(Rewritten::of_one_file());
    }
}
