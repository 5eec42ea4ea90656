//! What a change of a rulebook does to the leads: both rulebooks score the same leads in one pass, each edit is tried on its own,
//! and the sums say who moved, how far, and because of which line.
//!
//! [`DiffSource`] is a rulebook with its text. [`Comparison`] brings two of them onto one numbering (`numbering`) and into one frame
//! (`frame`), and knows their edits (`align`): what each says, from the texts, and which parts of the frame it takes over
//! (`patch`). [`DiffLook`] is shown one scored lead after another; a judge says what both rulebooks make of it, and the old one with
//! each edit alone. [`compose`] turns what was found into a [`report::DiffReport`]: facts, whose words are made in
//! [`crate::present`]. Pure: no files, no clock; [`crate::run`] reads.

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
pub(crate) mod report;
mod round;
mod sides;
mod source;
mod sums;
mod tree;
mod value;

pub use comparison::Comparison;
pub use compose::{Privacy, compose};
pub(crate) use edit::{Breach, Change, EditSubject, Input, Which};
pub use limit::{DiffLimit, GRAMMAR};
pub(crate) use limit::{Excess, LimitOf};
pub use look::{DiffFindings, DiffLook};
pub(crate) use propose::Proposal;
pub use propose::{Mover, movers, propose};
pub use source::DiffSource;
pub(crate) use tree::{Content, Detail, KeyPath, PathSegment};
