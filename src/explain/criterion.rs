//! Why a criterion gave what it gave.

use super::finding::{Finding, Reading};
use super::occurrences::{Occurrence, Outcome, occurrences};
use super::view::View;
use super::words;
use crate::points::Points;
use crate::rulebook::Criterion;
use crate::rulebook::expr::Worth;
use crate::score::{Chosen, capped, first_true, look_up};

/// Why a criterion gave what it gave.
#[derive(Clone, Debug)]
pub enum Evidence {
    /// It is switched off.
    Disabled,
    /// A choice between conditions.
    Choice {
        /// The conditions with their points.
        arms: Vec<ArmLine>,
        /// Which applies.
        chosen: Chosen,
    },
    /// A table from a field's value to points.
    Lookup {
        /// The field as it was read.
        reading: Reading,
        /// The entry that applies, as written in the rulebook.
        entry: Option<String>,
        /// Which applies.
        chosen: Chosen,
    },
    /// Points for events.
    Occurred(Occurred),
}

/// A condition with its points.
#[derive(Clone, Debug)]
pub struct ArmLine {
    /// The condition.
    pub finding: Finding,
    /// What it would give.
    pub points: Points,
}

/// The events of an occurrence criterion.
#[derive(Clone, Debug)]
pub struct Occurred {
    /// How points are given, in words.
    pub terms: String,
    /// The events, newest first.
    pub events: Vec<Occurrence>,
    /// What they add up to, in millionths.
    pub sum_micros: i128,
    /// The sum, rounded to a hundredth.
    pub sum: Points,
    /// The cap, if it cut: its size, and what it cut.
    pub cut: Option<(Points, Points)>,
}

impl Occurred {
    /// How many events count.
    #[must_use]
    pub fn n_counted(&self) -> usize {
        self.events.iter().filter(|event| event.outcome == Outcome::Counted).count()
    }
}

/// Why a criterion gave what it gave. A criterion whose `only_if` is not true is explained all the same.
pub(super) fn evidence(view: &View<'_, '_>, criterion: &Criterion) -> Evidence {
    let facts = view.lead.facts;
    if !criterion.enabled {
        return Evidence::Disabled;
    }
    match &criterion.worth {
        Worth::Choose { arms, .. } => {
            let line =
                |arm: &crate::rulebook::expr::Arm| ArmLine { finding: view.finding(&arm.when), points: arm.points };
            Evidence::Choice { arms: arms.iter().map(line).collect(), chosen: first_true(arms, facts) }
        }
        Worth::Lookup { field, entries, by_text, .. } => {
            let chosen = look_up(*field, entries, by_text, facts);
            let entry = if let Chosen::Arm(entry) = chosen { Some(entries[entry].key.clone()) } else { None };
            Evidence::Lookup { reading: view.reading(*field), entry, chosen }
        }
        Worth::Occurrences { tally, cap } => Evidence::Occurred(occurred(view, *tally, *cap)),
    }
}

fn occurred(view: &View<'_, '_>, tally: usize, cap: Option<Points>) -> Occurred {
    let sum_micros = view.lead.facts.points_micros(tally);
    let sum = Points::from_micros_rounded(sum_micros);
    let cut = sum.saturating_sub(capped(sum_micros, cap));
    Occurred {
        terms: words::terms_of(view.voice(), &view.rulebook.tallies[tally]),
        events: occurrences(view, tally),
        sum_micros,
        sum,
        cut: cap.filter(|_| !cut.is_zero()).map(|cap| (cap, cut)),
    }
}
