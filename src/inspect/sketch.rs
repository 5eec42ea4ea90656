//! The distinct values of a column, in bounded memory: all of them with their counts, or those of the smallest hashes.
//!
//! Which values are held depends on the values alone, never on their order or on how the file was cut into blocks, and the
//! counts of those that are held are exact. So two columns can be compared by the values that both would hold.

use foldhash::fast::FixedState;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BinaryHeap, HashMap};
use std::fmt;

/// How many distinct values are held at most.
pub(crate) const MOST_HELD: usize = 4096;
/// How many bytes of a value are kept to be shown.
const MOST_BYTES: usize = 256;

/// The values of a column, as many as are held.
#[derive(Clone)]
pub struct Sketch {
    /// Values whose hash is this or more are not held; the greatest number while all are.
    limit: u64,
    held: HashMap<u64, Held, FixedState>,
    hashes: BinaryHeap<u64>,
}

/// A value that is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Its text, cut off where it is long.
    #[serde(rename = "value")]
    pub text: Box<str>,
    /// How many cells have it.
    #[serde(rename = "rows")]
    pub count: u64,
}

/// In an order that does not depend on how the values came.
impl fmt::Debug for Sketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sketch").field("limit", &self.limit).field("held", &self.values()).finish_non_exhaustive()
    }
}

impl Default for Sketch {
    fn default() -> Self {
        Self::below(u64::MAX)
    }
}

impl Sketch {
    /// Nothing yet; values whose hash is not below `limit` are known not to be needed.
    #[must_use]
    pub(super) fn below(limit: u64) -> Self {
        Self { limit, held: HashMap::default(), hashes: BinaryHeap::new() }
    }

    /// From which hash on values are not held.
    pub(super) fn limit(&self) -> u64 {
        self.limit
    }

    /// Notes a cell. Addresses with an `@` count without regard to case, as mail systems take them.
    pub(super) fn add(&mut self, text: &str) {
        let folded = folded(text);
        let hash = xxhash_rust::xxh3::xxh3_64(folded.as_bytes());
        if hash < self.limit {
            self.insert(hash, text, 1);
        }
    }

    fn insert(&mut self, hash: u64, text: &str, count: u64) {
        let text = cut(text);
        if let Some(held) = self.held.get_mut(&hash) {
            held.count += count;
            if text < &*held.text {
                held.text = text.into();
            }
            return;
        }
        self.held.insert(hash, Held { text: text.into(), count });
        self.hashes.push(hash);
        if self.held.len() > MOST_HELD {
            self.drop_greatest();
        }
    }

    fn drop_greatest(&mut self) {
        if let Some(hash) = self.hashes.pop() {
            self.held.remove(&hash);
            self.limit = hash;
        }
    }

    /// Adds what another has seen.
    pub(super) fn merge(&mut self, other: Self) {
        self.limit = self.limit.min(other.limit);
        while self.hashes.peek().is_some_and(|hash| *hash >= self.limit) {
            if let Some(hash) = self.hashes.pop() {
                self.held.remove(&hash);
            }
        }
        let mut added: Vec<(u64, Held)> = other.held.into_iter().collect();
        added.sort_unstable_by_key(|(hash, _)| *hash);
        for (hash, held) in added {
            if hash < self.limit {
                self.insert(hash, &held.text, held.count);
            }
        }
    }

    /// Whether every distinct value is held.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.limit == u64::MAX
    }

    /// How many distinct values there are; an estimate, right to a few in a hundred, where not all are held.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an estimate that is only divided"
    )]
    pub fn n_distinct(&self) -> u64 {
        let n_held = self.held.len();
        if self.is_whole() {
            return n_held as u64;
        }
        (n_held as f64 / (self.limit as f64 / u64::MAX as f64)) as u64
    }

    /// The values held, the most frequent first, then by text.
    #[must_use]
    pub fn values(&self) -> Vec<&Held> {
        let mut values: Vec<&Held> = self.held.values().collect();
        values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        values
    }

    /// Whether no value that is held occurs twice.
    #[must_use]
    pub fn is_unique(&self) -> bool {
        self.held.values().all(|held| held.count == 1)
    }

    /// Of this column's distinct values, so many that the other has as well, and so many that were compared.
    #[must_use]
    pub fn shared_with(&self, other: &Self) -> (usize, usize) {
        let limit = self.limit.min(other.limit);
        let mine = self.held.keys().filter(|hash| **hash < limit);
        mine.fold((0, 0), |(n_shared, n), hash| (n_shared + usize::from(other.held.contains_key(hash)), n + 1))
    }
}

/// What is compared of a cell.
fn folded(text: &str) -> Cow<'_, str> {
    if text.contains('@') && text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    Cow::Borrowed(text)
}

fn cut(text: &str) -> &str {
    if text.len() <= MOST_BYTES { text } else { &text[..text.floor_char_boundary(MOST_BYTES)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(values: impl IntoIterator<Item = String>) -> Sketch {
        let mut sketch = Sketch::default();
        values.into_iter().for_each(|value| sketch.add(&value));
        sketch
    }

    fn numbers(range: std::ops::Range<u32>) -> impl Iterator<Item = String> {
        range.map(|n| format!("v{n}"))
    }

    #[test]
    fn few_values_are_counted_exactly() {
        let found = sketch(["b", "a", "b", "A@x", "a@X"].map(str::to_owned));
        assert!(found.is_whole() && !found.is_unique());
        assert_eq!(found.n_distinct(), 3);
        let shown: Vec<(&str, u64)> = found.values().iter().map(|held| (&*held.text, held.count)).collect();
        assert_eq!(shown, [("A@x", 2), ("b", 2), ("a", 1)]);
    }

    #[test]
    fn many_are_estimated_and_compared_whatever_the_order_and_the_blocks() {
        let whole = sketch(numbers(0..50_000));
        assert!(!whole.is_whole() && whole.is_unique());
        assert!((48_000..52_000).contains(&whole.n_distinct()), "{}", whole.n_distinct());
        let mut merged = sketch(numbers(20_000..50_000).collect::<Vec<_>>().into_iter().rev());
        merged.merge(sketch(numbers(0..3_000)));
        let mut last = Sketch::below(merged.limit());
        numbers(3_000..20_000).for_each(|value| last.add(&value));
        merged.merge(last);
        assert_eq!((merged.limit(), merged.values()), (whole.limit(), whole.values()));
        let half = sketch(numbers(25_000..50_000));
        assert_eq!(half.shared_with(&whole).0, half.shared_with(&whole).1);
        let (n_shared, n) = whole.shared_with(&half);
        assert!((n * 45 / 100..n * 55 / 100).contains(&n_shared), "{n_shared} of {n}");
    }
}
