//! Events whose fate waits until their source has been read: those of the types that its rules for automated events name.
//!
//! What the tallies take of such an event is kept, some bytes an event. When all are in, each is asked about, and is either counted
//! or automated. A file and a pipe are read alike, once.

use super::counts::EventCounts;
use super::events::{SeenIds, Tallying, add_kind};
use super::evidence::Sighting;
use super::index::Found;
use super::kinds::KindCounts;
use crate::score::identity::{Identity, NO_IDENTITY};
use crate::score::{
    Changes, Contribution, Doing, EventTakes, Fate, GatheredPart, Gathering, Membership, Screen, Taken, Times,
};
use crate::value::duration::MINUTE_MS;
use crate::value::{Instant, Value};
use rayon::prelude::*;
use std::ops::Range;

/// Of so many events at once the times are looked at before they are asked for.
const TOUCHED: usize = 256;

/// What became of an event of a block that waits.
#[derive(Clone, Copy, Debug)]
struct WaitingEvent {
    time: i64,
    leads: Found,
    /// Index into the types of the source's rules.
    kind: u32,
    /// Where what is kept of it ends: its memberships, numbers, other contributions and values.
    ends: [u32; 4],
}

/// The events of a block that wait, side by side.
#[derive(Debug, Default)]
pub(super) struct WaitingBlock {
    events: Vec<WaitingEvent>,
    /// Their ids, where the source has ids.
    ids: Vec<Identity>,
    memberships: Vec<Membership>,
    numbers: Vec<(u32, i64)>,
    others: Vec<(u32, Contribution)>,
    values: Vec<(u32, Value<'static>)>,
    /// The events that are noted for an explanation, each with where it is noted.
    sighted: Vec<(usize, Range<usize>)>,
}

/// An event on its way into a block.
pub(super) struct NewWaiting<'n> {
    pub id: Identity,
    pub leads: Found,
    pub kind: u32,
    pub time: Instant,
    pub memberships: &'n [Membership],
    pub takes: &'n EventTakes,
    /// Where it is noted for an explanation.
    pub sightings: Range<usize>,
}

impl WaitingBlock {
    pub(super) fn push(&mut self, event: NewWaiting<'_>, has_ids: bool) {
        let taken = event.takes.taken();
        self.memberships.extend(event.memberships);
        self.numbers.extend(taken.numbers);
        self.others.extend(taken.others);
        self.values.extend_from_slice(taken.values);
        if has_ids {
            self.ids.push(event.id);
        }
        if !event.sightings.is_empty() {
            self.sighted.push((self.events.len(), event.sightings));
        }
        let end = |n: usize| u32::try_from(n).expect("a block has fewer than four billion cells");
        let lengths = [self.memberships.len(), self.numbers.len(), self.others.len(), self.values.len()];
        let ends = lengths.map(end);
        self.events.push(WaitingEvent { time: event.time.ms(), leads: event.leads, kind: event.kind, ends });
    }

    /// Gives back the room that a block asked for and didn't need: blocks wait until all are in.
    pub(super) fn shrunk(mut self) -> Self {
        self.events.shrink_to_fit();
        self.memberships.shrink_to_fit();
        self.numbers.shrink_to_fit();
        self.others.shrink_to_fit();
        self.values.shrink_to_fit();
        self
    }

    /// The events that count unless they are automated, each with its number in the block.
    fn counting(&self) -> impl Iterator<Item = (usize, &WaitingEvent)> {
        self.events.iter().enumerate().filter(|(_, event)| !event.leads.is_none())
    }

    /// Where what is kept of an event stands.
    fn ranges(&self, at: usize) -> [Range<usize>; 4] {
        let before = at.checked_sub(1).map_or([0; 4], |before| self.events[before].ends);
        let ends = self.events[at].ends;
        [0, 1, 2, 3].map(|part| before[part] as usize..ends[part] as usize)
    }
}

/// All events of a source that wait.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    blocks: Vec<WaitingBlock>,
}

impl Waiting {
    /// Takes the events of the next block: the first of an id waits, the others are repeats. What is noted of the block's events
    /// stands in `sightings` from `noted` on. Returns how many are repeats.
    pub(super) fn admit(
        &mut self,
        mut block: WaitingBlock,
        seen: &mut SeenIds,
        (sightings, noted): (&mut [Sighting], usize),
    ) -> u64 {
        let mut n_repeats = 0;
        for (_, range) in &mut block.sighted {
            *range = range.start + noted..range.end + noted;
        }
        for at in 0..block.events.len() {
            let id = block.ids.get(at).copied().unwrap_or(NO_IDENTITY);
            if id != NO_IDENTITY && !seen.insert(id) {
                n_repeats += 1;
                block.events[at].leads = Found::NONE;
                let noted = block.sighted.iter().filter(|(event, _)| *event == at);
                for sighting in noted.flat_map(|(_, range)| range.clone()) {
                    sightings[sighting].fate = Fate::Repeat;
                }
            }
        }
        block.ids = Vec::new();
        if !block.events.is_empty() {
            self.blocks.push(block);
        }
        n_repeats
    }

