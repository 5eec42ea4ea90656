//! Passes that sales gave back.

use super::{Conversion, Days, Rate, Reasons};
use serde::Serialize;

/// What the figures count where leads can be given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassCounts {
    /// Which passes of each lead count.
    pub counted: CountedPasses,
    /// How many passes that are.
    pub n_passes: u64,
    /// Of how many leads.
    pub n_leads: u64,
}

/// Which passes of each lead count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedPasses {
    /// All.
    All,
    /// The latest.
    Latest,
}

/// Passes that were given back, and how later passes fare.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GivenBack {
    /// How many passes there are.
    pub n_passes: u64,
    /// How many of them a return ended, on a path or not.
    pub n_returned: u64,
    /// One a path.
    pub paths: Vec<GivenBackPath>,
}

/// The same on one path. Passes that were lost before the return are not among them: see the path's losses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GivenBackPath {
    /// The path.
    pub path: String,
    /// By the furthest stage that the pass reached.
    pub stages: Vec<GivenBackStage>,
    /// By the reason of the return; none where the rulebook names no reason.
    pub reasons: Option<Reasons>,
    /// By today's owner; none where the rulebook names no owner.
    pub owners: Option<Reasons>,
    /// From each stage to the next.
    pub to_next: Vec<FirstAndLater>,
    /// From each stage to the last.
    pub to_last: Vec<FirstAndLater>,
}

/// Passes that were given back from a stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GivenBackStage {
    /// The stage.
    pub stage: String,
    /// How many passes reached it.
    pub n_reached: u64,
    /// How many of them were given back, it being the furthest that they reached.
    pub n_returned: u64,
    /// That, of those reached.
    pub rate: Rate,
    /// Half of those given back were so after this, counted from the recorded entry into the stage.
    pub median: Days,
}

/// A step by passes that began with the lead, and by those that a return began.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FirstAndLater {
    /// First passes.
    pub first: Conversion,
    /// Later ones.
    pub later: Conversion,
}
