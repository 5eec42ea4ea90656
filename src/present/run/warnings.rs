//! What someone should look at in the files that were read, though it stops nothing. Manifests have the same words.

use crate::run::FileReport;

/// The files that were read in the encoding named for them and look as if they were UTF-8.
#[must_use]
pub fn encoding_doubts(files: &[FileReport]) -> Vec<String> {
    let tell = |file: &FileReport| {
        format!(
            "{} is read as {}, because you named that encoding, but it looks like UTF-8. If it is, letters such as é are misread; remove the encoding, and leadscore detects it",
            file.path.display(),
            file.assumed.encoding
        )
    };
    files.iter().filter(|file| file.assumed.looks_utf8).map(tell).collect()
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
