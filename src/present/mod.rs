//! What people read: one [`Document`], made once from a report, a change, a card, a run, tests or a rulebook, and three renderers
//! that only set it: a terminal, Markdown and a page of HTML.
//!
//! Whoever makes a document chooses facts and order; the words and the form of each kind of fact are here, once. A renderer
//! knows pieces, never what they are about. Formats for machines are not made here: they are derived from the types, in
//! [`crate::output`].

mod cell;
mod chart;
mod describe;
mod diff;
mod document;
pub(crate) mod doubt;
mod explain;
pub(crate) mod handoff;
mod html;
mod inspect;
pub(crate) mod language;
mod markdown;
pub(crate) mod passed;
mod report;
mod run;
pub(crate) mod sheet;
mod table;
mod terminal;
mod test;
mod text;
pub mod words;

pub use cell::{Absence, Cell, Line, Tone, Unit};
pub use chart::{Bar, Chart, Curve, Heat, HeatCell, IntervalRow, MOST_CURVES, Panel, Picture, SignedRow};
pub use describe::describe;
pub use diff::{Extent, MOST_CHARACTERS, diff, diff_markdown};
pub use document::{Amount, Block, Document, LedgerEntry, Look, Mark, Section, Tile};
pub(crate) use explain::{CardPart, explain_part};
pub use explain::{explain, explain_account};
pub use html::html;
pub use inspect::inspected;
pub use markdown::markdown;
pub use passed::rows_passed;
pub use report::report;
pub use run::{Ended, GuardBroken, assumptions, dropped_rows, encoding_doubts, guard_broken, summary};
pub use table::{Column, Setting, Table};
pub use terminal::terminal;
pub use test::{in_one_line, tested};
pub use text::{Piece, Text};
