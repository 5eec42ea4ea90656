//! `rejects.csv`: every row that could not be used, with its place, why, and the row itself.

use super::sheet::{Dialect, Sheet};
use crate::run::Reject;
use std::io::{self, Write};

/// How many rejects are turned into text at once.
const AT_ONCE: usize = 4096;

/// Writes the rejects; how many cells begin like a formula.
///
/// # Errors
/// When `to` can't be written.
pub fn write_rejects(to: &mut dyn Write, rejects: &[Reject], dialect: Dialect) -> io::Result<u64> {
    to.write_all(&Sheet::header(dialect, ["file", "line", "column", "code", "raw"]))?;
    let mut n_formulas = 0;
    for some in rejects.chunks(AT_ONCE) {
        let mut sheet = Sheet::new(dialect);
        for reject in some {
            let file = reject.file.display().to_string();
            let line = reject.line.to_string();
            sheet.row([file.as_str(), &line, &reject.column, reject.code.name(), &reject.raw]);
        }
        n_formulas += sheet.n_formulas();
        to.write_all(&sheet.into_bytes())?;
    }
    Ok(n_formulas)
}
