//! The score card of a lead: what every criterion gave, and how that adds up.
//!
//! Exact arithmetic in hundredths: criteria → group → dimension (× weight) → total, each with its limits. The card keeps
//! every sum before and after its limits, so that whoever shows it never computes it again.

use super::eval::{Facts, evaluate, held_against};
use super::facts::{LeadFacts, Silence};
use super::leaves::OneValue;
use super::stage::Step;
use super::truth::Truth;
use crate::points::Points;
use crate::rulebook::expr::{Entry, Expr, FieldRef, ScoreRef, Term, Worth};
use crate::rulebook::{Criterion, Fade, Limits, Rulebook};
use crate::value::{Instant, Value, fold};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// A sum on its way through silence, a weight and limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subtotal {
    /// The sum of the parts.
    pub sum: Points,
    /// After it faded with silence; the sum itself where nothing fades.
    pub faded: Points,
    /// After the weight; as before it where there is none.
    pub weighted: Points,
    /// After `max`, then `min`: what counts.
    pub value: Points,
}

/// When and whether the CRM says that a stage was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageEntry {
    /// Whether it was.
    pub truth: Truth,
    /// When, if that is known.
    pub at: Option<Instant>,
}

/// Everything that a rulebook says of one lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScoreCard {
    /// The points of each criterion, after its own cap, in rulebook order.
    pub criteria: Vec<Points>,
    /// The criteria that gave points, in rulebook order.
    pub given: Vec<usize>,
    /// For each dimension its groups.
    pub groups: Vec<Vec<Subtotal>>,
    /// The dimensions.
    pub dimensions: Vec<Subtotal>,
    /// The total.
    pub total: Subtotal,
    /// The grade; empty where none is defined.
    pub grade: String,
    /// For each stage, whether the CRM says that it was entered; of a lead that came back, since then.
    pub entered: Vec<StageEntry>,
    /// How many passes through the stages it has begun: 1, and one more for each return.
    pub passes: u64,
    /// When sales gave it back last.
    pub returned: Option<Instant>,
    /// For each stage, whether the lead holds it.
    pub holds: Vec<Truth>,
    /// Index of the disqualifier that applies.
    pub disqualified: Option<usize>,
    /// Index of the stage; none if disqualified.
    pub stage: Option<usize>,
    /// Index of the last stage that was entered.
    pub crm_stage: Option<usize>,
    /// What to do with the lead in the CRM.
    pub step: Option<Step>,
    /// Index of the priority.
    pub priority: Option<usize>,
}

impl ScoreCard {
    /// A score by its name.
    #[must_use]
    pub fn score(&self, score: ScoreRef) -> Points {
        match score {
            ScoreRef::Total => self.total.value,
            ScoreRef::Dimension(dimension) => self.dimensions[dimension].value,
            ScoreRef::Group(dimension, group) => self.groups[dimension][group].value,
            // No condition on a lead names a score of its account: a lead's result never hangs on it.
            ScoreRef::Account(_) | ScoreRef::AccountLeads => Points::ZERO,
        }
    }

    /// The criteria largest in size, at most three; ties in rulebook order; zeros left out.
    #[must_use]
    pub fn largest(&self) -> [Option<usize>; 3] {
        let mut largest = [(0, Reverse(usize::MAX)); 3];
        for &index in &self.given {
            let mut new = (self.criteria[index].size(), Reverse(index));
            for kept in &mut largest {
                (*kept, new) = if *kept < new { (new, *kept) } else { (*kept, new) };
            }
        }
        largest.map(|(size, Reverse(index))| (size > 0).then_some(index))
    }
}

/// The points of one criterion, after its cap.
#[must_use]
#[inline]
pub(crate) fn criterion_points(criterion: &Criterion, facts: &LeadFacts<'_, '_>) -> Points {
    let gated = |condition| evaluate(condition, facts) != Truth::True;
    if !criterion.enabled || criterion.only_if.as_ref().is_some_and(gated) {
        return Points::default();
    }
    match &criterion.worth {
        Worth::Choose { arms, otherwise, unknown } => match first_true(arms.iter().map(|arm| &arm.when), facts) {
            Chosen::Arm(arm) => arms[arm].points,
            Chosen::Unknown => *unknown,
            Chosen::None => *otherwise,
        },
        Worth::Lookup { field, entries, by_text, otherwise, unknown } => match look_up(*field, entries, by_text, facts)
        {
            Chosen::Arm(entry) => entries[entry].points,
            Chosen::Unknown => *unknown,
            Chosen::None => *otherwise,
        },
        Worth::Occurrences { tally, cap } => capped(facts.points_micros(*tally), *cap),
    }
}

/// Which part of a choice applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// This arm or entry.
    Arm(usize),
    /// None is true, and at least one is unknown.
    Unknown,
    /// None is true.
    None,
}

/// The first of some conditions that is true.
#[must_use]
pub(crate) fn first_true<'e>(conditions: impl Iterator<Item = &'e Expr>, facts: &impl Facts) -> Chosen {
    let mut fallback = Chosen::None;
    for (index, when) in conditions.enumerate() {
        match evaluate(when, facts) {
            Truth::True => return Chosen::Arm(index),
            Truth::Unknown => fallback = Chosen::Unknown,
            Truth::False => {}
        }
    }
    fallback
}

