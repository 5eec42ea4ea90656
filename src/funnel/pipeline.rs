//! What the open leads may bring, by their stage in the CRM and by the first segment.

use super::figures::{float, known, map, of_rate, to_cents};
use super::lens::Lens;
use super::observed::Observed;
use super::pass::Pass;
use super::report::{Figure, Pipeline, PipelineStage, PipelineSum, Rate};
use super::segments::{Segments, Summed};
use super::value_report::ends_in_customer;
use crate::rulebook::expr::FieldRef;
use crate::run::ScoredLead;

/// The amounts of some open leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Amounts {
    n_open: u64,
    n_with: u64,
    sum_micros: i128,
}

/// The same by stage, leads without one first.
#[derive(Clone, Debug)]
pub(super) struct ByStage(Vec<Amounts>);

/// The amounts of the open leads seen.
#[derive(Clone, Debug)]
pub(super) struct PipelineSeen {
    all: ByStage,
    /// By the first `by` field.
    segments: Option<Segments<ByStage>>,
}

impl Amounts {
    fn add(&mut self, other: Self) {
        self.n_open += other.n_open;
        self.n_with += other.n_with;
        self.sum_micros += other.sum_micros;
    }

    fn sum(self) -> f64 {
        to_cents(float(self.sum_micros) / 1e6)
    }
}

impl Summed for ByStage {
    fn add_sums(&mut self, other: &Self) {
        for (sum, more) in self.0.iter_mut().zip(&other.0) {
            sum.add(*more);
        }
    }

    fn size(&self) -> u64 {
        self.0.iter().map(|amounts| amounts.n_open).sum()
    }
}

impl PipelineSeen {
    /// No leads; none where the rulebook names no amount.
    pub(super) fn new(lens: &Lens<'_>) -> Option<Self> {
        lens.pipeline()?;
        let none = ByStage(vec![Amounts::default(); lens.rulebook.stages.len() + 1]);
        let segments = lens.by.first().map(|_| Segments::new(none.clone()));
        Some(Self { all: none, segments })
    }

    /// Adds a lead, as its latest pass has it.
    pub(super) fn add_lead(&mut self, lens: &Lens<'_>, lead: &ScoredLead<'_, '_>, pass: &Pass<'_, '_>) {
        let Some(field) = lens.pipeline().filter(|_| is_open(lens, lead, pass)) else { return };
        let amount = lead.facts.lead.value(field.field).number_rounded(field.part);
        let amounts = Amounts {
            n_open: 1,
            n_with: u64::from(amount.is_some()),
            sum_micros: amount.map_or(0, |amount| amount.micros().into()),
        };
        let stage = lead.card.crm_stage.map_or(0, |stage| stage + 1);
        self.all.0[stage].add(amounts);
        if let (Some(segments), Some(field)) = (&mut self.segments, lens.by.first()) {
            segments.of_lead(lead.facts, *field, |sums| sums.0[stage].add(amounts));
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.all.add_sums(&other.all);
        if let (Some(segments), Some(more)) = (&mut self.segments, &other.segments) {
            segments.add(more);
        }
    }
}

/// Neither disqualified, nor a customer, nor lost after all that the CRM recorded of it.
fn is_open(lens: &Lens<'_>, lead: &ScoredLead<'_, '_>, pass: &Pass<'_, '_>) -> bool {
    let newest = pass.entered.iter().filter_map(|entry| entry.at).max();
    let zone = &lens.rulebook.zone;
    let is_lost = pass.lost_after(newest, zone).is_some();
    !pass.is_disqualified && !is_lost && lens.is_customer(lead.card) != Some(true)
}

/// The figures; none where the rulebook names no amount.
pub(super) fn pipeline(lens: &Lens<'_>, seen: &Observed) -> Option<Pipeline> {
    let (field, found): (FieldRef, _) = lens.pipeline().zip(seen.pipeline.as_ref())?;
    let rates: Vec<StageRate> = (0..found.all.0.len()).map(|stage| StageRate::of(lens, seen, stage)).collect();
    let sum = |name: &str, sums: &ByStage| {
        let mut all = Amounts::default();
        sums.0.iter().for_each(|amounts| all.add(*amounts));
        PipelineSum {
            name: name.to_owned(),
            n_open: all.n_open,
            n_with: all.n_with,
            sum: all.sum(),
            weighted: weighted(sums, &rates),
        }
    };
    let segments = found.segments.iter().flat_map(|segments| segments.shown().0);
    let stages = found.all.0.iter().zip(&rates).enumerate().filter(|(_, (amounts, _))| amounts.n_open > 0);
    let stage = |(index, (amounts, rate)): (usize, (&Amounts, &StageRate))| PipelineStage {
        stage: index.checked_sub(1).map(|stage| lens.rulebook.stages[stage].name.clone()),
        path: rate.path.map(|path| lens.paths[path].name.clone()),
        to: rate.path.map(|path| lens.stage_of(path, lens.paths[path].stages.len() - 1)),
        rate: rate.rate,
        n_open: amounts.n_open,
        n_with: amounts.n_with,
        sum: amounts.sum(),
        weighted: map(rate.times(*amounts), to_cents),
    };
    Some(Pipeline {
        field: lens.rulebook.field_name(field),
        all: sum("all", &found.all),
        stages: stages.map(stage).collect(),
        segments: segments.map(|(name, sums)| sum(&name, &sums)).collect(),
    })
}

/// How many of a stage come to the last of a path.
struct StageRate {
    path: Option<usize>,
    rate: Rate,
}

impl StageRate {
    /// Of a stage, counted from 1.
    fn of(lens: &Lens<'_>, seen: &Observed, stage: usize) -> Self {
        let place_on = |path: usize| {
            let stages = &lens.paths[path].stages;
            stages[..stages.len() - 1].iter().position(|known| known + 1 == stage)
        };
        let on = (0..lens.paths.len()).filter_map(|path| Some((path, place_on(path)?)));
        // Of several the first; `false` comes before `true`.
        let Some((path, place)) = on.min_by_key(|(path, _)| !ends_in_customer(lens, *path)) else {
            return Self { path: None, rate: Rate::None };
        };
        let last = lens.paths[path].stages.len() - 1;
        Self { path: Some(path), rate: seen.all.flows[path].rate(place, last) }
    }

    fn times(&self, amounts: Amounts) -> Figure {
        let sum = float(amounts.sum_micros) / 1e6;
        let share = of_rate(self.rate, |rate| rate);
        known(share).map_or(share, |share| Figure::Known { value: share * sum })
    }
}

/// What stages without an amount would convert at doesn't matter.
fn weighted(sums: &ByStage, rates: &[StageRate]) -> Figure {
    let mut all = 0.0;
    for (amounts, rate) in sums.0.iter().zip(rates).filter(|(amounts, _)| amounts.sum_micros != 0) {
        let figure = rate.times(*amounts);
        match known(figure) {
            Some(value) => all += value,
            None => return figure,
        }
    }
    Figure::Known { value: to_cents(all) }
}
