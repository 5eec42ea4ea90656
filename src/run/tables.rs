//! The tables: further exports, held in memory, that add fields to a lead by a key.

use super::amounts::AmountField;
use super::columns::HeaderSearch;
use super::counts::{Counts, FileRole, RejectCode, RoundedIds};
use super::error::RunError;
use super::id_table::{FREE, IdTable};
use super::issues::BlockIssues;
use super::lead_row::key_identity;
use super::rows::{BadRow, Reader, RowCounts, RowKind, RowShape, report, sort};
use crate::input::{CsvBlock, Record};
use crate::rulebook::{Origin, Rulebook, Spec, Table};
use crate::score::identity::Identity;
use crate::score::{ColumnReader, Note, Plan, TruthWord, derive};
use crate::value::{Instant, Value};
use std::path::{Path, PathBuf};

/// One table's rows, found by key.
#[derive(Debug, Default)]
pub(super) struct TableRows {
    by_key: IdTable,
    /// Row after row, the values of the table's fields that are used.
    values: Vec<Value<'static>>,
    /// For each field of the rulebook its place in a row, if it is this table's and used.
    places: Vec<Option<usize>>,
    width: usize,
    /// The parts of a lead's truths that come from this table.
    pub parts: Vec<usize>,
    /// Row after row what they make true, all parts of a row together; the last is that of no row.
    words: Vec<TruthWord>,
    notes: Vec<Note>,
    /// Where the newest row of a key counts: the place of its date in a row, and for each row the number of its file.
    newest: Option<(usize, Vec<usize>)>,
}

impl TableRows {
    /// The row of a key.
    pub(super) fn find(&self, key: Identity) -> Option<u32> {
        Some(self.by_key.get(key)).filter(|row| *row != FREE)
    }

    /// How many rows there are.
    fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Takes a row of a file in, with what it makes true; the file whose row is superseded by that, if one is, or none where the
    /// row can't be taken because its key is.
    fn take(&mut self, row: &mut TableRow, (words, notes): (&[TruthWord], &[Note]), file: usize) -> Taken {
        let next = u32::try_from(self.by_key.len()).unwrap_or(u32::MAX);
        let Some(known) = self.by_key.insert(row.key, next).map(|known| *known as usize) else {
            self.values.append(&mut row.values);
            self.words.extend_from_slice(words);
            self.notes.extend_from_slice(notes);
            self.newest.iter_mut().for_each(|(_, files)| files.push(file));
            return Taken::Row;
        };
        let Some((place, files)) = &mut self.newest else { return Taken::Nothing };
        let values = &mut self.values[known * self.width..(known + 1) * self.width];
        if date_ms(&row.values[*place]) <= date_ms(&values[*place]) {
            return Taken::InPlaceOf(file);
        }
        values.swap_with_slice(&mut row.values);
        self.words[known * words.len()..(known + 1) * words.len()].copy_from_slice(words);
        self.notes[known * notes.len()..(known + 1) * notes.len()].copy_from_slice(notes);
        Taken::InPlaceOf(std::mem::replace(&mut files[known], file))
    }

    /// Adds what a row, or the lack of one, makes true of a lead.
    #[inline]
    pub(super) fn add_truths(&self, row: Option<u32>, words: &mut [TruthWord], notes: &mut [Note]) {
        let row = row.map_or(self.len(), |row| row as usize);
        let (n_words, n_notes) = (words.len(), notes.len());
        for (word, known) in words.iter_mut().zip(&self.words[row * n_words..]) {
            word.join(*known);
        }
        for (code, known) in notes.iter_mut().zip(&self.notes[row * n_notes..]) {
            // What comes from elsewhere is 0 here.
            *code |= known;
        }
    }

    /// A field of a row.
    pub(super) fn value(&self, row: u32, field: usize) -> Value<'_> {
        self.places[field].map_or(Value::Missing, |place| self.values[row as usize * self.width + place].borrowed())
    }
}

