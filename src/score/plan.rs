//! A rulebook bound to an instant: for every tally where it is kept, from when on it looks, and which event types it
//! looks at. Made once a run; shared by all threads.

use super::memo::{TextCriteria, text_criteria};
use crate::points::Points;
use crate::rulebook::Rulebook;
use crate::rulebook::expr::{Count, FieldRef, Measure, Tally, Types};
use crate::value::{Decay, Instant};

/// A rulebook bound to an instant.
#[derive(Debug)]
pub struct Plan<'r> {
    /// The rulebook.
    pub rulebook: &'r Rulebook,
    /// The instant that ages are counted from; later events and leads don't exist yet.
    pub as_of: Instant,
    /// How each tally is kept.
    pub(crate) shapes: Vec<Shape>,
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
    pub(crate) common: [Vec<Shape>; 2],
    /// The criteria that read one text and nothing else, by that text.
    pub(crate) text_criteria: Vec<TextCriteria>,
    /// The distinct lists of `since` fields.
    pub(crate) bounds: Vec<Vec<FieldRef>>,
    /// For each tally its list of `since` fields, if it has one.
    pub(crate) bound_of: Vec<Option<usize>>,
}

/// How a tally is kept for a lead. Every way is independent of the order of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The number of events.
    Count { slot: usize },
    /// A sum in millionths. A wide one is kept in two integers, the high and the low 32 bits added apart, so that it can't
    /// overflow; a narrow one holds numbers so small that 2³⁶ of them don't.
    Sum { slot: usize, wide: bool },
    /// The largest of some integers.
    Largest { slot: usize },
    /// The smallest.
    Smallest { slot: usize },
    /// Distinct values.
    Set { kept: usize },
    /// The newest event of each bundle; with `limit` only so many of the newest; without it, events that are each their own
    /// are summed in `slot`.
    Bundles { kept: usize, limit: Option<usize>, slot: usize },
}

/// What a tally takes of an event, close at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Feed {
    /// That it happened.
    One,
    /// Its time.
    Time,
    /// The number or date of a field.
    Field(usize),
    /// Points that fade with its age.
    Decayed { points: Points, decay: Decay },
    /// More than an integer.
    More,
}

impl Feed {
    fn of(measure: &Measure) -> Self {
        match measure {
            Measure::Count => Self::One,
            Measure::Newest | Measure::Earliest | Measure::IdleDays { .. } => Self::Time,
            Measure::Sum(field) | Measure::Max(field) => Self::Field(field.field),
            Measure::Days | Measure::Distinct(_) => Self::More,
            Measure::Points { points, count, at_most, decay } => match (count, at_most, *decay) {
                (Count::Each, _, None) => Self::One,
                (Count::Each, None, Some(decay)) => Self::Decayed { points: *points, decay },
                (Count::Once, _, _) => Self::Time,
                _ => Self::More,
            },
        }
    }
}

/// "No event yet" where the largest is kept.
pub(crate) const NONE_LARGEST: i64 = i64::MIN;
/// "No event yet" where the smallest is kept.
pub(crate) const NONE_SMALLEST: i64 = i64::MAX;

/// The largest number, in millionths, of which 2³⁶ can be added without overflow.
const NARROW: i64 = 1 << 27;

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
    fn all_shapes(&mut self) -> Vec<Shape> {
        let tallies = &self.rulebook.tallies;
        let mut shapes: Vec<Option<Shape>> = vec![None; tallies.len()];
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
        let is_newest = |tally: &Tally| matches!(tally.measure, Measure::Newest | Measure::IdleDays { .. });
        let tallies = &self.rulebook.tallies;
        if !is_newest(&tallies[index]) {
            return None;
        }
        (0..index).find(|&earlier| is_newest(&tallies[earlier]) && tallies[earlier].select == tallies[index].select)
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

    fn slot(&mut self, initial: i64) -> usize {
        self.initial.push(initial);
        self.width += 1;
        self.width - 1
    }

    fn sum_slot(&mut self, wide: bool) -> usize {
        let slot = self.slot(0);
        if wide {
            self.slot(0);
        }
        slot
    }

    fn kept(&mut self) -> usize {
        self.n_kept += 1;
        self.n_kept - 1
    }

    fn shape(&mut self, measure: &Measure) -> Shape {
        match measure {
            Measure::Count => Shape::Count { slot: self.slot(0) },
            Measure::Sum(_) => Shape::Sum { slot: self.sum_slot(true), wide: true },
            Measure::Max(_) | Measure::Newest | Measure::IdleDays { .. } => {
                Shape::Largest { slot: self.slot(NONE_LARGEST) }
            }
            Measure::Earliest => Shape::Smallest { slot: self.slot(NONE_SMALLEST) },
            Measure::Days | Measure::Distinct(_) => Shape::Set { kept: self.kept() },
            Measure::Points { points, count, at_most, decay } => match (count, at_most, decay) {
                (Count::Each, _, None) => Shape::Count { slot: self.slot(0) },
                (Count::Each, None, Some(_)) => {
                    let wide = points.micros().abs() > i128::from(NARROW);
                    Shape::Sum { slot: self.sum_slot(wide), wide }
                }
                (Count::Once, _, _) => Shape::Largest { slot: self.slot(NONE_LARGEST) },
                _ => {
                    let slot = if at_most.is_none() { self.sum_slot(true) } else { 0 };
                    Shape::Bundles { kept: self.kept(), limit: *at_most, slot }
                }
            },
        }
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

/// Whether a tally takes every event of all types or of all engagement, from any source and of any age, and keeps of it that it
/// happened or when.
fn is_common(tally: &Tally) -> bool {
    let select = &tally.select;
    let is_for_all = matches!(select.types, Types::Every | Types::Any) && select.source.is_none();
    let is_unconditional = select.filter.is_none() && select.within_ms.is_none() && select.since.is_empty();
    let is_plain =
        matches!(tally.measure, Measure::Count | Measure::Newest | Measure::Earliest | Measure::IdleDays { .. });
    is_for_all && is_unconditional && is_plain
}
