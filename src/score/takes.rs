//! What the tallies take of one event, on its way to the leads that it belongs to: the same for files and for a lead in memory.

use super::board::Changes;
use super::cells::Cells;
use super::plan::Plan;
use super::select::{Contribution, Taken};
use crate::value::{Instant, Value};

/// What the tallies take of one event.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventTakes {
    /// What the common tallies take, if it is noted as a whole: whether the event is engagement, and its time.
    common: Option<(bool, Instant)>,
    /// Integers, by tally.
    numbers: Vec<(u32, i64)>,
    /// Keys and members of bundles, by tally.
    others: Vec<(u32, Contribution)>,
}

impl EventTakes {
    /// Forgets everything, so that the same room serves the next event.
    pub(crate) fn clear(&mut self) {
        self.common = None;
        self.numbers.clear();
        self.others.clear();
    }

    /// Adds what the common tallies take, those of [`Plan::tallies_beside_common`] aside, as a whole.
    pub(crate) fn add_common(&mut self, is_engagement: bool, time: Instant) {
        self.common = Some((is_engagement, time));
    }

    /// Adds what a tally takes of an event that it selects.
    #[inline]
    pub(crate) fn add<'a, D: Fn(usize) -> Value<'a>>(
        &mut self,
        plan: &Plan<'_>,
        tally: u32,
        time: Instant,
        cells: &Cells<'a, D>,
    ) {
        match plan.number(tally as usize, time, cells) {
            Taken::Number(number) => self.numbers.push((tally, number)),
            Taken::Nothing => {}
            Taken::More => self.others.push((tally, plan.contribution(tally as usize, time, cells))),
        }
    }

    /// Notes what the event gives to one lead. `is_after` says for a list of `since` fields, by its number, whether the event
    /// lies after the dates in force for that lead.
    #[inline]
    pub(crate) fn give(&self, plan: &Plan<'_>, lead: u32, is_after: impl Fn(usize) -> bool, changes: &mut Changes) {
        if let Some((is_engagement, time)) = self.common {
            changes.push_common(lead, is_engagement, time.ms());
        }
        let is_in_force = |tally: u32| plan.bound_of[tally as usize].is_none_or(&is_after);
        for &(tally, number) in self.numbers.iter().filter(|(tally, _)| is_in_force(*tally)) {
            changes.push_number(lead, tally, number);
        }
        for &(tally, contribution) in self.others.iter().filter(|(tally, _)| is_in_force(*tally)) {
            changes.push(lead, tally, contribution);
        }
    }
}
