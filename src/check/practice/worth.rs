//! What a criterion can give and what it looks at, as far as the lints of practice ask.

use super::super::conditions::terms;
use crate::points::Points;
use crate::rulebook::expr::{Expr, Measure, Selection, Term, Worth};
use crate::rulebook::{Criterion, Rulebook};

/// Every number of points that stands in a criterion.
pub(in crate::check) fn points(rulebook: &Rulebook, criterion: &Criterion) -> Vec<Points> {
    match &criterion.worth {
        Worth::Choose { arms, otherwise, unknown } => {
            arms.iter().map(|arm| arm.points).chain([*otherwise, *unknown]).collect()
        }
        Worth::Lookup { entries, otherwise, unknown, .. } => {
            entries.iter().map(|entry| entry.points).chain([*otherwise, *unknown]).collect()
        }
        Worth::Occurrences { tally, .. } => match &rulebook.tallies[*tally].measure {
            Measure::Points { points, .. } => vec![*points],
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

/// The conditions of a criterion, `only_if` last.
pub(in crate::check) fn conditions(criterion: &Criterion) -> Vec<&Expr> {
    let own: Vec<&Expr> = match &criterion.worth {
        Worth::Choose { arms, .. } => arms.iter().map(|arm| &arm.when).collect(),
        Worth::Lookup { .. } | Worth::Occurrences { .. } => Vec::new(),
    };
    own.into_iter().chain(&criterion.only_if).collect()
}

/// The tallies that a criterion reads.
pub(in crate::check) fn tallies(criterion: &Criterion) -> Vec<usize> {
    let read = conditions(criterion).into_iter().flat_map(terms).filter_map(|term| match term {
        Term::Tally(tally) => Some(tally),
        Term::Field(_) | Term::Score(_) => None,
    });
    let own = match criterion.worth {
        Worth::Occurrences { tally, .. } => Some(tally),
        _ => None,
    };
    read.chain(own).collect()
}

/// Whether a criterion looks at fields of the lead.
pub(in crate::check) fn reads_fields(criterion: &Criterion) -> bool {
    let in_conditions = || conditions(criterion).into_iter().flat_map(terms);
    matches!(criterion.worth, Worth::Lookup { .. }) || in_conditions().any(|term| matches!(term, Term::Field(_)))
}

/// Whether a measure is the days since the last event.
pub(in crate::check) fn is_idleness(measure: &Measure) -> bool {
    matches!(measure, Measure::IdleDays { .. } | Measure::Newest)
}

/// Whether old events stop to count.
pub(in crate::check) fn fades(select: &Selection, measure: &Measure) -> bool {
    let decays = matches!(measure, Measure::Points { decay: Some(_), .. });
    select.within_ms.is_some() || decays || is_idleness(measure)
}
