//! The second reading of the leads: every lead is scored, in parallel, and handed on in the order of the file.

use super::amounts::{AmountField, added_up};
use super::block_map::BlockMap;
use super::counts::FileRole;
use super::error::RunError;
use super::issues::BlockIssues;
use super::lead_row::{LeadRow, TableMatch};
use super::leads::{LeadColumns, bind};
use super::previous::{Previous, PreviousResult};
use super::rows::Reader;
use super::{Loaded, Options, Watch};
use crate::input::{CsvBlock, Record};
use crate::rulebook::Origin;
use crate::rulebook::derived::DerivedFields;
use crate::rulebook::expr::FieldRef;
use crate::score::identity::identity;
use crate::score::{Cells, ColumnReader, Decode, LeadFacts, Note, ScoreCard, TruthWord, score_judged};
use crate::value::{CellReader, Type, Value};
use std::borrow::Cow;

/// A scored lead, as long as its row is at hand.
pub struct ScoredLead<'x, 'r> {
    /// Its id, as it stands in the file, trimmed.
    pub id: Cow<'x, str>,
    /// Its number among all accepted leads.
    pub number: u32,
    /// Its score card.
    pub card: &'x ScoreCard,
    /// Its cells and tallies.
    pub facts: &'x LeadFacts<'x, 'r>,
    /// What the previous run said of it, if there was one and it was in it.
    pub previous: Option<&'x PreviousResult>,
    /// Of several values that could name its account, the place of the one that does.
    pub(crate) account_key: usize,
    record: Record<'x>,
    columns: &'x LeadColumns,
}

impl<'r> ScoredLead<'_, 'r> {
    /// The same row with the card of facts that stand beside its own: see [`LeadFacts::beside`].
    #[must_use]
    pub fn beside<'y>(&'y self, facts: &'y LeadFacts<'y, 'r>) -> ScoredLead<'y, 'r> {
        ScoredLead {
            id: Cow::Borrowed(&self.id),
            number: self.number,
            card: facts.card(),
            facts,
            previous: self.previous,
            account_key: self.account_key,
            record: self.record,
            columns: self.columns,
        }
    }

    /// The cells of `--keep`, as they stand in the file.
    pub fn kept(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.columns.keep.iter().map(|column| self.record.untrimmed(*column))
    }

    /// A field's cell as it stands in the leads file; none for fields of tables.
    #[must_use]
    pub fn cell(&self, field: usize) -> Option<Cow<'_, str>> {
        self.columns.fields[field].map(|column| self.record.cell(column))
    }

    /// A field as it stands in the leads file, or its part; what a table adds as it was read. Phone numbers that can be read are
    /// in E.164.
    #[must_use]
    pub(crate) fn text(&self, field: FieldRef) -> Cow<'_, str> {
        const WHOLE: crate::value::Part = crate::value::Part::Whole;
        // Parts of numbers, and of several values in a cell, are no parts of its text.
        let declared = &self.facts.rulebook.fields[field.field];
        let is_phone = declared.kind == Type::Phone && !self.facts.lead.value(field.field).is_missing();
        let is_of_text = !is_phone && (field.part == WHOLE || !field.part.is_number() && !declared.is_set);
        match self.cell(field.field).filter(|_| is_of_text) {
            Some(Cow::Borrowed(text)) => Cow::Borrowed(field.part.extract(text).unwrap_or_default()),
            Some(Cow::Owned(text)) => Cow::Owned(field.part.extract(&text).unwrap_or_default().to_owned()),
            None => Cow::Owned(self.facts.lead.value(field.field).text(field.part)),
        }
    }
}

/// What one block of leads came to.
struct BlockCards<R> {
    result: R,
    issues: BlockIssues,
    n_scored: u64,
    n_unmatched: Vec<u64>,
    /// Leads that share a key with another: number and id.
    sharing: Vec<(u32, String)>,
}

