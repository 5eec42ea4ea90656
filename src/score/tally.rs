//! The tallies of all leads: integers in flat arrays, sets and bundles beside them.
//!
//! Everything added commutes with everything else, so events may come in any order on any number of threads: a [`Board`]
//! takes changes, many leads to a lock; when all events are in it becomes [`Tallies`], which are only read. Nothing here
//! reads events or says which of them count.

use super::measure::{NONE_LARGEST, TallyShape};
use super::plan::Plan;
use super::select::Contribution;
use super::truth::Quantity;
use crate::points::Points;
use crate::rulebook::expr::{Count, Measure};
use crate::value::{Decay, Instant};
use foldhash::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

/// How many parts the leads are dealt into, by the low bits of their number.
const N_SHARDS: usize = 1 << SHARD_BITS;
const SHARD_BITS: u32 = 6;

fn shard_of(lead: u32) -> usize {
    lead as usize % N_SHARDS
}

fn row_of(lead: u32) -> usize {
    (lead >> SHARD_BITS) as usize
}

/// The tallies of some of the leads.
#[derive(Debug, Default)]
struct Shard {
    slots: Vec<i64>,
    /// For each tally that keeps more than integers.
    kept: Vec<HashMap<u32, Kept>>,
}

/// What doesn't fit into integers.
#[derive(Clone, Debug, Default)]
struct Kept {
    set: HashSet<u128>,
    bundles: HashMap<u128, i64>,
    loose: Vec<i64>,
}

/// Changes on their way to the board, dealt out by shard.
#[derive(Debug)]
pub(crate) struct Changes {
    numbers: Vec<Vec<Addition>>,
    others: Vec<(u32, u32, Contribution)>,
}

/// A number for a tally that is kept in integers; for [`COMMON`] and the one below, a time for all common tallies.
#[derive(Clone, Copy, Debug)]
struct Addition {
    lead: u32,
    tally: u32,
    number: i64,
}

/// Stands for the tally: the common tallies of engagement. Below it, those of all other types.
const COMMON: u32 = u32::MAX;

impl Default for Changes {
    fn default() -> Self {
        // Room for what a block of events usually gives.
        let numbers = std::iter::repeat_with(|| Vec::with_capacity(256)).take(N_SHARDS).collect();
        Self { numbers, others: Vec::new() }
    }
}

impl Changes {
    /// Changes of a single lead, whose number is 0.
    pub(super) fn of_one() -> Self {
        Self { numbers: vec![Vec::new()], others: Vec::new() }
    }

    /// Notes an integer for a lead, where integers are what the tally keeps.
    #[inline]
    pub(crate) fn push_number(&mut self, lead: u32, tally: u32, number: i64) {
        let shard = shard_of(lead);
        self.numbers[shard].push(Addition { lead, tally, number });
    }

    /// Notes the time of an event for the common tallies of a lead: see `Plan::common`.
    pub(crate) fn push_common(&mut self, lead: u32, is_engagement: bool, time: Instant) {
        self.push_number(lead, COMMON - u32::from(!is_engagement), time.ms());
    }

    /// Notes a key or a member of a bundle for a lead.
    pub(crate) fn push(&mut self, lead: u32, tally: u32, contribution: Contribution) {
        self.others.push((lead, tally, contribution));
    }
}

/// The tallies of all leads while events come in.
#[derive(Debug)]
pub(crate) struct Board {
    shards: Vec<Mutex<Shard>>,
}

impl Board {
    /// A board for so many leads, before any event.
    #[must_use]
    pub(crate) fn new(plan: &Plan<'_>, n_leads: usize) -> Self {
        Self::of(plan, n_leads.div_ceil(N_SHARDS), N_SHARDS)
    }

    /// A board for a single lead, whose number is 0.
    pub(super) fn of_one(plan: &Plan<'_>) -> Self {
        Self::of(plan, 1, 1)
    }

    fn of(plan: &Plan<'_>, n_rows: usize, n_shards: usize) -> Self {
        let shard = || {
            let mut slots = Vec::with_capacity(n_rows * plan.width);
            for _ in 0..n_rows {
                slots.extend_from_slice(&plan.initial);
            }
            Mutex::new(Shard { slots, kept: vec![HashMap::default(); plan.n_kept] })
        };
        Self { shards: std::iter::repeat_with(shard).take(n_shards).collect() }
    }

