//! One lead under both rulebooks, and under the old one with each edit alone. Its row is decoded and its events tallied once; a
//! criterion that both have is asked once; an edit that changes nothing of what it touches costs nothing more.

use super::effect::{Effect, Outcome};
use super::frame::{Frame, Mixture};
use super::lines::{Near, ScoreBound};
use super::patch::{FramePart, Patch};
use super::sides::Sides;
use super::sums::{Became, BothSums};
use crate::points::Points;
use crate::rulebook::{LeadMoment, Rulebook, Stage};
use crate::run::{PreviousResult, ScoredLead};
use crate::score::{
    LeadFacts, PreviousStage, ScoreCard, StageEntry, Truth, criterion_points, earliest, evaluate, finish_card,
    is_customer, is_left_out,
};

/// The old rulebook with one edit.
#[derive(Debug)]
pub(super) struct Tried {
    /// Its parts; criteria only say where they count.
    pub mixture: Mixture,
    /// The criteria that it takes over.
    pub criteria: Vec<usize>,
    /// Whether only their points can make a difference.
    pub is_points_only: bool,
    /// Whether it can make a difference at all.
    pub is_felt: bool,
}

impl Tried {
    /// The old rulebook with an edit, ready to be tried.
    pub(super) fn new(frame: &Frame, bare: &Rulebook, patch: &Patch) -> Self {
        let mut mixture = frame.mix(bare, patch, false);
        // Priorities decide no score and no stage; without them a trial costs less.
        mixture.rulebook.priorities.clear();
        Self {
            mixture,
            criteria: patch.criteria().collect(),
            is_points_only: patch.is_points_only(frame),
            is_felt: patch.0.iter().any(|part| *part != FramePart::Priorities),
        }
    }
}

/// Everything that judging a lead needs to know.
#[derive(Debug)]
pub(super) struct Judge {
    /// The rulebooks themselves.
    pub mixtures: Sides<Mixture>,
    pub tried: Vec<Tried>,
    /// The criteria whose points can differ.
    pub differing: Vec<usize>,
    /// Whether the rulebooks differ in nothing but the points of criteria.
    pub is_points_only: bool,
    /// Stages won by points, by their number in the frame.
    pub won: Vec<usize>,
    pub lines: Vec<ScoreBound>,
    pub lost: Option<LeadMoment>,
    /// Whether leads are counted that are open: both rulebooks say what they are worth.
    pub asks_value: bool,
    /// How many stages there are; disqualified leads have the place beyond the last.
    n_stages: usize,
}

/// What a rulebook says of a lead, as far as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub outcome: Outcome,
    /// Which of the stages won by points it holds, one bit each.
    held: u64,
    grade: String,
    /// What it calls for: the priority's name and action.
    call: Option<(String, Option<String>)>,
}

/// Room for one lead after another.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// The points of every criterion under the new rulebook.
    points: Vec<Points>,
    pub card: ScoreCard,
    trial: ScoreCard,
}

impl Judge {
    /// `all` is everything in which the rulebooks differ.
    pub(super) fn new(frame: &Frame, mixtures: Sides<Mixture>, tried: Vec<Tried>, all: &Patch) -> Self {
        let is_won = |at: &usize| {
            let is_won = |(stage, order): (Option<&'_ Stage>, &Vec<usize>)| {
                order.first() != Some(at) && stage.is_some_and(|stage| !stage.is_fact && stage.when.is_some())
            };
            let sides = frame.stage(*at).zip(frame.order.as_ref()).map(is_won);
            sides.old || sides.new
        };
        let rulebooks = mixtures.as_ref().map(|mixture| &mixture.rulebook);
        let lost = rulebooks.map(|rulebook| rulebook.funnel.as_ref().and_then(|funnel| funnel.lost.clone()));
        Self {
            differing: all.criteria().collect(),
            is_points_only: all.is_points_only(frame),
            won: (0..frame.stages.len()).filter(is_won).take(64).collect(),
            lines: super::lines::lines(&mixtures.new.rulebook.stages, &mixtures.new.stages),
            lost: lost.new.or(lost.old),
            asks_value: rulebooks.old.value.is_some() && rulebooks.new.value.is_some(),
            n_stages: frame.stages.len(),
            mixtures,
            tried,
        }
    }

    /// Tries the new rulebook, and each edit alone, on a lead that the old one has scored. The new card is in the room then; false
    /// if it is the old one.
    pub(super) fn weigh(&self, lead: &ScoredLead<'_, '_>, room: &mut Room, by_edit: &mut Vec<Effect>) -> bool {
        let (old, facts) = (lead.card, lead.facts);
        room.points.clone_from(&old.criteria);
        let mut is_same = true;
        for &at in &self.differing {
            let points = criterion_points(&self.mixtures.new.rulebook.criteria[at], facts);
            is_same &= points == old.criteria[at];
            room.points[at] = points;
        }
        if is_same && self.is_points_only {
            return false;
        }
        let mut card = std::mem::take(&mut room.card);
        card.criteria.clone_from(&room.points);
        room.card = finished(lead, &self.mixtures.new, card);
        by_edit.resize_with(self.tried.len(), Effect::default);
        let before = outcome(&self.mixtures.old, old, self.n_stages);
        for (tried, effect) in self.tried.iter().zip(by_edit) {
            if tried.is_felt
                && !(tried.is_points_only && tried.criteria.iter().all(|at| room.points[*at] == old.criteria[*at]))
            {
                let after = self.trial(lead, tried, room);
                effect.add_lead(before, after);
            }
        }
        true
    }

