//! Outcomes by criterion, points by group, criteria that fire together, and the rulebook against the CRM.

use super::{Figure, Rate};
use crate::score;
use serde::Serialize;

/// Outcomes by criterion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Criteria {
    /// In rulebook order, disabled ones left out.
    pub criteria: Vec<CriterionEffect>,
    /// Points by dimension and group (channel).
    pub dimensions: Vec<DimensionPoints>,
    /// At most ten pairs that fire on the same leads most, by Jaccard's index; pairs of at least 20 common leads.
    pub pairs: Vec<Pair>,
    /// Leads that reached the stage before the last of the first path, and what became of them; none without paths.
    pub unclosed: Option<Unclosed>,
}

/// What a criterion did. "Fired" is: it gave other than 0 points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CriterionEffect {
    /// Its id.
    pub id: String,
    /// Its label, else its id.
    pub title: String,
    /// Its dimension, `fit`, or with its group `engagement.content`.
    pub part: String,
    /// How many leads it fired on.
    pub n_fired: u64,
    /// The points given, in points.
    pub given: f64,
    /// The points taken, in points; 0 or below.
    pub taken: f64,
    /// Customers of the leads it fired on.
    pub rate_with: Rate,
    /// Customers of the others.
    pub rate_without: Rate,
    /// Revenue a lead that it fired on; needs `value.ltv`.
    pub revenue_with: Figure,
    /// Revenue a lead of the others.
    pub revenue_without: Figure,
    /// `rate_with / rate_without`, with its 95 % interval by Katz' logarithmic method.
    pub lift: Figure,
}

/// Points of a dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DimensionPoints {
    /// Its name.
    pub name: String,
    /// Whether it is part of the total.
    pub in_total: bool,
    /// Leads that have other than 0.
    pub n_leads: u64,
    /// The points above 0, after weight and limits, added up.
    pub given: f64,
    /// The points below 0, added up.
    pub taken: f64,
    /// Its groups; after their limits, before the dimension's weight.
    pub groups: Vec<GroupPoints>,
}

/// Points of a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupPoints {
    /// Its name.
    pub name: String,
    /// Leads that have other than 0.
    pub n_leads: u64,
    /// The points above 0, added up.
    pub given: f64,
    /// The points below 0, added up.
    pub taken: f64,
}

/// Two criteria that fire on the same leads: perhaps they count one thing twice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The titles.
    pub titles: (String, String),
    /// Leads on which both fired.
    pub n_both: u64,
    /// Leads on which either did.
    pub n_either: u64,
    /// `n_both / n_either`.
    pub jaccard: f64,
}

/// The leads that came as far as the stage before the last: which did not close?
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unclosed {
    /// The path.
    pub path: String,
    /// The stage: `SQL`.
    pub stage: String,
    /// How many reached it: the sum of the next three.
    pub n: u64,
    /// Closed: reached the last stage.
    pub n_closed: u64,
    /// Lost; none where that isn't recorded.
    pub n_lost: Option<u64>,
    /// Still open.
    pub n_open: u64,
    /// By criterion, those that fired on any of them, the most unclosed first; at most 20.
    pub criteria: Vec<UnclosedCriterion>,
}

/// Of the leads that came so far, those on which a criterion fired.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnclosedCriterion {
    /// Its title.
    pub title: String,
    /// How many it fired on.
    pub n: u64,
    /// Of these, how many did not close: lost or open.
    pub n_unclosed: u64,
    /// The share that closed.
    pub closed: Rate,
    /// The share that closed of those it did not fire on.
    pub closed_without: Rate,
}

/// What the rulebook says (down) against what the CRM says (across).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageCross {
    /// The columns: `(none)`, then every stage.
    pub crm_stages: Vec<String>,
    /// The rows: every stage, then `Disqualified`.
    pub rows: Vec<StageRow>,
    /// Leads to hand over.
    pub n_hand_over: u64,
    /// Leads to give back to marketing.
    pub n_recycle: u64,
    /// Steps in full, the largest first.
    pub steps: Vec<StepLeads>,
    /// Disqualified leads by reason, in rulebook order.
    pub disqualified: Vec<(String, u64)>,
}

/// Leads that the rulebook sees at one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageRow {
    /// The rulebook's stage.
    pub stage: String,
    /// How many leads, one number a column.
    pub n_leads: Vec<u64>,
}

/// Leads to hand over or to recycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepLeads {
    /// `hand_over` or `recycle`.
    pub step: score::Step,
    /// Where the CRM has them.
    pub crm_stage: String,
    /// Where the rulebook has them.
    pub stage: String,
    /// How many.
    pub n_leads: u64,
}
