//! A worker's desk for events: block after block, each row is sorted into reject, undated, orphan, later or counted, and what
//! counts is noted for the board.
//!
//! Rows are gathered some hundred at a time and go through one step after the other, column by column: what stands in the row,
//! who it is about, what becomes of it. So each step is a tight loop, and those that wait for memory wait for many rows at once.

use super::batch::{EventBatch, NO_TIME, UNREADABLE_TIME};
use super::counts::{EventCounts, RejectCode};
use super::events::{Pending, Tallying};
use super::evidence::{Sighting, Watching};
use super::issues::BlockIssues;
use super::judge::FieldJudge;
use super::kinds::{Kind, KindCounts, Kinds, Suspect};
use super::rows::{BadRow, RowKind, sort};
use super::source::{EventColumns, Occasion};
use super::unmet::{MOST_LOOKED_AT, NameInEvent};
use super::waiting::{NewWaiting, WaitingBlock};
use crate::input::{CsvBlock, Record, RecordCells};
use crate::rulebook::derived::DerivedFields;
use crate::rulebook::{Source, TypeFrom};
use crate::score::identity::{Identity, NO_IDENTITY, event_identity};
use crate::score::{Cells, Changes, EventProgram, EventTakes, Fate, Membership, TextsLook, TextsSeen};
use crate::value::{Instant, Moment, Value, fold};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// What one block of events came to.
#[derive(Default)]
pub(super) struct BlockEvents {
    pub counts: EventCounts,
    /// The types that it has, folded, each with how often.
    pub kinds: Vec<(Arc<str>, KindCounts)>,
    pub bad: Vec<BadRow>,
    pub issues: BlockIssues,
    /// The texts that derived fields come to, where they are noted.
    pub texts: Option<TextsSeen>,
    pub pending: Vec<Pending>,
    pub sightings: Vec<Sighting>,
    /// The first names that no lead has, without their file.
    pub unmet: Vec<NameInEvent>,
    /// Events that wait until the source has been read.
    pub waiting: WaitingBlock,
}

/// One worker's desk.
pub(super) struct Desk<'x> {
    pub(super) tallying: &'x Tallying<'x>,
    pub(super) source_index: usize,
    pub(super) source: &'x Source,
    pub(super) columns: &'x EventColumns,
    pub(super) kinds: Kinds<'x>,
    /// The type of all events, where the source has but one.
    only_kind: u32,
    judge: FieldJudge<'x>,
    /// Notes which texts of derived fields there are, if somebody asks.
    texts: Option<TextsLook<'x>>,
    /// Whether each event that counts is looked at, not only tallied.
    is_noted: bool,
    batch: EventBatch,
    changes: Changes,
    takes: EventTakes,
    /// The rows of some orphans.
    orphans: Vec<(u32, u32)>,
    memberships: Vec<Membership>,
    pub(super) out: BlockEvents,
}

impl<'x> Desk<'x> {
    pub(super) fn new(tallying: &'x Tallying<'x>, source_index: usize, columns: &'x EventColumns) -> Self {
        let plan = tallying.plan;
        let texts =
            if tallying.notes_texts { TextsLook::new(plan.rulebook, Some(source_index), plan.as_of) } else { None };
        let mut desk = Self {
            tallying,
            source_index,
            source: &tallying.plan.rulebook.sources[source_index],
            columns,
            kinds: Kinds::default(),
            only_kind: 0,
            judge: FieldJudge::new(plan, source_index, columns),
            is_noted: texts.is_some() || !matches!(tallying.watching, Watching::Nobody),
            texts,
            batch: EventBatch::default(),
            changes: Changes::default(),
            takes: EventTakes::default(),
            orphans: Vec::new(),
            memberships: Vec::new(),
            out: BlockEvents::default(),
        };
        if let TypeFrom::Always { name, .. } = &desk.source.type_from {
            desk.only_kind = desk.kind(Some(name.as_bytes()));
        }
        desk
    }

