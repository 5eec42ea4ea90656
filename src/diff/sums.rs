//! What both rulebooks said of all leads, as sums: they add up in any order of blocks.

use super::effect::{Effect, LeadsBy, Steps};
use super::lines::Nearest;
use std::collections::BTreeMap;

/// What became of a lead in the CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Became {
    Customer,
    Lost,
    Open,
}

/// What both rulebooks said of some leads.
#[derive(Clone, Debug, Default)]
pub(super) struct BothSums {
    pub n_leads: u64,
    /// Totals, in hundredths of a point.
    pub before_hundredths: i128,
    pub after_hundredths: i128,
    /// From the old rulebook to the new.
    pub all: Effect,
    /// For each edit that was tried.
    pub by_edit: Vec<Effect>,
    /// Leads by place before and after, also those that stayed.
    pub steps: Steps,
    /// Those of them that are neither customers nor lost; none where nobody asks.
    pub open: Steps,
    /// Leads by the change of their total, in hundredths; those without one are left out.
    pub changes: LeadsBy<i64>,
    /// For each move, from and to, the first lead that made it: its number and id.
    pub movers: BTreeMap<(usize, usize), (u32, String)>,
    pub n_grade_changed: u64,
    pub n_priority_changed: u64,
    /// Leads that hold a stage which is won by points under one rulebook only: the stage, whether it is the new rulebook, and what
    /// became of them.
    pub crossings: LeadsBy<(usize, bool, Became)>,
    /// For each line.
    pub nearest: Vec<Nearest>,
}

impl BothSums {
    /// Adds other leads.
    pub(super) fn add(&mut self, other: Self) {
        self.n_leads += other.n_leads;
        self.before_hundredths += other.before_hundredths;
        self.after_hundredths += other.after_hundredths;
        self.all.add(&other.all);
        self.by_edit.resize_with(self.by_edit.len().max(other.by_edit.len()), Effect::default);
        self.by_edit.iter_mut().zip(&other.by_edit).for_each(|(effect, more)| effect.add(more));
        self.steps.add(&other.steps);
        self.open.add(&other.open);
        self.changes.add(&other.changes);
        for (step, mover) in other.movers {
            let first = self.movers.entry(step).or_insert_with(|| mover.clone());
            if mover.0 < first.0 {
                *first = mover;
            }
        }
        self.n_grade_changed += other.n_grade_changed;
        self.n_priority_changed += other.n_priority_changed;
        self.crossings.add(&other.crossings);
        self.nearest.resize_with(self.nearest.len().max(other.nearest.len()), Nearest::default);
        self.nearest.iter_mut().zip(other.nearest).for_each(|(nearest, more)| nearest.add(more));
    }
}
