//! The leads files, read twice: first for who there is, then, when all events are tallied, to score them.
//!
//! Reading twice is what keeps memory independent of the size of a row.

use super::MaxRejects;
use super::columns::HeaderSearch;
use super::counts::{Counts, FileRole, RejectCode};
use super::error::RunError;
use super::index::{LeadIndex, Newcomers};
use super::rows::{BadRow, Reader, RowCounts, RowKind, RowShape, in_words, report, sort};
use super::tables::TableRows;
use crate::diagnostic::Span;
use crate::input::{CsvBlock, Record, count_line_ends};
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{Column, LeadKey, Origin, Rulebook, Spec};
use crate::score::Plan;
use crate::score::identity::{Identity, identity};
use crate::value::Value;
use std::cell::Cell;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The columns of a leads file.
#[derive(Debug, Clone)]
pub(super) struct LeadColumns {
    pub shape: RowShape,
    pub id: usize,
    pub id_header: String,
    /// For each field of the rulebook its column, if it is the leads file's and is there.
    pub fields: Vec<Option<usize>>,
    /// The columns of `--keep`.
    pub keep: Vec<usize>,
}

/// Finds the columns of a leads file.
pub(super) fn bind(
    rulebook: &Rulebook,
    keep: &[String],
    path: &Path,
    names: &[String],
) -> Result<LeadColumns, RunError> {
    let mut header = HeaderSearch::new(path, names);
    let id = header.required(&rulebook.leads.id);
    let mut fields = vec![None; rulebook.fields.len()];
    for (field, declared) in rulebook.fields.iter().enumerate() {
        if let (Origin::Leads, Some(spec)) = (declared.origin, declared.spec()) {
            // A column that nothing reads must still be there: what is mapped is promised.
            fields[field] = header.field(spec);
        }
    }
    let column = |name: &String| Column::named(name, Span::default());
    let keep = keep.iter().map(|name| header.required(&column(name))).collect();
    header.finish()?;
    let shape = RowShape::new(names, &rulebook.leads.files.settings);
    Ok(LeadColumns { shape, id, id_header: names[id].clone(), fields, keep })
}

/// A lead's row with what its tables add; the same room serves one row after another.
pub(super) struct LeadRow<'x> {
    rulebook: &'x Rulebook,
    tables: &'x [TableRows],
    columns: &'x LeadColumns,
    record: Cell<Option<Record<'x>>>,
    found: Vec<Cell<Option<TableMatch>>>,
}

/// What became of looking a lead up in a table.
#[derive(Clone, Copy)]
pub(super) enum TableMatch {
    Row(u32),
    NoKey,
    NoRow,
}

impl<'x> LeadRow<'x> {
    pub(super) fn new(rulebook: &'x Rulebook, tables: &'x [TableRows], columns: &'x LeadColumns) -> Self {
        let found = vec![Cell::new(None); tables.len()];
        Self { rulebook, tables, columns, record: Cell::new(None), found }
    }

    /// Turns to the next row.
    pub(super) fn turn_to(&self, record: Record<'x>) {
        self.record.set(Some(record));
        self.found.iter().for_each(|found| found.set(None));
    }

    /// A field's value; a cell that its type can't read is missing. It is noted where the columns are read.
    pub(super) fn decode(&self, field: usize) -> Value<'x> {
        match self.rulebook.fields[field].origin {
            Origin::Leads => self.own(field),
            Origin::Table(table) => match self.look_up(table) {
                TableMatch::Row(row) => self.tables[table].value(row, field),
                TableMatch::NoKey | TableMatch::NoRow => Value::Missing,
            },
        }
    }

    fn own(&self, field: usize) -> Value<'x> {
        let spec = self.rulebook.fields[field].spec();
        let (Some(column), Some(record), Some(Spec { reader, .. })) =
            (self.columns.fields[field], self.record.get(), spec)
        else {
            return Value::Missing;
        };
        reader.read_written(&record.cell(column)).value
    }

    /// The row of a table that this lead names. Tables chain; a circle was refused with the rulebook.
    pub(super) fn look_up(&self, table: usize) -> TableMatch {
        if let Some(found) = self.found[table].get() {
            return found;
        }
        let declared = &self.rulebook.tables[table];
        let found = match self.key_of(declared.by, declared.fold) {
            None => TableMatch::NoKey,
            Some(key) => self.tables[table].find(key).map_or(TableMatch::NoRow, TableMatch::Row),
        };
        self.found[table].set(Some(found));
        found
    }

    /// The value of a field as a key.
    pub(super) fn key_of(&self, field: FieldRef, folds: bool) -> Option<Identity> {
        match self.decode(field.field) {
            Value::Text(text) => field.part.extract(&text).map(|text| identity(text, self.rulebook.ids, folds)),
            _ => None,
        }
    }
}

