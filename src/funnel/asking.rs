//! What to ask a lead next: the fields that it lacks, and what the best answer could add to its total.

use super::suppose::{Supposed, criterion_reads};
use crate::points::Points;
use crate::rulebook::Rulebook;
use crate::rulebook::derived::Derivation;
use crate::score::{LeadFacts, ScoreCard};

/// How many fields are worth asking a lead for.
const MOST_ASKED: usize = 2;

/// A field that may be lacking, and what its value decides.
#[derive(Debug)]
pub(super) struct AskedField {
    pub field: usize,
    /// What is known with it: itself, and what is made of it.
    pub known: Vec<usize>,
    /// The criteria whose points may depend on one of those.
    pub criteria: Vec<usize>,
}

impl AskedField {
    /// A field by itself.
    pub(super) fn alone(rulebook: &Rulebook, field: usize) -> Self {
        Self::with(rulebook, field, vec![field])
    }

    /// A field with the derived ones that are made of it, of those that are made of it too, and so on.
    fn with_derived(rulebook: &Rulebook, field: usize) -> Self {
        let mut known = vec![field];
        let mut at = 0;
        while let Some(&input) = known.get(at) {
            let is_made = |derived: &usize| {
                let derivation = rulebook.fields[*derived].derivation();
                derivation.is_some_and(|made| made.inputs().iter().any(|read| read.field == input))
            };
            let made: Vec<usize> = (0..rulebook.fields.len()).filter(is_made).collect();
            for derived in made {
                if !known.contains(&derived) {
                    known.push(derived);
                }
            }
            at += 1;
        }
        Self::with(rulebook, field, known)
    }

    fn with(rulebook: &Rulebook, field: usize, known: Vec<usize>) -> Self {
        let reads = |known: &usize, index: usize| criterion_reads(&rulebook.criteria[index], *known);
        let criteria = (0..rulebook.criteria.len()).filter(|index| known.iter().any(|known| reads(known, *index)));
        Self { field, criteria: criteria.collect(), known }
    }

    /// The points of a lead's criteria with the best answer; none where no answer gives more than there is.
    pub(super) fn best_points(&self, supposed: &Supposed<'_, '_>, card: &ScoreCard) -> Option<Vec<Points>> {
        let rulebook = supposed.rulebook();
        let mut better: Option<Vec<Points>> = None;
        for &index in &self.criteria {
            let now = card.criteria[index];
            let most = supposed.most_points(&rulebook.criteria[index], now);
            if most > now {
                better.get_or_insert_with(|| card.criteria.clone())[index] = most;
            }
        }
        better
    }

    /// Of what may be known with the field, what would be, for this lead: what is made of several needs the others, too, and the
    /// first of several is another's, if an earlier one has a value.
    fn known_of(&self, facts: &LeadFacts<'_, '_>) -> Vec<usize> {
        let mut known = vec![self.field];
        // Each time round, what hangs on what was found the last time.
        while let Some(next) = self.known.iter().find(|next| !known.contains(next) && is_known(facts, &known, **next)) {
            known.push(*next);
        }
        known
    }
}

/// Whether a derived field would be known beside those that are.
fn is_known(facts: &LeadFacts<'_, '_>, known: &[usize], derived: usize) -> bool {
    let is_there = |field: usize| known.contains(&field) || facts.has_value(field);
    let Some(derivation) = facts.rulebook.fields[derived].derivation() else { return false };
    match derivation {
        Derivation::FirstOf(fields) => {
            fields.iter().find(|read| is_there(read.field)).is_some_and(|first| known.contains(&first.field))
        }
        Derivation::Minus { .. } | Derivation::Days { .. } | Derivation::SumOf(_) => {
            let inputs = derivation.inputs();
            inputs.iter().all(|read| is_there(read.field)) && inputs.iter().any(|read| known.contains(&read.field))
        }
        _ => derivation.inputs().iter().any(|read| known.contains(&read.field)),
    }
}

/// What leads may be asked for.
#[derive(Debug)]
pub(crate) struct Asking {
    fields: Vec<AskedField>,
}

impl Asking {
    /// For the leads of a rulebook.
    pub(crate) fn new(rulebook: &Rulebook) -> Self {
        let asked = rulebook.missing_fields.iter().map(|field| AskedField::with_derived(rulebook, *field));
        Self { fields: asked.filter(|asked| !asked.criteria.is_empty()).collect() }
    }

    /// The one or two fields that a lead lacks whose best answer adds most to its total, the best first; ties in the order of
    /// declaration. None where no answer adds anything.
    pub(crate) fn best_of(&self, facts: &LeadFacts<'_, '_>) -> Vec<usize> {
        let card = facts.card();
        let is_lacking =
            |asked: &&AskedField| facts.rulebook.is_missing_of(asked.field, |field| facts.has_value(field));
        let gain = |asked: &AskedField| {
            let supposed = Supposed::new(facts, asked.known_of(facts));
            let points = asked.best_points(&supposed, card)?;
            let total = supposed.with_points(facts.rulebook, points).total();
            (total > card.total.value).then_some((total, asked.field))
        };
        let mut gains: Vec<(Points, usize)> = self.fields.iter().filter(is_lacking).filter_map(gain).collect();
        gains.sort_by_key(|(total, field)| (std::cmp::Reverse(*total), *field));
        gains.into_iter().take(MOST_ASKED).map(|(_, field)| field).collect()
    }
}
