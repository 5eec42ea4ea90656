//! `rejects/`: for each file with rows that can't be used, those rows in the file's own encoding, delimiter and header, ready to
//! be mended and fed in again.

use super::super::exit::CommandFailure;
use super::super::place::cannot_write;
use super::super::staged::{CompleteFile, Staged};
use leadscore::copy_lines;
use leadscore::{Counts, FileReport, Reject, RunError};
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

/// The folder of the twins, within that of the results.
pub(super) const REJECTS: &str = "rejects/";

/// Writes the twins.
pub(super) fn write(counts: &Counts, staged: &Staged, out: &Path) -> Result<Vec<CompleteFile>, CommandFailure> {
    let mut names = BTreeSet::new();
    let mut written = Vec::new();
    // What can be read only once can't be looked up again; `rejects.csv` has its rows all the same.
    let files = counts.files.iter().filter(|file| file.n_rejects > 0 && file.path.is_file());
    for report in files {
        let name = format!("{REJECTS}{}", free_name(&report.path, &mut names));
        let cannot = |error| cannot_write(out, &error);
        let mut file = staged.create(&name).map_err(cannot)?;
        let lines = lines(report, &counts.rejects);
        let copied = copy_lines(&report.path, report.assumed.encoding, &lines, report.assumed.below.n_lines, &mut file);
        copied.map_err(RunError::from)?.map_err(cannot)?;
        written.push(file.finish().map_err(cannot)?);
    }
    Ok(written)
}

/// The lines before the data, then those of the rejected rows.
fn lines(report: &FileReport, rejects: &[Reject]) -> Vec<Range<u64>> {
    let own = rejects.iter().filter(|reject| reject.file == report.path);
    let mut rows: Vec<Range<u64>> = own.map(|reject| reject.line..reject.line + n_lines(&reject.raw)).collect();
    rows.sort_by_key(|rows| rows.start);
    rows.dedup();
    std::iter::once(1..report.assumed.data_line).chain(rows).collect()
}

/// How many physical lines a row has.
fn n_lines(raw: &str) -> u64 {
    let ends = raw.matches('\n').count() + raw.matches('\r').count() - raw.matches("\r\n").count();
    ends as u64 + 1
}

/// The file's name, with a number if another folder has a file of that name; twins are not compressed.
fn free_name(path: &Path, taken: &mut BTreeSet<String>) -> String {
    let name = path.file_name().map_or_else(|| "rows.csv".to_owned(), |name| name.to_string_lossy().into_owned());
    let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(&name);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "csv"));
    let numbered = (2..).map(|n| format!("{stem}-{n}.{extension}"));
    let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
    // Folders may not tell upper case from lower.
    let free = candidates.find(|name| taken.insert(name.to_lowercase()));
    free.expect("there is always a further number")
}
