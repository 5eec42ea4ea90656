//! What became of every row and event: rejects, cell issues and the sums that must come out.

use super::amounts::{MarksByField, mixed};
use super::rewritten::is_rounded;
use super::unmet::Unmet;
use crate::input::Assumed;
use crate::rulebook::Rulebook;
use crate::score::TextsSeen;
use crate::value::{Instant, Type};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// What a file is read as. The order is that in which a report lists what could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileRole {
    /// Events of the source of this name.
    Events(String),
    /// The leads.
    Leads,
    /// The table of this name.
    Table(String),
    /// The leads once more, to be scored.
    Scores,
    /// Nothing yet: its header is looked at.
    Headers,
    /// The results of the run before.
    Previous,
}

/// As manifests, reports and metrics write it: `events web`.
impl fmt::Display for FileRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Events(name) => write!(f, "events {name}"),
            Self::Leads => f.write_str("leads"),
            Self::Table(name) => write!(f, "table {name}"),
            Self::Scores => f.write_str("scores"),
            Self::Headers => f.write_str("headers"),
            Self::Previous => f.write_str("previous run"),
        }
    }
}

impl Serialize for FileRole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A row that can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The file, as it was named.
    pub file: PathBuf,
    /// The physical line where the row begins, from 1.
    pub line: u64,
    /// The column that is to blame; empty if it is the whole row.
    pub column: String,
    /// What is wrong with it.
    pub code: RejectCode,
    /// The row as it stands in the file.
    pub raw: String,
}

/// Why a row can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RejectCode {
    /// Fewer or more cells than the header.
    RaggedRow,
    /// Bytes that are no text in the file's encoding.
    Undecodable,
    /// A lead without an id, or a table row without a key.
    EmptyId,
    /// An id or key that an earlier row has.
    RepeatedId,
    /// An event time that can't be read.
    UnreadableTime,
}

impl RejectCode {
    /// The code in `rejects.csv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RaggedRow => "ragged_row",
            Self::Undecodable => "undecodable",
            Self::EmptyId => "empty_id",
            Self::RepeatedId => "repeated_id",
            Self::UnreadableTime => "unreadable_time",
        }
    }

    /// The code in words.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::RaggedRow => "more or fewer cells than the header",
            Self::Undecodable => "bytes that are no text in the file's encoding",
            Self::EmptyId => "no id",
            Self::RepeatedId => "an id that an earlier row has",
            Self::UnreadableTime => "a time that can't be read",
        }
    }
}

/// Cells of one column that their type can't read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellIssues {
    /// The type.
    pub kind: Type,
    /// How many.
    pub n_cells: u64,
    /// The first of them: file, line, column, text.
    pub examples: Vec<IssueExample>,
}

/// A cell that its type can't read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueExample {
    /// The file, as it was named.
    pub file: PathBuf,
    /// The physical line where the row begins, from 1.
    pub line: u64,
    /// The column's header.
    pub column: String,
    /// The cell.
    pub text: String,
}

/// How many examples of cell issues are kept for a field.
pub(super) const MAX_EXAMPLES: usize = 3;

/// Cell issues by what the file is and by field.
pub(crate) type IssuesByField = BTreeMap<(FileRole, String), CellIssues>;

/// What is known of one input file after it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// What it is read as.
    pub role: FileRole,
    /// The file, as it was named.
    pub path: PathBuf,
    /// Encoding, delimiter, compression.
    pub assumed: Assumed,
    /// Data rows, of every kind.
    pub n_rows: u64,
    /// Rows that can't be used.
    pub n_rejects: u64,
    /// Rows of empty cells only.
    pub n_empty: u64,
    /// Rows with fewer cells than the header, whose other cells are taken as empty. They are used.
    pub n_padded: u64,
    /// Rows of an id or key of which a newer row counts.
    pub n_superseded: u64,
    /// Ids or keys that a spreadsheet rounded, if there are some.
    pub rounded: Option<RoundedIds>,
}

/// Ids or keys such as `1.23457E+11`, whose last digits a spreadsheet dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundedIds {
    /// How many rows have one.
    pub n_rows: u64,
    /// The physical line of the first of them, from 1.
    pub line: u64,
    /// The column's header.
    pub column: String,
    /// The first of them.
    pub text: String,
}

impl RoundedIds {
    /// Notes the id of a row, if it is one.
    pub(super) fn note(known: &mut Option<Self>, id: &str, line: impl Fn() -> u64, column: &str) {
        if is_rounded(id) {
            let first = || Self { n_rows: 0, line: line(), column: column.to_owned(), text: id.to_owned() };
            known.get_or_insert_with(first).n_rows += 1;
        }
    }

    /// Adds those of the next block, which begins at a line of the file.
    pub(super) fn add(known: &mut Option<Self>, next: Option<Self>, first_line: u64) {
        let Some(next) = next else { return };
        match known {
            Some(known) => known.n_rows += next.n_rows,
            None => *known = Some(Self { line: first_line + next.line, ..next }),
        }
    }
}

/// What became of the leads' rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadCounts {
    /// All data rows.
    pub n_rows: u64,
    /// Scored leads.
    pub n_scored: u64,
    /// Leads created after `as_of`.
    pub n_later: u64,
    /// Rows of an id of which a newer row counts.
    pub n_superseded: u64,
    /// Rows that can't be used.
    pub n_rejects: u64,
    /// Rows of empty cells only.
    pub n_empty: u64,
}

