//! One block of events being worked on, on any thread: each row is sorted into reject, undated, orphan, later or counted, and
//! what counts is noted for the board.
//!
//! Rows are gathered a few hundred at a time, so that finding their leads, which waits for memory, is one tight loop.

use super::counts::{BlockIssues, EventCounts, RejectCode};
use super::events::{Pending, Tallying};
use super::evidence::{Sighting, Watching};
use super::rows::{BadRow, Kind, sort};
use super::source::{EventColumns, Leads, Occasion, Time};
use crate::input::{Block, Record};
use crate::rulebook::{Source, TypeFrom};
use crate::score::identity::event_identity;
use crate::score::{Cells, Changes, Contribution, EventFacts, Fate, Take, Takes, Verdict};
use crate::value::{Instant, Value, fold};
use foldhash::HashMap;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::path::PathBuf;

/// How many rows are gathered before their leads are looked up.
const BATCH: usize = 512;

/// What a type of event means to a source, and how often it was seen.
pub(super) struct EventType {
    /// As it stands in the file; empty if it has none.
    written: String,
    folded: String,
    tallies: Vec<u32>,
    n_counted: u64,
    n_orphans: u64,
    n_later: u64,
    /// The earliest and the newest that counts.
    span: Option<(Instant, Instant)>,
}

/// A block's outcome.
pub(super) struct BlockEvents {
    pub counts: EventCounts,
    pub bad: Vec<BadRow>,
    pub issues: BlockIssues,
    pub pending: Vec<Pending>,
    pub sightings: Vec<Sighting>,
    types: Vec<EventType>,
}

impl BlockEvents {
    /// Counts an event of a type (by its number in this block).
    pub(super) fn count(&mut self, kind: usize, n_leads: usize, time: Instant) {
        self.counts.n_counted += 1;
        self.counts.n_shared += u64::from(n_leads > 1);
        self.counts.newest = self.counts.newest.max(Some(time));
        let kind = &mut self.types[kind];
        kind.n_counted += 1;
        kind.span = Some(kind.span.map_or((time, time), |(first, last)| (first.min(time), last.max(time))));
    }

    /// The counts, with those by type.
    pub(super) fn totals(&mut self) -> EventCounts {
        let mut totals = std::mem::take(&mut self.counts);
        for kind in &self.types {
            let by_type = [
                (&mut totals.counted_by_type, kind.n_counted),
                (&mut totals.orphans_by_type, kind.n_orphans),
                (&mut totals.later_by_type, kind.n_later),
            ];
            for (counts, n) in by_type {
                if n > 0 {
                    *counts.entry(kind.folded.clone()).or_default() += n;
                }
            }
            if let Some(span) = kind.span {
                let all = totals.span_by_type.entry(kind.folded.clone()).or_insert(span);
                *all = (all.0.min(span.0), all.1.max(span.1));
            }
        }
        totals
    }
}

/// An event that waits for its lead to be found.
struct Waiting<'t> {
    record: Record<'t>,
    kind: usize,
    time: Time,
}

/// One block being worked on.
pub(super) struct Desk<'x> {
    tallying: &'x Tallying<'x>,
    source_index: usize,
    source: &'x Source,
    columns: &'x EventColumns,
    out: BlockEvents,
    changes: Changes,
    takes: Takes,
    types_by_text: HashMap<String, usize>,
}

impl<'x> Desk<'x> {
    pub(super) fn new(tallying: &'x Tallying<'x>, source_index: usize, columns: &'x EventColumns) -> Self {
        let out = BlockEvents {
            counts: EventCounts::default(),
            bad: Vec::new(),
            issues: BlockIssues::default(),
            pending: Vec::new(),
            sightings: Vec::new(),
            types: Vec::new(),
        };
        Self {
            tallying,
            source_index,
            source: &tallying.plan.rulebook.sources[source_index],
            columns,
            out,
            changes: Changes::default(),
            takes: Takes::default(),
            types_by_text: HashMap::default(),
        }
    }

