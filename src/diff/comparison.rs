//! Two rulebooks ready to be compared on leads, and what they said of those that were looked at.

use super::align::{align, renamed, same_fields};
use super::edit::Edit;
use super::effect::{Effect, Outcome};
use super::frame::Frame;
use super::judge::{Judge, Room, Said, Tried, tried};
use super::numbering::common;
use super::patch::Patch;
use super::sides::{Pairs, Sides};
use super::source::Source;
use super::sums::Sums;
use crate::funnel::{Lens, Observed};
use crate::rulebook::{DISQUALIFIED, Priority, Rulebook, Stage};
use crate::run::{Inputs, ScoredLead};
use crate::score::Plan;
use foldhash::HashMap;
use xxhash_rust::xxh3::xxh3_128;

/// How many edits are tried each on its own; those beyond are tried together.
const MOST_TRIED: usize = 200;

/// Two rulebooks, aligned.
#[derive(Debug)]
pub struct Comparison {
    pub(super) sources: Sides<Source>,
    pub(super) frame: Frame,
    pub(super) edits: Vec<Edit>,
    /// For each edit, which of the judge's trials it is, if it is tried at all.
    pub(super) trials: Vec<Option<usize>>,
    /// How many edits share the last trial.
    pub(super) n_together: usize,
    pub(super) judge: Judge,
    has_two_readings: bool,
    /// Which tables and event sources either rulebook declares.
    tables: Pairs,
    events: Pairs,
}

impl Comparison {
    /// Aligns two rulebooks.
    #[must_use]
    pub fn new(old: Source, new: Source) -> Self {
        let sources = Sides { old, new };
        let both = common(sources.as_ref().map(|source| &source.rulebook), &same_fields(sources.as_ref()));
        let frame = Frame::new(both.rulebooks, &renamed(sources.as_ref()));
        let edits = align(sources.as_ref(), &frame);
        let (trials, tried, n_together) = trials(&frame, &edits);
        let judge = Judge::new(
            &frame,
            Sides {
                old: frame.mix(&frame.rulebooks.old, &Patch::default(), true),
                new: frame.mix(&frame.rulebooks.new, &Patch::everything(&frame), true),
            },
            tried,
            &edits.iter().flat_map(|edit| &edit.patch.0).copied().collect(),
        );
        let has_two_readings = edits.iter().any(|edit| edit.is_reading);
        let (tables, events) = (both.tables, both.sources);
        Self { sources, frame, edits, trials, n_together, judge, has_two_readings, tables, events }
    }

    /// The rulebook by which files are read and leads scored for the comparison: it scores as the old one.
    #[must_use]
    pub fn old_rulebook(&self) -> &Rulebook {
        &self.judge.mixtures.old.rulebook
    }

    /// The new rulebook as it was read, with its own numbering.
    #[must_use]
    pub fn new_source(&self) -> &Source {
        &self.sources.new
    }

    /// The rulebook that scores as the new one.
    #[must_use]
    pub fn new_rulebook(&self) -> &Rulebook {
        &self.judge.mixtures.new.rulebook
    }

    /// Whether the rulebooks read the files differently, so that each has to read them: first the old one, then the new.
    #[must_use]
    pub fn has_two_readings(&self) -> bool {
        self.has_two_readings
    }

    /// The files that one of the rulebooks reads, of those of both: what it doesn't declare it doesn't read.
    #[must_use]
    pub fn inputs(&self, all: &Inputs, is_new: bool) -> Inputs {
        let mut inputs = all.clone();
        for (files, pairs) in [(&mut inputs.tables, &self.tables), (&mut inputs.sources, &self.events)] {
            let lacked = files.iter_mut().zip(pairs).filter(|(_, pair)| pair.of(is_new).is_none());
            lacked.for_each(|(files, _)| files.clear());
        }
        inputs
    }

    /// The names of the stages, from the top of the funnel down; a renamed one has its new name.
    #[must_use]
    pub fn stages(&self) -> Vec<String> {
        (0..self.frame.stages.len()).map(|at| self.frame.stage_name(at).to_owned()).collect()
    }

