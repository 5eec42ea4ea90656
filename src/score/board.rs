//! The tallies of all leads while events come in: a line of integers a lead, more beside it where a rulebook needs more, and sets
//! beside those.
//!
//! Everything added commutes with everything else, so events may come in any order on any number of threads: a [`Board`]
//! takes changes, many leads to a lock; when all events are in it becomes [`Tallies`], which are only read. Nothing here
//! reads events or says which of them count.

use super::bundles::{Bundle, DatedPoints, keep_newest};
use super::changes::{Addition, Changes, CommonChange};
use super::held::{HeldValue, HeldValues};
use super::lately::{Doing, Doings, LastDoings};
use super::layout::{CommonSlots, LINE_NARROW, LINE_WIDE, Layout, Line};
use super::measure::{SumForm, TallyShape};
use super::moments::MomentsOfRows;
use super::plan::Plan;
use super::select::Contribution;
use super::tallies::Tallies;
use crate::value::Instant;
use foldhash::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

/// How many parts the leads are dealt into.
pub(super) const N_SHARDS: usize = 1 << SHARD_BITS;
const SHARD_BITS: u32 = 6;
/// Leads are dealt by pages, so that scoring them in the order of the file goes through memory from front to back.
const PAGE_BITS: u32 = 6;
const PAGE: usize = 1 << PAGE_BITS;

/// The part in which a lead stands.
#[inline]
pub(super) fn shard_of(lead: u32) -> usize {
    (lead >> PAGE_BITS) as usize % N_SHARDS
}

/// Where a lead stands in its part.
#[inline]
pub(super) fn row_of(lead: u32) -> u32 {
    ((lead >> (PAGE_BITS + SHARD_BITS)) << PAGE_BITS) | (lead % (1 << PAGE_BITS))
}

/// The tallies of some of the leads.
#[derive(Debug, Default)]
pub(super) struct Shard {
    pub lines: Vec<Line>,
    /// What doesn't fit on the lines, row after row, so many a row.
    pub wide: Vec<i64>,
    pub n_wide: usize,
    /// See `wide`.
    pub narrow: Vec<i32>,
    pub n_narrow: usize,
    /// For each tally of distinct values, the values seen.
    sets: Vec<HashSet<RowKey>>,
    /// For each tally of bundles, the newest event of each.
    bundles: Vec<HashMap<RowKey, i64>>,
    /// For each tally of bundles of events with points of their own, the newest event of each.
    worths: Vec<HashMap<RowKey, DatedPoints>>,
    /// For each tally of a busiest period, how many events each has.
    periods: Vec<HashMap<RowKey, i32>>,
    /// For each tally of the newest bundles, those of each row.
    pub newest: Vec<HashMap<u32, Vec<Bundle>>>,
    /// For each tally of events that lie apart, all events of each row.
    pub apart: Vec<HashMap<u32, Vec<DatedPoints>>>,
    /// For each tally of the earliest or latest value, that of each row, with its time.
    pub held: Vec<HeldValues>,
    /// For each tally of moments, those of each row.
    pub moments: Vec<MomentsOfRows>,
    /// The last things that each row did; empty where nobody asks.
    pub last: Vec<LastDoings>,
}

/// A value that a lead's events had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct RowKey {
    key: [u64; 2],
    row: u32,
}

/// The tallies of all leads while events come in.
#[derive(Debug)]
pub(crate) struct Board {
    shards: Vec<Mutex<Shard>>,
    doings: Doings,
}

impl Board {
    /// A board for so many leads, before any event.
    #[must_use]
    pub(crate) fn new(plan: &Plan<'_>, n_leads: usize) -> Self {
        let n_pages = n_leads.div_ceil(PAGE);
        let n_rows = |shard: usize| (n_pages + N_SHARDS - 1 - shard) / N_SHARDS * PAGE;
        Self::of(plan, (0..N_SHARDS).map(n_rows))
    }

