//! What the files say that a rulebook is held against: which columns, values and event types there are, how often fields are
//! empty, which criteria fire for whom. Made in one pass over the files, the one that scores; a pure value once made.
//!
//! Blocks are added in any number and always come to the same: sums, and for values the same few whatever the order. Memory
//! follows the rulebook, not the leads.

mod questions;
mod sketch;

pub(crate) use questions::{TextQuestion, asked};
pub(crate) use sketch::FieldSketch;

use crate::points::Points;
use crate::rulebook::Rulebook;
use crate::rulebook::expr::FieldRef;
use crate::run::{
    Counts, EventCounts, FileReport, HeaderProblem, HeadersSeen, Inputs, IssuesByField, MarksByField, Options,
    RunError, ScoredLead, SeveralColumns, Watch, Watched, load, look_at_headers,
};
use crate::score::{Plan, TextsSeen};
use crate::value::{Part, Value};
use questions::TextQuestions;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_128;

/// What the files say.
#[derive(Debug, Clone, Default)]
pub struct ExportsObserved {
    /// What is wrong with the headers; if anything is, nothing else is known.
    pub headers: Vec<HeaderProblem>,
    /// Where a file has more than one column of a list of which the first counts.
    pub several_columns: Vec<SeveralColumns>,
    /// How many leads were scored.
    pub n_leads: u64,
    /// For each of [`Rulebook::lead_slots`], how many leads have a value.
    pub n_present: Vec<u64>,
    /// For each of [`Rulebook::lead_slots`] of which a value is asked for, the values that there are.
    pub values: Vec<Option<FieldSketch>>,
    /// For each question about a text, in the order of [`asked`], how many leads each of its values is true of.
    pub n_matches: Vec<Vec<u64>>,
    /// For each criterion, for whom it fires.
    pub criteria: Vec<Fires>,
    /// For each source, what became of its events.
    pub sources: Vec<EventCounts>,
    /// For each source, whether it had a file.
    pub was_read: Vec<bool>,
    /// The files, in the order in which they were read.
    pub files: Vec<FileReport>,
    /// Cells that their type can't read.
    pub issues: IssuesByField,
    /// Fields that are added up although they have several currencies.
    pub mixed_currencies: MarksByField,
    /// The values and bands of derived fields that leads have.
    pub(crate) lead_texts: TextsSeen,
    /// Those that events have, by source.
    pub(crate) event_texts: BTreeMap<usize, TextsSeen>,
}

/// For whom a criterion fires: gives other than 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fires {
    /// For how many leads.
    pub n_leads: u64,
    /// The same number for the same leads, another for others.
    pub which: u128,
    /// The least and the most that it gives any lead.
    pub between: Option<(Points, Points)>,
}

impl Fires {
    fn add_lead(&mut self, lead: u128, points: Points) {
        if !points.is_zero() {
            self.n_leads += 1;
            self.which = self.which.wrapping_add(lead);
        }
        self.widen((points, points));
    }

    fn add(&mut self, other: Self) {
        self.n_leads += other.n_leads;
        self.which = self.which.wrapping_add(other.which);
        if let Some(between) = other.between {
            self.widen(between);
        }
    }

    fn widen(&mut self, (least, most): (Points, Points)) {
        self.between = Some(self.between.map_or((least, most), |(low, high)| (low.min(least), high.max(most))));
    }
}

/// What some of the leads come to.
struct Share {
    n_leads: u64,
    n_present: Vec<u64>,
    values: Vec<Option<FieldSketch>>,
    n_matches: Vec<Vec<u64>>,
    criteria: Vec<Fires>,
    texts: TextsSeen,
}

impl Share {
    fn new(rulebook: &Rulebook, questions: &TextQuestions<'_>) -> Self {
        let n_slots = rulebook.lead_slots.len();
        let is_asked = |slot| questions.asked.iter().any(|asked| asked.field.slot == slot).then(FieldSketch::default);
        Self {
            n_leads: 0,
            n_present: vec![0; n_slots],
            values: (0..n_slots).map(is_asked).collect(),
            n_matches: questions.asked.iter().map(|asked| vec![0; asked.values.len()]).collect(),
            criteria: vec![Fires::default(); rulebook.criteria.len()],
            texts: TextsSeen::default(),
        }
    }

