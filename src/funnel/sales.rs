//! What the head of sales asks for: entries this month and last and what became of them, who is past due, what comes soon.

use super::arrivals::Journey;
use super::foremost::Foremost;
use super::lens::{Lens, Promise};
use super::pass::{Pass, Passes};
use super::report::{ComingSoon, HandedOver, Months, NearLead, OverdueLead, PastDue, Sales, Won};
use super::returned::ReturnsSeen;
use super::segments::{ADDRESSES, Summed};
use super::sla::PromiseVerdict;
use super::soon::{NEAR, NearStage};
use crate::rulebook::{Path, Rulebook, Target};
use crate::run::ScoredLead;
use crate::score::Facts;

/// What sales asks of a rulebook's paths; empty without one.
#[derive(Debug, Default)]
pub(super) struct SalesQuestions<'r> {
    stages: Vec<HandOver>,
    /// The last stages of paths, with their targets.
    won: Vec<(usize, Option<u64>)>,
    near: Vec<NearStage<'r>>,
}

/// A stage that sales has promised something for, or wants so many of.
#[derive(Debug)]
struct HandOver {
    stage: usize,
    target: Option<u64>,
    /// Indices of its promises.
    promises: Vec<usize>,
    /// Where it is: the index of a path and the place in it.
    places: Vec<(usize, usize)>,
}

impl<'r> SalesQuestions<'r> {
    pub(super) fn new(rulebook: &'r Rulebook, paths: &[Path], promises: &[Promise<'_>], targets: &[Target]) -> Self {
        let target = |stage: usize| targets.iter().find(|target| target.stage == stage).map(|target| target.n_leads);
        let mut asked = Self::default();
        for stage in 0..rulebook.stages.len() {
            let places = paths.iter().enumerate().filter_map(|(path, declared)| {
                declared.stages.iter().position(|own| *own == stage).map(|place| (path, place))
            });
            let (ends, places): (Vec<_>, Vec<_>) =
                places.partition(|(path, place)| *place + 1 == paths[*path].stages.len());
            if !ends.is_empty() {
                asked.won.push((stage, target(stage)));
            }
            let of_stage = |index: &usize| promises[*index].sla.stage == stage;
            let promises: Vec<usize> = (0..promises.len()).filter(of_stage).collect();
            if places.is_empty() || (promises.is_empty() && target(stage).is_none()) {
                continue;
            }
            asked.stages.push(HandOver { stage, target: target(stage), promises, places });
            asked.near.extend(NearStage::new(stage, &rulebook.stages[stage]));
        }
        asked
    }
}

/// What some leads came to.
#[derive(Clone, Debug)]
pub(super) struct SalesSeen {
    /// One a stage that is asked about: entered, touched, accepted.
    stages: Vec<[Months; 3]>,
    won: Vec<Months>,
    returned: ReturnsSeen,
    past_due: Foremost<OverdueLead>,
    soon: Foremost<NearLead>,
}

impl SalesSeen {
    pub(super) fn new(asked: &SalesQuestions<'_>) -> Self {
        Self {
            stages: vec![Default::default(); asked.stages.len()],
            won: vec![Months::default(); asked.won.len()],
            returned: ReturnsSeen::new(),
            past_due: Foremost::default(),
            soon: Foremost::default(),
        }
    }

    /// Adds a pass of a lead, with how far it got on each path and what became of each promise.
    pub(super) fn add_pass(
        &mut self,
        lens: &Lens<'_>,
        lead: &ScoredLead<'_, '_>,
        pass: &Pass<'_, '_>,
        journeys: &[Journey],
        verdicts: &[Option<PromiseVerdict>],
    ) {
        let month = |stage: usize| pass.entered[stage].at.and_then(|at| lens.months.of_instant(at));
        for (won, (stage, _)) in self.won.iter_mut().zip(&lens.sales.won) {
            won.count(month(*stage));
        }
        for ([entered, touched, accepted], asked) in self.stages.iter_mut().zip(&lens.sales.stages) {
            let found = || asked.promises.iter().filter_map(|promise| Some((*promise, verdicts[*promise]?)));
            if let Some(month) = month(asked.stage) {
                entered.count(Some(month));
                let is_touched = found().any(|(_, verdict)| verdict.is_answered());
                touched.count(is_touched.then_some(month));
                let is_beyond = |(path, place): &(usize, usize)| journeys[*path].furthest > Some(*place);
                accepted.count(asked.places.iter().any(is_beyond).then_some(month));
            }
            let overdue = found().find(|(_, verdict)| verdict.is_past_due());
            if let (Some((promise, _)), Some(start)) = (overdue, pass.entered[asked.stage].at) {
                let since = lens.promises[promise].sla.end(start, &lens.rulebook.zone);
                self.past_due.offer((since.ms(), lead.number), || OverdueLead {
                    lead: shown_id(lead),
                    stage: lens.rulebook.stages[asked.stage].name.clone(),
                    since,
                    owner: owner(lens, lead),
                });
            }
        }
    }