    /// Takes changes; `changes` is empty afterwards and can be used again.
    pub(crate) fn apply(&self, plan: &Plan<'_>, changes: &mut Changes) {
        for (shard, additions) in self.shards.iter().zip(&mut changes.numbers) {
            if !additions.is_empty() {
                // A poisoned lock means that a worker panicked, and then the run fails anyway.
                let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
                shard.touch(plan, additions);
                for addition in additions.drain(..) {
                    shard.add(plan, addition);
                }
            }
        }
        for (lead, tally, contribution) in changes.others.drain(..) {
            let mut shard = self.shards[shard_of(lead)].lock().unwrap_or_else(PoisonError::into_inner);
            shard.keep(plan, lead, tally as usize, contribution);
        }
    }

    /// The tallies, now that all events are in.
    #[must_use]
    pub(crate) fn close(self, plan: &Plan<'_>) -> Tallies {
        let shards = self.shards.into_iter().map(|shard| shard.into_inner().unwrap_or_else(PoisonError::into_inner));
        Tallies { width: plan.width, shards: shards.collect() }
    }
}

impl Shard {
    /// Looks at the rows that are about to change and does nothing with them: those looks wait for memory together, which the
    /// changes, each of which needs what it finds, do not.
    fn touch(&self, plan: &Plan<'_>, additions: &[Addition]) {
        let first = |addition: &Addition| self.slots.get(row_of(addition.lead) * plan.width);
        let seen = additions.iter().filter_map(first).fold(0, |seen, slot| seen ^ slot);
        std::hint::black_box(seen);
    }

    fn add(&mut self, plan: &Plan<'_>, addition: Addition) {
        let row = row_of(addition.lead) * plan.width;
        let number = addition.number;
        if addition.tally >= COMMON - 1 {
            let common = &plan.common[usize::from(addition.tally == COMMON)];
            return common.iter().for_each(|shape| self.add_time(row, *shape, number));
        }
        match plan.shapes[addition.tally as usize] {
            TallyShape::Count { slot } | TallyShape::Sum { slot, wide: false } => self.slots[row + slot] += number,
            TallyShape::Sum { slot, wide: true } => self.add_wide(row + slot, number),
            TallyShape::Largest { slot } => {
                let largest = &mut self.slots[row + slot];
                *largest = number.max(*largest);
            }
            TallyShape::Smallest { slot } => {
                let smallest = &mut self.slots[row + slot];
                *smallest = number.min(*smallest);
            }
            TallyShape::Set { .. } | TallyShape::Bundles { .. } => {}
        }
    }

    /// Adds an event of this time to a common tally.
    fn add_time(&mut self, row: usize, shape: TallyShape, time: i64) {
        match shape {
            TallyShape::Count { slot } => self.slots[row + slot] += 1,
            TallyShape::Largest { slot } => self.slots[row + slot] = time.max(self.slots[row + slot]),
            TallyShape::Smallest { slot } => self.slots[row + slot] = time.min(self.slots[row + slot]),
            TallyShape::Sum { .. } | TallyShape::Set { .. } | TallyShape::Bundles { .. } => {}
        }
    }

    /// A sum's high and low halves are added apart; either could only overflow after 2³¹ additions of one lead.
    fn add_wide(&mut self, slot: usize, number: i64) {
        self.slots[slot] += number >> 32;
        self.slots[slot + 1] += number & 0xffff_ffff;
    }

    fn keep(&mut self, plan: &Plan<'_>, lead: u32, tally: usize, contribution: Contribution) {
        match (plan.shapes[tally], contribution) {
            (TallyShape::Set { kept }, Contribution::Key(key)) => {
                self.kept[kept].entry(lead).or_default().set.insert(key);
            }
            (TallyShape::Bundles { kept, .. }, Contribution::Bundle { key: Some(key), time }) => {
                let bundles = &mut self.kept[kept].entry(lead).or_default().bundles;
                let newest = bundles.entry(key).or_insert(i64::MIN);
                *newest = time.ms().max(*newest);
            }
            (TallyShape::Bundles { kept, limit: Some(limit), .. }, Contribution::Bundle { key: None, time }) => {
                keep_newest(&mut self.kept[kept].entry(lead).or_default().loose, time.ms(), limit);
            }
            (TallyShape::Bundles { limit: None, slot, .. }, Contribution::Bundle { key: None, time }) => {
                let row = row_of(lead) * plan.width;
                self.add_wide(row + slot, loose_points(plan, tally, time));
            }
            _ => {}
        }
    }
}

