//! A table that nothing reads.
//!
//! ## Why
//! The run needs and reads its file and looks up every lead in it, but no condition, table or report uses its fields.
//!
//! ## Example
//! ```yaml
//! tables:
//!   accounts: { key: Account ID, by: account, fields: { industry: Industry } }     # nothing below uses `industry`
//! ```
//!
//! ## What to do
//! Write the criterion for its fields, or remove the table.

use super::super::{CheckSubject, Findings, Lint};
use super::reads::reads_table;

pub(super) const LINT: Lint = Lint::warning("LS204", "unused-table", include_str!("unused_table.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for (index, table) in subject.rulebook.tables.iter().enumerate() {
        let names_accounts =
            subject.rulebook.accounts.as_ref().is_some_and(|rules| rules.table.as_ref() == Some(&table.name));
        if !names_accounts && !reads_table(subject.rulebook, index) {
            findings
                .add(table.span, format!("nothing reads the table `{}`", table.name))
                .help("write the criterion that should read it, or remove it");
        }
    }
}
