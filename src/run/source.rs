//! A source's file: its columns, and the leads and occasions that a row speaks of.

use super::batch::{NO_TIME, UNREADABLE_TIME};
use super::columns::HeaderSearch;
use super::error::RunError;
use super::index::{Found, LeadIndex};
use crate::input::{Record, RecordCells};
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{Ids, LeadKey, Rulebook, Source, TypeFrom};
use crate::score::identity::{Identity, exact_identity, identity};
use crate::value::{CellReader, Instant, LastDay};
use std::borrow::Cow;
use std::path::Path;

/// The columns of a source's file.
pub(super) struct EventColumns {
    pub n_columns: usize,
    pub names: Vec<String>,
    /// In the order of [`Source::lead`]: the column, and which way of naming leads it is (none: by id).
    lead: Vec<(usize, Option<usize>)>,
    /// Whether a plain cell of the first is an id as it stands: nothing folds, and no word means "no value".
    is_first_exact: bool,
    /// Whether a plain cell of the type is a type as it stands.
    is_type_plain: bool,
    occasions: Occasions,
    id: Option<usize>,
    /// For each field of events its column, if this source has it and anything reads it.
    pub fields: Vec<Option<usize>>,
    /// For each field of events how it is read, in the order of [`Rulebook::event_fields`].
    pub readers: Vec<Option<CellReader>>,
}

/// Where types and times stand.
enum Occasions {
    One { kind: TypeAt, time: usize },
    Several(Vec<usize>),
}

enum TypeAt {
    Column(usize),
    Always,
}

/// An event's type and time, as far as they can be read.
pub(super) struct Occasion<'r> {
    /// Its type as written, in UTF-8; none if the cell is empty.
    pub kind: Option<Cow<'r, [u8]>>,
    /// Its time in milliseconds, or what [`super::batch`] has for none.
    pub time: i64,
    /// The column of its time.
    pub column: usize,
    /// Its number among the kinds of `from_columns`.
    pub number: usize,
}

/// An event all of whose cells are what they mean as they stand.
pub(super) struct PlainEvent<'r> {
    pub id: Identity,
    /// Its type.
    pub kind: &'r [u8],
    pub time: i64,
}

/// Finds the columns of a source's file.
pub(super) fn bind(
    rulebook: &Rulebook,
    index: usize,
    ways: &[(FieldRef, bool)],
    path: &Path,
    names: &[String],
) -> Result<EventColumns, RunError> {
    let source: &Source = &rulebook.sources[index];
    let mut header = HeaderSearch::new(path, names);
    let way = |key: &LeadKey| key.by.and_then(|by| ways.iter().position(|known| *known == (by, key.fold)));
    let lead = source.lead.iter().map(|key| (header.required(&key.column), way(key))).collect();
    let occasions = match &source.type_from {
        TypeFrom::Column { column, time } => {
            Occasions::One { kind: TypeAt::Column(header.required(column)), time: header.required(&time.column) }
        }
        TypeFrom::Always { time, .. } => Occasions::One { kind: TypeAt::Always, time: header.required(&time.column) },
        TypeFrom::Columns(kinds) => {
            Occasions::Several(kinds.iter().map(|kind| header.required(&kind.time.column)).collect())
        }
    };
    let id = source.id.as_ref().map(|column| header.required(column));
    let mut fields = vec![None; rulebook.event_fields.len()];
    let mut readers = vec![None; rulebook.event_fields.len()];
    for (field, spec) in &source.fields {
        fields[*field] = header.field(spec);
        readers[*field] = Some(spec.reader.clone());
    }
    header.finish()?;
    let is_first_exact = rulebook.ids == Ids::Exact
        && source.text_reader.has_no_blank_words()
        && source.lead.first().is_some_and(|key| !key.fold);
    let is_type_plain = source.text_reader.has_no_blank_words();
    let names = names.to_vec();
    Ok(EventColumns {
        n_columns: names.len(),
        names,
        lead,
        is_first_exact,
        is_type_plain,
        occasions,
        id,
        fields,
        readers,
    })
}

impl EventColumns {
    /// The identity under the first way of naming leads, if its cell has one.
    #[inline]
    pub(super) fn first_identity(
        &self,
        rulebook: &Rulebook,
        source: &Source,
        record: &Record<'_>,
        cells: &RecordCells<'_>,
    ) -> Option<Identity> {
        if self.is_first_exact
            && let Some(id) = cells.plain(self.lead[0].0)
        {
            return Some(exact_identity(id));
        }
        self.identity(rulebook, source, record, 0)
    }

    fn identity(&self, rulebook: &Rulebook, source: &Source, record: &Record<'_>, at: usize) -> Option<Identity> {
        let folds = source.lead[at].fold;
        let cell = record.cell(self.lead[at].0);
        (!source.text_reader.is_blank(&cell)).then(|| identity(&cell, rulebook.ids, folds))
    }