/// What became of a row on its way in.
enum Taken {
    /// It is the first of its key.
    Row,
    /// Its key is taken.
    Nothing,
    /// Of its key another row counted, and now the newer of the two does; the other one is of this file.
    InPlaceOf(usize),
}

/// A date in milliseconds; none is earlier than any.
fn date_ms(value: &Value<'_>) -> i64 {
    value.instant().map_or(i64::MIN, Instant::ms)
}

/// The columns of a table's file.
struct TableColumns {
    shape: RowShape,
    key: usize,
    key_header: String,
    /// The used fields in the order of a row's values, each with its column if the file has it.
    fields: Vec<(usize, Option<usize>)>,
}

/// One usable row of a block.
struct TableRow {
    line: u64,
    raw: String,
    key: Identity,
    values: Vec<Value<'static>>,
}

#[derive(Default)]
struct BlockRows {
    rows: Vec<TableRow>,
    /// What the rows make true, row after row.
    words: Vec<TruthWord>,
    notes: Vec<Note>,
    bad: Vec<BadRow>,
    issues: BlockIssues,
    counts: RowCounts,
}

/// Reads a table's files.
pub(super) fn read(
    plan: &Plan<'_>,
    index: usize,
    paths: &[PathBuf],
    reader: &Reader<'_>,
    counts: &mut Counts,
) -> Result<TableRows, RunError> {
    let rulebook = plan.rulebook;
    let fields: Vec<usize> = used_fields(rulebook, Origin::Table(index)).collect();
    let mut rows = TableRows { places: vec![None; rulebook.fields.len()], width: fields.len(), ..TableRows::default() };
    for (place, field) in fields.iter().enumerate() {
        rows.places[*field] = Some(place);
    }
    // Those of derived fields come from the lead as a whole.
    let is_read = |field: usize| rows.places[field].is_some() && rulebook.fields[field].spec().is_some();
    let parts = plan.program.fields().enumerate().filter(|(_, field)| is_read(*field));
    rows.parts = parts.map(|(part, _)| part).collect();
    let newest = rulebook.tables[index].newest.and_then(|newest| rows.places[newest.field]);
    rows.newest = newest.map(|place| (place, Vec::new()));
    let first_report = counts.files.len();
    let mut n_superseded = vec![0; paths.len()];
    for (file, path) in paths.iter().enumerate() {
        read_file(plan, index, (file, path), &mut rows, reader, counts, &mut n_superseded)?;
    }
    for (report, n) in counts.files[first_report..].iter_mut().zip(n_superseded) {
        report.n_superseded = n;
    }
    let (n_words, n_notes) = plan.program.widths();
    let (mut words, mut notes) = (vec![TruthWord::default(); n_words], vec![0; n_notes]);
    rows.parts.iter().for_each(|part| plan.program.judge(*part, &Value::Missing, &mut words, &mut notes));
    rows.words.extend(words);
    rows.notes.extend(notes);
    Ok(rows)
}

/// Looks for the columns of a table's file, for what is wrong with its header.
pub(super) fn check_header(rulebook: &Rulebook, index: usize, path: &Path, names: &[String]) -> Result<(), RunError> {
    let rows = TableRows { places: vec![None; rulebook.fields.len()], ..TableRows::default() };
    bind(rulebook, index, &rows, path, names).map(drop)
}

/// The fields of a file that anything in the rulebook reads.
fn used_fields(rulebook: &Rulebook, origin: Origin) -> impl Iterator<Item = usize> {
    let is_used = move |field: &usize| rulebook.lead_slots.iter().any(|(used, _)| used == field);
    // What is derived is made of what a row has, for each lead, save for what chooses among rows.
    let newest = if let Origin::Table(table) = origin { rulebook.tables[table].newest } else { None };
    let has_column = move |field: &usize| {
        let declared = &rulebook.fields[*field];
        let is_newest = newest.is_some_and(|newest| newest.field == *field);
        declared.origin == origin && (declared.spec().is_some() || is_newest)
    };
    (0..rulebook.fields.len()).filter(has_column).filter(is_used)
}

