//! The passes of a lead: its ways through the funnel, one after the other. What a pass entered, and how it ended, is asked of
//! the pass, so that every figure that takes one counts passes. It does not say how far a pass got: that depends on the path.

use super::arrivals::follows;
use super::lens::Lens;
use crate::rulebook::{LeadMoment, PassesCounted, Path};
use crate::run::ScoredLead;
use crate::score::{Journal, LeadFacts, PassEnds, StageEntry, Truth, instants};
use crate::value::{Instant, Zone};
use std::borrow::Cow;

/// One way of a lead through the funnel.
pub(super) struct Pass<'x, 'r> {
    facts: &'x LeadFacts<'x, 'r>,
    /// For each stage of the rulebook, how this pass entered it.
    pub entered: Cow<'x, [StageEntry]>,
    /// The returns that began and ended it.
    ends: PassEnds,
    /// When it was lost, from the earliest on; without `returns` only the earliest is known.
    losses: Vec<Instant>,
    /// Why it was given back.
    pub reason: Option<String>,
    /// The lead is disqualified, and this is its latest pass.
    pub is_disqualified: bool,
    /// Scores, grades and criteria are of this one.
    pub is_latest: bool,
}

/// The passes of a lead that count.
pub(super) struct Passes {
    journal: Option<Journal>,
    first: usize,
    end: usize,
}

impl Passes {
    /// Never none.
    pub(super) fn of(lens: &Lens<'_>, lead: &ScoredLead<'_, '_>) -> Self {
        let journal = Journal::of(lead.facts);
        let end = journal.as_ref().map_or(1, Journal::n_passes);
        let first = if lens.passes == PassesCounted::Latest { end - 1 } else { 0 };
        Self { journal, first, end }
    }

    /// All that the CRM records of the lead, whichever passes count; none where the rulebook has no `returns`.
    pub(super) fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// Their numbers, counted from 0.
    pub(super) fn numbers(&self) -> std::ops::Range<usize> {
        self.first..self.end
    }

    /// One of them.
    pub(super) fn pass<'x, 'r>(&self, lens: &Lens<'_>, lead: &ScoredLead<'x, 'r>, number: usize) -> Pass<'x, 'r> {
        let (card, facts) = (lead.card, lead.facts);
        let is_latest = number + 1 == self.end;
        let mut pass = Pass {
            facts,
            entered: Cow::Borrowed(&card.entered),
            ends: PassEnds::default(),
            losses: Vec::new(),
            reason: None,
            is_disqualified: is_latest && card.disqualified.is_some(),
            is_latest,
        };
        if let Some(journal) = &self.journal {
            pass.ends = journal.ends(number);
            pass.reason = journal.reason(number, facts);
            pass.entered = Cow::Owned(journal.entered(number, facts).collect());
        }
        pass.losses = lens.lost.map(|lost| pass.moments(lost, &lens.rulebook.zone)).unwrap_or_default();
        pass
    }
}

impl Pass<'_, '_> {
    /// Whether a return began it.
    pub(super) fn is_later(&self) -> bool {
        self.ends.began.is_some()
    }

    /// When it was given back.
    pub(super) fn returned(&self) -> Option<Instant> {
        self.ends.ended.map(|ended| ended.at)
    }

    /// The entry into a stage of a path, by its place: a later pass reached the first at the return that began it.
    pub(super) fn entry(&self, path: &Path, place: usize) -> StageEntry {
        match self.ends.began {
            Some(began) if place == 0 => StageEntry { truth: Truth::True, at: Some(began.at) },
            _ => self.entered[path.stages[place]],
        }
    }

    /// When it was lost: the first time that does not lie before an entry.
    pub(super) fn lost_after(&self, entry: Option<Instant>, zone: &Zone) -> Option<Instant> {
        let follows = |lost: &&Instant| entry.is_none_or(|entry| follows(entry, **lost, zone));
        self.losses.iter().find(follows).copied()
    }

    /// When it was lost or given back: whichever came first after an entry.
    pub(super) fn over_after(&self, entry: Instant, zone: &Zone) -> Option<Instant> {
        let lost = self.lost_after(Some(entry), zone);
        lost.into_iter().chain(self.returned().filter(|returned| follows(entry, *returned, zone))).min()
    }

    /// A moment in this pass, if it has come: the first that does not lie before an entry, or else the first.
    pub(super) fn moment(&self, of: &LeadMoment, entry: Instant, zone: &Zone) -> Option<Instant> {
        let all = self.moments(of, zone);
        all.iter().find(|at| follows(entry, **at, zone)).or(all.first()).copied()
    }

    /// The moments that lie in this pass, from the earliest on.
    fn moments(&self, of: &LeadMoment, zone: &Zone) -> Vec<Instant> {
        let all = instants(of, self.facts).into_iter().map(|(moment, _)| moment);
        all.filter(|moment| self.ends.hold(*moment, zone)).map(|moment| moment.at).collect()
    }
}
