//! A rulebook bound to an instant: for every tally where it is kept, from when on it looks, and which event types it
//! looks at. Made once a run; shared by all threads.

use super::automated::Screen;
use super::lately::watched;
use super::layout::{Exactness, Layout};
use super::leaves::Leaves;
use super::measure::{Feed, TallyShape, is_common, is_newest};
use super::program::Program;
use crate::rulebook::derived::{Derivation, DerivedFields};
use crate::rulebook::expr::{FieldRef, Selection, Stretch, Tally, Types};
use crate::rulebook::{Field, Rulebook};
use crate::value::Instant;

/// A rulebook bound to an instant.
#[derive(Debug)]
pub struct Plan<'r> {
    /// The rulebook.
    pub rulebook: &'r Rulebook,
    /// The instant that ages are counted from; later events and leads don't exist yet.
    pub as_of: Instant,
    /// Where each tally stands on the board.
    pub(super) layout: Layout,
    /// What each tally takes of an event.
    pub(crate) feeds: Vec<Feed>,
    /// For each tally, the instant (in milliseconds) after which events are young enough for its window.
    pub(crate) after_ms: Vec<i64>,
    /// For each tally, the earlier one that keeps the same number, so that only that one is fed.
    feeders: Vec<Option<usize>>,
    /// The leaves of conditions over an event's fields.
    pub(crate) event_leaves: Leaves<'r>,
    /// The criteria, lowered to bits.
    pub(crate) program: Program<'r>,
    /// The distinct windows that begin, or end, by dates of the lead.
    pub(crate) windows: Vec<Window>,
    /// For each tally its window, if it has one.
    pub(crate) window_of: Vec<Option<usize>>,
    /// For each field of events whether its numbers are days, which are kept in milliseconds.
    pub(super) in_days: Vec<bool>,
    /// The fields of a lead that its events give, each with its tally.
    pub(super) of_events: Vec<(usize, usize)>,
    /// The fields that hold a lead's latest return where that hangs on events.
    pub(super) late_returns: Vec<usize>,
    /// For each window whether it hangs on such a field: its edges are known when all events are in.
    pub(crate) is_late: Vec<bool>,
    /// For each source, by index, the rules by which its events are automated.
    pub(crate) screens: Vec<Screen<'r>>,
    /// Whether a hand-off list is written, which wants to know more of a lead than its score does.
    pub(crate) hands_off: bool,
    /// For a hand-off list: for each tally the number beyond all tallies under which the time of its newest event is kept, if a
    /// criterion asks for it.
    pub(super) newest_of: Vec<Option<u32>>,
}

/// Which events a selection takes by dates of the lead.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Window {
    /// Only events after the latest of these that is in force.
    pub since: Vec<FieldRef>,
    /// Only events in this stretch.
    pub stretch: Option<Stretch>,
}

/// On which side of a lead's window an event lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// In it, or there is none.
    Within,
    /// Not after the `since` dates in force.
    Before,
    /// After the stretch that begins with those dates, or no such date is in force.
    Beyond,
}

/// For one lead, in milliseconds: the last instant before a window, and the last one in it.
pub(crate) type Edges = (i64, i64);

impl Timing {
    /// By the edges of a lead's window.
    #[inline]
    pub(crate) fn of(time: Instant, (before, last): Edges) -> Self {
        match time.ms() {
            time if time <= before => Self::Before,
            time if time > last => Self::Beyond,
            _ => Self::Within,
        }
    }
}

impl<'r> Plan<'r> {
    /// Binds a rulebook to an instant.
    #[must_use]
    pub fn new(rulebook: &'r Rulebook, as_of: Instant) -> Self {
        let feeders: Vec<_> = (0..rulebook.tallies.len()).map(|tally| same_number(rulebook, tally)).collect();
        let layout = Layout::new(rulebook, &feeders, Exactness::Full);
        let mut plan = Self {
            rulebook,
            as_of,
            program: Program::new(rulebook, as_of, &layout),
            layout,
            feeds: Vec::new(),
            after_ms: Vec::new(),
            feeders,
            event_leaves: event_leaves(rulebook, as_of),
            windows: Vec::new(),
            window_of: Vec::new(),
            in_days: fields_elapsed(rulebook),
            of_events: fields_of_events(rulebook),
            late_returns: late_returns(rulebook),
            is_late: Vec::new(),
            screens: Vec::new(),
            hands_off: false,
            newest_of: Vec::new(),
        };
        for tally in &rulebook.tallies {
            plan.feeds.push(Feed::of(&tally.measure));
            plan.after_ms.push(tally.select.within_ms.map_or(i64::MIN, |within| as_of.minus_ms(within).ms()));
            let window = plan.window(&tally.select);
            plan.window_of.push(window);
        }
        plan.screens = rulebook.sources.iter().map(|source| Screen::new(&plan, &source.automated)).collect();
        plan
    }

    /// The same plan for whoever wants no more than the points of this rulebook's criteria: sums of points are kept only as far as
    /// the caps let them count, which takes half the memory.
    #[must_use]
    pub fn to_the_cap(mut self) -> Self {
        self.layout = Layout::new(self.rulebook, &self.feeders, Exactness::ToTheCap);
        self.program = Program::new(self.rulebook, self.as_of, &self.layout);
        self
    }

