//! What a lead could be, were one missing field known: a condition's possible values, and the most points that a criterion could
//! give. Every test of the field may turn out either way, each for itself, so what comes out is the best case.

use crate::points::Points;
use crate::rulebook::expr::{Expr, FieldRef, ScoreRef, Term, Worth};
use crate::rulebook::{Criterion, Rulebook};
use crate::score::{Facts, LeadFacts, Quantity, ScoreCard, Truth, evaluate, quantity, roll_up};
use crate::value::{Instant, Part, Value};

/// Whether a condition reads a lead's field.
pub(super) fn reads(expr: &Expr, field: usize) -> bool {
    let is_it = |term: &Term| matches!(term, Term::Field(found) if found.field == field);
    match expr {
        Expr::All(items) | Expr::Any(items) | Expr::AtLeast(_, items) => items.iter().any(|item| reads(item, field)),
        Expr::Not(inner) => reads(inner, field),
        Expr::Present(found) => found.field == field,
        Expr::Test { term, .. } => is_it(term),
        Expr::Compare { left, right, .. } => is_it(left) || is_it(right),
        Expr::Stage(_) | Expr::Grade(_) => false,
    }
}

/// Whether a criterion's points may depend on a lead's field.
pub(super) fn criterion_reads(criterion: &Criterion, field: usize) -> bool {
    let in_worth = match &criterion.worth {
        Worth::Choose { arms, .. } => arms.iter().any(|arm| reads(&arm.when, field)),
        Worth::Lookup { field: found, .. } => found.field == field,
        Worth::Occurrences { .. } => false,
    };
    criterion.enabled && (in_worth || criterion.only_if.as_ref().is_some_and(|gate| reads(gate, field)))
}

/// A lead with a field supposed to be known, and the scores that follow.
pub(super) struct Supposed<'x, 'r> {
    facts: &'x LeadFacts<'x, 'r>,
    field: usize,
    /// Points, sums and grade only.
    scores: Option<ScoreCard>,
}

/// Which of Kleene's values a condition may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Possible {
    truths: [bool; 3],
}

const ALL: [Truth; 3] = [Truth::False, Truth::Unknown, Truth::True];

impl Possible {
    const EITHER: Self = Self { truths: [true, false, true] };

    fn only(truth: Truth) -> Self {
        Self { truths: ALL.map(|known| known == truth) }
    }

    pub(super) fn has(self, truth: Truth) -> bool {
        ALL.iter().zip(self.truths).any(|(known, is_possible)| *known == truth && is_possible)
    }

    fn with(self, other: Self, join: impl Fn(Truth, Truth) -> Truth) -> Self {
        let mut truths = [false; 3];
        for (left, _) in ALL.iter().zip(self.truths).filter(|(_, is_possible)| *is_possible) {
            for (right, _) in ALL.iter().zip(other.truths).filter(|(_, is_possible)| *is_possible) {
                let joined = join(*left, *right);
                ALL.iter().zip(&mut truths).for_each(|(truth, is_possible)| *is_possible |= *truth == joined);
            }
        }
        Self { truths }
    }

    fn turned(self) -> Self {
        let [no, unknown, yes] = self.truths;
        Self { truths: [yes, unknown, no] }
    }
}

impl<'x, 'r> Supposed<'x, 'r> {
    /// A lead with a field that it lacks supposed to be known; scores as they are.
    pub(super) fn new(facts: &'x LeadFacts<'x, 'r>, field: usize) -> Self {
        Self { facts, field, scores: None }
    }

    /// With the scores that these points of its criteria come to.
    pub(super) fn with_points(mut self, rulebook: &Rulebook, criteria: Vec<Points>) -> Self {
        let mut card = ScoreCard { criteria, ..ScoreCard::default() };
        roll_up(rulebook, &mut card);
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
    pub(super) fn possible(&self, expr: &Expr) -> Possible {
        let each = |items: &[Expr], start: Truth, join: fn(Truth, Truth) -> Truth| {
            let possible = items.iter().map(|item| self.possible(item));
            possible.fold(Possible::only(start), |all, one| all.with(one, join))
        };
        match expr {
            _ if !reads(expr, self.field) => Possible::only(evaluate(expr, self)),
            Expr::All(items) => each(items, Truth::True, Ord::min),
            Expr::Any(items) => each(items, Truth::False, Ord::max),
            Expr::AtLeast(n, items) => self.at_least(*n, items),
            Expr::Not(inner) => self.possible(inner).turned(),
            // Any address has a domain, but not any url a query.
            Expr::Present(field) if matches!(field.part, Part::Whole | Part::Local | Part::Domain | Part::Path) => {
                Possible::only(Truth::True)
            }
            Expr::Compare { left, right, .. } if self.is_missing(*left) || self.is_missing(*right) => {
                Possible::only(Truth::Unknown)
            }
            _ => Possible::EITHER,
        }
    }

    fn at_least(&self, n: usize, items: &[Expr]) -> Possible {
        let possible: Vec<Possible> = items.iter().map(|item| self.possible(item)).collect();
        let number = |truth: Truth| possible.iter().filter(|possible| possible.has(truth)).count();
        let (n_true, n_false) = (number(Truth::True), number(Truth::False));
        Possible { truths: [items.len() - n_false < n, number(Truth::Unknown) > 0, n_true >= n] }
    }

    /// Whether a side of a comparison has no value, and isn't the field that is supposed to have one.
    fn is_missing(&self, term: Term) -> bool {
        let is_supposed = matches!(term, Term::Field(found) if found.field == self.field);
        !is_supposed && quantity(term, self) == Quantity::Missing
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
                    if possible == Possible::only(Truth::True) {
                        return most.unwrap_or(now);
                    }
                }
                // Nothing true: known to be so, or not.
                note(if may_be_unknown { *unknown } else { *otherwise });
                most
            }
            Worth::Lookup { entries, otherwise, field, .. } if field.field == self.field => {
                entries.iter().map(|entry| entry.points).chain([*otherwise]).max()
            }
            Worth::Lookup { .. } | Worth::Occurrences { .. } => {
                let ungated = Criterion { only_if: None, ..criterion.clone() };
                Some(crate::score::criterion_points(&ungated, self.facts))
            }
        };
        let closed = gate.filter(|gate| *gate != Possible::only(Truth::True)).map(|_| Points::default());
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
        field.field == self.field || self.facts.is_present(field)
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
