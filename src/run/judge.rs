//! The fields of events in words of truths: a cell is read when a filter first asks for it.

use super::source::EventColumns;
use crate::input::{Record, WrittenCell};
use crate::rulebook::derived::DerivedFields;
use crate::score::{ColumnReader, JudgedEvent, LeafGroup, Plan, TruthWord, Written};
use crate::value::Value;
use std::borrow::Cow;

/// Reads fields of events, one worker's.
pub(super) struct FieldJudge<'x> {
    parts: Vec<JudgedPart<'x>>,
    words: Vec<TruthWord>,
    /// The number of the event at hand: what was read for an earlier one counts no more.
    event: u64,
}

/// A part of the words.
struct JudgedPart<'x> {
    from: PartOfEvent<'x>,
    /// The event for which it was read last, and whether it could be.
    read: (u64, bool),
}

enum PartOfEvent<'x> {
    Column(usize, Box<ColumnReader<'x>>),
    /// The source has no such column: for every event the same.
    Same(usize, TruthWord),
    /// It has no cell: whoever asks for it asks the event itself.
    Derived,
}

impl<'x> FieldJudge<'x> {
    pub(super) fn new(plan: &'x Plan<'x>, source: usize, columns: &'x EventColumns) -> Self {
        let derived = DerivedFields::of_source(&plan.rulebook.sources[source]);
        let part = |group: &'x LeafGroup<'x>| {
            let from = match derived.get(group.field) {
                Some(_) => PartOfEvent::Derived,
                None => PartOfEvent::new(plan, columns, group),
            };
            JudgedPart { from, read: (0, true) }
        };
        let parts = plan.event_leaves.groups.iter().map(part).collect();
        Self { parts, words: vec![TruthWord::default(); plan.event_leaves.n_words], event: 0 }
    }

    /// The event in a record.
    pub(super) fn of<'j, 't>(&'j mut self, record: Record<'t>) -> RecordJudged<'j, 'x, 't> {
        self.event += 1;
        self.words.fill(TruthWord::default());
        RecordJudged { judge: self, record }
    }
}

impl<'x> PartOfEvent<'x> {
    fn new(plan: &'x Plan<'x>, columns: &'x EventColumns, group: &'x LeafGroup<'x>) -> Self {
        match (columns.fields[group.field], &columns.readers[group.field]) {
            (Some(column), Some(reader)) => {
                Self::Column(column, Box::new(ColumnReader::new(group, &[], reader, plan.as_of)))
            }
            _ => Self::Same(group.word, group.word_of(&Value::Missing, plan.as_of)),
        }
    }
}

/// A record whose cells are read as they are asked for.
pub(super) struct RecordJudged<'j, 'x, 't> {
    judge: &'j mut FieldJudge<'x>,
    record: Record<'t>,
}

impl JudgedEvent for RecordJudged<'_, '_, '_> {
    #[inline]
    fn words(&mut self, parts: &[usize]) -> Option<&[TruthWord]> {
        let FieldJudge { parts: all, words, event } = &mut *self.judge;
        let mut is_readable = true;
        for part in parts {
            let part = &mut all[*part];
            if part.read.0 != *event {
                let could_be = match &mut part.from {
                    PartOfEvent::Column(column, reader) => {
                        reader.read(&self.record.written_cell(*column), words, &mut [])
                    }
                    PartOfEvent::Same(word, same) => {
                        words[*word].join(*same);
                        true
                    }
                    PartOfEvent::Derived => false,
                };
                part.read = (*event, could_be);
            }
            is_readable &= part.read.1;
        }
        is_readable.then_some(words)
    }
}

impl Written for WrittenCell<'_> {
    #[inline]
    fn bytes(&self) -> &[u8] {
        WrittenCell::bytes(self)
    }

    #[inline]
    fn short(&self) -> Option<[u64; 4]> {
        WrittenCell::short(self)
    }

    #[inline]
    fn is_plain(&self) -> bool {
        WrittenCell::is_plain(self)
    }

    fn text(&self) -> Cow<'_, str> {
        WrittenCell::text(self)
    }
}
