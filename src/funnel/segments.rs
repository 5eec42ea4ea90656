//! Leads by the values of the `by` fields. Values compare folded and are shown as most often written; a field with very many
//! values keeps the first ones and counts the rest together, so that memory stays bounded.

use super::keyed::Keyed;
use crate::rulebook::expr::FieldRef;
use crate::score::LeadFacts;
use crate::value::{Part, Value, fold};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many values of a field are kept apart.
const MOST_KEPT: usize = 10_000;
/// How many are shown; the rest is "other".
const MOST_SHOWN: usize = 12;
/// Leads of the smaller segments.
const OTHER: &str = "(other)";
/// Leads without a value.
const NONE: &str = "(none)";
/// In place of e-mail addresses, which a report does not show.
pub(super) const ADDRESSES: &str = "(e-mail addresses)";

/// What is kept for each segment.
pub(super) trait Summed: Clone {
    /// Adds what another part of the run came to.
    fn add_sums(&mut self, other: &Self);
    /// How large a segment is.
    fn size(&self) -> u64;
}

/// The leads of one value.
#[derive(Clone, Debug)]
struct Segment<S> {
    /// As first written, which is how nearly all write it, and how often it is.
    first: (String, u64),
    /// How often it is written in which other way.
    others: BTreeMap<String, u64>,
    sums: S,
}

impl<S> Segment<S> {
    fn note(&mut self, text: &str, n: u64) {
        if self.first.0 == text {
            self.first.1 += n;
        } else if let Some(sum) = self.others.get_mut(text) {
            *sum += n;
        } else {
            self.others.insert(text.to_owned(), n);
        }
    }

    fn spellings(&self) -> impl Iterator<Item = (&str, u64)> {
        let others = self.others.iter().map(|(text, n)| (text.as_str(), *n));
        std::iter::once((self.first.0.as_str(), self.first.1)).chain(others)
    }

    /// The most frequent spelling; of equally frequent ones the first in byte order.
    fn name(&self) -> &str {
        let spellings = self.spellings().map(|(text, n)| (Reverse(n), text));
        spellings.min().map_or("", |(_, text)| text)
    }
}

/// Leads by the values of one field.
#[derive(Clone, Debug)]
pub(super) struct Segments<S> {
    /// What nothing comes to.
    none: S,
    /// Under the folded value.
    values: Keyed<String, Segment<S>>,
    rest: S,
    without: S,
    n_in_rest: u64,
}

impl<S: Summed> Segments<S> {
    /// No leads; `none` is what nothing comes to.
    pub(super) fn new(none: S) -> Self {
        let (rest, without) = (none.clone(), none.clone());
        Self { none, values: Keyed::default(), rest, without, n_in_rest: 0 }
    }

    /// Calls `each` with the sums of every segment that a lead belongs to: more than one only where a cell holds several values.
    pub(super) fn of_lead(&mut self, facts: &LeadFacts<'_, '_>, field: FieldRef, mut each: impl FnMut(&mut S)) {
        let whole = facts.lead.value(field.field);
        if let Value::Set(_) = whole {
            let mut found: Vec<(String, String)> = Vec::new();
            facts.lead.any_text(field, |text, folded| {
                if !found.iter().any(|(_, known)| known == folded) {
                    found.push((text.to_owned(), folded.to_owned()));
                }
                false
            });
            for (text, folded) in &found {
                each(self.written(text, folded));
            }
            return;
        }
        if let Value::Text(_) = whole {
            let mut is_found = false;
            facts.lead.any_text(field, |text, folded| {
                is_found = true;
                each(self.written(text, folded));
                true
            });
            if is_found {
                return;
            }
        }
        match shown(whole, field.part) {
            Some(text) => each(self.written(&text, &text)),
            None => each(&mut self.without),
        }
    }

    /// The sums of a text, or of none.
    pub(super) fn of_text(&mut self, text: Option<&str>) -> &mut S {
        match text {
            Some(text) => self.written(text, &fold(text)),
            None => &mut self.without,
        }
    }

    /// The sums of a value that a lead has, as written.
    fn written(&mut self, text: &str, folded: &str) -> &mut S {
        let (text, folded) = if text.contains('@') { (ADDRESSES, ADDRESSES) } else { (text, folded) };
        if !self.has_room(folded) {
            self.n_in_rest += 1;
            return &mut self.rest;
        }
        let segment = self.segment(text, folded);
        segment.note(text, 1);
        &mut segment.sums
    }

    /// Whether a value is known, or can still be kept apart.
    fn has_room(&self, folded: &str) -> bool {
        self.values.entries().len() < MOST_KEPT || self.values.get(folded).is_some()
    }

    /// The segment of a value; made, with nothing noted, if there is none yet.
    fn segment(&mut self, text: &str, folded: &str) -> &mut Segment<S> {
        let none = &self.none;
        let made = || Segment { first: (text.to_owned(), 0), others: BTreeMap::new(), sums: none.clone() };
        self.values.of(folded, made)
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (folded, segment) in other.values.entries() {
            if !self.has_room(folded) {
                self.n_in_rest += 1;
                self.rest.add_sums(&segment.sums);
                continue;
            }
            let all = self.segment(&segment.first.0, folded);
            segment.spellings().for_each(|(text, n)| all.note(text, n));
            all.sums.add_sums(&segment.sums);
        }
        self.rest.add_sums(&other.rest);
        self.without.add_sums(&other.without);
        self.n_in_rest += other.n_in_rest;
    }

    /// The sums of a value as the rulebook writes it.
    pub(super) fn get(&self, value: &str) -> Option<&S> {
        self.values.get(fold(value).as_ref()).map(|segment| &segment.sums)
    }

    /// The largest segments, then the rest, then leads without a value; and how many values are in the rest.
    pub(super) fn shown(&self) -> (Vec<(String, S)>, u64) {
        let mut sorted: Vec<&(String, Segment<S>)> = self.values.entries().iter().collect();
        // Equal sizes by name, so that the order of rows doesn't matter.
        sorted.sort_by(|(a, left), (b, right)| right.sums.size().cmp(&left.sums.size()).then_with(|| a.cmp(b)));
        let smaller = sorted.split_off(sorted.len().min(MOST_SHOWN));
        let mut shown: Vec<(String, S)> =
            sorted.into_iter().map(|(_, segment)| (segment.name().to_owned(), segment.sums.clone())).collect();
        let mut other = self.none.clone();
        for (_, segment) in &smaller {
            other.add_sums(&segment.sums);
        }
        other.add_sums(&self.rest);
        let n_in_other = smaller.len() as u64 + self.n_in_rest;
        for (name, sums) in [(OTHER, other), (NONE, self.without.clone())] {
            if sums.size() > 0 {
                shown.push((name.to_owned(), sums));
            }
        }
        (shown, n_in_other)
    }
}

/// A value that is no text, as text.
fn shown(value: &Value<'_>, part: Part) -> Option<String> {
    match value {
        Value::Number(_) | Value::Range(_) | Value::Days(_) => {
            value.number_rounded(part).map(|number| number.to_string())
        }
        Value::Boolean(value) => Some(if *value { "yes" } else { "no" }.to_owned()),
        Value::Instant(instant) | Value::Day(instant) => Some(instant.to_string()),
        Value::Missing | Value::Text(_) | Value::Set(_) => None,
    }
}
