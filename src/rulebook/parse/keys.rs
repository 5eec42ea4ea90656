//! A mapping being read: which keys were asked for, and which were left over.
//!
//! Asking for a key makes it a known one, so that the list of known keys can't drift from the code that reads them.

use super::Decoder;
use crate::diagnostic::{Diagnostic, Span, did_you_mean};
use crate::rulebook::yaml::{Entry, Kind, Node};

/// A mapping whose keys are taken one by one.
pub(crate) struct Keys<'n> {
    /// What the mapping is, for messages: `a criterion`.
    pub what: &'static str,
    /// Where it stands.
    pub span: Span,
    entries: &'n [Entry],
    known: Vec<&'static str>,
}

impl<'n> Keys<'n> {
    /// The value of a key, which thereby is a known one.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<&'n Node> {
        self.known.push(key);
        self.peek(key)
    }

    /// The value of a key, without making it a known one.
    pub(crate) fn peek(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Where a key stands.
    pub(crate) fn key_span(&self, key: &str) -> Span {
        self.entry(key).map_or(self.span, |entry| entry.key_span)
    }

    /// Which of these keys are there.
    pub(crate) fn present<'k>(&self, keys: &[&'k str]) -> Vec<&'k str> {
        keys.iter().copied().filter(|key| self.peek(key).is_some()).collect()
    }

    fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key.text == key)
    }
}

impl Decoder<'_> {
    /// The node as a mapping, or a report that it is none.
    pub(crate) fn keys<'n>(&mut self, node: &'n Node, what: &'static str) -> Option<Keys<'n>> {
        match &node.kind {
            Kind::Map(entries) => Some(Keys { what, span: node.span, entries, known: Vec::new() }),
            other => {
                let found = describe(other);
                self.report(Diagnostic::error(
                    "LS004",
                    node.span,
                    format!("{what} is a mapping of keys to values, and this is {found}"),
                ));
                None
            }
        }
    }

    /// A key that must be there.
    pub(crate) fn required<'n>(&mut self, keys: &mut Keys<'n>, key: &'static str) -> Option<&'n Node> {
        let value = keys.take(key);
        if value.is_none() {
            let message = format!("{} lacks the key `{key}`", keys.what);
            self.report(Diagnostic::error("LS003", keys.span, message).with_label(format!("`{key}` is required here")));
        }
        value
    }

    /// Reports every key that nothing asked for.
    pub(crate) fn finish(&mut self, keys: &Keys<'_>) {
        for entry in keys.entries {
            let name = entry.key.text.as_str();
            if keys.known.contains(&name) {
                continue;
            }
            let mut known: Vec<_> = keys.known.clone();
            known.dedup();
            let message = format!("unknown key `{name}` in {}", keys.what);
            let help = did_you_mean(name, known.iter().copied())
                .unwrap_or_else(|| format!("known here: {}", known.join(", ")));
            self.report(Diagnostic::error("LS002", entry.key_span, message).with_help(help));
        }
    }

    /// Reports keys of which only one may stand in a mapping; true if that is so.
    pub(crate) fn one_form(&mut self, keys: &Keys<'_>, forms: &[&str]) -> bool {
        let present = keys.present(forms);
        if let [first, second, ..] = present[..] {
            let message = format!("{} can't have both `{first}` and `{second}`", keys.what);
            let found =
                Diagnostic::error("LS008", keys.key_span(second), message).with_label("a second form in one mapping");
            self.report(
                found.with_help(
                    "combine conditions with `all: […]` or `any: […]`, and write two criteria as two entries",
                ),
            );
            return false;
        }
        true
    }
}

/// What a node is, in words.
pub(crate) fn describe(kind: &Kind) -> &'static str {
    match kind {
        Kind::Null => "empty",
        Kind::Scalar(_) => "a single value",
        Kind::List(_) => "a list",
        Kind::Map(_) => "a mapping",
    }
}
