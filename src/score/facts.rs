//! One lead as facts: its cells, its tallies, and the scores, grade and stages as they come to be known.

use super::card::ScoreCard;
use super::cells::Cells;
use super::column::{Note, noted_date};
use super::eval::{Facts, evaluate_atom};
use super::measure::{NONE_LARGEST, TallyShape};
use super::passes::latest_return;
use super::plan::{Edges, Plan};
use super::program::Judged;
use super::tallies::Tallies;
use super::truth::{Quantity, Truth};
use super::words::TruthWord;
use crate::points::Points;
use crate::rulebook::derived::Derivation;
use crate::rulebook::expr::{Atom, FieldRef, Measure, ScoreRef, Stretch};
use crate::rulebook::{Fade, Rulebook};
use crate::value::{Instant, Moment, Value};

/// Decodes a lead's field.
pub(crate) type Decode<'a> = dyn Fn(usize) -> Value<'a> + 'a;

/// A lead's cells.
pub(crate) type LeadCells<'a> = Cells<'a, Box<Decode<'a>>>;

/// How long a lead has been silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Silence {
    /// Since its newest event, or else the date that the fade names.
    pub since: Instant,
    /// Whether that is an event.
    pub is_event: bool,
    /// How long, in milliseconds.
    pub length_ms: i64,
}

/// A lead's cells, one's own or those that another holds.
pub enum HeldCells<'x, 'r> {
    /// One's own: the same room serves one lead after another.
    Own(LeadCells<'r>),
    /// Those of the facts beside which these stand.
    Shared(&'x LeadCells<'r>),
}

impl<'r> std::ops::Deref for HeldCells<'_, 'r> {
    type Target = LeadCells<'r>;

    fn deref(&self) -> &LeadCells<'r> {
        match self {
            Self::Own(cells) => cells,
            Self::Shared(cells) => cells,
        }
    }
}

/// One lead, as conditions see it. The card is filled in by [`super::score_lead`], in the order of what depends on what; the
/// same room serves one lead after another.
pub struct LeadFacts<'x, 'r> {
    /// The rulebook and the instant.
    pub plan: &'x Plan<'r>,
    /// What is scored by: the plan's rulebook, or one beside it that has the same fields and tallies.
    pub rulebook: &'x Rulebook,
    /// The lead's cells.
    pub lead: HeldCells<'x, 'r>,
    pub(super) tallies: &'x Tallies,
    pub(super) index: u32,
    pub(super) card: ScoreCard,
    /// What is true of its cells; empty where nothing was judged by the plan's program.
    pub(super) judged: Judged,
}

impl<'x, 'r> LeadFacts<'x, 'r> {
    /// Room for leads, one after another, whose cells are decoded by what `lead` knows.
    #[must_use]
    pub fn new(plan: &'x Plan<'r>, lead: LeadCells<'r>, tallies: &'x Tallies) -> Self {
        let lead = HeldCells::Own(lead);
        Self {
            plan,
            rulebook: plan.rulebook,
            lead,
            tallies,
            index: 0,
            card: ScoreCard::default(),
            judged: Judged::default(),
        }
    }