    /// A board for a single lead, whose number is 0.
    pub(super) fn of_one(plan: &Plan<'_>) -> Self {
        Self::of(plan, std::iter::once(1))
    }

    fn of(plan: &Plan<'_>, n_rows: impl Iterator<Item = usize>) -> Self {
        let layout = &plan.layout;
        let shard = |n_rows: usize| {
            Mutex::new(Shard {
                lines: vec![layout.first_line(); n_rows],
                wide: layout.wide_rest().repeat(n_rows),
                n_wide: layout.wide_rest().len(),
                narrow: vec![0; n_rows * layout.n_narrow_rest()],
                n_narrow: layout.n_narrow_rest(),
                sets: vec![HashSet::default(); layout.n_sets],
                bundles: vec![HashMap::default(); layout.n_bundles],
                worths: vec![HashMap::default(); layout.n_worths],
                periods: vec![HashMap::default(); layout.n_periods],
                newest: vec![HashMap::default(); layout.n_newest],
                apart: vec![HashMap::default(); layout.n_apart],
                held: vec![HeldValues::default(); layout.n_held],
                moments: vec![MomentsOfRows::default(); layout.n_moments],
                last: vec![LastDoings::NONE; if plan.hands_off { n_rows } else { 0 }],
            })
        };
        Self { shards: n_rows.map(shard).collect(), doings: Doings::default() }
    }

    /// What an event of a source is to its lead: its type folded, and as it stands in the file.
    pub(crate) fn doing(&self, plan: &Plan<'_>, source: usize, folded: &str, written: &str) -> Doing {
        self.doings.doing(plan, source, folded, written)
    }

    /// Takes changes; `changes` is empty afterwards and can be used again.
    pub(crate) fn apply(&self, plan: &Plan<'_>, changes: &mut Changes) {
        let lists = changes.common.iter_mut().zip(&mut changes.numbers);
        for (shard, (common, numbers)) in self.shards.iter().zip(lists) {
            if common.is_empty() && numbers.is_empty() {
                continue;
            }
            // A poisoned lock means that a worker panicked, and then the run fails anyway.
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            shard.touch(common.iter().map(|change| change.row));
            if plan.layout.is_common_on_lines() {
                shard.add_to_lines(&plan.layout, common);
            } else {
                for change in &*common {
                    shard.add_common(&plan.layout, *change);
                }
            }
            shard.note_last(common, &self.doings);
            common.clear();
            shard.touch(numbers.iter().map(|addition| addition.row));
            for addition in numbers.drain(..) {
                shard.add(plan.layout.shapes[addition.tally as usize], addition);
            }
        }
        for (lead, tally, contribution) in changes.others.drain(..) {
            let mut shard = self.shards[shard_of(lead)].lock().unwrap_or_else(PoisonError::into_inner);
            shard.keep(plan, plan.layout.shapes[tally as usize], (row_of(lead), tally), contribution);
        }
        for HeldValue { lead, tally, time, value } in changes.values.drain(..) {
            let mut shard = self.shards[shard_of(lead)].lock().unwrap_or_else(PoisonError::into_inner);
            match plan.layout.shapes[tally as usize] {
                TallyShape::Held { held, is_first } => shard.held[held].hold(row_of(lead), is_first, (time, value)),
                TallyShape::Moments { moments } => shard.moments[moments].add(row_of(lead), time, value),
                _ => {}
            }
        }
    }

    /// The tallies so far, to be looked at; [`Self::resumed`] goes on.
    #[must_use]
    pub(crate) fn paused(self) -> Tallies {
        let shard = |shard: Mutex<Shard>| shard.into_inner().unwrap_or_else(PoisonError::into_inner);
        Tallies::new(self.shards.into_iter().map(shard).collect(), self.doings.into_names())
    }

    /// The board of such tallies.
    #[must_use]
    pub(crate) fn resumed(tallies: Tallies) -> Self {
        let (shards, doings) = tallies.into_parts();
        Self { shards: shards.into_iter().map(Mutex::new).collect(), doings: Doings::named(doings) }
    }