/// The entry for a field's value; for a set, of its first part that has one.
pub(crate) fn look_up<S: BuildHasher>(
    field: FieldRef,
    entries: &[Entry],
    by_text: &HashMap<String, usize, S>,
    facts: &LeadFacts<'_, '_>,
) -> Chosen {
    look_up_value(facts.lead.value(field.field), field, entries, by_text, facts.plan.as_of)
}

/// The entry for a value.
pub(super) fn look_up_value<S: BuildHasher>(
    value: &Value<'_>,
    field: FieldRef,
    entries: &[Entry],
    by_text: &HashMap<String, usize, S>,
    as_of: Instant,
) -> Chosen {
    let entry = |text: &str| by_text.get(fold(text).as_ref()).copied();
    match value {
        Value::Missing => Chosen::Unknown,
        Value::Set(texts) => {
            let texts = || texts.iter().filter_map(|text| field.part.extract(text));
            match texts().find_map(entry) {
                Some(entry) => Chosen::Arm(entry),
                None if texts().next().is_none() => Chosen::Unknown,
                None => Chosen::None,
            }
        }
        Value::Range(range) if range.part(field.part).is_none() => Chosen::Unknown,
        Value::Text(text) => match field.part.extract(text) {
            None => Chosen::Unknown,
            Some(text) => entry(text).map_or(Chosen::None, Chosen::Arm),
        },
        _ => {
            let facts = OneValue::new(value, as_of);
            let holds = |entry: &Entry| held_against(Term::Field(field), &entry.test, &facts).is_true();
            entries.iter().position(holds).map_or(Chosen::None, Chosen::Arm)
        }
    }
}

/// Millionths as points, limited to ±`cap`.
#[must_use]
#[inline]
pub fn capped(micros: i128, cap: Option<Points>) -> Points {
    if micros == 0 {
        return Points::default();
    }
    let limited = cap.map_or(micros, |cap| {
        let cap = cap.micros();
        micros.clamp(-cap, cap)
    });
    Points::from_micros_rounded(limited)
}

impl Limits {
    /// The value within the limits: `max` first, then `min`.
    #[must_use]
    pub fn apply(self, value: Points) -> Points {
        let value = self.max.map_or(value, |max| value.min(max));
        self.min.map_or(value, |min| value.max(min))
    }
}

/// What is left of a sum after a silence; all of it where the lead's silence counts from nothing.
fn faded(sum: Points, fade: Option<&Fade>, silence: &impl Fn(&Fade) -> Option<Silence>) -> Points {
    let Some(fade) = fade.filter(|_| sum > Points::ZERO) else { return sum };
    silence(fade).map_or(sum, |silence| Points::from_hundredths(fade.decay.apply(sum.hundredths(), silence.length_ms)))
}

/// Fills in groups, dimensions and total of a card whose criteria have their points. `silence` says how long the lead has been
/// silent.
pub(crate) fn roll_up(rulebook: &Rulebook, card: &mut ScoreCard, silence: &impl Fn(&Fade) -> Option<Silence>) {
    begin_sums(rulebook, card);
    // Which criteria give points is anyone's guess; so each is written down, and only those that do are kept.
    card.given.resize(card.criteria.len(), 0);
    let mut n_given = 0;
    for (index, points) in card.criteria.iter().enumerate() {
        card.given[n_given] = index;
        n_given += usize::from(!points.is_zero());
    }
    card.given.truncate(n_given);
    for &index in &card.given {
        let criterion = &rulebook.criteria[index];
        let sum = match criterion.group {
            Some(group) => &mut card.groups[criterion.dimension][group].sum,
            None => &mut card.dimensions[criterion.dimension].sum,
        };
        *sum = sum.saturating_add(card.criteria[index]);
    }
    card.total = Subtotal::default();
    let total = &mut card.total;
    for ((dimension, own), groups) in rulebook.dimensions.iter().zip(&mut card.dimensions).zip(&mut card.groups) {
        for (group, subtotal) in dimension.groups.iter().zip(groups) {
            subtotal.faded = faded(subtotal.sum, group.fade.as_ref(), silence);
            subtotal.weighted = subtotal.faded;
            subtotal.value = group.limits.apply(subtotal.faded);
            own.sum = own.sum.saturating_add(subtotal.value);
        }
        own.faded = faded(own.sum, dimension.fade.as_ref(), silence);
        own.weighted = own.faded.scaled(dimension.weight.micros());
        own.value = dimension.limits.apply(own.weighted);
        if dimension.in_total {
            total.sum = total.sum.saturating_add(own.value);
        }
    }
    (total.faded, total.weighted) = (total.sum, total.sum);
    total.value = rulebook.total.apply(total.sum);
}

/// Sets all sums to nothing; the room of the card before is used again.
fn begin_sums(rulebook: &Rulebook, card: &mut ScoreCard) {
    card.given.clear();
    let is_room = card.groups.len() == rulebook.dimensions.len()
        && card
            .groups
            .iter()
            .zip(&rulebook.dimensions)
            .all(|(groups, dimension)| groups.len() == dimension.groups.len());
    if !is_room {
        card.groups =
            rulebook.dimensions.iter().map(|dimension| vec![Subtotal::default(); dimension.groups.len()]).collect();
        card.dimensions = vec![Subtotal::default(); rulebook.dimensions.len()];
        return;
    }
    card.groups.iter_mut().flatten().for_each(|group| *group = Subtotal::default());
    card.dimensions.clear();
    card.dimensions.resize(rulebook.dimensions.len(), Subtotal::default());
}
