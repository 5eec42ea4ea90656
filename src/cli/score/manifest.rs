//! The manifest of a run, and what an earlier one says of the folder that stands there.

use super::super::exit::{CommandFailure, Exit};
use super::super::place::{OutFolder, cannot_write};
use super::super::staged::Staged;
use super::files::FIRST_FILES;
use super::twins::REJECTS;
use super::work::Scored;
use super::{FAILED, MANIFEST, ScoreArgs};
use leadscore::{FileSum, SumBy};
use leadscore::{Manifest, ManifestFile, Ran, manifest_json as manifest, read_manifest};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

/// The files of a folder that a run may replace: those that its manifest lists.
pub(crate) fn ours(folder: &Path) -> BTreeSet<String> {
    let listed = match earlier(folder) {
        Some(earlier) => earlier.outputs.into_iter().map(|file| file.path).collect(),
        None => FIRST_FILES.map(str::to_owned).to_vec(),
    };
    listed.into_iter().chain([MANIFEST, FAILED].map(str::to_owned)).collect()
}

/// The manifest of the folder that stands there.
fn earlier(folder: &Path) -> Option<Manifest> {
    std::fs::read_to_string(folder.join(MANIFEST)).ok().and_then(|text| read_manifest(&text))
}

/// Refuses a folder in whose `rejects/` someone has mended rows: they would be gone with it.
pub(super) fn check_unmended(place: &OutFolder) -> Result<(), CommandFailure> {
    let files = earlier(&place.folder).map(|earlier| earlier.outputs).unwrap_or_default();
    let is_mended = |file: &&ManifestFile| {
        let is_twin = file.path.starts_with(REJECTS);
        is_twin
            && std::fs::read(place.folder.join(&file.path))
                .is_ok_and(|bytes| Some(FileSum::of(&bytes).hex()) != file.sha256)
    };
    let Some(file) = files.iter().find(is_mended) else { return Ok(()) };
    let (path, out) = (place.named.join(&file.path), place.named.display());
    let message = format!(
        "somebody changed {} since leadscore wrote it, but the run replaces the whole folder; move it out of {out}, and if you corrected its rows, name it with --leads or --events",
        path.display()
    );
    Err(CommandFailure::message(Exit::Output, message))
}

/// Writes the manifest into the staged folder.
pub(super) fn write(
    args: &ScoreArgs,
    scored: &Scored<'_>,
    warnings: &[String],
    staged: &Staged,
) -> Result<(), CommandFailure> {
    let outputs: Vec<(String, FileSum)> = scored.written.iter().map(|file| (file.name.clone(), file.sum)).collect();
    let text = manifest(&Ran {
        arguments: arguments(args, scored),
        rulebook_path: args.rulebook.clone(),
        rulebook_files: scored.rulebook_files.clone(),
        rulebook: scored.loaded.plan.rulebook,
        as_of: scored.loaded.plan.as_of,
        counts: &scored.loaded.counts,
        totals: &scored.totals,
        accounts: scored.report.accounts.as_ref(),
        previous: scored.loaded.previous_run().map(|run| (run, &scored.moves)),
        n_formulas: scored.n_formulas,
        warnings,
        outputs: &outputs,
    });
    let write = || {
        let mut file = staged.create(MANIFEST)?;
        file.write_all(text.as_bytes())?;
        file.finish()
    };
    write().map(drop).map_err(|error| cannot_write(&args.out, &error))
}

/// The arguments that bring about the same run, whatever files a glob matches by then and whatever the clock says.
fn arguments(args: &ScoreArgs, scored: &Scored<'_>) -> Vec<String> {
    let (rulebook, inputs) = (scored.loaded.plan.rulebook, &scored.inputs);
    let mut all = vec![args.rulebook.display().to_string()];
    let mut option = |name: &str, value: String| all.push(format!("{name}={value}"));
    for path in &inputs.leads {
        option("--leads", path.display().to_string());
    }
    let tables = rulebook.tables.iter().map(|table| ("--table", &table.name)).zip(&inputs.tables);
    let sources = rulebook.sources.iter().map(|source| ("--events", &source.name)).zip(&inputs.sources);
    for ((name, what), paths) in tables.chain(sources) {
        for path in paths {
            option(name, format!("{what}={}", path.display()));
        }
    }
    option("--as-of", scored.loaded.plan.as_of.to_string());
    let data = &args.data;
    let texts =
        [("--delimiter", &data.delimiter), ("--encoding", &data.encoding), ("--max-rejects", &data.max_rejects)];
    for (name, value) in texts {
        if let Some(value) = value {
            option(name, value.clone());
        }
    }
    for column in &args.keep {
        option("--keep", column.clone());
    }
    if let (Some(folder), Some(_)) = (&data.previous, scored.loaded.previous_run()) {
        option("--previous", folder.display().to_string());
    }
    if args.sums() != Some(SumBy::Blake3) {
        option("--input-sums", args.sums().map_or("none", SumBy::name).to_owned());
    }
    all.extend(args.excel.then(|| "--excel".to_owned()));
    all
}
