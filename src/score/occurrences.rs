//! What each event of an occurrence criterion comes to: the same decisions that the tallies keep as sums, one by one, for
//! whoever explains a card.

use super::bundles::DatedPoints;
use super::plan::Plan;
use super::select::Contribution;
use crate::points::Points;
use crate::rulebook::expr::{Count, EventPoints, Measure};
use crate::value::{Decay, Instant, Value};
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

/// An event that an occurrence criterion selects.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// When it happened.
    pub time: Instant,
    /// Its points, before decay.
    pub points: Points,
    /// What the tally takes of it.
    pub contribution: Contribution,
}

/// Events that belong together: only the newest of them stays.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bundle {
    Own(usize),
    All,
    Key(u128),
}

impl Plan<'_> {
    /// What is left of an event's points in an occurrence criterion, in millionths.
    #[must_use]
    pub fn left(&self, tally: usize, time: Instant, points: Points) -> i64 {
        DatedPoints::new(time, points).left(self, self.decay_of(tally))
    }

    /// How the points of an occurrence criterion fade.
    pub(super) fn decay_of(&self, tally: usize) -> Option<&Decay> {
        match &self.rulebook.tallies[tally].measure {
            Measure::Points { decay, .. } => decay.as_ref(),
            _ => None,
        }
    }

    /// The points of an event in an occurrence criterion, before decay, where `value` gives its fields' values; none where it has to
    /// say them and doesn't.
    #[must_use]
    pub fn fresh_points<'v>(&self, tally: usize, value: impl FnOnce(usize) -> Value<'v>) -> Option<Points> {
        match &self.rulebook.tallies[tally].measure {
            Measure::Points { points: EventPoints::Fixed(points), .. } => Some(*points),
            Measure::Points { points: points @ EventPoints::Field { field, .. }, .. } => {
                value(field.field).number_rounded(field.part).map(|number| points.of(number.micros()))
            }
            _ => None,
        }
    }

    /// What becomes of the events that an occurrence criterion selects. Of events at the same time with the same points the first
    /// given counts as the newer.
    #[must_use]
    pub fn standings(&self, tally: usize, events: &[Candidate]) -> Vec<Standing> {
        let Measure::Points { count, at_most, .. } = &self.rulebook.tallies[tally].measure else { return Vec::new() };
        let bundle = |index: usize| match (count, events[index].contribution) {
            (Count::Once, _) => Bundle::All,
            (_, Contribution::Bundle { key: Some(key), .. }) => Bundle::Key(key),
            _ => Bundle::Own(index),
        };
        let mut newest_first: Vec<usize> = (0..events.len()).collect();
        newest_first.sort_by_key(|index| std::cmp::Reverse((events[*index].time, events[*index].points)));
        let mut standings = vec![Standing::Counts; events.len()];
        let mut kept: BTreeMap<Bundle, usize> = BTreeMap::new();
        let mut last_apart: Option<usize> = None;
        for index in newest_first {
            let newer = match count {
                Count::Apart(gap_ms) => {
                    last_apart.filter(|last| events[*last].time.ms_since(events[index].time) < *gap_ms)
                }
                _ => kept.get(&bundle(index)).copied(),
            };
            last_apart = if newer.is_some() { last_apart } else { Some(index) };
            standings[index] = match newer {
                Some(newer) => Standing::Superseded(newer),
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
