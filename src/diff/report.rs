//! What a change came to, as plain values: every output format shows this and computes nothing.
//!
//! Points are in hundredths. Counts of fewer than five leads read as [`DiffCount::FEW`] where the report is to be shown to people
//! who may not know single leads.

use super::edit::{Breach, Change, EditSubject, Which};
use super::limit::Tripped;
use super::tree::Detail;
use crate::rulebook::expr::Order;
use crate::value::{Instant, Number, Zone};
use serde::{Serialize, Serializer};

/// The name and version of this shape.
pub(crate) const SCHEMA: &str = "leadscore-diff/1";

/// Groups with fewer leads than this are not shown where ids are hidden.
pub(crate) const SMALLEST_GROUP: i64 = 5;

/// How a count of fewer leads reads where it is not told.
pub(crate) const FEW: &str = "<5";

/// A number of leads, or that there are too few to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiffCount(Option<i64>);

impl DiffCount {
    /// Some leads, but fewer than [`SMALLEST_GROUP`].
    pub const FEW: Self = Self(None);

    /// A number as it is.
    #[must_use]
    pub fn exact(n: i64) -> Self {
        Self(Some(n))
    }

    /// A number of leads, which is not told if there are few and `hides` says so.
    #[must_use]
    pub fn of(n: u64, hides: bool) -> Self {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        if hides && n > 0 && n < SMALLEST_GROUP { Self::FEW } else { Self(Some(n)) }
    }

    /// The number, if it is told.
    #[must_use]
    pub fn n(self) -> Option<i64> {
        self.0
    }
}

impl Serialize for DiffCount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(n) => serializer.serialize_i64(n),
            None => serializer.serialize_str(FEW),
        }
    }
}

/// How far a change reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// No lead's result can change.
    Cosmetic,
    /// Scores, grades, priorities or the report change; no lead changed stage.
    ScoreOnly,
    /// Leads changed stage.
    StageChanging,
    /// Something that others rely on changes: columns, names of stages or grades, the export, what the files must have.
    ContractBreaking,
}

/// Why a change is of its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Others rely on something that changes.
    Breaks(Breach),
    /// So many of so many leads changed stage.
    Moved(DiffCount, u64),
    /// Results changed, but no stage.
    NobodyMoved,
    /// No result changed, but those of leads that aren't in the files can.
    OthersMay,
    /// Only the report can say something else.
    OnlyReport,
    /// No lead's result can change.
    Nothing,
}

/// What a change came to.
#[derive(Clone, Debug, Serialize)]
pub struct DiffReport {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The old rulebook, as it was named.
    pub old: String,
    /// The new one.
    pub new: String,
    /// The new rulebook's name.
    pub rulebook: Option<String>,
    /// The instant that both scored at, RFC 3339.
    pub as_of: Instant,
    /// The new rulebook's zone.
    #[serde(skip)]
    pub zone: Zone,
    /// How far the change reaches.
    pub class: Class,
    /// Why it is of that class.
    pub reasons: Vec<Reason>,
    /// Leads that both scored.
    pub n_leads: u64,
    /// Leads that only the old rulebook finds in the files.
    pub n_only_old: u64,
    /// Leads that only the new one finds.
    pub n_only_new: u64,
    /// Whether the files were read once for each rulebook, because they read them differently.
    pub has_two_readings: bool,
    /// The names of the places that follow in every list by place: the stages from the top down, then `Disqualified`.
    pub places: Vec<String>,
    /// For each place, how many leads have it as their stage.
    pub stages: Vec<StageCount>,
    /// The totals.
    pub score: ScoreChange,
    /// What leads are worth by their stages, where both rulebooks say so.
    pub value: Option<ValueChange>,
    /// Leads whose grade changed.
    pub n_grade_changed: DiffCount,
    /// Leads whose priority or action changed.
    pub n_priority_changed: DiffCount,
    /// Leads by place before (row) and after (column).
    pub matrix: Vec<Vec<DiffCount>>,
    /// Leads by how their total changed.
    pub histogram: Vec<Bin>,
    /// Each edit with its own effect: what it alone does to the leads as the old rulebook scores them.
    pub edits: Vec<EditRow>,
    /// How many edits were tried together in the last row, because there are so many.
    pub n_together: usize,
    /// What the edits do together beyond the sum of what each does alone.
    pub interaction: EffectRow,
    /// From the old rulebook to the new: the rows and the interaction together.
    pub total: EffectRow,
    /// Leads that gained or lost a stage that is won by points.
    pub crossings: Vec<CrossingRow>,
    /// The leads nearest each line that the new rulebook draws.
    pub lines: Vec<LineRow>,
    /// The limits that were asked for and are exceeded.
    pub tripped: Vec<Tripped>,
    /// Whether ids stand as they are in the files.
    pub shows_ids: bool,
    /// Whether groups under five are left out.
    pub hides_small_groups: bool,
}

