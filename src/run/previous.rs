//! The result of an earlier run, as far as the next one looks at it: each lead's total, stage, step and what was exported.

mod due;

use super::columns::HeaderSearch;
use super::counts::FileRole;
use super::error::RunError;
use super::rows::{Opened, Reader};
use crate::diagnostic::Span;
use crate::digest::FileSum;
use crate::points::Points;
use crate::rulebook::{Column, ExportColumn, FileSettings, Rulebook};
use crate::score::identity::{Identity, identity};
use crate::score::{Plan, PreviousStage, Step};
use crate::value::{Instant, Number, SkipLast};
use foldhash::HashMap;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

/// What an earlier run said of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviousResult {
    /// Its total.
    pub total: Points,
    /// Its stage, by name; possibly one that the rulebook no longer has, or `Disqualified`.
    pub stage: String,
    /// The stage's index in the present rulebook, if it has it.
    pub stage_index: Option<usize>,
    /// Its stage in the run before that one, if that one knew of an earlier run.
    pub stage_before: Option<Box<str>>,
    /// Its step.
    pub step: Option<Step>,
    /// In which pass through the stages it was, counted from 1; none if that run doesn't say.
    pub passes: Option<u64>,
    /// The [`result_hash`] of the cells that are exported; none if that run lacks one of the columns.
    pub results: Option<u64>,
    /// By when it was due, if it was handed over and that was asked for.
    pub due: Option<Instant>,
}

impl PreviousResult {
    /// Whether it had this step in the pass that the lead is in now. Where that run doesn't say which pass it was, it was this one.
    #[must_use]
    pub fn had_step(&self, step: Step, passes_now: u64) -> bool {
        self.step == Some(step) && self.passes.is_none_or(|passes| passes == passes_now)
    }

    /// As far as it serves to keep a stage.
    #[must_use]
    pub fn kept(&self) -> PreviousStage {
        PreviousStage { stage: self.stage_index, passes: self.passes }
    }
}

/// What an earlier run came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviousRun {
    /// Its `scored.csv`.
    pub path: PathBuf,
    /// The sum of that file, if sums were asked for.
    pub sum: Option<FileSum>,
    /// How many leads it has.
    pub n_leads: u64,
    /// Leads by the name of their stage.
    pub by_stage: BTreeMap<String, u64>,
    /// Its `handoff.csv` with its sum, if it says by when leads are due and that was asked for.
    pub handoff: Option<(PathBuf, FileSum)>,
}

/// The results of an earlier run, by lead.
#[derive(Debug)]
pub(super) struct Previous {
    by_id: HashMap<Identity, PreviousResult>,
    pub run: PreviousRun,
}

/// The columns of `scored.csv` that are exported and say something of this run: those by which a lead has changed or not.
#[must_use]
pub fn exported_results(rulebook: &Rulebook) -> Vec<&str> {
    let about_others = ["as_of", "previous_total", "previous_stage", "changed"];
    let columns = rulebook.export.iter().flat_map(|export| &export.columns);
    let names = columns.filter_map(|(_, column)| match column {
        ExportColumn::Scored(name) if !about_others.contains(&name.as_str()) => Some(name.as_str()),
        _ => None,
    });
    names.collect()
}

/// A number that tells one row of exported cells from another.
#[must_use]
pub(crate) fn result_hash<'c>(cells: impl Iterator<Item = &'c str>) -> u64 {
    let mut hash = Xxh3::new();
    for cell in cells {
        hash.update(&(cell.len() as u64).to_le_bytes());
        hash.update(cell.as_bytes());
    }
    hash.digest()
}

/// Where a `scored.csv` has what.
struct PreviousColumns {
    id: usize,
    total: usize,
    stage: usize,
    stage_before: Option<usize>,
    step: Option<usize>,
    passes: Option<usize>,
    /// All of the exported ones, or none.
    results: Option<Vec<usize>>,
}

/// A row, before its lead is known.
struct PreviousRow {
    id: String,
    line: u64,
    total: Option<Points>,
    stage: String,
    stage_before: Option<Box<str>>,
    step: Option<Step>,
    passes: Option<u64>,
    results: Option<u64>,
}

impl Previous {
    pub(super) fn of(&self, id: Identity) -> Option<&PreviousResult> {
        self.by_id.get(&id)
    }

    /// Reads `scored.csv` of a folder and, if a hand-off list is written that says by when leads are due, its `handoff.csv`.
    pub(super) fn read(folder: &Path, plan: &Plan<'_>, reader: &Reader<'_>) -> Result<Self, RunError> {
        let rulebook = plan.rulebook;
        let mut previous = Self::read_scored(folder, rulebook, reader)?;
        if plan.hands_off && rulebook.funnel.as_ref().is_some_and(|funnel| !funnel.slas.is_empty()) {
            previous.read_due(folder, rulebook, reader)?;
        }
        Ok(previous)
    }

