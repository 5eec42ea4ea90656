//! The card as a waterfall: criteria, groups, dimensions and total, with every silence, weight and limit that changed something.

use super::criterion::{Evidence, evidence};
use super::finding::Finding;
use super::found::Found;
use super::shape;
use super::view::View;
use crate::points::Points;
use crate::rulebook::{Axis, Criterion, Dimension, Fade, Group, Limits};
use crate::score::{Facts, Quantity, Silence, Subtotal};
use crate::value::duration::DAY_MS;
use crate::value::{Decay, Instant, Number};
use serde::Serialize;

/// The dimensions, and the total of those that are in it.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedCard<'r> {
    pub dimensions: Vec<DimensionLine<'r>>,
    pub total: Sum,
}

/// A sum on its way through a weight and limits. The parts, then the changes, add up to the value.
#[derive(Clone, Debug, Serialize)]
pub struct Sum {
    /// The sum of the parts.
    pub sum: Points,
    /// What changed it, in order.
    pub changes: Vec<Changed>,
    /// What counts.
    pub value: Points,
}

/// A change of a sum.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Changed {
    #[serde(flatten)]
    pub change: Adjustment,
    #[serde(rename = "points")]
    pub by: Points,
}

/// What changed a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "size", rename_all = "snake_case")]
pub enum Adjustment {
    /// The lead's silence.
    Fade(Silent),
    /// A weight.
    Weight(Number),
    /// No more than this.
    Max(Points),
    /// No less than this.
    Min(Points),
}

/// How long the lead has been silent, and what that leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Silent {
    /// Since when.
    pub since: Instant,
    /// Whether that is its newest event; else it is a date field of it.
    #[serde(rename = "since_event")]
    pub is_event: bool,
    /// How many days, in millionths.
    #[serde(rename = "days", serialize_with = "shape::millionths")]
    pub days_micros: i128,
    /// How sums fade.
    #[serde(skip)]
    pub(crate) decay: Decay,
}

/// A dimension.
#[derive(Clone, Debug, Serialize)]
pub struct DimensionLine<'r> {
    pub name: String,
    /// Whether it is part of the total.
    pub in_total: bool,
    pub criteria: Vec<CriterionLine<'r>>,
    pub groups: Vec<GroupLine<'r>>,
    #[serde(rename = "points")]
    pub sum: Sum,
}

/// A group.
#[derive(Clone, Debug, Serialize)]
pub struct GroupLine<'r> {
    /// Its name.
    pub name: String,
    /// Its criteria.
    pub criteria: Vec<CriterionLine<'r>>,
    /// What they come to.
    #[serde(rename = "points")]
    pub sum: Sum,
}

/// A criterion.
#[derive(Clone, Debug, Serialize)]
pub struct CriterionLine<'r> {
    /// Its id.
    pub id: String,
    /// What people are shown in place of the id.
    pub label: Option<String>,
    /// Why it is there.
    pub note: Option<String>,
    /// Whether it is switched on.
    pub enabled: bool,
    /// What it gave.
    pub points: Points,
    /// Its `only_if`; where that is not true, it gave nothing.
    pub only_if: Option<Finding<'r>>,
    /// Why; none if it is switched off.
    pub evidence: Option<Evidence<'r>>,
}

/// A mark of the grade.
#[derive(Clone, Debug, Serialize)]
pub struct AxisLine {
    pub score: String,
    pub points: Points,
    pub mark: String,
    /// From which score on it is given; none for the last, which takes all below.
    pub from: Option<Points>,
}

impl Sum {
    /// A subtotal with what its weight and limits did to it.
    pub(super) fn of(subtotal: Subtotal, fade: Option<Silent>, weight: Option<Number>, limits: Limits) -> Self {
        let mut changes = Vec::new();
        let mut note = |change: Option<Adjustment>, before: Points, after: Points| {
            if let (Some(change), false) = (change, before == after) {
                changes.push(Changed { change, by: after.saturating_sub(before) });
            }
        };
        let below_max = Limits { min: None, ..limits }.apply(subtotal.weighted);
        note(fade.map(Adjustment::Fade), subtotal.sum, subtotal.faded);
        note(weight.map(Adjustment::Weight), subtotal.faded, subtotal.weighted);
        note(limits.max.map(Adjustment::Max), subtotal.weighted, below_max);
        note(limits.min.map(Adjustment::Min), below_max, subtotal.value);
        Self { sum: subtotal.sum, changes, value: subtotal.value }
    }
}

/// The card with everything in it.
pub(super) fn card<'r>(view: &View<'_, '_, 'r>) -> ExplainedCard<'r> {
    let card = view.card;
    let silent = |fade: &Option<Fade>| fade.as_ref().and_then(|fade| silent(view, fade));
    let line = |(index, dimension): (usize, &'r Dimension)| {
        let group = |(number, group): (usize, &'r Group)| GroupLine {
            name: group.name.clone(),
            criteria: criteria(view, index, Some(number)),
            sum: Sum::of(card.groups[index][number], silent(&group.fade), None, group.limits),
        };
        DimensionLine {
            name: dimension.name.clone(),
            in_total: dimension.in_total,
            criteria: criteria(view, index, None),
            groups: dimension.groups.iter().enumerate().map(group).collect(),
            sum: Sum::of(card.dimensions[index], silent(&dimension.fade), Some(dimension.weight), dimension.limits),
        }
    };
    let dimensions = view.rulebook.dimensions.iter().enumerate().map(line).collect();
    ExplainedCard { dimensions, total: Sum::of(card.total, None, None, view.rulebook.total) }
}

fn silent(view: &View<'_, '_, '_>, fade: &Fade) -> Option<Silent> {
    let Silence { since, is_event, length_ms } = view.facts.silence(fade)?;
    let days = Quantity::Number { numerator: length_ms.into(), denominator: DAY_MS.into() };
    let Found::Number(days_micros) = Found::of_quantity(days) else { return None };
    Some(Silent { since, is_event, days_micros, decay: fade.decay })
}

fn criteria<'r>(view: &View<'_, '_, 'r>, dimension: usize, group: Option<usize>) -> Vec<CriterionLine<'r>> {
    let all = view.rulebook.criteria.iter().zip(&view.card.criteria);
    let ours = all.filter(|(criterion, _)| (criterion.dimension, criterion.group) == (dimension, group));
    let line = |(criterion, points): (&'r Criterion, &Points)| CriterionLine {
        id: criterion.id.clone(),
        label: criterion.label.clone(),
        note: criterion.note.clone(),
        enabled: criterion.enabled,
        points: *points,
        only_if: criterion.only_if.as_ref().filter(|_| criterion.enabled).map(|condition| view.finding(condition)),
        evidence: evidence(view, criterion),
    };
    ours.map(line).collect()
}

impl CriterionLine<'_> {
    /// The label, else the id.
    #[must_use]
    pub fn title(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.id)
    }

    /// Whether an `only_if` that is not true keeps it from giving points.
    #[must_use]
    pub fn is_gated(&self) -> bool {
        self.only_if.as_ref().is_some_and(|finding| !finding.truth.is_true())
    }
}

/// Where the marks of the grade come from: the first bound that the score reaches, else the last.
pub(super) fn grade_marks(view: &View<'_, '_, '_>) -> Option<Vec<AxisLine>> {
    let grade = view.rulebook.grade.as_ref()?;
    let line = |axis: &Axis| {
        let points = view.facts.score(axis.score);
        let (mark, from) = axis.mark(points);
        AxisLine { score: view.rulebook.score_name(axis.score), points, mark: mark.to_owned(), from }
    };
    Some(grade.axes.iter().map(line).collect())
}