/// The distinct ways in which events name leads by a field.
pub(super) fn ways(rulebook: &Rulebook) -> Vec<(FieldRef, bool)> {
    let mut ways = Vec::new();
    for key in rulebook.sources.iter().flat_map(|source| &source.lead) {
        if let LeadKey { by: Some(by), fold, .. } = key
            && !ways.contains(&(*by, *fold))
        {
            ways.push((*by, *fold));
        }
    }
    ways
}

/// What became of the rows of a block: enough to find the accepted ones again on the second reading.
#[derive(Debug, Default)]
pub(super) struct BlockMap {
    /// The number of the block's first accepted lead.
    pub first_lead: u32,
    /// How many rows the block has.
    pub n_rows: u32,
    /// The rows, counted from 0, that are no lead to score or are not accepted, ascending.
    pub skipped: Vec<u32>,
    /// The skipped rows that are accepted leads all the same: later ones.
    pub later: Vec<u32>,
}

/// A block's rows on the first reading.
struct FirstReading {
    /// The block's text, for rows that turn out to repeat an id.
    text: String,
    rows: Vec<FirstRow>,
    /// The leads among them, in order.
    newcomers: Newcomers,
    n_padded: u64,
}

/// A row on the first reading.
enum FirstRow {
    Empty,
    Bad(Box<BadRow>),
    /// A lead, and where its row stands in the text.
    Lead(Range<u32>),
}

/// Reads the leads for the first time: who there is.
pub(super) fn read_index(
    plan: &Plan<'_>,
    tables: &[TableRows],
    paths: &[PathBuf],
    reader: &Reader<'_>,
    counts: &mut Counts,
) -> Result<(LeadIndex, Vec<Vec<BlockMap>>), RunError> {
    let ways = ways(plan.rulebook);
    let mut index = LeadIndex::new(ways.len(), plan.bounds.len());
    let mut maps = Vec::new();
    for path in paths {
        let opened = reader.open(&FileRole::Leads, path, &plan.rulebook.leads.files.settings, |path, header| {
            bind(plan.rulebook, &reader.options.keep, path, header)
        })?;
        let id_header = opened.columns.id_header.clone();
        let mut file_maps = Vec::new();
        let mut rows = RowCounts::default();
        let assumed = reader.read(
            opened,
            |columns, block| index_block(plan, tables, columns, &ways, block),
            |place, block: FirstReading| {
                let mut map = BlockMap { first_lead: lead_number(&index), ..BlockMap::default() };
                index.touch(&block.newcomers.ids);
                let mut next = 0;
                for row in block.rows {
                    let bad = settle(row, &block.text, (&block.newcomers, &mut next), &mut index, &mut map);
                    rows.n_empty += u64::from(matches!(bad, Settled::Empty));
                    if let Settled::Bad(bad) = bad {
                        rows.n_rejects += 1;
                        counts.rejects.push(reader.settle(bad.of(&id_header), path, place));
                    }
                }
                rows.n_rows += u64::from(map.n_rows);
                rows.n_padded += block.n_padded;
                file_maps.push(map);
            },
        )?;
        counts.leads.n_rows += rows.n_rows;
        counts.leads.n_rejects += rows.n_rejects;
        counts.leads.n_empty += rows.n_empty;
        counts.leads.n_later += file_maps.iter().map(|map: &BlockMap| map.later.len() as u64).sum::<u64>();
        counts.files.push(report(FileRole::Leads, path, assumed, rows, &counts.rejects, reader.options)?);
        maps.push(file_maps);
    }
    // However few rows there are: leads of which none can be used must not replace yesterday's result, unless that was asked for.
    if index.len() == 0 && counts.leads.n_rejects > 0 && reader.options.max_rejects == MaxRejects::Usual {
        let rejects = counts.rejects.iter().filter(|reject| paths.contains(&reject.file));
        let first = rejects.into_iter().next().map_or_else(String::new, in_words);
        return Err(RunError::NoUsableLead { n_rejects: counts.leads.n_rejects, first });
    }
    counts.n_sharing = index.n_sharing();
    Ok((index, maps))
}

