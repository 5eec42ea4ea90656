//! One block of events being worked on, on any thread: each row is sorted into reject, undated, orphan, later or counted, and
//! what counts is noted for the board.
//!
//! Rows are gathered a few hundred at a time, so that finding their leads, which waits for memory, is one tight loop.

use super::counts::{BlockIssues, EventCounts, RejectCode};
use super::events::{Pending, Tallying};
use super::evidence::{Sighting, Watching};
use super::outcome::{BlockEvents, BlockTypes, SeenType};
use super::rows::{BadRow, RowKind, sort};
use super::source::{EventColumns, EventLeads, Occasion, Time};
use crate::input::{CsvBlock, Record, RecordCells};
use crate::rulebook::{Source, TypeFrom};
use crate::score::identity::{Identity, event_identity};
use crate::score::{Cells, Changes, Contribution, EventFacts, EventTakes, Fate, Take, Verdict};
use crate::value::{Instant, Value, fold};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::path::PathBuf;

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
    takes: EventTakes,
}

impl<'x> Desk<'x> {
    pub(super) fn new(tallying: &'x Tallying<'x>, source_index: usize, columns: &'x EventColumns) -> Self {
        let out = BlockEvents {
            counts: EventCounts::default(),
            bad: Vec::new(),
            issues: BlockIssues::default(),
            pending: Vec::new(),
            sightings: Vec::new(),
            types: BlockTypes::default(),
        };
        Self {
            tallying,
            source_index,
            source: &tallying.plan.rulebook.sources[source_index],
            columns,
            out,
            changes: Changes::default(),
            takes: EventTakes::default(),
        }
    }

    /// Works a block off.
    pub(super) fn work(mut self, block: &mut CsvBlock<'_>) -> BlockEvents {
        let issues = RefCell::default();
        let record_now = Cell::new(None);
        let rulebook = self.tallying.plan.rulebook;
        let columns = self.columns;
        let decode = |field| record_now.get().map_or(Value::Missing, |record| decode(columns, record, field, &issues));
        let mut cells = Cells::new(rulebook.event_fields.len(), rulebook.event_slots.len(), decode);
        let most = self.tallying.batch_rows;
        let mut batch: Vec<Waiting<'_>> = Vec::with_capacity(most);
        let mut ids = Vec::with_capacity(most);
        let mut leads = Vec::with_capacity(most);
        loop {
            let record = block.next_record();
            if let Some(record) = record {
                self.gather(record, &mut batch, &mut ids, &issues);
            }
            if batch.len() >= most || record.is_none() {
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
                ids.clear();
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
    #[inline]
    fn gather<'t>(
        &mut self,
        record: Record<'t>,
        batch: &mut Vec<Waiting<'t>>,
        ids: &mut Vec<Option<Identity>>,
        issues: &RefCell<BlockIssues>,
    ) where
        'x: 't,
    {
        self.out.counts.n_rows += 1;
        let cells = record.cells();
        match sort(&record, &cells, self.columns.n_columns) {
            RowKind::Empty => self.out.counts.n_empty += 1,
            RowKind::Bad(code) => self.reject(&record, code, ""),
            RowKind::Usable => {
                self.gather_events(record, &cells, batch, issues);
                let rulebook = self.tallying.plan.rulebook;
                let id = self.columns.first_identity(rulebook, self.source, &record, &cells);
                ids.resize(batch.len(), id);
            }
        }
    }

    fn reject(&mut self, record: &Record<'_>, code: RejectCode, column: &str) {
        self.out.counts.n_rejects += 1;
        self.out.bad.push(BadRow::new(record, code, column));
    }

    fn gather_events<'t>(
        &mut self,
        record: Record<'t>,
        cells: &RecordCells<'t>,
        batch: &mut Vec<Waiting<'t>>,
        issues: &RefCell<BlockIssues>,
    ) where
        'x: 't,
    {
        let columns = self.columns;
        let several = matches!(self.source.type_from, TypeFrom::Columns(_));
        let mut is_rejected = false;
        columns.occasions(self.source, &record, cells, |Occasion { kind, time, column, number }| {
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
    fn settle<'t, D: Fn(usize) -> Value<'t>>(
        &mut self,
        waiting: &Waiting<'t>,
        leads: EventLeads<'_>,
        cells: &Cells<'t, D>,
    ) {
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
        self.take(waiting.kind, time, cells);
        let mut sightings = 0..0;
        if tallying.watching.any(leads) {
            let verdicts = self.verdicts(waiting.kind, time, cells);
            sightings = self.sight(waiting, leads, Fate::Counted, &verdicts);
        }
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

    /// Fills `takes` with what the tallies take of an event.
    #[inline]
    fn take<'t, D: Fn(usize) -> Value<'t>>(&mut self, kind: usize, time: Instant, cells: &Cells<'t, D>) {
        let plan = self.tallying.plan;
        let facts = EventFacts { cells, as_of: plan.as_of };
        self.takes.clear();
        let kind = &self.out.types[kind];
        if matches!(self.tallying.watching, Watching::Nobody) {
            self.takes.add_common(kind.is_engagement, time);
        }
        for &tally in &kind.tallies {
            if plan.verdict(tally as usize, time, &facts) == Verdict::Selected {
                self.takes.add(plan, tally, time, cells);
            }
        }
    }

    /// What each tally says of an event, to show it to someone.
    fn verdicts<'t, D: Fn(usize) -> Value<'t>>(
        &self,
        kind: usize,
        time: Instant,
        cells: &Cells<'t, D>,
    ) -> Vec<(usize, Verdict, Contribution)> {
        let plan = self.tallying.plan;
        let facts = EventFacts { cells, as_of: plan.as_of };
        let verdict = |&tally: &u32| {
            let tally = tally as usize;
            let verdict = plan.verdict(tally, time, &facts);
            let contribution = match verdict {
                Verdict::Selected => plan.contribution(tally, time, cells),
                _ => Contribution::Nothing,
            };
            (tally, verdict, contribution)
        };
        self.out.types[kind].tallies.iter().map(verdict).collect()
    }

    /// The number of a type in this block.
    #[inline]
    fn kind(&mut self, text: Option<&[u8]>) -> usize {
        let text = text.unwrap_or_default();
        self.out.types.find(text).unwrap_or_else(|| self.new_kind(text))
    }

    /// Takes a type in that this block had none of so far.
    #[inline(never)]
    fn new_kind(&mut self, text: &[u8]) -> usize {
        // A cell is UTF-8, and this borrows it.
        let written = String::from_utf8_lossy(text).into_owned();
        let folded = fold(&written).into_owned();
        let named = (!folded.is_empty()).then_some(folded.as_str());
        let plan = self.tallying.plan;
        // An explanation shows what every tally said; feeding two that keep the same number changes nothing.
        let tallies = match self.tallying.watching {
            Watching::Nobody => plan.tallies_beside_common(self.source_index, named),
            Watching::One(_) | Watching::Everyone => plan.tallies_for(self.source_index, named),
        };
        let is_engagement = plan.is_engagement(named);
        self.out.types.add(SeenType::new(written, folded, tallies, is_engagement))
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