    fn add_lead(&mut self, rulebook: &Rulebook, questions: &TextQuestions<'_>, lead: &ScoredLead<'_, '_>) {
        self.n_leads += 1;
        for (slot, (field, part)) in rulebook.lead_slots.iter().enumerate() {
            let reference = FieldRef { field: *field, part: *part, slot };
            if !lead.facts.lead.is_present(reference) {
                continue;
            }
            self.n_present[slot] += 1;
            if let Some(sketch) = &mut self.values[slot] {
                note_values(sketch, lead.facts.lead.value(*field), *part);
            }
        }
        for (question, n_matches) in questions.asked.iter().enumerate().zip(&mut self.n_matches) {
            let (number, asked) = question;
            lead.facts.lead.any_text(asked.field, |text, folded| {
                questions.answer(number, text, folded, n_matches);
                false
            });
        }
        let number = xxh3_128(&lead.number.to_le_bytes());
        for (fires, points) in self.criteria.iter_mut().zip(&lead.card.criteria) {
            fires.add_lead(number, *points);
        }
        if let Some(look) = &questions.texts {
            look.note(&lead.facts.lead, &mut self.texts);
        }
    }

    fn add(&mut self, other: Self) {
        self.n_leads += other.n_leads;
        self.n_present.iter_mut().zip(other.n_present).for_each(|(sum, more)| *sum += more);
        for (all, more) in self.values.iter_mut().zip(other.values) {
            if let (Some(all), Some(more)) = (all, more) {
                all.add(more);
            }
        }
        for (all, more) in self.n_matches.iter_mut().zip(other.n_matches) {
            all.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
        self.criteria.iter_mut().zip(other.criteria).for_each(|(all, more)| all.add(more));
        self.texts.add(other.texts);
    }
}

/// Notes a field's text, or each text of a set.
fn note_values(sketch: &mut FieldSketch, value: &Value<'_>, part: Part) {
    match value {
        Value::Text(text) => part.extract(text).into_iter().for_each(|text| sketch.note(text)),
        Value::Set(texts) => texts.iter().filter_map(|text| part.extract(text)).for_each(|text| sketch.note(text)),
        _ => {}
    }
}

impl ExportsObserved {
    /// Reads the files and scores them, to see.
    ///
    /// # Errors
    /// When a file can't be used, save for columns that it lacks: those are part of what is seen.
    pub fn read(plan: Plan<'_>, inputs: &Inputs, options: &Options, watch: &dyn Watch) -> Result<Self, RunError> {
        let rulebook = plan.rulebook;
        let HeadersSeen { problems: headers, several: several_columns } = look_at_headers(rulebook, inputs, options)?;
        if !headers.is_empty() {
            return Ok(Self { headers, several_columns, ..Self::default() });
        }
        let questions = TextQuestions::new(rulebook, plan.as_of);
        let mut loaded = load(plan, inputs, options, Watched::Texts, watch)?;
        let mut all = Share::new(rulebook, &questions);
        loaded.score(
            options,
            watch,
            |share: &mut Option<Share>, lead| {
                share.get_or_insert_with(|| Share::new(rulebook, &questions)).add_lead(rulebook, &questions, lead);
            },
            |share| share.into_iter().for_each(|share| all.add(share)),
        )?;
        let Share { n_leads, n_present, values, n_matches, criteria, texts: lead_texts } = all;
        let was_read = inputs.sources.iter().map(|paths| !paths.is_empty()).collect();
        let mixed_currencies = loaded.counts.mixed_currencies(rulebook);
        let Counts { sources, files, issues, event_texts, .. } = loaded.counts;
        Ok(Self {
            headers,
            several_columns,
            n_leads,
            n_present,
            values,
            n_matches,
            criteria,
            sources,
            was_read,
            files,
            issues,
            mixed_currencies,
            lead_texts,
            event_texts,
        })
    }

    /// How many leads have no value of a field, by its slot.
    #[must_use]
    pub fn n_missing(&self, slot: usize) -> u64 {
        self.n_present.get(slot).map_or(0, |present| self.n_leads - present)
    }
}