    /// The same plan for whoever writes a hand-off list; nothing changes where no stage is recorded, so that nobody is handed over.
    /// Comes last, when it is clear how tallies are kept.
    #[must_use]
    pub fn for_hand_off(mut self) -> Self {
        self.hands_off = self.rulebook.stages.iter().any(|stage| stage.entered.is_some());
        if self.hands_off {
            self.newest_of = vec![None; self.rulebook.tallies.len()];
            for tally in watched(self.rulebook) {
                self.newest_of[tally] = u32::try_from(self.layout.shapes.len()).ok();
                let slot = self.layout.narrow_slot();
                self.layout.shapes.push(TallyShape::Minute { slot });
                self.window_of.push(self.window_of[tally]);
            }
        }
        self
    }

    /// The tallies of [`Self::tallies_for`] that are to be fed: of those that keep the same number, the first.
    fn tallies_to_feed(&self, source: usize, folded_type: Option<&str>) -> Vec<usize> {
        let mut tallies = self.tallies_for(source, folded_type);
        tallies.retain(|tally| self.feeders[*tally].is_none());
        tallies
    }

    /// The tallies of [`Self::tallies_to_feed`] beside the common ones, which each event notes as a whole.
    #[must_use]
    pub(super) fn tallies_beside_common(&self, source: usize, folded_type: Option<&str>) -> Vec<usize> {
        let mut tallies = self.tallies_to_feed(source, folded_type);
        tallies.retain(|tally| !is_common(&self.rulebook.tallies[*tally]));
        tallies
    }

    /// Whether a type of event is the lead's doing, so that `any` takes it.
    #[must_use]
    pub(crate) fn is_engagement(&self, folded_type: Option<&str>) -> bool {
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

    /// Whether a window hangs on returns that events say.
    pub(crate) fn has_late_returns(&self) -> bool {
        !self.late_returns.is_empty()
    }

    fn window(&mut self, select: &Selection) -> Option<usize> {
        if select.since.is_empty() {
            return None;
        }
        let window = Window { since: select.since.clone(), stretch: select.stretch.clone() };
        let known = self.windows.iter().position(|known| *known == window);
        Some(known.unwrap_or_else(|| {
            let begins = window.stretch.iter().flat_map(|stretch| &stretch.from);
            let mut fields = window.since.iter().chain(begins);
            self.is_late.push(fields.any(|field| self.late_returns.contains(&field.field)));
            self.windows.push(window);
            self.windows.len() - 1
        }))
    }
}

/// For each field of events whether its numbers are days in every source that has it.
fn fields_elapsed(rulebook: &Rulebook) -> Vec<bool> {
    let is_days = |field: usize| {
        let of_sources = rulebook.sources.iter().map(DerivedFields::of_source).zip(&rulebook.sources);
        let mut having = of_sources.filter(|(_, source)| source.fields.iter().any(|(known, _)| *known == field));
        having.all(|(derived, _)| derived.is_days(field))
    };
    (0..rulebook.event_fields.len()).map(is_days).collect()
}

/// The fields of a lead that its events give, each with its tally.
fn fields_of_events(rulebook: &Rulebook) -> Vec<(usize, usize)> {
    let tally = |field: &Field| match field.derivation()? {
        Derivation::OfEvents(tally) => Some(*tally),
        _ => None,
    };
    rulebook.fields.iter().enumerate().filter_map(|(index, field)| Some((index, tally(field)?))).collect()
}

/// The fields that hold a lead's latest return where that hangs on events, itself or by a field.
fn late_returns(rulebook: &Rulebook) -> Vec<usize> {
    let of_events = |field: usize| reads_events(rulebook, field);
    let is_return = |field: &usize| matches!(rulebook.fields[*field].derivation(), Some(Derivation::LatestReturn(_)));
    (0..rulebook.fields.len()).filter(is_return).filter(|field| of_events(*field)).collect()
}

/// Whether the value of a field hangs on events.
fn reads_events(rulebook: &Rulebook, field: usize) -> bool {
    // A field that is asked for already is not asked for again, however many read it.
    let (mut asked, mut open) = (vec![field], vec![field]);
    while let Some(field) = open.pop() {
        let Some(derivation) = rulebook.fields[field].derivation() else { continue };
        match derivation {
            Derivation::OfEvents(_) => return true,
            Derivation::LatestReturn(latest) if !latest.tallies().is_empty() => return true,
            _ => {}
        }
        for input in derivation.inputs() {
            if !asked.contains(&input.field) {
                asked.push(input.field);
                open.push(input.field);
            }
        }
    }
    false
}

/// An earlier tally that keeps the same number of the same events: the newest serves every `idle_days`.
fn same_number(rulebook: &Rulebook, index: usize) -> Option<usize> {
    let tallies = &rulebook.tallies;
    if !is_newest(&tallies[index].measure) {
        return None;
    }
    (0..index).find(|&earlier| is_newest(&tallies[earlier].measure) && tallies[earlier].select == tallies[index].select)
}

/// The leaves of what `where` asks of events.
fn event_leaves(rulebook: &Rulebook, as_of: Instant) -> Leaves<'_> {
    let types: Vec<_> = rulebook.event_fields.iter().map(|field| field.kind).collect();
    let filters = rulebook.tallies.iter().filter_map(|tally| tally.select.filter.as_ref());
    let rules = rulebook.sources.iter().flat_map(|source| &source.automated);
    let filters = filters.chain(rules.filter_map(|rule| rule.filter.as_ref()));
    Leaves::new(filters, &types, std::iter::empty(), as_of)
}
