//! A mapping of the language: its keys, and the shapes that it can have.

use super::{Key, Need, Reach, Takes};

/// One of several shapes of a mapping, told by the keys that decide.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Its own keys.
    pub own: &'static [Key],
    /// Keys that it shares with other shapes.
    pub shared: &'static [&'static [Key]],
    /// From where on it can be used; elsewhere its names mean nothing.
    pub reach: Reach,
    /// Whether conditions on accounts have it.
    pub of_accounts: bool,
}

impl Shape {
    /// A shape; of all its keys, some decide.
    pub(crate) const fn new(own: &'static [Key], shared: &'static [&'static [Key]]) -> Self {
        Self { own, shared, reach: Reach::Event, of_accounts: true }
    }

    /// The same, only from that reach on.
    pub(crate) const fn only_from(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    /// The same, only for leads and events: accounts have none of it.
    pub(crate) const fn not_of_accounts(self) -> Self {
        Self { of_accounts: false, ..self }
    }

    /// Whether it can be used where conditions have this reach.
    pub(crate) fn is_for(&self, reach: Reach) -> bool {
        if reach == Reach::Account { self.of_accounts } else { self.reach <= reach }
    }

    /// Its name: the first key that decides.
    pub(crate) fn name(&self) -> &'static str {
        self.deciding().next().unwrap_or_default()
    }

    /// All its keys.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static Key> {
        self.own.iter().chain(self.shared.iter().copied().flatten())
    }

    /// The key of that name.
    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys().find(|key| key.name == name)
    }

    /// The names of the keys that make a mapping one of this shape.
    pub(crate) fn deciding(&self) -> impl Iterator<Item = &'static str> {
        self.keys().filter(|key| key.need == Need::Decides).map(|key| key.name)
    }
}

/// A mapping of the language.
#[derive(Clone, Copy)]
pub(crate) struct Mapping {
    /// Its name, unique: in the schema and the reference.
    pub name: &'static str,
    /// What messages call it: `a criterion`.
    pub what: &'static str,
    /// What it is for, in one sentence.
    pub meaning: &'static str,
    /// What more there is to know: Markdown, or nothing.
    pub more: &'static str,
    /// How it looks, on one line: shown where something else stands in its mapping.
    pub example: &'static str,
    /// What to do about two shapes in one mapping.
    pub apart: &'static str,
    /// Its keys, whatever its shape.
    pub keys: &'static [&'static [Key]],
    /// Its shapes, if it has several.
    pub shapes: &'static [&'static [Shape]],
    /// What stands under names of the user's own, if there can be any, and what these are names of.
    pub others: Option<(&'static str, Takes)>,
}

impl Mapping {
    /// A mapping without keys yet.
    pub(crate) const fn new(name: &'static str, what: &'static str, meaning: &'static str) -> Self {
        let (keys, shapes): (&[&[Key]], &[&[Shape]]) = (&[], &[]);
        let apart = "keep one of the two";
        Self { name, what, meaning, more: "", example: "", apart, keys, shapes, others: None }
    }

    /// The same with more to know.
    pub(crate) const fn more(self, more: &'static str) -> Self {
        Self { more, ..self }
    }

    /// The same with an example.
    pub(crate) const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// The same with advice for whoever mixes two shapes.
    pub(crate) const fn apart(self, apart: &'static str) -> Self {
        Self { apart, ..self }
    }

    /// The same with keys.
    pub(crate) const fn keys(self, keys: &'static [&'static [Key]]) -> Self {
        Self { keys, ..self }
    }

    /// The same with shapes.
    pub(crate) const fn shapes(self, shapes: &'static [&'static [Shape]]) -> Self {
        Self { shapes, ..self }
    }

    /// The same with names of the user's own.
    pub(crate) const fn others(self, of: &'static str, form: Takes) -> Self {
        Self { others: Some((of, form)), ..self }
    }

    /// The keys that every shape has.
    pub(crate) fn common_keys(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().copied().flatten()
    }

    /// All its shapes.
    pub(crate) fn all_shapes(&self) -> impl Iterator<Item = &'static Shape> {
        self.shapes.iter().copied().flatten()
    }

    /// Every key that it can have, of whatever shape; one that several shapes have, several times.
    pub(crate) fn all_keys(&self) -> impl Iterator<Item = &'static Key> {
        self.common_keys().chain(self.all_shapes().flat_map(Shape::keys))
    }

    /// Every key that it can have in a place of that reach, each once.
    pub(crate) fn keys_within(&self, reach: Reach) -> Vec<&'static Key> {
        let mut known: Vec<&'static Key> = Vec::new();
        for key in self.common_keys().chain(self.shapes_within(reach).flat_map(Shape::keys)) {
            if !known.iter().any(|other| other.name == key.name) {
                known.push(key);
            }
        }
        known
    }

    /// Its shapes that can stand in a place of that reach.
    pub(crate) fn shapes_within(&self, reach: Reach) -> impl Iterator<Item = &'static Shape> {
        self.all_shapes().filter(move |shape| shape.is_for(reach))
    }

    /// The key of that name, of whatever shape.
    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        self.all_keys().find(|key| key.name == name)
    }

    /// The keys that tell its shapes apart, each once.
    pub(crate) fn deciding(&self) -> Vec<&'static str> {
        once(self.all_shapes().flat_map(Shape::deciding))
    }

    /// The names of its shapes that can stand in a place of that reach, each once.
    pub(crate) fn names_within(&self, reach: Reach) -> Vec<&'static str> {
        once(self.shapes_within(reach).map(Shape::name))
    }

    /// The mappings right below it.
    pub(crate) fn below(&self) -> impl Iterator<Item = &'static Mapping> {
        let others = self.others.into_iter().map(|(_, form)| form);
        self.all_keys().map(|key| key.takes).chain(others).flat_map(Takes::mappings)
    }
}

/// Names, each once.
pub(crate) fn once<'s>(names: impl IntoIterator<Item = &'s str>) -> Vec<&'s str> {
    let mut all = Vec::new();
    for name in names {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// A mapping and all mappings below it, each once.
pub(crate) fn reachable(root: &'static Mapping) -> Vec<&'static Mapping> {
    let mut all = vec![root];
    let mut at = 0;
    while let Some(mapping) = all.get(at).copied() {
        for below in mapping.below() {
            if !all.iter().any(|known| known.name == below.name) {
                all.push(below);
            }
        }
        at += 1;
    }
    all
}
