//! What records that sales gave a lead back: each return ends one pass of the lead through the stages and begins the next.

use super::expr::FieldRef;
use super::measure::LeadMoment;
use super::place::Place;

/// `returns:`
#[derive(Clone, Debug, PartialEq)]
pub struct Returns {
    /// What records a return, at least one; each of its instants is one.
    pub at: Vec<LeadMoment>,
    /// The field of leads that says why, of a return that a date field records.
    pub reason: Option<FieldRef>,
    /// The field of events that says why, of a return that an event records.
    pub event_reason: Option<FieldRef>,
    /// Where it stands.
    pub place: Place,
}
