//! A list that no condition uses.
//!
//! ## Why
//! Somebody maintains this list, and it changes nothing. Often a condition repeats the values, and over time the two
//! become different.
//!
//! ## Example
//! ```yaml
//! lists:
//!   competitors: [rival.example]       # but nothing below uses `{ list: competitors }`
//! ```
//!
//! ## What to do
//! Use the list in the condition that it was made for, or remove it.

use super::super::{CheckSubject, Findings, Lint};

pub(super) const LINT: Lint = Lint::warning("LS202", "unused-list", include_str!("unused_list.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for list in subject.rulebook.lists.iter().filter(|list| !list.is_read) {
        findings
            .add(list.span, format!("no condition uses the list `{}`", list.name))
            .help(format!("write `in: {{ list: {} }}` in a condition, or remove the list", list.name));
    }
}