impl Loaded<'_> {
    /// Scores every lead: `each` on any thread, a block's leads in order into one `R`; `take` gets those in order.
    ///
    /// # Errors
    /// When a leads file can't be read again as it was.
    pub fn score<R: Default + Send>(
        &mut self,
        options: &Options,
        watch: &dyn Watch,
        each: impl Fn(&mut R, &ScoredLead<'_, '_>) + Sync,
        mut take: impl FnMut(R) + Send,
    ) -> Result<(), RunError> {
        // The sums were taken on the first reading.
        let options = &Options { sums: None, ..options.clone() };
        let reader = Reader::new(options, watch);
        let mut counts = std::mem::take(&mut self.counts);
        counts.n_unmatched = vec![0; self.plan.rulebook.tables.len()];
        let mut sharing_ids = std::collections::BTreeMap::new();
        for (path, maps) in self.lead_paths.iter().zip(&self.maps) {
            let settings = &self.plan.rulebook.leads.files.settings;
            let opened = reader.open(&FileRole::Scores, path, settings, |path, header| {
                bind(self.plan.rulebook, &options.keep, path, header)
            })?;
            let header = opened.header.clone();
            let mut n_blocks = 0;
            let mut has_changed = false;
            let columns = &opened.columns;
            reader.read_with(
                (opened.file, path),
                || LeadDesk::new(self, maps, columns, options.batch_rows.max(1)),
                |desk, block| desk.work(block, &each),
                |place, block: Option<BlockCards<R>>| {
                    n_blocks += 1;
                    let Some(mut block) = block else {
                        has_changed = true;
                        return;
                    };
                    counts.leads.n_scored += block.n_scored;
                    for (sum, n) in counts.n_unmatched.iter_mut().zip(block.n_unmatched) {
                        *sum += n;
                    }
                    let at = (place.first_line, &header[..]);
                    let fields = &self.plan.rulebook.fields;
                    let field = |field: usize| (fields[field].name.clone(), fields[field].kind);
                    block.issues.settle_marks(&mut counts.marks, AmountField::Lead);
                    block.issues.settle(&mut counts.issues, &FileRole::Leads, path, at, field);
                    sharing_ids.extend(block.sharing);
                    take(block.result);
                },
            )?;
            if has_changed || n_blocks != maps.len() {
                return Err(RunError::Changed { path: path.clone() });
            }
        }
        self.counts = counts;
        self.shared.ids = sharing_ids;
        Ok(())
    }
}

/// One worker's desk for leads: a batch of rows goes through one column after the other, then each lead is scored.
struct LeadDesk<'x, 'r> {
    loaded: &'x Loaded<'r>,
    maps: &'x [BlockMap],
    columns: &'x LeadColumns,
    batch_rows: usize,
    parts: Vec<Part<'x>>,
    /// The parts of columns that the file lacks.
    absent: Vec<usize>,
    /// The parts of derived fields, each with its field.
    derived: Vec<(usize, usize)>,
    /// The columns of amounts that are added up, each with its field: their currencies are looked at.
    amounts: Vec<(usize, usize, &'x CellReader)>,
    /// The rows of the batch, each with its lead's number.
    rows: Vec<(Place, u32)>,
    words: Vec<TruthWord>,
    notes: Vec<Note>,
}

/// The place of a record in its block.
type Place = (u32, u32);

/// A part of a row's truths that a column of the leads file says.
struct Part<'x> {
    field: usize,
    column: usize,
    /// Whether it is the field's first part, which counts what can't be read.
    is_first: bool,
    reader: ColumnReader<'x>,
}

