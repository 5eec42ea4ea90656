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
mod numbering;
mod patch;
mod propose;
mod pseudonym;
mod reason;
pub mod report;
mod round;
mod source;
mod sums;
mod tree;
mod value;

pub use comparison::{Comparison, Findings, Look};
pub use compose::{Privacy, compose};
pub use edit::{Change, Which};
pub use limit::{GRAMMAR, Limit, Tripped};
pub use propose::{Mover, movers, propose};
pub use source::Source;
