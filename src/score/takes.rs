//! What the tallies take of one event, on its way to the leads that it belongs to: the same for files and for a lead in memory.
//!
//! For a source and a type of event, the tallies that look at it are lowered to an [`EventProgram`] once; events then go through
//! it.

use super::board::Changes;
use super::cells::Cells;
use super::plan::Plan;
use super::select::{Contribution, EventFacts, Taken, Verdict};
use crate::value::{Instant, Value};

/// What the tallies do with events of one type.
#[derive(Clone, Debug)]
pub(crate) struct EventProgram {
    /// Whether the common tallies take them as the lead's doing.
    pub is_engagement: bool,
    /// The tallies to be asked, beside the common ones.
    pub tallies: Vec<u32>,
    /// Up to this instant, in milliseconds, an event lies outside of every window: only the common tallies take it.
    pub old_ms: i64,
}

impl EventProgram {
    /// The program for events of a source and a folded type.
    pub(crate) fn new(plan: &Plan<'_>, source: usize, folded_type: Option<&str>) -> Self {
        let tallies = plan.tallies_beside_common(source, folded_type);
        let old_ms = tallies.iter().map(|tally| plan.after_ms[*tally]).min().unwrap_or(i64::MAX);
        let number = |tally| u32::try_from(tally).expect("a rulebook has fewer than four billion tallies");
        let tallies = tallies.into_iter().map(number).collect();
        Self { is_engagement: plan.is_engagement(folded_type), tallies, old_ms }
    }
}

/// What the tallies take of one event.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventTakes {
    /// What the common tallies take: whether the event is engagement, and its time.
    common: Option<(bool, Instant)>,
    /// Integers, by tally.
    numbers: Vec<(u32, i64)>,
    /// Keys and members of bundles, by tally.
    others: Vec<(u32, Contribution)>,
}

impl EventTakes {
    /// Makes this what the tallies take of an event.
    #[inline]
    pub(crate) fn fill<'a, D: Fn(usize) -> Value<'a>>(
        &mut self,
        plan: &Plan<'_>,
        program: &EventProgram,
        time: Instant,
        cells: &Cells<'a, D>,
    ) {
        self.common = Some((program.is_engagement, time));
        self.numbers.clear();
        self.others.clear();
        if time.ms() <= program.old_ms {
            return;
        }
        let facts = EventFacts { cells, as_of: plan.as_of };
        for &tally in &program.tallies {
            if plan.verdict(tally as usize, time, &facts) == Verdict::Selected {
                self.add(plan, tally, time, cells);
            }
        }
    }

    /// Adds what a tally takes of an event that it selects.
    #[inline]
    fn add<'a, D: Fn(usize) -> Value<'a>>(&mut self, plan: &Plan<'_>, tally: u32, time: Instant, cells: &Cells<'a, D>) {
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
