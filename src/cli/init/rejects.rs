//! How many rows the draft can't use: counted by reading the files as `score` will, so that the command it prints does not fail.

use crate::cli::load;
use leadscore::Instant;
use leadscore::Looking;
use leadscore::Plan;
use leadscore::Rulebook;
use leadscore::{Counts, FileReport, Inputs, MaxRejects, Options, RunError, Unwatched, Watched, load as load_run};
use std::path::Path;

/// How many rejects of a file must be allowed for the files to be scored; none where the usual number is enough.
pub(super) fn room(
    rulebook: &Rulebook,
    out: &Path,
    as_of: Instant,
    looking: &Looking,
) -> Result<Option<u64>, RunError> {
    let inputs = Inputs::resolve(rulebook, &load::folder_of(out), &Inputs::default())?;
    let options = Options {
        threads: looking.threads,
        delimiter: None,
        encoding: None,
        max_rejects: MaxRejects::Rows(u64::MAX),
        keep: Vec::new(),
        block_bytes: looking.block_bytes,
        batch_rows: 1024,
        previous: None,
        sums: None,
    };
    let loaded = load_run(Plan::new(rulebook, as_of), &inputs, &options, Watched::Nobody, &Unwatched)?;
    Ok(needed(&loaded.counts))
}

/// One number is for all files, so it has to do for those too of which the usual number allows more.
fn needed(counts: &Counts) -> Option<u64> {
    let is_over = |file: &FileReport| file.n_rejects > MaxRejects::Usual.allowed(file.n_rows, file.assumed.is_stream);
    let leads = &counts.leads;
    let has_no_lead = leads.n_rejects > 0 && leads.n_rows == leads.n_rejects + leads.n_empty;
    let is_needed = has_no_lead || counts.files.iter().any(is_over);
    is_needed.then(|| counts.files.iter().map(|file| file.n_rejects).max().unwrap_or(0))
}
