//! Scoring: conditions over a lead and its tallies become a [`ScoreCard`].
//!
//! Pure: no files, no clock, no failure, and never a look at another lead.

mod card;
mod cells;
mod eval;
mod facts;
mod occurrences;
mod plan;
mod select;
mod stage;
mod tally;
mod totals;
mod truth;

pub use card::{Chosen, ScoreCard, StageEntry, Subtotal, capped, criterion_points, first_true, look_up, roll_up};
pub use cells::Cells;
pub use eval::{Facts, evaluate, held_against, quantity};
pub use facts::{Decode, LeadCells, LeadFacts, latest_past};
pub use occurrences::Standing;
pub use plan::Plan;
pub use select::{Contribution, EventFacts, Verdict};
pub use stage::{Step, is_customer, may_keep};
pub use tally::{Board, Changes, Tallies};
pub use totals::{CriterionTotals, StageTotals, Totals};
pub use truth::{Quantity, Truth};

/// Scores a lead. `previous_stage` is the index of its stage in the previous run, if there was one and it was a stage.
///
/// The facts are filled in on the way, so that whoever explains the card can ask them the same questions.
pub fn score_lead(facts: &mut LeadFacts<'_, '_>, previous_stage: Option<usize>) -> ScoreCard {
    let rulebook = facts.plan.rulebook;
    let criteria: Vec<_> = rulebook.criteria.iter().map(|criterion| criterion_points(criterion, facts)).collect();
    (facts.groups, facts.dimensions, facts.total) = roll_up(rulebook, &criteria);
    facts.grade = stage::grade(facts);
    let entered: Vec<StageEntry> = rulebook.stages.iter().map(|stage| stage::entry(stage, facts)).collect();
    stage::hold_all(facts, &entered, previous_stage);
    let disqualified = stage::disqualified(facts, &entered);
    let crm_stage = stage::last_true(entered.iter().map(|entry| entry.truth));
    let open = disqualified.is_none();
    ScoreCard {
        criteria,
        groups: facts.groups.clone(),
        dimensions: facts.dimensions.clone(),
        total: facts.total,
        grade: facts.grade.clone(),
        holds: facts.holds.clone(),
        disqualified,
        stage: if open { stage::last_true(facts.holds.iter().copied()) } else { None },
        crm_stage,
        step: if open { stage::step(facts, crm_stage) } else { None },
        priority: if open { stage::priority(facts) } else { None },
        entered,
    }
}
