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
    /// Why its events wait until the source has been read, if they do.
    pub suspect: Option<Suspect>,
    /// How often the block at hand has it.
    pub seen: KindCounts,
}

/// A type that the source's rules for automated events look at.
pub(super) struct Suspect {
    /// Its number among the types of these rules.
    pub number: u32,
    /// The groups of events that it may belong to.
    pub groups: Vec<u32>,
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
    /// Short types seen last, each at a spot that follows from its bytes: types repeat.
    recent: Vec<Recent>,
}

/// A type of at most sixteen bytes, as one number.
#[derive(Clone, Copy)]
struct Recent {
    bytes: u128,
    n_bytes: usize,
    number: u32,
}

impl Default for Kinds<'_> {
    fn default() -> Self {
        let nothing = Recent { bytes: 0, n_bytes: 0, number: 0 };
        Self { all: Vec::new(), by_text: HashMap::default(), recent: vec![nothing; N_SPOTS] }
    }
}

impl<'x> Kinds<'x> {
    /// The number of the type with these bytes, if it was remembered.
    #[expect(clippy::inline_always, reason = "every event goes through it")]
    #[inline(always)]
    pub(super) fn recall(&self, (bytes, n_bytes): (u128, usize)) -> Option<u32> {
        let recent = &self.recent[spot(bytes, n_bytes)];
        (recent.bytes == bytes && recent.n_bytes == n_bytes).then_some(recent.number)
    }

    /// Remembers the number of a type with these bytes.
    pub(super) fn remember(&mut self, (bytes, n_bytes): (u128, usize), number: u32) {
        self.recent[spot(bytes, n_bytes)] = Recent { bytes, n_bytes, number };
    }

    /// The number of the type that is written so, if there was one.
    pub(super) fn find(&self, text: &[u8]) -> Option<u32> {
        self.by_text.get(str::from_utf8(text).ok()?).copied()
    }

    /// Takes a type in; its number.
    pub(super) fn add(
        &mut self,
        written: String,
        folded: &str,
        program: EventProgram<'x>,
        suspect: Option<Suspect>,
    ) -> u32 {
        let number = u32::try_from(self.all.len()).expect("a file has fewer than four billion types");
        self.by_text.insert(written.clone(), number);
        self.all.push(Kind { written, folded: folded.into(), program, suspect, seen: KindCounts::default() });
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
#[expect(clippy::cast_possible_truncation, reason = "a spot follows from any of the bits")]
fn spot(bytes: u128, n_bytes: usize) -> usize {
    let mixed = (bytes as u64 ^ (bytes >> 64) as u64 ^ n_bytes as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 56) as usize % N_SPOTS
}