fn read_file(
    plan: &Plan<'_>,
    index: usize,
    (file, path): (usize, &Path),
    rows: &mut TableRows,
    reader: &Reader<'_>,
    counts: &mut Counts,
    n_superseded: &mut [u64],
) -> Result<(), RunError> {
    let rulebook = plan.rulebook;
    let table = &rulebook.tables[index];
    let (n_words, n_notes) = plan.program.widths();
    let role = FileRole::Table(table.name.clone());
    let opened =
        reader.open(&role, path, &table.files.settings, |path, header| bind(rulebook, index, rows, path, header))?;
    let header = opened.header.clone();
    let key_header = opened.columns.key_header.clone();
    let mut total = RowCounts::default();
    let columns = &opened.columns;
    let parts = rows.parts.clone();
    let assumed = reader.read_with(
        (opened.file, path),
        || TableDesk::new(plan, table, columns, &parts),
        TableDesk::work,
        |place, mut block: BlockRows| {
            for (at, mut row) in block.rows.into_iter().enumerate() {
                let words = &block.words[at * n_words..(at + 1) * n_words];
                let notes = &block.notes[at * n_notes..(at + 1) * n_notes];
                match rows.take(&mut row, (words, notes), file) {
                    Taken::Row => {}
                    Taken::InPlaceOf(file) => n_superseded[file] += 1,
                    Taken::Nothing => {
                        let code = RejectCode::RepeatedId;
                        block.bad.push(BadRow { line: row.line, column: key_header.clone(), code, raw: row.raw });
                    }
                }
            }
            total.n_rows += block.counts.n_rows;
            total.n_empty += block.counts.n_empty;
            total.n_padded += block.counts.n_padded;
            RoundedIds::add(&mut total.rounded, block.counts.rounded, place.first_line);
            total.n_rejects += block.bad.len() as u64;
            block.bad.sort_by_key(|bad| bad.line);
            counts.rejects.extend(block.bad.into_iter().map(|bad| reader.settle(bad, path, place)));
            let field = |field: usize| (rulebook.fields[field].name.clone(), rulebook.fields[field].kind);
            block.issues.settle_marks(&mut counts.marks, AmountField::Lead);
            block.issues.settle(&mut counts.issues, &role, path, (place.first_line, &header), field);
        },
    )?;
    counts.files.push(report(role, path, assumed, total, &counts.rejects, reader.options)?);
    Ok(())
}

fn bind(
    rulebook: &Rulebook,
    index: usize,
    rows: &TableRows,
    path: &Path,
    names: &[String],
) -> Result<TableColumns, RunError> {
    let mut header = HeaderSearch::new(path, names);
    let key = header.required(&rulebook.tables[index].key);
    let mut fields = Vec::new();
    for (field, declared) in rulebook.fields.iter().enumerate() {
        if declared.origin != Origin::Table(index) {
            continue;
        }
        // A column that nothing reads must still be there: what is mapped is promised.
        let column = declared.spec().and_then(|spec| header.field(spec));
        if rows.places[field].is_some() {
            fields.push((field, column));
        }
    }
    header.finish()?;
    let shape = RowShape::new(names, &rulebook.tables[index].files.settings);
    Ok(TableColumns { shape, key, key_header: names[key].clone(), fields })
}

