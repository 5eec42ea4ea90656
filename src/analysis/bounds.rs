//! The bounds of a rulebook's scores, and what conditions on scores can come to within them.

use super::cells::{Question, cells};
use super::claims::Ranges;
use super::model::Model;
use super::outcomes::PossibleTruths;
use super::range::{PointRange, SubRange};
use crate::points::Points;
use crate::rulebook::expr::{Atom, Expr, Order, ScoreRef, Term, Test};
use crate::rulebook::logic::Judgement;
use crate::rulebook::{Axis, Entered, Rulebook, Stage};

/// What every score can come to.
#[derive(Clone, Debug)]
pub struct Bounds<'r> {
    pub(super) rulebook: &'r Rulebook,
    /// For each criterion, after its own cap.
    pub criteria: Vec<PointRange>,
    /// For each dimension its groups.
    pub groups: Vec<Vec<SubRange>>,
    /// The dimensions.
    pub dimensions: Vec<SubRange>,
    /// The total.
    pub total: SubRange,
    /// For each stage whether a lead can hold it, in a run that follows no other.
    pub holds: Vec<PossibleTruths>,
}

impl<'r> Model<'r> {
    /// The bounds for leads of whom only some criteria are true.
    pub(super) fn bounds_of(&self, may_give: impl Fn(usize) -> bool) -> Bounds<'r> {
        let rulebook = self.rulebook;
        let pool = |dimension: usize, group: Option<usize>| -> Vec<usize> {
            let criteria = rulebook.criteria.iter().enumerate();
            criteria
                .filter(|(index, known)| known.dimension == dimension && known.group == group && may_give(*index))
                .map(|(index, _)| index)
                .collect()
        };
        let each = |criterion| if may_give(criterion) { self.alone(criterion) } else { PointRange::default() };
        let criteria = (0..rulebook.criteria.len()).map(each).collect();
        let mut bounds = Bounds {
            rulebook,
            criteria,
            groups: Vec::new(),
            dimensions: Vec::new(),
            total: SubRange::default(),
            holds: Vec::new(),
        };
        let mut total = PointRange::default();
        for (index, dimension) in rulebook.dimensions.iter().enumerate() {
            let mut sum = self.sum(&pool(index, None));
            let mut groups = Vec::new();
            for (number, group) in dimension.groups.iter().enumerate() {
                let own = self.sum(&pool(index, Some(number)));
                let weighted = own.faded(group.fade.is_some());
                let value = weighted.within(group.limits);
                groups.push(SubRange { sum: own, weighted, value });
                sum = sum.plus(value);
            }
            let weighted = sum.faded(dimension.fade.is_some()).scaled(dimension.weight.micros());
            let value = weighted.within(dimension.limits);
            if dimension.in_total {
                total = total.plus(value);
            }
            bounds.groups.push(groups);
            bounds.dimensions.push(SubRange { sum, weighted, value });
        }
        bounds.total = SubRange { sum: total, weighted: total, value: total.within(rulebook.total) };
        for (index, stage) in rulebook.stages.iter().enumerate() {
            let held = if index == 0 { PossibleTruths::TRUE } else { bounds.held(stage) };
            bounds.holds.push(held);
        }
        bounds
    }
}

