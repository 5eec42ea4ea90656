//! The values of a field: all of them where they are few, else the same few of them whatever the order in which they came.

use crate::value::fold;
use foldhash::HashMap;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// How many distinct values are kept.
const MOST_VALUES: usize = 1_000;

/// The values of a field, folded, and how often each occurs.
///
/// Of more values than it keeps it keeps those whose hash is least. Whatever is kept in the end was kept from the beginning,
/// in every part, so its count is exact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldSketch {
    kept: BTreeMap<(u64, String), SeenValue>,
    /// Where a text as it was written is kept, so that the usual value is folded and hashed once a block.
    by_text: HashMap<String, (u64, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct SeenValue {
    n: u64,
    /// As written; of several ways of writing it the first in order.
    written: String,
}

impl FieldSketch {
    /// Notes one value.
    pub(super) fn note(&mut self, text: &str) {
        if let Some(key) = self.by_text.get(text)
            && let Some(seen) = self.kept.get_mut(key)
        {
            seen.n += 1;
            return;
        }
        let folded = fold(text).into_owned();
        let key = (xxh3_64(folded.as_bytes()), folded);
        if self.is_beyond(&key) {
            return;
        }
        self.take(key.clone(), SeenValue { n: 1, written: text.to_owned() });
        if self.by_text.len() < MOST_VALUES {
            self.by_text.insert(text.to_owned(), key);
        }
    }

    fn is_beyond(&self, key: &(u64, String)) -> bool {
        self.kept.len() >= MOST_VALUES && self.kept.last_key_value().is_some_and(|(last, _)| key > last)
    }

    fn take(&mut self, key: (u64, String), more: SeenValue) {
        if let Some(seen) = self.kept.get_mut(&key) {
            seen.n += more.n;
            if more.written < seen.written {
                seen.written = more.written;
            }
            return;
        }
        self.kept.insert(key, more);
        if self.kept.len() > MOST_VALUES {
            self.kept.pop_last();
        }
    }

    /// Adds what another part saw.
    pub(super) fn add(&mut self, other: Self) {
        for (key, seen) in other.kept {
            if !self.is_beyond(&key) {
                self.take(key, seen);
            }
        }
    }

    /// The values as written, and how often each occurs, the most frequent first.
    #[must_use]
    pub fn by_frequency(&self) -> Vec<(&str, u64)> {
        let mut values: Vec<(&str, u64)> = self.kept.values().map(|seen| (seen.written.as_str(), seen.n)).collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sketch(texts: &[String]) -> FieldSketch {
        let mut sketch = FieldSketch::default();
        for text in texts {
            sketch.note(text);
        }
        sketch
    }

    #[test]
    fn equal_values_are_one() {
        let texts = ["Istanbul", "istanbul", "İSTANBUL", "Ankara"].map(str::to_owned);
        assert_eq!(sketch(&texts).by_frequency(), [("Istanbul", 3), ("Ankara", 1)]);
    }

    proptest! {
        #[test]
        fn any_split_comes_to_the_same(numbers in proptest::collection::vec(0_u32..2_500, 0..4_000), cut in 0_usize..4_000) {
            let texts: Vec<String> = numbers.iter().map(|n| format!("Value {n}")).collect();
            let (one, two) = texts.split_at(cut.min(texts.len()));
            let mut parts = sketch(two);
            parts.add(sketch(one));
            let whole = sketch(&texts);
            prop_assert_eq!(parts.by_frequency(), whole.by_frequency());
        }
    }
}
