//! Two YAML trees side by side: which keys differ, and how they read. Decides nothing about what a difference means.

use super::sides::Sides;
use crate::diagnostic::Span;
use crate::rulebook::yaml::{KeyValue, YamlKind, YamlNode};
use serde::Serialize;
use std::fmt::Write as _;

/// What either tree has at a place.
pub(super) type Nodes<'n> = Sides<Option<&'n YamlNode>>;

/// A key that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Detail {
    /// The key; empty for the whole.
    pub key: KeyPath,
    /// What stood there.
    pub old: Option<Content>,
    /// What stands there now.
    pub new: Option<Content>,
    /// Where in either text.
    #[serde(skip)]
    pub(super) spans: Sides<Option<Span>>,
}

/// The way from a thing to a key inside it: `when.all[2].gte`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyPath(pub Vec<PathSegment>);

/// A step of that way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathSegment {
    /// To the value of a key.
    Name(String),
    /// To an item of a list, from 1.
    Item(usize),
    /// Where the thing itself stands.
    Place,
}

/// What stands somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// This, on one line, whatever style it is written in.
    Written(String),
    /// A list without these entries.
    Without(Vec<String>),
    /// A list with these entries.
    With(Vec<String>),
    /// Names in this order.
    Order(Vec<String>),
}

impl KeyPath {
    fn then(&self, segment: PathSegment) -> Self {
        Self(self.0.iter().cloned().chain([segment]).collect())
    }
}

impl Detail {
    /// The same key, seen from further out.
    pub(super) fn under(mut self, name: &str) -> Self {
        self.key.0.insert(0, PathSegment::Name(name.to_owned()));
        self
    }
}

/// The entries of a mapping; none of anything else.
fn entries(node: Option<&YamlNode>) -> &[KeyValue] {
    match node.map(|node| &node.kind) {
        Some(YamlKind::Map(entries)) => entries,
        _ => &[],
    }
}

/// The items of a list; none of anything else.
fn items(node: Option<&YamlNode>) -> &[YamlNode] {
    node.and_then(YamlNode::items).unwrap_or_default()
}

/// The value of a key.
fn get<'n>(node: Option<&'n YamlNode>, key: &str) -> Option<&'n YamlNode> {
    entries(node).iter().find(|entry| entry.key.text == key).map(|entry| &entry.value)
}

/// The text of a scalar under a key.
pub(super) fn text_of<'n>(node: Option<&'n YamlNode>, key: &str) -> Option<&'n str> {
    get(node, key).and_then(scalar)
}

/// The text of a scalar.
pub(super) fn scalar(node: &YamlNode) -> Option<&str> {
    match &node.kind {
        YamlKind::Scalar(scalar) => Some(&scalar.text),
        _ => None,
    }
}

/// The criteria of a tree, in order: each dimension's own, then its groups'.
pub(super) fn criteria(tree: Option<&YamlNode>) -> Vec<&YamlNode> {
    let dimensions = entries(get(tree, "dimensions")).iter().map(|entry| Some(&entry.value));
    let with_groups = |dimension| {
        let groups = entries(get(dimension, "groups")).iter().map(|entry| Some(&entry.value));
        std::iter::once(dimension).chain(groups)
    };
    dimensions.flat_map(with_groups).flat_map(|holder| items(get(holder, "criteria"))).collect()
}

/// Whether `{ list: name }` stands in a tree.
pub(super) fn reads_list(node: &YamlNode, name: &str) -> bool {
    match &node.kind {
        YamlKind::Null | YamlKind::Scalar(_) => false,
        YamlKind::List(items) => items.iter().any(|item| reads_list(item, name)),
        YamlKind::Map(entries) => entries.iter().any(|entry| {
            (entry.key.text == "list" && scalar(&entry.value) == Some(name)) || reads_list(&entry.value, name)
        }),
    }
}

impl<'n> Nodes<'n> {
    /// The values of a key.
    pub(super) fn get(self, key: &str) -> Self {
        self.map(|node| get(node, key))
    }

    /// The items of two lists, by their places.
    pub(super) fn item(self, at: Sides<Option<usize>>) -> Self {
        self.zip(at).map(|(list, at)| items(list).get(at?))
    }