    /// Works a block off.
    pub(super) fn work(&mut self, block: &mut CsvBlock<'_>) -> BlockEvents {
        let issues = RefCell::default();
        let record_now = Cell::new(None);
        let (rulebook, columns) = (self.tallying.plan.rulebook, self.columns);
        let decode = |field| record_now.get().map_or(Value::Missing, |record| decode(columns, record, field, &issues));
        let cells = Cells::new(rulebook.event_fields.len(), rulebook.event_slots.len(), decode);
        let mut cells = cells.with_derived(DerivedFields::of_source(self.source), self.tallying.plan.as_of);
        let mut is_done = false;
        while !is_done {
            self.batch.clear();
            is_done = self.gather(block, &issues);
            self.find_leads(block);
            let batch = std::mem::take(&mut self.batch);
            for at in 0..batch.len() {
                if !self.settle_plain(&batch, at) {
                    let record = block.record(batch.rows[at]);
                    record_now.set(Some(record));
                    cells.clear();
                    self.settle(&batch, at, record, &cells);
                }
            }
            self.batch = batch;
            self.name_orphans(block);
        }
        drop(cells);
        self.tallying.apply(&mut self.changes);
        self.out.issues = issues.into_inner();
        self.out.kinds = self.kinds.take_counts();
        self.out.waiting = std::mem::take(&mut self.out.waiting).shrunk();
        std::mem::take(&mut self.out)
    }

    /// Gathers the events of the next rows; whether the block is done.
    fn gather(&mut self, block: &mut CsvBlock<'_>, issues: &RefCell<BlockIssues>) -> bool {
        let (columns, source) = (self.columns, self.source);
        let kind_at = columns.plain_type();
        while self.batch.len() < self.tallying.batch_rows {
            let Some((record, cells)) = block.next_row() else { return true };
            self.out.counts.n_rows += 1;
            match sort(&record, &cells, columns.shape) {
                RowKind::Empty => self.out.counts.n_empty += 1,
                RowKind::Bad(code) => self.reject(&record, code, ""),
                RowKind::Padded => {
                    self.out.counts.n_padded += 1;
                    self.gather_any(record, &cells, issues);
                }
                RowKind::Usable => match columns.plain_event(source, &cells) {
                    Some(event) => {
                        let kind = match kind_at {
                            Some(column) => cells.short(column).and_then(|short| self.kinds.recall(short)),
                            None => Some(self.only_kind),
                        };
                        match kind {
                            Some(kind) => {
                                self.out.counts.n_kept += 1;
                                self.batch.push(record.place(), kind, event.time, event.id);
                            }
                            None => self.gather_new(record, &cells, issues),
                        }
                    }
                    None => self.gather_any(record, &cells, issues),
                },
            }
        }
        false
    }

    /// As [`Self::gather_any`]; a type that is what it means as it stands is remembered.
    #[inline(never)]
    fn gather_new(&mut self, record: Record<'_>, cells: &RecordCells<'_>, issues: &RefCell<BlockIssues>) {
        self.gather_any(record, cells, issues);
        let Some(column) = self.columns.plain_type() else { return };
        let number = cells.plain(column).and_then(|text| self.kinds.find(text));
        if let (Some(short), Some(number)) = (cells.short(column), number) {
            self.kinds.remember(short, number);
        }
    }

    pub(super) fn reject(&mut self, record: &Record<'_>, code: RejectCode, column: &str) {
        self.out.counts.n_rejects += 1;
        self.out.bad.push(BadRow::new(record, code, column));
    }

