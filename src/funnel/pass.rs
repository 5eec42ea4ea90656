//! The passes of a lead: its ways through the funnel, one after the other. What a pass entered, and when it was lost, is asked of
//! the pass, so that every figure that takes one counts passes. It does not say how far a pass got: that depends on the path.

use super::lens::Lens;
use crate::rulebook::LeadMoment;
use crate::run::ScoredLead;
use crate::score::{Facts, LeadFacts, Quantity, StageEntry};
use crate::value::Instant;

/// One way of a lead through the funnel.
pub(super) struct Pass<'x, 'r> {
    facts: &'x LeadFacts<'x, 'r>,
    /// For each stage of the rulebook, how this pass entered it.
    pub entered: &'x [StageEntry],
    /// When it was lost.
    pub lost: Option<Instant>,
    /// The lead is disqualified.
    pub is_disqualified: bool,
    /// Scores, grades and criteria are of this one.
    pub is_latest: bool,
}

impl<'x, 'r> Pass<'x, 'r> {
    /// The passes of a lead, in their order; never none.
    pub(super) fn all(lens: &Lens<'_>, lead: &ScoredLead<'x, 'r>) -> impl Iterator<Item = Self> {
        let (card, facts) = (lead.card, lead.facts);
        std::iter::once(Self {
            facts,
            entered: &card.entered,
            lost: lens.lost.and_then(|lost| moment(facts, lost)),
            is_disqualified: card.disqualified.is_some(),
            is_latest: true,
        })
    }

    /// A moment in this pass, if it has come.
    pub(super) fn moment(&self, of: &LeadMoment) -> Option<Instant> {
        moment(self.facts, of)
    }
}

/// A moment in a lead's life, if it has come.
fn moment(facts: &LeadFacts<'_, '_>, moment: &LeadMoment) -> Option<Instant> {
    match moment {
        LeadMoment::Field(field) => facts.past_date(*field),
        LeadMoment::Event(tally) => match facts.tally(*tally) {
            Quantity::Instant(instant) => Some(instant),
            _ => None,
        },
    }
}
