//! The types of event that a worker has met: what each means to the source, and how often the block at hand has it.
//!
//! Nothing here decides what becomes of an event: that is [`super::desk`]'s.

use crate::score::EventProgram;
use crate::value::Instant;
use foldhash::HashMap;
use std::ops::{Index, IndexMut};
use std::sync::Arc;

/// What a type of event means to a source.
pub(super) struct Kind<'x> {
    /// As it stands in the file; empty if it has none.
    pub written: String,
    /// As types are compared.
    pub folded: Arc<str>,
    /// What the tallies do with its events.
    pub program: EventProgram<'x>,
    /// How often the block at hand has it.
    pub seen: KindCounts,
}

/// How often a type was seen.
#[derive(Clone, Copy)]
pub(super) struct KindCounts {
    pub n_orphans: u64,
    pub n_later: u64,
    pub n_counted: u64,
    /// The earliest and the newest that counts, in milliseconds.
    first: i64,
    last: i64,
}

impl Default for KindCounts {
    fn default() -> Self {
        Self { n_orphans: 0, n_later: 0, n_counted: 0, first: i64::MAX, last: i64::MIN }
    }
}

impl KindCounts {
    /// Counts an event that counts.
    #[inline]
    pub(super) fn count(&mut self, time: i64) {
        self.n_counted += 1;
        self.first = self.first.min(time);
        self.last = self.last.max(time);
    }

    /// The earliest and the newest that counts.
    pub(super) fn span(&self) -> Option<(Instant, Instant)> {
        (self.n_counted > 0).then(|| (Instant::from_ms(self.first), Instant::from_ms(self.last)))
    }

    fn is_empty(&self) -> bool {
        self.n_orphans + self.n_later + self.n_counted == 0
    }
}

/// How many spots there are for types seen last.
const N_SPOTS: usize = 256;

/// The types that a worker has met, found by their text as it is written.
pub(super) struct Kinds<'x> {
    all: Vec<Kind<'x>>,
    by_text: HashMap<String, u32>,
    /// The types seen last, each at a spot that follows from a few bytes of its text: types repeat.
    recent: Vec<u32>,
}

impl Default for Kinds<'_> {
    fn default() -> Self {
        Self { all: Vec::new(), by_text: HashMap::default(), recent: vec![u32::MAX; N_SPOTS] }
    }
}

impl<'x> Kinds<'x> {
    /// The number of the type that is written so, if there was one.
    #[inline]
    pub(super) fn find(&mut self, text: &[u8]) -> Option<u32> {
        let spot = spot(text);
        let recent = self.recent[spot];
        if self.all.get(recent as usize).is_some_and(|recent| recent.written.as_bytes() == text) {
            return Some(recent);
        }
        let known = *self.by_text.get(str::from_utf8(text).ok()?)?;
        self.recent[spot] = known;
        Some(known)
    }

    /// Takes a type in; its number.
    pub(super) fn add(&mut self, written: String, folded: &str, program: EventProgram<'x>) -> u32 {
        let number = u32::try_from(self.all.len()).expect("a file has fewer than four billion types");
        self.recent[spot(written.as_bytes())] = number;
        self.by_text.insert(written.clone(), number);
        self.all.push(Kind { written, folded: folded.into(), program, seen: KindCounts::default() });
        number
    }

    /// How often the block at hand has each type, by folded text, and begins the next.
    pub(super) fn take_counts(&mut self) -> Vec<(Arc<str>, KindCounts)> {
        let seen = self.all.iter_mut().map(|kind| (Arc::clone(&kind.folded), std::mem::take(&mut kind.seen)));
        seen.filter(|(_, seen)| !seen.is_empty()).collect()
    }
}

impl<'x> Index<u32> for Kinds<'x> {
    type Output = Kind<'x>;

    #[inline]
    fn index(&self, number: u32) -> &Kind<'x> {
        &self.all[number as usize]
    }
}

impl<'x> IndexMut<u32> for Kinds<'x> {
    #[inline]
    fn index_mut(&mut self, number: u32) -> &mut Kind<'x> {
        &mut self.all[number as usize]
    }
}

/// The spot of a type.
#[inline]
fn spot(text: &[u8]) -> usize {
    let byte = |at: usize| text.get(at).map_or(0, |byte| usize::from(*byte));
    (byte(0) ^ byte(text.len() / 2) << 2 ^ byte(text.len().wrapping_sub(1)) << 4 ^ text.len() << 3) % N_SPOTS
}
