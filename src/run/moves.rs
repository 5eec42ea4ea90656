//! How leads moved between stages since the previous run. Sums only, so that the parts of a run can be added in any order.

use super::cards::ScoredLead;
use crate::rulebook::DISQUALIFIED;
use std::collections::BTreeMap;

/// What moved since the previous run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// By the name of a stage, or `Disqualified`; stages that no longer exist too.
    pub by_stage: BTreeMap<String, Moved>,
    /// Leads that the previous run didn't have.
    pub n_new: u64,
    /// Leads that both runs have.
    pub n_both: u64,
    /// Leads of the previous run.
    pub n_before: u64,
}

/// What moved in and out of one stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Leads that came, new ones included.
    pub n_entered: u64,
    /// Leads that went to another stage.
    pub n_left: u64,
    /// Of those that came, the ones that had been here the run before the previous one.
    pub n_flapped: u64,
}

impl Moves {
    /// Adds a lead.
    pub fn add_lead(&mut self, lead: &ScoredLead<'_, '_>) {
        let stages = &lead.facts.plan.rulebook.stages;
        let now = lead.card.stage.map_or(DISQUALIFIED, |stage| &stages[stage].name);
        let Some(previous) = lead.previous else {
            self.n_new += 1;
            self.at(now).n_entered += 1;
            return;
        };
        self.n_both += 1;
        if previous.stage != now {
            self.at(&previous.stage).n_left += 1;
            let came_back = previous.stage_before.as_deref() == Some(now);
            let here = self.at(now);
            here.n_entered += 1;
            here.n_flapped += u64::from(came_back);
        }
    }

    /// Adds those of another part of the run.
    pub fn add(&mut self, other: &Self) {
        self.n_new += other.n_new;
        self.n_both += other.n_both;
        for (name, more) in &other.by_stage {
            let sum = self.at(name);
            sum.n_entered += more.n_entered;
            sum.n_left += more.n_left;
            sum.n_flapped += more.n_flapped;
        }
    }

    /// What moved in and out of a stage.
    #[must_use]
    pub fn of(&self, stage: &str) -> Moved {
        self.by_stage.get(stage).copied().unwrap_or_default()
    }

    /// Leads of the previous run that are no longer scored.
    #[must_use]
    pub fn n_gone(&self) -> u64 {
        self.n_before.saturating_sub(self.n_both)
    }

    fn at(&mut self, stage: &str) -> &mut Moved {
        if !self.by_stage.contains_key(stage) {
            self.by_stage.insert(stage.to_owned(), Moved::default());
        }
        self.by_stage.get_mut(stage).expect("it was just put there")
    }
}
