//! What each event of an occurrence criterion comes to: the same decisions that the tallies keep as sums, one by one, for
//! whoever explains a card.

use super::board::decayed;
use super::plan::Plan;
use super::select::Contribution;
use crate::rulebook::expr::{Count, Measure};
use crate::value::Instant;
use std::collections::BTreeMap;

/// What becomes of an event that an occurrence criterion selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Counts,
    /// A newer one of its bundle counts: its index.
    Superseded(usize),
    /// Newer ones are as many as may count.
    BeyondLimit,
}

/// Events that belong together: only the newest of them stays.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bundle {
    Own(usize),
    All,
    Key(u128),
}

impl Plan<'_> {
    /// The points that an occurrence criterion gives to an event at a time, after decay, in millionths.
    #[must_use]
    pub fn decayed_micros(&self, tally: usize, time: Instant) -> i64 {
        match &self.rulebook.tallies[tally].measure {
            Measure::Points { points, decay, .. } => decayed(*points, decay.as_ref(), self.as_of, time),
            _ => 0,
        }
    }

    /// What becomes of the events that an occurrence criterion selects, each with what the tally takes of it. Of events at the
    /// same time the first given counts as the newer.
    #[must_use]
    pub fn standings(&self, tally: usize, events: &[(Instant, Contribution)]) -> Vec<Standing> {
        let Measure::Points { count, at_most, .. } = &self.rulebook.tallies[tally].measure else { return Vec::new() };
        let bundle = |index: usize| match (count, events[index].1) {
            (Count::Once, _) => Bundle::All,
            (_, Contribution::Bundle { key: Some(key), .. }) => Bundle::Key(key),
            _ => Bundle::Own(index),
        };
        let mut newest_first: Vec<usize> = (0..events.len()).collect();
        newest_first.sort_by_key(|index| std::cmp::Reverse(events[*index].0));
        let mut standings = vec![Standing::Counts; events.len()];
        let mut kept: BTreeMap<Bundle, usize> = BTreeMap::new();
        for index in newest_first {
            standings[index] = match kept.get(&bundle(index)) {
                Some(newer) => Standing::Superseded(*newer),
                None if at_most.is_some_and(|limit| kept.len() >= limit) => Standing::BeyondLimit,
                None => Standing::Counts,
            };
            if standings[index] == Standing::Counts {
                kept.insert(bundle(index), index);
            }
        }
        standings
    }
}
