//! A table of which nothing is read.
//!
//! ## Why
//! Its file is asked for, read and looked up for every lead, and none of its fields is in a condition, another table or the
//! report.
//!
//! ## Example
//! ```yaml
//! tables:
//!   accounts: { key: Account ID, by: account, fields: { industry: Industry } }     # nothing below says `industry`
//! ```
//!
//! ## What to do
//! Write the criterion that it was mapped for, or take the table out.

use super::super::{CheckSubject, Findings, Lint};
use super::reads::reads_table;

pub(super) const LINT: Lint = Lint::warning("LS204", "unused-table", include_str!("unused_table.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for (index, table) in subject.rulebook.tables.iter().enumerate() {
        if !reads_table(subject.rulebook, index) {
            findings
                .add(table.span, format!("nothing reads a field of the table `{}`", table.name))
                .help("write the criterion that it was mapped for, or take it out");
        }
    }
}
