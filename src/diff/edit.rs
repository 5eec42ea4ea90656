//! One edit between two rulebooks, at the grain in which a reviewer thinks: a criterion, a limit, a stage, a list.

use super::patch::{DimensionKey, Patch};
use super::tree::Detail;
use serde::Serialize;

/// What was edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditSubject {
    /// A part that a rulebook has once, by its key: `total`.
    Key(&'static str),
    /// The declaration of a file.
    Input(Input),
    /// How it is read as a file.
    Settings(Input),
    /// Where it lies.
    Path(Input),
    /// What its events must come to before a run may replace the last one.
    Guard(Input),
    /// A field of it, by name.
    Field(String, Input),
    /// A named list.
    List(String),
    /// A dimension, or one key of it.
    Dimension(String, Option<DimensionKey>),
    /// A group: its dimension's name and its own.
    Group(String, String),
    /// From when on events count for a dimension, or for a group of it.
    Since(String, Option<String>),
    /// A criterion, by id.
    Criterion(String),
    /// A disqualifier, by its reason.
    Disqualifier {
        /// The reason.
        reason: String,
        /// Which of those with this reason, from 1.
        nth: usize,
    },
    /// The order of the disqualifiers.
    DisqualifierOrder,
    /// A stage, by the name that it has now.
    Stage(String),
    /// The order of the stages.
    StageOrder,
    /// So many further edits, tried together.
    Further(usize),
    /// The new way in which the files are read.
    Reading,
}

/// A file that a rulebook declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The leads.
    Leads,
    /// A table, by name.
    Table(String),
    /// A source of events, by name.
    Source(String),
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// How far an edit can reach, by what it is and not by what it did to some leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EditReach {
    /// No lead's result can change.
    Cosmetic,
    /// Only the report can say something else.
    Report,
    /// Scores, and what follows from them.
    Scores,
    /// Something that others rely on.
    Contract(Breach),
}

impl EditReach {
    /// What others rely on and it changes.
    pub(super) fn breach(&self) -> Option<&Breach> {
        if let Self::Contract(breach) = self { Some(breach) } else { None }
    }
}

/// What others rely on and an edit changes: columns, names, files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breach {
    /// A stage came or went.
    Stage(String, Change),
    /// A stage has another name.
    StageName {
        /// The name it had.
        old: String,
        /// The name it has.
        new: String,
    },
    /// A dimension came or went, and its column in `scored.csv` with it.
    DimensionColumn(String, Change),
    /// Priorities came or went, and their columns in `scored.csv` with them.
    PriorityColumns(Change),
    /// There are other grades.
    Grades,
    /// `crm.csv` is another.
    Export,
    /// Files are read in another way, by what says so.
    Reading(Box<EditSubject>),
    /// A file is to be given, or is read no longer.
    Input(Input, Change),
    /// A file must have a column.
    Column(Input, String),
    /// A field is read from another column.
    FieldColumn {
        /// The file.
        of: Input,
        /// The field.
        field: String,
        /// The column it was read from.
        old: String,
        /// The column it is read from.
        new: String,
    },
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
    pub subject: EditSubject,
    pub change: Change,
    pub details: Vec<Detail>,
    /// Where it stands.
    pub line: Option<(Which, usize)>,
    pub patch: Patch,
    pub reach: EditReach,
    /// Whether it changes how files are read, beyond which columns are fields: both rulebooks can't share one reading then.
    pub is_reading: bool,
}
