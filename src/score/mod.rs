//! Scoring: conditions over a lead and its tallies become a [`ScoreCard`].
//!
//! Pure: no files, no clock, no failure, and never a look at another lead.

mod board;
mod card;
mod cells;
mod column;
mod eval;
mod facts;
pub(crate) mod identity;
mod layout;
mod leaves;
mod measure;
mod occurrences;
mod plan;
mod program;
mod select;
mod stage;
mod takes;
mod tallies;
mod totals;
mod trial;
mod truth;
mod words;

pub(crate) use board::{Board, Changes};
pub(crate) use card::roll_up;
pub(crate) use card::{Chosen, StageEntry, Subtotal, criterion_points, first_true, look_up};
pub use card::{ScoreCard, capped};
pub(crate) use cells::Cells;
pub(crate) use column::{ColumnReader, Note, Written};
pub use eval::Facts;
pub(crate) use eval::{evaluate, evaluate_atom, quantity};
pub(crate) use facts::{Decode, LeadFacts, latest_past};
pub(crate) use leaves::LeafGroup;
pub(crate) use occurrences::Standing;
pub use plan::Plan;
pub(crate) use select::{Contribution, EventFacts, Verdict};
pub use stage::Step;
pub(crate) use stage::{is_customer, may_keep};
pub(crate) use takes::{EventProgram, EventTakes, JudgedEvent};
pub(crate) use tallies::Tallies;
pub(crate) use totals::StageTotals;
pub use totals::Totals;
pub(crate) use trial::Take;
pub use trial::{Fate, Trial, TrialEvent, TrialLead};
pub use truth::Quantity;
pub(crate) use truth::Truth;
pub(crate) use words::TruthWord;

/// Scores the lead that the facts have turned to, and fills in its card. `previous_stage` is the index of its stage in the
/// previous run, if there was one and it was a stage.
///
/// Whoever explains the card can ask the facts the same questions afterwards.
pub(crate) fn score_lead(facts: &mut LeadFacts<'_, '_>, previous_stage: Option<usize>) {
    facts.plan.judge_lead(facts);
    score_judged(facts, previous_stage);
}

/// As [`score_lead`], of a lead whose cells were judged with those of others.
pub(crate) fn score_judged(facts: &mut LeadFacts<'_, '_>, previous_stage: Option<usize>) {
    facts.plan.program.points(facts);
    finish_card(facts, previous_stage);
}

/// Fills in everything of a card that follows from the points of its criteria, which it has: sums, grade, stages, and what
/// follows from those. [`score_lead`] ends with this; whoever knows the points already begins here.
pub(crate) fn finish_card(facts: &mut LeadFacts<'_, '_>, previous_stage: Option<usize>) {
    let rulebook = facts.rulebook;
    card::roll_up(rulebook, &mut facts.card);
    let mut grade = std::mem::take(&mut facts.card.grade);
    grade.clear();
    stage::push_grade(facts, &mut grade);
    facts.card.grade = grade;
    let mut entered = std::mem::take(&mut facts.card.entered);
    entered.clear();
    entered.extend(rulebook.stages.iter().map(|stage| stage::entry(stage, facts)));
    facts.card.entered = entered;
    stage::hold_all(facts, previous_stage);
    let card = &facts.card;
    let disqualified = stage::disqualified(facts);
    let crm_stage = stage::last_true(card.entered.iter().map(|entry| entry.truth));
    let stage = stage::last_true(card.holds.iter().copied()).filter(|_| disqualified.is_none());
    let (step, priority) = match disqualified {
        None => (stage::step(facts, crm_stage), stage::priority(facts)),
        Some(_) => (None, None),
    };
    let card = &mut facts.card;
    (card.disqualified, card.stage, card.crm_stage) = (disqualified, stage, crm_stage);
    (card.step, card.priority) = (step, priority);
}
