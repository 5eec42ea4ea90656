//! Further places in the rulebook's text: of a node by what it spans, of a value by its text, of a section by its key.

use super::source::Source;
use crate::diagnostic::Span;
use crate::rulebook::yaml::{Kind, Node};

impl Source {
    /// The node that spans just this.
    pub(super) fn spanning(&self, span: Span) -> Option<&Node> {
        let mut open = vec![self.tree()];
        while let Some(node) = open.pop() {
            if node.span == span {
                return Some(node);
            }
            match &node.kind {
                Kind::List(items) => open.extend(items),
                Kind::Map(entries) => open.extend(entries.iter().map(|entry| &entry.value)),
                Kind::Null | Kind::Scalar(_) => {}
            }
        }
        None
    }

    /// Where a text stands as a value within a range; in the range's own place if it doesn't.
    pub(super) fn text_within(&self, range: Span, text: &str) -> Span {
        let mut open = vec![self.tree()];
        let mut found: Option<Span> = None;
        while let Some(node) = open.pop() {
            match &node.kind {
                Kind::List(items) => open.extend(items),
                Kind::Map(entries) => open.extend(entries.iter().map(|entry| &entry.value)),
                Kind::Scalar(scalar) => {
                    let is_it = range.start <= node.span.start
                        && node.span.end <= range.end
                        && crate::value::trim(&scalar.text) == text;
                    if is_it && found.is_none_or(|first| node.span < first) {
                        found = Some(node.span);
                    }
                }
                Kind::Null => {}
            }
        }
        found.unwrap_or(range)
    }

    /// The line of a place, from 1.
    pub(super) fn line(&self, span: Span) -> usize {
        self.text[..span.start.min(self.text.len())].matches('\n').count() + 1
    }

    /// Where a key of the rulebook itself stands; the beginning if it has none of that name.
    pub(super) fn section(&self, key: &str) -> Span {
        let entries = if let Kind::Map(entries) = &self.tree().kind { entries.as_slice() } else { &[] };
        let found = entries.iter().find(|entry| entry.key.text == key).or(entries.first());
        found.map_or_else(Span::default, |entry| entry.key_span)
    }
}
