//! About how wide a table is on paper, so that a page of two columns gives it one or both. A guess by kinds of letters is enough: a
//! browser breaks names and heads into lines where it is wrong.

use crate::present::cell::Cell;
use crate::present::markdown::spoken;
use crate::present::table::Table;

/// Half a printed page, in hundredths of a letter's height.
const HALF_PAGE: usize = 2_800;
/// Between two columns of a table.
const GAP: usize = 63;
/// Names wider than this are broken into lines.
const LONG_NAME: usize = 1_050;

/// Whether it fits one of two columns of a printed page.
pub(super) fn fits_half(table: &Table) -> bool {
    let column = |(at, column): (usize, &crate::present::table::Column)| {
        let head = spoken(&column.head).split(' ').map(|word| wide(word) * 109 / 100).max().unwrap_or(0);
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        let widest = cells.map(cell).max().unwrap_or(0);
        head.max(if column.is_number { widest } else { widest.min(LONG_NAME) }) + GAP
    };
    table.columns.iter().enumerate().map(column).sum::<usize>() <= HALF_PAGE + GAP
}

fn cell(cell: &Cell) -> usize {
    match cell {
        Cell::Said(text) => wide(&spoken(text)),
        other => wide(&other.words()),
    }
}

/// A text in one line, in hundredths of a letter's height.
fn wide(text: &str) -> usize {
    let letter = |c: char| match c {
        ' ' | ',' | '.' | ':' | ';' | '\'' | '|' | 'i' | 'j' | 'l' | 'f' | 't' | 'I' | '(' | ')' | '-' => 29,
        '%' | '→' | '…' | 'm' | 'w' | 'M' | 'W' => 88,
        c if c.is_ascii_uppercase() => 70,
        _ => 55,
    };
    text.chars().map(letter).sum()
}
