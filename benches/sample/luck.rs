//! Choices that look random and follow from a seed.

use super::dice::Dice;

/// The choices of one thing.
pub(super) struct Luck(Dice);

impl Luck {
    /// Those of one thing of a kind.
    pub(super) fn of(kind: u64, number: usize) -> Self {
        Self(Dice::of(kind, number as u64))
    }

    /// A number below another.
    pub(super) fn below(&mut self, n: i64) -> i64 {
        i64::try_from(self.0.below(n.max(1).unsigned_abs())).unwrap_or(0)
    }

    /// A number of a range, both ends in.
    pub(super) fn among(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    /// True so many times of a thousand.
    pub(super) fn chance(&mut self, thousandths: i64) -> bool {
        self.below(1_000) < thousandths
    }

    /// One of several.
    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let place = usize::try_from(self.0.below(choices.len() as u64)).unwrap_or(0);
        choices[place]
    }

    /// One of several, by weight.
    pub(super) fn weigh<T: Copy>(&mut self, choices: &[(T, i64)]) -> T {
        let mut left = self.below(choices.iter().map(|(_, weight)| weight).sum());
        for (choice, weight) in choices {
            if left < *weight {
                return *choice;
            }
            left -= weight;
        }
        choices[0].0
    }
}