fn lead_number(index: &LeadIndex) -> u32 {
    u32::try_from(index.len()).expect("a run has fewer than four billion leads")
}

/// What became of a row.
enum Settled {
    Lead,
    Empty,
    Bad(Box<BadRow>),
}

/// Puts one row where it belongs.
fn settle(
    row: FirstRow,
    text: &str,
    (newcomers, next): (&Newcomers, &mut usize),
    index: &mut LeadIndex,
    map: &mut BlockMap,
) -> Settled {
    let ordinal = map.n_rows;
    map.n_rows += 1;
    let settled = match row {
        FirstRow::Empty => Settled::Empty,
        FirstRow::Bad(bad) => Settled::Bad(bad),
        FirstRow::Lead(place) => {
            let newcomer = *next;
            *next += 1;
            if index.insert(newcomers, newcomer) {
                if !newcomers.are_later[newcomer] {
                    return Settled::Lead;
                }
                map.later.push(ordinal);
                Settled::Lead
            } else {
                let place = place.start as usize..place.end as usize;
                let (line, raw) = (count_line_ends(&text.as_bytes()[..place.start]), text[place].to_owned());
                Settled::Bad(Box::new(BadRow { line, column: String::new(), code: RejectCode::RepeatedId, raw }))
            }
        }
    };
    map.skipped.push(ordinal);
    settled
}

impl BadRow {
    /// The same, where a repeated id is the fault of the column of ids.
    fn of(mut self, id_header: &str) -> Self {
        if self.code == RejectCode::RepeatedId {
            id_header.clone_into(&mut self.column);
        }
        self
    }
}

fn index_block(
    plan: &Plan<'_>,
    tables: &[TableRows],
    columns: &LeadColumns,
    ways: &[(FieldRef, bool)],
    block: &mut CsvBlock<'_>,
) -> FirstReading {
    // What can't be read here is counted on the second reading.
    let row = LeadRow::new(plan.rulebook, tables, columns);
    let mut found =
        FirstReading { text: block.text().to_owned(), rows: Vec::new(), newcomers: Newcomers::default(), n_padded: 0 };
    while let Some(record) = block.next_record() {
        let kind = sort(&record, &record.cells(), columns.shape);
        found.n_padded += u64::from(matches!(kind, RowKind::Padded));
        found.rows.push(match kind {
            RowKind::Empty => FirstRow::Empty,
            RowKind::Bad(code) => FirstRow::Bad(Box::new(BadRow::new(&record, code, ""))),
            RowKind::Usable | RowKind::Padded => index_row(plan, &row, ways, record, &mut found.newcomers),
        });
    }
    found
}

fn index_row<'t>(
    plan: &Plan<'_>,
    row: &LeadRow<'t>,
    ways: &[(FieldRef, bool)],
    record: Record<'t>,
    newcomers: &mut Newcomers,
) -> FirstRow {
    let rulebook = plan.rulebook;
    let id = record.cell(row.columns.id);
    if rulebook.leads.id_reader.is_blank(&id) {
        return FirstRow::Bad(Box::new(BadRow::new(&record, RejectCode::EmptyId, &row.columns.id_header)));
    }
    row.turn_to(record);
    newcomers.ids.push(identity(&id, rulebook.ids, false));
    newcomers.are_later.push(plan.is_later(|field| row.decode(field)));
    newcomers.keys.extend(ways.iter().map(|(field, folds)| row.key_of(*field, *folds)));
    newcomers.bounds.extend(plan.bounds_of(|field| row.decode(field)));
    FirstRow::Lead(record.span())
}
