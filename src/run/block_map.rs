//! What became of the rows of a leads file, block by block, so that the second reading finds again what the first one accepted.

/// What became of the rows of a block: enough to find the accepted ones again on the second reading.
#[derive(Debug, Default)]
pub(super) struct BlockMap {
    /// The number of the block's first accepted lead.
    pub first_lead: u32,
    /// How many rows the block has.
    pub n_rows: u32,
    /// The rows, counted from 0, that are no lead to score or are not accepted, ascending.
    pub skipped: Vec<u32>,
    /// The skipped rows that have a lead's number all the same: those of later leads, and superseded ones.
    pub numbered: Vec<u32>,
}

/// Which rows of leads don't count after all, by the leads' numbers.
pub(super) struct Superseded<'x> {
    /// Whether another row of the same id counts.
    pub rows: Vec<bool>,
    /// Whether the lead was created after `as_of`.
    pub later: &'x [bool],
}

impl BlockMap {
    /// Leaves out the rows that others supersede; how many these are, and how many rows that count are of later leads.
    pub(super) fn supersede(&mut self, all: &Superseded<'_>) -> (u64, u64) {
        let (mut n_superseded, mut n_later) = (0, 0);
        let (mut skipped, mut numbered) = (Vec::new(), Vec::new());
        let (mut old_skipped, mut old_numbered) = (self.skipped.iter().peekable(), self.numbered.iter().peekable());
        let mut lead = self.first_lead as usize;
        for ordinal in 0..self.n_rows {
            let is_skipped = old_skipped.next_if_eq(&&ordinal).is_some();
            let has_number = !is_skipped || old_numbered.next_if_eq(&&ordinal).is_some();
            let is_superseded = has_number && all.rows[lead];
            n_superseded += u64::from(is_superseded);
            n_later += u64::from(has_number && !is_superseded && all.later[lead]);
            if is_skipped || is_superseded {
                skipped.push(ordinal);
                numbered.extend(has_number.then_some(ordinal));
            }
            lead += usize::from(has_number);
        }
        (self.skipped, self.numbered) = (skipped, numbered);
        (n_superseded, n_later)
    }
}
