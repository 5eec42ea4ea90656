//! Further places in the rulebook's text: of a node by what it spans, of a value by its text, of a section by its key.

use super::source::Source;
use crate::diagnostic::Span;
use crate::rulebook::yaml::{Kind, Node, Scalar};

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
        self.written_within(range, text).unwrap_or(range)
    }

    /// Where a text stands as a value, or as a key, within a range: the first such place.
    pub(super) fn written_within(&self, range: Span, text: &str) -> Option<Span> {
        let is_it = |scalar: &Scalar, span: Span| {
            range.start <= span.start && span.end <= range.end && crate::value::trim(&scalar.text) == text
        };
        let mut open = vec![self.tree()];
        let mut found = Vec::new();
        while let Some(node) = open.pop() {
            match &node.kind {
                Kind::List(items) => open.extend(items),
                Kind::Map(entries) => {
                    found.extend(entries.iter().filter(|it| is_it(&it.key, it.key_span)).map(|it| it.key_span));
                    open.extend(entries.iter().map(|entry| &entry.value));
                }
                Kind::Scalar(scalar) => found.extend(is_it(scalar, node.span).then_some(node.span)),
                Kind::Null => {}
            }
        }
        found.into_iter().min()
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
