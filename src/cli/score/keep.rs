//! `--keep`: which columns of the leads file may stand beside our own.

use super::super::exit::{CommandFailure, Exit};
use leadscore::{Rulebook, SCORED_COLUMNS, handoff_columns};

/// The columns named, each option a row of CSV, as spreadsheets write names that have commas.
pub(super) fn columns(given: &[String]) -> Vec<String> {
    let read = |row: &String| {
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).trim(csv::Trim::All);
        let names: Vec<csv::StringRecord> = reader.from_reader(row.as_bytes()).records().flatten().collect();
        names.iter().flatten().filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    given.iter().flat_map(read).collect()
}

/// A column of `--keep` may not pass for one of our own.
pub(super) fn check(rulebook: &Rulebook, keep: &[String]) -> Result<(), CommandFailure> {
    let ours = |name: &&String| {
        SCORED_COLUMNS.contains(&name.as_str()) || rulebook.dimensions.iter().any(|dimension| dimension.name == **name)
    };
    if let Some(name) = keep.iter().find(ours) {
        return Err(CommandFailure::message(
            Exit::Usage,
            format!("--keep {name}: scored.csv already has a column with this name"),
        ));
    }
    let on_list = handoff_columns(rulebook);
    if let Some(name) = keep.iter().find(|name| on_list.contains(name)) {
        return Err(CommandFailure::message(
            Exit::Usage,
            format!("--keep {name}: handoff.csv already has a column with this name"),
        ));
    }
    let is_again = |(at, name): &(usize, &String)| keep[..*at].contains(name);
    match keep.iter().enumerate().find(is_again) {
        Some((_, name)) => {
            Err(CommandFailure::message(Exit::Usage, format!("--keep {name}: you named this column twice")))
        }
        None => Ok(()),
    }
}
