//! A rulebook with the text it was read from, so that an edit can be shown as it was written and by its line.

use super::tree::{scalar, text_of};
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::yaml::{YamlKind, YamlNode};
use crate::rulebook::{ListReader, Rulebook, list_entries};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A rulebook and its text.
#[derive(Debug)]
pub struct DiffSource {
    /// What it is called where it is shown: a path, or `git:REF:PATH`.
    pub name: String,
    /// The rulebook.
    pub rulebook: Rulebook,
    text: String,
    tree: YamlNode,
    /// The list files that it names, by path, as they were read.
    lists: BTreeMap<String, String>,
}

impl DiffSource {
    /// Reads a rulebook's text. `read_list` reads the list files that it names.
    ///
    /// # Errors
    /// Everything that is wrong with it, in order of place.
    pub fn read(name: &str, text: String, read_list: &ListReader<'_>) -> Result<Self, Vec<Diagnostic>> {
        let lists = RefCell::new(BTreeMap::new());
        let keeping = |path: &str| {
            let content = read_list(path)?;
            lists.borrow_mut().insert(path.to_owned(), content.clone());
            Ok(content)
        };
        let (rulebook, tree) = Rulebook::parse_with_tree(&text, &keeping)?;
        Ok(Self { name: name.to_owned(), rulebook, text, tree, lists: lists.into_inner() })
    }

    /// The paths of the list files that it names, as it names them.
    pub fn lists(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// The rulebook's text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree of the text.
    pub(super) fn tree(&self) -> &YamlNode {
        &self.tree
    }

    /// The line of a place, counted from 1.
    pub(super) fn line(&self, span: Span) -> usize {
        self.text.get(..span.start).map_or(0, |before| before.matches('\n').count()) + 1
    }

    /// The entries of a named list, from the rulebook or from its file.
    pub(super) fn list(&self, node: &YamlNode) -> Vec<String> {
        match &node.kind {
            YamlKind::Map(_) => {
                let file = text_of(Some(node), "file").and_then(|path| self.lists.get(path));
                file.map(|text| list_entries(text)).unwrap_or_default()
            }
            YamlKind::List(items) => items.iter().filter_map(scalar).map(str::to_owned).collect(),
            YamlKind::Scalar(scalar) => vec![scalar.text.clone()],
            YamlKind::Null => Vec::new(),
        }
    }
}