    /// The tallies, now that all events are in.
    #[must_use]
    pub(crate) fn close(self) -> Tallies {
        let shards = self.shards.into_iter().map(|shard| {
            let shard = shard.into_inner().unwrap_or_else(PoisonError::into_inner);
            // What they served is counted.
            Shard { sets: Vec::new(), bundles: Vec::new(), worths: Vec::new(), periods: Vec::new(), ..shard }
        });
        Tallies::new(shards.collect(), self.doings.into_names())
    }
}

impl Shard {
    /// Looks at the lines that are about to change and does nothing with them: those looks wait for memory together, which the
    /// changes, each of which needs what it finds, do not.
    #[inline]
    fn touch(&self, rows: impl Iterator<Item = u32>) {
        let first = |row: u32| self.lines.get(row as usize).map_or(0, |line| line.narrow[0]);
        std::hint::black_box(rows.map(first).fold(0, |seen, slot| seen ^ slot));
    }

    #[inline]
    fn wide(&mut self, row: u32, slot: usize) -> &mut i64 {
        let row = row as usize;
        match self.lines[row].wide.get_mut(slot) {
            Some(wide) => wide,
            None => &mut self.wide[row * self.n_wide + slot - LINE_WIDE],
        }
    }

    #[inline]
    fn narrow(&mut self, row: u32, slot: usize) -> &mut i32 {
        let row = row as usize;
        match self.lines[row].narrow.get_mut(slot) {
            Some(narrow) => narrow,
            None => &mut self.narrow[row * self.n_narrow + slot - LINE_NARROW],
        }
    }

    /// Adds events to the common tallies of their rows, where all of those stand on the lines.
    fn add_to_lines(&mut self, layout: &Layout, changes: &[CommonChange]) {
        for change in changes {
            let CommonSlots { counts, newest, earliest } = &layout.common[usize::from(change.doing.is_the_leads())];
            let line = &mut self.lines[change.row as usize];
            for slot in counts {
                line.narrow[*slot] = line.narrow[*slot].saturating_add(1);
            }
            for slot in newest {
                line.wide[*slot] = line.wide[*slot].max(change.time);
            }
            for slot in earliest {
                line.wide[*slot] = line.wide[*slot].min(change.time);
            }
        }
    }

    /// Adds an event to the common tallies of a row.
    fn add_common(&mut self, layout: &Layout, change: CommonChange) {
        let slots = &layout.common[usize::from(change.doing.is_the_leads())];
        for slot in &slots.counts {
            let count = self.narrow(change.row, *slot);
            *count = count.saturating_add(1);
        }
        for slot in &slots.newest {
            let newest = self.wide(change.row, *slot);
            *newest = change.time.max(*newest);
        }
        for slot in &slots.earliest {
            let earliest = self.wide(change.row, *slot);
            *earliest = change.time.min(*earliest);
        }
    }

