//! What changed since the previous run: who entered and left each stage, and who came back.

use super::lines;
use crate::present::words::{grouped, plural};
use crate::present::{Block, Cell, Table, Text};
use crate::rulebook::{DISQUALIFIED, Rulebook};
use crate::run::Moves;

/// The moves since the previous run; stages in which nothing moved are left out.
pub(super) fn moves(rulebook: &Rulebook, moves: &Moves) -> [Block; 2] {
    let mut table = Table::of_numbers(Text::new(), "since the previous run", &["entered", "left", "flapped"]);
    let gone = moves.by_stage.keys().filter(|name| rulebook.stage_named(name).is_none() && *name != DISQUALIFIED);
    let names = rulebook.stages.iter().map(|stage| &stage.name);
    for name in names.chain(gone).map(String::as_str).chain([DISQUALIFIED]) {
        let moved = moves.of(name);
        if moved.n_entered + moved.n_left > 0 {
            let counts = [moved.n_entered, moved.n_left, moved.n_flapped].map(Cell::Count);
            table.row(std::iter::once(Cell::name(name)).chain(counts));
        }
    }
    let (n_new, n_gone) = (plural(moves.n_new, "new lead"), grouped(moves.n_gone()));
    [Block::Table(table), lines([format!("since the previous run: {n_new}, {n_gone} no longer in the export")])]
}
