//! The fingerprint of a rulebook: the same for two texts that say the same, another as soon as one of them says something else.
//!
//! It is taken of the YAML tree, so comments, blanks, quotes, `{ }` against lines and aliases don't count; the order of keys does,
//! because it is the order of columns, dimensions and marks. A list counts by its entries, wherever they stand.

use super::yaml::{KeyValue, YamlKind, YamlNode};
use sha2::{Digest, Sha256};
use std::fmt;

/// What goes in first, so that no other hash of ours can be mistaken for one of these.
const PURPOSE: &str = "leadscore rulebook 1";

/// How many hexadecimal digits are enough for people to tell versions apart.
const SHORT: usize = 12;

/// A SHA-256 of what a rulebook says; shown as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Of a tree. `entries_of` gives the entries of a named list that stands in a file of its own.
    pub(super) fn of<'l>(root: &YamlNode, entries_of: impl Fn(&str) -> Option<&'l [String]>) -> Self {
        let mut hash = Sha256::new();
        text(&mut hash, b'p', PURPOSE);
        let list = |hash: &mut Sha256, list: &KeyValue| match entries_of(list.key.text.trim()) {
            Some(entries) => strings(hash, entries),
            None => node(hash, &list.value),
        };
        match &root.kind {
            YamlKind::Map(entries) => map(&mut hash, entries, |hash, entry| match &entry.value.kind {
                YamlKind::Map(lists) if entry.key.text == "lists" => map(hash, lists, list),
                _ => node(hash, &entry.value),
            }),
            _ => node(&mut hash, root),
        }
        Self(hash.finalize().into())
    }

    /// Its first twelve digits, for people.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string()[..SHORT].to_owned()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

fn node(hash: &mut Sha256, of: &YamlNode) {
    match &of.kind {
        YamlKind::Null => hash.update(b"n"),
        YamlKind::Scalar(scalar) => text(hash, b's', &scalar.text),
        YamlKind::List(items) => {
            count(hash, b'l', items.len());
            for item in items {
                node(hash, item);
            }
        }
        YamlKind::Map(entries) => map(hash, entries, |hash, entry| node(hash, &entry.value)),
    }
}

fn map(hash: &mut Sha256, entries: &[KeyValue], value: impl Fn(&mut Sha256, &KeyValue)) {
    count(hash, b'm', entries.len());
    for entry in entries {
        text(hash, b's', &entry.key.text);
        value(hash, entry);
    }
}

/// As a list of scalars would be.
fn strings(hash: &mut Sha256, items: &[String]) {
    count(hash, b'l', items.len());
    for item in items {
        text(hash, b's', item);
    }
}

fn text(hash: &mut Sha256, tag: u8, text: &str) {
    count(hash, tag, text.len());
    hash.update(text.as_bytes());
}

/// What follows, and how much of it, so that no two trees run into the same bytes.
fn count(hash: &mut Sha256, tag: u8, n: usize) {
    hash.update([tag]);
    hash.update((n as u64).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use crate::rulebook::Rulebook;

    const PLAIN: &str =
        "rulebook: 1\nleads: { id: id, fields: { a: A, b: B } }\nstages: [{ name: Lead }]\nlists: { l: [x, y] }\n";

    fn of(text: &str, list: &str) -> String {
        let rulebook = Rulebook::parse(text, &|_| Ok(list.to_owned())).expect("a good rulebook");
        rulebook.fingerprint.to_string()
    }

    fn changed(from: &str, to: &str) -> String {
        assert!(PLAIN.contains(from));
        of(&PLAIN.replace(from, to), "# mine\n  x\n\ny\n")
    }

    #[test]
    fn layout_is_no_part_of_it() {
        let plain = of(PLAIN, "");
        assert_eq!(plain.len(), 64);
        assert_eq!(changed("rulebook: 1\n", "# a comment\n\nrulebook:   1\n"), plain);
        assert_eq!(changed("{ a: A, b: B }", "{ a: \"A\", 'b': B }"), plain);
        assert_eq!(changed("stages: [{ name: Lead }]", "stages:\n  - name: Lead # first"), plain);
        assert_eq!(changed("lists: { l: [x, y] }", "lists: { l: { file: some.txt } }"), plain, "a list is its entries");
    }

    #[test]
    fn whatever_is_said_is() {
        let mut all = vec![of(PLAIN, "")];
        all.push(changed("{ a: A, b: B }", "{ b: B, a: A }"));
        all.push(changed("{ a: A, b: B }", "{ a: A, b: C }"));
        all.push(changed("{ a: A, b: B }", "{ a: A, b:  }"));
        all.push(changed("[x, y]", "[y, x]"));
        all.push(changed("[x, y]", "[xy]"));
        all.push(changed("[x, y]", "[x, y, z]"));
        all.push(changed("rulebook: 1\n", "rulebook: 1\nname: N\n"));
        let n = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), n);
        let listed = |list| of(&PLAIN.replace("[x, y]", "{ file: l.txt }"), list);
        assert_ne!(listed("x\n"), listed("y\n"));
    }
}
