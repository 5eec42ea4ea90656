//! `scored.csv`: a row a lead, in the order of the leads file. What its columns mean is fixed by the rulebook language.

use super::number::{push_points, push_whole};
use super::sheet::{Dialect, Sheet};
use crate::points::Points;
use crate::rulebook::{DISQUALIFIED, Rulebook};
use crate::run::ScoredLead;
use crate::score::{Facts, Quantity};
use std::cmp::Ordering;
use std::fmt::Write as _;

/// The header; `has_previous` adds the columns that compare with an earlier run.
#[must_use]
pub fn scored_header(rulebook: &Rulebook, has_previous: bool, keep: &[String]) -> Vec<String> {
    let mut names = vec!["lead_id"];
    names.extend(rulebook.dimensions.iter().map(|dimension| dimension.name.as_str()));
    names.push("total");
    if rulebook.grade.is_some() {
        names.push("grade");
    }
    names.extend(["stage", "disqualified"]);
    if !rulebook.priorities.is_empty() {
        names.extend(["priority", "action"]);
    }
    names.extend(["crm_stage", "step", "why", "missing", "events", "last_event"]);
    if has_previous {
        names.extend(["previous_total", "previous_stage", "changed"]);
    }
    names.into_iter().map(str::to_owned).chain(keep.iter().cloned()).collect()
}

/// Rows of `scored.csv` on their way into the file.
#[derive(Debug)]
pub struct ScoredCsv {
    sheet: Sheet,
    /// The row that was added last.
    row: csv::StringRecord,
    /// Room for one cell.
    cell: String,
}

impl Default for ScoredCsv {
    fn default() -> Self {
        Self::new(Dialect::Plain)
    }
}

impl ScoredCsv {
    /// No rows yet.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self { sheet: Sheet::new(dialect), row: csv::StringRecord::new(), cell: String::new() }
    }

    /// The header as bytes.
    #[must_use]
    pub fn header(names: &[String]) -> Vec<u8> {
        Sheet::header(Dialect::Plain, names)
    }

    /// The cells of the lead that was added last, for files that show some of them.
    #[must_use]
    pub fn row(&self) -> &csv::StringRecord {
        &self.row
    }

    /// How many cells begin like a formula.
    #[must_use]
    pub fn n_formulas(&self) -> u64 {
        self.sheet.n_formulas()
    }

    /// Adds a lead.
    pub fn lead(&mut self, lead: &ScoredLead<'_, '_>, has_previous: bool) {
        let rulebook = lead.facts.plan.rulebook;
        let card = lead.card;
        self.row.clear();
        self.push(&lead.id);
        for dimension in &card.dimensions {
            self.points(dimension.value);
        }
        self.points(card.total.value);
        if rulebook.grade.is_some() {
            self.push(&card.grade);
        }
        self.push(card.stage.map_or(DISQUALIFIED, |stage| &rulebook.stages[stage].name));
        self.push(card.disqualified.map_or("", |reason| &rulebook.disqualifiers[reason].reason));
        if !rulebook.priorities.is_empty() {
            let priority = card.priority.map(|priority| &rulebook.priorities[priority]);
            self.push(priority.map_or("", |priority| &priority.name));
            self.push(priority.and_then(|priority| priority.action.as_deref()).unwrap_or_default());
        }
        self.push(card.crm_stage.map_or("", |stage| &rulebook.stages[stage].name));
        self.push(card.step.map_or("", |step| step.name()));
        self.why(lead);
        self.missing(lead);
        self.events(lead);
        if has_previous {
            self.previous(lead);
        }
        for cell in lead.kept() {
            self.push(&cell);
        }
        self.sheet.record(&self.row);
    }

    /// `demo-request +80; free-mail -20`
    fn why(&mut self, lead: &ScoredLead<'_, '_>) {
        for index in lead.card.largest() {
            self.next_of_several();
            let points = lead.card.criteria[index];
            self.cell.push_str(lead.facts.plan.rulebook.criteria[index].title());
            self.cell.push_str(if points.hundredths() < 0 { " " } else { " +" });
            push_points(&mut self.cell, points);
        }
        self.end_cell();
    }

    /// The fields that conditions read and this lead lacks.
    fn missing(&mut self, lead: &ScoredLead<'_, '_>) {
        let rulebook = lead.facts.plan.rulebook;
        for &field in rulebook.missing_fields.iter().filter(|field| !lead.facts.has_value(**field)) {
            self.next_of_several();
            self.cell.push_str(&rulebook.fields[field].name);
        }
        self.end_cell();
    }

    fn events(&mut self, lead: &ScoredLead<'_, '_>) {
        let rulebook = lead.facts.plan.rulebook;
        let n_events = match lead.facts.tally(rulebook.events_tally) {
            Quantity::Number { numerator, .. } => u64::try_from(numerator).unwrap_or_default(),
            _ => 0,
        };
        push_whole(&mut self.cell, n_events);
        self.end_cell();
        if let Quantity::Instant(instant) = lead.facts.tally(rulebook.last_event_tally) {
            let _ = write!(self.cell, "{instant}");
        }
        self.end_cell();
    }

    fn previous(&mut self, lead: &ScoredLead<'_, '_>) {
        let Some(previous) = lead.previous else {
            for cell in ["", "", "new"] {
                self.push(cell);
            }
            return;
        };
        self.points(previous.total);
        self.push(&previous.stage);
        // No index orders below the first stage: disqualified, or a stage that no longer exists.
        self.push(match lead.card.stage.cmp(&previous.stage_index) {
            Ordering::Greater => "up",
            Ordering::Less => "down",
            Ordering::Equal => "",
        });
    }

    fn points(&mut self, points: Points) {
        push_points(&mut self.cell, points);
        self.end_cell();
    }

    fn next_of_several(&mut self) {
        if !self.cell.is_empty() {
            self.cell.push_str("; ");
        }
    }

    fn end_cell(&mut self) {
        self.row.push_field(&self.cell);
        self.cell.clear();
    }

    fn push(&mut self, cell: &str) {
        self.row.push_field(cell);
    }

    /// The rows so far.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.sheet.into_bytes()
    }
}