    /// Decides what becomes of all events, and tallies those that count.
    pub(super) fn settle(
        self,
        tallying: &Tallying<'_>,
        source: usize,
        threads: usize,
        counts: &mut EventCounts,
        sightings: &mut [Sighting],
    ) {
        let screen = &tallying.plan.screens[source];
        if self.blocks.is_empty() {
            return;
        }
        // So many at once that the heaps of times are few, and every thread has some.
        let n_blocks = self.blocks.len().div_ceil(threads.max(1) * 8).max(1);
        let some = self.blocks.chunks(n_blocks).collect();
        let gathered = on_threads(threads, some, |blocks| gather(tallying, screen, blocks));
        let times = Times::new(gathered, |parts| on_threads(threads, parts, GatheredPart::sorted));
        let doing = |kind: &&str| tallying.board.doing(tallying.plan, source, kind, kind);
        let doings: Vec<Doing> = screen.types().iter().map(doing).collect();
        let settled = on_threads(threads, self.blocks, |block| settle(tallying, (screen, &doings), &times, &block));
        for block in settled {
            for (kind, seen) in screen.types().iter().zip(&block.kinds) {
                add_kind(counts, kind, seen);
            }
            let by_rule = block.automated.chunks_exact(screen.types().len()).enumerate();
            for (rule, by_type) in by_rule {
                for (kind, n) in screen.types().iter().zip(by_type).filter(|(_, n)| **n > 0) {
                    *counts.automated.entry((rule, (*kind).to_owned())).or_default() += n;
                    counts.n_automated += n;
                }
            }
            counts.n_shared += block.n_shared;
            counts.n_suspect += block.n_events;
            counts.n_suspect_to_the_second += block.n_to_the_second;
            for (sighting, lead, rule) in block.automated_sightings {
                let sighting = &mut sightings[sighting];
                // An event of several leads is noted once for each that is watched.
                if sighting.lead == lead {
                    sighting.fate = Fate::Automated(rule);
                }
            }
        }
    }
}

/// The times of the events of some blocks.
fn gather(tallying: &Tallying<'_>, screen: &Screen<'_>, blocks: &[WaitingBlock]) -> Gathering {
    let mut gathering = Gathering::default();
    for block in blocks {
        for (at, event) in block.counting() {
            let [memberships, ..] = block.ranges(at);
            for lead in tallying.scored(&event.leads) {
                let time = Instant::from_ms(event.time);
                screen.gather(&block.memberships[memberships.clone()], lead, time, &mut gathering);
            }
        }
    }
    gathering
}

/// What became of the events of a block.
struct Settled {
    /// Those that count, by the types of the source's rules.
    kinds: Vec<KindCounts>,
    /// How many are automated, rule by rule, type by type.
    automated: Vec<u64>,
    n_shared: u64,
    n_events: u64,
    /// Events whose time is not a whole minute.
    n_to_the_second: u64,
    /// What is noted of automated ones, with the lead for which they are and the rule.
    automated_sightings: Vec<(usize, u32, usize)>,
}

/// `doings` is what the types of the rules are to the leads.
fn settle(
    tallying: &Tallying<'_>,
    (screen, doings): (&Screen<'_>, &[Doing]),
    times: &Times,
    block: &WaitingBlock,
) -> Settled {
    let n_kinds = screen.types().len();
    let mut settled = Settled {
        kinds: vec![KindCounts::default(); n_kinds],
        automated: vec![0; n_kinds * screen.n_rules()],
        n_shared: 0,
        n_events: 0,
        n_to_the_second: 0,
        automated_sightings: Vec::new(),
    };
    let asks = screen.asks_for_times();
    let asking = |event: &WaitingEvent| event.leads.only().filter(|_| asks[event.kind as usize]);
    let mut n_touched = 0;
    let mut changes = Changes::default();
    let mut sighted = block.sighted.iter().peekable();
    for (at, event) in block.counting() {
        if at >= n_touched {
            n_touched = at + TOUCHED;
            times.touch(block.events[at..].iter().take(TOUCHED).filter_map(asking));
        }
        let time = Instant::from_ms(event.time);
        settled.n_events += 1;
        settled.n_to_the_second += u64::from(event.time % MINUTE_MS != 0);
        let [memberships, numbers, others, values] = block.ranges(at);
        let taken = Taken {
            common: Some((doings[event.kind as usize], time)),
            numbers: &block.numbers[numbers],
            others: &block.others[others],
            values: &block.values[values],
        };
        let mut first_rule: Option<usize> = None;
        let mut n_leads = 0;
        while sighted.next_if(|(event, _)| *event < at).is_some() {}
        let noted = sighted.next_if(|(event, _)| *event == at).map_or(0..0, |(_, range)| range.clone());
        for lead in tallying.scored(&event.leads) {
            let Some(rule) = screen.rule(times, lead, time, &block.memberships[memberships.clone()]) else {
                n_leads += 1;
                tallying.give(lead, time, taken, &mut changes);
                continue;
            };
            first_rule = Some(first_rule.map_or(rule, |first| first.min(rule)));
            settled.automated_sightings.extend(noted.clone().map(|sighting| (sighting, lead, rule)));
        }
        settled.n_shared += u64::from(n_leads > 1);
        match first_rule.filter(|_| n_leads == 0) {
            Some(rule) => settled.automated[rule * n_kinds + event.kind as usize] += 1,
            None => settled.kinds[event.kind as usize].count(event.time),
        }
    }
    tallying.apply(&mut changes);
    settled
}

/// Does something with each of some things, on several threads if the system grants them; what comes of it, in their order.
fn on_threads<T: Send, R: Send>(threads: usize, all: Vec<T>, each: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    let pool = || rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok();
    match (threads > 1).then(pool).flatten() {
        Some(pool) => pool.install(|| all.into_par_iter().map(each).collect()),
        None => all.into_iter().map(each).collect(),
    }
}
