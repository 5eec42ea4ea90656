//! Why passes ended, and who has the open ones.

use serde::Serialize;

/// Why passes ended, by the last stage of a path that they reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reasons {
    /// The field that says why.
    pub field: String,
    /// The stages of the path, one a number of each reason.
    pub stages: Vec<String>,
    /// The reasons, the most frequent first, then `(other)` and `(none)`.
    pub reasons: Vec<Reason>,
    /// How many rarer ones are together in `(other)`.
    pub n_in_other: u64,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// As it is most often written, `(other)` or `(none)`.
    pub reason: String,
    /// How many passes ended for it.
    pub n: u64,
    /// Of these, by the last stage that they reached.
    pub n_by_stage: Vec<u64>,
}

/// The open leads of a path by who has them today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenByOwner {
    /// The field that names the owner.
    pub field: String,
    /// The stages of the path but the last, one a number of each owner.
    pub stages: Vec<String>,
    /// The owners, the one with the most leads first, then `(other)` and `(none)`.
    pub owners: Vec<OwnerOpen>,
    /// How many owners are together in `(other)`.
    pub n_in_other: u64,
}

/// The open leads of one owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnerOpen {
    /// The owner, `(other)` or `(none)`.
    pub owner: String,
    /// By the furthest stage that they reached, as [`super::StageReach::n_open_here`].
    pub n_open: Vec<u64>,
}
