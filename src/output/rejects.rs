//! `rejects.csv`: every row that could not be used, with its place, why, and the row itself.

use crate::run::Reject;
use std::io::{self, Write};

/// Writes the rejects.
///
/// # Errors
/// When `to` can't be written.
pub fn write_rejects(to: impl Write, rejects: &[Reject]) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().from_writer(to);
    csv.write_record(["file", "line", "column", "code", "raw"])?;
    for reject in rejects {
        let file = reject.file.display().to_string();
        csv.write_record([file.as_str(), &reject.line.to_string(), &reject.column, reject.code.name(), &reject.raw])?;
    }
    csv.flush()
}
