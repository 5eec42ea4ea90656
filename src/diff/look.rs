//! What both rulebooks say of one lead after another, added up.

use super::comparison::Comparison;
use super::effect::{Effect, Outcome};
use super::judge::{Room, Said};
use super::sides::Sides;
use super::sums::BothSums;
use crate::funnel::{Lens, Observed};
use crate::run::ScoredLead;
use crate::score::Plan;
use foldhash::HashMap;
use xxhash_rust::xxh3::xxh3_128;

/// What was found so far; parts of it add up in any order.
#[derive(Debug, Default)]
pub struct DiffFindings {
    pub(super) sums: BothSums,
    /// What reading the files in the new way does to leads that the new rulebook scores.
    pub(super) reading: Effect,
    pub(super) n_only_new: u64,
    pub(super) observed: Sides<Option<Observed>>,
    /// All ids as one number, whatever their order: what ids are hashed with where no key is given.
    pub(super) all_ids: u128,
    /// What the old rulebook said of a lead, and where the new one put it by the old reading: kept until the new reading comes to it.
    befores: HashMap<u128, (Said, Outcome)>,
    room: Room,
}

/// A comparison bound to an instant, looking at one lead after another.
pub struct DiffLook<'c> {
    pub(super) comparison: &'c Comparison,
    pub(super) lenses: Sides<Option<Lens<'c>>>,
}

impl<'c> DiffLook<'c> {
    /// Binds a comparison to the plans of both rulebooks. `n_leads` is about how many there are.
    #[must_use]
    pub fn new(comparison: &'c Comparison, plans: [&Plan<'c>; 2], n_leads: u64) -> Self {
        let asks = comparison.judge.asks_value;
        let lens = |is_wanted: bool, plan: &Plan<'c>| is_wanted.then(|| Lens::new(plan, n_leads));
        let new = lens(asks && comparison.has_other_values(), plans[1]);
        Self { comparison, lenses: Sides { old: lens(asks, plans[0]), new } }
    }

    /// Looks at a lead that the old rulebook has read and scored. Where the new one reads the files differently, it looks at the
    /// lead again in its own reading: [`Self::look_again`].
    pub fn look(&self, found: &mut DiffFindings, lead: &ScoredLead<'_, '_>) {
        let judge = &self.comparison.judge;
        let id = xxh3_128(lead.id.as_bytes());
        found.all_ids = found.all_ids.wrapping_add(id);
        observe(self.lenses.old.as_ref(), &mut found.observed.old, lead);
        let mut room = std::mem::take(&mut found.room);
        let is_other = judge.weigh(lead, &mut room, &mut found.sums.by_edit);
        let before = judge.said(&judge.mixtures.old, lead.card);
        let card = if is_other { &room.card } else { lead.card };
        let after = if is_other { judge.said(&judge.mixtures.new, card) } else { before.clone() };
        if self.comparison.has_two_readings() {
            found.befores.insert(id, (before, after.outcome));
        } else {
            judge.settle(&mut found.sums, lead, (&before, &after), card);
            if self.lenses.new.is_some() {
                let facts = lead.facts.beside(&judge.mixtures.new.rulebook, card.clone());
                observe(self.lenses.new.as_ref(), &mut found.observed.new, &lead.beside(&facts));
            }
        }
        found.room = room;
    }

    /// Looks at a lead as the new rulebook reads it and has scored it; `first` is what the first reading found.
    pub fn look_again(&self, first: &DiffFindings, found: &mut DiffFindings, lead: &ScoredLead<'_, '_>) {
        let judge = &self.comparison.judge;
        let Some((before, then)) = first.befores.get(&xxh3_128(lead.id.as_bytes())) else {
            found.n_only_new += 1;
            return;
        };
        observe(self.lenses.new.as_ref(), &mut found.observed.new, lead);
        let after = judge.said(&judge.mixtures.new, lead.card);
        found.reading.add_lead(*then, after.outcome);
        judge.settle(&mut found.sums, lead, (before, &after), lead.card);
    }
}

fn observe(lens: Option<&Lens<'_>>, observed: &mut Option<Observed>, lead: &ScoredLead<'_, '_>) {
    if let Some(lens) = lens {
        observed.get_or_insert_with(|| Observed::new(lens)).add_lead(lens, lead);
    }
}

impl DiffFindings {
    /// Adds what was found elsewhere in the same pass, or in the other one.
    pub fn add(&mut self, other: Self) {
        self.sums.add(other.sums);
        self.reading.add(&other.reading);
        self.n_only_new += other.n_only_new;
        self.all_ids = self.all_ids.wrapping_add(other.all_ids);
        self.befores.extend(other.befores);
        let add = |own: &mut Option<Observed>, more: Option<Observed>| match (own.as_mut(), more) {
            (Some(own), Some(more)) => own.add(&more),
            (None, more) => *own = more,
            (Some(_), None) => {}
        };
        add(&mut self.observed.old, other.observed.old);
        add(&mut self.observed.new, other.observed.new);
    }

    /// How many leads only the old rulebook found.
    pub(super) fn n_only_old(&self) -> u64 {
        let n_first = self.befores.len() as u64;
        n_first.saturating_sub(if n_first == 0 { 0 } else { self.sums.n_leads })
    }
}
