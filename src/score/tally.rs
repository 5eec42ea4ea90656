//! The tallies of all leads: integers in one flat array, sets and bundles beside it.
//!
//! Everything added commutes with everything else, so events may come in any order on any number of threads. Nothing here
//! reads events or says which of them count.

use super::plan::{NONE_LARGEST, NONE_SMALLEST, Plan, Shape};
use super::select::Contribution;
use super::truth::Quantity;
use crate::points::Points;
use crate::rulebook::expr::{Count, Measure};
use crate::value::{Decay, Instant};
use foldhash::{HashMap, HashSet};
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The tallies of all leads.
#[derive(Debug)]
pub struct Tallies {
    width: usize,
    slots: Vec<AtomicI64>,
    kept: Vec<Vec<Mutex<Shard>>>,
}

/// Leads that share a lock.
type Shard = HashMap<u32, Kept>;

/// What doesn't fit into integers.
#[derive(Debug, Default)]
struct Kept {
    set: HashSet<u128>,
    bundles: HashMap<u128, i64>,
    loose: Vec<i64>,
}

const N_SHARDS: usize = 64;

impl Tallies {
    /// Tallies for so many leads, before any event.
    #[must_use]
    pub fn new(plan: &Plan<'_>, n_leads: usize) -> Self {
        let mut slots = Vec::with_capacity(n_leads * plan.width);
        for _ in 0..n_leads {
            slots.extend(plan.initial.iter().map(|value| AtomicI64::new(*value)));
        }
        let shards = || std::iter::repeat_with(Mutex::default).take(N_SHARDS).collect();
        let kept = std::iter::repeat_with(shards).take(plan.n_kept).collect();
        Self { width: plan.width, slots, kept }
    }

    /// Adds what a tally takes of an event to a lead.
    pub fn add(&self, plan: &Plan<'_>, tally: usize, lead: u32, contribution: Contribution) {
        let row = lead as usize * self.width;
        match (plan.shapes[tally], contribution) {
            (Shape::Count { slot }, Contribution::One) => {
                self.slots[row + slot].fetch_add(1, Relaxed);
            }
            (Shape::Sum { slot, wide: true }, Contribution::Number(number)) => self.add_wide(row + slot, number),
            (Shape::Sum { slot, wide: false }, Contribution::Number(number)) => {
                self.slots[row + slot].fetch_add(number, Relaxed);
            }
            (Shape::Largest { slot }, Contribution::Number(number)) => {
                self.slots[row + slot].fetch_max(number, Relaxed);
            }
            (Shape::Smallest { slot }, Contribution::Number(number)) => {
                self.slots[row + slot].fetch_min(number, Relaxed);
            }
            (Shape::Set { kept }, Contribution::Key(key)) => {
                self.shard(kept, lead).entry(lead).or_default().set.insert(key);
            }
            (Shape::Bundles { kept, .. }, Contribution::Bundle { key: Some(key), time }) => {
                let mut shard = self.shard(kept, lead);
                let newest = shard.entry(lead).or_default().bundles.entry(key).or_insert(i64::MIN);
                *newest = time.ms().max(*newest);
            }
            (Shape::Bundles { kept, limit, slot }, Contribution::Bundle { key: None, time }) => match limit {
                Some(limit) => self.keep_newest(kept, lead, time, limit),
                None => self.add_wide(row + slot, Self::loose_points(plan, tally, time)),
            },
            _ => {}
        }
    }

    /// A sum's high and low halves are added apart; either could only overflow after 2³¹ additions of one lead.
    fn add_wide(&self, slot: usize, number: i64) {
        self.slots[slot].fetch_add(number >> 32, Relaxed);
        self.slots[slot + 1].fetch_add(number & 0xffff_ffff, Relaxed);
    }

    fn sum(&self, slot: usize, wide: bool) -> i128 {
        let part = |slot: usize| i128::from(self.slots[slot].load(Relaxed));
        if wide { (part(slot) << 32) + part(slot + 1) } else { part(slot) }
    }

    fn loose_points(plan: &Plan<'_>, tally: usize, time: Instant) -> i64 {
        match &plan.rulebook.tallies[tally].measure {
            Measure::Points { points, decay, .. } => decayed(*points, decay.as_ref(), plan.as_of, time),
            _ => 0,
        }
    }