impl DiffReport {
    /// Whether any lead changed stage.
    #[must_use]
    pub fn has_moves(&self) -> bool {
        self.total.n_moved != DiffCount::exact(0)
    }

    /// Whether the rulebooks say the same, edit by edit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }
}

/// The leads of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageCount {
    /// The stage.
    pub stage: String,
    /// Under the old rulebook.
    pub before: DiffCount,
    /// Under the new one.
    pub after: DiffCount,
}

/// The totals of all leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoreChange {
    /// The sum under the old rulebook, in hundredths of a point.
    pub before_hundredths: i128,
    /// Under the new one.
    pub after_hundredths: i128,
}

/// What the leads are worth that stand at a stage before the customer: leads × what one of that stage is worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ValueChange {
    /// The currency, as the new rulebook has it.
    pub currency: Option<String>,
    /// Under the old rulebook.
    pub before: f64,
    /// Under the new one.
    pub after: f64,
    /// By stage.
    pub stages: Vec<StageWorth>,
}

/// What a lead of a stage is worth under each rulebook.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageWorth {
    /// The stage.
    pub stage: String,
    /// Under the old rulebook; none where that has no such stage on a path, or too few leads to tell.
    pub before: Option<f64>,
    /// Under the new one.
    pub after: Option<f64>,
}

/// Leads whose total changed by as much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bin {
    /// More than this, in points, or this itself where the bin ends in the same.
    pub above: i64,
    /// Up to this, in points.
    pub to: i64,
    /// How many.
    pub n: DiffCount,
}

/// What something did to the leads. Of an interaction every number may be below 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EffectRow {
    /// Leads whose total changed.
    pub n_changed: DiffCount,
    /// By how much all together, in hundredths of a point; none where too few leads changed to be shown.
    pub sum_hundredths: Option<i128>,
    /// The least and the largest change of a total that changed, signed, in hundredths of a point; none of an interaction.
    pub range_hundredths: Option<(i64, i64)>,
    /// Leads that moved to another place.
    pub n_moved: DiffCount,
    /// For each place, how many more leads it has; none where too few moved to be shown.
    pub net: Option<Vec<i64>>,
    /// From where to where how many moved, the most first; none of an interaction.
    pub moves: Vec<Move>,
}

/// Leads that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Move {
    /// From this place.
    pub from: String,
    /// To this one.
    pub to: String,
    /// How many.
    pub n: DiffCount,
}

/// An edit and what it alone does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditRow {
    /// What was edited.
    pub subject: EditSubject,
    /// What was done.
    pub change: Change,
    /// Where it stands: in which of the two rulebooks, and on which line.
    pub line: Option<(Which, usize)>,
    /// The keys that differ.
    pub details: Vec<Detail>,
    /// Whether no lead's result can change by it.
    pub is_cosmetic: bool,
    /// What of it others rely on.
    pub breaks: Option<Breach>,
    /// What it does; none where it can't do anything to a score or a stage.
    pub effect: Option<EffectRow>,
}

/// Leads that hold a stage under one rulebook only.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CrossingRow {
    /// The stage.
    pub stage: String,
    /// Those that the new rulebook adds.
    pub gained: FateRow,
    /// Those that it takes away.
    pub lost: FateRow,
}

/// What became of some leads.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FateRow {
    /// How many there are.
    pub n: DiffCount,
    /// Customers, by the CRM.
    pub n_customers: DiffCount,
    /// Lost, by the CRM.
    pub n_lost: DiffCount,
    /// Neither.
    pub n_open: DiffCount,
    /// The share of customers with its 95 % interval (Wilson): share, low, high; none where too few are known.
    pub customer_share: Option<(f64, f64, f64)>,
}

/// A line and the leads nearest to it, nearest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineRow {
    /// The stage.
    pub stage: String,
    /// What it asks of which score.
    pub asks: Asks,
    /// Leads on the line or above it.
    pub above: Vec<NearRow>,
    /// Leads below it.
    pub below: Vec<NearRow>,
}

/// What a stage asks of a score: `total at least 100`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asks {
    /// The score.
    pub score: String,
    /// The comparison.
    pub order: Order,
    /// The points that it is compared with.
    pub bound: Number,
}

/// A lead near a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NearRow {
    /// Its id, hashed or as it stands in the file.
    pub lead: String,
    /// Its distance from the line, in hundredths of a point, rounded; below it, less than 0.
    pub distance_hundredths: i64,
    /// Its place before.
    pub before: String,
    /// Its place after.
    pub after: String,
}
