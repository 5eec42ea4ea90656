//! Why a criterion gave what it gave.

use super::claim::{Measured, Named};
use super::finding::{Finding, NamedValue};
use super::occurrences::{Occurrence, occurrences};
use super::shape;
use super::view::View;
use crate::points::Points;
use crate::rulebook::Criterion;
use crate::rulebook::expr::{Arm, Worth};
use crate::score::{Chosen, capped, first_true, look_up};
use serde::Serialize;

/// Why a criterion that is switched on gave what it gave.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence<'r> {
    /// A choice between conditions.
    Choice {
        /// Which applies.
        #[serde(serialize_with = "shape::applies")]
        applies: Chosen,
        /// Its number, if it is a condition.
        index: Option<usize>,
        /// The conditions with their points.
        arms: Vec<ArmLine<'r>>,
    },
    /// A table from a field's value to points.
    Values {
        /// Which applies.
        #[serde(serialize_with = "shape::applies")]
        applies: Chosen,
        /// The entry that applies, as written in the rulebook.
        entry: Option<String>,
        /// The field as it was read.
        field: NamedValue<'r>,
    },
    /// Points for events.
    Occurrences(Occurred<'r>),
}

/// A condition with its points.
#[derive(Clone, Debug, Serialize)]
pub struct ArmLine<'r> {
    pub points: Points,
    #[serde(rename = "when")]
    pub finding: Finding<'r>,
}

/// The events of an occurrence criterion.
#[derive(Clone, Debug, Serialize)]
pub struct Occurred<'r> {
    pub terms: Named<'r, Measured<'r>>,
    /// What the events add up to, in millionths.
    #[serde(rename = "sum", serialize_with = "shape::millionths")]
    pub sum_micros: i128,
    #[serde(rename = "rounded_sum")]
    pub sum: Points,
    /// The cap, if it cut.
    pub cap: Option<Points>,
    pub cut: Option<Points>,
    pub events: Vec<Occurrence<'r>>,
}

/// Why a criterion gave what it gave; none if it is switched off. One whose `only_if` is not true is explained all the same.
pub(super) fn evidence<'r>(view: &View<'_, '_, 'r>, criterion: &'r Criterion) -> Option<Evidence<'r>> {
    let facts = view.facts;
    Some(match &criterion.worth {
        _ if !criterion.enabled => return None,
        Worth::Choose { arms, .. } => {
            let applies = first_true(arms.iter().map(|arm| &arm.when), facts);
            let index = if let Chosen::Arm(index) = applies { Some(index) } else { None };
            let line = |arm: &'r Arm| ArmLine { points: arm.points, finding: view.finding(&arm.when) };
            Evidence::Choice { applies, index, arms: arms.iter().map(line).collect() }
        }
        Worth::Lookup { field, entries, by_text, .. } => {
            let applies = look_up(*field, entries, by_text, facts);
            let entry = if let Chosen::Arm(entry) = applies { Some(entries[entry].key.clone()) } else { None };
            Evidence::Values { applies, entry, field: view.reading(*field) }
        }
        Worth::Occurrences { tally, cap } => Evidence::Occurrences(occurred(view, *tally, *cap)),
    })
}

fn occurred<'r>(view: &View<'_, '_, 'r>, tally: usize, cap: Option<Points>) -> Occurred<'r> {
    let sum_micros = view.facts.points_micros(tally);
    let sum = Points::from_micros_rounded(sum_micros);
    let cut = Some(sum.saturating_sub(capped(sum_micros, cap))).filter(|cut| !cut.is_zero());
    Occurred {
        terms: view.named(view.measured(tally)),
        sum_micros,
        sum,
        cap: cap.filter(|_| cut.is_some()),
        cut,
        events: occurrences(view, tally),
    }
}
