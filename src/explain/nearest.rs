//! The ids nearest to one that no lead has. Keeps the few best as leads go by, so that memory does not follow their number.

use crate::value::fold;
use std::cmp::Reverse;

/// How many are kept.
const MOST: usize = 5;
/// Ids longer than this have no near neighbour worth the time.
const LONGEST: usize = 100;

/// The nearest ids so far: fewest slips first, then the longest common beginning.
#[derive(Clone, Debug, Default)]
pub struct NearestIds {
    best: Vec<(usize, Reverse<usize>, String)>,
}

impl NearestIds {
    /// Looks at one more id. Ids that share less than half of their letters with `wanted` are not near.
    pub fn look_at(&mut self, wanted: &str, id: &str) {
        let length = wanted.chars().count().max(id.chars().count());
        if length > LONGEST {
            return;
        }
        let distance = strsim::osa_distance(&fold(wanted), &fold(id));
        if distance * 2 <= length {
            let n_shared = wanted.chars().zip(id.chars()).take_while(|(a, b)| a == b).count();
            self.take((distance, Reverse(n_shared), id.to_owned()));
        }
    }

    /// Takes in what another part of the leads came to.
    pub fn add(&mut self, other: Self) {
        for candidate in other.best {
            self.take(candidate);
        }
    }

    fn take(&mut self, candidate: (usize, Reverse<usize>, String)) {
        let at = self.best.partition_point(|known| *known < candidate);
        // Many leads name one account.
        if at < MOST && self.best.get(at) != Some(&candidate) {
            self.best.insert(at, candidate);
            self.best.truncate(MOST);
        }
    }

    /// The ids.
    #[must_use]
    pub fn into_ids(self) -> Vec<String> {
        self.best.into_iter().map(|(_, _, id)| id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_of_leads_changes_nothing(ids in proptest::collection::vec("[0-9]{4}", 0..30), at in 0usize..30) {
            let nearest = |ids: &[String]| {
                let mut nearest = NearestIds::default();
                for id in ids {
                    nearest.look_at("1234", id);
                }
                nearest
            };
            let (front, back) = ids.split_at(at.min(ids.len()));
            let mut parts = nearest(back);
            parts.add(nearest(front));
            let found = parts.into_ids();
            prop_assert_eq!(&found, &nearest(&ids).into_ids());
            prop_assert!(found.len() <= MOST);
            let distance = |id: &String| strsim::osa_distance("1234", id);
            prop_assert!(found.is_sorted_by_key(distance));
        }
    }
}
