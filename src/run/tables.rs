//! The tables: further exports, held in memory, that add fields to a lead by a key.

use super::columns::HeaderSearch;
use super::counts::{BlockIssues, Counts, FileRole, RejectCode};
use super::error::RunError;
use super::rows::{BadRow, Reader, RowCounts, RowKind, report, sort};
use crate::input::{CsvBlock, Record};
use crate::rulebook::{Origin, Rulebook, Table};
use crate::score::identity::{Identity, identity};
use crate::value::Value;
use foldhash::HashMap;
use std::path::{Path, PathBuf};

/// One table's rows, found by key.
#[derive(Debug, Default)]
pub(super) struct TableRows {
    by_key: HashMap<Identity, u32>,
    /// Row after row, the values of the table's fields that are used.
    values: Vec<Value<'static>>,
    /// For each field of the rulebook its place in a row, if it is this table's and used.
    places: Vec<Option<usize>>,
    width: usize,
}

impl TableRows {
    /// The row of a key.
    pub(super) fn find(&self, key: Identity) -> Option<u32> {
        self.by_key.get(&key).copied()
    }

    /// A field of a row.
    pub(super) fn value(&self, row: u32, field: usize) -> Value<'_> {
        self.places[field].map_or(Value::Missing, |place| self.values[row as usize * self.width + place].borrowed())
    }
}

/// The columns of a table's file.
struct TableColumns {
    n_columns: usize,
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
    bad: Vec<BadRow>,
    issues: BlockIssues,
    counts: RowCounts,
}

/// Reads a table's files.
pub(super) fn read(
    rulebook: &Rulebook,
    index: usize,
    paths: &[PathBuf],
    reader: &Reader<'_>,
    counts: &mut Counts,
) -> Result<TableRows, RunError> {
    let fields: Vec<usize> = used_fields(rulebook, Origin::Table(index)).collect();
    let mut rows = TableRows { places: vec![None; rulebook.fields.len()], width: fields.len(), ..TableRows::default() };
    for (place, field) in fields.iter().enumerate() {
        rows.places[*field] = Some(place);
    }
    for path in paths {
        read_file(rulebook, index, path, &mut rows, reader, counts)?;
    }
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
    (0..rulebook.fields.len()).filter(move |field| rulebook.fields[*field].origin == origin).filter(is_used)
}

fn read_file(
    rulebook: &Rulebook,
    index: usize,
    path: &Path,
    rows: &mut TableRows,
    reader: &Reader<'_>,
    counts: &mut Counts,
) -> Result<(), RunError> {
    let table = &rulebook.tables[index];
    let role = FileRole::Table(table.name.clone());
    let opened =
        reader.open(&role, path, &table.files.settings, |path, header| bind(rulebook, index, rows, path, header))?;
    let header = opened.header.clone();
    let key_header = opened.columns.key_header.clone();
    let mut total = RowCounts::default();
    let assumed = reader.read(
        opened,
        |columns, block| read_block(rulebook, table, columns, block),
        |place, mut block: BlockRows| {
            for row in block.rows {
                let next = u32::try_from(rows.by_key.len()).unwrap_or(u32::MAX);
                if let std::collections::hash_map::Entry::Vacant(e) = rows.by_key.entry(row.key) {
                    e.insert(next);
                    rows.values.extend(row.values);
                } else {
                    let code = RejectCode::RepeatedId;
                    block.bad.push(BadRow { line: row.line, column: key_header.clone(), code, raw: row.raw });
                }
            }
            total.n_rows += block.counts.n_rows;
            total.n_empty += block.counts.n_empty;
            total.n_rejects += block.bad.len() as u64;
            block.bad.sort_by_key(|bad| bad.line);
            counts.rejects.extend(block.bad.into_iter().map(|bad| reader.settle(bad, path, place)));
            let field = |field: usize| (rulebook.fields[field].name.clone(), rulebook.fields[field].kind);
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
        let column = header.field(&declared.spec);
        if rows.places[field].is_some() {
            fields.push((field, column));
        }
    }
    header.finish()?;
    Ok(TableColumns { n_columns: names.len(), key, key_header: names[key].clone(), fields })
}

fn read_block(rulebook: &Rulebook, table: &Table, columns: &TableColumns, block: &mut CsvBlock<'_>) -> BlockRows {
    let mut found = BlockRows::default();
    while let Some(record) = block.next_record() {
        found.counts.n_rows += 1;
        match sort(&record, &record.cells(), columns.n_columns) {
            RowKind::Empty => found.counts.n_empty += 1,
            RowKind::Bad(code) => found.bad.push(BadRow::new(&record, code, "")),
            RowKind::Usable => {
                let key = record.cell(columns.key);
                if table.key_reader.is_blank(&key) {
                    found.bad.push(BadRow::new(&record, RejectCode::EmptyId, &columns.key_header));
                    continue;
                }
                let key = identity(&key, rulebook.ids, table.fold);
                let values = columns.values(rulebook, &record, &mut found.issues);
                found.rows.push(TableRow { line: record.line(), raw: record.raw().to_owned(), key, values });
            }
        }
    }
    found
}

impl TableColumns {
    /// The values of a row, in the order of the fields; fields without a column are missing.
    fn values(&self, rulebook: &Rulebook, record: &Record<'_>, issues: &mut BlockIssues) -> Vec<Value<'static>> {
        let read = |&(field, column): &(usize, Option<usize>)| {
            let Some(column) = column else { return Value::Missing };
            let cell = record.cell(column);
            let value = rulebook.fields[field].spec.reader.read(&cell).map(Value::into_owned);
            value.unwrap_or_else(|_| {
                issues.note(field, record.line(), column, &cell);
                Value::Missing
            })
        };
        self.fields.iter().map(read).collect()
    }
}
