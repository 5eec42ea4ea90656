//! Cases: a rulebook's own unit tests, each a lead in memory with what is expected of it.
//!
//! Reads test files against the rulebook that they test, judges the cases, says what no case covers and which changes of the
//! rulebook no case notices. Reads no file and prints nothing.

mod coverage;
mod event;
mod expect;
mod judge;
mod lead;
mod manual;
mod mutate;
mod origin;
mod read;
mod report;
mod texts;

pub(crate) use coverage::Goal;
pub use coverage::coverage;
pub use judge::{CaseResult, judge, passes};
pub(crate) use judge::{Failure, Got};
pub use manual::pages;
pub use mutate::{Mutant, mutants, survivors};
#[cfg(test)]
pub(crate) use read::keys_read;
pub use read::{ReadTests, read_tests, rulebook_named};
pub(crate) use report::Located;
pub use report::{Mutation, RulebookReport, TestReport, TestedFile, Unread};

use crate::diagnostic::Span;
use crate::points::Points;
use crate::rulebook::expr::{Order, ScoreRef};
use crate::score::TrialLead;
use crate::value::Instant;

/// A file of tests, read against its rulebook.
#[derive(Clone, Debug, Default)]
pub struct TestFile {
    /// The cases, in order.
    pub cases: Vec<Case>,
}

/// One lead with what is expected of it.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it shows, in the author's words.
    pub name: String,
    /// The line of its name, from 1.
    pub line: usize,
    /// The lead; its `previous_stage` is left open, since a changed rulebook may number its stages otherwise.
    pub lead: TrialLead,
    /// For each event the line where it stands.
    pub event_lines: Vec<usize>,
    /// The name of its stage in the previous run.
    pub previous_stage: Option<String>,
    /// The instants at which it is scored, the case's own first.
    pub moments: Vec<Moment>,
}

/// An instant at which a case is scored.
#[derive(Clone, Debug)]
pub struct Moment {
    /// How long after the case's own instant, as written: `+90d`; none for that instant itself.
    pub later: Option<String>,
    /// The instant.
    pub as_of: Instant,
    /// What is expected then.
    pub expected: Vec<Expectation>,
}

/// One thing that is expected of a lead.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// Of what.
    pub subject: CaseSubject,
    /// What must hold of it.
    pub check: Check,
    /// Where it stands.
    pub span: Span,
    /// The line where it stands, from 1.
    pub line: usize,
}

/// What can be expected something of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseSubject {
    /// The total, a dimension or a group.
    Score(ScoreRef),
    /// The points of a criterion, by index.
    Criterion(usize),
    /// How many events count.
    Events,
    /// In which pass the lead is.
    Passes,
    /// A column of `scored.csv` that holds a text.
    Column(TextColumn),
    /// The column `missing`, a list.
    Missing,
}

/// A column of `scored.csv` that holds a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextColumn {
    /// `Disqualified` if the lead is.
    Stage,
    Grade,
    /// The reason.
    Disqualified,
    Priority,
    Action,
    CrmStage,
    /// `hand_over` or `recycle`.
    Step,
    /// When the lead was given back the last time.
    Returned,
    Why,
    LastEvent,
}

impl TextColumn {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Stage,
        Self::Grade,
        Self::Disqualified,
        Self::Priority,
        Self::Action,
        Self::CrmStage,
        Self::Step,
        Self::Returned,
        Self::Why,
        Self::LastEvent,
    ];

    /// The column's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Grade => "grade",
            Self::Disqualified => "disqualified",
            Self::Priority => "priority",
            Self::Action => "action",
            Self::CrmStage => "crm_stage",
            Self::Step => "step",
            Self::Returned => "returned",
            Self::Why => "why",
            Self::LastEvent => "last_event",
        }
    }
}

/// What must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// All of these.
    All(Vec<Check>),
    /// The number is one of these.
    Numbers(Vec<Points>),
    /// The number is none of these.
    NotNumbers(Vec<Points>),
    /// The number compares so.
    Order(Order, Points),
    /// The text is one of these; an empty one stands for an empty cell.
    Texts(Vec<String>),
    /// The text is none of these.
    NotTexts(Vec<String>),
    /// There is a text.
    Filled,
    /// The lead's stage compares so with the one of that name; `Disqualified` lies below all.
    StageOrder(Order, String),
    /// The points are not 0.
    Fired,
    /// The points are 0.
    NotFired,
    /// Exactly these fields are missing.
    Fields(Vec<String>),
}
