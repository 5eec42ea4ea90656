//! Whether a row is the header of the rows below it: column by column, by what sets it apart from them.

use super::grid::{GridCell, GridRow};
use super::kind::Kind;

/// How many rows below a header are compared with it.
const MOST_COMPARED: usize = 60;

/// What speaks for and against a row of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It differs from the rows below as names differ from values.
    Names,
    /// Nothing tells it from them.
    Unclear,
    /// It looks as they do.
    Values,
}

/// Compares a row with those below it.
pub(super) fn verdict(row: &GridRow<'_>, below: &[&GridRow<'_>]) -> Verdict {
    let (mut pro, mut contra, mut contra_weak) = (0, 0, 0);
    for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
        let column: Vec<&GridCell<'_>> = below.iter().take(MOST_COMPARED).filter_map(|row| row.cells.get(at)).collect();
        match vote(cell, &column) {
            Vote::For(weight) => pro += weight,
            Vote::Against => contra += 3,
            Vote::Perhaps => contra_weak += 1,
            Vote::None => {}
        }
    }
    // Names such as 2024 look like values of their columns; one column that says otherwise outweighs them.
    let contra = if pro == 0 { contra + contra_weak } else { contra };
    match pro.cmp(&contra) {
        std::cmp::Ordering::Greater => Verdict::Names,
        std::cmp::Ordering::Less => Verdict::Values,
        std::cmp::Ordering::Equal => Verdict::Unclear,
    }
}

enum Vote {
    For(u32),
    Against,
    /// Against, if nothing speaks for it.
    Perhaps,
    None,
}

/// What a column says about the cell above it.
fn vote(cell: &GridCell<'_>, column: &[&GridCell<'_>]) -> Vote {
    let filled: Vec<&GridCell<'_>> = column.iter().copied().filter(|below| !below.text.is_empty()).collect();
    if filled.is_empty() {
        return Vote::None;
    }
    let most =
        |is: &dyn Fn(&GridCell<'_>) -> bool| filled.iter().filter(|below| is(below)).count() * 5 > filled.len() * 4;
    let is_named = matches!(cell.kind, Kind::Text | Kind::Flag) && cell.text.chars().any(char::is_alphabetic);
    if cell.kind.is_typed() && most(&|below| below.kind == cell.kind) {
        return Vote::Against;
    }
    // *No* may be a name, too: it is short for number.
    if cell.kind.is_typed() && cell.kind != Kind::Flag {
        return Vote::Perhaps;
    }
    if most(&|below| below.kind.is_typed()) || most(&|below| matches!(below.kind, Kind::Integer | Kind::Number)) {
        return match cell.kind {
            Kind::Integer => Vote::Perhaps,
            _ => Vote::For(2),
        };
    }
    if most(&|below| below.kind == Kind::Code) {
        return match cell.kind {
            Kind::Code if most(&|below| shape(below.text) == shape(cell.text)) => Vote::Against,
            _ if is_named && filled.len() >= 2 => Vote::For(2),
            _ => Vote::None,
        };
    }
    among_texts(cell, &filled, is_named)
}

/// What a column of texts says: it goes by what repeats.
fn among_texts(cell: &GridCell<'_>, filled: &[&GridCell<'_>], is_named: bool) -> Vote {
    if filled.iter().any(|below| below.text == cell.text) {
        return Vote::Against;
    }
    let mut distinct: Vec<&str> = filled.iter().map(|below| below.text).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let repeats = filled.len() >= 4 && distinct.len() * 2 <= filled.len();
    let n_chars = filled.iter().map(|below| below.text.chars().count()).sum::<usize>();
    let is_long = n_chars >= filled.len() * 20.max(3 * cell.text.chars().count());
    if is_named && (repeats || is_long) { Vote::For(1) } else { Vote::None }
}

/// Letters and digits by kind, in runs: `00Q5e` is `9A9a`.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for c in text.chars() {
        let class = match c {
            _ if c.is_ascii_digit() => '9',
            _ if c.is_uppercase() => 'A',
            _ if c.is_alphabetic() => 'a',
            _ => c,
        };
        if !shape.ends_with(class) {
            shape.push(class);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::super::grid::rows;
    use super::*;

    fn of(text: &str) -> Verdict {
        let rows = rows(text, true, b',', b";\t|");
        verdict(&rows[0], &rows[1..].iter().collect::<Vec<_>>())
    }

    #[test]
    fn names_differ_from_values() {
        assert_eq!(of("id,mail\n1,a@b.c\n"), Verdict::Names);
        assert_eq!(of("Mail,2023,2024\na@b.c,1,2\n"), Verdict::Names);
        assert_eq!(of("Stage\nNew\nOld\nNew\nOld\n"), Verdict::Names);
        assert_eq!(of("Id\nAB7\nAC12\n"), Verdict::Names);
        assert_eq!(of("Name,City\nAnn,Rome\nBob,Bern\n"), Verdict::Unclear);
        assert_eq!(of("1,a@b.c\n2,b@b.c\n"), Verdict::Values);
        assert_eq!(of("Ann,Rome\nBob,Rome\n"), Verdict::Values);
        assert_eq!(of("A7,Ann\nA8,Bob\n"), Verdict::Values);
    }
}
