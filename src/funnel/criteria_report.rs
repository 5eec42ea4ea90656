//! Outcomes by criterion, points by group, pairs that fire together, and what did not close.

use super::by_criterion::{ByCriterion, EffectSums, PointSums};
use super::estimate::ratio;
use super::figures::{FEW, count, points, rate, rate_of_known, to_share};
use super::lens::Lens;
use super::observed::Observed;
use super::report::{
    Criteria, CriterionEffect, DimensionPoints, Figure, GroupPoints, Pair, Unclosed, UnclosedCriterion,
};
use crate::rulebook::Criterion;
use std::cmp::Reverse;

const MOST_PAIRS: usize = 10;
const MOST_UNCLOSED: usize = 20;

/// Outcomes by criterion.
pub(super) fn criteria_report(lens: &Lens<'_>, seen: &Observed) -> Criteria {
    let criteria = lens.rulebook.criteria.iter().zip(&seen.criteria.effects);
    let enabled = criteria.filter(|(criterion, _)| criterion.enabled);
    Criteria {
        criteria: enabled.map(|(criterion, effect)| criterion_effect(lens, seen, criterion, effect)).collect(),
        dimensions: dimensions(lens, &seen.criteria),
        pairs: pairs(lens, &seen.criteria, seen.n_leads),
        unclosed: unclosed(lens, &seen.criteria),
    }
}

fn criterion_effect(lens: &Lens<'_>, seen: &Observed, criterion: &Criterion, effect: &EffectSums) -> CriterionEffect {
    let dimension = &lens.rulebook.dimensions[criterion.dimension];
    let part = criterion
        .group
        .map_or_else(|| dimension.name.clone(), |group| format!("{}.{}", dimension.name, dimension.groups[group].name));
    let n_with = effect.points.n_leads;
    let n_without = seen.n_leads - n_with;
    let (with, without) = (effect.takings, seen.criteria.takings.without(effect.takings));
    let known = |n: u64| lens.customer.map(|_| n);
    let worth = lens.worth().and_then(|worth| seen.criteria.takings.ltv(worth).0);
    CriterionEffect {
        id: criterion.id.clone(),
        title: criterion.title().to_owned(),
        part,
        n_fired: n_with,
        given: points(effect.points.given_hundredths),
        taken: points(effect.points.taken_hundredths),
        rate_with: rate_of_known(known(with.n_customers), n_with),
        rate_without: rate_of_known(known(without.n_customers), n_without),
        revenue_with: with.revenue_a_lead(n_with, worth),
        revenue_without: without.revenue_a_lead(n_without, worth),
        lift: match known(0) {
            None => Figure::None,
            Some(_) => lift((with.n_customers, n_with), (without.n_customers, n_without)),
        },
    }
}

/// The ratio of two rates, each customers of leads.
fn lift(with: (u64, u64), without: (u64, u64)) -> Figure {
    let n_fewest = with.1.min(without.1);
    match ratio(with.0, with.1, without.0, without.1) {
        _ if n_fewest == 0 => Figure::None,
        _ if n_fewest < FEW => Figure::TooFew { n: n_fewest },
        None => Figure::None,
        Some((value, None)) => Figure::Known { value: to_share(value) },
        Some((value, Some((low, high)))) => {
            Figure::Between { value: to_share(value), low: to_share(low), high: to_share(high) }
        }
    }
}

fn dimensions(lens: &Lens<'_>, sums: &ByCriterion) -> Vec<DimensionPoints> {
    let group = |(group, sums): (&crate::rulebook::Group, &PointSums)| GroupPoints {
        name: group.name.clone(),
        n_leads: sums.n_leads,
        given: points(sums.given_hundredths),
        taken: points(sums.taken_hundredths),
    };
    let dimensions = lens.rulebook.dimensions.iter().zip(&sums.dimensions);
    let dimension =
        |(dimension, (own, groups)): (&crate::rulebook::Dimension, &(PointSums, Vec<PointSums>))| DimensionPoints {
            name: dimension.name.clone(),
            in_total: dimension.in_total,
            n_leads: own.n_leads,
            given: points(own.given_hundredths),
            taken: points(own.taken_hundredths),
            groups: dimension.groups.iter().zip(groups).map(group).collect(),
        };
    dimensions.map(dimension).collect()
}

fn pairs(lens: &Lens<'_>, sums: &ByCriterion, n_leads: u64) -> Vec<Pair> {
    // What fires on nearly everybody fires together with everything.
    let is_telling = |criterion: usize| sums.effects[criterion].points.n_leads * 10 <= n_leads * 9;
    let mut found: Vec<(u64, u64, usize, usize)> = Vec::new();
    for b in 0..sums.effects.len() {
        for a in 0..b {
            let n_both = sums.n_both(a, b);
            if n_both >= FEW && is_telling(a) && is_telling(b) {
                let n_either = sums.effects[a].points.n_leads + sums.effects[b].points.n_leads - n_both;
                found.push((n_both, n_either, a, b));
            }
        }
    }
    // By n_both / n_either, falling, without dividing.
    let index = |left: &(u64, u64, usize, usize), right: &(u64, u64, usize, usize)| {
        (u128::from(right.0) * u128::from(left.1)).cmp(&(u128::from(left.0) * u128::from(right.1)))
    };
    found.sort_by(|left, right| {
        index(left, right).then(right.0.cmp(&left.0)).then((left.2, left.3).cmp(&(right.2, right.3)))
    });
    let title = |criterion: usize| lens.rulebook.criteria[criterion].title().to_owned();
    let pair = |(n_both, n_either, a, b): (u64, u64, usize, usize)| Pair {
        titles: (title(a), title(b)),
        n_both,
        n_either,
        jaccard: to_share(count(n_both) / count(n_either)),
    };
    found.into_iter().take(MOST_PAIRS).map(pair).collect()
}

fn unclosed(lens: &Lens<'_>, sums: &ByCriterion) -> Option<Unclosed> {
    let path = lens.paths.first()?;
    let mut fired: Vec<(&Criterion, &EffectSums)> =
        lens.rulebook.criteria.iter().zip(&sums.effects).filter(|(_, effect)| effect.n_late > 0).collect();
    fired.sort_by_key(|(_, effect)| Reverse(effect.n_late - effect.n_closed));
    let row = |(criterion, effect): (&Criterion, &EffectSums)| UnclosedCriterion {
        title: criterion.title().to_owned(),
        n: effect.n_late,
        n_unclosed: effect.n_late - effect.n_closed,
        closed: rate(effect.n_closed, effect.n_late),
        closed_without: rate(sums.n_closed - effect.n_closed, sums.n_late - effect.n_late),
    };
    Some(Unclosed {
        path: path.name.clone(),
        stage: lens.stage_of(0, path.stages.len() - 2),
        n: sums.n_late,
        n_closed: sums.n_closed,
        n_lost: lens.lost.map(|_| sums.n_lost),
        n_open: sums.n_late - sums.n_closed - sums.n_lost,
        criteria: fired.into_iter().take(MOST_UNCLOSED).map(row).collect(),
    })
}
