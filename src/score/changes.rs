//! What events change, on its way to the board: dealt out by the part of the board that it changes.

use super::board::{N_SHARDS, row_of, shard_of};
use super::held::HeldValue;
use super::lately::Doing;
use super::select::Contribution;
use crate::value::Value;

/// Changes on their way to the board, dealt out by shard.
#[derive(Debug)]
pub(crate) struct Changes {
    pub(super) common: Vec<Vec<CommonChange>>,
    pub(super) numbers: Vec<Vec<Addition>>,
    pub(super) others: Vec<(u32, u32, Contribution)>,
    pub(super) values: Vec<HeldValue>,
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
        }
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