/// What became of a source's rows and events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventCounts {
    /// All data rows.
    pub n_rows: u64,
    /// Rows that can't be used.
    pub n_rejects: u64,
    /// Rows of empty cells only.
    pub n_empty: u64,
    /// Rows with fewer cells than the header, whose other cells are taken as empty. They are used.
    pub n_padded: u64,
    /// Rows kept.
    pub n_kept: u64,
    /// Events of the rows kept: one a row, save with `from_columns`.
    pub n_events: u64,
    /// Events that count.
    pub n_counted: u64,
    /// Events without a time.
    pub n_undated: u64,
    /// Events of no lead.
    pub n_orphans: u64,
    /// Events after `as_of`, or only of later leads.
    pub n_later: u64,
    /// Events whose id and type an earlier one has.
    pub n_repeats: u64,
    /// Events that a program made, not a lead; of one of several leads, where it is so for all of them.
    pub n_automated: u64,
    /// Events that count for more than one lead.
    pub n_shared: u64,
    /// A name that an event has and no lead, where few events find one or a program rewrote it.
    pub unmet: Option<Unmet>,
    /// The newest event that counts.
    pub newest: Option<Instant>,
    /// Orphans by type; events of no type under the empty text.
    pub orphans_by_type: BTreeMap<String, u64>,
    /// Events that count, by type as first written in its folded form.
    pub counted_by_type: BTreeMap<String, u64>,
    /// Events after `as_of`, or only of later leads, by type as in `counted_by_type`.
    pub later_by_type: BTreeMap<String, u64>,
    /// The earliest and the newest event that counts, by type as in `counted_by_type`.
    pub span_by_type: BTreeMap<String, (Instant, Instant)>,
    /// Events that would count unless automated, of the types that the source's rules for automated events name.
    pub n_suspect: u64,
    /// Those of them whose time is not a whole minute.
    pub n_suspect_to_the_second: u64,
    /// Automated events by the rule, index into [`crate::rulebook::Source::automated`], and by type as in `counted_by_type`.
    pub automated: BTreeMap<(usize, String), u64>,
}

impl EventCounts {
    pub(super) fn add(&mut self, other: &Self) {
        self.n_rows += other.n_rows;
        self.n_rejects += other.n_rejects;
        self.n_empty += other.n_empty;
        self.n_padded += other.n_padded;
        self.n_kept += other.n_kept;
        self.n_events += other.n_events;
        self.n_counted += other.n_counted;
        self.n_undated += other.n_undated;
        self.n_orphans += other.n_orphans;
        self.n_later += other.n_later;
        self.n_repeats += other.n_repeats;
        self.n_automated += other.n_automated;
        self.n_suspect += other.n_suspect;
        self.n_suspect_to_the_second += other.n_suspect_to_the_second;
        self.n_shared += other.n_shared;
        self.newest = self.newest.max(other.newest);
        add_all(&mut self.orphans_by_type, &other.orphans_by_type);
        add_all(&mut self.counted_by_type, &other.counted_by_type);
        add_all(&mut self.later_by_type, &other.later_by_type);
        add_all(&mut self.automated, &other.automated);
        for (name, span) in &other.span_by_type {
            let all = self.span_by_type.entry(name.clone()).or_insert(*span);
            *all = (all.0.min(span.0), all.1.max(span.1));
        }
    }
}

fn add_all<K: Ord + Clone>(to: &mut BTreeMap<K, u64>, from: &BTreeMap<K, u64>) {
    for (name, n) in from {
        match to.get_mut(name) {
            Some(sum) => *sum += n,
            None => drop(to.insert(name.clone(), *n)),
        }
    }
}

/// What became of everything that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// The files, in the order in which they were read.
    pub files: Vec<FileReport>,
    /// The leads.
    pub leads: LeadCounts,
    /// For each source, by index, its events.
    pub sources: Vec<EventCounts>,
    /// For each table, by index, leads whose key no row has.
    pub n_unmatched: Vec<u64>,
    /// Leads that share the value of a field by which events find them.
    pub n_sharing: u64,
    /// Cells that can't be read.
    pub issues: IssuesByField,
    /// The signs and codes of currencies beside numbers, where they were looked at.
    pub marks: MarksByField,
    /// The texts that derived fields of events come to, by source, where they were noted.
    pub event_texts: BTreeMap<usize, TextsSeen>,
    /// Rows that can't be used, in the order in which they were read.
    pub rejects: Vec<Reject>,
}

impl Counts {
    /// Whether a file was read as this.
    #[must_use]
    pub fn has_file(&self, role: &FileRole) -> bool {
        self.files.iter().any(|file| file.role == *role)
    }

    /// The fields whose values are added up although they have several currencies, with their signs and codes.
    #[must_use]
    pub fn mixed_currencies(&self, rulebook: &Rulebook) -> MarksByField {
        mixed(rulebook, &self.marks)
    }

    /// The first sum that does not come out, in words. None is the only acceptable answer before anything is written.
    #[must_use]
    pub fn imbalance(&self) -> Option<String> {
        let leads = &self.leads;
        let n_leads = leads.n_scored + leads.n_later + leads.n_superseded + leads.n_rejects + leads.n_empty;
        if leads.n_rows != n_leads {
            return Some(format!("{} lead rows were read and {n_leads} accounted for", leads.n_rows));
        }
        self.sources.iter().find_map(|source| {
            let n_rows = source.n_rejects + source.n_empty + source.n_kept;
            let n_out = source.n_undated + source.n_orphans + source.n_later + source.n_repeats + source.n_automated;
            let n_events = source.n_counted + n_out;
            (source.n_rows != n_rows || source.n_events != n_events).then(|| {
                let (read, events) = (source.n_rows, source.n_events);
                format!("of {read} event rows {n_rows} and of {events} events {n_events} are accounted for")
            })
        })
    }
}