    /// The same lead, cells and tallies, to be scored by another rulebook that numbers fields, slots and tallies as this plan's
    /// does. `card` is room to be filled; [`Self::into_card`] gives it back.
    #[must_use]
    pub fn beside<'y>(&'y self, rulebook: &'y Rulebook, card: ScoreCard) -> LeadFacts<'y, 'r> {
        let lead = HeldCells::Shared(&self.lead);
        LeadFacts {
            plan: self.plan,
            rulebook,
            lead,
            tallies: self.tallies,
            index: self.index,
            card,
            judged: Judged::default(),
        }
    }

    /// The card, to be kept or filled again.
    #[must_use]
    pub fn into_card(self) -> ScoreCard {
        self.card
    }

    /// Turns to the next lead; `index` is its row in the tallies, and its cells were judged to be these. What decodes the cells has
    /// turned to it already.
    pub(crate) fn turn_to(&mut self, index: u32, words: &[TruthWord], notes: &[Note]) {
        self.index = index;
        self.judged.words.clear();
        self.judged.words.extend_from_slice(words);
        self.judged.notes.clear();
        self.judged.notes.extend_from_slice(notes);
        if let HeldCells::Own(cells) = &mut self.lead {
            cells.clear();
        }
        self.take_from_events();
    }

    /// Puts in the fields of the lead that come from its events.
    pub(super) fn take_from_events(&mut self) {
        for &(field, tally) in &self.plan.of_events {
            let value = match self.tallies.held(self.plan, tally, self.index) {
                Some(value) => value.clone(),
                None => match self.tallies.quantity(self.plan, tally, self.index, None) {
                    Quantity::Instant(instant) => Value::Instant(instant),
                    Quantity::Missing | Quantity::Number { .. } => Value::Missing,
                },
            };
            self.lead.put(field, value);
        }
        for &field in &self.plan.late_returns {
            let latest = self.latest_return(field).map_or(Value::Missing, Moment::value);
            self.lead.put(field, latest);
        }
    }

    /// When sales gave the lead back last, where that hangs on events, too.
    fn latest_return(&self, field: usize) -> Option<Moment> {
        match self.plan.rulebook.fields[field].derivation() {
            Some(Derivation::LatestReturn(latest)) => latest_return(latest, self),
            _ => None,
        }
    }

    /// Adds what derived fields make true, whose parts of the words and fields these are, to what the columns did.
    pub(crate) fn judge_derived(&mut self, parts: &[(usize, usize)]) {
        for &(part, field) in parts {
            let Judged { words, notes } = &mut self.judged;
            self.plan.program.judge(part, self.lead.value(field), words, notes);
        }
    }

    /// What is known of the lead's scores; after [`super::score_lead`], everything.
    #[must_use]
    pub fn card(&self) -> &ScoreCard {
        &self.card
    }

    /// Whether a field has a value.
    #[must_use]
    #[inline]
    pub fn has_value(&self, field: usize) -> bool {
        let known = self.plan.program.has_value(field, &self.judged);
        known.unwrap_or_else(|| !self.lead.value(field).is_missing())
    }

    /// The points of an occurrence criterion, in millionths, before its cap.
    #[must_use]
    pub fn points_micros(&self, tally: usize) -> i128 {
        Tallies::points_micros(self.plan, tally, self.tallies.of(self.index))
    }

    /// How many events a tally that counts has counted.
    #[must_use]
    #[inline]
    pub(crate) fn count(&self, tally: usize) -> u64 {
        match self.plan.layout.shapes[tally] {
            TallyShape::Count { slot } => u64::try_from(self.tallies.of(self.index).narrow(slot)).unwrap_or_default(),
            _ => 0,
        }
    }

    /// The time of the newest event of a tally that keeps it.
    #[must_use]
    #[inline]
    pub(crate) fn newest(&self, tally: usize) -> Option<Instant> {
        match self.plan.layout.shapes[tally] {
            TallyShape::Largest { slot } => Some(self.tallies.of(self.index).wide(slot))
                .filter(|newest| *newest != NONE_LARGEST)
                .map(Instant::from_ms),
            _ => None,
        }
    }

    /// A date field of the lead, if it has a value and that is not after `as_of`.
    #[must_use]
    pub fn past_date(&self, field: FieldRef) -> Option<Instant> {
        self.date(field).filter(|date| *date <= self.plan.as_of)
    }

    /// How long the lead has been silent; none where that counts from nothing.
    pub(crate) fn silence(&self, fade: &Fade) -> Option<Silence> {
        let newest = self.newest(self.rulebook.last_event_tally);
        let since = newest.or_else(|| self.past_date(fade.from?))?;
        let length_ms = self.plan.as_of.ms().saturating_sub(since.ms());
        Some(Silence { since, is_event: newest.is_some(), length_ms })
    }

    /// A date field of the lead.
    fn date(&self, field: FieldRef) -> Option<Instant> {
        match self.plan.program.date_note(field.field, &self.judged) {
            Some(note) => noted_date(note),
            None => self.lead.value(field.field).instant(),
        }
    }

    /// The date to be idle from where there is no event: the latest of `from` and the `since` dates in force.
    fn idle_from(&self, tally: usize) -> Option<Instant> {
        let tally = &self.plan.rulebook.tallies[tally];
        let Measure::IdleDays { from } = tally.measure else { return None };
        let from = from.and_then(|field| self.date(field));
        from.max(tally.select.since.iter().filter_map(|field| self.past_date(*field)).max())
    }
}

