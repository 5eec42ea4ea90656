//! By when somebody is to answer a lead that is handed over: the promise of the stage that it is handed over for.

use crate::run::ScoredLead;
use crate::score::{Step, last_to_record};
use crate::value::Instant;

/// By when a lead is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    pub at: Instant,
    /// Whether the lead was handed over before, but the previous run doesn't say by when, so that its time begins now.
    pub is_anew: bool,
}

/// By when a lead that is handed over is due; none where nothing is promised for the stage that it is handed over for. What the
/// previous run said stays true while the lead is handed over.
pub(crate) fn due(lead: &ScoredLead<'_, '_>) -> Option<Due> {
    let (plan, card) = (lead.facts.plan, lead.card);
    card.step.filter(|step| *step == Step::HandOver)?;
    let stage = last_to_record(plan.rulebook, &card.holds)?;
    let promise = plan.rulebook.funnel.iter().flat_map(|funnel| &funnel.slas).find(|promise| promise.stage == stage)?;
    let before = lead.previous.filter(|previous| previous.had_step(Step::HandOver, card.passes));
    Some(match before.and_then(|before| before.due) {
        Some(at) => Due { at, is_anew: false },
        None => Due { at: promise.end(plan.as_of, &plan.rulebook.zone), is_anew: before.is_some() },
    })
}
