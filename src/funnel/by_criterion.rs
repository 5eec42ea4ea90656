//! Outcomes by criterion, points by dimension and group, and which criteria fire on the same leads.

use super::worth::Takings;
use crate::points::Points;
use crate::score::{ScoreCard, Subtotal};

/// With more criteria than this, pairs are not counted: their number grows with the square.
const MOST_PAIRED: usize = 512;

/// What a criterion did.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EffectSums {
    pub points: PointSums,
    pub takings: Takings,
    /// Of the leads that came to the stage before the last: those on which it fired.
    pub n_late: u64,
    /// Of these: reached the last.
    pub n_closed: u64,
}

/// Points added up, given and taken apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PointSums {
    pub n_leads: u64,
    pub given_hundredths: i128,
    pub taken_hundredths: i128,
}

impl PointSums {
    fn add_points(&mut self, points: Points) {
        let hundredths = i128::from(points.hundredths());
        self.n_leads += u64::from(hundredths != 0);
        self.given_hundredths += hundredths.max(0);
        self.taken_hundredths += hundredths.min(0);
    }

    fn add(&mut self, other: Self) {
        self.n_leads += other.n_leads;
        self.given_hundredths += other.given_hundredths;
        self.taken_hundredths += other.taken_hundredths;
    }
}

/// A lead that is a customer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Customer {
    /// What it was worth, if that is on record.
    pub worth_micros: Option<i64>,
}

/// How far a lead got on the first path, as far as closing is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    /// It did not come to the stage before the last.
    Early,
    /// It did, and no further.
    Late {
        /// It was lost.
        is_lost: bool,
    },
    /// It reached the last.
    Closed,
}

/// The sums by criterion.
#[derive(Clone, Debug, Default)]
pub(super) struct ByCriterion {
    pub effects: Vec<EffectSums>,
    pub takings: Takings,
    pub dimensions: Vec<(PointSums, Vec<PointSums>)>,
    pub n_late: u64,
    pub n_closed: u64,
    pub n_lost: u64,
    /// For each pair `a < b`, at `b·(b−1)/2 + a`, on how many leads both fired.
    both: Vec<u32>,
}

impl ByCriterion {
    pub(super) fn new(rulebook: &crate::rulebook::Rulebook) -> Self {
        let n = rulebook.criteria.len();
        let groups = |dimension: &crate::rulebook::Dimension| vec![PointSums::default(); dimension.groups.len()];
        Self {
            effects: vec![EffectSums::default(); n],
            dimensions: rulebook.dimensions.iter().map(|dimension| (PointSums::default(), groups(dimension))).collect(),
            both: vec![0; if n <= MOST_PAIRED { n * n.saturating_sub(1) / 2 } else { 0 }],
            ..Self::default()
        }
    }

    pub(super) fn add_lead(&mut self, card: &ScoreCard, customer: Option<Customer>, closing: Closing) {
        let (is_late, is_closed) = (closing != Closing::Early, closing == Closing::Closed);
        self.n_late += u64::from(is_late);
        self.n_closed += u64::from(is_closed);
        self.n_lost += u64::from(closing == Closing::Late { is_lost: true });
        if let Some(Customer { worth_micros }) = customer {
            self.takings.add_customer(worth_micros);
        }
        for &index in &card.given {
            let effect = &mut self.effects[index];
            effect.points.add_points(card.criteria[index]);
            effect.n_late += u64::from(is_late);
            effect.n_closed += u64::from(is_closed);
            if let Some(Customer { worth_micros }) = customer {
                effect.takings.add_customer(worth_micros);
            }
        }
        if !self.both.is_empty() {
            for (place, b) in card.given.iter().enumerate() {
                let row = &mut self.both[b * b.saturating_sub(1) / 2..];
                card.given[..place].iter().for_each(|a| row[*a] += 1);
            }
        }
        self.add_dimensions(card);
    }

    fn add_dimensions(&mut self, card: &ScoreCard) {
        for ((sums, groups), (subtotal, subtotals)) in
            self.dimensions.iter_mut().zip(card.dimensions.iter().zip(&card.groups))
        {
            sums.add_points(subtotal.value);
            groups.iter_mut().zip(subtotals).for_each(|(sums, Subtotal { value, .. })| sums.add_points(*value));
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (effect, more) in self.effects.iter_mut().zip(&other.effects) {
            effect.points.add(more.points);
            effect.takings.add(more.takings);
            effect.n_late += more.n_late;
            effect.n_closed += more.n_closed;
        }
        for ((sums, groups), (more, more_groups)) in self.dimensions.iter_mut().zip(&other.dimensions) {
            sums.add(*more);
            groups.iter_mut().zip(more_groups).for_each(|(sums, more)| sums.add(*more));
        }
        self.takings.add(other.takings);
        self.n_late += other.n_late;
        self.n_closed += other.n_closed;
        self.n_lost += other.n_lost;
        self.both.iter_mut().zip(&other.both).for_each(|(sum, n)| *sum += n);
    }

    /// On how many leads both fired; `a` below `b`.
    pub(super) fn n_both(&self, a: usize, b: usize) -> u64 {
        self.both.get(b * b.saturating_sub(1) / 2 + a).copied().unwrap_or(0).into()
    }
}
