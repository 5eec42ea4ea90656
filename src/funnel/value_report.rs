//! What a lead of each stage is worth: lifetime value × the factors of a chain, beside the directly measured rate.

use super::figures::{count, float, known, map, of_rate, to_cents, to_share};
use super::flow::Flow;
use super::lens::Lens;
use super::observed::Observed;
use super::pipeline::pipeline;
use super::report::{
    ChainFactor, FactorFrom, Figure, Ltv, Pool, SegmentValue, SpendRow, StageCost, StageValue, StatedFactors,
    ValueFigures,
};
use super::sums::Sums;
use super::window::windows_of;
use crate::rulebook::ValueModel;

/// The name of the row that adds the segments with spend up.
const ALL_WITH_SPEND: &str = "all with spend";

/// What leads are worth; none without `value` in the rulebook.
#[must_use]
pub(crate) fn value_report(lens: &Lens<'_>, seen: &Observed) -> Option<ValueFigures> {
    let model = lens.value?;
    let takings = seen.criteria.takings;
    let (ltv, shown) = lens.worth().map(|worth| takings.ltv(worth)).unzip();
    let (ltv, shown): (Option<f64>, Option<Ltv>) = (ltv.flatten(), shown);
    let worth = Valuation { lens, seen, model, ltv, spend: spend(model, seen) };
    let paths = || (0..lens.paths.len()).filter(|path| ends_in_customer(lens, *path));
    let stages: Vec<StageValue> = paths()
        .flat_map(|path| (0..lens.paths[path].stages.len() - 1).map(move |place| (path, place)))
        .map(|(path, place)| worth.stage(path, place))
        .collect();
    Some(ValueFigures {
        currency: model.currency.clone(),
        ltv: shown,
        target_roas: model.target_roas.map(|roas| to_share(float(roas.micros().into()) / 1e6)),
        pool: worth.pool(&stages),
        pipeline: pipeline(lens, seen),
        spend: worth.spend_rows(),
        stages,
    })
}

/// Only a path that ends in the customer stage leads to a customer's value.
pub(super) fn ends_in_customer(lens: &Lens<'_>, path: usize) -> bool {
    lens.customer.is_some() && lens.paths[path].stages.last().copied() == lens.customer
}

/// Spend by segment, each with the leads of the segment.
type SegmentSpend<'x> = Vec<(&'x str, f64, Option<&'x Sums>)>;

fn spend<'x>(model: &'x ValueModel, seen: &'x Observed) -> SegmentSpend<'x> {
    let row = |spend: &'x crate::rulebook::Spend| {
        let sums = seen.segments.first().and_then(|segments| segments.get(&spend.segment));
        (spend.segment.as_str(), float(spend.amount.micros().into()) / 1e6, sums)
    };
    model.spend.iter().map(row).collect()
}

struct Valuation<'x> {
    lens: &'x Lens<'x>,
    seen: &'x Observed,
    model: &'x ValueModel,
    ltv: Option<f64>,
    spend: SegmentSpend<'x>,
}

