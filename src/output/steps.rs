//! `handoff.csv` and `recycle.csv`: all leads that the rulebook hands over to sales, or gives back to marketing, best first.
//!
//! All of them each time, not only those of tonight, so that one failed import loses nobody; `new` tells them apart.

use super::sheet::{Dialect, Sheet};
use crate::points::Points;
use crate::run::ScoredLead;
use crate::score::Step;
use std::cmp::Reverse;

/// Columns of `scored.csv` that these files show, in this order, where there are such columns.
const SHOWN: [&str; 9] = ["lead_id", "total", "grade", "stage", "crm_stage", "priority", "action", "why", "last_event"];

/// Which cells of a row of `scored.csv` these files show.
#[derive(Clone, Debug)]
pub struct Stepping {
    columns: Vec<usize>,
    header: Vec<String>,
    has_previous: bool,
}

/// Leads with a step.
#[derive(Clone, Debug, Default)]
pub struct StepRows {
    rows: Vec<StepRow>,
}

#[derive(Clone, Debug)]
struct StepRow {
    step: Step,
    total: Points,
    number: u32,
    cells: Vec<String>,
}

impl Stepping {
    /// For a `scored.csv` with this header, whose last columns are the `n_kept` of `--keep`.
    #[must_use]
    pub fn new(scored_header: &[String], n_kept: usize, has_previous: bool) -> Self {
        let own = scored_header.len().saturating_sub(n_kept);
        let at = |name: &&str| scored_header[..own].iter().position(|known| known == name);
        let columns: Vec<usize> = SHOWN.iter().filter_map(at).chain(own..scored_header.len()).collect();
        let mut header: Vec<String> = columns.iter().map(|column| scored_header[*column].clone()).collect();
        header.insert(1, "new".to_owned());
        Self { columns, header, has_previous }
    }

    /// Adds a lead, if it has a step. `row` are its cells in `scored.csv`.
    pub fn add(&self, to: &mut StepRows, lead: &ScoredLead<'_, '_>, row: &csv::StringRecord) {
        let Some(step) = lead.card.step else { return };
        let cell = |column: &usize| row.get(*column).unwrap_or_default().to_owned();
        let mut cells: Vec<String> = self.columns.iter().map(cell).collect();
        let is_new = lead.previous.is_none_or(|previous| previous.step != Some(step));
        cells.insert(1, if self.has_previous && is_new { "new".to_owned() } else { String::new() });
        to.rows.push(StepRow { step, total: lead.card.total.value, number: lead.number, cells });
    }

    /// The file of a step.
    #[must_use]
    pub fn file(&self, rows: &StepRows, step: Step, dialect: Dialect) -> Vec<u8> {
        let mut chosen: Vec<&StepRow> = rows.rows.iter().filter(|row| row.step == step).collect();
        chosen.sort_by_key(|row| (Reverse(row.total), row.number));
        let mut sheet = Sheet::new(dialect);
        for row in chosen {
            sheet.row(&row.cells);
        }
        [Sheet::header(dialect, &self.header), sheet.into_bytes()].concat()
    }
}

impl StepRows {
    /// Adds those of another part of the run.
    pub fn append(&mut self, mut more: Self) {
        self.rows.append(&mut more.rows);
    }
}
