//! The cells of `handoff.csv`: what a rep needs to know of a lead, much of it as `scored.csv` has it.

use super::scored::scored_header;
use super::sheet::is_like_formula;
use super::steps::new_cell;
use crate::funnel::{Asking, due};
use crate::present::handoff::{ask_next, last_events, why};
use crate::rulebook::Rulebook;
use crate::rulebook::expr::FieldRef;
use crate::run::ScoredLead;

/// The columns before those of `--keep`, in their order; those that a rulebook has no such thing for are left out.
const COLUMNS: [&str; 15] = [
    "lead_id",
    "new",
    "due",
    "priority",
    "action",
    "total",
    "grade",
    "stage",
    "crm_stage",
    "passes",
    "owner",
    "account",
    "why",
    "last_events",
    "ask_next",
];

/// What stands in each column.
#[derive(Debug)]
pub(super) struct HandoffForm {
    pub(super) header: Vec<String>,
    cells: Vec<HandoffCell>,
    asking: Asking,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug)]
enum HandoffCell {
    /// What stands in this column of `scored.csv`.
    Scored(usize),
    New,
    Due,
    /// What the lead has in a field: its owner, or what names its account.
    Field(FieldRef),
    Why,
    LastEvents,
    AskNext,
}

/// A lead's cells.
pub(super) struct HandoffCells {
    pub(super) cells: Vec<String>,
    /// Whether it was handed over before and nobody knows by when it was due.
    pub(super) is_due_anew: bool,
    /// How many cells begin like a formula that `scored.csv` doesn't have.
    pub(super) n_formulas: u64,
}

/// The columns that a rulebook's `handoff.csv` has of its own.
#[must_use]
pub fn handoff_columns(rulebook: &Rulebook) -> Vec<String> {
    HandoffForm::new(rulebook, &scored_header(rulebook, false, &[]), 0).header
}

impl HandoffForm {
    /// For a `scored.csv` with this header, whose last columns are the `n_kept` of `--keep`.
    pub(super) fn new(rulebook: &Rulebook, scored_header: &[String], n_kept: usize) -> Self {
        let (own, kept) = scored_header.split_at(scored_header.len().saturating_sub(n_kept));
        let cell = |name: &str| match name {
            "new" => Some(HandoffCell::New),
            "due" => Some(HandoffCell::Due),
            "why" => Some(HandoffCell::Why),
            "last_events" => Some(HandoffCell::LastEvents),
            "ask_next" => Some(HandoffCell::AskNext),
            "owner" => rulebook.funnel.as_ref().and_then(|funnel| funnel.owner).map(HandoffCell::Field),
            "account" => rulebook.accounts.as_ref().map(|accounts| HandoffCell::Field(accounts.by)),
            _ => own.iter().position(|known| known == name).map(HandoffCell::Scored),
        };
        let columns = COLUMNS.iter().filter_map(|name| Some(((*name).to_owned(), cell(name)?)));
        let kept = kept.iter().enumerate().map(|(at, name)| (name.clone(), HandoffCell::Scored(own.len() + at)));
        let (header, cells) = columns.chain(kept).unzip();
        Self { header, cells, asking: Asking::new(rulebook) }
    }

    /// The cells of a lead that is handed over. `row` are its cells in `scored.csv`, `is_new` says whether it is so for the first
    /// time.
    pub(super) fn cells(&self, lead: &ScoredLead<'_, '_>, row: &csv::StringRecord, is_new: bool) -> HandoffCells {
        let due = due(lead);
        let cell = |cell: &HandoffCell| match cell {
            HandoffCell::Scored(column) => row.get(*column).unwrap_or_default().to_owned(),
            HandoffCell::New => new_cell(is_new),
            HandoffCell::Due => due.map_or_else(String::new, |due| due.at.to_string()),
            HandoffCell::Field(field) => field_cell(lead, *field),
            HandoffCell::Why => why(lead.facts),
            HandoffCell::LastEvents => last_events(lead.facts),
            HandoffCell::AskNext => ask_next(&self.asking, lead.facts),
        };
        let cells: Vec<String> = self.cells.iter().map(cell).collect();
        let own = cells.iter().zip(&self.cells).filter(|(_, cell)| !matches!(cell, HandoffCell::Scored(_)));
        let n_formulas = own.filter(|(text, _)| is_like_formula(text.as_bytes())).count() as u64;
        HandoffCells { cells, is_due_anew: due.is_some_and(|due| due.is_anew), n_formulas }
    }
}

/// What a lead has in a field, as `accounts.csv` shows it; empty where it has nothing.
fn field_cell(lead: &ScoredLead<'_, '_>, field: FieldRef) -> String {
    if lead.facts.lead.is_present(field) { lead.text(field).into_owned() } else { String::new() }
}
