//! A field that nothing reads.
//!
//! ## Why
//! The run fails if the file lacks a mapped column. If no criterion, stage, table or report reads the field, the run
//! needs the column for nothing. Often somebody meant to write a criterion for it.
//!
//! ## Example
//! ```yaml
//! leads:
//!   fields:
//!     phone: Phone Number        # but nothing below uses `phone`
//! ```
//!
//! ## What to do
//! Remove the field, or write the criterion. If you only want to export the field, name it under `export`.

use super::super::{CheckSubject, Findings, Lint};
use super::reads::{reads_field, reads_table};
use crate::rulebook::Origin;

pub(super) const LINT: Lint = Lint::warning("LS201", "unused-field", include_str!("unused_field.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for (index, field) in rulebook.fields.iter().enumerate() {
        // A table of which nothing is read is one finding, not one a field.
        let is_told = matches!(field.origin, Origin::Table(table) if !reads_table(rulebook, table));
        if !reads_field(rulebook, index) && !is_told {
            findings
                .add(field.span, format!("nothing reads the field `{}`", field.name))
                .help("remove it, or write the criterion that should read it");
        }
    }
}
