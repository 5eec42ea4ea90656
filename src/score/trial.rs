//! One lead on trial: its fields and events are given in memory, and what comes of it is exactly what a run over files says.
//!
//! Knows no files and no test cases. Cheap enough to be asked again and again of a changed rulebook.

use super::automated::{GatheredPart, Gathering, Times};
use super::board::Board;
use super::card::Chosen;
use super::cells::Cells;
use super::changes::{Changes, LateChanges};
use super::derive::{has_row, settled};
use super::facts::{Decode, LeadFacts};
use super::identity::{Identity, event_identity};
use super::plan::{Edges, Plan, Timing};
use super::score_lead;
use super::select::{Contribution, EventFacts, Verdict};
use super::stage::PreviousStage;
use super::takes::{EventProgram, EventTakes, Unjudged};
use super::tallies::Tallies;
use crate::rulebook::derived::DerivedFields;
use crate::value::{Instant, Moment, Value, fold};

/// A lead as files would give it, with its table rows and events already found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrialLead {
    /// Its fields' values: index into the rulebook's fields, and the value. Fields not named are missing; of a field named
    /// twice the last counts.
    pub fields: Vec<(usize, Value<'static>)>,
    /// Its events, in the order of the files.
    pub events: Vec<TrialEvent>,
    /// What the previous run said of it.
    pub before: PreviousStage,
}

/// An event of a lead on trial. It has a time: undated ones never count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialEvent {
    /// The source: index into the rulebook's.
    pub source: usize,
    /// The type, as a file would write it; empty if it has none.
    pub kind: String,
    /// When it happened.
    pub time: Instant,
    /// Whether that is a bare date, whose time of day nobody wrote.
    pub is_bare: bool,
    /// Its id, where the source has one: of events with the same id and type in a source the first counts.
    pub id: Option<String>,
    /// Its fields' values: index into the rulebook's event fields, and the value.
    pub fields: Vec<(usize, Value<'static>)>,
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts.
    Counted,
    /// It has no time that can be read.
    Undated,
    /// It lies after `as_of`.
    Later,
    /// An earlier row has its id and type.
    Repeat,
    /// A program made it, not the lead, by the rule of its source of this index.
    Automated(usize),
}

/// What a tally that looks at an event's type said of the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Take {
    /// The tally.
    pub tally: usize,
    /// Whether it selects the event.
    pub verdict: Verdict,
    /// What it takes.
    pub contribution: Contribution,
    /// On which side of the lead's window the event lies.
    pub timing: Timing,
}

/// A lead on trial, its events tallied.
#[derive(Debug)]
pub struct Trial<'t> {
    plan: &'t Plan<'t>,
    lead: &'t TrialLead,
    values: Vec<Value<'t>>,
    edges: Vec<Edges>,
    fates: Vec<Fate>,
    tallies: Tallies,
}

impl<'t> Trial<'t> {
    /// Tallies a lead's events; none if the lead was created after `as_of`: it is not scored then.
    #[must_use]
    pub fn new(plan: &'t Plan<'t>, lead: &'t TrialLead) -> Option<Self> {
        let rulebook = plan.rulebook;
        let mut values = vec![Value::Missing; rulebook.fields.len()];
        for (field, value) in &lead.fields {
            values[*field] = value.borrowed();
        }
        let early = |field| settled(&rulebook.fields, plan.as_of, field, &|field| values[field].clone());
        if plan.is_later(early) {
            return None;
        }
        let edges: Vec<Edges> = plan.edges_of(early).collect();
        let mut fates = fates(plan, &lead.events);
        set_automated_apart(plan, &lead.events, &mut fates);
        let board = Board::of_one(plan);
        let mut changes = Changes::of_one();
        for (event, _) in lead.events.iter().zip(&fates).filter(|(_, fate)| **fate == Fate::Counted) {
            give(plan, event, &edges, &mut changes);
        }
        board.apply(plan, &mut changes);
        if plan.late_returns.is_empty() {
            return Some(Self { plan, lead, values, edges, fates, tallies: board.close() });
        }
        let mut trial = Self { plan, lead, values, edges, fates, tallies: board.paused() };
        trial.settle_late(changes.take_late());
        Some(trial)
    }

    /// Gives what hangs on returns that events say, which are known now.
    fn settle_late(&mut self, late: LateChanges) {
        let plan = self.plan;
        let facts = self.room();
        let edges: Vec<Edges> = plan.edges_of(|field| facts.lead.value(field).clone()).collect();
        drop(facts);
        self.edges = edges;
        let board = Board::resumed(std::mem::replace(&mut self.tallies, Tallies::none()));
        let mut changes = Changes::of_one();
        let is_within = |_: u32, window: usize, time| Timing::of(time, self.edges[window]) == Timing::Within;
        late.settle(plan, is_within, &mut changes);
        board.apply(plan, &mut changes);
        self.tallies = board.close();
    }

    /// The rulebook and the instant.
    #[must_use]
    pub fn plan(&self) -> &'t Plan<'t> {
        self.plan
    }

