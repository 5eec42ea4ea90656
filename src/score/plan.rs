//! A rulebook bound to an instant: for every tally where it is kept, from when on it looks, and which event types it
//! looks at. Made once a run; shared by all threads.

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
            bounds: Vec::new(),
            bound_of: Vec::new(),
        };
        for (index, tally) in rulebook.tallies.iter().enumerate() {
            let same = plan.same_number(index);
            let shape = match same {
                Some(same) => plan.shapes[same],
                None => plan.shape(&tally.measure),
            };
            plan.shapes.push(shape);
            plan.feeds.push(Feed::of(&tally.measure));
            plan.is_fed_by_another.push(same.is_some());
            plan.after_ms.push(tally.select.within_ms.map_or(i64::MIN, |within| as_of.minus_ms(within).ms()));
            let bound = plan.bound(&tally.select.since);
            plan.bound_of.push(bound);
        }
        plan
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

    /// The tallies that look at events of a source and a folded type; without a type only `any` and `every` do.
    #[must_use]
    pub fn tallies_for(&self, source: usize, folded_type: Option<&str>) -> Vec<usize> {
        let ours = folded_type.is_some_and(|name| self.rulebook.not_engagement.iter().any(|known| known == name));
        let looks = |tally: &Tally| {
            let types = match &tally.select.types {
                Types::Every => true,
                Types::Any => !ours,
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