    /// The stages and, beyond them, what disqualified leads are called.
    pub(super) fn places(&self) -> Vec<String> {
        self.stages().into_iter().chain([DISQUALIFIED.to_owned()]).collect()
    }

    /// Whether what a lead is worth by its stage has to be measured for the new rulebook apart.
    fn has_other_values(&self) -> bool {
        let measured = |rulebook: &'_ Rulebook| {
            let record = |stage: &'_ Stage| {
                (stage.name.clone(), stage.entered.clone(), stage.is_fact.then(|| stage.when.clone()))
            };
            let stages: Vec<_> = rulebook.stages.iter().map(record).collect();
            (stages, rulebook.funnel.clone(), rulebook.value.clone())
        };
        self.has_two_readings || !self.frame.rulebooks.as_ref().map(measured).is_same()
    }
}

/// The rulebook without what a trial doesn't look at.
fn bare(rulebook: &Rulebook) -> Rulebook {
    Rulebook {
        tables: Vec::new(),
        sources: Vec::new(),
        fields: Vec::new(),
        event_fields: Vec::new(),
        lead_slots: Vec::new(),
        event_slots: Vec::new(),
        tallies: Vec::new(),
        criteria: Vec::new(),
        export: None,
        funnel: None,
        value: None,
        ..rulebook.clone()
    }
}

fn trials(frame: &Frame, edits: &[Edit]) -> (Vec<Option<usize>>, Vec<Tried>, usize) {
    let bare = bare(&frame.rulebooks.old);
    let mut trials = Vec::with_capacity(edits.len());
    let mut tries: Vec<Tried> = Vec::new();
    let mut rest = Patch::default();
    let mut n_together = 0;
    for edit in edits {
        trials.push(if edit.patch.is_empty() {
            None
        } else if tries.len() < MOST_TRIED {
            tries.push(tried(frame, &bare, &edit.patch));
            Some(tries.len() - 1)
        } else {
            rest.join(&edit.patch);
            n_together += 1;
            Some(MOST_TRIED)
        });
    }
    if n_together > 0 {
        tries.push(tried(frame, &bare, &rest));
    }
    (trials, tries, n_together)
}

/// What the old rulebook, and the new one on the old reading, said of a lead: kept until the new reading comes to it.
#[derive(Clone, Debug)]
struct Before {
    old: Outcome,
    held: u64,
    grade: String,
    priority: Option<usize>,
    new: Outcome,
}

/// What was found so far; parts of it add up in any order.
#[derive(Debug, Default)]
pub struct Findings {
    pub(super) sums: Sums,
    /// What reading the files in the new way does to leads that the new rulebook scores.
    pub(super) reading: Effect,
    pub(super) n_only_new: u64,
    pub(super) observed: [Option<Observed>; 2],
    /// All ids as one number, whatever their order: what ids are hashed with where no key is given.
    pub(super) all_ids: u128,
    befores: HashMap<u128, Before>,
    room: Room,
}

/// A comparison bound to an instant, looking at one lead after another.
pub struct Look<'c> {
    pub(super) comparison: &'c Comparison,
    pub(super) lenses: [Option<Lens<'c>>; 2],
    has_other_values: bool,
}

