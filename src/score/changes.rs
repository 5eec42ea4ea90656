//! What events change, on its way to the board: dealt out by the part of the board that it changes.

use super::board::{N_SHARDS, row_of, shard_of};
use super::held::HeldValue;
use super::lately::Doing;
use super::plan::Plan;
use super::select::Contribution;
use crate::value::{Instant, Value};

/// Changes on their way to the board, dealt out by shard.
#[derive(Debug)]
pub(crate) struct Changes {
    pub(super) common: Vec<Vec<CommonChange>>,
    pub(super) numbers: Vec<Vec<Addition>>,
    pub(super) others: Vec<(u32, u32, Contribution)>,
    pub(super) values: Vec<HeldValue>,
    /// What waits for the returns of leads.
    pub(super) late: LateChanges,
}

/// An event for all common tallies of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct CommonChange {
    pub row: u32,
    pub doing: Doing,
    pub time: i64,
}

/// A number for a tally that is kept in integers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Addition {
    pub row: u32,
    pub tally: u32,
    pub number: i64,
}

/// What events give where it hangs on returns that events say.
#[derive(Debug, Default)]
pub(crate) struct LateChanges {
    pub(super) numbers: Vec<LateNumber>,
    pub(super) others: Vec<(u32, u32, i64, Contribution)>,
    pub(super) values: Vec<HeldValue>,
}

/// A number that waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct LateNumber {
    pub lead: u32,
    pub tally: u32,
    pub time: i64,
    pub number: i64,
}

impl LateChanges {
    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.others.is_empty() && self.values.is_empty()
    }

    /// Takes what waits elsewhere.
    pub(crate) fn append(&mut self, more: &mut Self) {
        self.numbers.append(&mut more.numbers);
        self.others.append(&mut more.others);
        self.values.append(&mut more.values);
    }

    /// Notes what counts, now that it is known whether a time lies in a lead's window.
    pub(crate) fn settle(
        self,
        plan: &Plan<'_>,
        is_within: impl Fn(u32, usize, Instant) -> bool,
        changes: &mut Changes,
    ) {
        let counts = |lead: u32, tally: u32, time: i64| {
            plan.window_of[tally as usize].is_none_or(|window| is_within(lead, window, Instant::from_ms(time)))
        };
        for late in self.numbers.into_iter().filter(|late| counts(late.lead, late.tally, late.time)) {
            changes.push_number(late.lead, late.tally, late.number);
        }
        for (lead, tally, _, other) in
            self.others.into_iter().filter(|(lead, tally, time, _)| counts(*lead, *tally, *time))
        {
            changes.push(lead, tally, other);
        }
        changes.values.extend(self.values.into_iter().filter(|late| counts(late.lead, late.tally, late.time)));
    }
}

impl Default for Changes {
    fn default() -> Self {
        Self::of(N_SHARDS)
    }
}

impl Changes {
    /// Changes of a single lead, whose number is 0.
    pub(super) fn of_one() -> Self {
        Self::of(1)
    }

    fn of(n_shards: usize) -> Self {
        Self {
            common: vec![Vec::new(); n_shards],
            numbers: vec![Vec::new(); n_shards],
            others: Vec::new(),
            values: Vec::new(),
            late: LateChanges::default(),
        }
    }

    /// What waits, taken out.
    pub(crate) fn take_late(&mut self) -> LateChanges {
        std::mem::take(&mut self.late)
    }

    /// Notes an integer for a lead, where integers are what the tally keeps.
    #[inline]
    pub(crate) fn push_number(&mut self, lead: u32, tally: u32, number: i64) {
        self.numbers[shard_of(lead)].push(Addition { row: row_of(lead), tally, number });
    }

    /// Notes the time of an event for the common tallies of a lead.
    #[inline]
    pub(crate) fn push_common(&mut self, lead: u32, doing: Doing, time: i64) {
        self.common[shard_of(lead)].push(CommonChange { row: row_of(lead), doing, time });
    }

    /// Notes a value, at its time, for a lead.
    pub(super) fn push_value(&mut self, lead: u32, tally: u32, time: i64, value: Value<'static>) {
        self.values.push(HeldValue { lead, tally, time, value });
    }

    /// Notes a key or a member of a bundle for a lead.
    pub(crate) fn push(&mut self, lead: u32, tally: u32, contribution: Contribution) {
        self.others.push((lead, tally, contribution));
    }
}
