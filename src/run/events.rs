//! The event files: what becomes of each event, and the order that the few things need which depend on it.
//!
//! Blocks are worked on in any order (see [`super::desk`]), and tallies don't mind; only which of two rows with the same id is
//! the first waits for its turn.

use super::amounts::AmountField;
use super::counts::{Counts, EventCounts, FileRole};
use super::desk::{BlockEvents, Desk};
use super::error::RunError;
use super::evidence::{Sighting, Watching};
use super::index::{Found, LeadIndex};
use super::kinds::KindCounts;
use super::rows::{Reader, RowCounts, report};
use super::source::bind;
use super::unmet::{LeadNames, MOST_LOOKED_AT, NameInEvent, look};
use super::waiting::Waiting;
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{Source, TypeFrom};
use crate::score::{Board, Changes, EventTakes, Fate, LateChanges, Plan, Taken};
use crate::value::{Instant, Type};
use foldhash::HashSet;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Everything that tallying an event needs to know.
pub(super) struct Tallying<'x> {
    pub plan: &'x Plan<'x>,
    pub index: &'x LeadIndex,
    pub board: &'x Board,
    /// What waits until it is known when leads were given back.
    pub late: &'x Mutex<LateChanges>,
    pub ways: &'x [(FieldRef, bool)],
    /// How many rows are gathered before their leads are looked up.
    pub batch_rows: usize,
    /// The leads whose events are noted for an explanation.
    pub watching: Watching,
    /// Whether the texts that derived fields of events come to are noted.
    pub notes_texts: bool,
    /// What leads are named by, for example.
    pub names: &'x LeadNames,
}

/// The ids of events that came before.
pub(super) type SeenIds = HashSet<u128>;

/// An event that counts unless an earlier row has its id.
pub(super) struct Pending {
    pub id: u128,
    /// Its type.
    pub folded: Arc<str>,
    pub leads: Vec<u32>,
    pub time: Instant,
    pub takes: EventTakes,
    /// Where it is noted for an explanation.
    pub sightings: Range<usize>,
}

/// Reads a source's files and tallies what counts.
pub(super) fn read(
    tallying: &Tallying<'_>,
    source_index: usize,
    paths: &[PathBuf],
    reader: &Reader<'_>,
    counts: &mut Counts,
    sightings: &mut Vec<Sighting>,
) -> Result<(), RunError> {
    let rulebook = tallying.plan.rulebook;
    let source = &rulebook.sources[source_index];
    let role = FileRole::Events(source.name.clone());
    let mut seen = SeenIds::default();
    let mut waiting = Waiting::default();
    let mut changes = Changes::default();
    let mut unmet = Vec::new();
    for path in paths {
        let bind = |path: &_, header: &_| bind(rulebook, source_index, tallying.ways, path, header);
        let opened = reader.open(&role, path, &source.files.settings, bind)?;
        let header = opened.header.clone();
        let mut rows = RowCounts::default();
        let columns = &opened.columns;
        let assumed = reader.read_with(
            (opened.file, path),
            || Desk::new(tallying, source_index, columns),
            Desk::work,
            |place, mut block: BlockEvents| {
                let counted = tallying.admit(&mut block, &mut seen, &mut changes);
                let mut events = block.totals(&counted);
                rows.n_rows += events.n_rows;
                rows.n_rejects += events.n_rejects;
                rows.n_empty += events.n_empty;
                rows.n_padded += events.n_padded;
                counts.rejects.extend(block.bad.into_iter().map(|bad| reader.settle(bad, path, place)));
                let field = |field: usize| field_of(source, field, &rulebook.event_fields);
                if let Some(texts) = block.texts {
                    counts.event_texts.entry(source_index).or_default().add(texts);
                }
                block.issues.settle_marks(&mut counts.marks, AmountField::Event);
                block.issues.settle(&mut counts.issues, &role, path, (place.first_line, &header), field);
                if unmet.len() < MOST_LOOKED_AT {
                    let at = |name: NameInEvent| NameInEvent {
                        file: path.clone(),
                        line: place.first_line + name.line,
                        ..name
                    };
                    unmet.extend(block.unmet.into_iter().map(at));
                    unmet.truncate(MOST_LOOKED_AT);
                }
                let noted = sightings.len();
                sightings.extend(block.sightings.into_iter().map(|sighting| sighting.settle(path, place)));
                events.n_repeats += waiting.admit(block.waiting, &mut seen, (sightings, noted));
                counts.sources[source_index].add(&events);
            },
        )?;
        counts.files.push(report(role.clone(), path, assumed, rows, &counts.rejects, reader.options)?);
    }
    waiting.settle(tallying, source_index, reader.options.threads, &mut counts.sources[source_index], sightings);
    let known = (tallying.index, tallying.ways, tallying.names);
    counts.sources[source_index].unmet = look(rulebook, source_index, known, &unmet, &counts.sources[source_index]);
    Ok(())
}