    /// Gathers the events of a row, however it is written.
    #[inline(never)]
    fn gather_any(&mut self, record: Record<'_>, cells: &RecordCells<'_>, issues: &RefCell<BlockIssues>) {
        let (columns, source) = (self.columns, self.source);
        let several = matches!(source.type_from, TypeFrom::Columns(_));
        let id = columns.first_identity(self.tallying.plan.rulebook, source, &record);
        let mut is_rejected = false;
        columns.occasions(source, &record, cells, |Occasion { kind, time, column, number }| {
            if time == UNREADABLE_TIME {
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
            self.batch.push(record.place(), kind, time, id);
        });
        self.out.counts.n_kept += u64::from(!is_rejected);
    }

    /// Finds the leads of what was gathered.
    fn find_leads(&mut self, block: &CsvBlock<'_>) {
        let (columns, index) = (self.columns, self.tallying.index);
        self.out.counts.n_events += self.batch.len() as u64;
        columns.find_leads(index, 0, &self.batch.ids, &mut self.batch.leads);
        let rulebook = self.tallying.plan.rulebook;
        for way in 1..columns.n_ways() {
            let is_open = |at: &usize| self.batch.leads[*at].is_none();
            let open: Vec<usize> = (0..self.batch.len()).filter(is_open).collect();
            let id = |at: &usize| columns.identity_by(rulebook, self.source, &block.record(self.batch.rows[*at]), way);
            let ids: Vec<Identity> = open.iter().map(id).collect();
            let mut found = Vec::with_capacity(ids.len());
            columns.find_leads(index, way, &ids, &mut found);
            for (at, found) in open.into_iter().zip(found) {
                self.batch.leads[at] = found;
            }
        }
        index.touch_bounds(&self.batch.leads);
    }

    /// Notes what the first orphans of the block name their leads by: so it hangs on no block or batch which ones are looked at.
    fn name_orphans(&mut self, block: &CsvBlock<'_>) {
        for place in self.orphans.drain(..) {
            if self.out.unmet.len() < MOST_LOOKED_AT {
                self.out.unmet.extend(self.columns.name_of(self.source, &block.record(place)));
            }
        }
    }

    /// Decides what becomes of an event, if it is one of those that need no look into the row: false if it is not.
    #[inline]
    fn settle_plain(&mut self, batch: &EventBatch, at: usize) -> bool {
        let tallying = self.tallying;
        let (found, time, kind) = (batch.leads[at], batch.times[at], &mut self.kinds[batch.kinds[at]]);
        if time <= UNREADABLE_TIME {
            return false;
        }
        if found.is_none() {
            self.out.counts.n_orphans += 1;
            kind.seen.n_orphans += 1;
            if self.out.unmet.len() < MOST_LOOKED_AT && (batch.ids[at] != NO_IDENTITY || self.columns.n_ways() > 1) {
                self.orphans.push(batch.rows[at]);
            }
            return true;
        }
        if self.is_noted {
            return false;
        }
        if time > tallying.plan.as_of.ms() {
            // Whoever it belongs to.
            self.out.counts.n_later += 1;
            kind.seen.n_later += 1;
            return true;
        }
        let Some(lead) = found.only() else { return false };
        if time > kind.program.old_ms || self.columns.has_ids() || tallying.index.is_later(lead) {
            return false;
        }
        kind.seen.count(time);
        self.changes.push_common(lead, kind.program.doing, time);
        true
    }

    /// Decides what becomes of any event, and notes what it gives.
    fn settle<'t, D: Fn(usize) -> Value<'t>>(
        &mut self,
        batch: &EventBatch,
        at: usize,
        record: Record<'t>,
        cells: &Cells<'t, D>,
    ) {
        let tallying = self.tallying;
        let (found, kind) = (batch.leads[at], batch.kinds[at]);
        let leads = tallying.index.leads(&found);
        let time = match batch.times[at] {
            NO_TIME | UNREADABLE_TIME => {
                self.out.counts.n_undated += 1;
                self.sight(record, kind, None, leads, Fate::Undated, &[]);
                return;
            }
            time => Instant::from_ms(time),
        };
        if leads.is_empty() {
            self.out.counts.n_orphans += 1;
            self.kinds[kind].seen.n_orphans += 1;
            return;
        }
        if time > tallying.plan.as_of || leads.iter().all(|lead| tallying.index.is_later(*lead)) {
            self.out.counts.n_later += 1;
            self.kinds[kind].seen.n_later += 1;
            self.sight(record, kind, Some(time), leads, Fate::Later, &[]);
            return;
        }
        if let Some(texts) = &self.texts {
            texts.note(cells, self.out.texts.get_or_insert_default());
        }
        let mut judged = self.judge.of(record);
        let Kind { program, folded, .. } = &self.kinds[kind];
        // Only few types are asked for it.
        let is_bare = program.asks_for_bare_dates && self.columns.is_bare(self.source, &record, (folded, time.ms()));
        self.takes.fill(tallying.plan, program, Moment { at: time, is_bare }, &mut judged, cells);
        if let Some(suspect) = &self.kinds[kind].suspect {
            let screen = &tallying.plan.screens[self.source_index];
            self.memberships.clear();
            screen.add_memberships(tallying.plan, &suspect.groups, &mut judged, cells, &mut self.memberships);
        }
        let mut sightings = 0..0;
        if tallying.watching.any(leads) {
            let verdicts = self.verdicts(kind, time, cells);
            sightings = self.sight(record, kind, Some(time), leads, Fate::Counted, &verdicts);
        }
        let id = self.columns.id(self.source, &record);
        let id = id.map(|id| event_identity(&self.kinds[kind].folded, &id, tallying.plan.rulebook.ids));
        if let Some(suspect) = &self.kinds[kind].suspect {
            let id = id.unwrap_or(NO_IDENTITY);
            let (number, memberships, takes) = (suspect.number, &self.memberships[..], &self.takes);
            let waiting = NewWaiting { id, leads: found, kind: number, time, memberships, takes, sightings };
            self.out.waiting.push(waiting, self.columns.has_ids());
            return;
        }
        if let Some(id) = id {
            let folded = Arc::clone(&self.kinds[kind].folded);
            let (leads, takes) = (tallying.scored(&found).collect(), self.takes.clone());
            self.out.pending.push(Pending { id, folded, leads, time, takes, sightings });
            return;
        }
        let mut n_leads = 0;
        for lead in tallying.scored(&found) {
            n_leads += 1;
            tallying.give(lead, time, self.takes.taken(), &mut self.changes);
        }
        self.kinds[kind].seen.count(time.ms());
        self.out.counts.n_shared += u64::from(n_leads > 1);
    }

    /// What the source's rules for automated events have to do with a type.
    fn suspect(&self, folded: &str) -> Option<Suspect> {
        let screen = &self.tallying.plan.screens[self.source_index];
        let groups = screen.groups_of(folded);
        let number = screen.types().iter().position(|name| *name == folded)?;
        Some(Suspect { number: u32::try_from(number).expect("a rulebook has fewer than four billion types"), groups })
    }

    /// The number of a type.
    #[inline]
    fn kind(&mut self, text: Option<&[u8]>) -> u32 {
        let text = text.unwrap_or_default();
        self.kinds.find(text).unwrap_or_else(|| self.new_kind(text))
    }

    /// Takes a type in that this worker had none of so far.
    #[inline(never)]
    fn new_kind(&mut self, text: &[u8]) -> u32 {
        // A cell is UTF-8, and this borrows it.
        let written = String::from_utf8_lossy(text).into_owned();
        let folded = fold(&written).into_owned();
        let named = (!folded.is_empty()).then_some(folded.as_str());
        let mut program = EventProgram::new(self.tallying.plan, self.source_index, named);
        program.doing = self.tallying.board.doing(self.tallying.plan, self.source_index, &folded, &written);
        let suspect = self.suspect(&folded);
        if suspect.is_some() {
            // However old its events are, what becomes of them is not known yet.
            program.old_ms = i64::MIN;
        }
        self.kinds.add(written, &folded, program, suspect)
    }
}

/// A field of an event; a cell that its type can't read is missing, and noted.
pub(super) fn decode<'t>(
    columns: &EventColumns,
    record: Record<'t>,
    field: usize,
    issues: &RefCell<BlockIssues>,
) -> Value<'t> {
    let (Some(column), Some(reader)) = (columns.fields[field], &columns.readers[field]) else { return Value::Missing };
    let cell = record.cell(column);
    let read = reader.read_written(&cell);
    if !read.is_readable() {
        issues.borrow_mut().note(field, record.line(), column, &cell);
    }
    if let Some(mark) = read.mark {
        issues.borrow_mut().note_mark(field, mark);
    }
    read.value
}
