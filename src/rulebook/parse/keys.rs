//! A mapping being read, held against its mapping in the table of keys: which shape it has, what is missing, what is unknown.

use super::Decoder;
use super::hint::{self, Hint};
use crate::diagnostic::{Diagnostic, Span};
use crate::rulebook::Place;
use crate::rulebook::keys::{Key, Mapping, Reach, Shape, advice, close_by};
use crate::rulebook::yaml::{KeyValue, YamlKind, YamlNode};

/// A mapping whose keys are taken one by one.
pub(crate) struct Keys<'n> {
    /// Where it stands.
    pub span: Span,
    mapping: &'static Mapping,
    /// What can be named there: shapes that reach further are known, and can't stand there.
    reach: Reach,
    /// The shape that its keys tell, if the mapping has several; also where they tell more than one.
    shape: Option<&'static Shape>,
    is_mixed: bool,
    pub(super) entries: &'n [KeyValue],
    taken: Vec<&'static str>,
}

/// One of the keys that may stand alone in a mapping, and what reads its value.
pub(crate) struct Choice<T> {
    pub key: Key,
    pub read: fn(&mut Decoder<'_>, &YamlNode) -> Option<T>,
}

/// The shapes of a mapping that has one of these keys.
pub(crate) const fn shapes_of<T, const N: usize>(choices: &'static [Choice<T>; N]) -> [Shape; N] {
    let mut shapes = [Shape::new(&[], &[]); N];
    let mut at = 0;
    while at < N {
        shapes[at] = Shape::new(std::slice::from_ref(&choices[at].key), &[]);
        at += 1;
    }
    shapes
}

impl<'n> Keys<'n> {
    fn new(span: Span, entries: &'n [KeyValue], mapping: &'static Mapping, reach: Reach) -> Self {
        let mut keys = Self { span, mapping, reach, shape: None, is_mixed: false, entries, taken: Vec::new() };
        let shapes = || mapping.all_shapes();
        let begun = || shapes().find(|shape| keys.has(shape.name()));
        keys.shape = shapes().find(|shape| shape.deciding().all(|key| keys.has(key))).or_else(begun);
        keys
    }

    /// The value of a key of this mapping, which thereby has been read.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<&'n YamlNode> {
        debug_assert!(self.mapping.key(key).is_some(), "{} has no key `{key}` in the table", self.mapping.what);
        self.taken.push(key);
        self.peek(key)
    }

    /// The value of a key, which is still to be read.
    pub(crate) fn peek(&self, key: &str) -> Option<&'n YamlNode> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Whether the key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Whether the table has the key for a mapping of this shape.
    pub(crate) fn knows(&self, key: &str) -> bool {
        self.known().iter().any(|known| known.name == key)
    }

    /// The place of the mapping.
    pub(crate) fn place(&self) -> Place {
        Place::of_mapping(self.span, self.entries)
    }

    /// Where a key stands.
    pub(crate) fn key_span(&self, key: &str) -> Span {
        self.entry(key).map_or(self.span, |entry| entry.key_span)
    }

