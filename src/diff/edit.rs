//! One edit between two rulebooks, at the grain in which a reviewer thinks: a criterion, a limit, a stage, a list.

use super::patch::Patch;
use super::tree::Difference;
use serde::Serialize;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
    /// It stands elsewhere in an order that counts.
    Moved,
    /// It has another name.
    Renamed,
}

impl Change {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Renamed => "renamed",
        }
    }
}

/// How far an edit can reach, by what it is and not by what it did to some leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// No lead can come to another result.
    Cosmetic,
    /// Only the report can say something else.
    Report,
    /// Scores, and what follows from them.
    Scores,
    /// Something that others rely on: columns, names, files. Says what.
    Contract(String),
}

/// Which of the two rulebooks a line is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The old one.
    Old,
    /// The new one.
    New,
}

/// One edit.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    /// `criterion demo-request`, `stage MQL`, `list free-mail`.
    pub subject: String,
    pub change: Change,
    pub differences: Vec<Difference>,
    /// Where it stands.
    pub line: Option<(Which, usize)>,
    pub patch: Patch,
    pub reach: Reach,
    /// Whether it changes how files are read, beyond which columns are fields: both rulebooks can't share one reading then.
    pub is_reading: bool,
    /// Whether what a lead is worth by its stage may be another, so that it has to be measured for both rulebooks.
    pub changes_worth: bool,
}