/// The name and type of an event field; numbers beyond the fields stand for the time columns of `from_columns`.
fn field_of(source: &Source, field: usize, fields: &[crate::rulebook::EventField]) -> (String, Type) {
    let name = match (fields.get(field), &source.type_from) {
        (Some(field), _) => return (field.name.clone(), field.kind),
        (None, TypeFrom::Columns(kinds)) => {
            kinds.get(field - fields.len()).map_or_else(String::new, |kind| kind.name.clone())
        }
        (None, _) => "time".to_owned(),
    };
    (name, Type::Date)
}

impl Tallying<'_> {
    /// Notes what an event gives to one lead, where it lies in the lead's windows.
    #[inline]
    pub(super) fn give(&self, lead: u32, time: Instant, taken: Taken<'_>, changes: &mut Changes) {
        taken.give(self.plan, lead, |window| self.index.is_within(lead, window, time), changes);
    }

    /// Hands changes to the board; what waits for the returns of leads is put aside.
    pub(super) fn apply(&self, changes: &mut Changes) {
        self.board.apply(self.plan, changes);
        let mut late = changes.take_late();
        if !late.is_empty() {
            // A poisoned lock means that a worker panicked, and then the run fails anyway.
            self.late.lock().unwrap_or_else(PoisonError::into_inner).append(&mut late);
        }
    }

    /// Those of the leads found that are scored.
    pub(super) fn scored<'f>(&'f self, found: &'f Found) -> impl Iterator<Item = u32> + 'f {
        self.index.leads(found).iter().copied().filter(|lead| !self.index.is_later(*lead))
    }

    /// In the order of the file: the first event of an id counts, the others are repeats.
    fn admit(&self, block: &mut BlockEvents, seen: &mut SeenIds, changes: &mut Changes) -> CountedByKind {
        let mut counted = CountedByKind::default();
        for pending in std::mem::take(&mut block.pending) {
            if seen.insert(pending.id) {
                block.counts.n_shared += u64::from(pending.leads.len() > 1);
                counted.entry(pending.folded).or_default().count(pending.time.ms());
                for lead in &pending.leads {
                    self.give(*lead, pending.time, pending.takes.taken(), changes);
                }
            } else {
                block.counts.n_repeats += 1;
                for sighting in &mut block.sightings[pending.sightings] {
                    sighting.fate = Fate::Repeat;
                }
            }
        }
        self.apply(changes);
        counted
    }
}

/// Events that were let in, by type.
type CountedByKind = BTreeMap<Arc<str>, KindCounts>;

impl BlockEvents {
    /// The counts, with those by type.
    fn totals(&mut self, admitted: &CountedByKind) -> EventCounts {
        let mut totals = std::mem::take(&mut self.counts);
        for (folded, seen) in self.kinds.iter().map(|(folded, seen)| (folded, seen)).chain(admitted) {
            add_kind(&mut totals, folded, seen);
        }
        totals
    }
}

/// Adds what became of events of one type.
pub(super) fn add_kind(totals: &mut EventCounts, folded: &str, seen: &KindCounts) {
    let by_type = [
        (&mut totals.counted_by_type, seen.n_counted),
        (&mut totals.orphans_by_type, seen.n_orphans),
        (&mut totals.later_by_type, seen.n_later),
    ];
    for (counts, n) in by_type.into_iter().filter(|(_, n)| *n > 0) {
        *counts.entry(folded.to_owned()).or_default() += n;
    }
    totals.n_counted += seen.n_counted;
    if let Some((first, last)) = seen.span() {
        totals.newest = totals.newest.max(Some(last));
        let all = totals.span_by_type.entry(folded.to_owned()).or_insert((first, last));
        *all = (all.0.min(first), all.1.max(last));
    }
}
