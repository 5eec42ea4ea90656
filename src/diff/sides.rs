//! What the old and the new rulebook have of the same thing, and how their lists are brought into one.

use super::edit::{Change, Which};

/// Of the old rulebook and of the new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sides<T> {
    pub old: T,
    pub new: T,
}

impl<T> Sides<T> {
    pub(super) fn as_ref(&self) -> Sides<&T> {
        Sides { old: &self.old, new: &self.new }
    }

    pub(super) fn map<U>(self, mut to: impl FnMut(T) -> U) -> Sides<U> {
        Sides { old: to(self.old), new: to(self.new) }
    }

    pub(super) fn zip<U>(self, other: Sides<U>) -> Sides<(T, U)> {
        Sides { old: (self.old, other.old), new: (self.new, other.new) }
    }

    pub(super) fn of(self, is_new: bool) -> T {
        if is_new { self.new } else { self.old }
    }
}

impl<T: PartialEq> Sides<T> {
    pub(super) fn is_same(&self) -> bool {
        self.old == self.new
    }
}

impl<T> Sides<Option<T>> {
    /// What both have.
    pub(super) fn both(self) -> Option<Sides<T>> {
        Some(Sides { old: self.old?, new: self.new? })
    }

    /// What the new one has, else the old one, and which that is.
    pub(super) fn latest(self) -> Option<(Which, T)> {
        self.new.map(|new| (Which::New, new)).or(self.old.map(|old| (Which::Old, old)))
    }

    /// What became of it, by whether either side has it.
    pub(super) fn change(&self) -> Change {
        match (&self.old, &self.new) {
            (None, Some(_)) => Change::Added,
            (Some(_), None) => Change::Removed,
            _ => Change::Changed,
        }
    }
}

/// Two lists as one: each entry with its place in either list.
pub(super) type Pairs = Vec<Sides<Option<usize>>>;

/// Brings entries with the same key together: the old ones in order, then those that came. Keys are unique in each list.
pub(super) fn paired<K: PartialEq>(keys: &Sides<Vec<K>>) -> Pairs {
    let Sides { old, new } = keys;
    let place = |key: &K| new.iter().position(|other| other == key);
    let is_added = |(at, key): (usize, &K)| (!old.contains(key)).then_some(Sides { old: None, new: Some(at) });
    let kept = old.iter().enumerate().map(|(at, key)| Sides { old: Some(at), new: place(key) });
    kept.chain(new.iter().enumerate().filter_map(is_added)).collect()
}

/// For either list where its entries stand in both as one.
pub(super) fn places(pairs: &Pairs) -> Sides<Vec<usize>> {
    let of = |is_new: bool| {
        let mut own: Vec<(usize, usize)> =
            pairs.iter().enumerate().filter_map(|(at, pair)| Some((pair.of(is_new)?, at))).collect();
        own.sort_unstable();
        own.into_iter().map(|(_, at)| at).collect()
    };
    Sides { old: of(false), new: of(true) }
}