    /// The leads of some identities under the first way: a loop that does nothing else, so that the look-ups, which wait for
    /// memory, wait together.
    pub(super) fn first_leads(&self, index: &LeadIndex, ids: &[Option<Identity>], found: &mut Vec<Found>) {
        let way = self.lead[0].1;
        index.touch(way, ids);
        found.clear();
        found.extend(ids.iter().map(|id| id.map_or(Found::NONE, |id| index.find(way, id))));
    }

    /// Whether a row can name its leads in another way, too.
    pub(super) fn has_other_ways(&self) -> bool {
        self.lead.len() > 1
    }

    /// The leads that a row names under its other ways, in order: those of the first that finds any.
    pub(super) fn other_leads(
        &self,
        rulebook: &Rulebook,
        source: &Source,
        index: &LeadIndex,
        record: &Record<'_>,
    ) -> Found {
        let ways = (1..self.lead.len()).filter_map(|at| Some((at, self.identity(rulebook, source, record, at)?)));
        let mut found = ways.map(|(at, id)| index.find(self.lead[at].1, id));
        found.find(|leads| !leads.is_none()).unwrap_or(Found::NONE)
    }

    /// The header of a column.
    pub(super) fn name(&self, column: usize) -> &str {
        &self.names[column]
    }

    /// Whether events have ids.
    pub(super) fn has_ids(&self) -> bool {
        self.id.is_some()
    }

    /// The event's id, if it has one.
    #[inline]
    pub(super) fn id<'r>(&self, source: &Source, record: &Record<'r>) -> Option<Cow<'r, str>> {
        let cell = record.cell(self.id?);
        (!source.text_reader.is_blank(&cell)).then_some(cell)
    }

    /// The row's one event, if it is written as nearly all are: each cell as it stands is what it means.
    #[inline]
    pub(super) fn plain_event<'r>(
        &self,
        source: &'r Source,
        cells: &RecordCells<'r>,
        days: &mut LastDay,
    ) -> Option<PlainEvent<'r>> {
        let Occasions::One { kind, time } = &self.occasions else { return None };
        let (kind, time_spec) = match (kind, &source.type_from) {
            (TypeAt::Column(column), TypeFrom::Column { time, .. }) if self.is_type_plain => {
                (cells.plain(*column)?, time)
            }
            (TypeAt::Always, TypeFrom::Always { name, time }) => (name.as_bytes(), time),
            _ => return None,
        };
        if !self.is_first_exact {
            return None;
        }
        let id = exact_identity(cells.plain(self.lead[0].0)?);
        let time = time_spec.reader.near_instant(cells.plain(*time)?, days)?;
        Some(PlainEvent { id, kind, time: time.ms() })
    }

    /// The events of a row, one after another. With `from_columns` those whose time cell is not empty.
    #[inline]
    pub(super) fn occasions<'r>(
        &self,
        source: &'r Source,
        record: &Record<'r>,
        cells: &RecordCells<'r>,
        mut each: impl FnMut(Occasion<'r>),
    ) {
        match (&self.occasions, &source.type_from) {
            (Occasions::One { kind: TypeAt::Column(column), time }, TypeFrom::Column { time: spec, .. }) => {
                let plain = cells.plain(*column).filter(|_| source.text_reader.has_no_blank_words());
                let kind = match plain {
                    Some(bytes) => Some(Cow::Borrowed(bytes)),
                    None => written_kind(source, record, *column),
                };
                each(Occasion { kind, time: read_time(&spec.reader, record, cells, *time), column: *time, number: 0 });
            }
            (Occasions::One { time, .. }, TypeFrom::Always { name, time: spec }) => {
                let kind = Some(Cow::Borrowed(name.as_bytes()));
                each(Occasion { kind, time: read_time(&spec.reader, record, cells, *time), column: *time, number: 0 });
            }
            (Occasions::Several(columns), TypeFrom::Columns(kinds)) => {
                for (number, (column, kind)) in columns.iter().zip(kinds).enumerate() {
                    let time = read_time(&kind.time.reader, record, cells, *column);
                    if time != NO_TIME {
                        each(Occasion {
                            kind: Some(Cow::Borrowed(kind.name.as_bytes())),
                            time,
                            column: *column,
                            number,
                        });
                    }
                }
            }
            _ => {}
        }
    }
}

/// The type in a cell that is not plain.
#[inline(never)]
fn written_kind<'r>(source: &Source, record: &Record<'r>, column: usize) -> Option<Cow<'r, [u8]>> {
    let cell = record.cell(column);
    if source.text_reader.is_blank(&cell) {
        return None;
    }
    Some(match cell {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    })
}

#[inline]
fn read_time(reader: &CellReader, record: &Record<'_>, cells: &RecordCells<'_>, column: usize) -> i64 {
    let quick = cells.plain(column).and_then(|cell| reader.quick_instant(cell));
    quick.map_or_else(|| written_time(reader, &record.cell(column)), Instant::ms)
}

/// The time in a cell of any form.
#[inline(never)]
fn written_time(reader: &CellReader, cell: &str) -> i64 {
    match reader.read_instant(cell) {
        Ok(Some(instant)) => instant.ms(),
        Ok(None) => NO_TIME,
        Err(_) => UNREADABLE_TIME,
    }
}