impl<'x, 'r> LeadDesk<'x, 'r> {
    fn new(loaded: &'x Loaded<'r>, maps: &'x [BlockMap], columns: &'x LeadColumns, batch_rows: usize) -> Self {
        let (rulebook, program) = (loaded.plan.rulebook, &loaded.plan.program);
        let fields: Vec<usize> = program.fields().collect();
        let (mut parts, mut absent, mut derived) = (Vec::new(), Vec::new(), Vec::new());
        for (part, &field) in fields.iter().enumerate() {
            let declared = &rulebook.fields[field];
            let Some(spec) = declared.spec() else {
                derived.push((part, field));
                continue;
            };
            match columns.fields[field] {
                Some(column) => parts.push(Part {
                    field,
                    column,
                    is_first: !fields[..part].contains(&field),
                    reader: program.reader(part, &spec.reader),
                }),
                None if declared.origin == Origin::Leads => absent.push(part),
                None => {}
            }
        }
        let (rows, words, notes) = (Vec::new(), Vec::new(), Vec::new());
        let amounts = added_up(rulebook).into_iter().filter_map(|field| match field {
            AmountField::Lead(field) => Some((field, columns.fields[field]?, &rulebook.fields[field].spec()?.reader)),
            AmountField::Event(_) => None,
        });
        let amounts = amounts.collect();
        Self { loaded, maps, columns, batch_rows, parts, absent, derived, amounts, rows, words, notes }
    }

    /// Scores a block's leads; none if the block is not what it was on the first reading.
    fn work<R: Default>(
        &mut self,
        block: &mut CsvBlock<'_>,
        each: &impl Fn(&mut R, &ScoredLead<'_, '_>),
    ) -> Option<BlockCards<R>> {
        let (loaded, rulebook) = (self.loaded, self.loaded.plan.rulebook);
        let map = self.maps.get(usize::try_from(block.seq()).ok()?)?;
        let mut out = BlockCards {
            result: R::default(),
            issues: BlockIssues::default(),
            n_scored: 0,
            n_unmatched: vec![0; loaded.tables.len()],
            sharing: Vec::new(),
        };
        let row = LeadRow::new(&loaded.plan, &loaded.tables, self.columns);
        let decode: Box<Decode<'_>> = Box::new(|field| row.decode(field));
        let derived = DerivedFields::of_leads(&rulebook.fields);
        let cells = Cells::new(rulebook.fields.len(), rulebook.lead_slots.len(), decode);
        let has_row = |table| matches!(row.look_up(table), TableMatch::Row(_));
        let cells = cells.with_derived(derived, loaded.plan.as_of).with_rows(has_row);
        let mut facts = LeadFacts::new(&loaded.plan, cells, &loaded.tallies);
        let mut walk = Walk::new(map);
        loop {
            let is_done = walk.gather(block, self.batch_rows, &mut self.rows);
            if !loaded.shared.is_empty() {
                self.note_sharing(block, &mut walk, &mut out.sharing);
            }
            self.judge_columns(block, &mut out.issues);
            let (n_words, n_notes) = loaded.plan.program.widths();
            for (at, (place, number)) in self.rows.iter().enumerate() {
                let record = block.record(*place);
                row.turn_to(record);
                let words = &mut self.words[at * n_words..(at + 1) * n_words];
                let notes = &mut self.notes[at * n_notes..(at + 1) * n_notes];
                for (at, (rows, n_unmatched)) in loaded.tables.iter().zip(&mut out.n_unmatched).enumerate() {
                    let found = row.look_up(at);
                    *n_unmatched += u64::from(matches!(found, TableMatch::NoRow));
                    let found = if let TableMatch::Row(row) = found { Some(row) } else { None };
                    rows.add_truths(found, words, notes);
                }
                for part in &self.absent {
                    loaded.plan.program.judge(*part, &Value::Missing, words, notes);
                }
                facts.turn_to(*number, words, notes);
                facts.judge_derived(&self.derived);
                loaded.score_row(&mut facts, *number, (record, &row), self.columns, &mut out.result, each);
            }
            out.n_scored += self.rows.len() as u64;
            if is_done {
                break;
            }
        }
        drop(facts);
        (walk.ordinal == map.n_rows).then_some(out)
    }

    /// Notes the ids of the leads of the batch that share a key with another.
    fn note_sharing(&self, block: &CsvBlock<'_>, walk: &mut Walk<'_>, sharing: &mut Vec<(u32, String)>) {
        let unscored = std::mem::take(&mut walk.unscored);
        for (place, lead) in self.rows.iter().chain(&unscored).filter(|(_, lead)| self.loaded.shared.includes(*lead)) {
            sharing.push((*lead, block.record(*place).cell(self.columns.id).into_owned()));
        }
    }

