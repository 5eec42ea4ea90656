//! Two YAML trees side by side: which keys differ, and how they read. Knows a little of the language: that entries with an `id`
//! or a `name` are the same entry wherever they stand. Decides nothing about what a difference means.

use crate::diagnostic::Span;
use crate::rulebook::yaml::{Entry, Kind, Node};
use std::fmt::Write as _;

/// The longest value that is shown, in characters.
const MOST_SHOWN: usize = 90;

/// One key that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// Where: `when.all[2].gte`; empty for the whole.
    pub key: String,
    /// What stood there.
    pub old: Option<String>,
    /// What stands there now.
    pub new: Option<String>,
    /// Where in the old text.
    pub old_span: Option<Span>,
    /// Where in the new text.
    pub new_span: Option<Span>,
}

/// The entries of a mapping; none of anything else.
pub(super) fn entries(node: Option<&Node>) -> &[Entry] {
    match node.map(|node| &node.kind) {
        Some(Kind::Map(entries)) => entries,
        _ => &[],
    }
}

/// The items of a list; none of anything else.
pub(super) fn items(node: Option<&Node>) -> &[Node] {
    node.and_then(Node::items).unwrap_or_default()
}

/// The value of a key.
pub(super) fn get<'n>(node: Option<&'n Node>, key: &str) -> Option<&'n Node> {
    entries(node).iter().find(|entry| entry.key.text == key).map(|entry| &entry.value)
}

/// The text of a scalar under a key.
pub(super) fn text_of<'n>(node: Option<&'n Node>, key: &str) -> Option<&'n str> {
    get(node, key).and_then(scalar)
}

/// The text of a scalar.
pub(super) fn scalar(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Scalar(scalar) => Some(&scalar.text),
        _ => None,
    }
}

/// Whether a text stands in a tree as a value, or before a dot (`email.domain` for `email`).
pub(super) fn mentions(node: &Node, name: &str) -> bool {
    match &node.kind {
        Kind::Null => false,
        Kind::Scalar(scalar) => {
            scalar.text == name || scalar.text.split_once('.').is_some_and(|(base, _)| base == name)
        }
        Kind::List(items) => items.iter().any(|item| mentions(item, name)),
        Kind::Map(entries) => entries.iter().any(|entry| mentions(&entry.value, name)),
    }
}

/// Whether `{ list: name }` stands in a tree.
pub(super) fn reads_list(node: &Node, name: &str) -> bool {
    match &node.kind {
        Kind::Null | Kind::Scalar(_) => false,
        Kind::List(items) => items.iter().any(|item| reads_list(item, name)),
        Kind::Map(entries) => entries.iter().any(|entry| {
            (entry.key.text == "list" && scalar(&entry.value) == Some(name)) || reads_list(&entry.value, name)
        }),
    }
}

/// A tree on one line, whatever style it is written in.
pub(super) fn flow(node: &Node) -> String {
    let mut text = String::new();
    push_flow(node, &mut text);
    text
}

fn push_flow(node: &Node, to: &mut String) {
    match &node.kind {
        Kind::Null => {}
        Kind::Scalar(scalar) => push_scalar(&scalar.text, to),
        Kind::List(items) => {
            to.push('[');
            for (index, item) in items.iter().enumerate() {
                to.push_str(if index > 0 { ", " } else { "" });
                push_flow(item, to);
            }
            to.push(']');
        }
        Kind::Map(entries) => {
            to.push_str("{ ");
            for (index, entry) in entries.iter().enumerate() {
                to.push_str(if index > 0 { ", " } else { "" });
                push_scalar(&entry.key.text, to);
                to.push_str(": ");
                push_flow(&entry.value, to);
            }
            to.push_str(" }");
        }
    }
}

fn push_scalar(text: &str, to: &mut String) {
    if text.is_empty() || text.contains([',', ':', '[', ']', '{', '}', '#', '"', '\n']) {
        let _ = write!(to, "{text:?}");
    } else {
        to.push_str(text);
    }
}

/// Whether two trees say the same, whatever their style and the order of their keys.
pub(super) fn says_the_same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Scalar(a), Kind::Scalar(b)) => a.text == b.text,
        (Kind::List(a), Kind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| says_the_same(a, b)),
        (Kind::Map(a), Kind::Map(b)) => {
            let of = |key: &str| b.iter().find(|entry| entry.key.text == key).map(|entry| &entry.value);
            a.len() == b.len()
                && a.iter().all(|entry| of(&entry.key.text).is_some_and(|other| says_the_same(&entry.value, other)))
        }
        _ => false,
    }
}

