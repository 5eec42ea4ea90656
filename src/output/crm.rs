//! `crm.csv`: the results under the CRM's own headers, to be imported back into properties of one's own.
//!
//! Written as the CRM's import reads it, so always plain: an apostrophe that protects a spreadsheet would end up in the CRM.

use super::sheet::{Dialect, Sheet};
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{CrmExport, ExportColumn, ExportOnly};
use crate::run::{ScoredLead, result_hash};
use crate::value::Instant;
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
                CrmCell::Field(field) => lead.text(*field),
            };
            if text.is_empty() { Cow::Borrowed(self.empty.as_str()) } else { text }
        }));
    }
}
