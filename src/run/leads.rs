//! The leads files, read twice: first for who there is, then, when all events are tallied, to score them.
//!
//! Reading twice is what keeps memory independent of the size of a row.

use super::MaxRejects;
use super::block_map::{BlockMap, Superseded};
use super::columns::HeaderSearch;
use super::counts::{Counts, FileRole, RejectCode, RoundedIds};
use super::error::RunError;
use super::evidence::{Presence, SupersededRow};
use super::index::{Completed, LeadIndex, NO_DATE, Newcomers};
use super::lead_row::{LeadRow, Way, ways};
use super::rows::{BadRow, Reader, RowCounts, RowKind, RowShape, in_words, report, sort};
use super::tables::TableRows;
use super::unmet::LeadNames;
use crate::diagnostic::Span;
use crate::input::{CsvBlock, Record, count_line_ends};
use crate::rulebook::{Column, Origin, Rulebook};
use crate::score::Plan;
use crate::score::identity::{Identity, identity};
use crate::value::Instant;
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

/// A block's rows on the first reading.
struct FirstReading {
    /// The block's text, for rows that turn out to repeat an id.
    text: String,
    rows: Vec<FirstRow>,
    /// The leads among them, in order.
    newcomers: Newcomers,
    n_padded: u64,
    rounded: Option<RoundedIds>,
    names: LeadNames,
}

/// A row on the first reading.
enum FirstRow {
    Empty,
    Bad(Box<BadRow>),
    /// A lead, and where its row stands in the text.
    Lead(Range<u32>),
}

/// What the first reading of the leads came to.
pub(super) struct FirstLeads {
    pub index: LeadIndex,
    /// For each file, block by block, what became of its rows.
    pub maps: Vec<Vec<BlockMap>>,
    /// Ids that a lead had before and that are now another lead's, ascending.
    pub reused_ids: Vec<Identity>,
    /// The superseded rows of the watched lead's own id.
    pub superseded: Vec<SupersededRow>,
    /// What leads are named by, for example.
    pub names: LeadNames,
}

/// Reads the leads for the first time: who there is. `watched` is the id of a lead that is to be explained.
pub(super) fn read_index(
    plan: &Plan<'_>,
    tables: &[TableRows],
    paths: &[PathBuf],
    reader: &Reader<'_>,
    counts: &mut Counts,
    watched: Option<Identity>,
) -> Result<FirstLeads, RunError> {
    let ways = ways(plan.rulebook);
    let mut index = LeadIndex::new(ways.len(), &plan.windows, plan.rulebook.leads.newest.is_some());
    let mut maps = Vec::new();
    let mut names = LeadNames::new(ways.len());
    // Which lead is watched is known once all rows are in, where its id is one from before a merge.
    let mut places = RowPlaces::new(watched.is_some() && plan.rulebook.leads.newest.is_some());
    let first_report = counts.files.len();
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
                let mut lines = LinesOf { text: &block.text, at: 0, line: place.first_line };
                for row in block.rows {
                    if let (true, FirstRow::Lead(span)) = (places.are_kept, &row) {
                        places.all.push((maps.len(), lines.line_at(span.start as usize)));
                    }
                    let bad = settle(row, &block.text, (&block.newcomers, &mut next), &mut index, &mut map);
                    rows.n_empty += u64::from(matches!(bad, Settled::Empty));
                    if let Settled::Bad(bad) = bad {
                        rows.n_rejects += 1;
                        counts.rejects.push(reader.settle(bad.of(&id_header), path, place));
                    }
                }
                rows.n_rows += u64::from(map.n_rows);
                rows.n_padded += block.n_padded;
                RoundedIds::add(&mut rows.rounded, block.rounded, place.first_line);
                names.add(block.names);
                file_maps.push(map);
            },
        )?;
        counts.leads.n_rows += rows.n_rows;
        counts.leads.n_rejects += rows.n_rejects;
        counts.leads.n_empty += rows.n_empty;
        counts.files.push(report(FileRole::Leads, path, assumed, rows, &counts.rejects, reader.options)?);
        maps.push(file_maps);
    }
    let completed = index.complete();
    let watched = watched.map(|id| index.presence(id));
    let watched_rows = if let Some(Presence::Scored(lead)) = watched { completed.beaten_by(lead) } else { Vec::new() };
    let Completed { superseded, reused_ids, .. } = completed;
    leave_out_superseded(&mut maps, superseded, &index, first_report, counts);
    // However few rows there are: leads of which none can be used must not replace yesterday's result, unless that was asked for.
    if index.len() == 0 && counts.leads.n_rejects > 0 && reader.options.max_rejects == MaxRejects::Usual {
        let rejects = counts.rejects.iter().filter(|reject| paths.contains(&reject.file));
        let first = rejects.into_iter().next().map_or_else(String::new, in_words);
        return Err(RunError::NoUsableLead { n_rejects: counts.leads.n_rejects, first });
    }
    counts.n_sharing = index.n_sharing();
    let superseded = watched_rows.into_iter().filter_map(|row| places.of(row, paths)).collect();
    Ok(FirstLeads { index, maps, reused_ids, superseded, names })
}