    #[inline]
    fn add(&mut self, shape: TallyShape, Addition { row, number, .. }: Addition) {
        match shape {
            TallyShape::Sum { slot, form: SumForm::Narrow } => {
                let sum = self.narrow(row, slot);
                *sum = i32::try_from(i64::from(*sum) + number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX });
            }
            TallyShape::Count { slot } => {
                let count = self.narrow(row, slot);
                *count = count.saturating_add(1);
            }
            TallyShape::Sum { slot, form: SumForm::Wide } => *self.wide(row, slot) += number,
            TallyShape::Sum { slot, form: SumForm::Halves } => self.add_halves(row, slot, number),
            TallyShape::Largest { slot } => {
                let largest = self.wide(row, slot);
                *largest = number.max(*largest);
            }
            TallyShape::Smallest { slot } => {
                let smallest = self.wide(row, slot);
                *smallest = number.min(*smallest);
            }
            TallyShape::Minute { slot } => {
                let newest = self.narrow(row, slot);
                let minute = i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX });
                *newest = if *newest == 0 { minute } else { minute.max(*newest) };
            }
            TallyShape::Average { slot, count } => {
                self.add_halves(row, slot, number);
                let count = self.narrow(row, count);
                *count = count.saturating_add(1);
            }
            TallyShape::Distinct { .. }
            | TallyShape::Busiest { .. }
            | TallyShape::Bundles { .. }
            | TallyShape::Worths { .. }
            | TallyShape::Newest { .. }
            | TallyShape::Apart { .. }
            | TallyShape::Held { .. }
            | TallyShape::Moments { .. } => {}
        }
    }

    /// A sum's high and low halves are added apart; either could only overflow after 2³¹ additions of one lead.
    fn add_halves(&mut self, row: u32, slot: usize, number: i64) {
        *self.wide(row, slot) += number >> 32;
        *self.wide(row, slot + 1) += number & 0xffff_ffff;
    }

    fn keep(&mut self, plan: &Plan<'_>, shape: TallyShape, (row, tally): (u32, u32), contribution: Contribution) {
        let tally = tally as usize;
        match (shape, contribution) {
            (TallyShape::Distinct { set, slot }, Contribution::Key(key)) => {
                let is_new = self.sets[set].insert(RowKey::new(row, key));
                let count = self.narrow(row, slot);
                *count = count.saturating_add(i32::from(is_new));
            }
            (TallyShape::Busiest { periods, slot }, Contribution::Key(key)) => {
                let n_events = self.periods[periods].entry(RowKey::new(row, key)).or_default();
                *n_events = n_events.saturating_add(1);
                let n_events = *n_events;
                let most = self.narrow(row, slot);
                *most = n_events.max(*most);
            }
            (TallyShape::Bundles { bundles, slot }, Contribution::Bundle { key: Some(key), time, points }) => {
                let newest = self.bundles[bundles].entry(RowKey::new(row, key)).or_insert(i64::MIN);
                if time.ms() > *newest {
                    let before = std::mem::replace(newest, time.ms());
                    // What the bundle gave so far is taken back.
                    let gave = if before == i64::MIN { 0 } else { plan.left(tally, Instant::from_ms(before), points) };
                    self.add_halves(row, slot, plan.left(tally, time, points) - gave);
                }
            }
            (TallyShape::Worths { worths, slot }, Contribution::Bundle { key: Some(key), time, points }) => {
                let decay = plan.decay_of(tally);
                let new = DatedPoints::new(time, points);
                let known = self.worths[worths].insert(RowKey::new(row, key), new);
                match known {
                    Some(known) if known >= new => drop(self.worths[worths].insert(RowKey::new(row, key), known)),
                    // What the bundle gave so far is taken back.
                    known => {
                        let gave = known.map_or(0, |known| known.left(plan, decay));
                        self.add_halves(row, slot, new.left(plan, decay) - gave);
                    }
                }
            }
            (
                TallyShape::Bundles { slot, .. } | TallyShape::Worths { slot, .. },
                Contribution::Bundle { key: None, time, points },
            ) => {
                self.add_halves(row, slot, plan.left(tally, time, points));
            }
            (TallyShape::Newest { newest, limit }, Contribution::Bundle { key, time, points }) => {
                let bundles = self.newest[newest].entry(row).or_default();
                keep_newest(bundles, Bundle { key, newest: DatedPoints::new(time, points) }, limit);
            }
            (TallyShape::Apart { apart }, Contribution::Bundle { time, points, .. }) => {
                self.apart[apart].entry(row).or_default().push(DatedPoints::new(time, points));
            }
            _ => {}
        }
    }
}

impl RowKey {
    fn new(row: u32, key: u128) -> Self {
        let half = |bits: u128| u64::try_from(bits & u128::from(u64::MAX)).unwrap_or_default();
        Self { key: [half(key >> 64), half(key)], row }
    }
}
