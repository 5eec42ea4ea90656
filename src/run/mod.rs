//! A run: tables → who the leads are → events tallied → leads scored, each step over files, the middle pure.
//!
//! [`load`] reads everything but the scores; [`Loaded::score`] reads the leads once more and scores them. Commands differ in
//! what they do with a scored lead; none of them reads a file of its own.

mod amounts;
mod batch;
mod block_map;
mod cards;
mod columns;
mod counts;
mod desk;
mod error;
mod events;
mod evidence;
mod guard;
mod headers;
mod id_table;
mod index;
mod inputs;
mod issues;
mod judge;
mod kinds;
mod late;
mod lead_row;
mod leads;
mod moves;
mod previous;
mod rewritten;
mod rows;
mod shared;
mod sight;
mod source;
mod stream;
mod tables;
mod unmet;
mod waiting;

pub(crate) use amounts::{AmountField, MarksByField};
pub use cards::ScoredLead;
pub(crate) use columns::{ColumnProblem, which_one};
pub(crate) use counts::{CellIssues, IssuesByField, RejectCode, RoundedIds};
pub use counts::{Counts, EventCounts, FileReport, FileRole, Reject};
pub use error::RunError;
pub use evidence::{Presence, SupersededRow, Watched};
pub(crate) use evidence::{Sighting, Sightings};
pub use guard::{Alarm, WhyNone, alarms};
pub(crate) use headers::{FileOf, HeaderProblem, HeadersSeen, SeveralColumns, columns_of, look_at_headers};
pub use inputs::{Inputs, expand};
pub use moves::Moves;
pub use previous::exported_results;
pub(crate) use previous::{PreviousResult, PreviousRun, result_hash};
pub(crate) use rewritten::Rewritten;
pub use shared::SharedKeys;
pub(crate) use unmet::{NameInEvent, Unmet};

use crate::digest::SumBy;
use crate::score::identity::Identity;
use crate::score::{Board, LateChanges, Plan, Tallies};
use block_map::BlockMap;
use evidence::Watching;
use leads::FirstLeads;
use previous::Previous;
use rows::Reader;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use tables::TableRows;

/// How a run reads its files.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many threads work.
    pub threads: usize,
    /// A delimiter for all files, in place of the recognised one.
    pub delimiter: Option<u8>,
    /// An encoding for all files, in place of the recognised one.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// How many rejects a file may have.
    pub max_rejects: MaxRejects,
    /// Columns of the leads file that are handed through.
    pub keep: Vec<String>,
    /// About how many bytes a block has; it changes no result.
    pub block_bytes: usize,
    /// How many rows are worked on together; it changes no result.
    pub batch_rows: usize,
    /// The folder of an earlier run.
    pub previous: Option<PathBuf>,
    /// What the sums of the files are taken by, if they are.
    pub sums: Option<SumBy>,
}

/// How many of a file's rows may be rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaxRejects {
    /// One percent or ten rows, whichever is more; of what is no regular file none.
    Usual,
    /// So many rows.
    Rows(u64),
    /// So many millionths of the file's rows.
    Share(u64),
}

impl MaxRejects {
    /// How many of so many rows. A pipe in which one row is bad may have others that only look good: what a program says beside
    /// its rows tears some of them. So none is allowed there, unless somebody says how many.
    #[must_use]
    pub fn allowed(self, n_rows: u64, is_stream: bool) -> u64 {
        match self {
            Self::Usual if is_stream => 0,
            Self::Usual => (n_rows / 100).max(10),
            Self::Rows(n) => n,
            Self::Share(millionths) => {
                u64::try_from(u128::from(n_rows) * u128::from(millionths) / 1_000_000).unwrap_or(u64::MAX)
            }
        }
    }
}

/// Someone who is told how a run gets on.
pub trait Watch: Sync {
    /// A file is about to be read: what it is, its path, its size in bytes (0 if not known).
    fn file(&self, role: &FileRole, path: &std::path::Path, n_bytes: u64);
    /// So many bytes of that file have been read.
    fn bytes(&self, n_bytes: u64);
}

/// Nobody watches.
pub struct Unwatched;

impl Watch for Unwatched {
    fn file(&self, _: &FileRole, _: &std::path::Path, _: u64) {}
    fn bytes(&self, _: u64) {}
}