    fn trial(&self, lead: &ScoredLead<'_, '_>, tried: &Tried, room: &mut Room) -> Outcome {
        let mut card = std::mem::take(&mut room.trial);
        card.criteria.clone_from(&lead.card.criteria);
        for &at in &tried.criteria {
            card.criteria[at] = room.points[at];
        }
        let card = finished(lead, &tried.mixture, card);
        let outcome = outcome(&tried.mixture, &card, self.n_stages);
        room.trial = card;
        outcome
    }

    /// What a rulebook says of a lead.
    pub(super) fn said(&self, mixture: &Mixture, card: &ScoreCard) -> Said {
        let outcome = outcome(mixture, card, self.n_stages);
        let mut held = 0;
        if card.disqualified.is_none() {
            for (place, truth) in mixture.stages.iter().zip(&card.holds) {
                if let (Truth::True, Some(bit)) = (truth, self.won.iter().position(|won| won == place)) {
                    held |= 1 << bit;
                }
            }
        }
        let priority = card.priority.map(|at| &mixture.rulebook.priorities[at]);
        let call = priority.map(|one| (one.name.clone(), one.action.clone()));
        Said { outcome, held, grade: card.grade.clone(), call }
    }

    /// Adds a lead of which both rulebooks have spoken; `card` is the new one's.
    pub(super) fn settle(
        &self,
        sums: &mut BothSums,
        lead: &ScoredLead<'_, '_>,
        (before, after): (&Said, &Said),
        card: &ScoreCard,
    ) {
        let step = (before.outcome.place, after.outcome.place);
        sums.n_leads += 1;
        sums.before_hundredths += i128::from(before.outcome.total.hundredths());
        sums.after_hundredths += i128::from(after.outcome.total.hundredths());
        sums.steps.add_one(step);
        let change = after.outcome.total.saturating_sub(before.outcome.total).hundredths();
        if change != 0 {
            sums.changes.add_one(change);
        }
        sums.all.add_lead(before.outcome, after.outcome);
        if step.0 != step.1 && sums.movers.get(&step).is_none_or(|(number, _)| lead.number < *number) {
            sums.movers.insert(step, (lead.number, lead.id.as_ref().to_owned()));
        }
        sums.n_grade_changed += u64::from(before.grade != after.grade);
        sums.n_priority_changed += u64::from(before.call != after.call);
        self.cross(sums, lead.facts, (before, after), card);
        self.look_at_lines(sums, lead, (before.outcome, after.outcome), card);
    }

    fn cross(&self, sums: &mut BothSums, facts: &LeadFacts<'_, '_>, (before, after): (&Said, &Said), card: &ScoreCard) {
        if before.held == after.held && !self.asks_value {
            return;
        }
        let became = self.became(facts, &card.entered, &card.holds);
        let is_worth_something = || !is_left_out(&self.mixtures.new.rulebook, facts);
        if self.asks_value && became == Became::Open && is_worth_something() {
            sums.open.add_one((before.outcome.place, after.outcome.place));
        }
        for bit in (0..self.won.len()).filter(|bit| (before.held ^ after.held) >> bit & 1 == 1) {
            sums.crossings.add_one((bit, after.held >> bit & 1 == 1, became));
        }
    }

    /// What became of a lead, by the CRM's own records.
    fn became(&self, facts: &LeadFacts<'_, '_>, entered: &[StageEntry], holds: &[Truth]) -> Became {
        if is_customer(&self.mixtures.new.rulebook, entered, holds) {
            return Became::Customer;
        }
        let is_lost = self.lost.as_ref().is_some_and(|lost| earliest(lost, facts).is_some());
        if is_lost { Became::Lost } else { Became::Open }
    }

    /// Whether a line decides over a lead: everything else that the stage asks is true.
    fn decides(&self, line: &ScoreBound, lead: &ScoredLead<'_, '_>, card: &ScoreCard) -> bool {
        if line.others.is_empty() {
            return true;
        }
        let facts = lead.facts.beside(&self.mixtures.new.rulebook, card.clone());
        line.others.iter().all(|other| evaluate(other, &facts).is_true())
    }

    fn look_at_lines(
        &self,
        sums: &mut BothSums,
        lead: &ScoredLead<'_, '_>,
        (before, after): (Outcome, Outcome),
        card: &ScoreCard,
    ) {
        if card.disqualified.is_some() {
            return;
        }
        sums.nearest.resize_with(self.lines.len(), Default::default);
        for (line, nearest) in self.lines.iter().zip(&mut sums.nearest) {
            let distance_micros = line.distance(card.score(line.score));
            if nearest.wants(distance_micros, lead.number) && self.decides(line, lead, card) {
                let id = lead.id.as_ref().to_owned();
                nearest.take(Near { distance_micros, number: lead.number, id, before, after });
            }
        }
    }
}

/// Where a lead ended.
fn outcome(mixture: &Mixture, card: &ScoreCard, n_stages: usize) -> Outcome {
    let place = card.stage.and_then(|stage| mixture.stages.get(stage)).copied().unwrap_or(n_stages);
    Outcome { total: card.total.value, place }
}

/// The card of a rulebook that numbers everything as the lead's own does; its points are in it already.
fn finished(lead: &ScoredLead<'_, '_>, mixture: &Mixture, card: ScoreCard) -> ScoreCard {
    let of_stage = |previous: &PreviousResult| PreviousStage {
        stage: mixture.rulebook.stage_named(&previous.stage),
        passes: previous.passes,
    };
    let previous = lead.previous.map(of_stage).unwrap_or_default();
    let mut facts = lead.facts.beside(&mixture.rulebook, card);
    finish_card(&mut facts, previous);
    facts.into_card()
}
