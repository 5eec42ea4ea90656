//! `crm.csv`: the results under the CRM's own headers, to be imported back into properties of one's own.
//!
//! Written as the CRM's import reads it, so always plain: an apostrophe that protects a spreadsheet would end up in the CRM.

use super::sheet::{Dialect, Sheet};
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{CrmExport, ExportColumn, ExportOnly};
use crate::run::{ScoredLead, result_hash};
use crate::value::{Instant, Number, Part, Value};
use std::borrow::Cow;

/// What stands in each column of `crm.csv`.
#[derive(Clone, Debug)]
pub struct Crm {
    headers: Vec<String>,
    cells: Vec<CrmCell>,
    /// The columns of `scored.csv` that are exported and are results of this run.
    results: Vec<usize>,
    only_changed: bool,
    empty: String,
}

#[derive(Clone, Debug)]
enum CrmCell {
    Scored(usize),
    Field(FieldRef),
    Text(String),
}

impl Crm {
    /// What a rulebook exports. `results` are the exported columns by which leads are compared with the previous run.
    #[must_use]
    pub fn new(export: &CrmExport, results: &[&str], scored_header: &[String], as_of: Instant) -> Self {
        let at = |name: &str| scored_header.iter().position(|known| known == name);
        let cell = |column: &ExportColumn| match column {
            ExportColumn::Scored(name) if name == "as_of" => CrmCell::Text(as_of.to_string()),
            // The columns that compare with an earlier run are there only when there is one.
            ExportColumn::Scored(name) => at(name).map_or(CrmCell::Text(String::new()), CrmCell::Scored),
            ExportColumn::Field(field) => CrmCell::Field(*field),
            ExportColumn::Text(text) => CrmCell::Text(text.clone()),
        };
        Self {
            headers: export.columns.iter().map(|(header, _)| header.clone()).collect(),
            cells: export.columns.iter().map(|(_, column)| cell(column)).collect(),
            results: results.iter().filter_map(|name| at(name)).collect(),
            only_changed: export.only == ExportOnly::Changed,
            empty: export.empty.clone(),
        }
    }

    /// The start of the file.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        Sheet::header(Dialect::Plain, &self.headers)
    }

    /// Adds a lead, unless only changed ones are wanted and nothing that is exported of it has changed. `row` are its cells in
    /// `scored.csv`.
    pub fn add(&self, to: &mut Sheet, lead: &ScoredLead<'_, '_>, row: &csv::StringRecord) {
        let cell = |column: &usize| row.get(*column).unwrap_or_default();
        let is_same = || {
            let results = Some(result_hash(self.results.iter().map(cell)));
            lead.previous.is_some_and(|previous| previous.results == results)
        };
        if self.only_changed && is_same() {
            return;
        }
        to.row(self.cells.iter().map(|cell| {
            let text = match cell {
                CrmCell::Scored(column) => Cow::Borrowed(row.get(*column).unwrap_or_default()),
                CrmCell::Text(text) => Cow::Borrowed(text.as_str()),
                CrmCell::Field(field) => field_text(lead, *field),
            };
            if text.is_empty() { Cow::Borrowed(self.empty.as_str()) } else { text }
        }));
    }
}

/// A field as it stands in the leads file, or its part; what a table adds as it was read.
fn field_text<'l>(lead: &'l ScoredLead<'_, '_>, field: FieldRef) -> Cow<'l, str> {
    // Parts of numbers, and of several values in a cell, are no parts of its text.
    let is_of_text =
        field.part == Part::Whole || !field.part.is_number() && !lead.facts.rulebook.fields[field.field].is_set;
    match lead.cell(field.field).filter(|_| is_of_text) {
        Some(Cow::Borrowed(text)) => Cow::Borrowed(field.part.extract(text).unwrap_or_default()),
        Some(Cow::Owned(text)) => Cow::Owned(field.part.extract(&text).unwrap_or_default().to_owned()),
        None => Cow::Owned(match lead.facts.lead.value(field.field) {
            Value::Text(text) => field.part.extract(text).unwrap_or_default().to_owned(),
            Value::Set(texts) => {
                texts.iter().filter_map(|text| field.part.extract(text)).collect::<Vec<_>>().join("; ")
            }
            Value::Number(number) => number.to_string(),
            Value::Range(range) if field.part == Part::Whole => range.to_string(),
            Value::Range(range) => range.part(field.part).map(|end| end.to_string()).unwrap_or_default(),
            Value::Days(ms) => Number::of_days(*ms).to_string(),
            Value::Boolean(boolean) => boolean.to_string(),
            Value::Instant(instant) => instant.to_string(),
            Value::Missing => String::new(),
        }),
    }
}