impl<'c> Look<'c> {
    /// Binds a comparison to the plans of both rulebooks. `n_leads` is about how many there are.
    #[must_use]
    pub fn new(comparison: &'c Comparison, plans: [&Plan<'c>; 2], n_leads: u64) -> Self {
        let asks = comparison.judge.asks_value;
        let has_other_values = asks && comparison.has_other_values();
        let lens = |is_wanted: bool, plan: &Plan<'c>| is_wanted.then(|| Lens::new(plan, n_leads));
        let lenses = [lens(asks, plans[0]), lens(has_other_values, plans[1])];
        Self { comparison, lenses, has_other_values }
    }

    fn observe(&self, which: usize, found: &mut Findings, lead: &ScoredLead<'_, '_>) {
        if let Some(lens) = &self.lenses[which] {
            found.observed[which].get_or_insert_with(|| Observed::new(lens)).add_lead(lens, lead);
        }
    }

    fn note_id(found: &mut Findings, lead: &ScoredLead<'_, '_>) -> u128 {
        let id = xxh3_128(lead.id.as_bytes());
        found.all_ids = found.all_ids.wrapping_add(id);
        id
    }

    /// Looks at a lead that both rulebooks read alike; the old one has scored it.
    pub fn look(&self, found: &mut Findings, lead: &ScoredLead<'_, '_>) {
        let judge = &self.comparison.judge;
        Self::note_id(found, lead);
        self.observe(0, found, lead);
        let mut room = std::mem::take(&mut found.room);
        let is_other = judge.weigh(lead, &mut room, &mut found.sums.by_edit);
        let before = judge.said(&judge.mixtures.old, lead.card);
        let (card, after) =
            if is_other { (&room.card, judge.said(&judge.mixtures.new, &room.card)) } else { (lead.card, before) };
        judge.settle(&mut found.sums, lead, (before, after), card);
        if self.has_other_values {
            let facts = lead.facts.beside(&judge.mixtures.new.rulebook, card.clone());
            self.observe(1, found, &lead.beside(&facts));
        }
        found.room = room;
    }

    /// Looks at a lead as the old rulebook reads it, where the new one reads it differently.
    pub fn look_first(&self, found: &mut Findings, lead: &ScoredLead<'_, '_>) {
        let judge = &self.comparison.judge;
        let id = Self::note_id(found, lead);
        self.observe(0, found, lead);
        let mut room = std::mem::take(&mut found.room);
        let is_other = judge.weigh(lead, &mut room, &mut found.sums.by_edit);
        let said = judge.said(&judge.mixtures.old, lead.card);
        let new = if is_other { judge.said(&judge.mixtures.new, &room.card).outcome } else { said.outcome };
        let before = Before {
            old: said.outcome,
            held: said.held,
            grade: said.grade.to_owned(),
            priority: lead.card.priority,
            new,
        };
        found.befores.insert(id, before);
        found.room = room;
    }

    /// Looks at a lead as the new rulebook reads it and has scored it; `first` is what the first reading found.
    pub fn look_again(&self, first: &Findings, found: &mut Findings, lead: &ScoredLead<'_, '_>) {
        let judge = &self.comparison.judge;
        let Some(before) = first.befores.get(&xxh3_128(lead.id.as_bytes())) else {
            found.n_only_new += 1;
            return;
        };
        self.observe(1, found, lead);
        let after = judge.said(&judge.mixtures.new, lead.card);
        let priority: Option<&Priority> = before.priority.map(|at| &judge.mixtures.old.rulebook.priorities[at]);
        let said = Said { outcome: before.old, held: before.held, grade: &before.grade, priority };
        found.reading.add_lead(before.new, after.outcome);
        judge.settle(&mut found.sums, lead, (said, after), lead.card);
    }
}

impl Findings {
    /// Adds what was found elsewhere in the same pass, or in the other one.
    pub fn add(&mut self, look: &Look<'_>, other: Self) {
        self.sums.add(other.sums);
        self.reading.add(&other.reading);
        self.n_only_new += other.n_only_new;
        self.all_ids = self.all_ids.wrapping_add(other.all_ids);
        self.befores.extend(other.befores);
        for ((own, more), lens) in self.observed.iter_mut().zip(other.observed).zip(&look.lenses) {
            match (own.as_mut(), more, lens) {
                (Some(own), Some(more), Some(lens)) => own.add(lens, &more),
                (None, more, _) => *own = more,
                _ => {}
            }
        }
    }

    /// How many leads only the old rulebook found.
    pub(super) fn n_only_old(&self) -> u64 {
        let n_first = self.befores.len() as u64;
        n_first.saturating_sub(if n_first == 0 { 0 } else { self.sums.n_leads })
    }
}
