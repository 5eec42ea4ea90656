//! The leads by id and by other keys: which row of the tallies an event belongs to.

use super::evidence::Presence;
use super::id_table::{FREE, IdTable};
use crate::score::identity::{Identity, NO_IDENTITY};
use crate::score::{Edges, Window};
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
    /// Leads that share a key, and the way in which it names them.
    several: Vec<(usize, Vec<u32>)>,
    /// Leads created after `as_of`.
    later: Vec<bool>,
    has_later: bool,
    /// For each lead and window by its dates the last instant before it, in milliseconds.
    bounds: Vec<i64>,
    n_bounds: usize,
    /// For each window its place among those that end, if it does.
    end_of: Vec<Option<usize>>,
    /// For each lead and window that ends the last instant in it, in milliseconds.
    ends: Vec<i64>,
    n_ends: usize,
    /// The ids that leads had before, in the order of their rows.
    former_ids: Vec<(u32, Identity)>,
    /// Which row of an id counts is known at the end, where the newest does.
    contest: Option<Contest>,
}

/// Rows that contend for their ids: the one with the latest date counts, of equal ones the first.
#[derive(Debug, Default)]
struct Contest {
    /// For each row its date in milliseconds.
    dates: Vec<i64>,
    /// Whether another row of the id counts.
    superseded: Vec<bool>,
    /// Rows that lost, each with the one that won then, in order; the winner may lose later.
    lost: Vec<(u32, u32)>,
    /// The rows' keys, which only those lend that count: row, way, key.
    keys: Vec<(u32, usize, Identity)>,
}

/// The date of a row that has none: earlier than any.
pub(super) const NO_DATE: i64 = i64::MIN;

/// Leads on their way into the index, column by column.
#[derive(Debug, Default)]
pub(super) struct Newcomers {
    pub ids: Vec<Identity>,
    pub are_later: Vec<bool>,
    /// One after another, for each way of naming a lead its key.
    pub keys: Vec<Option<Identity>>,
    /// Where a field has several keys, those beyond the first: newcomer, way, key.
    pub more_keys: Vec<(usize, usize, Identity)>,
    /// The ids that they had before: newcomer, id.
    pub former_ids: Vec<(usize, Identity)>,
    /// Where the newest row of an id counts, each one's date in milliseconds.
    pub dates: Vec<i64>,
    /// One after another, for each window by dates its edges.
    pub edges: Vec<Edges>,
}

/// What is known once all rows are in.
#[derive(Debug, Default)]
pub(super) struct Completed {
    /// For each row with a number whether another row of its id counts; empty where the first row counts.
    pub superseded: Vec<bool>,
    /// Rows that lost, each with the one that won then, in order; the winner may lose later.
    pub lost: Vec<(u32, u32)>,
    /// Ids that a lead had before and that are now another lead's, ascending.
    pub reused_ids: Vec<Identity>,
}

impl LeadIndex {
    /// An index without leads. `contend` says that the newest row of an id counts, not the first.
    pub(super) fn new(n_keys: usize, windows: &[Window], contend: bool) -> Self {
        let by_key = std::iter::repeat_with(IdTable::default).take(n_keys).collect();
        let mut n_ends = 0;
        let end_of = windows.iter().map(|window| {
            window.stretch.as_ref().map(|_| {
                n_ends += 1;
                n_ends - 1
            })
        });
        let end_of = end_of.collect();
        Self {
            by_key,
            n_bounds: windows.len(),
            end_of,
            n_ends,
            contest: contend.then(Contest::default),
            ..Self::default()
        }
    }

    /// The number of accepted leads, later ones and superseded rows included.
    pub(super) fn len(&self) -> usize {
        self.later.len()
    }

    /// Takes one of some leads in; false if its id is taken.
    pub(super) fn insert(&mut self, newcomers: &Newcomers, at: usize) -> bool {
        let lead = u32::try_from(self.len()).ok().filter(|lead| *lead < SEVERAL);
        let lead = lead.expect("a run has fewer than two billion leads");
        let known = self.by_id.insert(newcomers.ids[at], lead);
        match (&mut self.contest, known) {
            (None, None) => {}
            (None, Some(_)) => return false,
            (Some(contest), known) => contest.enter(lead, newcomers.dates[at], known),
        }
        let n_keys = self.by_key.len();
        for way in 0..n_keys {
            if let Some(key) = newcomers.keys[at * n_keys + way] {
                self.take_key(lead, way, key);
            }
        }
        for (_, way, key) in of_newcomer(&newcomers.more_keys, at, |(newcomer, ..)| *newcomer) {
            self.take_key(lead, *way, *key);
        }
        let former = of_newcomer(&newcomers.former_ids, at, |(newcomer, _)| *newcomer);
        self.former_ids.extend(former.iter().map(|(_, id)| (lead, *id)));
        self.has_later |= newcomers.are_later[at];
        self.later.push(newcomers.are_later[at]);
        for (edges, end) in newcomers.edges[at * self.n_bounds..].iter().zip(&self.end_of) {
            self.bounds.push(edges.0);
            self.ends.extend(end.map(|_| edges.1));
        }
        true
    }

    fn take_key(&mut self, lead: u32, way: usize, key: Identity) {
        match &mut self.contest {
            Some(contest) => contest.keys.push((lead, way, key)),
            None => self.lend_key(lead, way, key),
        }
    }