impl Bounds<'_> {
    /// What a score can come to.
    #[must_use]
    pub fn score(&self, score: ScoreRef) -> PointRange {
        match score {
            ScoreRef::Total => self.total.value,
            ScoreRef::Dimension(dimension) => self.dimensions[dimension].value,
            ScoreRef::Group(dimension, group) => self.groups[dimension][group].value,
            ScoreRef::Account(score) => self.account_score(score),
            ScoreRef::AccountLeads => PointRange::whole_from(1),
        }
    }

    /// What a test of a score can come to.
    #[must_use]
    pub fn tested(&self, score: ScoreRef, test: &Test) -> PossibleTruths {
        tested(self.score(score), test)
    }

    /// What a condition over a lead, its scores, grade and stages can come to; of those, each taken for itself.
    #[must_use]
    pub fn outcomes(&self, expr: &Expr) -> PossibleTruths {
        expr.judge(&|atom: &Atom| match atom {
            Atom::Present(_) => PossibleTruths::KNOWN,
            Atom::Test { term: Term::Score(score), test } => tested(self.score(*score), test),
            Atom::Test { term, test } => self.asked(*term, test),
            Atom::Compare { .. } => {
                let can_be_unknown = atom.terms().any(|term| self.can_lack(term));
                PossibleTruths { can_be_unknown, ..PossibleTruths::KNOWN }
            }
            Atom::Stage(stage) => self.holds.get(*stage).copied().unwrap_or(PossibleTruths::ALL),
            Atom::Grade(wanted) => self.graded(wanted),
        })
    }

    /// The marks of an axis that some lead can get.
    #[must_use]
    pub fn marks(&self, axis: &Axis) -> Vec<bool> {
        let PointRange { min, max } = self.score(axis.score);
        let last = axis.bounds.len().saturating_sub(1);
        let reached = |(index, bound): (usize, &crate::rulebook::Bound)| {
            let is_above = index > 0 && min >= axis.bounds[index - 1].from;
            (max >= bound.from || index == last) && !is_above
        };
        axis.bounds.iter().enumerate().map(reached).collect()
    }

    fn graded(&self, wanted: &[String]) -> PossibleTruths {
        let Some(grade) = &self.rulebook.grade else { return PossibleTruths::FALSE };
        let mut grades = vec![String::new()];
        for axis in &grade.axes {
            let marks = self.marks(axis);
            let reached: Vec<_> = axis.bounds.iter().zip(marks).filter(|(_, reached)| *reached).collect();
            grades = grades
                .iter()
                .flat_map(|so_far| reached.iter().map(move |(bound, _)| format!("{so_far}{}", bound.mark)))
                .collect();
        }
        let is_wanted = |grade: &String| wanted.contains(grade);
        let can_fail = !grades.iter().all(is_wanted);
        PossibleTruths { can_hold: grades.iter().any(is_wanted), can_fail, can_be_unknown: false }
    }

    fn asked(&self, term: Term, test: &Test) -> PossibleTruths {
        let atom = [Question::Test(test)];
        match cells(self.rulebook, term, &atom) {
            Some(cells) => cells.iter().fold(PossibleTruths::NONE, |found, cell| found.with(cell[0])),
            None => PossibleTruths::ALL,
        }
    }

    fn can_lack(&self, term: Term) -> bool {
        match term {
            Term::Field(_) => true,
            Term::Score(_) => false,
            Term::Tally(tally) => self.rulebook.yields(tally).can_lack(),
        }
    }

    fn held(&self, stage: &Stage) -> PossibleTruths {
        let entered = |stage: &Stage| match &stage.entered {
            None => PossibleTruths::FALSE,
            Some(Entered::When { when, .. }) => self.outcomes(when),
            Some(Entered::Records(_)) => PossibleTruths::KNOWN,
        };
        let Some(when) = &stage.when else { return entered(stage) };
        let any = |either: Vec<PossibleTruths>| PossibleTruths::at_least(1, either.into_iter());
        let earlier = |index: &usize| any(vec![self.holds[*index], entered(&self.rulebook.stages[*index])]);
        let after =
            if stage.after.is_empty() { PossibleTruths::TRUE } else { any(stage.after.iter().map(earlier).collect()) };
        PossibleTruths::at_least(2, [self.outcomes(when), after].into_iter())
    }
}

/// Scores are hundredths, in the halves of a millionth that ranges are told in.
const HUNDREDTH: i128 = 20_000;

/// What a test of a score can come to.
fn tested(range: PointRange, test: &Test) -> PossibleTruths {
    let Some(asked) = Ranges::of_numbers(test) else { return PossibleTruths::ALL };
    let reached = Ranges::between(range.min.micros() * 2, range.max.micros() * 2);
    let can_fail = !reached.is_within(&asked, HUNDREDTH);
    PossibleTruths { can_hold: !reached.and(&asked).is_empty(HUNDREDTH), can_fail, can_be_unknown: false }
}

/// By how much a score falls short of what a test asks; none where the test asks for no order or the score can pass it.
pub(crate) fn shortfall(range: PointRange, test: &Test) -> Option<Points> {
    let Test::Number(order, number) = test else { return None };
    if tested(range, test).can_hold {
        return None;
    }
    let wanted = Points::from_micros_rounded(i128::from(number.micros()));
    match order {
        Order::Greater | Order::AtLeast => Some(wanted.saturating_sub(range.max)),
        Order::Less | Order::AtMost => Some(range.min.saturating_sub(wanted)),
    }
}
