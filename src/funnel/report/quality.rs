//! What is wrong with, or missing from, the data, and which missing field to ask for next.

use super::Figure;
use serde::Serialize;

/// What is wrong with, or missing from, the data. No cell's text stands here.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quality {
    /// The files, in the order in which they were read.
    pub files: Vec<File>,
    /// Leads created after `as_of`: not scored.
    pub n_later_leads: u64,
    /// Every field of a lead, in order of declaration.
    pub fields: Vec<Field>,
    /// Cells that their type can't read, by field.
    pub issues: Vec<CellIssue>,
    /// Fields whose values are added up although they have several currencies.
    pub mixed_currencies: Vec<MixedCurrencies>,
    /// For each event source.
    pub sources: Vec<SourceEvents>,
    /// Automated events, by source, rule and type.
    pub automated: Vec<AutomatedEvents>,
    /// Events of no known lead, by source and type, the most first; at most 50.
    pub orphans: Vec<Orphans>,
    /// For each table: its name, and leads whose key no row of it has.
    pub unmatched: Vec<(String, u64)>,
    /// Rejected rows by what is wrong with them.
    pub rejects: Vec<RejectCount>,
    /// What to ask leads next.
    pub questions: NextQuestions,
}

/// One input file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct File {
    /// `leads`, `table accounts`, `events web`.
    pub role: String,
    /// Its name, without its folder.
    pub name: String,
    /// Data rows, of every kind.
    pub n_rows: u64,
    /// Rows that can't be used.
    pub n_rejects: u64,
    /// Rows of empty cells only.
    pub n_empty: u64,
    /// Rows with fewer cells than the header, whose other cells are taken as empty.
    pub n_padded: u64,
    /// Rows of an id or key of which a newer row counts.
    pub n_superseded: u64,
}

/// How well a field is filled.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub origin: FieldOrigin,
    /// Leads that have a value; none where the field was not looked at (a table's, which nothing reads).
    pub n_filled: Option<u64>,
    /// That, of all leads.
    pub filled: Figure,
    /// Whether criteria, disqualifiers or stages read it.
    pub is_scored: bool,
}

/// Where a field comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldOrigin {
    /// The leads file.
    Leads,
    /// This table.
    Table(String),
}

/// Cells of a field that its type can't read; they count as missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellIssue {
    /// `leads`, `table accounts`, `events web`.
    pub place: String,
    /// The field.
    pub field: String,
    /// How many.
    pub n_cells: u64,
    /// The first: `leads.csv:17`, file and line. The cell itself is not shown.
    pub first: Option<String>,
}

/// A field of amounts in several currencies, which are added up as if they were one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MixedCurrencies {
    /// The field.
    pub field: String,
    /// The signs and codes in its cells.
    pub marks: Vec<String>,
}

/// What became of a source's events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceEvents {
    /// The source.
    pub source: String,
    /// Events that count.
    pub n_counted: u64,
    /// Without a time.
    pub n_undated: u64,
    /// Of no known lead.
    pub n_orphans: u64,
    /// After `as_of`, or only of later leads.
    pub n_later: u64,
    /// Ids that came before.
    pub n_repeats: u64,
    /// Made by a program, not a lead.
    pub n_automated: u64,
    /// That count for more than one lead.
    pub n_shared: u64,
}

/// Automated events that one rule sets aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AutomatedEvents {
    /// The source.
    pub source: String,
    /// The type.
    pub kind: String,
    /// Which of the source's rules, from 1: the first that holds.
    pub rule: usize,
    /// How many.
    pub n_events: u64,
}

/// Events of no known lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Orphans {
    /// The source.
    pub source: String,
    /// The type; `(no type)` if it is empty.
    pub kind: String,
    /// How many.
    pub n_events: u64,
}

/// Rejected rows of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RejectCount {
    /// The code in `rejects.csv`.
    pub code: &'static str,
    /// The same in words.
    pub meaning: &'static str,
    /// How many rows.
    pub n_rows: u64,
}

/// Which missing field would change most.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NextQuestions {
    /// The stage that leads are to reach: the first whose `when` reads a score. None: there is no such stage.
    pub stage: Option<String>,
    /// Leads below it, not disqualified.
    pub n_below: u64,
    /// Of how many of them the questions were worked out: all, or an even sample by id.
    pub n_asked: u64,
    /// By how many leads it would move at best, then by points; fields that would change nothing left out.
    pub questions: Vec<NextQuestion>,
}

/// What a missing field could change at best.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NextQuestion {
    /// The field.
    pub field: String,
    /// Leads below the stage that lack it.
    pub n_lacking: u64,
    /// Of these, how many would get more points with the best value.
    pub n_gaining: u64,
    /// Of these, how many would reach the stage with the best value.
    pub n_moved: u64,
    /// The mean gain in total of those that would gain.
    pub mean_gain: Figure,
    /// The largest gain in total, in points.
    pub most_gain: Figure,
}