/// Where the rows with a number stand, kept where one lead is watched whose rows contend.
struct RowPlaces {
    are_kept: bool,
    /// File and line.
    all: Vec<(usize, u64)>,
}

impl RowPlaces {
    fn new(are_kept: bool) -> Self {
        Self { are_kept, all: Vec::new() }
    }

    fn of(&self, row: u32, paths: &[PathBuf]) -> Option<SupersededRow> {
        let (file, line) = *self.all.get(row as usize)?;
        Some(SupersededRow { file: paths[file].clone(), line })
    }
}

/// The lines of places in a text, asked for in their order.
struct LinesOf<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl LinesOf<'_> {
    fn line_at(&mut self, place: usize) -> u64 {
        self.line += count_line_ends(&self.text.as_bytes()[self.at..place]);
        self.at = place;
        self.line
    }
}

/// Takes the superseded rows out of the maps, and counts them and the later leads.
fn leave_out_superseded(
    maps: &mut [Vec<BlockMap>],
    rows: Vec<bool>,
    index: &LeadIndex,
    first_report: usize,
    counts: &mut Counts,
) {
    if rows.is_empty() {
        counts.leads.n_later = maps.iter().flatten().map(|map| map.numbered.len() as u64).sum();
        return;
    }
    let all = Superseded { rows, later: index.later() };
    for (file, maps) in maps.iter_mut().enumerate() {
        for map in maps {
            let (n_superseded, n_later) = map.supersede(&all);
            counts.files[first_report + file].n_superseded += n_superseded;
            counts.leads.n_superseded += n_superseded;
            counts.leads.n_later += n_later;
        }
    }
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

/// The line where a row begins, counted from 0 at the start of its block.
fn line_of(text: &str, span: &Range<u32>) -> u64 {
    count_line_ends(&text.as_bytes()[..span.start as usize])
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
                map.numbered.push(ordinal);
                Settled::Lead
            } else {
                let raw = text[place.start as usize..place.end as usize].to_owned();
                let line = line_of(text, &place);
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
    ways: &[Way],
    block: &mut CsvBlock<'_>,
) -> FirstReading {
    // What can't be read here is counted on the second reading.
    let row = LeadRow::new(plan, tables, columns);
    let mut found = FirstReading {
        text: block.text().to_owned(),
        rows: Vec::new(),
        newcomers: Newcomers::default(),
        n_padded: 0,
        rounded: None,
        names: LeadNames::new(ways.len()),
    };
    while let Some(record) = block.next_record() {
        let kind = sort(&record, &record.cells(), columns.shape);
        found.n_padded += u64::from(matches!(kind, RowKind::Padded));
        let row = match kind {
            RowKind::Empty => FirstRow::Empty,
            RowKind::Bad(code) => FirstRow::Bad(Box::new(BadRow::new(&record, code, ""))),
            RowKind::Usable | RowKind::Padded => index_row(plan, &row, ways, record, &mut found),
        };
        found.rows.push(row);
    }
    found
}

fn index_row<'t>(
    plan: &Plan<'_>,
    row: &LeadRow<'t>,
    ways: &[Way],
    record: Record<'t>,
    found: &mut FirstReading,
) -> FirstRow {
    let rulebook = plan.rulebook;
    let id = record.cell(row.columns.id);
    if rulebook.leads.id_reader.is_blank(&id) {
        return FirstRow::Bad(Box::new(BadRow::new(&record, RejectCode::EmptyId, &row.columns.id_header)));
    }
    row.turn_to(record);
    RoundedIds::note(&mut found.rounded, &id, || record.line(), &row.columns.id_header);
    if found.names.is_open() {
        found.names.note(&id, row, ways);
    }
    let newcomers = &mut found.newcomers;
    let newcomer = newcomers.ids.len();
    newcomers.ids.push(identity(&id, rulebook.ids, false));
    newcomers.are_later.push(plan.is_later(|field| row.decode(field)));
    for (way, naming) in ways.iter().enumerate() {
        newcomers.add_keys(row, way, *naming);
    }
    if rulebook.leads.former_ids.is_some() {
        newcomers.former_ids.extend(row.former_ids().into_iter().map(|id| (newcomer, id)));
    }
    if let Some(newest) = rulebook.leads.newest {
        let date = row.decode(newest.field).instant().map_or(NO_DATE, Instant::ms);
        newcomers.dates.push(date);
    }
    newcomers.edges.extend(plan.edges_of(|field| row.decode(field)));
    FirstRow::Lead(record.span())
}

impl Newcomers {
    /// Adds the keys of the newest of them under a way of naming leads, each once.
    fn add_keys(&mut self, row: &LeadRow<'_>, way: usize, naming: Way) {
        let (newcomer, first) = (self.ids.len() - 1, self.keys.len());
        let start = self.more_keys.len();
        self.keys.push(None);
        row.each_key(naming, |key| match self.keys[first] {
            None => self.keys[first] = Some(key),
            Some(known) if known == key || self.more_keys[start..].iter().any(|(.., known)| *known == key) => {}
            Some(_) => self.more_keys.push((newcomer, way, key)),
        });
    }
}
