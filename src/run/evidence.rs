//! The events of one lead, with what became of each: what an explanation shows.

use crate::input::BlockPlace;
use crate::score::{Contribution, Verdict};
use crate::value::Instant;
use std::path::{Path, PathBuf};

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts.
    Counted,
    /// It has no time that can be read.
    Undated,
    /// It lies after `as_of`.
    Later,
    /// An earlier row has its id and type.
    Repeat,
}

/// One event of the explained lead.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// The source: index into the rulebook's.
    pub source: usize,
    /// The file, as it was named.
    pub file: PathBuf,
    /// The physical line where the row begins, from 1.
    pub line: u64,
    /// The type, folded.
    pub kind: String,
    /// The time, if it can be read.
    pub time: Option<Instant>,
    /// What became of it.
    pub fate: Fate,
    /// What the tallies that look at its type said: the tally, whether it selects the event, what it takes, and whether the
    /// event lies after the `since` dates in force.
    pub takes: Vec<(usize, Verdict, Contribution, bool)>,
}

impl Sighting {
    pub(super) fn settle(mut self, file: &Path, place: BlockPlace) -> Self {
        file.clone_into(&mut self.file);
        self.line += place.first_line;
        self
    }
}
