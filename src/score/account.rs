//! An account whose scores are known: which stage it has, and which priority.
//!
//! Knows no leads: what is made of them comes in as facts.

use super::cells::{any_text, fold_value, is_present};
use super::eval::{Facts, evaluate};
use super::stage::last_true;
use super::truth::Truth;
use crate::points::Points;
use crate::rulebook::AccountRules;
use crate::rulebook::expr::{FieldRef, ScoreRef};
use crate::value::{Instant, Part, Value};

/// An account, as conditions see it.
#[derive(Clone, Debug)]
pub(crate) struct AccountFacts<'a> {
    pub as_of: Instant,
    pub rules: &'a AccountRules,
    /// Its scores, in the order of the rulebook.
    pub scores: &'a [Points],
    /// How many leads it has.
    pub n_leads: u64,
    /// The values of its fields, in the order of the rulebook.
    pub values: Vec<&'a Value<'static>>,
    /// For each of its stages whether it holds it, as far as they are known.
    holds: Vec<Truth>,
}

/// What an account comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AccountStanding {
    /// Its stage; none where there are none.
    pub stage: Option<usize>,
    /// The priority that applies.
    pub priority: Option<usize>,
}

impl<'a> AccountFacts<'a> {
    /// An account of which no stage is known yet.
    pub(crate) fn new(
        rules: &'a AccountRules,
        as_of: Instant,
        (scores, n_leads): (&'a [Points], u64),
        values: Vec<&'a Value<'static>>,
    ) -> Self {
        Self { as_of, rules, scores, n_leads, values, holds: Vec::new() }
    }

    /// Finds its stages, one after the other, because later ones look at earlier ones, and its priority.
    pub(crate) fn stand(&mut self) -> AccountStanding {
        let rules = self.rules;
        self.holds.clear();
        for stage in &rules.stages {
            let truth = stage.when.as_ref().map_or(Truth::True, |when| evaluate(when, self));
            self.holds.push(truth);
        }
        let applies = |when: &Option<_>| when.as_ref().is_none_or(|when| evaluate(when, self).is_true());
        AccountStanding {
            stage: last_true(self.holds.iter().copied()),
            priority: rules.priorities.iter().position(|priority| applies(&priority.when)),
        }
    }

    /// Whether it holds each of its stages.
    pub(crate) fn holds(&self) -> &[Truth] {
        &self.holds
    }
}

/// What nobody knows of an account.
static MISSING: Value<'static> = Value::Missing;

impl Facts for AccountFacts<'_> {
    fn as_of(&self) -> Instant {
        self.as_of
    }

    fn value(&self, field: FieldRef) -> &Value<'_> {
        let at = |part: Part| {
            self.rules.fields.iter().position(|own| (own.field.field, own.field.part) == (field.field, part))
        };
        // A part that is listed itself is that of the first lead that has the part.
        at(field.part).or_else(|| at(Part::Whole)).map_or(&MISSING, |at| self.values[at])
    }

    fn is_present(&self, field: FieldRef) -> bool {
        is_present(self.value(field), field.part)
    }

    fn any_text(&self, field: FieldRef, holds: &mut dyn FnMut(&str, &str) -> bool) -> Option<bool> {
        let value = self.value(field);
        any_text(value, field.part, &fold_value(value, field.part), holds)
    }

    fn score(&self, score: ScoreRef) -> Points {
        match score {
            ScoreRef::Account(score) => self.scores[score],
            ScoreRef::AccountLeads => whole(self.n_leads),
            // Conditions on accounts name no score of a lead.
            ScoreRef::Total | ScoreRef::Dimension(_) | ScoreRef::Group(..) => Points::ZERO,
        }
    }

    fn stage(&self, stage: usize) -> Truth {
        self.holds.get(stage).copied().unwrap_or(Truth::False)
    }
}

/// A whole number as points: what counts leads is a score, too.
pub(crate) fn whole(n: u64) -> Points {
    Points::from_hundredths(i64::try_from(n).unwrap_or(i64::MAX).saturating_mul(100))
}
