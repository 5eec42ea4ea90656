//! A mapping being read: which keys were asked for, and which were left over.
//!
//! Asking for a key makes it a known one, so that the list of known keys can't drift from the code that reads them.

use super::Decoder;
use super::hint::{self, Hint};
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::Place;
use crate::rulebook::yaml::{Entry, Kind, Node};

/// A mapping whose keys are taken one by one.
pub(crate) struct Keys<'n> {
    /// What the mapping is, for messages: `a criterion`.
    pub what: &'static str,
    /// The key that decides which of several forms it has, once that is known.
    pub form: &'static str,
    /// Where it stands.
    pub span: Span,
    pub(super) entries: &'n [Entry],
    pub(super) known: Vec<&'static str>,
    lacking: Vec<&'static str>,
    is_mixed: bool,
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

    /// The place of the mapping.
    pub(crate) fn place(&self) -> Place {
        Place::of_mapping(self.span, self.entries)
    }

    /// Where a key stands.
    pub(crate) fn key_span(&self, key: &str) -> Span {
        self.entry(key).map_or(self.span, |entry| entry.key_span)
    }

    /// Which of these keys are there.
    pub(crate) fn present<'k>(&self, keys: &[&'k str]) -> Vec<&'k str> {
        keys.iter().copied().filter(|key| self.peek(key).is_some()).collect()
    }

    /// Whether a key that nothing has asked for is near one of these: then that one is misspelt rather than missing.
    pub(crate) fn has_near(&self, wanted: &[&str]) -> bool {
        let stray = self.entries.iter().filter(|entry| !self.known.contains(&entry.key.text.as_str()));
        stray.into_iter().any(|entry| hint::of(entry, self, wanted).is_some())
    }

    /// Whether there is a key that nothing has asked for.
    pub(crate) fn has_stray(&self) -> bool {
        self.entries.iter().any(|entry| !self.known.contains(&entry.key.text.as_str()))
    }

    fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key.text == key)
    }
}

impl Decoder<'_> {
    /// The node as a mapping, or a report that it is none.
    pub(crate) fn keys<'n>(&mut self, node: &'n Node, what: &'static str) -> Option<Keys<'n>> {
        match &node.kind {
            Kind::Map(entries) => Some(Keys {
                what,
                form: "",
                span: node.span,
                entries,
                known: Vec::new(),
                lacking: Vec::new(),
                is_mixed: false,
            }),
            other => {
                let found = describe(other);
                let message = format!("{what} is a mapping of keys to values, and this is {found}");
                self.report(
                    Diagnostic::error("LS004", node.span, message).with_help_if(example(what).map(str::to_owned)),
                );
                None
            }
        }
    }

    /// A key that must be there.
    pub(crate) fn required<'n>(&mut self, keys: &mut Keys<'n>, key: &'static str) -> Option<&'n Node> {
        let value = keys.take(key);
        if value.is_none() {
            keys.lacking.push(key);
            self.report(lacks(keys, key));
        }
        value
    }

    /// Reports every key that nothing asked for. A key that is near a lacking one is that one, misspelt: told once.
    pub(crate) fn finish(&mut self, keys: &Keys<'_>) {
        #[cfg(test)]
        self.asked.extend(keys.known.iter().map(|key| (keys.what, keys.form, *key)));
        let mut known = keys.known.clone();
        known.sort_unstable();
        known.dedup();
        for entry in keys.entries {
            let name = entry.key.text.as_str();
            if known.binary_search(&name).is_ok() {
                continue;
            }
            let meant = hint::of(entry, keys, &keys.known);
            if let Some(lacking) = meant.and_then(Hint::key).filter(|meant| keys.lacking.contains(meant)) {
                let told = lacks(keys, lacking);
                self.diagnostics.retain(|diagnostic| *diagnostic != told);
            }
            let message = format!("unknown key `{name}` in {}", keys.what);
            let help = hint::help(entry, meant, keys);
            // Of two forms in one mapping only one is read; the keys of the other are not unknown.
            let follows = keys.is_mixed && meant.is_none();
            self.report_unless(follows, Diagnostic::error("LS002", entry.key_span, message).with_help(help));
        }
    }

    /// Reports keys of which only one may stand in a mapping; true if that is so.
    pub(crate) fn one_form(&mut self, keys: &mut Keys<'_>, forms: &[&'static str]) -> bool {
        let present = keys.present(forms);
        if let [first, second, ..] = present[..] {
            let message = format!("{} can't have both `{first}` and `{second}`", keys.what);
            let found =
                Diagnostic::error("LS008", keys.key_span(second), message).with_label("a second form in one mapping");
            let help = match keys.what {
                "a condition" => "combine conditions with `all: […]` or `any: […]`",
                "a criterion" => "write two criteria as two entries, each with an id of its own",
                _ => "keep one of the two",
            };
            self.report(found.with_help(help));
            keys.known.extend(present);
            keys.is_mixed = true;
            return false;
        }
        true
    }
}

fn lacks(keys: &Keys<'_>, key: &str) -> Diagnostic {
    let message = format!("{} lacks the key `{key}`", keys.what);
    Diagnostic::error("LS003", keys.span, message).with_label(format!("`{key}` is required here"))
}

/// Said of a key without a value, and of a value that is not there.
pub(crate) const QUOTE_COMMAS: &str =
    "inside `{ }` and `[ ]` a comma begins a new entry: a text with a comma in it needs quotes";

/// What a mapping looks like that people tend to write as a single value.
fn example(what: &str) -> Option<&'static str> {
    match what {
        "a condition" => Some("for example `{ field: country, is: DE }`"),
        "a criterion" => Some("for example `{ id: demo, event: demo_request, points: 80 }`"),
        "`decay`" => Some("for example `decay: { half_life: 30d }`"),
        "`file`" | "the general `file`" => Some("for example `file: { path: exports/*.csv }`"),
        "a stage" => Some("for example `{ name: MQL, when: { score: total, gte: 100 } }`"),
        "`total`" => Some("for example `total: { min: 0, max: 200 }`"),
        _ => None,
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
