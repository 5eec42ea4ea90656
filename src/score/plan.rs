//! A rulebook bound to an instant: for every tally where it is kept, from when on it looks, and which event types it
//! looks at. Made once a run; shared by all threads.

use super::measure::{Feed, TallyShape, is_common, is_newest};
use super::memo::{TextCriteria, text_criteria};
use crate::rulebook::Rulebook;
use crate::rulebook::expr::{FieldRef, Tally, Types};
use crate::value::Instant;

/// A rulebook bound to an instant.
#[derive(Debug)]
pub struct Plan<'r> {
    /// The rulebook.
    pub rulebook: &'r Rulebook,
    /// The instant that ages are counted from; later events and leads don't exist yet.
    pub as_of: Instant,
    /// How each tally is kept.
    pub(crate) shapes: Vec<TallyShape>,
    /// What each tally takes of an event.
    pub(crate) feeds: Vec<Feed>,
    /// How many integers a lead has.
    pub(crate) width: usize,
    /// How many tallies keep more than integers.
    pub(crate) n_kept: usize,
    /// What the integers of a lead are before any event.
    pub(crate) initial: Vec<i64>,
    /// For each tally, the instant (in milliseconds) after which events are young enough for its window.
    pub(crate) after_ms: Vec<i64>,
    /// For each tally, whether an earlier one keeps the same number, so that only that one is fed.
    is_fed_by_another: Vec<bool>,
    /// How the tallies are kept that take every event, whatever else it is: first those for all types, then those and the ones
    /// for engagement. Each event notes them as one change, which is most of what most events change.
    pub(crate) common: [Vec<TallyShape>; 2],
    /// The criteria that read one text and nothing else, by that text.
    pub(crate) text_criteria: Vec<TextCriteria>,
    /// The distinct lists of `since` fields.
    pub(crate) bounds: Vec<Vec<FieldRef>>,
    /// For each tally its list of `since` fields, if it has one.
    pub(crate) bound_of: Vec<Option<usize>>,
}

impl<'r> Plan<'r> {
    /// Binds a rulebook to an instant.
    #[must_use]
    pub fn new(rulebook: &'r Rulebook, as_of: Instant) -> Self {
        let mut plan = Self {
            rulebook,
            as_of,
            shapes: Vec::new(),
            feeds: Vec::new(),
            width: 0,
            n_kept: 0,
            initial: Vec::new(),
            after_ms: Vec::new(),
            is_fed_by_another: Vec::new(),
            common: [Vec::new(), Vec::new()],
            text_criteria: text_criteria(rulebook),
            bounds: Vec::new(),
            bound_of: Vec::new(),
        };
        let shapes = plan.all_shapes();
        for (index, tally) in rulebook.tallies.iter().enumerate() {
            let same = plan.same_number(index);
            if is_common(tally) && same.is_none() {
                plan.common[1].push(shapes[index]);
                if tally.select.types == Types::Every {
                    plan.common[0].push(shapes[index]);
                }
            }
            plan.feeds.push(Feed::of(&tally.measure));
            plan.is_fed_by_another.push(same.is_some());
            plan.after_ms.push(tally.select.within_ms.map_or(i64::MIN, |within| as_of.minus_ms(within).ms()));
            let bound = plan.bound(&tally.select.since);
            plan.bound_of.push(bound);
        }
        plan.shapes = shapes;
        plan
    }

    /// How each tally is kept. The common ones come first, so that they share a place in memory.
    fn all_shapes(&mut self) -> Vec<TallyShape> {
        let tallies = &self.rulebook.tallies;
        let mut shapes: Vec<Option<TallyShape>> = vec![None; tallies.len()];
        for is_turn_of_common in [true, false] {
            for (index, tally) in tallies.iter().enumerate().filter(|(_, tally)| is_common(tally) == is_turn_of_common)
            {
                // Two that keep the same number select the same, so both are common or neither is.
                let same = self.same_number(index).and_then(|same| shapes[same]);
                shapes[index] = Some(same.unwrap_or_else(|| self.shape(&tally.measure)));
            }
        }
        shapes.into_iter().flatten().collect()
    }

    /// An earlier tally that keeps the same number of the same events: the newest serves every `idle_days`.
    fn same_number(&self, index: usize) -> Option<usize> {
        let tallies = &self.rulebook.tallies;
        if !is_newest(&tallies[index].measure) {
            return None;
        }
        (0..index)
            .find(|&earlier| is_newest(&tallies[earlier].measure) && tallies[earlier].select == tallies[index].select)
    }

    /// The tallies of [`Self::tallies_for`] that are to be fed: of those that keep the same number, the first.
    #[must_use]
    pub fn tallies_to_feed(&self, source: usize, folded_type: Option<&str>) -> Vec<usize> {
        let mut tallies = self.tallies_for(source, folded_type);
        tallies.retain(|tally| !self.is_fed_by_another[*tally]);
        tallies
    }

    /// The tallies of [`Self::tallies_to_feed`] beside the common ones, which each event notes as a whole.
    #[must_use]
    pub fn tallies_beside_common(&self, source: usize, folded_type: Option<&str>) -> Vec<usize> {
        let mut tallies = self.tallies_to_feed(source, folded_type);
        tallies.retain(|tally| !is_common(&self.rulebook.tallies[*tally]));
        tallies
    }

    /// Whether a type of event is the lead's doing, so that `any` takes it.
    #[must_use]
    pub fn is_engagement(&self, folded_type: Option<&str>) -> bool {
        !folded_type.is_some_and(|name| self.rulebook.not_engagement.iter().any(|known| known == name))
    }

    /// The tallies that look at events of a source and a folded type; without a type only `any` and `every` do.
    #[must_use]
    pub fn tallies_for(&self, source: usize, folded_type: Option<&str>) -> Vec<usize> {
        let is_engagement = self.is_engagement(folded_type);
        let looks = |tally: &Tally| {
            let types = match &tally.select.types {
                Types::Every => true,
                Types::Any => is_engagement,
                Types::Named(names) => folded_type.is_some_and(|name| names.iter().any(|known| known == name)),
            };
            types && tally.select.source.is_none_or(|wanted| wanted == source)
        };
        let tallies = self.rulebook.tallies.iter().enumerate();
        tallies.filter(|(_, tally)| looks(tally)).map(|(index, _)| index).collect()
    }

    fn bound(&mut self, since: &[FieldRef]) -> Option<usize> {
        if since.is_empty() {
            return None;
        }
        let known = self.bounds.iter().position(|bound| bound == since);
        Some(known.unwrap_or_else(|| {
            self.bounds.push(since.to_vec());
            self.bounds.len() - 1
        }))
    }
}
