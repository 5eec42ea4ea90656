//! What the events of a source must come to before a run may replace the results of the last one.
//!
//! Only the limits; whether they hold is for a run to say, which has seen the events.

use crate::value::Percentage;

/// The limits of a source. They are no part of any score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// How old the newest event that counts may be, in milliseconds. Then there must be such an event.
    pub max_age_ms: Option<i64>,
    /// How large a share of the dated events may belong to no lead.
    pub max_orphans: Option<Percentage>,
}
