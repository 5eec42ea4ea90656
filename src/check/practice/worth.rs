//! What a criterion can give and what it looks at, as far as the lints of practice ask.

use crate::points::Points;
use crate::rulebook::expr::{EventPoints, Measure, Tally, Worth, Yield};
use crate::rulebook::{Criterion, Rulebook};

const ONE: Points = Points::from_hundredths(100);

/// Every number of points that stands in a criterion.
fn points(rulebook: &Rulebook, criterion: &Criterion) -> Vec<Points> {
    match &criterion.worth {
        Worth::Choose { arms, otherwise, unknown } => {
            arms.iter().map(|arm| arm.points).chain([*otherwise, *unknown]).collect()
        }
        Worth::Lookup { entries, otherwise, unknown, .. } => {
            entries.iter().map(|entry| entry.points).chain([*otherwise, *unknown]).collect()
        }
        Worth::Occurrences { tally, .. } => match &rulebook.tallies[*tally].measure {
            Measure::Points { points: EventPoints::Fixed(points), .. } => vec![*points],
            // A file can say any number.
            Measure::Points { points: EventPoints::Field { .. }, .. } => vec![ONE, Points::ZERO.saturating_sub(ONE)],
            _ => Vec::new(),
        },
    }
}

/// Whether a criterion can take points away.
pub(in crate::check) fn can_take(rulebook: &Rulebook, criterion: &Criterion) -> bool {
    points(rulebook, criterion).iter().any(|points| *points < Points::default())
}

/// Whether a criterion can give points.
pub(in crate::check) fn can_give(rulebook: &Rulebook, criterion: &Criterion) -> bool {
    points(rulebook, criterion).iter().any(|points| *points > Points::default())
}

/// Whether old events stop to count for a tally of theirs.
pub(in crate::check) fn fades(rulebook: &Rulebook, tally: usize) -> bool {
    let Tally { select, measure } = &rulebook.tallies[tally];
    let decays = matches!(measure, Measure::Points { decay: Some(_), .. });
    select.within_ms.is_some() || decays || rulebook.yields(tally) == Yield::Days
}
