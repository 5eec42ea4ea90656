//! A table from identities to lead numbers: open addressing, sixteen bytes an entry, one place in memory a look-up.
//!
//! It exists because finding an event's lead waits for memory more than for anything else, and a general map takes two or
//! three places in memory. An identity is already a hash: 96 of its bits are kept, and some of those say the place.

use crate::score::identity::Identity;

/// Identities and the numbers they stand for.
#[derive(Debug)]
pub(super) struct IdTable {
    /// A power of two of them, at most half in use.
    entries: Vec<Slot>,
    n_entries: usize,
}

/// An entry; free where the number is [`FREE`].
#[derive(Clone, Copy, Debug)]
struct Slot {
    high: u64,
    low: u32,
    number: u32,
}

/// The number of what has none.
pub(super) const FREE: u32 = u32::MAX;
const VACANT: Slot = Slot { high: 0, low: 0, number: FREE };

impl Default for IdTable {
    fn default() -> Self {
        Self { entries: vec![VACANT; 1024], n_entries: 0 }
    }
}

impl IdTable {
    /// The number of an identity; [`FREE`] if it has none.
    #[inline]
    pub(super) fn get(&self, identity: Identity) -> u32 {
        let (high, low) = parts(identity);
        self.entries[self.find(high, low)].number
    }

    /// How many identities have a number.
    pub(super) fn len(&self) -> usize {
        self.n_entries
    }

    /// Looks at where some identities stand and does nothing with it. A look-up decides what to do by what it finds, and so waits
    /// for memory alone; these wait together.
    #[inline]
    pub(super) fn touch(&self, identities: impl Iterator<Item = Identity>) {
        let mask = self.entries.len() - 1;
        let seen = identities.fold(0, |seen, identity| seen ^ self.entries[place(parts(identity).0) & mask].number);
        std::hint::black_box(seen);
    }

    /// Gives an identity a number, unless it has one, which is handed back to be looked at or changed.
    pub(super) fn insert(&mut self, identity: Identity, number: u32) -> Option<&mut u32> {
        if self.n_entries * 2 >= self.entries.len() {
            self.grow();
        }
        let (high, low) = parts(identity);
        let at = self.find(high, low);
        if self.entries[at].number != FREE {
            return Some(&mut self.entries[at].number);
        }
        self.entries[at] = Slot { high, low, number };
        self.n_entries += 1;
        None
    }

    /// Where an identity stands, or would.
    #[inline]
    fn find(&self, high: u64, low: u32) -> usize {
        let mask = self.entries.len() - 1;
        let mut at = place(high) & mask;
        loop {
            let entry = &self.entries[at];
            if entry.number == FREE || (entry.high == high && entry.low == low) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let room = vec![VACANT; self.entries.len() * 2];
        for entry in std::mem::replace(&mut self.entries, room) {
            if entry.number != FREE {
                let at = self.find(entry.high, entry.low);
                self.entries[at] = entry;
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the parts of an identity are cut out on purpose")]
fn parts(identity: Identity) -> (u64, u32) {
    ((identity >> 64) as u64, identity as u32)
}

#[expect(clippy::cast_possible_truncation, reason = "a place is masked to the table's size anyway")]
fn place(high: u64) -> usize {
    high as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        // Few distinct places and equal parts, so that entries collide and the table grows through collisions.
        #[test]
        fn it_is_a_map(ids in prop::collection::vec((0u128..40, 0u128..3, 0u128..40), 0..3000)) {
            let mut table = IdTable::default();
            let mut map = BTreeMap::new();
            for (number, (high, middle, low)) in (0u32..).zip(ids) {
                let id = (middle << 120) | (high << 64) | low;
                let is_new = !map.contains_key(&id);
                prop_assert_eq!(table.insert(id, number).is_none(), is_new);
                map.entry(id).or_insert(number);
                prop_assert_eq!(table.get(id), map[&id]);
                let other = id ^ (1 << 100);
                prop_assert_eq!(table.get(other), map.get(&other).copied().unwrap_or(FREE));
            }
            for (id, number) in &map {
                prop_assert_eq!(table.get(*id), *number);
            }
        }
    }
}
