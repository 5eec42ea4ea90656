//! YAML text → a tree in which every key and value knows its place.
//!
//! Nothing is typed here: a plain scalar comes through as the text that stands there (`NO`, `010`, `~`), because the
//! rulebook language types by place. It therefore reads the parser's events, which the serde interface would resolve.
//! What YAML has and the language does not use is refused with a place: tags, merge keys, several documents, keys that
//! are not text. Anchors and aliases work, within bounds. Nothing here knows a key of the language.

mod build;
mod foreign;
mod syntax;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use write::{is_printable, quoted};

use crate::diagnostic::{Diagnostic, Span};

/// Code: the text is not YAML, or not clearly so.
pub(crate) const SYNTAX: &str = "LS001";
/// Code: a mapping gives one key twice.
pub(crate) const REPEATED_KEY: &str = "LS007";
/// Code: a feature of YAML that a rulebook does not use.
pub(crate) const FOREIGN: &str = "LS013";
/// Code: nested too deeply, or grown too large by aliases.
pub(crate) const TOO_LARGE: &str = "LS014";

/// How deeply lists and mappings may nest, aliases followed.
pub(crate) const MAX_DEPTH: usize = 64;
/// How many bytes aliases may add to the tree, counting a fixed share for every node.
pub(crate) const MAX_COPIED_BYTES: usize = 16 << 20;

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlNode {
    /// Where it stands, quotes and brackets included. Of a block list or mapping: from its first `-` or key to the end
    /// of its last value; of an alias: the alias; of [`YamlKind::Null`]: an empty range where a value could stand.
    pub span: Span,
    /// What it is.
    pub kind: YamlKind,
}

impl YamlNode {
    /// The items, if it is a list.
    #[must_use]
    pub fn items(&self) -> Option<&[Self]> {
        match &self.kind {
            YamlKind::List(items) => Some(items),
            _ => None,
        }
    }
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YamlKind {
    /// Nothing is written, as in `key:`. A written `~` or `null` is a [`Scalar`] like any other.
    Null,
    /// A text.
    Scalar(Scalar),
    /// A list, as `[a, b]` or as lines with `-`.
    List(Vec<YamlNode>),
    /// A mapping, as `{ a: 1 }` or as lines with `a:`, in the order written, every key once.
    Map(Vec<KeyValue>),
}

/// A text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// Plain: as written, without the blanks around it (lines joined by one blank). In quotes or as a block (`|`, `>`):
    /// what that stands for.
    pub text: String,
    /// Whether it stands in quotes or as a block.
    pub quoted: bool,
}

/// A key of a mapping with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyValue {
    /// The key; never an empty plain one.
    pub key: Scalar,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: YamlNode,
}

/// Reads a rulebook's text. A text without any value (empty, comments only) gives [`YamlKind::Null`].
///
/// Time and memory grow with the text; aliases add at most [`MAX_COPIED_BYTES`].
///
/// # Errors
/// Everything found wrong, in order of place, never empty: every repeated key and unused feature up to the first place
/// that is not YAML, and that place.
pub fn parse(text: &str) -> Result<YamlNode, Vec<Diagnostic>> {
    build::tree(text)
}
