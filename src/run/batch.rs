//! Events side by side, column by column: what is known of each before its leads are.

use super::index::Found;
use crate::score::identity::Identity;

/// The time of an event whose cell is empty.
pub(super) const NO_TIME: i64 = i64::MIN;
/// The time of an event whose cell can't be read.
pub(super) const UNREADABLE_TIME: i64 = i64::MIN + 1;

/// Some events.
#[derive(Default)]
pub(super) struct EventBatch {
    /// The rows that they stand in: how many cells of the block lie before, and how many cells it has.
    pub rows: Vec<(u32, u32)>,
    /// Their types.
    pub kinds: Vec<u32>,
    /// Their times in milliseconds, or one of the constants above.
    pub times: Vec<i64>,
    /// What the first way of naming leads says; `NO_IDENTITY` where its cell is blank.
    pub ids: Vec<Identity>,
    /// Their leads.
    pub leads: Vec<Found>,
}

impl EventBatch {
    pub(super) fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.kinds.clear();
        self.times.clear();
        self.ids.clear();
        self.leads.clear();
    }

    #[inline]
    pub(super) fn push(&mut self, row: (u32, u32), kind: u32, time: i64, id: Identity) {
        self.rows.push(row);
        self.kinds.push(kind);
        self.times.push(time);
        self.ids.push(id);
    }
}
