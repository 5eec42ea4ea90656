//! Amounts that are added up, and the signs and codes of currencies beside them: nothing is converted, so a sum over several
//! currencies means nothing.

use crate::rulebook::derived::Derivation;
use crate::rulebook::expr::{Aggregate, Measure};
use crate::rulebook::{Rulebook, WorthOfCustomer};
use crate::value::{CellReader, CellReading, CurrencyMark};
use std::collections::{BTreeMap, BTreeSet};

/// A field of amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AmountField {
    /// A field of leads or of a table, by its number.
    Lead(usize),
    /// A field of events, by its number.
    Event(usize),
}

impl AmountField {
    /// Its name in the rulebook.
    #[must_use]
    pub fn name(self, rulebook: &Rulebook) -> &str {
        match self {
            Self::Lead(field) => &rulebook.fields[field].name,
            Self::Event(field) => &rulebook.event_fields[field].name,
        }
    }

    /// How its columns are read.
    pub(crate) fn readers(self, rulebook: &Rulebook) -> Vec<&CellReader> {
        match self {
            Self::Lead(field) => rulebook.fields[field].spec().map(|spec| &spec.reader).into_iter().collect(),
            Self::Event(field) => {
                let fields = rulebook.sources.iter().flat_map(|source| &source.fields);
                let own = fields.filter(|(index, _)| *index == field).filter_map(|(_, from)| from.spec());
                own.map(|spec| &spec.reader).collect()
            }
        }
    }

    /// The fields that it is made of, if it is derived.
    fn inputs(self, rulebook: &Rulebook) -> Vec<Self> {
        match self {
            Self::Lead(field) => {
                let read = rulebook.fields[field].derivation().map(Derivation::inputs).unwrap_or_default();
                read.into_iter().map(|input| Self::Lead(input.field)).collect()
            }
            Self::Event(field) => {
                let fields = rulebook.sources.iter().flat_map(|source| &source.fields);
                let derived = fields.filter(|(index, _)| *index == field).filter_map(|(_, from)| from.derivation());
                derived.flat_map(Derivation::inputs).map(|input| Self::Event(input.field)).collect()
            }
        }
    }

    /// Whether a column of it may hold amounts of any currency.
    fn is_open(self, rulebook: &Rulebook) -> bool {
        let is_open = |reader: &&CellReader| matches!(reader.reading(), CellReading::Number { currency: None, .. });
        self.readers(rulebook).iter().any(is_open)
    }
}

/// The signs and codes that fields show.
pub(crate) type MarksByField = BTreeMap<AmountField, BTreeSet<CurrencyMark>>;

/// The fields whose values are added up without a currency that is declared, in order.
pub(super) fn added_up(rulebook: &Rulebook) -> Vec<AmountField> {
    let summed = rulebook.tallies.iter().filter_map(|tally| match tally.measure {
        Measure::OfField(Aggregate::Sum, field) => Some(AmountField::Event(field.field)),
        Measure::Points { points, .. } => points.field().map(|field| AmountField::Event(field.field)),
        _ => None,
    });
    let value = rulebook.value.as_ref();
    let worth = match value.and_then(|value| value.ltv.as_ref()) {
        Some(WorthOfCustomer::Field(field)) => Some(*field),
        _ => None,
    };
    let amounts = worth.into_iter().chain(value.and_then(|value| value.pipeline));
    let amounts = amounts.map(|field| AmountField::Lead(field.field));
    let (mut fields, mut open) = (BTreeSet::new(), summed.chain(amounts).collect::<Vec<_>>());
    while let Some(field) = open.pop() {
        // A derived field has no column: what it is made of is added up.
        if fields.insert(field) {
            open.extend(field.inputs(rulebook));
        }
    }
    fields.into_iter().filter(|field| field.is_open(rulebook)).collect()
}

/// Of the fields that are added up those with more than one sign or code.
pub(super) fn mixed(rulebook: &Rulebook, seen: &MarksByField) -> MarksByField {
    let marks = |field: AmountField| Some((field, seen.get(&field)?.clone()));
    added_up(rulebook).into_iter().filter_map(marks).filter(|(_, marks)| marks.len() > 1).collect()
}