    /// The keys of two mappings: the old ones in order, then those that came.
    pub(super) fn keys(self) -> Vec<&'n str> {
        let names = self.map(|node| entries(node).iter().map(|entry| entry.key.text.as_str()).collect::<Vec<_>>());
        let added = names.new.iter().filter(|name| !names.old.contains(name));
        names.old.iter().chain(added).copied().collect()
    }

    /// The keys in which they differ, as deep as both have the same shape; those of `skip` at the top are left out.
    pub(super) fn differences(self, skip: &[&str]) -> Vec<Detail> {
        let mut found = Vec::new();
        compare(&KeyPath::default(), self, skip, &mut found);
        found
    }

    /// Whether they say the same, whatever their style and the order of their keys.
    pub(super) fn say_the_same(self) -> bool {
        self.differences(&[]).is_empty()
    }

    pub(super) fn spans(self) -> Sides<Option<Span>> {
        self.map(|node| node.map(|node| node.span))
    }
}

fn compare(key: &KeyPath, nodes: Nodes<'_>, skip: &[&str], found: &mut Vec<Detail>) {
    let Some(both) = nodes.both() else {
        if nodes.latest().is_some() {
            found.push(difference(key, nodes));
        }
        return;
    };
    match (&both.old.kind, &both.new.kind) {
        (YamlKind::Null, YamlKind::Null) => {}
        (YamlKind::Scalar(old), YamlKind::Scalar(new)) if old.text == new.text => {}
        (YamlKind::Map(_), YamlKind::Map(_)) => {
            for name in nodes.keys().into_iter().filter(|name| !skip.contains(name)) {
                compare(&key.then(PathSegment::Name(name.to_owned())), nodes.get(name), &[], found);
            }
        }
        (YamlKind::List(old), YamlKind::List(new)) if is_plain(old) && is_plain(new) => {
            let texts = |items: &[YamlNode]| items.iter().filter_map(scalar).map(str::to_owned).collect();
            let entries = Sides { old: texts(old), new: texts(new) };
            if !entries.is_same() {
                found.push(Detail { key: key.clone(), ..gone_and_come(entries, nodes) });
            }
        }
        (YamlKind::List(old), YamlKind::List(new)) if old.len() == new.len() => {
            for (at, (old, new)) in old.iter().zip(new).enumerate() {
                compare(&key.then(PathSegment::Item(at + 1)), Sides { old: Some(old), new: Some(new) }, &[], found);
            }
        }
        _ => found.push(difference(key, nodes)),
    }
}

fn difference(key: &KeyPath, nodes: Nodes<'_>) -> Detail {
    let said = nodes.map(|node| node.map(|node| Content::Written(flow(node))));
    Detail { key: key.clone(), old: said.old, new: said.new, spans: nodes.spans() }
}

fn is_plain(items: &[YamlNode]) -> bool {
    items.iter().all(|item| scalar(item).is_some())
}

/// The entries that went and those that came; where only their order differs, both lists.
pub(super) fn gone_and_come(entries: Sides<Vec<String>>, nodes: Nodes<'_>) -> Detail {
    let without = |all: &[String], others: &[String]| {
        let others: std::collections::BTreeSet<&String> = others.iter().collect();
        all.iter().filter(|one| !others.contains(one)).cloned().collect::<Vec<_>>()
    };
    let (gone, come) = (without(&entries.old, &entries.new), without(&entries.new, &entries.old));
    let (old, new) = if gone.is_empty() && come.is_empty() {
        (Some(Content::Order(entries.old)), Some(Content::Order(entries.new)))
    } else {
        ((!gone.is_empty()).then_some(Content::Without(gone)), (!come.is_empty()).then_some(Content::With(come)))
    };
    Detail { key: KeyPath::default(), old, new, spans: nodes.spans() }
}

/// A tree on one line, whatever style it is written in.
fn flow(node: &YamlNode) -> String {
    let mut text = String::new();
    push_flow(node, &mut text);
    text
}

fn push_flow(node: &YamlNode, to: &mut String) {
    match &node.kind {
        YamlKind::Null => {}
        YamlKind::Scalar(scalar) => push_scalar(&scalar.text, to),
        YamlKind::List(items) => {
            to.push('[');
            for (index, item) in items.iter().enumerate() {
                to.push_str(if index > 0 { ", " } else { "" });
                push_flow(item, to);
            }
            to.push(']');
        }
        YamlKind::Map(entries) => {
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
