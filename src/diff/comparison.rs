//! Two rulebooks ready to be compared on leads.

use super::align::{align, renamed, same_fields};
use super::edit::Edit;
use super::frame::Frame;
use super::judge::{Judge, Tried};
use super::numbering::common;
use super::patch::Patch;
use super::sides::{Pairs, Sides};
use super::source::DiffSource;
use crate::rulebook::{DISQUALIFIED, Rulebook, Stage};
use crate::run::Inputs;

/// How many edits are tried each on its own; those beyond are tried together.
const MOST_TRIED: usize = 200;

/// Two rulebooks, aligned.
#[derive(Debug)]
pub struct Comparison {
    pub(super) sources: Sides<DiffSource>,
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
    pub fn new(old: DiffSource, new: DiffSource) -> Self {
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
        // The same rule may look at another field or list.
        let rules =
            |rulebook: &Rulebook| rulebook.sources.iter().map(|source| source.automated.clone()).collect::<Vec<_>>();
        let has_other_rules = !frame.rulebooks.as_ref().map(rules).is_same();
        let has_two_readings = has_other_rules || edits.iter().any(|edit| edit.is_reading);
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
    pub fn new_source(&self) -> &DiffSource {
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
    pub(super) fn has_other_values(&self) -> bool {
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

/// For each edit its trial, if it can do anything; the trials; and how many edits share the last of them.
fn trials(frame: &Frame, edits: &[Edit]) -> (Vec<Option<usize>>, Vec<Tried>, usize) {
    let bare = bare(&frame.rulebooks.old);
    let n_felt = edits.iter().filter(|edit| !edit.patch.is_empty()).count();
    let mut patches: Vec<Patch> = Vec::new();
    let mut trial = |edit: &Edit| {
        if edit.patch.is_empty() {
            return None;
        }
        match patches.get_mut(MOST_TRIED) {
            Some(rest) => rest.join(&edit.patch),
            None => patches.push(edit.patch.clone()),
        }
        Some(patches.len() - 1)
    };
    let trials = edits.iter().map(&mut trial).collect();
    let tried = patches.iter().map(|patch| Tried::new(frame, &bare, patch)).collect();
    (trials, tried, n_felt.saturating_sub(MOST_TRIED))
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