/// One worker's desk for a table.
struct TableDesk<'x> {
    plan: &'x Plan<'x>,
    table: &'x Table,
    columns: &'x TableColumns,
    /// The parts of a lead's truths that come from here, each with its column.
    parts: Vec<(usize, Option<(usize, ColumnReader<'x>)>)>,
}

impl<'x> TableDesk<'x> {
    fn new(plan: &'x Plan<'x>, table: &'x Table, columns: &'x TableColumns, parts: &[usize]) -> Self {
        let fields: Vec<usize> = plan.program.fields().collect();
        let part = |part: &usize| {
            let field = fields[*part];
            let column = columns.fields.iter().find(|(known, _)| *known == field).and_then(|(_, column)| *column);
            let spec = plan.rulebook.fields[field].spec();
            let reader = |(column, spec): (usize, &'x Spec)| (column, plan.program.reader(*part, &spec.reader));
            (*part, column.zip(spec).map(reader))
        };
        Self { plan, table, columns, parts: parts.iter().map(part).collect() }
    }

    fn work(&mut self, block: &mut CsvBlock<'_>) -> BlockRows {
        let (rulebook, columns) = (self.plan.rulebook, self.columns);
        let mut found = BlockRows::default();
        while let Some(record) = block.next_record() {
            found.counts.n_rows += 1;
            match sort(&record, &record.cells(), columns.shape) {
                RowKind::Empty => found.counts.n_empty += 1,
                RowKind::Bad(code) => found.bad.push(BadRow::new(&record, code, "")),
                kind @ (RowKind::Usable | RowKind::Padded) => {
                    found.counts.n_padded += u64::from(matches!(kind, RowKind::Padded));
                    let key = record.cell(columns.key);
                    if self.table.key_reader.is_blank(&key) {
                        found.bad.push(BadRow::new(&record, RejectCode::EmptyId, &columns.key_header));
                        continue;
                    }
                    RoundedIds::note(&mut found.counts.rounded, &key, || record.line(), &columns.key_header);
                    let Some(key) = key_identity(&key, rulebook.ids, self.table.fold, self.table.phone) else {
                        found.bad.push(BadRow::new(&record, RejectCode::EmptyId, &columns.key_header));
                        continue;
                    };
                    let values = columns.values(self.plan, &record, &mut found.issues);
                    found.rows.push(TableRow { line: record.line(), raw: record.raw().to_owned(), key, values });
                    self.judge(&record, &mut found);
                }
            }
        }
        found
    }

    /// Adds what a row makes true.
    fn judge(&mut self, record: &Record<'_>, found: &mut BlockRows) {
        let program = &self.plan.program;
        let (n_words, n_notes) = program.widths();
        let (first_word, first_note) = (found.words.len(), found.notes.len());
        found.words.resize(first_word + n_words, TruthWord::default());
        found.notes.resize(first_note + n_notes, 0);
        let (words, notes) = (&mut found.words[first_word..], &mut found.notes[first_note..]);
        for (part, reader) in &mut self.parts {
            match reader {
                // What can't be read is noted where the values are.
                Some((column, reader)) => drop(reader.read(&record.written_cell(*column), words, notes)),
                None => program.judge(*part, &Value::Missing, words, notes),
            }
        }
    }
}

impl TableColumns {
    /// The values of a row, in the order of the fields; fields that the file lacks are missing.
    fn values(&self, plan: &Plan<'_>, record: &Record<'_>, issues: &mut BlockIssues) -> Vec<Value<'static>> {
        let rulebook = plan.rulebook;
        let read = |&(field, column): &(usize, Option<usize>)| {
            let (Some(column), Some(spec)) = (column, rulebook.fields[field].spec()) else { return Value::Missing };
            let cell = record.cell(column);
            let read = spec.reader.read(&cell);
            if !read.is_readable() {
                issues.note(field, record.line(), column, &cell);
            }
            if let Some(mark) = read.mark {
                issues.note_mark(field, mark);
            }
            read.value.into_owned()
        };
        let mut values: Vec<Value<'static>> = self.fields.iter().map(read).collect();
        for (place, (field, _)) in self.fields.iter().enumerate() {
            if let Some(derivation) = rulebook.fields[*field].derivation() {
                let of_row = |input: usize| {
                    let place = self.fields.iter().position(|(known, _)| *known == input);
                    place.map_or(Value::Missing, |place| values[place].borrowed())
                };
                values[place] = derive(derivation, plan.as_of, &of_row).into_owned();
            }
        }
        values
    }
}
