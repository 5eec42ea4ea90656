//! A lead as whoever explains it looks at it: its card, its facts and its events in one place.

use super::words::Voice;
use crate::rulebook::Rulebook;
use crate::run::{ScoredLead, Sighting};
use crate::score::{LeadFacts, Plan, ScoreCard, is_customer};
use std::borrow::Cow;

/// A scored lead, from files or in memory.
pub(super) struct Subject<'v, 'r> {
    pub id: &'v str,
    pub card: &'v ScoreCard,
    pub facts: &'v LeadFacts<'v, 'r>,
    /// The index of its stage in the previous run, if there was one and it still exists.
    pub previous_stage: Option<usize>,
    /// Its row; none in memory.
    pub row: Option<&'v ScoredLead<'v, 'r>>,
}

impl Subject<'_, '_> {
    /// A field's cell as it stands in the leads file.
    pub(super) fn cell(&self, field: usize) -> Option<Cow<'_, str>> {
        self.row?.cell(field)
    }
}

/// A lead under explanation.
pub(super) struct View<'v, 'r> {
    pub lead: Subject<'v, 'r>,
    pub sightings: &'v [Sighting],
    pub plan: &'v Plan<'r>,
    pub rulebook: &'r Rulebook,
    /// For each event the tallies that look at its type in its source.
    pub looked_at_by: Vec<Vec<usize>>,
}

impl<'v, 'r> View<'v, 'r> {
    pub(super) fn new(lead: Subject<'v, 'r>, sightings: &'v [Sighting]) -> Self {
        let plan = lead.facts.plan;
        let mut view = Self { lead, sightings, plan, rulebook: plan.rulebook, looked_at_by: Vec::new() };
        view.looked_at_by = sightings.iter().map(|sighting| view.tallies_for(sighting)).collect();
        view
    }

    fn tallies_for(&self, sighting: &Sighting) -> Vec<usize> {
        let folded = crate::value::fold(&sighting.kind);
        self.plan.tallies_for(sighting.source, (!folded.is_empty()).then_some(folded.as_ref()))
    }

    /// The words of this lead.
    pub(super) fn voice(&self) -> Voice<'_, 'r> {
        Voice::terse(self.rulebook, Some((self.plan, &*self.lead.facts.lead)))
    }

    pub(super) fn is_customer(&self) -> bool {
        is_customer(self.rulebook, &self.lead.card.entered, &self.lead.card.holds)
    }
}