    /// Reads the columns of the batch, one after the other.
    fn judge_columns(&mut self, block: &CsvBlock<'_>, issues: &mut BlockIssues) {
        let (n_words, n_notes) = self.loaded.plan.program.widths();
        self.words.clear();
        self.words.resize(self.rows.len() * n_words, TruthWord::default());
        self.notes.clear();
        self.notes.resize(self.rows.len() * n_notes, 0);
        for part in &mut self.parts {
            let Part { field, column, is_first, reader } = part;
            for (at, (place, _)) in self.rows.iter().enumerate() {
                let words = &mut self.words[at * n_words..(at + 1) * n_words];
                let notes = &mut self.notes[at * n_notes..(at + 1) * n_notes];
                let cell = block.written(*place, *column);
                if !reader.read(&cell, words, notes) && *is_first {
                    let record = block.record(*place);
                    issues.note(*field, record.line(), *column, &record.cell(*column));
                }
            }
        }
        for (field, column, reader) in &self.amounts {
            for (place, _) in &self.rows {
                if let Some(mark) = reader.read(&block.record(*place).cell(*column)).mark {
                    issues.note_mark(*field, mark);
                }
            }
        }
    }
}

/// A walk over a block's rows that finds the accepted leads again.
struct Walk<'m> {
    map: &'m BlockMap,
    /// The next lead's number.
    number: u32,
    /// The next row's number.
    ordinal: u32,
    n_skipped: usize,
    n_numbered: usize,
    /// The rows passed that have a number and are not scored.
    unscored: Vec<(Place, u32)>,
}

impl<'m> Walk<'m> {
    fn new(map: &'m BlockMap) -> Self {
        Self { map, number: map.first_lead, ordinal: 0, n_skipped: 0, n_numbered: 0, unscored: Vec::new() }
    }

    /// The next rows of leads that are scored; whether the block is done.
    fn gather(&mut self, block: &mut CsvBlock<'_>, most: usize, rows: &mut Vec<(Place, u32)>) -> bool {
        rows.clear();
        while rows.len() < most {
            let Some(record) = block.next_record() else { return true };
            let is_skipped = self.map.skipped.get(self.n_skipped) == Some(&self.ordinal);
            let has_number = self.map.numbered.get(self.n_numbered) == Some(&self.ordinal);
            self.n_skipped += usize::from(is_skipped);
            self.n_numbered += usize::from(has_number);
            self.ordinal += 1;
            if !is_skipped {
                rows.push((record.place(), self.number));
            }
            if has_number {
                self.unscored.push((record.place(), self.number));
            }
            self.number += u32::from(!is_skipped || has_number);
        }
        false
    }
}

impl Loaded<'_> {
    /// What the previous run said of a lead: by its id, else by the first of its former ids that it had and nobody else has now.
    fn previous_of<'p>(&self, previous: &'p Previous, id: &str, row: &LeadRow<'_>) -> Option<&'p PreviousResult> {
        let by_id = previous.of(identity(id, self.plan.rulebook.ids, false));
        by_id.or_else(|| {
            let former = row.former_ids().into_iter();
            former.filter(|id| self.reused_ids.binary_search(id).is_err()).find_map(|id| previous.of(id))
        })
    }

    fn score_row<R>(
        &self,
        facts: &mut LeadFacts<'_, '_>,
        number: u32,
        (record, row): (Record<'_>, &LeadRow<'_>),
        columns: &LeadColumns,
        result: &mut R,
        each: &impl Fn(&mut R, &ScoredLead<'_, '_>),
    ) {
        let id = record.cell(columns.id);
        let previous = self.previous.as_ref().and_then(|previous| self.previous_of(previous, &id, row));
        score_judged(facts, previous.map(PreviousResult::kept).unwrap_or_default());
        let account_key = self.plan.rulebook.table_of_accounts().map_or(0, |table| row.place_of_key(table));
        let card = facts.card();
        each(result, &ScoredLead { id, number, card, facts, previous, account_key, record, columns });
    }
}