    /// Makes a lead one of those that are found by a key.
    fn lend_key(&mut self, lead: u32, way: usize, key: Identity) {
        let Some(known) = self.by_key[way].insert(key, lead) else { return };
        match self.several.get_mut((*known ^ SEVERAL) as usize) {
            Some((_, leads)) if *known >= SEVERAL => leads.push(lead),
            _ => {
                let list = u32::try_from(self.several.len()).expect("there are fewer lists than leads");
                self.several.push((way, vec![*known, lead]));
                *known = SEVERAL | list;
            }
        }
    }

    /// Once all rows are in: only those that count lend their keys, and their former ids where no row has these.
    pub(super) fn complete(&mut self) -> Completed {
        let Contest { superseded, keys, lost, .. } = self.contest.take().unwrap_or_default();
        let counts = |lead: u32| !superseded.get(lead as usize).is_some_and(|is| *is);
        for (lead, way, key) in keys.into_iter().filter(|(lead, ..)| counts(*lead)) {
            self.lend_key(lead, way, key);
        }
        let former_ids = std::mem::take(&mut self.former_ids);
        let (mut reused_ids, mut free) = (Vec::new(), Vec::new());
        for (lead, id) in former_ids.into_iter().filter(|(lead, _)| counts(*lead)) {
            if self.by_id.get(id) == FREE {
                free.push((lead, id));
            } else {
                reused_ids.push(id);
            }
        }
        for (lead, id) in free {
            // The first row that has it.
            self.by_id.insert(id, lead);
        }
        reused_ids.sort_unstable();
        reused_ids.dedup();
        Completed { superseded, lost, reused_ids }
    }

    /// For each lead whether it was created after `as_of`.
    pub(super) fn later(&self) -> &[bool] {
        &self.later
    }

    /// The leads with an identity: by id, or by a way of naming them.
    fn find(&self, way: Option<usize>, identity: Identity) -> Found {
        Found(self.table(way).get(identity))
    }

    /// Whether a lead has an identity: as its id, or under a way of naming it.
    pub(super) fn has(&self, way: Option<usize>, identity: Identity) -> bool {
        !self.find(way, identity).is_none()
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
            list @ SEVERAL.. => &self.several[(list ^ SEVERAL) as usize].1,
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

    /// Puts in the edges of a lead's window that hang on what its events say.
    pub(super) fn set_edges(&mut self, lead: u32, window: usize, (before, last): Edges) {
        self.bounds[lead as usize * self.n_bounds + window] = before;
        if let Some(end) = self.end_of[window] {
            self.ends[lead as usize * self.n_ends + end] = last;
        }
    }

    /// Whether a time lies in a lead's window.
    #[inline]
    pub(super) fn is_within(&self, lead: u32, window: usize, time: Instant) -> bool {
        // Most rulebooks have no window that ends, and then no other place in memory is looked at.
        time.ms() > self.bounds[lead as usize * self.n_bounds + window]
            && (self.n_ends == 0 || time.ms() <= self.edges(lead, window).1)
    }

    /// The edges of a lead's window.
    pub(super) fn edges(&self, lead: u32, window: usize) -> Edges {
        let end = self.end_of[window].map_or(i64::MAX, |end| self.ends[lead as usize * self.n_ends + end]);
        (self.bounds[lead as usize * self.n_bounds + window], end)
    }

    /// The leads that share a key, each list with the way in which the key names them: in the order of the ways, then of the leads.
    pub(super) fn into_shared(self) -> Vec<(usize, Vec<u32>)> {
        let mut several = self.several;
        several.sort_unstable();
        several
    }

    /// How many leads share a key with another.
    pub(super) fn n_sharing(&self) -> u64 {
        let mut sharing: Vec<u32> = self.several.iter().flat_map(|(_, leads)| leads).copied().collect();
        sharing.sort_unstable();
        sharing.dedup();
        sharing.len() as u64
    }
}

impl Completed {
    /// The rows that a row superseded, one after another, in their order.
    pub(super) fn beaten_by(&self, row: u32) -> Vec<u32> {
        let mut family = vec![row];
        for (loser, winner) in self.lost.iter().rev() {
            if family.contains(winner) {
                family.push(*loser);
            }
        }
        family.retain(|member| *member != row);
        family.sort_unstable();
        family
    }
}

impl Contest {
    /// A row enters; `known` is the one that counted so far for its id.
    fn enter(&mut self, row: u32, date: i64, known: Option<&mut u32>) {
        self.dates.push(date);
        self.superseded.push(false);
        let Some(known) = known else { return };
        let is_newer = date > self.dates[*known as usize];
        let loser = if is_newer { std::mem::replace(known, row) } else { row };
        self.superseded[loser as usize] = true;
        self.lost.push((loser, *known));
    }
}

/// Those of a list that are a newcomer's; the list is in order of newcomers.
fn of_newcomer<T>(all: &[T], newcomer: usize, of: impl Fn(&T) -> usize) -> &[T] {
    if all.is_empty() {
        return all;
    }
    let start = all.partition_point(|one| of(one) < newcomer);
    let n = all[start..].partition_point(|one| of(one) == newcomer);
    &all[start..start + n]
}
