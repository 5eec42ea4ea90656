//! The rulebook's text and tree, asked for places that the rulebook itself doesn't keep: where a criterion's `cap` stands.

use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::yaml::{self, Entry, Kind, Node};

/// The rulebook's text and tree.
#[derive(Debug)]
pub struct Source {
    /// The whole text; a [`Span`] counts its bytes.
    pub text: String,
    tree: Node,
}

impl Source {
    /// Reads a text.
    ///
    /// # Errors
    /// What is not YAML in it; never so for a text that [`crate::rulebook::Rulebook::parse`] took.
    pub fn new(text: String) -> Result<Self, Vec<Diagnostic>> {
        let tree = yaml::parse(&text)?;
        Ok(Self { text, tree })
    }

    /// The whole tree.
    #[must_use]
    pub fn tree(&self) -> &Node {
        &self.tree
    }

    /// The value at a path of keys from the top: `["value", "spend"]`.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(&self.tree, |node, key| get(node, key))
    }

    /// The value of the key that stands at this place: of a dimension's name, the dimension.
    #[must_use]
    pub fn value_of(&self, key: Span) -> Option<&Node> {
        self.entry_of(|entry| entry.key_span == key)
            .and_then(|entries| entries.iter().find(|entry| entry.key_span == key).map(|entry| &entry.value))
    }

    /// What stands under `key` in the mapping in which `value` is one of the values: beside a criterion's id, its `cap`.
    #[must_use]
    pub fn beside(&self, value: Span, key: &str) -> Option<&Node> {
        self.entry_of(|entry| entry.value.span == value)?
            .iter()
            .find(|entry| entry.key.text == key)
            .map(|entry| &entry.value)
    }

    /// The innermost mapping that has an entry like that.
    fn entry_of(&self, is_it: impl Fn(&Entry) -> bool) -> Option<&[Entry]> {
        let mut open = vec![&self.tree];
        let mut found = None;
        while let Some(node) = open.pop() {
            match &node.kind {
                Kind::List(items) => open.extend(items),
                Kind::Map(entries) => {
                    if entries.iter().any(&is_it) {
                        found = Some(entries.as_slice());
                    }
                    open.extend(entries.iter().map(|entry| &entry.value));
                }
                Kind::Null | Kind::Scalar(_) => {}
            }
        }
        found
    }
}

/// The value of a key of a mapping.
#[must_use]
pub(super) fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.kind {
        Kind::Map(entries) => entries.iter().find(|entry| entry.key.text == key).map(|entry| &entry.value),
        _ => None,
    }
}