    /// The lead.
    #[must_use]
    pub fn lead(&self) -> &'t TrialLead {
        self.lead
    }

    /// The lead's card, with the facts that can be asked about it.
    #[must_use]
    pub fn facts(&self) -> LeadFacts<'_, '_> {
        let mut facts = self.room();
        score_lead(&mut facts, self.lead.before);
        facts
    }

    /// The lead's facts, before it is scored.
    fn room(&self) -> LeadFacts<'_, '_> {
        let rulebook = self.plan.rulebook;
        let decode: Box<Decode<'_>> = Box::new(|field| self.values[field].borrowed());
        let cells = Cells::new(rulebook.fields.len(), rulebook.lead_slots.len(), decode);
        let cells = cells.with_derived(DerivedFields::of_leads(&rulebook.fields), self.plan.as_of);
        let cells = cells.with_rows(|table| has_row(&rulebook.fields, table, |field| !self.values[field].is_missing()));
        let mut facts = LeadFacts::new(self.plan, cells, &self.tallies);
        facts.take_from_events();
        facts
    }

    /// What became of each event, in their order.
    #[must_use]
    pub fn fates(&self) -> &[Fate] {
        &self.fates
    }

    /// Which of its texts a derived field of an event comes to, if it has a list of them; none where the event doesn't count, as it
    /// came later or before.
    pub(crate) fn chosen_of_event(&self, event: usize, field: usize) -> Option<Chosen> {
        let is_looked_at = matches!(self.fates[event], Fate::Counted | Fate::Automated(_));
        if is_looked_at { event_cells(self.plan, &self.lead.events[event]).chosen(field) } else { None }
    }

    /// What the tallies that look at an event's type said of it; nothing if it doesn't count.
    ///
    /// # Panics
    /// If the lead has no event of that number.
    #[must_use]
    pub fn takes(&self, event: usize) -> Vec<Take> {
        if self.fates[event] != Fate::Counted {
            return Vec::new();
        }
        let (plan, event) = (self.plan, &self.lead.events[event]);
        let cells = event_cells(plan, event);
        let facts = EventFacts { cells: &cells, as_of: plan.as_of };
        let take = |tally| {
            let verdict = plan.verdict(tally, event.time, &facts);
            let contribution = match verdict {
                Verdict::Selected => plan.contribution(tally, event.time, &cells),
                _ => Contribution::Nothing,
            };
            let timing =
                plan.window_of[tally].map_or(Timing::Within, |window| Timing::of(event.time, self.edges[window]));
            Take { tally, verdict, contribution, timing }
        };
        let folded = fold(&event.kind);
        plan.tallies_for(event.source, named(&folded)).into_iter().map(take).collect()
    }
}

/// A type by its folded name; an empty one is none.
fn named(folded: &str) -> Option<&str> {
    (!folded.is_empty()).then_some(folded)
}

/// What becomes of each event: later, a repeat, or counted.
fn fates(plan: &Plan<'_>, events: &[TrialEvent]) -> Vec<Fate> {
    // A lead on trial has few events; a list keeps it simple.
    let mut seen: Vec<(usize, Identity)> = Vec::new();
    let mut fate = |event: &TrialEvent| {
        if event.time > plan.as_of {
            return Fate::Later;
        }
        let Some(id) = &event.id else { return Fate::Counted };
        let id = (event.source, event_identity(&fold(&event.kind), id, plan.rulebook.ids));
        if seen.contains(&id) {
            return Fate::Repeat;
        }
        seen.push(id);
        Fate::Counted
    };
    events.iter().map(&mut fate).collect()
}

/// Of the events that would count, finds those that are automated.
fn set_automated_apart(plan: &Plan<'_>, events: &[TrialEvent], fates: &mut [Fate]) {
    for (source, screen) in plan.screens.iter().enumerate().filter(|(_, screen)| !screen.is_empty()) {
        let mut gathering = Gathering::default();
        let mut suspects = Vec::new();
        for (at, event) in events.iter().enumerate() {
            let groups = screen.groups_of(&fold(&event.kind));
            if event.source != source || fates[at] != Fate::Counted || groups.is_empty() {
                continue;
            }
            let mut memberships = Vec::new();
            screen.add_memberships(plan, &groups, &mut Unjudged, &event_cells(plan, event), &mut memberships);
            screen.gather(&memberships, 0, event.time, &mut gathering);
            suspects.push((at, memberships));
        }
        let times = Times::new(vec![gathering], |parts| parts.into_iter().map(GatheredPart::sorted).collect());
        for (at, memberships) in suspects {
            if let Some(rule) = screen.rule(&times, 0, events[at].time, &memberships) {
                fates[at] = Fate::Automated(rule);
            }
        }
    }
}

/// An event's cells.
fn event_cells<'e>(plan: &'e Plan<'_>, event: &'e TrialEvent) -> Cells<'e, impl Fn(usize) -> Value<'e>> {
    let decode = |field| {
        let known = event.fields.iter().rev().find(|(known, _)| *known == field);
        known.map_or(Value::Missing, |(_, value)| value.borrowed())
    };
    let cells = Cells::new(plan.rulebook.event_fields.len(), plan.rulebook.event_slots.len(), decode);
    cells.with_derived(DerivedFields::of_source(&plan.rulebook.sources[event.source]), plan.as_of)
}

/// Notes what an event gives to the lead.
fn give(plan: &Plan<'_>, event: &TrialEvent, edges: &[Edges], changes: &mut Changes) {
    let cells = event_cells(plan, event);
    let folded = fold(&event.kind);
    let program = EventProgram::new(plan, event.source, named(&folded));
    let mut takes = EventTakes::default();
    let moment = Moment { at: event.time, is_bare: event.is_bare };
    takes.fill(plan, &program, moment, &mut Unjudged, &cells);
    takes.taken().give(plan, 0, |window| Timing::of(event.time, edges[window]) == Timing::Within, changes);
}
