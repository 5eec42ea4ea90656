//! Grades, disqualifiers, stages, priorities and the export back to the CRM, as the rulebook says them.
//!
//! Only what they are; [`crate::score`] decides which of them a lead holds.

use super::expr::{Expr, FieldRef, ScoreRef};
use super::measure::LeadMoment;
use super::place::Place;
use crate::diagnostic::Span;
use crate::points::Points;

/// Letters and numbers side by side, one axis a score: `A1`.
#[derive(Clone, Debug)]
pub struct Grade {
    /// The axes, in order; never empty.
    pub axes: Vec<Axis>,
}

/// One score cut into marks.
#[derive(Clone, Debug)]
pub struct Axis {
    /// The score.
    pub score: ScoreRef,
    /// From the best mark down; the last takes all below.
    pub bounds: Vec<Bound>,
}

/// A mark and its inclusive lower bound.
#[derive(Clone, Debug)]
pub struct Bound {
    /// `A`, `1`.
    pub mark: String,
    /// From this score on.
    pub from: Points,
    /// Where it stands.
    pub span: Span,
}

impl Axis {
    /// The mark of a score, and the bound that it reached; none for a score below all bounds, which the last mark takes.
    #[must_use]
    pub fn mark(&self, score: Points) -> (&str, Option<Points>) {
        match self.bounds.iter().find(|bound| score >= bound.from) {
            Some(bound) => (&bound.mark, Some(bound.from)),
            None => (self.bounds.last().map_or("", |bound| &bound.mark), None),
        }
    }
}

impl Grade {
    /// Every grade that there can be, best first, the last axis running fastest.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        self.axes.iter().fold(vec![String::new()], |grades, axis| {
            let extend = |grade: &String| {
                axis.bounds.iter().map(move |bound| format!("{grade}{}", bound.mark)).collect::<Vec<_>>()
            };
            grades.iter().flat_map(extend).collect()
        })
    }
}

/// A reason to disqualify.
#[derive(Clone, Debug)]
pub struct Disqualifier {
    /// The reason shown.
    pub reason: String,
    /// When it applies.
    pub when: Expr,
    /// Where it stands.
    pub place: Place,
}

/// How the CRM says that a stage was entered.
#[derive(Clone, Debug, PartialEq)]
pub enum Entered {
    /// By any of these, at least one: each of their instants is a record.
    Records(Vec<LeadMoment>),
    /// By a condition.
    When {
        /// Where this is true the stage was entered.
        when: Expr,
        /// The date field that says when; without one nobody knows.
        at: Option<FieldRef>,
    },
}

/// A stage of the funnel.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Its name.
    pub name: String,
    /// Where its name stands, with its keys.
    pub place: Place,
    /// What makes a lead hold it.
    pub when: Option<Expr>,
    /// What suffices to stay.
    pub keep_when: Option<Expr>,
    /// Earlier stages, one of which must be held or have been entered.
    pub after: Vec<usize>,
    /// The CRM's record.
    pub entered: Option<Entered>,
    /// Back to marketing.
    pub recycle_when: Option<Expr>,
    /// Whether neither `when` nor `keep_when` names a score, a grade or a stage: held by fact.
    pub is_fact: bool,
}

/// A call for action.
#[derive(Clone, Debug, PartialEq)]
pub struct Priority {
    /// Its name.
    pub name: String,
    /// When it applies; without one always.
    pub when: Option<Expr>,
    /// What to do.
    pub action: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// The file to be imported back into the CRM.
#[derive(Clone, Debug)]
pub struct CrmExport {
    /// The CRM's header and what stands under it.
    pub columns: Vec<(String, ExportColumn)>,
    /// Which leads.
    pub only: ExportOnly,
    /// What an empty cell is written as.
    pub empty: String,
}

/// What stands in an exported column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportColumn {
    /// A column of `scored.csv`, or `as_of`.
    Scored(String),
    /// A lead's field, as it stands in the file.
    Field(FieldRef),
    /// The same text for all.
    Text(String),
}

/// Which leads are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ExportOnly {
    /// All.
    #[default]
    All,
    /// Those whose result differs from the previous run's.
    Changed,
}
