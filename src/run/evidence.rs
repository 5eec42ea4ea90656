//! The events of one lead, with what became of each: what an explanation shows.

use crate::input::BlockPlace;
use crate::score::{Fate, Take};
use crate::value::{Instant, Value};
use std::path::{Path, PathBuf};

/// Whose events are noted for an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched<'x> {
    /// Nobody's.
    Nobody,
    /// Nobody's; but the texts that derived fields of events come to are.
    Texts,
    /// Those of the lead with this id.
    Lead(&'x str),
    /// Everyone's; memory then follows the number of events.
    Everyone,
}

/// What became of a watched lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is scored, under this number.
    Scored(u32),
    /// It was created after `as_of`.
    Later,
    /// No accepted row has its id.
    Absent,
}

/// A row of a watched lead's id that does not count, because another one is newer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupersededRow {
    /// The file, as it was named.
    pub file: PathBuf,
    /// The physical line where the row begins, from 1.
    pub line: u64,
}

/// The watched leads by their numbers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Watching {
    Nobody,
    One(u32),
    Everyone,
}

impl Watching {
    pub(super) fn includes(self, lead: u32) -> bool {
        match self {
            Self::Nobody => false,
            Self::One(watched) => watched == lead,
            Self::Everyone => true,
        }
    }

    pub(super) fn any(self, leads: &[u32]) -> bool {
        leads.iter().any(|lead| self.includes(*lead))
    }
}

/// One event of a watched lead.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// The lead's number among all accepted leads.
    pub lead: u32,
    /// The source: index into the rulebook's.
    pub source: usize,
    /// The file, as it was named.
    pub file: PathBuf,
    /// The physical line where the row begins, from 1.
    pub line: u64,
    /// The type, as it stands in the file; empty if it has none.
    pub kind: String,
    /// The time, if it can be read.
    pub time: Option<Instant>,
    /// What became of it.
    pub fate: Fate,
    /// The event's fields that have a value: index into the rulebook's event fields, and the value.
    pub values: Vec<(usize, Value<'static>)>,
    /// What the tallies that look at its type said.
    pub takes: Vec<Take>,
}

/// The events of the watched leads, by lead, each lead's in the order of the sources and files.
#[derive(Clone, Debug, Default)]
pub struct Sightings {
    all: Vec<Sighting>,
}

impl Sightings {
    pub(super) fn new(mut all: Vec<Sighting>) -> Self {
        all.sort_by_key(|sighting| sighting.lead);
        Self { all }
    }

    /// The events of a lead, by its number.
    #[must_use]
    pub fn of(&self, lead: u32) -> &[Sighting] {
        let start = self.all.partition_point(|sighting| sighting.lead < lead);
        let n_events = self.all[start..].partition_point(|sighting| sighting.lead == lead);
        &self.all[start..start + n_events]
    }
}

impl Sighting {
    pub(super) fn settle(mut self, file: &Path, place: BlockPlace) -> Self {
        file.clone_into(&mut self.file);
        self.line += place.first_line;
        self
    }
}
