//! What a lead could be, were one missing field known: a condition's possible values, and the most points that a criterion could
//! give. Every test of the field may turn out either way, each for itself, so what comes out is the best case.

use crate::analysis::PossibleTruths;
use crate::points::Points;
use crate::rulebook::expr::{Atom, Expr, FieldRef, ScoreRef, Term, Worth};
use crate::rulebook::{Criterion, Rulebook};
use crate::score::{Facts, LeadFacts, Quantity, ScoreCard, Truth, evaluate_atom, quantity, roll_up};
use crate::value::{Instant, Part, Value};

/// Whether a condition reads a lead's field.
pub(super) fn reads(expr: &Expr, field: usize) -> bool {
    expr.fields().any(|read| read.field == field)
}

/// Whether a criterion's points may depend on a lead's field.
pub(super) fn criterion_reads(criterion: &Criterion, field: usize) -> bool {
    criterion.enabled && criterion.fields().any(|read| read.field == field)
}

/// A lead with fields supposed to be known, and the scores that follow.
pub(super) struct Supposed<'x, 'r> {
    facts: &'x LeadFacts<'x, 'r>,
    /// The fields that are supposed to be known.
    known: Vec<usize>,
    /// Points, sums and grade only.
    scores: Option<ScoreCard>,
}

impl<'x, 'r> Supposed<'x, 'r> {
    /// A lead with a field that it lacks, and what is made of it, supposed to be known; scores as they are.
    pub(super) fn new(facts: &'x LeadFacts<'x, 'r>, known: Vec<usize>) -> Self {
        Self { facts, known, scores: None }
    }

    /// What it is scored by.
    pub(super) fn rulebook(&self) -> &'x Rulebook {
        self.facts.rulebook
    }

    /// With the scores that these points of its criteria come to.
    pub(super) fn with_points(mut self, rulebook: &Rulebook, criteria: Vec<Points>) -> Self {
        let mut card = ScoreCard { criteria, ..ScoreCard::default() };
        roll_up(rulebook, &mut card, &|fade| self.facts.silence(fade));
        self.scores = Some(card);
        let grade = rulebook
            .grade
            .as_ref()
            .map(|grade| grade.axes.iter().map(|axis| axis.mark(self.score(axis.score)).0).collect());
        if let (Some(card), Some(grade)) = (&mut self.scores, grade) {
            card.grade = grade;
        }
        self
    }

    /// The total.
    pub(super) fn total(&self) -> Points {
        self.score(ScoreRef::Total)
    }

    /// What a condition may come to.
    pub(super) fn possible(&self, expr: &Expr) -> PossibleTruths {
        expr.judge(&|atom: &Atom| match atom {
            _ if atom.terms().all(|term| !self.is_supposed(term)) => evaluate_atom(atom, self).into(),
            // Any address has a domain, but not any url a query.
            Atom::Present(field) if matches!(field.part, Part::Whole | Part::Local | Part::Domain | Part::Path) => {
                PossibleTruths::TRUE
            }
            Atom::Compare { .. } if atom.terms().any(|term| self.is_missing(term)) => Truth::Unknown.into(),
            _ => PossibleTruths::KNOWN,
        })
    }

    fn is_supposed(&self, term: Term) -> bool {
        matches!(term, Term::Field(read) if self.known.contains(&read.field))
    }

    /// Whether something has no value, and isn't the field that is supposed to have one.
    fn is_missing(&self, term: Term) -> bool {
        !self.is_supposed(term) && quantity(term, self) == Quantity::Missing
    }

    /// The most points that a criterion could give; `now` is what it gives.
    pub(super) fn most_points(&self, criterion: &Criterion, now: Points) -> Points {
        let gate = criterion.only_if.as_ref().map(|gate| self.possible(gate));
        if gate.is_some_and(|gate| !gate.has(Truth::True)) {
            return now;
        }
        let open = match &criterion.worth {
            Worth::Choose { arms, otherwise, unknown } => {
                let (mut most, mut may_be_unknown) = (None, false);
                let mut note = |points: Points| most = most.max(Some(points));
                for arm in arms {
                    let possible = self.possible(&arm.when);
                    may_be_unknown |= possible.has(Truth::Unknown);
                    if possible.has(Truth::True) {
                        note(arm.points);
                    }
                    if possible.is_always_true() {
                        return most.unwrap_or(now);
                    }
                }
                // Nothing true: known to be so, or not.
                note(if may_be_unknown { *unknown } else { *otherwise });
                most
            }
            Worth::Lookup { entries, otherwise, field, .. } if self.known.contains(&field.field) => {
                entries.iter().map(|entry| entry.points).chain([*otherwise]).max()
            }
            Worth::Lookup { .. } | Worth::Occurrences { .. } => {
                let ungated = Criterion { only_if: None, ..criterion.clone() };
                Some(crate::score::criterion_points(&ungated, self.facts))
            }
        };
        let closed = gate.filter(|gate| !gate.is_always_true()).map(|_| Points::default());
        open.max(closed).unwrap_or(now)
    }
}

impl Facts for Supposed<'_, '_> {
    fn as_of(&self) -> Instant {
        self.facts.as_of()
    }

    fn value(&self, field: FieldRef) -> &Value<'_> {
        self.facts.value(field)
    }

    fn is_present(&self, field: FieldRef) -> bool {
        self.known.contains(&field.field) || self.facts.is_present(field)
    }

    fn any_text(&self, field: FieldRef, holds: &mut dyn FnMut(&str, &str) -> bool) -> Option<bool> {
        self.facts.any_text(field, holds)
    }

    fn tally(&self, tally: usize) -> Quantity {
        self.facts.tally(tally)
    }

    fn score(&self, score: ScoreRef) -> Points {
        self.scores.as_ref().map_or_else(|| self.facts.score(score), |card| card.score(score))
    }

    fn stage(&self, stage: usize) -> Truth {
        self.facts.stage(stage)
    }

    fn grade(&self) -> &str {
        self.scores.as_ref().map_or_else(|| self.facts.grade(), |card| &card.grade)
    }
}
