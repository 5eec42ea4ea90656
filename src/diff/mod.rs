//! What a change of a rulebook does to the leads: both rulebooks score the same leads in one pass, each edit is tried on its own,
//! and the sums say who moved, how far, and because of which line.
//!
//! [`Comparison`] aligns two rulebooks and knows their edits; [`Look`] is shown one scored lead after another; [`compose`] turns
//! what was found into a [`report::DiffReport`]. The edits come from two texts, their effects from scoring. Pure: no files, no
//! clock; [`crate::run`] reads.

mod align;
mod comparison;
mod compose;
mod edit;
mod effect;
mod frame;
mod histogram;
mod judge;
mod limit;
mod lines;
mod look;
mod numbering;
mod patch;
mod propose;
mod pseudonym;
pub mod report;
mod round;
mod sides;
mod source;
mod sums;
mod tree;
mod value;
mod words;

pub use comparison::Comparison;
pub use compose::{Privacy, compose};
pub use edit::{Breach, Change, Input, Subject, Which};
pub use limit::{Found, GRAMMAR, Limit, Measured, Tripped};
pub use look::{Findings, Look};
pub use patch::DimensionKey;
pub use propose::{Mover, Proposal, movers, propose};
pub use source::Source;
pub use tree::{Detail, Key, Said, Segment};
pub use words::growth;
