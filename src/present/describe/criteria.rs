//! Criteria as a table: what earns points first, then what only costs them, each with why and how.

use super::{line, prose, worth};
use crate::explain::Side;
use crate::points::Points;
use crate::present::language::{Voice, condition};
use crate::present::{Block, Cell, Column, Line, Tone};
use crate::rulebook::Criterion;

/// The criteria of a dimension, or of a group in it, that are switched on.
pub(super) fn table(voice: Voice<'_>, dimension: usize, group: Option<usize>) -> Option<Block> {
    let ours =
        |criterion: &&Criterion| criterion.enabled && (criterion.dimension, criterion.group) == (dimension, group);
    let mut criteria: Vec<&Criterion> = voice.rulebook.criteria.iter().filter(ours).collect();
    criteria.sort_by_key(|criterion| worth::range(voice, criterion).1 <= Points::ZERO);
    let mut table = prose(&[Column::text("What"), Column::number("Points"), Column::text("How")]);
    table.rows = criteria.into_iter().map(|criterion| row(voice, criterion)).collect();
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

fn row(voice: Voice<'_>, criterion: &Criterion) -> Vec<Cell> {
    let mut what = vec![line(Tone::Strong, criterion.title())];
    what.extend(criterion.note.iter().map(|note| line(Tone::Faint, note.as_str())));
    let mut how: Vec<Line> = worth::lines(voice, criterion).into_iter().map(|said| line(Tone::Plain, said)).collect();
    let only_if = criterion.only_if.as_ref().map(|only_if| condition(voice, only_if, Side::Lead));
    how.extend(only_if.map(|only_if| line(Tone::Plain, format!("only applies if {only_if}"))));
    how.extend(worth::example(voice, criterion).map(|example| line(Tone::Faint, example)));
    vec![Cell::Lines(what), worth::range_cell(voice, criterion), Cell::Lines(how)]
}

/// Those that are kept for another time.
pub(super) fn switched_off(voice: Voice<'_>, dimension: usize) -> Option<String> {
    let ours = |criterion: &&Criterion| !criterion.enabled && criterion.dimension == dimension;
    let titles: Vec<&str> = voice.rulebook.criteria.iter().filter(ours).map(Criterion::title).collect();
    (!titles.is_empty()).then(|| format!("Switched off for now: {}.", titles.join(", ")))
}
