//! Events that count together, or apart: which of several is the newest, and which of many are kept. Nothing depends on their order.

use super::plan::Plan;
use crate::points::Points;
use crate::value::{Decay, Instant};

/// An event by what decides which of several is the newest: its time, and at one instant its points before decay, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DatedPoints {
    pub time: i64,
    pub points: i64,
}

impl DatedPoints {
    pub(super) fn new(time: Instant, points: Points) -> Self {
        Self { time: time.ms(), points: points.hundredths().saturating_mul(10_000) }
    }

    /// What is left of the points, in millionths.
    pub(super) fn left(self, plan: &Plan<'_>, decay: Option<&Decay>) -> i64 {
        decay.map_or(self.points, |decay| decay.apply(self.points, plan.as_of.ms_since(Instant::from_ms(self.time))))
    }
}

/// Events that count as one: those with a key, or one without.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bundle {
    pub key: Option<u128>,
    pub newest: DatedPoints,
}

/// Keeps the newest bundles. One that was left out is older than all that are kept, so if it comes again, it is newer than it was
/// or of no account.
pub(super) fn keep_newest(bundles: &mut Vec<Bundle>, new: Bundle, limit: usize) {
    if let Some(known) = bundles.iter_mut().find(|known| new.key.is_some() && known.key == new.key) {
        known.newest = known.newest.max(new.newest);
    } else if bundles.len() < limit {
        bundles.push(new);
    } else if let Some(oldest) = bundles.iter_mut().min_by_key(|known| known.newest)
        && oldest.newest < new.newest
    {
        *oldest = new;
    }
}

/// Of some events, those that lie at least so many milliseconds apart, from the newest backwards.
pub(super) fn apart(events: &[DatedPoints], gap_ms: i64) -> Vec<DatedPoints> {
    let mut newest_first = events.to_vec();
    newest_first.sort_unstable_by_key(|event| std::cmp::Reverse(*event));
    let mut kept: Vec<DatedPoints> = Vec::new();
    for event in newest_first {
        if kept.last().is_none_or(|last| last.time.saturating_sub(event.time) >= gap_ms) {
            kept.push(event);
        }
    }
    kept
}