    /// The mapping of the language that it is.
    pub(super) fn mapping(&self) -> &'static Mapping {
        self.mapping
    }

    /// What can be named there.
    pub(super) fn reach(&self) -> Reach {
        self.reach
    }

    /// The shape that its keys tell.
    pub(crate) fn shape(&self) -> Option<&'static Shape> {
        self.shape
    }

    /// The name of that shape; empty where there is none.
    pub(crate) fn form(&self) -> &'static str {
        self.shape.map_or("", Shape::name)
    }

    /// Whether it has keys of two shapes, which has been reported.
    pub(crate) fn is_mixed(&self) -> bool {
        self.is_mixed
    }

    /// Whether an unknown key is near one of these: then that one is misspelt rather than missing.
    pub(crate) fn has_near(&self, wanted: &[&str]) -> bool {
        let keys = self.mapping.keys_within(self.reach).into_iter();
        let keys: Vec<&'static Key> = keys.filter(|key| wanted.contains(&key.name)).collect();
        self.strays().any(|entry| hint::of(entry, self, &keys).is_some())
    }

    /// Whether there is an unknown key.
    pub(crate) fn has_stray(&self) -> bool {
        self.strays().next().is_some()
    }

    fn entry(&self, key: &str) -> Option<&'n KeyValue> {
        self.entries.iter().find(|entry| entry.key.text == key)
    }

    /// The keys that the table knows here, each once.
    pub(super) fn known(&self) -> Vec<&'static Key> {
        match self.shape {
            Some(shape) if !self.is_mixed => {
                let common = self.mapping.common_keys();
                let own = shape.keys().filter(|key| self.mapping.common_keys().all(|known| known.name != key.name));
                common.chain(own).collect()
            }
            _ => self.mapping.keys_within(self.reach),
        }
    }

    /// The names of what can be written here: where no shape is told yet, of what tells one.
    pub(super) fn possible(&self) -> Vec<&'static str> {
        if self.shape.is_some() || self.mapping.shapes.is_empty() {
            return self.known().into_iter().map(|key| key.name).collect();
        }
        self.mapping.common_keys().map(|key| key.name).chain(self.mapping.names_within(self.reach)).collect()
    }

    fn strays(&self) -> impl Iterator<Item = &'n KeyValue> + use<'_, 'n> {
        self.entries.iter().filter(|entry| !self.knows(&entry.key.text))
    }

    /// The first two keys that no shape has together.
    fn at_odds(&self) -> Option<(&'static str, &'static str)> {
        let mut present: Vec<_> = self.mapping.deciding().into_iter().filter(|key| self.has(key)).collect();
        present.sort_by_key(|key| self.key_span(key));
        let fit = |one: &str, other: &str| {
            self.mapping.all_shapes().any(|shape| shape.key(one).is_some() && shape.key(other).is_some())
        };
        let pairs =
            present.iter().enumerate().flat_map(|(at, one)| present[..at].iter().map(move |other| (*other, *one)));
        pairs.into_iter().find(|(one, other)| !fit(one, other))
    }
}

