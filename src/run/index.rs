//! The leads by id and by other keys: which row of the tallies an event belongs to.

use super::evidence::Presence;
use super::id_table::IdTable;
use crate::score::identity::Identity;
use crate::value::Instant;
use foldhash::HashMap;

/// The accepted leads of all files, numbered in the order of their rows.
#[derive(Debug, Default)]
pub(super) struct LeadIndex {
    by_id: IdTable,
    /// For each way of naming a lead by a field's value, the leads that have it.
    by_key: Vec<HashMap<Identity, Vec<u32>>>,
    /// Leads created after `as_of`.
    later: Vec<bool>,
    has_later: bool,
    /// For each lead and list of `since` fields the latest date in force, in milliseconds.
    bounds: Vec<i64>,
    n_bounds: usize,
}

/// A lead on its way into the index.
#[derive(Debug)]
pub(super) struct Newcomer {
    pub id: Identity,
    pub is_later: bool,
    pub keys: Vec<Option<Identity>>,
    pub bounds: Vec<i64>,
}

impl LeadIndex {
    pub(super) fn new(n_keys: usize, n_bounds: usize) -> Self {
        Self { by_key: vec![HashMap::default(); n_keys], n_bounds, ..Self::default() }
    }

    /// The number of accepted leads, later ones included.
    pub(super) fn len(&self) -> usize {
        self.later.len()
    }

    /// Takes a lead in; false if its id is taken.
    pub(super) fn insert(&mut self, newcomer: Newcomer) -> bool {
        let lead = u32::try_from(self.len()).expect("a run has fewer than four billion leads");
        if !self.by_id.insert(newcomer.id, lead) {
            return false;
        }
        for (leads, key) in self.by_key.iter_mut().zip(newcomer.keys) {
            if let Some(key) = key {
                leads.entry(key).or_default().push(lead);
            }
        }
        self.has_later |= newcomer.is_later;
        self.later.push(newcomer.is_later);
        self.bounds.extend(newcomer.bounds);
        true
    }

    pub(super) fn by_id(&self, id: Identity) -> Option<u32> {
        self.by_id.get(id)
    }

    /// Looks at where some ids stand, so that the look-ups that follow find those places near.
    pub(super) fn touch(&self, ids: &[Option<Identity>]) {
        self.by_id.touch(ids.iter().flatten().copied());
    }

    /// What became of the lead with an id.
    pub(super) fn presence(&self, id: Identity) -> Presence {
        match self.by_id(id) {
            None => Presence::Absent,
            Some(lead) if self.is_later(lead) => Presence::Later,
            Some(lead) => Presence::Scored(lead),
        }
    }

    pub(super) fn by_key(&self, way: usize, key: Identity) -> &[u32] {
        self.by_key[way].get(&key).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_later(&self, lead: u32) -> bool {
        // Most exports have no such lead, and then no place in memory is looked at.
        self.has_later && self.later[lead as usize]
    }

    /// Whether a time lies after the `since` dates in force for a lead.
    pub(super) fn is_after(&self, lead: u32, bound: usize, time: Instant) -> bool {
        time.ms() > self.bounds[lead as usize * self.n_bounds + bound]
    }

    /// How many leads share a key with another.
    pub(super) fn n_sharing(&self) -> u64 {
        let shared = self.by_key.iter().flat_map(HashMap::values).filter(|leads| leads.len() > 1);
        let mut sharing: Vec<u32> = shared.flatten().copied().collect();
        sharing.sort_unstable();
        sharing.dedup();
        sharing.len() as u64
    }
}
