//! The times of all events of a selection, lead by lead: what returns, and records beside returns, are read from. Nothing depends
//! on the order of events.

use super::passes::reason_text;
use crate::value::{Instant, Moment, Value};
use foldhash::HashMap;

/// For the leads of a part of the board their moments, in any order, each as a date; beside some the reason, as a text of the same
/// time.
#[derive(Clone, Debug, Default)]
pub(super) struct MomentsOfRows(HashMap<u32, Vec<(i64, Value<'static>)>>);

/// A moment with the reason that its event has.
pub(super) type WithReason = (Moment, Option<String>);

impl MomentsOfRows {
    /// Adds a date, or the reason of one.
    pub(super) fn add(&mut self, row: u32, time: i64, value: Value<'static>) {
        self.0.entry(row).or_default().push((time, value));
    }

    /// The moments of a row, from the earliest on. Of several reasons at one instant the smallest text counts.
    pub(super) fn of(&self, row: u32) -> Vec<WithReason> {
        let kept = self.0.get(&row).map_or(&[][..], Vec::as_slice);
        let mut moments: Vec<Moment> = kept.iter().filter_map(|(_, value)| value.moment()).collect();
        moments.sort_unstable();
        moments.dedup();
        let reason = |at: Instant| {
            let at_once = kept.iter().filter(|(time, _)| *time == at.ms());
            at_once.filter_map(|(_, value)| reason_text(value)).min()
        };
        moments.into_iter().map(|moment| (moment, reason(moment.at))).collect()
    }
}
