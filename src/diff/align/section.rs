//! Sections of two trees side by side, by the names of their entries.

use crate::diff::edit::Change;
use crate::diff::tree::{entries, items, text_of};
use crate::rulebook::yaml::Node;

/// The keys of two mappings: the old ones in order, then those that came.
pub(super) fn keys(old: Option<&Node>, new: Option<&Node>) -> Vec<String> {
    let mut keys: Vec<String> = entries(old).iter().map(|entry| entry.key.text.clone()).collect();
    for entry in entries(new) {
        if !keys.contains(&entry.key.text) {
            keys.push(entry.key.text.clone());
        }
    }
    keys
}

/// What became of something, by whether either side has it.
pub(super) fn change<T>(old: Option<T>, new: Option<T>) -> Change {
    match (old, new) {
        (None, Some(_)) => Change::Added,
        (Some(_), None) => Change::Removed,
        _ => Change::Changed,
    }
}

/// The entry of a list that has this text under this key; of several, the `nth`, counted from 1.
pub(super) fn named<'n>(list: Option<&'n Node>, key: &str, name: &str, nth: usize) -> Option<&'n Node> {
    let is_it = |item: &&Node| text_of(Some(item), key) == Some(name);
    items(list).iter().filter(is_it).nth(nth.saturating_sub(1))
}

/// A criterion in the tree: its id, its node, and where it stands: `fit` or `fit.company`.
#[derive(Clone, Debug)]
pub(super) struct Placed<'n> {
    pub id: &'n str,
    pub node: &'n Node,
    pub dimension: &'n str,
    pub group: Option<&'n str>,
}

impl Placed<'_> {
    /// `fit` or `fit.company`.
    pub(super) fn place(&self) -> String {
        self.group.map_or_else(|| self.dimension.to_owned(), |group| format!("{}.{group}", self.dimension))
    }
}

/// Every criterion of a tree.
pub(super) fn criteria(tree: Option<&Node>) -> Vec<Placed<'_>> {
    let mut found = Vec::new();
    let get = crate::diff::tree::get;
    for dimension in entries(get(tree, "dimensions")) {
        let name = dimension.key.text.as_str();
        push(&mut found, Some(&dimension.value), name, None);
        for group in entries(get(Some(&dimension.value), "groups")) {
            push(&mut found, Some(&group.value), name, Some(group.key.text.as_str()));
        }
    }
    found
}

fn push<'n>(found: &mut Vec<Placed<'n>>, node: Option<&'n Node>, dimension: &'n str, group: Option<&'n str>) {
    for item in items(crate::diff::tree::get(node, "criteria")) {
        if let Some(id) = text_of(Some(item), "id") {
            found.push(Placed { id, node: item, dimension, group });
        }
    }
}
