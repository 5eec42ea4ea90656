//! Criteria as a table: what earns points first, then what only costs them, each with why and how.

use super::document::{Block, Cell, Table, Tone};
use super::worth;
use crate::explain::words::{Side, Voice, condition};
use crate::points::Points;
use crate::rulebook::Criterion;

/// The criteria of a dimension, or of a group in it, that are switched on.
pub(super) fn table(voice: Voice<'_, '_>, dimension: usize, group: Option<usize>) -> Option<Block> {
    let ours =
        |criterion: &&Criterion| criterion.enabled && (criterion.dimension, criterion.group) == (dimension, group);
    let mut criteria: Vec<&Criterion> = voice.rulebook.criteria.iter().filter(ours).collect();
    criteria.sort_by_key(|criterion| worth::range(voice, criterion).1 <= Points::ZERO);
    let mut table = Table::new(&["What", "Points", "How"]);
    table.rows = criteria.into_iter().map(|criterion| row(voice, criterion)).collect();
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

fn row(voice: Voice<'_, '_>, criterion: &Criterion) -> Vec<Cell> {
    let mut what = vec![(Tone::Strong, criterion.title().to_owned())];
    what.extend(criterion.note.iter().map(|note| (Tone::Faint, note.clone())));
    let mut how: Cell = worth::lines(voice, criterion).into_iter().map(|line| (Tone::Plain, line)).collect();
    let only_if = criterion.only_if.as_ref().map(|only_if| condition(voice, only_if, Side::Lead));
    how.extend(only_if.map(|only_if| (Tone::Plain, format!("asked only if {only_if}"))));
    how.extend(worth::example(voice, criterion).map(|example| (Tone::Faint, example)));
    vec![what, vec![(Tone::Number, worth::range_in_words(voice, criterion))], how]
}

/// Those that are kept for another time.
pub(super) fn switched_off(voice: Voice<'_, '_>, dimension: usize) -> Option<String> {
    let ours = |criterion: &&Criterion| !criterion.enabled && criterion.dimension == dimension;
    let titles: Vec<&str> = voice.rulebook.criteria.iter().filter(ours).map(Criterion::title).collect();
    (!titles.is_empty()).then(|| format!("Switched off for now: {}.", titles.join(", ")))
}