impl Decoder<'_> {
    /// Reads a mapping: `read` takes its keys, and what it has no business with is reported. None where two shapes are mixed.
    pub(crate) fn mapping<'n, T>(
        &mut self,
        node: &'n YamlNode,
        mapping: &'static Mapping,
        read: impl FnOnce(&mut Self, &mut Keys<'n>) -> Option<T>,
    ) -> Option<T> {
        self.mapping_within(node, mapping, Reach::Stages, read)
    }

    /// The same in a place where only this can be named.
    pub(crate) fn mapping_within<'n, T>(
        &mut self,
        node: &'n YamlNode,
        mapping: &'static Mapping,
        reach: Reach,
        read: impl FnOnce(&mut Self, &mut Keys<'n>) -> Option<T>,
    ) -> Option<T> {
        let mut keys = self.keys_within(node, mapping, reach)?;
        let found = read(self, &mut keys);
        self.finish(&keys);
        found.filter(|_| !keys.is_mixed)
    }

    /// Reads a mapping that has one of several keys.
    pub(crate) fn one_of<T>(&mut self, node: &YamlNode, mapping: &'static Mapping, choices: &[Choice<T>]) -> Option<T> {
        self.mapping(node, mapping, |this, keys| {
            let choice = choices.iter().find(|choice| keys.has(choice.key.name))?;
            (choice.read)(this, keys.take(choice.key.name)?)
        })
    }

    /// The node as a mapping, or a report that it is none. Whoever takes its keys says when that is all: [`Decoder::finish`].
    pub(crate) fn keys<'n>(&mut self, node: &'n YamlNode, mapping: &'static Mapping) -> Option<Keys<'n>> {
        self.keys_within(node, mapping, Reach::Stages)
    }

    fn keys_within<'n>(&mut self, node: &'n YamlNode, mapping: &'static Mapping, reach: Reach) -> Option<Keys<'n>> {
        let what = mapping.what;
        let YamlKind::Map(entries) = &node.kind else {
            let message = format!("{what} must be a mapping of keys to values, but this is {}", describe(&node.kind));
            let help = (!mapping.example.is_empty()).then(|| format!("for example `{}`", mapping.example));
            self.report(Diagnostic::error("LS004", node.span, message).with_help_if(help));
            return None;
        };
        let mut keys = Keys::new(node.span, entries, mapping, reach);
        if let Some((first, second)) = keys.at_odds() {
            keys.is_mixed = true;
            let message = format!("{what} can't have both `{first}` and `{second}`");
            let told = [first, second].into_iter().find_map(|key| hint::advice_for(&keys, key));
            self.wrong("LS008", keys.key_span(second), message)
                .label("a second form in one mapping")
                .help(told.unwrap_or_else(|| mapping.apart.to_owned()));
        } else if keys.shape.is_none() && !mapping.shapes.is_empty() {
            let is_misplaced = |entry: &KeyValue| {
                let name = entry.key.text.as_str();
                advice(name, mapping, "").is_some() || close_by(name, mapping, reach).is_some()
            };
            let follows = keys.has_near(&mapping.deciding()) || keys.strays().any(is_misplaced);
            let wanted = mapping.names_within(reach).join("`, `");
            let message = format!("{what} needs one of these keys: `{wanted}`");
            let help = format!("for example `{}`", mapping.example);
            self.report_unless(follows, Diagnostic::error("LS003", node.span, message).with_help(help));
        }
        Some(keys)
    }

    /// A key that must be there. An unknown key that is near it is that one, misspelt, and told as such.
    pub(crate) fn required<'n>(&mut self, keys: &mut Keys<'n>, key: &'static str) -> Option<&'n YamlNode> {
        let value = keys.take(key);
        if value.is_none() {
            let known = keys.known();
            let is_misspelt = keys.strays().any(|entry| hint::of(entry, keys, &known).and_then(Hint::key) == Some(key));
            let message = format!("the key `{key}` is missing in {}", keys.mapping.what);
            let found = Diagnostic::error("LS003", keys.span, message);
            self.report_unless(is_misspelt, found.with_label(format!("`{key}` is required here")));
        }
        value
    }

    /// What stands under a key: none inside where it is not there, none at all where it can't be read.
    #[expect(clippy::option_option, reason = "there, absent and faulty are three things")]
    pub(crate) fn part<'n, T>(
        &mut self,
        keys: &mut Keys<'n>,
        key: &'static str,
        read: impl FnOnce(&mut Self, &'n YamlNode) -> Option<T>,
    ) -> Option<Option<T>> {
        keys.take(key).map_or(Some(None), |node| read(self, node).map(Some))
    }

    /// Reports every key that does not belong here.
    pub(crate) fn finish(&mut self, keys: &Keys<'_>) {
        #[cfg(test)]
        self.asked.extend(keys.taken.iter().map(|key| (keys.mapping.name, keys.form(), *key)));
        let known = keys.known();
        let is_open = keys.mapping.others.is_some();
        for entry in keys.strays().filter(|_| !is_open) {
            let meant = hint::of(entry, keys, &known);
            let message = format!("unknown key `{}` in {}", entry.key.text, keys.mapping.what);
            let found = Diagnostic::error("LS002", entry.key_span, message).with_help(hint::help(entry, meant, keys));
            // Of two shapes in one mapping only one is read; the keys of the other are not unknown.
            self.report_unless(keys.is_mixed && meant.is_none(), found);
        }
        // A key that the table has and nothing read follows from another mistake, or would be half applied.
        let is_unread = |entry: &&KeyValue| {
            let name = entry.key.text.as_str();
            !keys.taken.contains(&name) && keys.knows(name)
        };
        for entry in keys.entries.iter().filter(is_unread) {
            let message = format!("the key `{}` can't be read here", entry.key.text);
            self.report_unless(true, Diagnostic::error("LS002", entry.key_span, message));
        }
    }
}

/// Said of a key without a value, and of a value that is not there.
pub(crate) const QUOTE_COMMAS: &str =
    "inside `{ }` and `[ ]` a comma begins a new entry; put quotes around a text that contains a comma";

/// What a node is, in words.
pub(crate) fn describe(kind: &YamlKind) -> &'static str {
    match kind {
        YamlKind::Null => "empty",
        YamlKind::Scalar(_) => "a single value",
        YamlKind::List(_) => "a list",
        YamlKind::Map(_) => "a mapping",
    }
}
