//! What the report wants to know of every lead: the rulebook's `funnel` and `value`, bound to an instant. Made once a run.

use super::questions::StageQuestions;
use super::sales::SalesQuestions;
use super::targets::TargetMonths;
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{
    LeadMoment, PassesCounted, Path, Rulebook, Sla, StepWindow, Target, ValueModel, WorthOfCustomer,
};
use crate::score::{Plan, ScoreCard};
use crate::value::Instant;

/// What the report wants to know of every lead.
#[derive(Debug)]
pub struct Lens<'r> {
    pub(super) rulebook: &'r Rulebook,
    pub(super) as_of: Instant,
    pub(super) paths: &'r [Path],
    pub(super) by: &'r [FieldRef],
    pub(super) windows: &'r [StepWindow],
    pub(super) lost: Option<&'r LeadMoment>,
    pub(super) lost_reason: Option<FieldRef>,
    pub(super) owner: Option<FieldRef>,
    pub(super) passes: PassesCounted,
    pub(super) promises: Vec<Promise<'r>>,
    pub(super) targets: &'r [Target],
    pub(super) months: TargetMonths,
    pub(super) sales: SalesQuestions<'r>,
    pub(super) value: Option<&'r ValueModel>,
    /// The stage that makes a customer.
    pub(super) customer: Option<usize>,
    pub(super) questions: StageQuestions,
    /// For each path the places whose stage may be entered or not without anybody knowing.
    pub(super) unsure: Vec<Vec<usize>>,
}

/// A promised response time.
#[derive(Debug)]
pub(super) struct Promise<'r> {
    pub sla: &'r Sla,
    pub until: Until<'r>,
}

/// What stops a clock.
#[derive(Debug)]
pub(super) enum Until<'r> {
    /// A date field or an event.
    Moment(&'r LeadMoment),
    /// Entry into the next stage of a path.
    Next {
        /// Index of the path.
        path: usize,
        /// The next stage's place in it.
        place: usize,
    },
}

impl<'r> Lens<'r> {
    /// What a plan's rulebook wants to know. `n_leads` is about how many leads there are: with very many, the costly question of
    /// what missing fields could change is asked of an even sample.
    #[must_use]
    pub fn new(plan: &Plan<'r>, n_leads: u64) -> Self {
        let rulebook = plan.rulebook;
        let funnel = rulebook.funnel.as_ref();
        let paths = funnel.map_or(&[][..], |funnel| &funnel.paths);
        let (promises, targets) = (promises(rulebook, paths), funnel.map_or(&[][..], |funnel| &funnel.targets));
        Self {
            rulebook,
            as_of: plan.as_of,
            paths,
            by: funnel.map_or(&[], |funnel| &funnel.by),
            windows: funnel.map_or(&[], |funnel| &funnel.windows),
            lost: funnel.and_then(|funnel| funnel.lost.as_ref()),
            sales: SalesQuestions::new(rulebook, paths, &promises, targets),
            promises,
            targets,
            lost_reason: funnel.and_then(|funnel| funnel.lost_reason),
            owner: funnel.and_then(|funnel| funnel.owner),
            passes: funnel.map_or(PassesCounted::All, |funnel| funnel.passes),
            months: TargetMonths::of(plan.as_of, &rulebook.zone),
            value: rulebook.value.as_ref(),
            customer: customer_stage(rulebook),
            questions: StageQuestions::new(rulebook, n_leads),
            unsure: paths.iter().map(|path| unsure(rulebook, path)).collect(),
        }
    }

    pub(super) fn worth(&self) -> Option<&'r WorthOfCustomer> {
        self.value.and_then(|value| value.ltv.as_ref())
    }

    /// The field that says what an open lead may bring.
    pub(super) fn pipeline(&self) -> Option<FieldRef> {
        self.value.and_then(|value| value.pipeline)
    }

    /// Whether leads can be given back.
    pub(super) fn has_returns(&self) -> bool {
        self.rulebook.returns.is_some()
    }

    /// The name of the stage at a place of a path.
    pub(super) fn stage_of(&self, path: usize, place: usize) -> String {
        self.rulebook.stages[self.paths[path].stages[place]].name.clone()
    }

    /// Whether a lead is a customer; none if the CRM doesn't record that of anybody.
    pub(super) fn is_customer(&self, card: &ScoreCard) -> Option<bool> {
        let stage = self.customer?;
        let truth =
            if self.rulebook.stages[stage].entered.is_some() { card.entered[stage].truth } else { card.holds[stage] };
        Some(truth.is_true())
    }

    /// The pairs of places of a path, earlier before later, in the order in which their times are kept.
    pub(super) fn pairs(n_stages: usize) -> impl Iterator<Item = (usize, usize)> {
        (0..n_stages).flat_map(move |from| (from + 1..n_stages).map(move |to| (from, to)))
    }

    /// The number of a pair in [`Lens::pairs`].
    pub(super) fn pair(n_stages: usize, from: usize, to: usize) -> usize {
        let before: usize = (0..from).map(|earlier| n_stages - 1 - earlier).sum();
        before + to - from - 1
    }
}

/// The last stage, if it is a fact of the CRM and not the only one.
fn customer_stage(rulebook: &Rulebook) -> Option<usize> {
    let (last, stage) = rulebook.stages.iter().enumerate().next_back()?;
    (last > 0 && (stage.entered.is_some() || stage.is_fact)).then_some(last)
}

fn unsure(rulebook: &Rulebook, path: &Path) -> Vec<usize> {
    let is_condition = |place: &usize| {
        matches!(rulebook.stages[path.stages[*place]].entered, Some(crate::rulebook::Entered::When { .. }))
    };
    (0..path.stages.len()).filter(is_condition).collect()
}

fn promises<'r>(rulebook: &'r Rulebook, paths: &[Path]) -> Vec<Promise<'r>> {
    let slas = rulebook.funnel.iter().flat_map(|funnel| &funnel.slas);
    let promise = |sla, until| Promise { sla, until };
    let mut promises = Vec::new();
    for sla in slas {
        if let Some(until) = &sla.until {
            promises.push(promise(sla, Until::Moment(until)));
            continue;
        }
        let mut stops: Vec<usize> = Vec::new();
        for (index, path) in paths.iter().enumerate() {
            let Some(place) = path.stages.iter().position(|stage| *stage == sla.stage) else { continue };
            // Paths that go on with the same stage keep the same promise.
            if let Some(next) = path.stages.get(place + 1)
                && !stops.contains(next)
            {
                stops.push(*next);
                promises.push(promise(sla, Until::Next { path: index, place: place + 1 }));
            }
        }
    }
    promises
}
