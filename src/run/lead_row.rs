//! A lead's row with what its tables add, and the keys by which it is found.

use super::leads::LeadColumns;
use super::tables::TableRows;
use crate::input::Record;
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{Ids, LeadKey, Origin, Rulebook, Spec};
use crate::score::identity::{Identity, identity};
use crate::score::{Plan, derive};
use crate::value::{Instant, PhoneReader, Value};
use std::cell::Cell;

/// A lead's row with what its tables add; the same room serves one row after another.
pub(super) struct LeadRow<'x> {
    rulebook: &'x Rulebook,
    tables: &'x [TableRows],
    pub columns: &'x LeadColumns,
    as_of: Instant,
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
    pub(super) fn new(plan: &Plan<'x>, tables: &'x [TableRows], columns: &'x LeadColumns) -> Self {
        let found = vec![Cell::new(None); tables.len()];
        Self { rulebook: plan.rulebook, tables, columns, as_of: plan.as_of, record: Cell::new(None), found }
    }

    /// Turns to the next row.
    pub(super) fn turn_to(&self, record: Record<'x>) {
        self.record.set(Some(record));
        self.found.iter().for_each(|found| found.set(None));
    }

    /// A field's value; a cell that its type can't read is missing. It is noted where the columns are read.
    pub(super) fn decode(&self, field: usize) -> Value<'x> {
        let declared = &self.rulebook.fields[field];
        if let Some(derivation) = declared.derivation() {
            let is_lacking =
                matches!(declared.origin, Origin::Table(table) if !matches!(self.look_up(table), TableMatch::Row(_)));
            if is_lacking {
                return Value::Missing;
            }
            return derive(derivation, self.as_of, &|input| self.decode(input));
        }
        match declared.origin {
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

    /// The row of a table that this lead names. Tables chain; a circle was refused with the rulebook. Of several keys the first
    /// that a row has is the one.
    pub(super) fn look_up(&self, table: usize) -> TableMatch {
        if let Some(found) = self.found[table].get() {
            return found;
        }
        let declared = &self.rulebook.tables[table];
        let mut found = TableMatch::NoKey;
        self.each_key((declared.by, declared.fold), |key| {
            if !matches!(found, TableMatch::Row(_)) {
                found = self.tables[table].find(key).map_or(TableMatch::NoRow, TableMatch::Row);
            }
        });
        self.found[table].set(Some(found));
        found
    }

    /// Which of the keys of a table finds its row, counted from 0; the first where none does.
    pub(super) fn place_of_key(&self, table: usize) -> usize {
        let declared = &self.rulebook.tables[table];
        let (mut place, mut found) = (0, None);
        self.each_key((declared.by, declared.fold), |key| {
            if found.is_none() && self.tables[table].find(key).is_some() {
                found = Some(place);
            }
            place += 1;
        });
        found.unwrap_or(0)
    }

    /// The values of a field as keys, in the order of the cell.
    pub(super) fn each_key(&self, (field, folds): Way, mut each: impl FnMut(Identity)) {
        let mut key = |text: &str| {
            if let Some(text) = field.part.extract(text) {
                each(identity(text, self.rulebook.ids, folds));
            }
        };
        match self.decode(field.field) {
            Value::Text(text) => key(&text),
            Value::Set(texts) => texts.iter().for_each(|text| key(text)),
            _ => {}
        }
    }

    /// The first value of a field as text, if it has one.
    pub(super) fn first_text(&self, field: FieldRef) -> Option<String> {
        match self.decode(field.field) {
            Value::Text(text) => field.part.extract(&text).map(str::to_owned),
            Value::Set(texts) => texts.iter().find_map(|text| field.part.extract(text)).map(str::to_owned),
            _ => None,
        }
    }

    /// The ids that the lead had before, in the order of the cell.
    pub(super) fn former_ids(&self) -> Vec<Identity> {
        let mut ids = Vec::new();
        if let Some(field) = self.rulebook.leads.former_ids {
            self.each_key((field, false), |id| ids.push(id));
        }
        ids
    }
}

/// A way in which events or tables name leads: by the values of a field, and whether these fold.
pub(super) type Way = (FieldRef, bool);

/// The identity of a key as a file has it: of phone numbers that of the number, none where it can't be read.
pub(super) fn key_identity(key: &str, ids: Ids, folds: bool, phone: Option<PhoneReader>) -> Option<Identity> {
    match phone {
        Some(reader) => reader.read(key).map(|number| identity(&number, ids, folds)),
        None => Some(identity(key, ids, folds)),
    }
}

/// The distinct ways in which events name leads by a field.
pub(super) fn ways(rulebook: &Rulebook) -> Vec<Way> {
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