    /// Works a block off.
    pub(super) fn work(mut self, block: &mut Block<'_>) -> BlockEvents {
        let issues = RefCell::default();
        let record_now = Cell::new(None);
        let rulebook = self.tallying.plan.rulebook;
        let columns = self.columns;
        let decode = |field| record_now.get().map_or(Value::Missing, |record| decode(columns, record, field, &issues));
        let mut cells = Cells::new(rulebook.event_fields.len(), rulebook.event_slots.len(), decode);
        let mut batch: Vec<Waiting<'_>> = Vec::with_capacity(BATCH);
        let mut ids = Vec::with_capacity(BATCH);
        let mut leads = Vec::with_capacity(BATCH);
        loop {
            let record = block.next_record();
            if let Some(record) = record {
                self.gather(record, &mut batch, &issues);
            }
            if batch.len() >= BATCH || record.is_none() {
                ids.clear();
                ids.extend(batch.iter().map(|waiting| columns.first_identity(rulebook, self.source, &waiting.record)));
                columns.first_leads(self.tallying.index, &ids, &mut leads);
                for (waiting, leads) in batch.iter().zip(&mut leads) {
                    if leads.as_slice().is_empty() {
                        *leads = columns.other_leads(rulebook, self.source, self.tallying.index, &waiting.record);
                    }
                    record_now.set(Some(waiting.record));
                    cells.clear();
                    self.settle(waiting, *leads, &cells);
                }
                batch.clear();
            }
            if record.is_none() {
                break;
            }
        }
        drop(cells);
        self.tallying.board.apply(self.tallying.plan, &mut self.changes);
        self.out.issues = issues.into_inner();
        self.out
    }

