//! Outcomes by score: grades, bands, stages, and how well the total tells customers from others.

use super::{Figure, Rate};
use serde::Serialize;

/// Outcomes by score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// All leads: the average that lifts are measured against.
    pub all: Outcomes,
    /// By grade; none where the rulebook defines none.
    pub grades: Option<GradeGrid>,
    /// By band of ten points of the total, rising; at most 60.
    pub bands: Vec<Band>,
    /// By the stage that the rulebook gives, in its order, `Disqualified` last.
    pub stages: Vec<(String, Outcomes)>,
    /// How well the total tells customers from others.
    pub auc: Auc,
}

/// What became of some leads.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Outcomes {
    /// How many leads.
    pub n_leads: u64,
    /// How many are customers; none where that is not known.
    pub n_customers: Option<u64>,
    /// Customers of leads.
    pub rate: Rate,
    /// That rate / the rate of all leads: 1 is average. Its interval is the rate's, divided likewise.
    pub lift: Figure,
}

/// Grades, the first axis down, the second across.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GradeGrid {
    /// What the axes are: `fit`, `engagement`.
    pub axes: Vec<String>,
    /// The columns: the second axis' marks; with another number of axes than two a single one without a name.
    pub columns: Vec<String>,
    /// The rows: one a mark of the first axis; with another number of axes than two one a grade.
    pub rows: Vec<GradeRow>,
}

/// One row of the grid.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GradeRow {
    /// The mark, or the whole grade.
    pub mark: String,
    /// One a column.
    pub cells: Vec<Grade>,
}

/// One grade.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Grade {
    /// The whole grade: `A1`.
    pub grade: String,
    /// Its leads.
    pub outcomes: Outcomes,
}

/// Leads whose total is at least `from` and below `to`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Band {
    /// In points; none: everything below `to`.
    pub from: Option<i64>,
    /// In points; none: everything from `from` on.
    pub to: Option<i64>,
    /// Its leads.
    pub outcomes: Outcomes,
    /// Its leads by stage, in the order of [`Scores::stages`]: the histogram.
    pub by_stage: Vec<u64>,
}

/// The area under the ROC curve of the total against "is a customer": the chance that a customer's total is above another
/// lead's, ties counting half. 0.5 is chance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Auc {
    /// With its 95 % interval, by the method of `DeLong`.
    pub auc: Figure,
    /// How many customers.
    pub n_customers: Option<u64>,
    /// How many others.
    pub n_others: Option<u64>,
}
