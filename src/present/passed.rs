//! Rows that are passed over, in words: how many, and the first and the last of them as they stand in the file.

use super::words::plural;
use crate::input::Passed;

/// Where rows are passed over, in words.
pub(crate) const ABOVE: &str = "above the header";
const BELOW: &str = "below the data";

/// A line for each side of a table on which rows are passed over.
pub(crate) fn passed_over(above: &Passed, below: &Passed) -> Vec<String> {
    let sides = [(above, ABOVE), (below, BELOW)];
    let told = sides.into_iter().filter(|(passed, _)| passed.n_rows > 0);
    told.map(|(passed, side)| format!("not read: {}", rows_passed(passed, side))).collect()
}

/// 2 rows above the header: `Report` to `Made by Ann`.
#[must_use]
pub fn rows_passed(passed: &Passed, side: &str) -> String {
    format!("{} {side}: {}", plural(passed.n_rows, "row"), first_and_last(passed))
}

/// The first and the last of rows that are passed over.
pub(crate) fn first_and_last(passed: &Passed) -> String {
    match passed.n_rows {
        0 => "blank ones".to_owned(),
        1 => format!("`{}`", passed.first),
        _ => format!("`{}` to `{}`", passed.first, passed.last),
    }
}