    /// Adds what a lead is now.
    pub(super) fn add_lead(&mut self, lens: &Lens<'_>, lead: &ScoredLead<'_, '_>, passes: &Passes) {
        if lens.sales.won.is_empty() {
            return;
        }
        if let Some(journal) = passes.journal() {
            self.returned.add_lead(lens, lead, journal);
        }
        let missing = |near: &NearStage<'_>| Some((near.missing(lead.card, lead.facts)?, near.stage()));
        let Some((missing, stage)) = lens.sales.near.iter().filter_map(missing).min() else { return };
        self.soon.offer((missing.hundredths(), lead.number), || NearLead {
            lead: shown_id(lead),
            stage: lens.rulebook.stages[stage].name.clone(),
            missing,
        });
    }

    /// Adds the leads of the next part of the run.
    pub(super) fn add(&mut self, other: &Self) {
        let stages = self.stages.iter_mut().flatten().zip(other.stages.iter().flatten());
        for (months, more) in stages.chain(self.won.iter_mut().zip(&other.won)) {
            months.add_sums(more);
        }
        self.returned.add(&other.returned);
        self.past_due.add(&other.past_due);
        self.soon.add(&other.soon);
    }

    /// What they came to; none without a path.
    pub(super) fn report(&self, lens: &Lens<'_>) -> Option<Sales> {
        let asked = &lens.sales;
        let name = |stage: usize| lens.rulebook.stages[stage].name.clone();
        let handed_over = |([n_entered, touched, n_accepted], asked): (&[Months; 3], &HandOver)| HandedOver {
            stage: name(asked.stage),
            target: asked.target,
            n_entered: *n_entered,
            n_touched: (!asked.promises.is_empty()).then_some(*touched),
            n_accepted: *n_accepted,
        };
        let won = |(n_entered, (stage, target)): (&Months, &(usize, Option<u64>))| Won {
            stage: name(*stage),
            target: *target,
            n_entered: *n_entered,
        };
        let has_promise = asked.stages.iter().any(|stage| !stage.promises.is_empty());
        let [this_month, last_month] = lens.months.labels();
        (!asked.won.is_empty()).then(|| Sales {
            this_month,
            last_month,
            handed_over: self.stages.iter().zip(&asked.stages).map(handed_over).collect(),
            given_back: lens.rulebook.returns.as_ref().map(|_| self.returned.report()),
            won: self.won.iter().zip(&asked.won).map(won).collect(),
            past_due: has_promise
                .then(|| PastDue { n: self.past_due.n(), leads: self.past_due.first().cloned().collect() }),
            soon: (!asked.near.is_empty()).then(|| ComingSoon {
                stages: asked.near.iter().map(|near| name(near.stage())).collect(),
                within: NEAR,
                n_leads: self.soon.n(),
                leads: self.soon.first().cloned().collect(),
            }),
        })
    }
}

impl Months {
    /// Counts one in a month, if it is in one of the two.
    pub(super) fn count(&mut self, month: Option<MonthSeen>) {
        match month {
            Some(MonthSeen::This) => self.this += 1,
            Some(MonthSeen::Last) => self.last += 1,
            None => {}
        }
    }
}

/// One of the two months that are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MonthSeen {
    This,
    Last,
}

/// Who owns a lead today, if the rulebook asks and somebody does.
fn owner(lens: &Lens<'_>, lead: &ScoredLead<'_, '_>) -> Option<String> {
    let field = lens.owner?;
    let owner = lead.facts.value(field).text(field.part);
    let shown = if owner.contains('@') { ADDRESSES.to_owned() } else { owner };
    Some(shown).filter(|owner| !owner.is_empty())
}

/// A lead as the report names it: no address stands in a report.
pub(super) fn shown_id(lead: &ScoredLead<'_, '_>) -> String {
    if lead.id.contains('@') { format!("lead {}", lead.number + 1) } else { lead.id.to_string() }
}
