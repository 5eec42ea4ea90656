//! `handoff.csv` and `recycle.csv`: all leads that the rulebook hands over to sales, or gives back to marketing, best first.
//!
//! All of them each time, not only those of tonight, so that one failed import loses nobody; `new` tells them apart.

use super::handoff::{HandoffCells, HandoffForm};
use super::sheet::{Dialect, Sheet};
use crate::points::Points;
use crate::rulebook::Rulebook;
use crate::run::ScoredLead;
use crate::score::Step;
use std::cmp::Reverse;

/// Columns of `scored.csv` that `recycle.csv` shows, in this order, where there are such columns.
const RECYCLED: [&str; 10] =
    ["lead_id", "total", "grade", "stage", "crm_stage", "passes", "priority", "action", "why", "last_event"];

/// What these files show of a lead.
#[derive(Debug)]
pub struct Stepping {
    handoff: HandoffForm,
    /// The columns of `scored.csv` that `recycle.csv` shows.
    recycled: Vec<usize>,
    recycle_header: Vec<String>,
    has_previous: bool,
}

/// Leads with a step.
#[derive(Clone, Debug, Default)]
pub struct StepRows {
    rows: Vec<StepRow>,
    /// Leads that were handed over before and are due, but the previous run doesn't say by when.
    pub n_due_anew: u64,
    /// Cells of `handoff.csv` that begin like a formula and that `scored.csv` doesn't have.
    pub n_formulas: u64,
}

#[derive(Clone, Debug)]
struct StepRow {
    step: Step,
    /// The place of its priority among all; those without one come last.
    priority: usize,
    total: Points,
    number: u32,
    cells: Vec<String>,
}

impl Stepping {
    /// For a `scored.csv` with this header, whose last columns are the `n_kept` of `--keep`.
    #[must_use]
    pub fn new(rulebook: &Rulebook, scored_header: &[String], n_kept: usize, has_previous: bool) -> Self {
        let own = scored_header.len().saturating_sub(n_kept);
        let at = |name: &&str| scored_header[..own].iter().position(|known| known == name);
        let recycled: Vec<usize> = RECYCLED.iter().filter_map(at).chain(own..scored_header.len()).collect();
        let mut recycle_header: Vec<String> = recycled.iter().map(|column| scored_header[*column].clone()).collect();
        recycle_header.insert(1, "new".to_owned());
        let handoff = HandoffForm::new(rulebook, scored_header, n_kept);
        Self { handoff, recycled, recycle_header, has_previous }
    }

    /// Adds a lead, if it has a step. `row` are its cells in `scored.csv`.
    pub fn add(&self, to: &mut StepRows, lead: &ScoredLead<'_, '_>, row: &csv::StringRecord) {
        let Some(step) = lead.card.step else { return };
        let stood_before = lead.previous.is_some_and(|previous| previous.had_step(step, lead.card.passes));
        let is_new = self.has_previous && !stood_before;
        let (cells, priority) = match step {
            Step::HandOver => {
                let HandoffCells { cells, is_due_anew, n_formulas } = self.handoff.cells(lead, row, is_new);
                to.n_due_anew += u64::from(is_due_anew);
                to.n_formulas += n_formulas;
                (cells, lead.card.priority.unwrap_or(usize::MAX))
            }
            Step::Recycle => {
                let cell = |column: &usize| row.get(*column).unwrap_or_default().to_owned();
                let mut cells: Vec<String> = self.recycled.iter().map(cell).collect();
                cells.insert(1, new_cell(is_new));
                (cells, 0)
            }
        };
        to.rows.push(StepRow { step, priority, total: lead.card.total.value, number: lead.number, cells });
    }

    /// The file of a step: by priority where leads are handed over, then by total.
    #[must_use]
    pub fn file(&self, rows: &StepRows, step: Step, dialect: Dialect) -> Vec<u8> {
        let mut chosen: Vec<&StepRow> = rows.rows.iter().filter(|row| row.step == step).collect();
        chosen.sort_by_key(|row| (row.priority, Reverse(row.total), row.number));
        let mut sheet = Sheet::new(dialect);
        for row in chosen {
            sheet.row(&row.cells);
        }
        let header = match step {
            Step::HandOver => &self.handoff.header,
            Step::Recycle => &self.recycle_header,
        };
        [Sheet::header(dialect, header), sheet.into_bytes()].concat()
    }
}

/// The cell of a lead in the column `new`.
pub(super) fn new_cell(is_new: bool) -> String {
    if is_new { "new".to_owned() } else { String::new() }
}

impl StepRows {
    /// Adds those of another part of the run.
    pub fn append(&mut self, mut more: Self) {
        self.rows.append(&mut more.rows);
        self.n_due_anew += more.n_due_anew;
        self.n_formulas += more.n_formulas;
    }
}
