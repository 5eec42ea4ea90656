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

use super::super::source::get;
use super::super::{Findings, Lint, Subject};
use crate::diagnostic::Severity;
use crate::rulebook::yaml::{Kind, Node};
use crate::value::trim;
use std::collections::BTreeSet;

pub(super) const LINT: Lint = Lint {
    code: "LS202",
    name: "unused-list",
    severity: Severity::Warning,
    file: include_str!("unused_list.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(Node { kind: Kind::Map(lists), .. }) = subject.source.at(&["lists"]) else { return };
    let mut named = BTreeSet::new();
    collect(subject.source.tree(), &mut named);
    for list in lists.iter().filter(|list| !named.contains(trim(&list.key.text))) {
        findings
            .add(list.key_span, format!("no condition names the list `{}`", list.key.text))
            .help(format!("write `in: {{ list: {} }}` where it was meant to count, or take it out", list.key.text));
    }
}

/// The names in every `{ list: name }`.
fn collect<'n>(node: &'n Node, named: &mut BTreeSet<&'n str>) {
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| collect(item, named)),
        Kind::Map(entries) => {
            if let Some(Node { kind: Kind::Scalar(name), .. }) = get(node, "list") {
                named.insert(trim(&name.text));
            }
            for entry in entries {
                collect(&entry.value, named);
            }
        }
        Kind::Null | Kind::Scalar(_) => {}
    }
}
