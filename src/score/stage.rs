//! Grade, stages, disqualification, the next step and the priority of a lead whose scores are known.
//!
//! What the CRM says (`entered`) and what the rulebook says (`holds`) stay apart; only their difference makes a step.

use super::card::StageEntry;
use super::eval::{Facts, evaluate};
use super::facts::LeadFacts;
use super::truth::Truth;
use crate::rulebook::expr::Expr;
use crate::rulebook::{Rulebook, Stage};
use serde::Serialize;

/// What to do with a lead in the CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// It holds a stage beyond the CRM's: hand it over.
    HandOver,
    /// Give it back to marketing.
    Recycle,
}

impl Step {
    /// The word in `scored.csv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HandOver => "hand_over",
            Self::Recycle => "recycle",
        }
    }
}

/// The lead's grade, mark by mark.
pub(super) fn push_grade(facts: &LeadFacts<'_, '_>, to: &mut String) {
    let axes = facts.rulebook.grade.iter().flat_map(|grade| &grade.axes);
    for axis in axes {
        to.push_str(axis.mark(facts.score(axis.score)).0);
    }
}

/// What the previous run said of a lead, as far as it serves to keep a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PreviousStage {
    /// The index of its stage, if it was in one that the rulebook has.
    pub stage: Option<usize>,
    /// In which pass it was, counted from 1, if that run said so.
    pub passes: Option<u64>,
}

impl PreviousStage {
    /// A lead that was in a stage, in the same pass as now.
    #[must_use]
    pub fn in_stage(stage: Option<usize>) -> Self {
        Self { stage, passes: None }
    }

    /// The stage that serves to keep one: none where the lead came back since.
    #[must_use]
    pub fn serving(self, passes_now: u64) -> Option<usize> {
        self.stage.filter(|_| self.passes.is_none_or(|passes| passes == passes_now))
    }
}

/// For each stage whether the lead holds it; filled in one by one, because later stages look at earlier ones.
pub(super) fn hold_all(facts: &mut LeadFacts<'_, '_>, previous_stage: Option<usize>) {
    facts.card.holds.clear();
    let rulebook: &Rulebook = facts.rulebook;
    for (index, stage) in rulebook.stages.iter().enumerate() {
        let keeps = may_keep(index, previous_stage);
        let truth = if index == 0 { Truth::True } else { held(stage, facts, index, keeps) };
        facts.card.holds.push(truth);
    }
}

/// Whether a stage's `keep_when` serves: the lead's stage was this one or a later one in the previous run.
#[must_use]
pub(crate) fn may_keep(stage: usize, previous_stage: Option<usize>) -> bool {
    previous_stage.is_some_and(|previous| previous >= stage)
}

fn held(stage: &Stage, facts: &LeadFacts<'_, '_>, index: usize, keeps: bool) -> Truth {
    let (entered, holds) = (&facts.card.entered, &facts.card.holds);
    let Some(when) = &stage.when else { return entered[index].truth };
    let mut truth = evaluate(when, facts);
    if let (true, Some(keep_when)) = (keeps, &stage.keep_when) {
        truth = truth.max(evaluate(keep_when, facts));
    }
    let after = stage.after.iter().map(|earlier| holds[*earlier].max(entered[*earlier].truth));
    truth.min(after.max().unwrap_or(Truth::True))
}

/// Whether a lead is never disqualified: it entered the last stage, or holds it by fact.
#[must_use]
pub(crate) fn is_customer(rulebook: &Rulebook, entered: &[StageEntry], holds: &[Truth]) -> bool {
    let last = rulebook.stages.len() - 1;
    entered[last].truth.is_true() || (holds[last].is_true() && rulebook.stages[last].is_fact && last > 0)
}

/// Whether the rulebook's report leaves a lead out of all its figures.
#[must_use]
pub(crate) fn is_left_out(rulebook: &Rulebook, facts: &LeadFacts<'_, '_>) -> bool {
    let leave_out = rulebook.funnel.as_ref().and_then(|funnel| funnel.leave_out.as_ref());
    leave_out.is_some_and(|leave_out| evaluate(leave_out, facts).is_true())
}

/// The disqualifier that applies, if any can.
pub(super) fn disqualified(facts: &LeadFacts<'_, '_>) -> Option<usize> {
    let rulebook = facts.rulebook;
    if is_customer(rulebook, &facts.card.entered, &facts.card.holds) {
        return None;
    }
    rulebook.disqualifiers.iter().position(|disqualifier| evaluate(&disqualifier.when, facts).is_true())
}

/// The last stage for which something is true.
pub(super) fn last_true(truths: impl DoubleEndedIterator<Item = Truth> + ExactSizeIterator) -> Option<usize> {
    let n_stages = truths.len();
    truths.rev().position(Truth::is_true).map(|from_the_end| n_stages - 1 - from_the_end)
}

/// The last stage that a lead holds and that the CRM keeps a record of: a lead that is handed over is so for this one.
pub(crate) fn last_to_record(rulebook: &Rulebook, holds: &[Truth]) -> Option<usize> {
    let is_recorded = |(stage, holds): (&Stage, &Truth)| if stage.entered.is_some() { *holds } else { Truth::False };
    last_true(rulebook.stages.iter().zip(holds).map(is_recorded))
}

/// What to do with a lead that is not disqualified.
pub(super) fn step(facts: &LeadFacts<'_, '_>, crm_stage: Option<usize>) -> Option<Step> {
    let stages = &facts.rulebook.stages;
    // "No record" orders before every index, as a lead without a CRM record lies before all stages.
    if last_to_record(facts.rulebook, &facts.card.holds) > crm_stage {
        return Some(Step::HandOver);
    }
    let recycle_when: &Expr = stages[crm_stage?].recycle_when.as_ref()?;
    evaluate(recycle_when, facts).is_true().then_some(Step::Recycle)
}

/// The first priority that is true.
pub(super) fn priority(facts: &LeadFacts<'_, '_>) -> Option<usize> {
    let applies = |when: &Option<Expr>| when.as_ref().is_none_or(|when| evaluate(when, facts).is_true());
    facts.rulebook.priorities.iter().position(|priority| applies(&priority.when))
}