/// The keys in which two trees differ, as deep as both have the same shape; those of `skip` at the top are left out.
pub(super) fn differences(old: Option<&Node>, new: Option<&Node>, skip: &[&str]) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", old, new, skip, &mut found);
    found
}

fn compare(key: &str, old: Option<&Node>, new: Option<&Node>, skip: &[&str], found: &mut Vec<Difference>) {
    let (Some(a), Some(b)) = (old, new) else {
        if old.is_some() || new.is_some() {
            found.push(difference(key, old, new));
        }
        return;
    };
    match (&a.kind, &b.kind) {
        (Kind::Map(a), Kind::Map(b)) => compare_maps(key, a, b, skip, found),
        (Kind::List(left), Kind::List(right)) if left.len() == right.len() && !is_plain(left) => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(&format!("{key}[{}]", index + 1), Some(left), Some(right), &[], found);
            }
        }
        (Kind::List(left), Kind::List(right)) if is_plain(left) && is_plain(right) => {
            compare_entries(key, (a, left), (b, right), found);
        }
        _ if says_the_same(a, b) => {}
        _ => found.push(difference(key, old, new)),
    }
}

fn compare_maps(key: &str, old: &[Entry], new: &[Entry], skip: &[&str], found: &mut Vec<Difference>) {
    let below = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    for entry in old.iter().filter(|entry| !skip.contains(&entry.key.text.as_str())) {
        let other = new.iter().find(|other| other.key.text == entry.key.text);
        compare(&below(&entry.key.text), Some(&entry.value), other.map(|other| &other.value), &[], found);
    }
    let is_added = |entry: &&Entry| old.iter().all(|other| other.key.text != entry.key.text);
    for entry in new.iter().filter(|entry| !skip.contains(&entry.key.text.as_str())).filter(is_added) {
        compare(&below(&entry.key.text), None, Some(&entry.value), &[], found);
    }
}

fn is_plain(items: &[Node]) -> bool {
    items.iter().all(|item| scalar(item).is_some())
}

/// Two lists of texts: which entries went and came.
fn compare_entries(key: &str, old: (&Node, &[Node]), new: (&Node, &[Node]), found: &mut Vec<Difference>) {
    let texts = |items: &[Node]| items.iter().filter_map(scalar).map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (texts(old.1), texts(new.1));
    if before != after {
        let (old_text, new_text) = gone_and_come(&before, &after);
        let spans = (Some(old.0.span), Some(new.0.span));
        found.push(Difference {
            key: key.to_owned(),
            old: old_text,
            new: new_text,
            old_span: spans.0,
            new_span: spans.1,
        });
    }
}

/// The entries that went and those that came, in words; where only their order differs, both lists.
pub(super) fn gone_and_come(before: &[String], after: &[String]) -> (Option<String>, Option<String>) {
    let without = |all: &[String], others: &[String]| {
        let others: std::collections::BTreeSet<&String> = others.iter().collect();
        all.iter().filter(|one| !others.contains(one)).cloned().collect::<Vec<_>>()
    };
    let (gone, come) = (without(before, after), without(after, before));
    if gone.is_empty() && come.is_empty() {
        return (Some(shortened(&before.join(", "))), Some(shortened(&after.join(", "))));
    }
    let words = |sign: &str, entries: &[String]| {
        (!entries.is_empty()).then(|| shortened(&format!("{sign} {}", entries.join(", "))))
    };
    (words("without", &gone), words("with", &come))
}

fn difference(key: &str, old: Option<&Node>, new: Option<&Node>) -> Difference {
    let shown = |node: Option<&Node>| node.map(|node| shortened(&flow(node)));
    let span = |node: Option<&Node>| node.map(|node| node.span);
    Difference { key: key.to_owned(), old: shown(old), new: shown(new), old_span: span(old), new_span: span(new) }
}

/// A text that is not longer than can be shown in a table.
pub(super) fn shortened(text: &str) -> String {
    if text.chars().count() <= MOST_SHOWN {
        return text.to_owned();
    }
    text.chars().take(MOST_SHOWN - 1).chain(['…']).collect()
}
