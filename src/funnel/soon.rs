//! Who lacks few points for a stage: with so many more on each score that its condition asks for, the lead would hold it.

use crate::points::Points;
use crate::rulebook::Stage;
use crate::rulebook::expr::{Atom, Expr, FieldRef, Order, ScoreRef, Term, Test};
use crate::score::{Facts, LeadFacts, Quantity, ScoreCard, Truth, evaluate, quantity};
use crate::value::{Instant, Number, Value};

/// Leads that lack more points than these are far away.
pub(super) const NEAR: Points = Points::from_hundredths(1_000);

/// A stage that leads may be near to.
#[derive(Debug)]
pub(super) struct NearStage<'r> {
    stage: usize,
    declared: &'r Stage,
    when: &'r Expr,
    marks: Vec<(ScoreRef, Mark)>,
}

/// Where a test of a score may come out otherwise, in hundredths of a point.
#[derive(Debug)]
enum Mark {
    At(i64),
    /// What a lead has there, times a factor.
    Of(Term, Option<Number>),
}

impl<'r> NearStage<'r> {
    /// None where the stage's condition asks for no score.
    pub(super) fn new(stage: usize, declared: &'r Stage) -> Option<Self> {
        let when = declared.when.as_ref()?;
        let marks: Vec<_> = when.leaves().iter().flat_map(|leaf| marks(leaf.leaf)).collect();
        (!marks.is_empty()).then_some(Self { stage, declared, when, marks })
    }

    pub(super) fn stage(&self) -> usize {
        self.stage
    }

    /// How many points a lead lacks, if these are few and nothing else is lacking; none if it is there, or further.
    pub(super) fn missing(&self, card: &ScoreCard, facts: &LeadFacts<'_, '_>) -> Option<Points> {
        if card.disqualified.is_some() || card.stage >= Some(self.stage) || card.crm_stage >= Some(self.stage) {
            return None;
        }
        let may_lead_here = |earlier: &usize| card.holds[*earlier].max(card.entered[*earlier].truth).is_true();
        if !self.declared.after.is_empty() && !self.declared.after.iter().any(may_lead_here) {
            return None;
        }
        let steps = self.marks.iter().flat_map(|(score, mark)| {
            let now = card.score(*score).hundredths();
            mark.hundredths(facts).map(move |at| at?.checked_sub(now))
        });
        let mut steps: Vec<i64> = steps.flatten().filter(|step| (1..=NEAR.hundredths()).contains(step)).collect();
        steps.sort_unstable();
        let raised = |step: &i64| Raised { facts, by: Points::from_hundredths(*step) };
        let first = steps.into_iter().find(|step| evaluate(self.when, &raised(step)).is_true())?;
        Some(Points::from_hundredths(first))
    }
}

impl Mark {
    /// The first hundredth that is not below it, and the first above it.
    fn hundredths(&self, facts: &LeadFacts<'_, '_>) -> impl Iterator<Item = Option<i64>> + use<> {
        let marks = match self {
            Self::At(at) => [Some(*at), None],
            Self::Of(term, times) => {
                let value = quantity(*term, facts);
                match times.map_or(value, |times| value.times(times.micros())) {
                    Quantity::Number { numerator, denominator } => {
                        let scaled = numerator.checked_mul(100);
                        around(scaled.map(|scaled| (scaled.div_euclid(denominator), scaled.rem_euclid(denominator))))
                    }
                    Quantity::Missing | Quantity::Instant(_) => [None, None],
                }
            }
        };
        marks.into_iter()
    }
}

/// The first whole number that is not below one in parts, and the first above it.
fn around(parts: Option<(i128, i128)>) -> [Option<i64>; 2] {
    let Some((whole, rest)) = parts else { return [None, None] };
    let above = i64::try_from(whole.saturating_add(1)).ok();
    [if rest == 0 { i64::try_from(whole).ok() } else { above }, above]
}

/// The marks of a test of a score.
fn marks(atom: &Atom) -> Vec<(ScoreRef, Mark)> {
    let of_number = |number: &Number| {
        let micros = i128::from(number.micros());
        around(Some((micros.div_euclid(10_000), micros.rem_euclid(10_000))))
    };
    let at = |score: &ScoreRef, mark: Option<i64>| mark.map(|at| (*score, Mark::At(at)));
    match atom {
        Atom::Test { term: Term::Score(score), test: Test::Number(order, number) } => {
            let [not_below, above] = of_number(number);
            let mark = if matches!(order, Order::AtLeast | Order::Less) { not_below } else { above };
            at(score, mark).into_iter().collect()
        }
        Atom::Test { term: Term::Score(score), test: Test::Numbers(numbers) } => {
            numbers.iter().flat_map(of_number).filter_map(|mark| at(score, mark)).collect()
        }
        Atom::Compare { left: Term::Score(score), right, times, .. } => vec![(*score, Mark::Of(*right, *times))],
        _ => Vec::new(),
    }
}

/// A lead with more points on each score.
struct Raised<'x, 'r> {
    facts: &'x LeadFacts<'x, 'r>,
    by: Points,
}

impl Facts for Raised<'_, '_> {
    fn as_of(&self) -> Instant {
        self.facts.as_of()
    }

    fn value(&self, field: FieldRef) -> &Value<'_> {
        self.facts.value(field)
    }

    fn is_present(&self, field: FieldRef) -> bool {
        self.facts.is_present(field)
    }

    fn any_text(&self, field: FieldRef, holds: &mut dyn FnMut(&str, &str) -> bool) -> Option<bool> {
        self.facts.any_text(field, holds)
    }

    fn tally(&self, tally: usize) -> Quantity {
        self.facts.tally(tally)
    }

    fn score(&self, score: ScoreRef) -> Points {
        self.facts.score(score).saturating_add(self.by)
    }

    fn stage(&self, stage: usize) -> Truth {
        self.facts.stage(stage)
    }

    fn grade(&self) -> &str {
        self.facts.grade()
    }
}
