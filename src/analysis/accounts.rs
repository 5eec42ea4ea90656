//! What the scores of accounts can come to, by what their leads' can.

use super::bounds::Bounds;
use super::range::PointRange;
use crate::points::Points;
use crate::rulebook::RollUp;

impl Bounds<'_> {
    /// What a score of an account can come to. An account has one lead or more.
    pub(super) fn account_score(&self, score: usize) -> PointRange {
        let scores = self.rulebook.accounts.iter().flat_map(|accounts| &accounts.scores);
        let Some(score) = scores.map(|score| &score.roll_up).nth(score) else { return PointRange::default() };
        match score {
            RollUp::Max(score) | RollUp::Mean(score) => self.score(*score),
            RollUp::Sum { score, top } => summed(self.score(*score), *top),
            RollUp::Count(None) => PointRange::whole_from(1),
            RollUp::Count(Some(_)) => PointRange::whole_from(0),
        }
    }
}

/// The sum over one lead or more, of which so many count.
fn summed(one: PointRange, top: Option<usize>) -> PointRange {
    let times = |points: Points| {
        let n_leads = top.and_then(|top| i64::try_from(top).ok())?;
        points.hundredths().checked_mul(n_leads).map(Points::from_hundredths)
    };
    let (least, most) = (PointRange::unbounded(true).min, PointRange::unbounded(false).max);
    let max = if one.max > Points::ZERO && one.has_max() { times(one.max).unwrap_or(most) } else { one.max };
    let min = if one.min < Points::ZERO && one.has_min() { times(one.min).unwrap_or(least) } else { one.min };
    PointRange { min, max }
}
