//! A lead as whoever explains it looks at it: its card, its facts and its events in one place.

use super::claim::Named;
use crate::rulebook::Rulebook;
use crate::run::{ScoredLead, Sighting};
use crate::score::{LeadFacts, Plan, ScoreCard, is_customer};
use std::borrow::Cow;

/// A scored lead under explanation, from files or in memory.
pub(super) struct View<'v, 'p, 'r> {
    pub id: &'v str,
    pub card: &'v ScoreCard,
    pub facts: &'v LeadFacts<'v, 'p>,
    /// The index of its stage in the previous run, if there was one and it still exists.
    pub previous_stage: Option<usize>,
    /// Its row; none in memory.
    pub row: Option<&'v ScoredLead<'v, 'p>>,
    pub sightings: &'v [Sighting],
    pub plan: &'v Plan<'p>,
    /// The plan's rulebook, which outlives the plan.
    pub rulebook: &'r Rulebook,
    /// For each event the tallies that look at its type in its source.
    pub looked_at_by: Vec<Vec<usize>>,
}

/// For each event the tallies that look at its type in its source.
pub(super) fn looked_at_by(plan: &Plan<'_>, sightings: &[Sighting]) -> Vec<Vec<usize>> {
    let tallies = |sighting: &Sighting| {
        let folded = crate::value::fold(&sighting.kind);
        plan.tallies_for(sighting.source, (!folded.is_empty()).then_some(folded.as_ref()))
    };
    sightings.iter().map(tallies).collect()
}

impl<'r> View<'_, '_, 'r> {
    /// A field's cell as it stands in the leads file.
    pub(super) fn cell(&self, field: usize) -> Option<Cow<'_, str>> {
        self.row?.cell(field)
    }

    /// A thing of the rulebook, with what its names are looked up in.
    pub(super) fn named<T>(&self, it: T) -> Named<'r, T> {
        Named { rulebook: self.rulebook, it }
    }

    pub(super) fn is_customer(&self) -> bool {
        is_customer(self.rulebook, &self.card.entered, &self.card.holds)
    }
}
