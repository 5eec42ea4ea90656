//! Two rulebooks ready to be compared on leads, and what they said of those that were looked at.

use super::align::{align, renamed, same_fields};
use super::edit::Edit;
use super::effect::{Effect, Outcome};
use super::frame::{Frame, StageNames};
use super::judge::{Judge, Room, Tried, tried};
use super::numbering::{common, lacks_sources, lacks_tables};
use super::patch::Patch;
use super::source::Source;
use super::sums::Sums;
use crate::funnel::{Lens, Observed};
use crate::rulebook::{Priority, Rulebook};
use crate::run::{Inputs, ScoredLead};
use crate::score::Plan;
use foldhash::HashMap;
use xxhash_rust::xxh3::xxh3_128;

/// How many edits are tried each on its own; those beyond are tried together.
const MOST_TRIED: usize = 200;

/// Two rulebooks, aligned.
#[derive(Debug)]
pub struct Comparison {
    pub(super) old: Source,
    pub(super) new: Source,
    pub(super) frame: Frame,
    pub(super) edits: Vec<Edit>,
    /// For each edit, which of the judge's trials it is, if it is tried at all.
    pub(super) trials: Vec<Option<usize>>,
    /// How many edits share the last trial.
    pub(super) n_together: usize,
    pub(super) judge: Judge,
    has_two_readings: bool,
    /// What the old and the new rulebook don't declare of the common tables and sources.
    lacking: [(Vec<bool>, Vec<bool>); 2],
}

impl Comparison {
    /// Aligns two rulebooks.
    #[must_use]
    pub fn new(old: Source, new: Source) -> Self {
        let both = common(&old.rulebook, &new.rulebook, &same_fields(&old, &new));
        let stages = StageNames::align(&both.old.stages, &both.new.stages, &renamed(&old, &new));
        let frame = Frame::new(&both.old, &both.new, &stages);
        let edits = align(&old, &new, &frame);
        let bare = bare(&both.old);
        let (trials, tried, n_together) = trials(&frame, &bare, &edits);
        let judge = Judge::new(
            &frame,
            frame.mix(&both.old, &Patch::default(), true),
            frame.mix(&both.new, &Patch::everything(&frame), true),
            tried,
        );
        let lacking = [&old, &new].map(|source| {
            let (tables, sources) = (&both.old.tables, &both.old.sources);
            (lacks_tables(tables, &source.rulebook), lacks_sources(sources, &source.rulebook))
        });
        let has_two_readings = edits.iter().any(|edit| edit.is_reading);
        Self { old, new, frame, edits, trials, n_together, judge, has_two_readings, lacking }
    }

    /// The rulebook by which files are read and leads scored for the comparison: it scores as the old one.
    #[must_use]
    pub fn old_rulebook(&self) -> &Rulebook {
        &self.judge.old.rulebook
    }

    /// The new rulebook as it was read, with its own numbering.
    #[must_use]
    pub fn new_source(&self) -> &Source {
        &self.new
    }

    /// The rulebook that scores as the new one.
    #[must_use]
    pub fn new_rulebook(&self) -> &Rulebook {
        &self.judge.new.rulebook
    }

    /// Whether the rulebooks read the files differently, so that each has to read them: first the old one, then the new.
    #[must_use]
    pub fn has_two_readings(&self) -> bool {
        self.has_two_readings
    }

    /// The files that one of the rulebooks reads, of those of both: what it doesn't declare it doesn't read.
    #[must_use]
    pub fn inputs(&self, all: &Inputs, is_new: bool) -> Inputs {
        let (tables, sources) = &self.lacking[usize::from(is_new)];
        let mut inputs = all.clone();
        let empty = |files: &mut Vec<Vec<std::path::PathBuf>>, lacks: &[bool]| {
            files.iter_mut().zip(lacks).filter(|(_, lacks)| **lacks).for_each(|(files, _)| files.clear());
        };
        empty(&mut inputs.tables, tables);
        empty(&mut inputs.sources, sources);
        inputs
    }

    /// The names of the stages, from the top of the funnel down; a renamed one has its new name.
    #[must_use]
    pub fn stages(&self) -> &[String] {
        &self.frame.stages
    }

    /// Whether what a lead is worth by its stage has to be measured for the new rulebook apart.
    fn has_other_values(&self) -> bool {
        self.edits.iter().any(|edit| edit.is_reading || edit.changes_worth)
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

fn trials(frame: &Frame, bare: &Rulebook, edits: &[Edit]) -> (Vec<Option<usize>>, Vec<Tried>, usize) {
    let mut trials = Vec::with_capacity(edits.len());
    let mut tries: Vec<Tried> = Vec::new();
    let mut rest = Patch::default();
    let mut n_together = 0;
    for edit in edits {
        trials.push(if edit.patch.is_empty() {
            None
        } else if tries.len() < MOST_TRIED {
            tries.push(tried(frame, bare, &edit.patch));
            Some(tries.len() - 1)
        } else {
            rest.join(&edit.patch);
            n_together += 1;
            Some(MOST_TRIED)
        });
    }
    if n_together > 0 {
        tries.push(tried(frame, bare, &rest));
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
        let before = judge.said(&judge.old, lead.card);
        let (card, after) =
            if is_other { (&room.card, judge.said(&judge.new, &room.card)) } else { (lead.card, before) };
        judge.settle(&mut found.sums, lead, (before, after), card);
        if self.has_other_values {
            let facts = lead.facts.beside(&judge.new.rulebook, card.clone());
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
        let said = judge.said(&judge.old, lead.card);
        let new = if is_other { judge.said(&judge.new, &room.card).outcome } else { said.outcome };
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
        let after = judge.said(&judge.new, lead.card);
        let priority: Option<&Priority> = before.priority.map(|at| &judge.old.rulebook.priorities[at]);
        let said = super::judge::Said { outcome: before.old, held: before.held, grade: &before.grade, priority };
        found.reading.add_lead(judge.n_places, before.new, after.outcome);
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
