//! Rows counted by total: what lift, sweep and slope are made of.

use crate::points::Points;

/// The rows with one total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtTotal {
    /// The total.
    pub total: Points,
    /// How many rows have it.
    pub n: u64,
    /// How many of them won.
    pub n_won: u64,
}

/// Counts rows, each a total and whether it won, by total; ascending.
#[must_use]
pub fn by_total(rows: impl Iterator<Item = (Points, bool)>) -> Vec<AtTotal> {
    let mut sorted: Vec<(Points, bool)> = rows.collect();
    sorted.sort_unstable();
    let at = |group: &[(Points, bool)]| AtTotal {
        total: group[0].0,
        n: group.len() as u64,
        n_won: group.iter().filter(|row| row.1).count() as u64,
    };
    sorted.chunk_by(|a, b| a.0 == b.0).map(at).collect()
}

/// How many rows there are, and how many of them won.
pub(super) fn sums(counted: &[AtTotal]) -> (u64, u64) {
    counted.iter().fold((0, 0), |(n, n_won), at| (n + at.n, n_won + at.n_won))
}
