//! What one block of events came to, and the types that it has: what each means to the source, and how often it was seen.
//!
//! Nothing here decides what becomes of an event: that is [`super::desk`]'s.

use super::counts::{BlockIssues, EventCounts};
use super::events::Pending;
use super::evidence::Sighting;
use super::rows::BadRow;
use crate::value::Instant;
use foldhash::HashMap;
use std::ops::{Index, IndexMut};

/// A block's outcome.
pub(super) struct BlockEvents {
    pub counts: EventCounts,
    pub bad: Vec<BadRow>,
    pub issues: BlockIssues,
    pub pending: Vec<Pending>,
    pub sightings: Vec<Sighting>,
    pub types: BlockTypes,
}

impl BlockEvents {
    /// Counts an event of a type (by its number in this block).
    pub(super) fn count(&mut self, kind: usize, n_leads: usize, time: Instant) {
        self.counts.n_counted += 1;
        self.counts.n_shared += u64::from(n_leads > 1);
        self.counts.newest = self.counts.newest.max(Some(time));
        let kind = &mut self.types[kind];
        kind.n_counted += 1;
        kind.span = Some(kind.span.map_or((time, time), |(first, last)| (first.min(time), last.max(time))));
    }

    /// The counts, with those by type.
    pub(super) fn totals(&mut self) -> EventCounts {
        let mut totals = std::mem::take(&mut self.counts);
        for kind in &self.types.all {
            let by_type = [
                (&mut totals.counted_by_type, kind.n_counted),
                (&mut totals.orphans_by_type, kind.n_orphans),
                (&mut totals.later_by_type, kind.n_later),
            ];
            for (counts, n) in by_type {
                if n > 0 {
                    *counts.entry(kind.folded.clone()).or_default() += n;
                }
            }
            if let Some(span) = kind.span {
                let all = totals.span_by_type.entry(kind.folded.clone()).or_insert(span);
                *all = (all.0.min(span.0), all.1.max(span.1));
            }
        }
        totals
    }
}

/// What a type of event means to a source, and how often it was seen.
pub(super) struct SeenType {
    /// As it stands in the file; empty if it has none.
    pub written: String,
    pub folded: String,
    /// The tallies to be asked about an event, beside the common ones if these are noted as a whole.
    pub tallies: Vec<u32>,
    /// Whether it is the lead's doing.
    pub is_engagement: bool,
    pub n_orphans: u64,
    pub n_later: u64,
    n_counted: u64,
    /// The earliest and the newest that counts.
    span: Option<(Instant, Instant)>,
}

impl SeenType {
    /// A type of which no event was seen yet.
    pub(super) fn new(written: String, folded: String, tallies: Vec<usize>, is_engagement: bool) -> Self {
        let number = |tally| u32::try_from(tally).expect("a rulebook has fewer than four billion tallies");
        let tallies = tallies.into_iter().map(number).collect();
        Self { written, folded, tallies, is_engagement, n_orphans: 0, n_later: 0, n_counted: 0, span: None }
    }
}

/// How many spots there are for types seen last.
const N_SPOTS: usize = 256;

/// The types of a block, found by their text as it is written.
pub(super) struct BlockTypes {
    all: Vec<SeenType>,
    by_text: HashMap<String, usize>,
    /// The types seen last, each at a spot that follows from a few bytes of its text: types repeat.
    recent: Vec<usize>,
}

impl Default for BlockTypes {
    fn default() -> Self {
        Self { all: Vec::new(), by_text: HashMap::default(), recent: vec![usize::MAX; N_SPOTS] }
    }
}

impl BlockTypes {
    /// The number of the type that is written so, if the block had one.
    #[inline]
    pub(super) fn find(&mut self, text: &[u8]) -> Option<usize> {
        let spot = spot(text);
        let recent = self.recent[spot];
        if self.all.get(recent).is_some_and(|recent| recent.written.as_bytes() == text) {
            return Some(recent);
        }
        let known = *self.by_text.get(str::from_utf8(text).ok()?)?;
        self.recent[spot] = known;
        Some(known)
    }

    /// Takes a type in; its number.
    pub(super) fn add(&mut self, kind: SeenType) -> usize {
        let number = self.all.len();
        self.recent[spot(kind.written.as_bytes())] = number;
        self.by_text.insert(kind.written.clone(), number);
        self.all.push(kind);
        number
    }
}

impl Index<usize> for BlockTypes {
    type Output = SeenType;

    fn index(&self, number: usize) -> &SeenType {
        &self.all[number]
    }
}

impl IndexMut<usize> for BlockTypes {
    fn index_mut(&mut self, number: usize) -> &mut SeenType {
        &mut self.all[number]
    }
}

/// The spot of a type.
#[inline]
fn spot(text: &[u8]) -> usize {
    let byte = |at: usize| text.get(at).map_or(0, |byte| usize::from(*byte));
    (byte(0) ^ byte(text.len() / 2) << 2 ^ byte(text.len().wrapping_sub(1)) << 4 ^ text.len() << 3) % N_SPOTS
}