/// A date field, if it has a value and that is not after `as_of`.
pub(super) fn past_date<'a, D: Fn(usize) -> Value<'a>>(
    plan: &Plan<'_>,
    lead: &Cells<'a, D>,
    field: FieldRef,
) -> Option<Instant> {
    lead.value(field.field).instant().filter(|instant| *instant <= plan.as_of)
}

/// The latest of some date fields that are present and not after `as_of`.
pub(crate) fn latest_past<'a, D: Fn(usize) -> Value<'a>>(
    plan: &Plan<'_>,
    lead: &Cells<'a, D>,
    fields: &[FieldRef],
) -> Option<Instant> {
    fields.iter().filter_map(|field| past_date(plan, lead, *field)).max()
}

impl Plan<'_> {
    /// Whether a lead, whose fields `decode` knows, was created after `as_of`: then it doesn't exist yet.
    pub(crate) fn is_later<'a>(&self, decode: impl Fn(usize) -> Value<'a>) -> bool {
        let created = self.rulebook.leads.created.map(|field| decode(field.field));
        created.and_then(|created| created.instant()).is_some_and(|created| created > self.as_of)
    }

    /// The edges of each window of a lead, whose fields `decode` knows.
    pub(crate) fn edges_of<'a>(&self, decode: impl Fn(usize) -> Value<'a>) -> impl Iterator<Item = Edges> {
        let past = move |field: &FieldRef| {
            let instant = decode(field.field).instant();
            instant.filter(|instant| *instant <= self.as_of).map(Instant::ms)
        };
        self.windows.iter().map(move |window| {
            let latest = |fields: &[FieldRef]| fields.iter().filter_map(&past).max();
            let before = latest(&window.since).unwrap_or(i64::MIN);
            let end =
                |stretch: &Stretch| latest(&stretch.from).map_or(i64::MIN, |from| from.saturating_add(stretch.for_ms));
            (before, window.stretch.as_ref().map_or(i64::MAX, end))
        })
    }
}

impl Facts for LeadFacts<'_, '_> {
    fn as_of(&self) -> Instant {
        self.plan.as_of
    }

    fn value(&self, field: FieldRef) -> &Value<'_> {
        self.lead.value(field.field)
    }

    fn is_present(&self, field: FieldRef) -> bool {
        self.lead.is_present(field)
    }

    fn any_text(&self, field: FieldRef, holds: &mut dyn FnMut(&str, &str) -> bool) -> Option<bool> {
        self.lead.any_text(field, holds)
    }

    fn tally(&self, tally: usize) -> Quantity {
        self.tallies.quantity(self.plan, tally, self.index, self.idle_from(tally))
    }

    fn moments(&self, tally: usize) -> Vec<(Moment, Option<String>)> {
        self.tallies.moments(self.plan, tally, self.index)
    }

    fn score(&self, score: ScoreRef) -> Points {
        self.card.score(score)
    }

    fn stage(&self, stage: usize) -> Truth {
        // What does not stand above the stage that asks is not held.
        self.card.holds.get(stage).copied().unwrap_or(Truth::False)
    }

    fn grade(&self) -> &str {
        &self.card.grade
    }

    fn truth(&self, atom: &Atom) -> Truth {
        self.plan.program.truth(atom, &self.judged).unwrap_or_else(|| evaluate_atom(atom, self))
    }
}
