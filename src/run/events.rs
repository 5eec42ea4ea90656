//! The event files: each row is sorted into reject, undated, orphan, later, repeat or counted, and what counts is tallied.
//!
//! Blocks are worked on in any order, and tallies don't mind; only what depends on order (which of two rows with the same id
//! is the first) waits for its turn.

use super::counts::{BlockIssues, Counts, EventCounts, RejectCode};
use super::error::RunError;
use super::evidence::{Fate, Sighting};
use super::identity::identity;
use super::index::LeadIndex;
use super::rows::{BadRow, Kind, Reader, RowCounts, report, sort};
use super::source::{EventColumns, Leads, Occasion, Time, bind};
use crate::input::{Block, Record};
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{Ids, Source, TypeFrom};
use crate::score::{Cells, Contribution, EventFacts, Plan, Tallies, Verdict};
use crate::value::{Instant, Value, fold};
use foldhash::{HashMap, HashSet};
use std::borrow::Cow;
use std::cell::RefCell;
use std::path::PathBuf;

/// Everything that tallying an event needs to know.
pub(super) struct Tallying<'x> {
    pub plan: &'x Plan<'x>,
    pub index: &'x LeadIndex,
    pub tallies: &'x Tallies,
    pub ways: &'x [(FieldRef, bool)],
    /// The lead whose events are noted for an explanation.
    pub watched: Option<u32>,
}

/// What a type of event means to a source.
struct Kinds {
    folded: String,
    tallies: Vec<usize>,
}

/// An event that counts unless an earlier row has its id.
struct Pending {
    id: u128,
    kind: usize,
    leads: Vec<u32>,
    time: Instant,
    takes: Vec<(usize, Contribution)>,
    /// Where it is noted for an explanation.
    sighting: Option<usize>,
}

/// A block's outcome.
struct BlockEvents {
    counts: EventCounts,
    bad: Vec<BadRow>,
    issues: BlockIssues,
    pending: Vec<Pending>,
    kinds: Vec<Kinds>,
    sightings: Vec<Sighting>,
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
    let mut seen: HashSet<u128> = HashSet::default();
    for path in paths {
        let opened =
            reader.open(&format!("events {}", source.name), path, &source.files.settings, |path, header| {
                bind(rulebook, source_index, tallying.ways, path, header)
            })?;
        let header = opened.header.clone();
        let mut rows = RowCounts::default();
        let assumed = reader.read(
            opened,
            |columns, block| Desk::new(tallying, source_index, columns).work(block),
            |place, mut block: BlockEvents| {
                tallying.admit(&mut block, &mut seen);
                rows.n_rows += block.counts.n_rows;
                rows.n_rejects += block.counts.n_rejects;
                rows.n_empty += block.counts.n_empty;
                counts.sources[source_index].add(&block.counts);
                counts.rejects.extend(block.bad.into_iter().map(|bad| bad.settle(path, place)));
                let name = |field: usize| {
                    // Fields beyond the declared ones stand for the time columns of `from_columns`.
                    let declared = rulebook.event_fields.get(field).map(|field| field.name.clone());
                    (
                        format!("events {}", source.name),
                        declared.unwrap_or_else(|| time_name(source, field - rulebook.event_fields.len())),
                    )
                };
                block.issues.settle(&mut counts.issues, path, place.first_line, &header, name);
                sightings.extend(block.sightings.into_iter().map(|sighting| sighting.settle(path, place)));
            },
        )?;
        let role = format!("events {}", source.name);
        counts.files.push(report(&role, path, assumed, rows, &counts.rejects, reader.options)?);
    }
    Ok(())
}

fn time_name(source: &Source, column: usize) -> String {
    match &source.type_from {
        TypeFrom::Columns(kinds) => kinds.get(column).map_or_else(String::new, |kind| kind.name.clone()),
        _ => "time".to_owned(),
    }
}

impl Tallying<'_> {
    /// Adds what an event gives to one lead.
    fn add(&self, lead: u32, time: Instant, takes: &[(usize, Contribution)]) {
        for (tally, contribution) in takes {
            let bound = self.plan.bound_of[*tally];
            if bound.is_none_or(|bound| self.index.is_after(lead, bound, time)) {
                self.tallies.add(self.plan, *tally, lead, *contribution);
            }
        }
    }

    /// In the order of the file: the first event of an id counts, the others are repeats.
    fn admit(&self, block: &mut BlockEvents, seen: &mut HashSet<u128>) {
        for pending in &block.pending {
            if seen.insert(pending.id) {
                block.counts.count(pending.leads.len(), pending.time, &block.kinds[pending.kind].folded);
                for lead in &pending.leads {
                    self.add(*lead, pending.time, &pending.takes);
                }
            } else {
                block.counts.n_repeats += 1;
                if let Some(sighting) = pending.sighting {
                    block.sightings[sighting].fate = Fate::Repeat;
                }
            }
        }
    }
}

