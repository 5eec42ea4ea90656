//! One lead, judged at one moment.

use super::age::AgeBand;
use crate::points::Points;

/// A lead that was open at a moment, with what was known then and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Its total as of the moment.
    pub total: Points,
    /// Which lead: rows of one lead share the number. Numbers begin at 0 and leave few out.
    pub lead: u32,
    /// Which segment it was in, by number.
    pub segment: u32,
    /// Which moment, by number.
    pub moment: u16,
    /// How old it was; none where nobody knows when it was created.
    pub age: Option<AgeBand>,
    /// Whether it fulfilled what an MQL must, the total aside: the sweep moves the line for these alone.
    pub meets_the_rest: bool,
    /// Whether it fulfilled all that an MQL must.
    pub is_mql: bool,
    /// Whether it reached the outcome within the horizon.
    pub has_won: bool,
}
