//! Events that find no lead: one name from each side, and why they don't meet where that shows.

use super::counts::EventCounts;
use super::index::LeadIndex;
use super::lead_row::{LeadRow, Way, key_identity};
use super::rewritten::{Rewritten, recognize};
use crate::rulebook::Rulebook;
use crate::rulebook::expr::FieldRef;
use std::path::PathBuf;

/// How many events of no lead are looked at: the first of a source that name one.
pub(super) const MOST_LOOKED_AT: usize = 8;
/// Fewer than one event in this many find a lead: then something is wrong with the names as such.
const FEW: u64 = 10;

/// What an event names its lead by, as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameInEvent {
    /// The file, as it was named.
    pub file: PathBuf,
    /// The physical line where the row begins, from 1.
    pub line: u64,
    /// The column's header.
    pub column: String,
    /// The cell.
    pub text: String,
    /// Which way of naming leads of the source it is.
    pub way: usize,
}

/// A name that an event has and no lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// That of the event.
    pub event: NameInEvent,
    /// The field that it is compared with; none: the id.
    pub by: Option<FieldRef>,
    /// A lead's: the one that is meant, where that shows, else any.
    pub lead: Option<String>,
    /// Whether it is the one that is meant.
    pub is_meant: bool,
    /// What a program did to one of them.
    pub cause: Option<Rewritten>,
}

/// What a lead is named by: its id, then its values under each way of naming it, each the first that there is.
#[derive(Clone, Debug, Default)]
pub(super) struct LeadNames {
    id: Option<String>,
    by_way: Vec<Option<String>>,
}

impl LeadNames {
    pub(super) fn new(n_ways: usize) -> Self {
        Self { id: None, by_way: vec![None; n_ways] }
    }

    /// Whether one is not known yet.
    pub(super) fn is_open(&self) -> bool {
        self.id.is_none() || self.by_way.iter().any(Option::is_none)
    }

    /// Takes those of a row for the ones that are not known yet.
    pub(super) fn note(&mut self, id: &str, row: &LeadRow<'_>, ways: &[Way]) {
        self.id.get_or_insert_with(|| id.to_owned());
        for (known, way) in self.by_way.iter_mut().zip(ways).filter(|(known, _)| known.is_none()) {
            *known = row.first_text(way.0);
        }
    }

    /// Takes later ones for those that are not known yet.
    pub(super) fn add(&mut self, later: Self) {
        self.id = self.id.take().or(later.id);
        for (known, later) in self.by_way.iter_mut().zip(later.by_way) {
            *known = known.take().or(later);
        }
    }

    fn of(&self, way: Option<usize>) -> Option<&str> {
        way.map_or(self.id.as_deref(), |way| self.by_way.get(way).and_then(Option::as_deref))
    }
}

/// Why the events of a source find no lead or few: from some names that no lead has, in the order of the files.
pub(super) fn look(
    rulebook: &Rulebook,
    source: usize,
    (index, ways, leads): (&LeadIndex, &[Way], &LeadNames),
    names: &[NameInEvent],
    counts: &EventCounts,
) -> Option<Unmet> {
    let n_found = counts.n_counted + counts.n_later + counts.n_repeats;
    let find_few = n_found.saturating_mul(FEW) < n_found + counts.n_orphans;
    let told = |name: &NameInEvent| {
        let key = &rulebook.sources[source].lead[name.way];
        let way = key.by.and_then(|by| ways.iter().position(|known| *known == (by, key.fold)));
        let example = leads.of(way);
        let knows = |text: &str| {
            let identity = key_identity(text, rulebook.ids, key.fold, key.phone);
            identity.is_some_and(|identity| index.has(way, identity))
        };
        let recognized = recognize(&name.text, example, way.is_none(), knows);
        let (cause, meant) = recognized.map_or((None, None), |(cause, meant)| (Some(cause), meant));
        let is_meant = meant.is_some();
        let lead = meant.or_else(|| example.map(str::to_owned));
        Unmet { event: name.clone(), by: key.by, lead, is_meant, cause }
    };
    let all: Vec<Unmet> = names.iter().map(told).collect();
    // A spelling that a lead has proves the cause, however few events it spoils.
    let best = all.iter().position(|unmet| unmet.is_meant);
    let best = best.or_else(|| all.iter().position(|unmet| unmet.cause.is_some()).filter(|_| find_few));
    let best = best.or_else(|| (find_few && !all.is_empty()).then_some(0));
    best.and_then(|best| all.into_iter().nth(best))
}