    /// Sorts a row, and lets its events wait for their lead.
    fn gather<'t>(&mut self, record: Record<'t>, batch: &mut Vec<Waiting<'t>>, issues: &RefCell<BlockIssues>) {
        self.out.counts.n_rows += 1;
        match sort(&record, self.columns.n_columns) {
            Kind::Empty => self.out.counts.n_empty += 1,
            Kind::Bad(code) => self.reject(&record, code, ""),
            Kind::Usable => self.gather_events(record, batch, issues),
        }
    }

    fn reject(&mut self, record: &Record<'_>, code: RejectCode, column: &str) {
        self.out.counts.n_rejects += 1;
        self.out.bad.push(BadRow::new(record, code, column));
    }

    fn gather_events<'t>(&mut self, record: Record<'t>, batch: &mut Vec<Waiting<'t>>, issues: &RefCell<BlockIssues>) {
        let columns = self.columns;
        let several = matches!(self.source.type_from, TypeFrom::Columns(_));
        let mut is_rejected = false;
        columns.occasions(self.source, &record, |Occasion { kind, time, column, number }| {
            if time == Time::Unreadable {
                if several {
                    // Numbers beyond the declared fields stand for the columns of times.
                    let field = columns.fields.len() + number;
                    issues.borrow_mut().note(field, record.line(), column, &record.cell(column));
                } else {
                    is_rejected = true;
                    self.reject(&record, RejectCode::UnreadableTime, columns.name(column));
                    return;
                }
            }
            let kind = self.kind(kind.as_deref());
            self.out.counts.n_events += 1;
            batch.push(Waiting { record, kind, time });
        });
        self.out.counts.n_kept += u64::from(!is_rejected);
    }

    /// Decides what becomes of an event whose leads are known, and notes what it gives.
    fn settle<'t, D: Fn(usize) -> Value<'t>>(&mut self, waiting: &Waiting<'t>, leads: Leads<'_>, cells: &Cells<'t, D>) {
        let tallying = self.tallying;
        let leads = leads.as_slice();
        let Time::Read(time) = waiting.time else {
            self.out.counts.n_undated += 1;
            self.sight(waiting, leads, Fate::Undated, &[]);
            return;
        };
        if leads.is_empty() {
            self.out.counts.n_orphans += 1;
            self.out.types[waiting.kind].n_orphans += 1;
            return;
        }
        if time > tallying.plan.as_of || leads.iter().all(|lead| tallying.index.is_later(*lead)) {
            self.out.counts.n_later += 1;
            self.out.types[waiting.kind].n_later += 1;
            self.sight(waiting, leads, Fate::Later, &[]);
            return;
        }
        let verdicts = self.take(waiting.kind, time, cells, leads);
        let sightings = self.sight(waiting, leads, Fate::Counted, &verdicts);
        let scored = leads.iter().copied().filter(|lead| !tallying.index.is_later(*lead));
        if let Some(id) = self.columns.id(self.source, &waiting.record) {
            let id = event_identity(&self.out.types[waiting.kind].folded, &id, tallying.plan.rulebook.ids);
            let takes = self.takes.clone();
            self.out.pending.push(Pending { id, kind: waiting.kind, leads: scored.collect(), time, takes, sightings });
            return;
        }
        let mut n_leads = 0;
        for lead in scored {
            n_leads += 1;
            tallying.give(lead, time, &self.takes, &mut self.changes);
        }
        self.out.count(waiting.kind, n_leads, time);
    }

    /// Fills `takes` with what the tallies take of an event; for a watched lead, hands back what each said to it.
    fn take<'t, D: Fn(usize) -> Value<'t>>(
        &mut self,
        kind: usize,
        time: Instant,
        cells: &Cells<'t, D>,
        leads: &[u32],
    ) -> Vec<(usize, Verdict, Contribution)> {
        let plan = self.tallying.plan;
        let watching = self.tallying.watching.any(leads);
        let facts = EventFacts { cells, as_of: plan.as_of };
        self.takes.clear();
        let mut verdicts = Vec::new();
        for &tally in &self.out.types[kind].tallies {
            let verdict = plan.verdict(tally as usize, time, &facts);
            if verdict == Verdict::Selected {
                self.takes.add(plan, tally, time, cells);
            }
            if watching {
                let contribution = match verdict {
                    Verdict::Selected => plan.contribution(tally as usize, time, cells),
                    _ => Contribution::Nothing,
                };
                verdicts.push((tally as usize, verdict, contribution));
            }
        }
        verdicts
    }

    /// The number of a type in this block.
    fn kind(&mut self, text: Option<&str>) -> usize {
        let text = text.unwrap_or("");
        if let Some(kind) = self.types_by_text.get(text) {
            return *kind;
        }
        let folded = fold(text).into_owned();
        let named = (!folded.is_empty()).then_some(folded.as_str());
        // An explanation shows what every tally said; feeding two that keep the same number changes nothing.
        let tallies = match self.tallying.watching {
            Watching::Nobody => self.tallying.plan.tallies_to_feed(self.source_index, named),
            Watching::One(_) | Watching::Everyone => self.tallying.plan.tallies_for(self.source_index, named),
        };
        let number = |tally| u32::try_from(tally).expect("a rulebook has fewer than four billion tallies");
        let tallies = tallies.into_iter().map(number).collect();
        self.out.types.push(EventType {
            written: text.to_owned(),
            folded,
            tallies,
            n_counted: 0,
            n_orphans: 0,
            n_later: 0,
            span: None,
        });
        let kind = self.out.types.len() - 1;
        self.types_by_text.insert(text.to_owned(), kind);
        kind
    }

    /// Notes an event for each watched lead that it belongs to; where it is noted.
    fn sight(
        &mut self,
        waiting: &Waiting<'_>,
        leads: &[u32],
        fate: Fate,
        verdicts: &[(usize, Verdict, Contribution)],
    ) -> Range<usize> {
        let start = self.out.sightings.len();
        let watching = self.tallying.watching;
        if !watching.any(leads) {
            return start..start;
        }
        let values = self.values(waiting.record);
        for lead in leads.iter().copied().filter(|lead| watching.includes(*lead)) {
            let sighting = self.sighting(waiting, lead, fate, verdicts, values.clone());
            self.out.sightings.push(sighting);
        }
        start..self.out.sightings.len()
    }

    fn sighting(
        &self,
        waiting: &Waiting<'_>,
        lead: u32,
        fate: Fate,
        verdicts: &[(usize, Verdict, Contribution)],
        values: Vec<(usize, Value<'static>)>,
    ) -> Sighting {
        let time = if let Time::Read(time) = waiting.time { Some(time) } else { None };
        let after = |(tally, verdict, contribution): &(usize, Verdict, Contribution)| {
            let bound = self.tallying.plan.bound_of[*tally];
            let in_force = |bound| time.is_some_and(|time| self.tallying.index.is_after(lead, bound, time));
            let is_after = bound.is_none_or(in_force);
            Take { tally: *tally, verdict: *verdict, contribution: *contribution, is_after }
        };
        Sighting {
            lead,
            source: self.source_index,
            file: PathBuf::new(),
            line: waiting.record.line(),
            kind: self.out.types[waiting.kind].written.clone(),
            time,
            fate,
            values,
            takes: verdicts.iter().map(after).collect(),
        }
    }

    /// The fields of a row that have a value. What can't be read is noted elsewhere, so that watching changes no count.
    fn values(&self, record: Record<'_>) -> Vec<(usize, Value<'static>)> {
        let issues = RefCell::default();
        let read = |(field, _): &(usize, _)| (*field, decode(self.columns, record, *field, &issues).into_owned());
        self.source.fields.iter().map(read).filter(|(_, value)| !value.is_missing()).collect()
    }
}

/// A field of an event; a cell that its type can't read is missing, and noted.
fn decode<'t>(columns: &EventColumns, record: Record<'t>, field: usize, issues: &RefCell<BlockIssues>) -> Value<'t> {
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