impl EventCounts {
    fn count(&mut self, n_leads: usize, time: Instant, kind: &str) {
        self.n_counted += 1;
        self.n_shared += u64::from(n_leads > 1);
        self.newest = self.newest.max(Some(time));
        bump(&mut self.counted_by_type, kind);
    }
}

fn bump(counts: &mut std::collections::BTreeMap<String, u64>, kind: &str) {
    match counts.get_mut(kind) {
        Some(n) => *n += 1,
        None => drop(counts.insert(kind.to_owned(), 1)),
    }
}

/// One block being worked on.
struct Desk<'x> {
    tallying: &'x Tallying<'x>,
    source_index: usize,
    source: &'x Source,
    columns: &'x EventColumns,
    out: BlockEvents,
    kinds_by_text: HashMap<String, usize>,
}

impl<'x> Desk<'x> {
    fn new(tallying: &'x Tallying<'x>, source_index: usize, columns: &'x EventColumns) -> Self {
        let out = BlockEvents {
            counts: EventCounts::default(),
            bad: Vec::new(),
            issues: BlockIssues::default(),
            pending: Vec::new(),
            kinds: Vec::new(),
            sightings: Vec::new(),
        };
        let source = &tallying.plan.rulebook.sources[source_index];
        Self { tallying, source_index, source, columns, out, kinds_by_text: HashMap::default() }
    }

    fn work(mut self, block: &mut Block<'_>) -> BlockEvents {
        let issues = RefCell::default();
        while let Some(record) = block.next_record() {
            self.out.counts.n_rows += 1;
            match sort(&record, self.columns.n_columns) {
                Kind::Empty => self.out.counts.n_empty += 1,
                Kind::Bad(code) => self.reject(&record, code, ""),
                Kind::Usable => self.row(&record, &issues),
            }
        }
        self.out.issues = issues.into_inner();
        self.out
    }

    fn reject(&mut self, record: &Record<'_>, code: RejectCode, column: &str) {
        self.out.counts.n_rejects += 1;
        self.out.bad.push(BadRow::new(record, code, column));
    }

    fn row(&mut self, record: &Record<'_>, issues: &RefCell<BlockIssues>) {
        let columns = self.columns;
        let several = matches!(self.source.type_from, TypeFrom::Columns(_));
        let mut occasions: Vec<Occasion<'_>> = Vec::with_capacity(1);
        columns.occasions(self.source, record, |occasion| occasions.push(occasion));
        if !several && let Some(bad) = occasions.iter().find(|occasion| occasion.time == Time::Unreadable) {
            let column = columns.name(bad.column).to_owned();
            self.reject(record, RejectCode::UnreadableTime, &column);
            return;
        }
        self.out.counts.n_kept += 1;
        if occasions.is_empty() {
            return;
        }
        let leads = columns.leads(self.tallying.plan.rulebook, self.source, self.tallying.index, record);
        let rulebook = self.tallying.plan.rulebook;
        let decode = |field| decode(columns, record, field, issues);
        let cells = Cells::new(rulebook.event_fields.len(), rulebook.event_slots.len(), decode);
        for (number, occasion) in occasions.iter().enumerate() {
            if occasion.time == Time::Unreadable {
                let field = rulebook.event_fields.len() + number;
                issues.borrow_mut().note(field, record.line(), occasion.column, &record.cell(occasion.column));
            }
            self.occasion(record, occasion, leads, &cells);
        }
    }

    fn occasion<'r, D: Fn(usize) -> Value<'r>>(
        &mut self,
        record: &Record<'r>,
        occasion: &Occasion<'r>,
        leads: Leads<'_>,
        cells: &Cells<'r, D>,
    ) {
        let tallying = self.tallying;
        let kind = self.kind(occasion.kind.as_deref());
        self.out.counts.n_events += 1;
        let Time::Read(time) = occasion.time else {
            self.out.counts.n_undated += 1;
            self.sight(record, kind, None, leads, Fate::Undated, Vec::new());
            return;
        };
        if leads.as_slice().is_empty() {
            self.out.counts.n_orphans += 1;
            bump(&mut self.out.counts.orphans_by_type, &self.out.kinds[kind].folded);
            return;
        }
        let all_later = leads.as_slice().iter().all(|lead| tallying.index.is_later(*lead));
        if time > tallying.plan.as_of || all_later {
            self.out.counts.n_later += 1;
            self.sight(record, kind, Some(time), leads, Fate::Later, Vec::new());
            return;
        }
        let (takes, verdicts) = self.takes(kind, time, cells, leads);
        let scored: Vec<u32> =
            leads.as_slice().iter().copied().filter(|lead| !tallying.index.is_later(*lead)).collect();
        let id = self.columns.id(self.source, record).map(|id| self.event_identity(kind, &id));
        let sighting = self.sight(record, kind, Some(time), leads, Fate::Counted, verdicts);
        if let Some(id) = id {
            self.out.pending.push(Pending { id, kind, leads: scored, time, takes, sighting });
        } else {
            self.out.counts.count(scored.len(), time, &self.out.kinds[kind].folded);
            for lead in scored {
                tallying.add(lead, time, &takes);
            }
        }
    }

