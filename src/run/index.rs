//! The leads by id and by other keys: which row of the tallies an event belongs to.

use super::evidence::Presence;
use super::id_table::{FREE, IdTable};
use crate::score::identity::{Identity, NO_IDENTITY};
use crate::value::Instant;

/// The leads that an event names: none, one, or a list of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found(u32);

/// Marks the number of a list of several leads.
const SEVERAL: u32 = 1 << 31;

impl Found {
    /// No lead.
    pub(super) const NONE: Self = Self(FREE);

    pub(super) fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// The lead, if it is the only one.
    #[inline]
    pub(super) fn only(self) -> Option<u32> {
        (self.0 < SEVERAL).then_some(self.0)
    }
}

/// The accepted leads of all files, numbered in the order of their rows.
#[derive(Debug, Default)]
pub(super) struct LeadIndex {
    by_id: IdTable,
    /// For each way of naming a lead by a field's value, the leads that have it: one, or the number of a list.
    by_key: Vec<IdTable>,
    /// Leads that share a key.
    several: Vec<Vec<u32>>,
    /// Leads created after `as_of`.
    later: Vec<bool>,
    has_later: bool,
    /// For each lead and list of `since` fields the latest date in force, in milliseconds.
    bounds: Vec<i64>,
    n_bounds: usize,
}

/// Leads on their way into the index, column by column.
#[derive(Debug, Default)]
pub(super) struct Newcomers {
    pub ids: Vec<Identity>,
    pub are_later: Vec<bool>,
    /// One after another, for each way of naming a lead its key.
    pub keys: Vec<Option<Identity>>,
    /// One after another, for each list of `since` fields the latest date in force.
    pub bounds: Vec<i64>,
}

impl LeadIndex {
    pub(super) fn new(n_keys: usize, n_bounds: usize) -> Self {
        let by_key = std::iter::repeat_with(IdTable::default).take(n_keys).collect();
        Self { by_key, n_bounds, ..Self::default() }
    }

    /// The number of accepted leads, later ones included.
    pub(super) fn len(&self) -> usize {
        self.later.len()
    }

    /// Takes one of some leads in; false if its id is taken.
    pub(super) fn insert(&mut self, newcomers: &Newcomers, at: usize) -> bool {
        let lead = u32::try_from(self.len()).ok().filter(|lead| *lead < SEVERAL);
        let lead = lead.expect("a run has fewer than two billion leads");
        if self.by_id.insert(newcomers.ids[at], lead).is_some() {
            return false;
        }
        let n_keys = self.by_key.len();
        for (leads, key) in self.by_key.iter_mut().zip(&newcomers.keys[at * n_keys..]) {
            let Some(known) = key.and_then(|key| leads.insert(key, lead)) else { continue };
            match self.several.get_mut((*known ^ SEVERAL) as usize) {
                Some(list) if *known >= SEVERAL => list.push(lead),
                _ => {
                    let list = u32::try_from(self.several.len()).expect("there are fewer lists than leads");
                    self.several.push(vec![*known, lead]);
                    *known = SEVERAL | list;
                }
            }
        }
        self.has_later |= newcomers.are_later[at];
        self.later.push(newcomers.are_later[at]);
        self.bounds.extend_from_slice(&newcomers.bounds[at * self.n_bounds..(at + 1) * self.n_bounds]);
        true
    }

    /// The leads with an identity: by id, or by a way of naming them.
    fn find(&self, way: Option<usize>, identity: Identity) -> Found {
        Found(self.table(way).get(identity))
    }

    /// Adds the leads of some identities. A look-up waits for memory; first all places are looked at, which wait together.
    pub(super) fn find_all(&self, way: Option<usize>, ids: &[Identity], found: &mut Vec<Found>) {
        let table = self.table(way);
        table.touch(ids.iter().copied());
        found.extend(ids.iter().map(|id| Found(if *id == NO_IDENTITY { FREE } else { table.get(*id) })));
    }

    /// Looks at where some ids stand or will, so that what follows finds those places near.
    pub(super) fn touch(&self, ids: &[Identity]) {
        self.by_id.touch(ids.iter().copied());
    }

    #[inline]
    fn table(&self, way: Option<usize>) -> &IdTable {
        way.map_or(&self.by_id, |way| &self.by_key[way])
    }

    /// The leads found, in the order of their rows.
    pub(super) fn leads<'f>(&'f self, found: &'f Found) -> &'f [u32] {
        match found.0 {
            FREE => &[],
            list @ SEVERAL.. => &self.several[(list ^ SEVERAL) as usize],
            _ => std::slice::from_ref(&found.0),
        }
    }

    /// What became of the lead with an id.
    pub(super) fn presence(&self, id: Identity) -> Presence {
        match self.find(None, id).only() {
            None => Presence::Absent,
            Some(lead) if self.is_later(lead) => Presence::Later,
            Some(lead) => Presence::Scored(lead),
        }
    }

    pub(super) fn is_later(&self, lead: u32) -> bool {
        // Most exports have no such lead, and then no place in memory is looked at.
        self.has_later && self.later[lead as usize]
    }

    /// Looks at the dates in force of some leads, so that they are near when events are held against them.
    pub(super) fn touch_bounds(&self, found: &[Found]) {
        if self.n_bounds > 0 {
            let first = |found: &Found| found.only().map_or(0, |lead| self.bounds[lead as usize * self.n_bounds]);
            std::hint::black_box(found.iter().map(first).fold(0, |seen, date| seen ^ date));
        }
    }

    /// Whether a time lies after the `since` dates in force for a lead.
    pub(super) fn is_after(&self, lead: u32, bound: usize, time: Instant) -> bool {
        time.ms() > self.bounds[lead as usize * self.n_bounds + bound]
    }

    /// How many leads share a key with another.
    pub(super) fn n_sharing(&self) -> u64 {
        let mut sharing: Vec<u32> = self.several.iter().flatten().copied().collect();
        sharing.sort_unstable();
        sharing.dedup();
        sharing.len() as u64
    }
}
