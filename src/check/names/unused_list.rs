//! A list that no condition names.
//!
//! ## Why
//! Somebody keeps it up, and it changes nothing. Often the condition has the values written out, and the two drift apart.
//!
//! ## Example
//! ```yaml
//! lists:
//!   competitors: [rival.example]       # and nothing below says `{ list: competitors }`
//! ```
//!
//! ## What to do
//! Name it in the condition that it was made for, or take it out.

use super::super::{CheckSubject, Findings, Lint};

pub(super) const LINT: Lint = Lint::warning("LS202", "unused-list", include_str!("unused_list.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for list in subject.rulebook.lists.iter().filter(|list| !list.is_read) {
        findings
            .add(list.span, format!("no condition names the list `{}`", list.name))
            .help(format!("write `in: {{ list: {} }}` where it was meant to count, or take it out", list.name));
    }
}
