//! A field that nothing reads.
//!
//! ## Why
//! A column that is mapped is promised: the run ends if the file lacks it. A field that no criterion, stage, table or report
//! reads makes that promise for nothing, and often a criterion was meant to read it.
//!
//! ## Example
//! ```yaml
//! leads:
//!   fields:
//!     phone: Phone Number        # and nothing below says `phone`
//! ```
//!
//! ## What to do
//! Take the field out, or write the criterion that it was mapped for. A field that is there to be exported is read by
//! `export`.

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
                .help("take it out, or write the criterion that it was mapped for");
        }
    }
}
