//! The first few of many things by a rank, the rest counted: what is kept does not follow their number.

/// As many as a page lists.
const MOST: usize = 15;

/// The first of those offered so far, and how many were.
#[derive(Clone, Debug)]
pub(super) struct Foremost<T> {
    n: u64,
    /// By rank, the smallest first; at one rank as they came.
    first: Vec<((i64, u32), T)>,
}

impl<T> Default for Foremost<T> {
    fn default() -> Self {
        Self { n: 0, first: Vec::new() }
    }
}

impl<T: Clone> Foremost<T> {
    /// Counts one more, and keeps it if its rank is among the first. A rank ends in the lead's number, so that no two runs differ.
    pub(super) fn offer(&mut self, rank: (i64, u32), make: impl FnOnce() -> T) {
        self.n += 1;
        self.keep(rank, make);
    }

    fn keep(&mut self, rank: (i64, u32), make: impl FnOnce() -> T) {
        let at = self.first.partition_point(|(known, _)| *known <= rank);
        if at < MOST {
            self.first.insert(at, (rank, make()));
            self.first.truncate(MOST);
        }
    }

    /// Adds what a later part of the leads came to.
    pub(super) fn add(&mut self, other: &Self) {
        self.n += other.n;
        for (rank, one) in &other.first {
            self.keep(*rank, || one.clone());
        }
    }

    /// How many were offered.
    pub(super) fn n(&self) -> u64 {
        self.n
    }

    /// The first of them.
    pub(super) fn first(&self) -> impl Iterator<Item = &T> {
        self.first.iter().map(|(_, one)| one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_come_to_what_the_whole_does(ranks in proptest::collection::vec(0i64..8, 0..60), at in 0usize..60) {
            let made = |from: usize, ranks: &[i64]| {
                let mut foremost = Foremost::default();
                for (number, rank) in (from..).zip(ranks) {
                    foremost.offer((*rank, u32::try_from(number).expect("few")), || number);
                }
                foremost
            };
            let at = at.min(ranks.len());
            let mut parts = made(0, &ranks[..at]);
            parts.add(&made(at, &ranks[at..]));
            let whole = made(0, &ranks);
            prop_assert_eq!(parts.n(), whole.n());
            prop_assert_eq!(parts.first().collect::<Vec<_>>(), whole.first().collect::<Vec<_>>());
            let mut sorted: Vec<(i64, usize)> = ranks.iter().copied().zip(0..).collect();
            sorted.sort_unstable();
            let wanted: Vec<usize> = sorted.into_iter().map(|(_, number)| number).take(MOST).collect();
            prop_assert_eq!(whole.first().copied().collect::<Vec<_>>(), wanted);
        }
    }
}
