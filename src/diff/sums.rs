//! What both rulebooks said of all leads, as sums: they add up in any order of blocks.

use super::effect::{Effect, Steps};
use super::lines::Nearest;
use std::collections::BTreeMap;

/// What became of a lead in the CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Became {
    Customer,
    Lost,
    Open,
}

/// Leads by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fates {
    pub n_customers: u64,
    pub n_lost: u64,
    pub n_open: u64,
}

impl Fates {
    pub(super) fn add_lead(&mut self, became: Became) {
        match became {
            Became::Customer => self.n_customers += 1,
            Became::Lost => self.n_lost += 1,
            Became::Open => self.n_open += 1,
        }
    }

    pub(super) fn n(self) -> u64 {
        self.n_customers + self.n_lost + self.n_open
    }

    fn add(&mut self, other: Self) {
        self.n_customers += other.n_customers;
        self.n_lost += other.n_lost;
        self.n_open += other.n_open;
    }
}

/// Leads that hold a stage under one rulebook and not under the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Crossing {
    pub gained: Fates,
    pub lost: Fates,
}

/// What both rulebooks said of some leads.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
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
    /// Leads that are neither customers nor lost, by place, before and after; none where nobody asks.
    pub open: Vec<(u64, u64)>,
    /// Leads by the change of their total, in hundredths; those without one are left out.
    pub changes: BTreeMap<i64, u64>,
    /// For each move, from and to, the first lead that made it: its number and id.
    pub movers: BTreeMap<(usize, usize), (u32, String)>,
    pub n_grade_changed: u64,
    pub n_priority_changed: u64,
    /// For each stage that is won by points.
    pub crossings: Vec<Crossing>,
    /// For each line.
    pub nearest: Vec<Nearest>,
}

impl Sums {
    /// Adds other leads.
    pub(super) fn add(&mut self, other: Self) {
        self.n_leads += other.n_leads;
        self.before_hundredths += other.before_hundredths;
        self.after_hundredths += other.after_hundredths;
        self.all.add(&other.all);
        self.n_grade_changed += other.n_grade_changed;
        self.n_priority_changed += other.n_priority_changed;
        for (change, n) in other.changes {
            *self.changes.entry(change).or_default() += n;
        }
        for (step, mover) in other.movers {
            let first = self.movers.entry(step).or_insert_with(|| mover.clone());
            if mover.0 < first.0 {
                *first = mover;
            }
        }
        if self.by_edit.is_empty() {
            self.by_edit = other.by_edit;
        } else {
            self.by_edit.iter_mut().zip(&other.by_edit).for_each(|(effect, more)| effect.add(more));
        }
        self.steps.add(&other.steps);
        self.open.resize(self.open.len().max(other.open.len()), (0, 0));
        for ((before, after), (more_before, more_after)) in self.open.iter_mut().zip(other.open) {
            *before += more_before;
            *after += more_after;
        }
        self.crossings.resize(self.crossings.len().max(other.crossings.len()), Crossing::default());
        for (crossing, more) in self.crossings.iter_mut().zip(other.crossings) {
            crossing.gained.add(more.gained);
            crossing.lost.add(more.lost);
        }
        self.nearest.resize_with(self.nearest.len().max(other.nearest.len()), Nearest::default);
        self.nearest.iter_mut().zip(other.nearest).for_each(|(nearest, more)| nearest.add(more));
    }
}
