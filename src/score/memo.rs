//! What criteria give for a text that many leads share, worked out once for each distinct text: industries, countries, titles
//! and domains repeat.
//!
//! Only criteria that read one text and nothing else are kept, so that what is kept is what they would give. Nothing here
//! evaluates a condition.

use super::card::criterion_points;
use super::facts::LeadFacts;
use crate::points::Points;
use crate::rulebook::expr::FieldRef;
use crate::rulebook::read::Ref;
use crate::rulebook::{Criterion, Rulebook};
use crate::value::Value;
use foldhash::HashMap;

/// The criteria that read one text, or part of one, and nothing else.
#[derive(Clone, Debug)]
pub(crate) struct TextCriteria {
    field: FieldRef,
    criteria: Vec<usize>,
}

/// The criteria of a rulebook that read one text and nothing else, by that text.
pub(super) fn text_criteria(rulebook: &Rulebook) -> Vec<TextCriteria> {
    let mut found: Vec<TextCriteria> = Vec::new();
    for (index, criterion) in rulebook.criteria.iter().enumerate() {
        let Some(field) = only_field(criterion).filter(|field| rulebook.fields[field.field].spec.reader.reads_text())
        else {
            continue;
        };
        match found.iter_mut().find(|known| known.field == field) {
            Some(known) => known.criteria.push(index),
            None => found.push(TextCriteria { field, criteria: vec![index] }),
        }
    }
    found
}

/// The one field, or part of one, that a criterion reads, if it reads nothing else.
fn only_field(criterion: &Criterion) -> Option<FieldRef> {
    let read = criterion
        .references()
        .into_iter()
        .map(|read| if let Ref::LeadField(field) = read { Some(*field) } else { None });
    let fields = read.collect::<Option<Vec<FieldRef>>>()?;
    fields.first().copied().filter(|first| fields.iter().all(|field| field == first))
}

/// How many texts of a field are kept.
const MOST_TEXTS: usize = 1024;
/// After how many leads a field shows whether its texts repeat.
const TRIAL: usize = 256;

/// What was worked out so far.
#[derive(Debug, Default)]
pub(super) struct Memo {
    pages: Vec<MemoPage>,
    /// For each criterion whether it is on a page.
    is_kept: Vec<bool>,
}

/// The texts of one field, with what each criterion gives for them.
#[derive(Debug)]
struct MemoPage {
    of: TextCriteria,
    points: HashMap<String, Vec<Points>>,
    n_leads: usize,
}

impl Memo {
    /// An empty one.
    pub(super) fn new(of: &[TextCriteria], n_criteria: usize) -> Self {
        let mut memo = Self { pages: Vec::new(), is_kept: vec![false; n_criteria] };
        for of in of {
            of.criteria.iter().for_each(|criterion| memo.is_kept[*criterion] = true);
            memo.pages.push(MemoPage { of: of.clone(), points: HashMap::default(), n_leads: 0 });
        }
        memo
    }

    /// Whether a criterion's points come from here.
    pub(super) fn keeps(&self, criterion: usize) -> bool {
        self.is_kept.get(criterion) == Some(&true)
    }

    /// Puts the points of the criteria that are kept here in their places.
    pub(super) fn fill(&mut self, facts: &LeadFacts<'_, '_>, points: &mut [Points]) {
        for page in &mut self.pages {
            page.fill(facts, points);
        }
    }
}

impl MemoPage {
    fn fill(&mut self, facts: &LeadFacts<'_, '_>, points: &mut [Points]) {
        let text = match facts.lead.value(self.of.field.field) {
            Value::Text(text) => self.of.field.part.extract(text),
            _ => None,
        };
        self.n_leads += 1;
        if let Some(known) = text.and_then(|text| self.points.get(text)) {
            self.of.criteria.iter().zip(known).for_each(|(criterion, known)| points[*criterion] = *known);
            return;
        }
        for criterion in &self.of.criteria {
            points[*criterion] = criterion_points(&facts.rulebook.criteria[*criterion], facts);
        }
        let repeats = self.n_leads < TRIAL || self.points.len() * 2 < self.n_leads;
        if let Some(text) = text.filter(|_| repeats && self.points.len() < MOST_TEXTS) {
            let points = self.of.criteria.iter().map(|criterion| points[*criterion]).collect();
            self.points.insert(text.to_owned(), points);
        }
    }
}
