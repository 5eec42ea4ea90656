//! A source's file: its columns, and the leads and occasions that a row speaks of.

use super::batch::{NO_TIME, UNREADABLE_TIME};
use super::columns::HeaderSearch;
use super::error::RunError;
use super::index::{Found, LeadIndex};
use super::lead_row::key_identity;
use super::rows::RowShape;
use super::unmet::NameInEvent;
use crate::input::{Record, RecordCells};
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{Ids, LeadKey, Rulebook, Source, TypeFrom};
use crate::score::identity::{Identity, NO_IDENTITY, exact_identity};
use crate::value::{CellReader, Instant, fold};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The columns of a source's file.
pub(super) struct EventColumns {
    pub shape: RowShape,
    pub names: Vec<String>,
    /// In the order of [`Source::lead`]: the column, and which way of naming leads it is (none: by id).
    lead: Vec<(usize, Option<usize>)>,
    /// Whether ids and keys are what they are, to the letter.
    is_exact: bool,
    plain: Option<PlainColumns>,
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

/// An event whose cells are what they mean as they stand.
pub(super) struct PlainEvent {
    pub id: Identity,
    pub time: i64,
}

/// Where the events of a file stand whose rows have one each.
struct PlainColumns {
    /// None where all events have one type.
    kind: Option<usize>,
    time: usize,
    reader: CellReader,
}

impl PlainColumns {
    fn new(source: &Source, occasions: &Occasions) -> Option<Self> {
        let Occasions::One { kind, time } = occasions else { return None };
        let (kind, spec) = match (kind, &source.type_from) {
            (TypeAt::Column(column), TypeFrom::Column { time, .. }) => (Some(*column), time),
            (TypeAt::Always, TypeFrom::Always { time, .. }) => (None, time),
            _ => return None,
        };
        Some(Self { kind, time: *time, reader: spec.reader.clone() })
    }

    /// The time in a cell of another form, if the cell is what it means as it stands and can be read.
    fn written_time(&self, cells: &RecordCells<'_>) -> Option<i64> {
        let time = cells.plain(self.time).filter(|time| time.is_ascii())?;
        self.reader.read_instant(str::from_utf8(time).ok()?).ok()?.map(Instant::ms)
    }
}

/// The identity of a short ASCII text that is folded.
#[inline]
fn folded_identity(text: &[u8]) -> Option<Identity> {
    let mut folded = [0; 64];
    let folded = folded.get_mut(..text.len()).filter(|_| text.is_ascii())?;
    folded.copy_from_slice(text);
    folded.make_ascii_lowercase();
    Some(exact_identity(folded))
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
    let lead: Vec<_> = source.lead.iter().map(|key| (header.required(&key.column), way(key))).collect();
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
    for (field, spec) in source.fields.iter().filter_map(|(field, from)| Some((field, from.spec()?))) {
        fields[*field] = header.field(spec);
        readers[*field] = Some(spec.reader.clone());
    }
    header.finish()?;
    let plain = PlainColumns::new(source, &occasions);
    let is_exact = rulebook.ids == Ids::Exact && source.lead.iter().all(|key| key.phone.is_none());
    let shape = RowShape::new(names, &source.files.settings);
    let names = names.to_vec();
    Ok(EventColumns { shape, names, lead, is_exact, plain, occasions, id, fields, readers })
}

impl EventColumns {
    /// The identity under the first way of naming leads; [`NO_IDENTITY`] if its cell has none.
    pub(super) fn first_identity(&self, rulebook: &Rulebook, source: &Source, record: &Record<'_>) -> Identity {
        self.identity(rulebook, source, record, 0).unwrap_or(NO_IDENTITY)
    }

    fn identity(&self, rulebook: &Rulebook, source: &Source, record: &Record<'_>, at: usize) -> Option<Identity> {
        let cell = record.cell(self.lead[at].0);
        if source.text_reader.is_blank(&cell) {
            return None;
        }
        key_identity(&cell, rulebook.ids, source.lead[at].fold, source.lead[at].phone)
    }

