//! The bounds of a rulebook's scores, and what conditions on scores can come to within them.

use super::cells::{Question, cells};
use super::claims::Ranges;
use super::model::Model;
use super::outcomes::Outcomes;
use super::range::{Range, SubRange};
use crate::points::Points;
use crate::rulebook::expr::{Atom, Expr, Order, ScoreRef, Term, Test};
use crate::rulebook::logic::Judgement;
use crate::rulebook::{Axis, Entered, Rulebook, Stage};

/// What every score can come to.
#[derive(Clone, Debug)]
pub struct Bounds<'r> {
    rulebook: &'r Rulebook,
    /// For each criterion, after its own cap.
    pub criteria: Vec<Range>,
    /// For each dimension its groups.
    pub groups: Vec<Vec<SubRange>>,
    /// The dimensions.
    pub dimensions: Vec<SubRange>,
    /// The total.
    pub total: SubRange,
    /// For each stage whether a lead can hold it, in a run that follows no other.
    pub holds: Vec<Outcomes>,
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
        let each = |criterion| if may_give(criterion) { self.alone(criterion) } else { Range::default() };
        let criteria = (0..rulebook.criteria.len()).map(each).collect();
        let mut bounds = Bounds {
            rulebook,
            criteria,
            groups: Vec::new(),
            dimensions: Vec::new(),
            total: SubRange::default(),
            holds: Vec::new(),
        };
        let mut total = Range::default();
        for (index, dimension) in rulebook.dimensions.iter().enumerate() {
            let mut sum = self.sum(&pool(index, None));
            let mut groups = Vec::new();
            for (number, group) in dimension.groups.iter().enumerate() {
                let own = self.sum(&pool(index, Some(number)));
                let value = own.within(group.limits);
                groups.push(SubRange { sum: own, weighted: own, value });
                sum = sum.plus(value);
            }
            let weighted = sum.scaled(dimension.weight.micros());
            let value = weighted.within(dimension.limits);
            if dimension.in_total {
                total = total.plus(value);
            }
            bounds.groups.push(groups);
            bounds.dimensions.push(SubRange { sum, weighted, value });
        }
        bounds.total = SubRange { sum: total, weighted: total, value: total.within(rulebook.total) };
        for (index, stage) in rulebook.stages.iter().enumerate() {
            let held = if index == 0 { Outcomes::TRUE } else { bounds.held(stage) };
            bounds.holds.push(held);
        }
        bounds
    }
}

impl Bounds<'_> {
    /// What a score can come to.
    #[must_use]
    pub fn score(&self, score: ScoreRef) -> Range {
        match score {
            ScoreRef::Total => self.total.value,
            ScoreRef::Dimension(dimension) => self.dimensions[dimension].value,
            ScoreRef::Group(dimension, group) => self.groups[dimension][group].value,
        }
    }

    /// What a test of a score can come to.
    #[must_use]
    pub fn tested(&self, score: ScoreRef, test: &Test) -> Outcomes {
        tested(self.score(score), test)
    }

    /// What a condition over a lead, its scores, grade and stages can come to; of those, each taken for itself.
    #[must_use]
    pub fn outcomes(&self, expr: &Expr) -> Outcomes {
        expr.judge(&|atom: &Atom| match atom {
            Atom::Present(_) => Outcomes::KNOWN,
            Atom::Test { term: Term::Score(score), test } => tested(self.score(*score), test),
            Atom::Test { term, test } => self.asked(*term, test),
            Atom::Compare { .. } => {
                let can_be_unknown = atom.terms().any(|term| self.can_lack(term));
                Outcomes { can_be_unknown, ..Outcomes::KNOWN }
            }
            Atom::Stage(stage) => self.holds.get(*stage).copied().unwrap_or(Outcomes::ALL),
            Atom::Grade(wanted) => self.graded(wanted),
        })
    }

    /// The marks of an axis that some lead can get.
    #[must_use]
    pub fn marks(&self, axis: &Axis) -> Vec<bool> {
        let Range { min, max } = self.score(axis.score);
        let last = axis.bounds.len().saturating_sub(1);
        let reached = |(index, bound): (usize, &crate::rulebook::Bound)| {
            let is_above = index > 0 && min >= axis.bounds[index - 1].from;
            (max >= bound.from || index == last) && !is_above
        };
        axis.bounds.iter().enumerate().map(reached).collect()
    }

    fn graded(&self, wanted: &[String]) -> Outcomes {
        let Some(grade) = &self.rulebook.grade else { return Outcomes::FALSE };
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
        Outcomes { can_hold: grades.iter().any(is_wanted), can_fail, can_be_unknown: false }
    }

    fn asked(&self, term: Term, test: &Test) -> Outcomes {
        let atom = [Question::Test(test)];
        match cells(self.rulebook, term, &atom) {
            Some(cells) => cells.iter().fold(Outcomes::NONE, |found, cell| found.with(cell[0])),
            None => Outcomes::ALL,
        }
    }

    fn can_lack(&self, term: Term) -> bool {
        match term {
            Term::Field(_) => true,
            Term::Score(_) => false,
            Term::Tally(tally) => self.rulebook.yields(tally).can_lack(),
        }
    }

    fn held(&self, stage: &Stage) -> Outcomes {
        let entered = |stage: &Stage| match &stage.entered {
            None => Outcomes::FALSE,
            Some(Entered::When(when)) => self.outcomes(when),
            Some(Entered::Field(_) | Entered::Event(_)) => Outcomes::KNOWN,
        };
        let Some(when) = &stage.when else { return entered(stage) };
        let any = |either: Vec<Outcomes>| Outcomes::at_least(1, either.into_iter());
        let earlier = |index: &usize| any(vec![self.holds[*index], entered(&self.rulebook.stages[*index])]);
        let after =
            if stage.after.is_empty() { Outcomes::TRUE } else { any(stage.after.iter().map(earlier).collect()) };
        Outcomes::at_least(2, [self.outcomes(when), after].into_iter())
    }
}

/// Scores are hundredths, in the halves of a millionth that ranges are told in.
const HUNDREDTH: i128 = 20_000;

/// What a test of a score can come to.
fn tested(range: Range, test: &Test) -> Outcomes {
    let Some(asked) = Ranges::of_numbers(test) else { return Outcomes::ALL };
    let reached = Ranges::between(range.min.micros() * 2, range.max.micros() * 2);
    let can_fail = !reached.is_within(&asked, HUNDREDTH);
    Outcomes { can_hold: !reached.and(&asked).is_empty(HUNDREDTH), can_fail, can_be_unknown: false }
}

/// By how much a score falls short of what a test asks; none where the test asks for no order or the score can pass it.
pub(crate) fn shortfall(range: Range, test: &Test) -> Option<Points> {
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
