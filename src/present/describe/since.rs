//! From when on events count in a dimension, said once instead of with every criterion.

use crate::explain::words::{Side, Voice, field};
use crate::rulebook::expr::{Expr, FieldRef, Term, Worth};
use crate::rulebook::{Criterion, Rulebook};

/// The dates that hold for all events that a dimension looks at.
pub(super) fn common(rulebook: &Rulebook, dimension: usize) -> Vec<FieldRef> {
    let ours = rulebook.criteria.iter().filter(|criterion| criterion.enabled && criterion.dimension == dimension);
    let mut sinces = ours.flat_map(tallies).map(|tally| &rulebook.tallies[tally].select.since);
    let Some(first) = sinces.next() else { return Vec::new() };
    sinces.fold(first.clone(), |mut common, since| {
        common.retain(|field| since.contains(field));
        common
    })
}

/// That in a sentence.
pub(super) fn sentence(voice: Voice<'_, '_>, since: &[FieldRef]) -> Option<String> {
    let names: Vec<String> = since.iter().map(|name| field(voice, *name, Side::Lead)).collect();
    match &names[..] {
        [] => None,
        [one] => Some(format!("Where there is a date in {one}, only events after it count.")),
        _ => Some(format!("Only events after the latest of the dates in {} count.", names.join(" and "))),
    }
}

/// The measures that a criterion reads.
fn tallies(criterion: &Criterion) -> Vec<usize> {
    let mut found = Vec::new();
    criterion.only_if.iter().for_each(|only_if| read_by(only_if, &mut found));
    match &criterion.worth {
        Worth::Choose { arms, .. } => arms.iter().for_each(|arm| read_by(&arm.when, &mut found)),
        Worth::Lookup { .. } => {}
        Worth::Occurrences { tally, .. } => found.push(*tally),
    }
    found
}

fn read_by(expr: &Expr, found: &mut Vec<usize>) {
    let mut note = |term: &Term| found.extend(if let Term::Tally(tally) = term { Some(*tally) } else { None });
    match expr {
        Expr::All(items) | Expr::Any(items) | Expr::AtLeast(_, items) => {
            for item in items {
                read_by(item, found);
            }
        }
        Expr::Not(inner) => read_by(inner, found),
        Expr::Test { term, .. } => note(term),
        Expr::Compare { left, right, .. } => [left, right].into_iter().for_each(note),
        Expr::Present(_) | Expr::Stage(_) | Expr::Grade(_) => {}
    }
}
