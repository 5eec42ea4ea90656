//! What makes an event of a source automated: the work of a mail scanner or another program, not of the lead.
//!
//! Only what the rules say; which events they mean is found out by the engine, which has all events of a lead.

use super::expr::{Expr, FieldRef};
use super::place::Place;

/// One rule by which events are automated.
#[derive(Clone, Debug, PartialEq)]
pub struct AutomatedRule {
    /// The types of the events that it can set aside, folded and sorted.
    pub types: Vec<String>,
    /// What makes one of them automated.
    pub sign: AutomatedSign,
    /// Chooses among those events; where it is unknown, an event is not chosen.
    pub filter: Option<Expr>,
    /// Only events with the same value of this field are held against each other; events without one are not looked at.
    pub same: Option<FieldRef>,
    /// Where it stands.
    pub place: Place,
}

/// What makes an event automated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AutomatedSign {
    /// Another event lies before it, or at the same instant.
    After {
        /// The types of the other event, folded and sorted.
        types: Vec<String>,
        /// No longer before it than this, in milliseconds.
        within_ms: i64,
    },
    /// It is one of several in a span of time.
    AtLeast {
        /// How many, from 2 on.
        n: usize,
        /// The length of the span, in milliseconds. Both ends are in it.
        within_ms: i64,
    },
    /// It is chosen.
    Chosen,
}

impl AutomatedSign {
    /// How far apart events may lie, in milliseconds, where that is asked.
    #[must_use]
    pub fn within_ms(&self) -> Option<i64> {
        match self {
            Self::After { within_ms, .. } | Self::AtLeast { within_ms, .. } => Some(*within_ms),
            Self::Chosen => None,
        }
    }
}
