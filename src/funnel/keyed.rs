//! Sums by key, in the order in which the keys were first seen, so that nothing depends on the order of a hash.

use foldhash::HashMap;
use std::hash::Hash;

/// Sums by key.
#[derive(Clone, Debug)]
pub(super) struct Keyed<K, V> {
    index: HashMap<K, usize>,
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Keyed<K, V> {
    fn default() -> Self {
        Self { index: HashMap::default(), entries: Vec::new() }
    }
}

impl<K: Hash + Eq + Clone, V> Keyed<K, V> {
    /// The sums of a key; made if there are none yet.
    pub(super) fn of<Q>(&mut self, key: &Q, make: impl FnOnce() -> V) -> &mut V
    where
        K: std::borrow::Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        let place = if let Some(place) = self.index.get(key) {
            *place
        } else {
            self.index.insert(key.to_owned(), self.entries.len());
            self.entries.push((key.to_owned(), make()));
            self.entries.len() - 1
        };
        &mut self.entries[place].1
    }

    /// The sums of a key, if there are any.
    pub(super) fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.index.get(key).map(|place| &self.entries[*place].1)
    }

    /// The keys and their sums, in the order in which they came.
    pub(super) fn entries(&self) -> &[(K, V)] {
        &self.entries
    }
}
