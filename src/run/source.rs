//! A source's file: its columns, and the leads and occasions that a row speaks of.

use super::columns::Header;
use super::error::RunError;
use super::index::LeadIndex;
use crate::input::Record;
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{LeadKey, Rulebook, Source, TypeFrom};
use crate::score::identity::{Identity, identity};
use crate::value::{CellReader, Instant, Value};
use std::path::Path;

/// The columns of a source's file.
pub(super) struct EventColumns {
    pub n_columns: usize,
    pub names: Vec<String>,
    /// In the order of [`Source::lead`]: the column, and which way of naming leads it is (none: by id).
    lead: Vec<(usize, Option<usize>)>,
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
    /// Its type as written; none if the cell is empty.
    pub kind: Option<std::borrow::Cow<'r, str>>,
    /// Its time.
    pub time: Time,
    /// The column of its time.
    pub column: usize,
    /// Its number among the kinds of `from_columns`.
    pub number: usize,
}

/// The state of a time cell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    Read(Instant),
    Empty,
    Unreadable,
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
    let mut header = Header::new(path, names);
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
    Ok(EventColumns { n_columns: names.len(), names: names.to_vec(), lead, occasions, id, fields, readers })
}

impl EventColumns {
    /// The identity under the first way of naming leads, if its cell has one.
    pub(super) fn first_identity(&self, rulebook: &Rulebook, source: &Source, record: &Record<'_>) -> Option<Identity> {
        self.identity(rulebook, source, record, 0)
    }

    fn identity(&self, rulebook: &Rulebook, source: &Source, record: &Record<'_>, at: usize) -> Option<Identity> {
        let cell = record.cell(self.lead[at].0);
        let folds = source.lead[at].fold;
        (!source.text_reader.is_blank(&cell)).then(|| identity(&cell, rulebook.ids, folds))
    }

    /// The leads with an identity under a way of naming them.
    fn find<'i>(&self, index: &'i LeadIndex, at: usize, identity: Identity) -> Leads<'i> {
        match self.lead[at].1 {
            None => index.by_id(identity).map_or(Leads::None, Leads::One),
            Some(way) => match index.by_key(way, identity) {
                [] => Leads::None,
                leads => Leads::Many(leads),
            },
        }
    }

    /// The leads of some identities under the first way: a loop that does nothing else, so that the look-ups, which wait for
    /// memory, wait together.
    pub(super) fn first_leads<'i>(&self, index: &'i LeadIndex, ids: &[Option<Identity>], found: &mut Vec<Leads<'i>>) {
        found.clear();
        found.extend(ids.iter().map(|id| id.map_or(Leads::None, |id| self.find(index, 0, id))));
    }

    /// The leads that a row names under its other ways, in order: those of the first that finds any.
    pub(super) fn other_leads<'i>(
        &self,
        rulebook: &Rulebook,
        source: &Source,
        index: &'i LeadIndex,
        record: &Record<'_>,
    ) -> Leads<'i> {
        let ways = (1..self.lead.len()).filter_map(|at| Some((at, self.identity(rulebook, source, record, at)?)));
        let mut found = ways.map(|(at, id)| self.find(index, at, id));
        found.find(|leads| !matches!(leads, Leads::None)).unwrap_or(Leads::None)
    }

    /// The header of a column.
    pub(super) fn name(&self, column: usize) -> &str {
        &self.names[column]
    }

    /// The event's id, if it has one.
    pub(super) fn id<'r>(&self, source: &Source, record: &Record<'r>) -> Option<std::borrow::Cow<'r, str>> {
        let cell = record.cell(self.id?);
        (!source.text_reader.is_blank(&cell)).then_some(cell)
    }

    /// The events of a row, one after another. With `from_columns` those whose time cell is not empty.
    pub(super) fn occasions<'r>(&self, source: &Source, record: &Record<'r>, mut each: impl FnMut(Occasion<'r>)) {
        match (&self.occasions, &source.type_from) {
            (Occasions::One { kind: TypeAt::Column(column), time }, TypeFrom::Column { time: spec, .. }) => {
                let cell = record.cell(*column);
                let kind = (!source.text_reader.is_blank(&cell)).then_some(cell);
                each(Occasion { kind, time: read_time(&spec.reader, &record.cell(*time)), column: *time, number: 0 });
            }
            (Occasions::One { time, .. }, TypeFrom::Always { name, time: spec }) => {
                let kind = Some(std::borrow::Cow::Owned(name.clone()));
                each(Occasion { kind, time: read_time(&spec.reader, &record.cell(*time)), column: *time, number: 0 });
            }
            (Occasions::Several(columns), TypeFrom::Columns(kinds)) => {
                for (number, (column, kind)) in columns.iter().zip(kinds).enumerate() {
                    let time = read_time(&kind.time.reader, &record.cell(*column));
                    if time != Time::Empty {
                        each(Occasion {
                            kind: Some(std::borrow::Cow::Owned(kind.name.clone())),
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

fn read_time(reader: &CellReader, cell: &str) -> Time {
    match reader.read(cell) {
        Ok(Value::Instant(instant)) => Time::Read(instant),
        Ok(_) => Time::Empty,
        Err(_) => Time::Unreadable,
    }
}

/// The leads that an event belongs to.
#[derive(Clone, Copy)]
pub(super) enum Leads<'i> {
    None,
    One(u32),
    Many(&'i [u32]),
}

impl Leads<'_> {
    pub(super) fn as_slice(&self) -> &[u32] {
        match self {
            Self::None => &[],
            Self::One(lead) => std::slice::from_ref(lead),
            Self::Many(leads) => leads,
        }
    }
}