    fn keep_newest(&self, kept: usize, lead: u32, time: Instant, limit: usize) {
        let mut shard = self.shard(kept, lead);
        let loose = &mut shard.entry(lead).or_default().loose;
        let at = loose.partition_point(|known| *known >= time.ms());
        if at < limit {
            loose.insert(at, time.ms());
            loose.truncate(limit);
        }
    }

    fn shard(&self, kept: usize, lead: u32) -> MutexGuard<'_, Shard> {
        // A poisoned lock means that a worker panicked, and then the run fails anyway.
        self.kept[kept][lead as usize % N_SHARDS].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value of a measure for a lead. `from` is the date to be idle from where there is no event.
    #[must_use]
    pub fn quantity(&self, plan: &Plan<'_>, tally: usize, lead: u32, from: Option<Instant>) -> Quantity {
        let row = lead as usize * self.width;
        let load = |slot: usize| self.slots[row + slot].load(Relaxed);
        match (plan.shapes[tally], &plan.rulebook.tallies[tally].measure) {
            (Shape::Count { slot }, _) => Quantity::whole(load(slot)),
            (Shape::Sum { slot, wide }, _) => Quantity::micros(self.sum(row + slot, wide)),
            (Shape::Set { kept }, _) => {
                let n_values = self.shard(kept, lead).get(&lead).map_or(0, |kept| kept.set.len());
                Quantity::whole(i64::try_from(n_values).unwrap_or(i64::MAX))
            }
            (Shape::Largest { slot }, Measure::IdleDays { .. }) => {
                let newest = Some(load(slot)).filter(|newest| *newest != NONE_LARGEST).map(Instant::from_ms);
                match newest.or(from) {
                    Some(start) => Quantity::days(plan.as_of.ms_since(start).max(0)),
                    None => Quantity::Missing,
                }
            }
            (Shape::Largest { slot }, measure) => match load(slot) {
                NONE_LARGEST => Quantity::Missing,
                value if holds_number(plan, measure) => Quantity::micros(i128::from(value)),
                value => Quantity::Instant(Instant::from_ms(value)),
            },
            (Shape::Smallest { slot }, _) => match load(slot) {
                NONE_SMALLEST => Quantity::Missing,
                value => Quantity::Instant(Instant::from_ms(value)),
            },
            (Shape::Bundles { .. }, _) => Quantity::Missing,
        }
    }

    /// The points of an occurrence criterion for a lead, in millionths, before its cap.
    #[must_use]
    pub fn points_micros(&self, plan: &Plan<'_>, tally: usize, lead: u32) -> i128 {
        let Measure::Points { points, count, at_most, decay } = &plan.rulebook.tallies[tally].measure else { return 0 };
        let row = lead as usize * self.width;
        let one = |time: i64| i128::from(decayed(*points, decay.as_ref(), plan.as_of, Instant::from_ms(time)));
        match plan.shapes[tally] {
            Shape::Count { slot } => {
                let n_events = self.slots[row + slot].load(Relaxed);
                let n_counted =
                    at_most.map_or(n_events, |limit| n_events.min(i64::try_from(limit).unwrap_or(i64::MAX)));
                i128::from(n_counted) * points.micros()
            }
            Shape::Sum { slot, wide } => self.sum(row + slot, wide),
            Shape::Largest { slot } if *count == Count::Once => match self.slots[row + slot].load(Relaxed) {
                NONE_LARGEST => 0,
                newest => one(newest),
            },
            Shape::Bundles { kept, limit, slot } => {
                let loose_sum = if limit.is_none() { self.sum(row + slot, true) } else { 0 };
                let shard = self.shard(kept, lead);
                let Some(kept) = shard.get(&lead) else { return loose_sum };
                let mut times: Vec<i64> = kept.bundles.values().chain(&kept.loose).copied().collect();
                times.sort_unstable_by_key(|time| std::cmp::Reverse(*time));
                loose_sum + times.into_iter().take(limit.unwrap_or(usize::MAX)).map(one).sum::<i128>()
            }
            _ => 0,
        }
    }
}

fn holds_number(plan: &Plan<'_>, measure: &Measure) -> bool {
    matches!(measure, Measure::Max(field) if plan.rulebook.event_fields[field.field].kind == crate::value::Type::Number)
}

/// The points of one event, in millionths.
pub(crate) fn decayed(points: Points, decay: Option<&Decay>, as_of: Instant, time: Instant) -> i64 {
    // A rulebook's points are so small that their millionths fit.
    let micros = points.hundredths().saturating_mul(10_000);
    decay.map_or(micros, |decay| decay.apply(micros, as_of.ms_since(time)))
}
