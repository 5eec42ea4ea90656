//! What all leads together came to: leads by stage and grade, and what each criterion gave and took.
//!
//! Sums only, so that the parts of a run can be added in any order.

use super::card::ScoreCard;
use super::stage::Step;
use crate::points::Points;
use crate::rulebook::Rulebook;
use std::collections::BTreeMap;

/// What all leads together came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many leads.
    pub n_leads: u64,
    /// The sum of their totals, in hundredths of a point.
    pub sum_hundredths: i128,
    /// For each stage, its leads.
    pub by_stage: Vec<StageTotals>,
    /// The disqualified ones.
    pub disqualified: StageTotals,
    /// For each disqualifier, the leads it applies to.
    pub by_reason: Vec<u64>,
    /// Leads by grade.
    pub by_grade: BTreeMap<String, u64>,
    /// For each criterion.
    pub by_criterion: Vec<CriterionTotals>,
    /// Leads to hand over.
    pub n_hand_over: u64,
    /// Leads to give back to marketing.
    pub n_recycle: u64,
}

/// The leads of a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageTotals {
    /// How many.
    pub n_leads: u64,
    /// The sum of their totals, in hundredths of a point.
    pub sum_hundredths: i128,
}

/// What a criterion came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CriterionTotals {
    /// Leads for which it gave other than 0.
    pub n_leads: u64,
    /// The points it gave, in hundredths.
    pub given_hundredths: i128,
    /// The points it took, in hundredths; 0 or below.
    pub taken_hundredths: i128,
}

impl Totals {
    /// Adds a lead.
    pub fn add_card(&mut self, rulebook: &Rulebook, card: &ScoreCard) {
        self.by_stage.resize(rulebook.stages.len(), StageTotals::default());
        self.by_reason.resize(rulebook.disqualifiers.len(), 0);
        self.by_criterion.resize(rulebook.criteria.len(), CriterionTotals::default());
        let total = i128::from(card.total.value.hundredths());
        self.n_leads += 1;
        self.sum_hundredths += total;
        let stage = match card.stage {
            Some(stage) => &mut self.by_stage[stage],
            None => &mut self.disqualified,
        };
        stage.n_leads += 1;
        stage.sum_hundredths += total;
        if let Some(reason) = card.disqualified {
            self.by_reason[reason] += 1;
        }
        if rulebook.grade.is_some() {
            match self.by_grade.get_mut(&card.grade) {
                Some(n) => *n += 1,
                None => drop(self.by_grade.insert(card.grade.clone(), 1)),
            }
        }
        for &criterion in &card.given {
            self.by_criterion[criterion].add_points(card.criteria[criterion]);
        }
        self.n_hand_over += u64::from(card.step == Some(Step::HandOver));
        self.n_recycle += u64::from(card.step == Some(Step::Recycle));
    }

    /// Adds the leads of another part of the run.
    pub fn add(&mut self, other: &Self) {
        if self.by_stage.is_empty() {
            self.clone_from(other);
            return;
        }
        self.n_leads += other.n_leads;
        self.sum_hundredths += other.sum_hundredths;
        self.disqualified.add(other.disqualified);
        self.n_hand_over += other.n_hand_over;
        self.n_recycle += other.n_recycle;
        for (stage, more) in self.by_stage.iter_mut().zip(&other.by_stage) {
            stage.add(*more);
        }
        for (n, more) in self.by_reason.iter_mut().zip(&other.by_reason) {
            *n += more;
        }
        for (grade, more) in &other.by_grade {
            *self.by_grade.entry(grade.clone()).or_default() += more;
        }
        for (totals, more) in self.by_criterion.iter_mut().zip(&other.by_criterion) {
            totals.n_leads += more.n_leads;
            totals.given_hundredths += more.given_hundredths;
            totals.taken_hundredths += more.taken_hundredths;
        }
    }
}

impl StageTotals {
    fn add(&mut self, other: Self) {
        self.n_leads += other.n_leads;
        self.sum_hundredths += other.sum_hundredths;
    }
}

impl CriterionTotals {
    /// Adds points that are not 0.
    fn add_points(&mut self, points: Points) {
        let hundredths = i128::from(points.hundredths());
        self.n_leads += 1;
        self.given_hundredths += hundredths.max(0);
        self.taken_hundredths += hundredths.min(0);
    }
}
