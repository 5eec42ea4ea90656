//! An interval of points, and how it goes through sums, weights and limits, as the engine's numbers do.

use crate::points::Points;
use crate::rulebook::Limits;

const ABOVE_ALL: Points = Points::from_hundredths(i64::MAX);
const BELOW_ALL: Points = Points::from_hundredths(i64::MIN);

/// From the fewest to the most points that a lead can get, both among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PointRange {
    /// The fewest; the least number there is where nothing bounds them.
    pub min: Points,
    /// The most; the greatest number there is where nothing bounds them.
    pub max: Points,
}

/// The intervals of a sum on its way through a weight and limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SubRange {
    /// Of the sum of the parts.
    pub sum: PointRange,
    /// After silence and the weight.
    pub weighted: PointRange,
    /// After the limits: of what counts.
    pub value: PointRange,
}

impl PointRange {
    /// Nothing bounds the points.
    pub(super) const EVERY: Self = Self { min: BELOW_ALL, max: ABOVE_ALL };

    /// Just these points.
    #[must_use]
    pub const fn only(points: Points) -> Self {
        Self { min: points, max: points }
    }

    /// Nothing bounds the points on the side of this sign.
    #[must_use]
    pub(super) fn unbounded(is_negative: bool) -> Self {
        if is_negative {
            Self { min: BELOW_ALL, max: Points::ZERO }
        } else {
            Self { min: Points::ZERO, max: ABOVE_ALL }
        }
    }

    /// So many or more, and nothing bounds them above.
    #[must_use]
    pub(super) fn whole_from(least: i64) -> Self {
        Self { min: Points::from_hundredths(least * 100), max: ABOVE_ALL }
    }

    /// Whether points lie in it.
    #[must_use]
    pub fn contains(self, points: Points) -> bool {
        self.min <= points && points <= self.max
    }

    /// Whether there is only one number in it.
    #[must_use]
    pub fn is_single(self) -> bool {
        self.min == self.max
    }

    /// Whether something bounds it above.
    #[must_use]
    pub fn has_max(self) -> bool {
        self.max != ABOVE_ALL
    }

    /// Whether something bounds it below.
    #[must_use]
    pub fn has_min(self) -> bool {
        self.min != BELOW_ALL
    }

    /// How far the ends lie apart; none where one side is without an end.
    #[must_use]
    pub fn span(self) -> Option<Points> {
        (self.has_min() && self.has_max()).then(|| self.max.saturating_sub(self.min))
    }

    /// The smallest interval with both in it.
    #[must_use]
    pub(super) fn join(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// Of the sum of a number of each.
    #[must_use]
    pub(super) fn plus(self, other: Self) -> Self {
        Self { min: sum(self.min, other.min), max: sum(self.max, other.max) }
    }

    /// What silence can leave of it: of a sum above 0 anything down to nothing.
    #[must_use]
    pub(super) fn faded(self, has_fade: bool) -> Self {
        if has_fade { Self { min: self.min.min(Points::ZERO), ..self } } else { self }
    }

    /// Through a weight.
    #[must_use]
    pub(super) fn scaled(self, weight_micros: i64) -> Self {
        let scale = |points: Points| match points {
            _ if weight_micros == 0 => Points::ZERO,
            ABOVE_ALL | BELOW_ALL => points,
            points => points.scaled(weight_micros),
        };
        Self { min: scale(self.min), max: scale(self.max) }
    }

    /// Through limits.
    #[must_use]
    pub(super) fn within(self, limits: Limits) -> Self {
        Self { min: limits.apply(self.min), max: limits.apply(self.max) }
    }
}

/// A sum in which what nothing bounds stays so.
fn sum(a: Points, b: Points) -> Points {
    match (a, b) {
        (ABOVE_ALL | BELOW_ALL, _) => a,
        (_, ABOVE_ALL | BELOW_ALL) => b,
        _ => a.saturating_add(b),
    }
}
