//! What changed since the previous run, for a terminal: who entered and left each stage, and who came back.

use super::number::grouped;
use super::table::Table;
use crate::rulebook::{DISQUALIFIED, Rulebook};
use crate::run::Moves;
use std::fmt::Write as _;

/// The moves since the previous run; stages in which nothing moved are left out.
#[must_use]
pub fn moves(rulebook: &Rulebook, moves: &Moves) -> String {
    let mut table = Table::new(&["since the previous run", "#entered", "#left", "#flapped"]);
    let gone = moves.by_stage.keys().filter(|name| rulebook.stage_named(name).is_none() && *name != DISQUALIFIED);
    let names = rulebook.stages.iter().map(|stage| &stage.name);
    for name in names.chain(gone).map(String::as_str).chain([DISQUALIFIED]) {
        let moved = moves.of(name);
        if moved.n_entered + moved.n_left > 0 {
            table.row([name.to_owned(), grouped(moved.n_entered), grouped(moved.n_left), grouped(moved.n_flapped)]);
        }
    }
    let mut text = if table.is_empty() { String::new() } else { format!("{table}") };
    let (n_new, n_gone) = (grouped(moves.n_new), grouped(moves.n_gone()));
    let _ = writeln!(text, "since the previous run: {n_new} new leads, {n_gone} no longer in the export");
    text
}
