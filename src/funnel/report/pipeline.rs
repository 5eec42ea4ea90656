//! What the open leads may bring.

use super::{Figure, Rate};
use serde::Serialize;

/// What the open leads may bring: those neither disqualified, lost, nor customers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pipeline {
    /// The field that is added up.
    pub field: String,
    /// All open leads.
    pub all: PipelineSum,
    /// By the last stage that the CRM records, leads without one first; stages without open leads left out.
    pub stages: Vec<PipelineStage>,
    /// By the first `by` field, in the order of [`super::SegmentTable`]; empty without one.
    pub segments: Vec<PipelineSum>,
}

/// What some open leads may bring.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PipelineSum {
    /// The segment, or `all`.
    pub name: String,
    /// How many open leads.
    pub n_open: u64,
    /// Of these: the field has a number.
    pub n_with: u64,
    /// The sum of these.
    pub sum: f64,
    /// The sum of each stage × the stage's rate; not known where that of a stage with an amount is not.
    pub weighted: Figure,
}

/// What the open leads of a stage may bring.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PipelineStage {
    /// The stage; none for leads of which the CRM records no stage.
    pub stage: Option<String>,
    /// The path whose rate is taken: the first that goes on after the stage, one to a customer before others.
    pub path: Option<String>,
    /// The last stage of that path.
    pub to: Option<String>,
    /// From the stage to the last of the path, as `to_last` of the path has it.
    pub rate: Rate,
    /// The leads.
    pub n_open: u64,
    /// Of these: the field has a number.
    pub n_with: u64,
    /// The sum of these.
    pub sum: f64,
    /// The sum × the rate.
    pub weighted: Figure,
}
