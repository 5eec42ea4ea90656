//! What something did to the leads, as sums of integers: how many scores changed and by how much, who moved from which stage to
//! which. Effects add up, whatever the threads and blocks.

use crate::points::Points;

/// Where a lead ended: its total and its stage by its number in the frame; disqualified ones stand beyond the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub total: Points,
    pub place: usize,
}

/// What something did to some leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Effect {
    /// Leads whose total changed.
    pub n_changed: u64,
    /// By how much, all together, in hundredths of a point.
    pub sum_hundredths: i128,
    /// The least and the largest change, signed, in hundredths.
    pub range: Option<(i64, i64)>,
    /// Leads that moved: from a place (row) to a place (column); as many as there are places, or none yet.
    pub moves: Vec<u64>,
}

impl Effect {
    /// Adds a lead that ended elsewhere than it would have.
    pub(super) fn add_lead(&mut self, n_places: usize, before: Outcome, after: Outcome) {
        let change = after.total.saturating_sub(before.total).hundredths();
        if change != 0 {
            self.n_changed += 1;
            self.sum_hundredths += i128::from(change);
            self.widen(Some((change, change)));
        }
        if before.place != after.place {
            self.moves.resize(n_places * n_places, 0);
            self.moves[before.place * n_places + after.place] += 1;
        }
    }

    /// Adds what it did to other leads.
    pub(super) fn add(&mut self, other: &Self) {
        self.n_changed += other.n_changed;
        self.sum_hundredths += other.sum_hundredths;
        self.widen(other.range);
        if self.moves.len() < other.moves.len() {
            self.moves.resize(other.moves.len(), 0);
        }
        self.moves.iter_mut().zip(&other.moves).for_each(|(n, more)| *n += more);
    }

    fn widen(&mut self, other: Option<(i64, i64)>) {
        self.range = match (self.range, other) {
            (Some((least, most)), Some((low, high))) => Some((least.min(low), most.max(high))),
            (range, other) => range.or(other),
        };
    }

    /// How many leads moved.
    pub(super) fn n_moved(&self) -> u64 {
        self.moves.iter().sum()
    }

    /// How many more leads a place has than before.
    pub(super) fn net(&self, n_places: usize, place: usize) -> i64 {
        if self.moves.is_empty() {
            return 0;
        }
        let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let come = (0..n_places).map(|from| signed(self.moves[from * n_places + place])).sum::<i64>();
        let gone = (0..n_places).map(|to| signed(self.moves[place * n_places + to])).sum::<i64>();
        come - gone
    }
}
