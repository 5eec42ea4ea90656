//! What something did to the leads, as sums of integers: how many scores changed and by how much, who moved from which stage to
//! which. Effects add up, whatever the threads and blocks.

use crate::points::Points;
use std::collections::BTreeMap;

/// Where a lead ended: its total and its stage by its number in the frame; disqualified ones stand beyond the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub total: Points,
    pub place: usize,
}

/// Leads by something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LeadsBy<K>(pub BTreeMap<K, u64>);

impl<K> Default for LeadsBy<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Copy> LeadsBy<K> {
    pub(super) fn add_one(&mut self, key: K) {
        *self.0.entry(key).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: &Self) {
        other.0.iter().for_each(|(key, n)| *self.0.entry(*key).or_default() += n);
    }

    /// How many have this.
    pub(super) fn n(&self, key: K) -> u64 {
        self.0.get(&key).copied().unwrap_or(0)
    }

    /// How many there are of whom this is true.
    fn sum(&self, is_it: impl Fn(K) -> bool) -> u64 {
        self.0.iter().filter(|(key, _)| is_it(**key)).map(|(_, n)| n).sum()
    }
}

/// Leads by their place before and after.
pub(super) type Steps = LeadsBy<(usize, usize)>;

impl Steps {
    /// How many are in a place before, and after.
    pub(super) fn n_at(&self, place: usize) -> (u64, u64) {
        (self.sum(|(from, _)| from == place), self.sum(|(_, to)| to == place))
    }

    /// How many more leads a place has after than before.
    pub(super) fn net(&self, place: usize) -> i64 {
        let (before, after) = self.n_at(place);
        signed(after) - signed(before)
    }
}

/// What something did to some leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Effect {
    /// Leads whose total changed.
    pub n_changed: u64,
    /// By how much, all together, in hundredths of a point.
    pub sum_hundredths: i128,
    /// The least and the largest change, signed, in hundredths.
    pub range: Option<(i64, i64)>,
    /// Leads that moved.
    pub moves: Steps,
}

impl Effect {
    /// Adds a lead that ended elsewhere than it would have.
    pub(super) fn add_lead(&mut self, before: Outcome, after: Outcome) {
        let change = after.total.saturating_sub(before.total).hundredths();
        if change != 0 {
            self.n_changed += 1;
            self.sum_hundredths += i128::from(change);
            self.widen(Some((change, change)));
        }
        if before.place != after.place {
            self.moves.add_one((before.place, after.place));
        }
    }

    /// Adds what it did to other leads.
    pub(super) fn add(&mut self, other: &Self) {
        self.n_changed += other.n_changed;
        self.sum_hundredths += other.sum_hundredths;
        self.widen(other.range);
        self.moves.add(&other.moves);
    }

    fn widen(&mut self, other: Option<(i64, i64)>) {
        self.range = match (self.range, other) {
            (Some((least, most)), Some((low, high))) => Some((least.min(low), most.max(high))),
            (range, other) => range.or(other),
        };
    }

    /// How many leads moved.
    pub(super) fn n_moved(&self) -> u64 {
        self.moves.sum(|_| true)
    }
}

/// A count that can be taken from another.
pub(super) fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
