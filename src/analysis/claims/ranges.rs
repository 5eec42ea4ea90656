//! Sets of numbers as ranges, exact for open and closed ends: a number `n` of millionths stands as `2n`, so that the odd
//! numbers are what lies between two of them.

use std::collections::BTreeSet;

/// The ends of the line: no number of the language comes near.
const END: i128 = i128::MAX / 4;

/// A set of numbers: inclusive ranges, ascending, apart from each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ranges(Vec<(i128, i128)>);

impl Ranges {
    /// Every number.
    pub(crate) fn all() -> Self {
        Self(vec![(-END, END)])
    }

    /// From one number to another.
    pub(crate) fn between(from: i128, to: i128) -> Self {
        Self(if from <= to { vec![(from, to)] } else { Vec::new() })
    }

    /// From a number on.
    pub(crate) fn from(from: i128) -> Self {
        Self::between(from, END)
    }

    /// Up to a number.
    pub(crate) fn up_to(to: i128) -> Self {
        Self::between(-END, to)
    }

    /// All of these ranges together.
    pub(crate) fn any_of(ranges: impl IntoIterator<Item = (i128, i128)>) -> Self {
        let mut ranges: Vec<(i128, i128)> = ranges.into_iter().filter(|(from, to)| from <= to).collect();
        ranges.sort_unstable();
        let mut joined: Vec<(i128, i128)> = Vec::new();
        for (from, to) in ranges {
            match joined.last_mut() {
                Some(last) if from <= last.1 + 1 => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        Self(joined)
    }

    /// What is in both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let pairs = self.0.iter().flat_map(|one| other.0.iter().map(move |two| (one.0.max(two.0), one.1.min(two.1))));
        Self::any_of(pairs)
    }

    /// What is in one of them.
    pub(crate) fn or(&self, other: &Self) -> Self {
        Self::any_of(self.0.iter().chain(&other.0).copied())
    }

    /// What is not in it.
    pub(crate) fn not(&self) -> Self {
        let mut gaps = Vec::new();
        let mut from = -END;
        for &(start, end) in &self.0 {
            gaps.push((from, start - 1));
            from = end + 1;
        }
        gaps.push((from, END));
        Self::any_of(gaps)
    }

    /// The ranges without those in which no multiple of `step` lies, each cut down to the multiples in it.
    pub(crate) fn in_steps(&self, step: i128) -> Self {
        let cut = |&(from, to): &(i128, i128)| {
            let start = if from == -END { from } else { -(-from).div_euclid(step) * step };
            let end = if to == END { to } else { to.div_euclid(step) * step };
            (start, end)
        };
        // Ranges that touch after the cut are still apart: what lies between two steps is nothing.
        Self(self.0.iter().map(cut).filter(|(from, to)| from <= to).collect())
    }

    /// Whether no multiple of `step` is in it.
    pub(crate) fn is_empty(&self, step: i128) -> bool {
        self.in_steps(step).0.is_empty()
    }

    /// Whether a number is in it.
    pub(crate) fn contains(&self, number: i128) -> bool {
        self.0.iter().any(|&(from, to)| from <= number && number <= to)
    }

    /// A multiple of `step` out of each part of it that none of the others cuts.
    pub(crate) fn apart<'x>(&self, others: impl Iterator<Item = &'x Self>, step: i128) -> Vec<i128> {
        let cuts = others.flat_map(|other| &other.0).flat_map(|&(from, to)| [from, to + 1]);
        let starts: BTreeSet<i128> = cuts.chain([-END]).collect();
        let ends = starts.iter().skip(1).map(|next| next - 1).chain([END]);
        let parts = starts.iter().zip(ends).map(|(from, to)| self.and(&Self::between(*from, to)).in_steps(step));
        parts.filter_map(|part| part.0.first().map(|(from, _)| *from)).collect()
    }

    /// Whether all of its multiples of `step` are in the other.
    pub(crate) fn is_within(&self, other: &Self, step: i128) -> bool {
        self.and(&other.not()).is_empty(step)
    }

    /// The ranges; a missing end is none.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Option<i128>, Option<i128>)> + '_ {
        self.0.iter().map(|&(from, to)| ((from > -END).then_some(from), (to < END).then_some(to)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_numbers() {
        let upper = Ranges::from(10);
        let lower = Ranges::up_to(9);
        assert_eq!(upper.and(&lower), Ranges::between(1, 0));
        assert_eq!(upper.or(&lower), Ranges::all());
        assert_eq!(upper.not(), lower);
        assert_eq!(Ranges::any_of([(5, 6), (1, 2), (3, 3)]), Ranges::any_of([(1, 3), (5, 6)]));
        assert!(Ranges::between(3, 7).is_within(&Ranges::from(4), 4));
        assert!(!Ranges::between(3, 8).is_within(&Ranges::from(5).and(&Ranges::up_to(7)), 4));
    }

    #[test]
    fn between_two_steps_lies_nothing() {
        assert!(Ranges::between(5, 7).is_empty(4));
        assert!(Ranges::between(-7, -5).is_empty(4));
        assert!(!Ranges::between(-8, -8).is_empty(4));
        assert!(!Ranges::from(5).is_empty(4));
        assert_eq!(Ranges::between(-5, 9).in_steps(4), Ranges::between(-4, 8));
    }
}