impl Valuation<'_> {
    fn stage(&self, path: usize, place: usize) -> StageValue {
        let flow = &self.seen.all.flows[path];
        let last = flow.stages.len() - 1;
        let factors = self.factors(path, place);
        let chain = product(&factors);
        let chain_value = self.times_ltv(chain);
        let direct_rate = flow.rate(place, last);
        let direct = self.times_ltv(of_rate(direct_rate, |rate| rate));
        let differs = |factor: &&ChainFactor| {
            factor.source == FactorFrom::Stated || (factors.len() > 1 && factor.within_ms.is_some())
        };
        let stated: Vec<ChainFactor> = factors.iter().filter(differs).cloned().collect();
        let gap = match (known(chain_value), known(direct)) {
            (Some(_), Some(_)) if stated.is_empty() => Figure::Known { value: 0.0 },
            (Some(chain), Some(direct)) => Figure::Known { value: to_cents(chain - direct) },
            _ => Figure::None,
        };
        let gap_why = (!stated.is_empty()).then_some(StatedFactors(stated));
        let max_cost = self.max_cost(if known(chain_value).is_some() { chain_value } else { direct });
        StageValue {
            path: self.lens.paths[path].name.clone(),
            stage: self.lens.stage_of(path, place),
            chain_rate: map(chain, to_share),
            chain: map(chain_value, to_cents),
            direct_rate,
            direct: map(direct, to_cents),
            gap,
            gap_why,
            max_cost,
            cost: self.cost_of_all(path, place),
            segments: self.segments(path, place),
            factors: factors
                .into_iter()
                .map(|factor| ChainFactor { rate: map(factor.rate, to_share), ..factor })
                .collect(),
        }
    }

    /// The steps from a stage to the last, stated ones in place of measured ones. A stated rate may span several steps.
    fn factors(&self, path: usize, place: usize) -> Vec<ChainFactor> {
        let stages = &self.lens.paths[path].stages;
        let flow = &self.seen.all.flows[path];
        let mut factors = Vec::new();
        let mut from = place;
        while from + 1 < stages.len() {
            let stated = (from + 1..stages.len()).find_map(|to| {
                let is_it = |rate: &&crate::rulebook::StatedRate| rate.from == stages[from] && rate.to == stages[to];
                self.model.rates.iter().find(is_it).map(|rate| (to, float(rate.rate.micros().into()) / 1e6))
            });
            let (to, rate) = match stated {
                Some((to, rate)) => (to, Some(rate)),
                None => (from + 1, None),
            };
            let measured = flow.rate(from, to);
            factors.push(ChainFactor {
                from: self.lens.stage_of(path, from),
                to: self.lens.stage_of(path, to),
                rate: rate.map_or_else(|| plain(of_rate(measured, |rate| rate)), |value| Figure::Known { value }),
                source: if rate.is_some() { FactorFrom::Stated } else { FactorFrom::Measured },
                measured,
                within_ms: flow.window(from, to).map(|step| step.window.within_ms),
            });
            from = to;
        }
        factors
    }

    fn times_ltv(&self, rate: Figure) -> Figure {
        self.ltv.map_or(Figure::None, |ltv| map(rate, |rate| ltv * rate))
    }

    fn max_cost(&self, value: Figure) -> Figure {
        let Some(roas) = self.model.target_roas else { return Figure::None };
        map(plain(value), |value| to_cents(value / (float(roas.micros().into()) / 1e6)))
    }

    fn cost_of_all(&self, path: usize, place: usize) -> Figure {
        let n = self.spend.iter().filter_map(|(_, _, sums)| *sums).map(|sums| sums.flows[path].n_reached(place)).sum();
        if self.spend.is_empty() { Figure::None } else { cost(self.spend.iter().map(|(_, amount, _)| amount).sum(), n) }
    }

    fn segments(&self, path: usize, place: usize) -> Vec<SegmentValue> {
        let Some(segments) = self.seen.segments.first() else { return Vec::new() };
        let last = self.lens.paths[path].stages.len() - 1;
        // With one step left the direct rate is that of its window.
        let has_window = place + 1 < last && windows_of(self.lens, path).any(|window| window.from >= place);
        let row = |(name, sums): &(String, Sums)| {
            let direct_rate = sums.flows[path].rate(place, last);
            let chain_rate = has_window.then(|| windowed(&sums.flows[path], place));
            let value = self.times_ltv(chain_rate.unwrap_or_else(|| of_rate(direct_rate, |rate| rate)));
            let spent = self.spend.iter().find(|(segment, ..)| crate::value::fold(segment) == crate::value::fold(name));
            SegmentValue {
                name: name.clone(),
                direct_rate,
                chain_rate: chain_rate.map(|rate| map(rate, to_share)),
                value: map(value, to_cents),
                max_cost: self.max_cost(value),
                cost: spent.map_or(Figure::None, |(_, amount, _)| cost(*amount, sums.flows[path].n_reached(place))),
            }
        };
        segments.shown().0.iter().map(row).collect()
    }

    fn pool(&self, stages: &[StageValue]) -> Vec<Pool> {
        let places = (0..self.lens.paths.len())
            .flat_map(|path| (0..self.lens.paths[path].stages.len() - 1).map(move |place| (path, place)));
        let pool = |(path, place): (usize, usize)| {
            let (path_name, stage) = (self.lens.paths[path].name.clone(), self.lens.stage_of(path, place));
            let n_open = self.seen.all.flows[path].stages[place].n_open_here;
            let worth = stages.iter().find(|worth| worth.path == path_name && worth.stage == stage);
            let each = worth
                .map_or(Figure::None, |worth| if known(worth.chain).is_some() { worth.chain } else { worth.direct });
            Pool { path: path_name, stage, n_open, value: map(each, |each| to_cents(each * count(n_open))) }
        };
        places.map(pool).collect()
    }

    fn spend_rows(&self) -> Vec<SpendRow> {
        if self.spend.is_empty() {
            return Vec::new();
        }
        let places = || {
            (0..self.lens.paths.len())
                .flat_map(|path| (0..self.lens.paths[path].stages.len()).map(move |place| (path, place)))
        };
        let row = |segment: &str, amount: f64, n_reached: &dyn Fn(usize, usize) -> u64| SpendRow {
            segment: segment.to_owned(),
            amount: to_cents(amount),
            costs: places()
                .map(|(path, place)| {
                    let n = n_reached(path, place);
                    let (path, stage) = (self.lens.paths[path].name.clone(), self.lens.stage_of(path, place));
                    StageCost { path, stage, n, cost: cost(amount, n) }
                })
                .collect(),
        };
        let of =
            |sums: Option<&Sums>, path: usize, place: usize| sums.map_or(0, |sums| sums.flows[path].n_reached(place));
        let each = self
            .spend
            .iter()
            .map(|(segment, amount, sums)| row(segment, *amount, &|path, place| of(*sums, path, place)));
        let total = self.spend.iter().map(|(_, amount, _)| amount).sum();
        let all = row(ALL_WITH_SPEND, total, &|path, place| {
            self.spend.iter().map(|(_, _, sums)| of(*sums, path, place)).sum()
        });
        each.chain([all]).collect()
    }
}

/// The product of the measured rates from a stage to the last.
fn windowed(flow: &Flow, place: usize) -> Figure {
    let rates = (place..flow.stages.len() - 1).map(|from| of_rate(flow.rate(from, from + 1), |rate| rate));
    multiplied(rates)
}

fn cost(amount: f64, n: u64) -> Figure {
    if n == 0 { Figure::None } else { Figure::Known { value: to_cents(amount / count(n)) } }
}

/// A figure without its interval.
fn plain(figure: Figure) -> Figure {
    known(figure).map_or(figure, |value| Figure::Known { value })
}

/// The product of the factors; too few or unknown if one is.
fn product(factors: &[ChainFactor]) -> Figure {
    multiplied(factors.iter().map(|factor| factor.rate))
}

fn multiplied(rates: impl Iterator<Item = Figure>) -> Figure {
    let mut product = 1.0;
    for rate in rates {
        match known(rate) {
            Some(rate) => product *= rate,
            None => return rate,
        }
    }
    Figure::Known { value: product }
}
