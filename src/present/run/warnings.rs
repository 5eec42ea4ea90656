//! What someone should look at in the files that were read, though it stops nothing. Manifests have the same words.

use super::super::doubt::encoding_doubt;
use crate::run::FileReport;

/// The files whose encoding may be wrong, with the reason.
#[must_use]
pub fn encoding_doubts(files: &[FileReport]) -> Vec<String> {
    files.iter().filter_map(|file| encoding_doubt(&file.path, &file.assumed)).collect()
}

/// The files of which `skip_last` leaves out a row that looks like one of the table.
#[must_use]
pub fn dropped_rows(files: &[FileReport]) -> Vec<String> {
    let tell = |file: &FileReport| {
        let (line, row) = file.assumed.below.like_data.as_ref()?;
        let (path, n_lines) = (file.path.display(), file.assumed.below.n_lines);
        Some(format!(
            "{path}:{line}: `skip_last: {n_lines}` leaves out a row that looks like data: `{row}`; \
             to keep it, write `skip_last: auto` or a smaller number"
        ))
    };
    files.iter().filter_map(tell).collect()
}