    /// The identity of a row under a way of naming leads.
    pub(super) fn identity_by(&self, rulebook: &Rulebook, source: &Source, record: &Record<'_>, at: usize) -> Identity {
        let plain = self.plain_identity(source, &record.cells(), at);
        plain.unwrap_or_else(|| self.identity(rulebook, source, record, at).unwrap_or(NO_IDENTITY))
    }

    /// What a row names its lead by, in the first way for which it has something.
    pub(super) fn name_of(&self, source: &Source, record: &Record<'_>) -> Option<NameInEvent> {
        self.lead.iter().enumerate().find_map(|(way, (column, _))| {
            let cell = record.cell(*column);
            let name = |text: String| {
                let (file, column) = (PathBuf::new(), self.names[*column].clone());
                NameInEvent { file, line: record.line(), column, text, way }
            };
            (!source.text_reader.is_blank(&cell)).then(|| name(cell.into_owned()))
        })
    }

    /// In how many ways rows name their leads.
    pub(super) fn n_ways(&self) -> usize {
        self.lead.len()
    }

    /// Adds the leads of some identities under a way of naming them: a loop that does nothing else, so that the look-ups, which
    /// wait for memory, wait together.
    pub(super) fn find_leads(&self, index: &LeadIndex, at: usize, ids: &[Identity], found: &mut Vec<Found>) {
        index.find_all(self.lead[at].1, ids, found);
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
    #[expect(clippy::inline_always, reason = "every event goes through it")]
    #[inline(always)]
    pub(super) fn plain_event(&self, source: &Source, cells: &RecordCells<'_>) -> Option<PlainEvent> {
        let plain = self.plain.as_ref()?;
        let time = cells.written(plain.time)?;
        let time = match plain.reader.quick_instant(time) {
            // An instant in the common form is plain.
            Some(time) => time.ms(),
            None => plain.written_time(cells)?,
        };
        let id = self.plain_identity(source, cells, 0)?;
        Some(PlainEvent { id, time })
    }

    /// The identity under a way of naming leads, if its cell is what it means as it stands.
    #[expect(clippy::inline_always, reason = "every event goes through it")]
    #[inline(always)]
    fn plain_identity(&self, source: &Source, cells: &RecordCells<'_>, at: usize) -> Option<Identity> {
        let column = self.lead[at].0;
        if cells.written(column)?.is_empty() {
            return Some(NO_IDENTITY);
        }
        let id = cells.plain(column).filter(|id| source.text_reader.is_filled(id))?;
        if source.lead[at].fold { folded_identity(id) } else { self.is_exact.then(|| exact_identity(id)) }
    }

    /// The column of the types, if a plain cell of it is a type as it stands; none where all events have one type.
    #[inline]
    pub(super) fn plain_type(&self) -> Option<usize> {
        self.plain.as_ref()?.kind
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

impl EventColumns {
    /// Whether the time of an event of a row is a bare date; `kind` is its type, folded. Where a row has several such events at one
    /// instant, all of them have to be.
    pub(super) fn is_bare(&self, source: &Source, record: &Record<'_>, (kind, time): (&str, i64)) -> bool {
        let read = |reader: &CellReader, column: usize| reader.read(&record.cell(column)).value.moment();
        match (&self.occasions, &source.type_from) {
            (
                Occasions::One { time, .. },
                TypeFrom::Column { time: spec, .. } | TypeFrom::Always { time: spec, .. },
            ) => read(&spec.reader, *time).is_some_and(|moment| moment.is_bare),
            (Occasions::Several(columns), TypeFrom::Columns(kinds)) => {
                let of_kind = columns.iter().zip(kinds).filter(|(_, known)| fold(&known.name) == kind);
                let mut moments = of_kind.filter_map(|(column, known)| read(&known.time.reader, *column));
                moments.all(|moment| moment.is_bare || moment.at.ms() != time)
            }
            _ => false,
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