/// Everything read but the scores.
pub struct Loaded<'r> {
    /// The rulebook and the instant.
    pub plan: Plan<'r>,
    /// What became of every row and event so far.
    pub counts: Counts,
    /// The events of the watched leads.
    pub sightings: Sightings,
    /// What became of the watched lead, if there is one.
    pub presence: Option<Presence>,
    /// The superseded rows of the watched lead's own id.
    pub superseded: Vec<SupersededRow>,
    /// The leads that share what events name them by; their ids are known once the leads are scored.
    pub shared: SharedKeys,
    tables: Vec<TableRows>,
    tallies: Tallies,
    lead_paths: Vec<PathBuf>,
    maps: Vec<Vec<BlockMap>>,
    /// Ids that a lead had before and that are now another lead's, ascending.
    reused_ids: Vec<Identity>,
    previous: Option<Previous>,
}

impl Loaded<'_> {
    /// What the previous run came to, if there is one.
    #[must_use]
    pub fn previous_run(&self) -> Option<&PreviousRun> {
        self.previous.as_ref().map(|previous| &previous.run)
    }
}

/// Leads are read twice, first to know who they are; what can be read once only would look empty the second time.
fn check_readable_twice(path: &std::path::Path) -> Result<(), RunError> {
    let is_once = std::fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
    if is_once {
        let why =
            "leadscore reads leads twice, but can read a pipe or device only once; save the leads to a file and name that file".to_owned();
        return Err(crate::input::InputError::Refused { path: path.to_owned(), line: None, why }.into());
    }
    Ok(())
}

/// Reads tables, leads and events. `watched` says whose events are noted for an explanation.
///
/// # Errors
/// When a file can't be used.
pub fn load<'r>(
    plan: Plan<'r>,
    inputs: &Inputs,
    options: &Options,
    watched: Watched<'_>,
    watch: &dyn Watch,
) -> Result<Loaded<'r>, RunError> {
    inputs.leads.iter().try_for_each(|path| check_readable_twice(path))?;
    let rulebook = plan.rulebook;
    let reader = Reader::new(options, watch);
    let mut counts = Counts { sources: vec![EventCounts::default(); rulebook.sources.len()], ..Counts::default() };
    // What a run compares with is kept beside its results, with its sum, whatever was said of the inputs.
    let summing = Options { sums: Some(SumBy::Sha256), ..options.clone() };
    let before = Reader::new(&summing, watch);
    let previous = options.previous.as_deref().map(|folder| Previous::read(folder, &plan, &before)).transpose()?;
    let mut tables = Vec::new();
    for (index, paths) in inputs.tables.iter().enumerate() {
        tables.push(tables::read(&plan, index, paths, &reader, &mut counts)?);
    }
    let watched_id = match watched {
        Watched::Lead(id) => Some(crate::score::identity::identity(id.trim(), rulebook.ids, false)),
        Watched::Nobody | Watched::Texts | Watched::Everyone => None,
    };
    let first = leads::read_index(&plan, &tables, &inputs.leads, &reader, &mut counts, watched_id)?;
    let FirstLeads { mut index, maps, reused_ids, superseded, names } = first;
    let board = Board::new(&plan, index.len());
    let presence = watched_id.map(|id| index.presence(id));
    let watching = match (watched, presence) {
        (Watched::Everyone, _) => Watching::Everyone,
        (_, Some(Presence::Scored(lead))) => Watching::One(lead),
        _ => Watching::Nobody,
    };
    let ways = lead_row::ways(rulebook);
    let mut sightings = Vec::new();
    let late = Mutex::new(LateChanges::default());
    let tallying = events::Tallying {
        plan: &plan,
        index: &index,
        board: &board,
        late: &late,
        ways: &ways,
        batch_rows: options.batch_rows.max(1),
        watching,
        notes_texts: matches!(watched, Watched::Texts),
        names: &names,
    };
    for (source, paths) in inputs.sources.iter().enumerate() {
        events::read(&tallying, source, paths, &reader, &mut counts, &mut sightings)?;
    }
    let is_late = plan.has_late_returns();
    let mut loaded = Loaded {
        plan,
        counts,
        sightings: Sightings::default(),
        presence,
        superseded,
        shared: SharedKeys::default(),
        tables,
        tallies: if is_late { board.paused() } else { board.close() },
        lead_paths: inputs.leads.clone(),
        maps,
        reused_ids,
        previous,
    };
    if is_late {
        let late = late.into_inner().unwrap_or_else(PoisonError::into_inner);
        late::settle(&mut loaded, &mut index, late, &mut sightings, options)?;
    }
    loaded.sightings = Sightings::new(sightings);
    loaded.shared = SharedKeys::new(index, &ways);
    Ok(loaded)
}
