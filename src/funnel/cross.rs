//! What the rulebook says against what the CRM says: stages, steps, and why leads are disqualified.

use super::report::{StageCross, StageRow, StepLeads};
use crate::rulebook::{DISQUALIFIED, Rulebook};
use crate::score::{ScoreCard, Step};

/// Leads by both stages, and what to do with them.
#[derive(Clone, Debug, Default)]
pub(super) struct Cross {
    /// For each stage, then disqualified, the leads by CRM stage, those without one first.
    stages: Vec<Vec<u64>>,
    /// The same of the leads to hand over.
    hand_over: Vec<Vec<u64>>,
    /// The same of the leads to recycle.
    recycle: Vec<Vec<u64>>,
    by_reason: Vec<u64>,
}

impl Cross {
    pub(super) fn new(rulebook: &Rulebook) -> Self {
        let places = vec![vec![0; rulebook.stages.len() + 1]; rulebook.stages.len() + 1];
        Self {
            stages: places.clone(),
            hand_over: places.clone(),
            recycle: places,
            by_reason: vec![0; rulebook.disqualifiers.len()],
        }
    }

    pub(super) fn add_lead(&mut self, card: &ScoreCard) {
        let stage = card.stage.unwrap_or(self.stages.len() - 1);
        let crm_stage = card.crm_stage.map_or(0, |stage| stage + 1);
        self.stages[stage][crm_stage] += 1;
        match card.step {
            Some(Step::HandOver) => self.hand_over[stage][crm_stage] += 1,
            Some(Step::Recycle) => self.recycle[stage][crm_stage] += 1,
            None => {}
        }
        if let Some(reason) = card.disqualified {
            self.by_reason[reason] += 1;
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        let add = |sums: &mut Vec<Vec<u64>>, more: &Vec<Vec<u64>>| {
            for (row, more) in sums.iter_mut().zip(more) {
                row.iter_mut().zip(more).for_each(|(sum, n)| *sum += n);
            }
        };
        add(&mut self.stages, &other.stages);
        add(&mut self.hand_over, &other.hand_over);
        add(&mut self.recycle, &other.recycle);
        self.by_reason.iter_mut().zip(&other.by_reason).for_each(|(sum, n)| *sum += n);
    }

    pub(super) fn report(&self, rulebook: &Rulebook) -> StageCross {
        let names = || rulebook.stages.iter().map(|stage| stage.name.clone());
        let crm_stages: Vec<String> = std::iter::once("(none)".to_owned()).chain(names()).collect();
        let stages: Vec<String> = names().chain([DISQUALIFIED.to_owned()]).collect();
        let sum = |cross: &[Vec<u64>]| cross.iter().flatten().sum();
        let mut steps = Vec::new();
        for (step, cross) in [(Step::HandOver, &self.hand_over), (Step::Recycle, &self.recycle)] {
            for (stage, row) in stages.iter().zip(cross) {
                for (crm_stage, n_leads) in crm_stages.iter().zip(row).filter(|(_, n_leads)| **n_leads > 0) {
                    let (crm_stage, stage) = (crm_stage.clone(), stage.clone());
                    steps.push(StepLeads { step, crm_stage, stage, n_leads: *n_leads });
                }
            }
        }
        steps.sort_by_key(|step| std::cmp::Reverse(step.n_leads));
        let row = |(stage, n_leads): (&String, &Vec<u64>)| StageRow { stage: stage.clone(), n_leads: n_leads.clone() };
        let reasons = rulebook.disqualifiers.iter().map(|disqualifier| disqualifier.reason.clone());
        StageCross {
            rows: stages.iter().zip(&self.stages).map(row).collect(),
            crm_stages,
            n_hand_over: sum(&self.hand_over),
            n_recycle: sum(&self.recycle),
            steps,
            disqualified: reasons.zip(self.by_reason.iter().copied()).collect(),
        }
    }
}
