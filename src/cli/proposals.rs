//! `diff --propose-tests`: reads the files again for each typical lead that moved, and writes tests of them.

use super::args::DataArgs;
use super::diff::{DiffRun, write};
use super::exit::CommandFailure;
use super::load;
use leadscore::Value;
use leadscore::proposed_tests;
use leadscore::{Fate, Plan, PreviousStage, TrialEvent, TrialLead};
use leadscore::{Mover, propose_tests as propose};
use leadscore::{Presence, ScoredLead, Watched, load as load_run};
use std::path::Path;

/// Writes the tests. `rulebook` is the new rulebook's path.
pub(super) fn write_tests(
    job: &DiffRun<'_>,
    path: &Path,
    rulebook: &Path,
    movers: &[Mover],
    data: &DataArgs,
) -> Result<(), CommandFailure> {
    let changed = &job.comparison.new_source().rulebook;
    let mut tests = Vec::new();
    for mover in movers {
        let lead = lead_of(job, &mover.id, rulebook, data)?;
        let proposal = lead.and_then(|lead| propose(&Plan::new(changed, job.as_of), lead));
        tests.extend(proposal.map(|proposal| (mover, proposal)));
    }
    write(path, &proposed_tests(changed, &beside(path, rulebook), job.as_of, &tests))
}

/// The rulebook's path as the test file names it: relative to the file's folder where both lie in the same.
fn beside(path: &Path, rulebook: &Path) -> String {
    let same = load::folder_of(path) == load::folder_of(rulebook);
    let name = if same { rulebook.file_name().map(Path::new) } else { None };
    let whole = || std::path::absolute(rulebook).unwrap_or_else(|_| rulebook.to_owned());
    name.map_or_else(whole, Path::to_owned).to_string_lossy().into_owned()
}

/// A lead with its values and the events that count, as the new rulebook reads them.
fn lead_of(job: &DiffRun<'_>, id: &str, path: &Path, data: &DataArgs) -> Result<Option<TrialLead>, CommandFailure> {
    let rulebook = &job.comparison.new_source().rulebook;
    let inputs = load::inputs(data, path, rulebook)?;
    let plan = Plan::new(rulebook, job.as_of);
    let mut loaded = load_run(plan, &inputs, &job.options, Watched::Lead(id), job.progress)?;
    let Some(Presence::Scored(number)) = loaded.presence else { return Ok(None) };
    let events = loaded.sightings.of(number).iter().filter(|sighting| sighting.fate == Fate::Counted);
    let events = events.filter_map(|sighting| {
        let (source, kind, time) = (sighting.source, sighting.kind.clone(), sighting.time?);
        Some(TrialEvent { source, kind, time, is_bare: false, id: None, fields: sighting.values.clone() })
    });
    let events = events.collect();
    let mut fields: Vec<(usize, Value<'static>)> = Vec::new();
    let values = |lead: &ScoredLead<'_, '_>| {
        let value = |field| (field, lead.facts.lead.value(field).clone().into_owned());
        // A derived field follows from the others.
        let columns = (0..rulebook.fields.len()).filter(|field| rulebook.fields[*field].spec().is_some());
        columns.map(value).filter(|(_, value)| !value.is_missing()).collect()
    };
    loaded.score(
        &job.options,
        job.progress,
        |part: &mut Vec<(usize, Value<'static>)>, lead| {
            if lead.number == number {
                *part = values(lead);
            }
        },
        |part| fields.extend(part),
    )?;
    Ok(Some(TrialLead { fields, events, before: PreviousStage::default() }))
}