fn keep_newest(times: &mut Vec<i64>, time: i64, limit: usize) {
    let at = times.partition_point(|known| *known >= time);
    if at < limit {
        times.insert(at, time);
        times.truncate(limit);
    }
}

fn loose_points(plan: &Plan<'_>, tally: usize, time: Instant) -> i64 {
    match &plan.rulebook.tallies[tally].measure {
        Measure::Points { points, decay, .. } => decayed(*points, decay.as_ref(), plan.as_of, time),
        _ => 0,
    }
}

/// The tallies of all leads, complete.
#[derive(Debug)]
pub struct Tallies {
    width: usize,
    shards: Vec<Shard>,
}

impl Tallies {
    fn slots(&self, lead: u32) -> &[i64] {
        let row = row_of(lead) * self.width;
        &self.shards[shard_of(lead)].slots[row..row + self.width]
    }

    fn kept(&self, lead: u32, kept: usize) -> Option<&Kept> {
        self.shards[shard_of(lead)].kept[kept].get(&lead)
    }

    /// The value of a measure for a lead. `from` is the date to be idle from where there is no event.
    #[must_use]
    pub fn quantity(&self, plan: &Plan<'_>, tally: usize, lead: u32, from: Option<Instant>) -> Quantity {
        let slots = self.slots(lead);
        let n_values = |kept: usize| self.kept(lead, kept).map_or(0, |kept| kept.set.len());
        plan.read(tally, slots, n_values, from)
    }

    /// The points of an occurrence criterion for a lead, in millionths, before its cap.
    #[must_use]
    #[inline]
    pub fn points_micros(&self, plan: &Plan<'_>, tally: usize, lead: u32) -> i128 {
        let slots = self.slots(lead);
        match plan.shapes[tally] {
            // Most leads have done few of the things that give points.
            TallyShape::Count { slot } | TallyShape::Sum { slot, wide: false } if slots[slot] == 0 => 0,
            _ => self.points_of(plan, tally, lead, slots),
        }
    }

    fn points_of(&self, plan: &Plan<'_>, tally: usize, lead: u32, slots: &[i64]) -> i128 {
        let Measure::Points { points, count, at_most, decay } = &plan.rulebook.tallies[tally].measure else { return 0 };
        let one = |time: i64| i128::from(decayed(*points, decay.as_ref(), plan.as_of, Instant::from_ms(time)));
        match plan.shapes[tally] {
            TallyShape::Count { slot } => {
                let limit = at_most.map_or(i64::MAX, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
                i128::from(slots[slot].min(limit)) * points.micros()
            }
            TallyShape::Sum { slot, wide } => sum(slots, slot, wide),
            TallyShape::Largest { slot } if *count == Count::Once => match slots[slot] {
                NONE_LARGEST => 0,
                newest => one(newest),
            },
            TallyShape::Bundles { kept, limit, slot } => {
                let loose_sum = if limit.is_none() { sum(slots, slot, true) } else { 0 };
                let Some(kept) = self.kept(lead, kept) else { return loose_sum };
                let mut times: Vec<i64> = kept.bundles.values().chain(&kept.loose).copied().collect();
                times.sort_unstable_by_key(|time| std::cmp::Reverse(*time));
                loose_sum + times.into_iter().take(limit.unwrap_or(usize::MAX)).map(one).sum::<i128>()
            }
            _ => 0,
        }
    }
}

pub(super) fn sum(slots: &[i64], slot: usize, wide: bool) -> i128 {
    let part = |slot: usize| i128::from(slots[slot]);
    if wide { (part(slot) << 32) + part(slot + 1) } else { part(slot) }
}

/// The points of one event, in millionths.
pub(crate) fn decayed(points: Points, decay: Option<&Decay>, as_of: Instant, time: Instant) -> i64 {
    // A rulebook's points are so small that their millionths fit.
    let micros = points.hundredths().saturating_mul(10_000);
    decay.map_or(micros, |decay| decay.apply(micros, as_of.ms_since(time)))
}