    fn read_scored(folder: &Path, rulebook: &Rulebook, reader: &Reader<'_>) -> Result<Self, RunError> {
        let path = folder.join("scored.csv");
        let opened =
            reader.open(&FileRole::Previous, &path, &our_csv(), |path, names| columns(rulebook, path, names))?;
        let is_guarded = is_guarded(&opened);
        let run = PreviousRun { path, sum: None, n_leads: 0, by_stage: BTreeMap::new(), handoff: None };
        let mut previous = Self { by_id: HashMap::default(), run };
        let mut bad: Option<u64> = None;
        let assumed = reader.read(
            opened,
            |columns, block| {
                let mut rows = Vec::new();
                while let Some(record) = block.next_record() {
                    rows.push(
                        columns.row(&|column| unguarded(record.cell(column).into_owned(), is_guarded), record.line()),
                    );
                }
                rows
            },
            |place, rows| {
                for row in rows {
                    let line = place.first_line + row.line;
                    if previous.add(row, rulebook).is_none() {
                        bad = bad.or(Some(line));
                    }
                }
            },
        )?;
        previous.run.sum = assumed.sum;
        match bad {
            None => Ok(previous),
            Some(line) => Err(unreadable(previous.run.path, line)),
        }
    }

    /// None if the row can't be read.
    fn add(&mut self, row: PreviousRow, rulebook: &Rulebook) -> Option<()> {
        let PreviousRow { id, total, stage, stage_before, step, passes, results, .. } = row;
        self.run.n_leads += 1;
        match self.run.by_stage.get_mut(&stage) {
            Some(n) => *n += 1,
            None => drop(self.run.by_stage.insert(stage.clone(), 1)),
        }
        let stage_index = rulebook.stage_named(&stage);
        let result =
            PreviousResult { total: total?, stage, stage_index, stage_before, step, passes, results, due: None };
        self.by_id.insert(identity(&id, rulebook.ids, false), result);
        Some(())
    }
}

fn columns(rulebook: &Rulebook, path: &Path, names: &[String]) -> Result<PreviousColumns, RunError> {
    let mut header = HeaderSearch::new(path, names);
    let mut column = |name: &str| header.required(&Column::named(name, Span::default()));
    let [id, total, stage] = ["lead_id", "total", "stage"].map(&mut column);
    header.finish()?;
    let at = |name: &str| names.iter().position(|known| known == name);
    let results = exported_results(rulebook).into_iter().map(at).collect();
    Ok(PreviousColumns {
        id,
        total,
        stage,
        stage_before: at("previous_stage"),
        step: at("step"),
        passes: at("passes"),
        results,
    })
}

impl PreviousColumns {
    fn row(&self, cell: &dyn Fn(usize) -> String, line: u64) -> PreviousRow {
        let step = self.step.map(cell).unwrap_or_default();
        let cells = |columns: &Vec<usize>| columns.iter().map(|column| cell(*column)).collect::<Vec<_>>();
        PreviousRow {
            id: cell(self.id),
            line,
            total: points(&cell(self.total)),
            stage: cell(self.stage),
            stage_before: self.stage_before.map(cell).filter(|stage| !stage.is_empty()).map(String::into_boxed_str),
            passes: self.passes.and_then(|column| cell(column).parse().ok()),
            step: [Step::HandOver, Step::Recycle].into_iter().find(|known| known.name() == step),
            results: self.results.as_ref().map(cells).map(|cells| result_hash(cells.iter().map(String::as_str))),
        }
    }
}

/// How files of ours are written.
fn our_csv() -> FileSettings {
    FileSettings {
        encoding: Some(encoding_rs::UTF_8),
        delimiter: Some(b','),
        skip_first: Some(0),
        skip_last: SkipLast::Lines(0),
        ..FileSettings::default()
    }
}

/// Whether a file was written for spreadsheets: only their dialect has a byte order mark.
fn is_guarded<B>(opened: &Opened<B>) -> bool {
    opened.assumed().encoding == "UTF-8 with BOM"
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn unguarded(cell: String, is_guarded: bool) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if is_guarded && rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest.to_owned(),
        _ => cell,
    }
}

fn unreadable(path: PathBuf, line: u64) -> RunError {
    let message = format!("line {line}: the total can't be read; this is not a scored.csv of leadscore");
    RunError::Previous { path, message }
}

/// A total as `scored.csv` prints it.
fn points(text: &str) -> Option<Points> {
    let micros = Number::parse_literal(text).ok()?.micros();
    (micros % 10_000 == 0).then(|| Points::from_hundredths(micros / 10_000))
}