    /// What the tallies take of an event, and, for a watched lead, what each said to it.
    fn takes<'r, D: Fn(usize) -> Value<'r>>(
        &self,
        kind: usize,
        time: Instant,
        cells: &Cells<'r, D>,
        leads: Leads<'_>,
    ) -> (Vec<(usize, Contribution)>, Vec<(usize, Verdict, Contribution)>) {
        let plan = self.tallying.plan;
        let watching = self.tallying.watched.is_some_and(|watched| leads.as_slice().contains(&watched));
        let facts = EventFacts { cells, as_of: plan.as_of };
        let (mut takes, mut verdicts) = (Vec::new(), Vec::new());
        for tally in &self.out.kinds[kind].tallies {
            let verdict = plan.verdict(*tally, time, &facts);
            let contribution = if verdict == Verdict::Selected {
                plan.contribution(*tally, time, cells)
            } else {
                Contribution::Nothing
            };
            if contribution != Contribution::Nothing {
                takes.push((*tally, contribution));
            }
            if watching {
                verdicts.push((*tally, verdict, contribution));
            }
        }
        (takes, verdicts)
    }

    /// The number of a type in this block.
    fn kind(&mut self, text: Option<&str>) -> usize {
        let text = text.unwrap_or("");
        if let Some(kind) = self.kinds_by_text.get(text) {
            return *kind;
        }
        let folded = fold(text).into_owned();
        let named = (!folded.is_empty()).then_some(folded.as_str());
        let tallies = self.tallying.plan.tallies_for(self.source_index, named);
        self.out.kinds.push(Kinds { folded, tallies });
        let kind = self.out.kinds.len() - 1;
        self.kinds_by_text.insert(text.to_owned(), kind);
        kind
    }

    /// An event's id is unique per type within its source.
    fn event_identity(&self, kind: usize, id: &str) -> u128 {
        let ids: Ids = self.tallying.plan.rulebook.ids;
        let kind = identity(&self.out.kinds[kind].folded, Ids::Exact, false);
        identity(id, ids, false) ^ kind.rotate_left(1)
    }

    /// Notes an event of the watched lead; where it is noted.
    fn sight(
        &mut self,
        record: &Record<'_>,
        kind: usize,
        time: Option<Instant>,
        leads: Leads<'_>,
        fate: Fate,
        verdicts: Vec<(usize, Verdict, Contribution)>,
    ) -> Option<usize> {
        let watched = self.tallying.watched.filter(|watched| leads.as_slice().contains(watched))?;
        let after = |(tally, verdict, contribution): (usize, Verdict, Contribution)| {
            let bound = self.tallying.plan.bound_of[tally];
            let is_after =
                time.is_some_and(|time| bound.is_none_or(|bound| self.tallying.index.is_after(watched, bound, time)));
            (tally, verdict, contribution, is_after)
        };
        self.out.sightings.push(Sighting {
            source: self.source_index,
            file: PathBuf::new(),
            line: record.line(),
            kind: self.out.kinds[kind].folded.clone(),
            time,
            fate,
            takes: verdicts.into_iter().map(after).collect(),
        });
        Some(self.out.sightings.len() - 1)
    }
}

/// A field of an event; a cell that its type can't read is missing, and noted.
fn decode<'r>(columns: &EventColumns, record: &Record<'r>, field: usize, issues: &RefCell<BlockIssues>) -> Value<'r> {
    let (Some(column), Some(reader)) = (columns.fields[field], &columns.readers[field]) else { return Value::Missing };
    let cell = record.cell(column);
    let value = match &cell {
        Cow::Borrowed(cell) => reader.read(cell),
        Cow::Owned(cell) => reader.read(cell).map(Value::into_owned),
    };
    value.unwrap_or_else(|_| {
        issues.borrow_mut().note(field, record.line(), column, &cell);
        Value::Missing
    })
}
