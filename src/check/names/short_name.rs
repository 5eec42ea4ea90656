//! A list with a name of one letter.
//!
//! ## Why
//! Nobody knows what it holds.
//!
//! ## Example
//! ```yaml
//! lists: { x: [rival.example] }
//! ```
//!
//! ## What to do
//! Give it a name that says what it holds.

use super::super::{Findings, Lint, Subject};

pub(super) const LINT: Lint = Lint::note("LS299", "short-name", include_str!("short_name.rs"), find);

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    for list in subject.rulebook.lists.iter().filter(|list| list.name.len() == 1) {
        findings.add(list.span, format!("the list `{}` has a name of one letter", list.name));
    }
}
