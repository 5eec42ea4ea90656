//! The sum of some criteria: those that ask about the same things are looked at together, case by case.

use super::model::{CriterionShape, Gives, Model, Node, Numbered};
use super::range::PointRange;
use crate::points::Points;
use crate::score::Truth;

/// So many cases are gone through one by one; with more, each criterion is taken for itself.
const MOST_CASES: usize = 4096;

impl Model<'_> {
    /// The sum of these criteria.
    pub(super) fn sum(&self, pool: &[usize]) -> PointRange {
        let mut sum = PointRange::default();
        for part in self.parts(pool) {
            let range = self.together(&part).unwrap_or_else(|| {
                part.iter().map(|criterion| self.alone(*criterion)).fold(PointRange::default(), PointRange::plus)
            });
            sum = sum.plus(range);
        }
        sum
    }

    /// The criteria in parts, so that no two parts ask about the same thing.
    fn parts(&self, pool: &[usize]) -> Vec<Vec<usize>> {
        let mut parts: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
        for &criterion in pool {
            let mut subjects = self.asks[criterion].clone();
            let mut criteria = vec![criterion];
            let (joined, apart): (Vec<_>, Vec<_>) =
                parts.into_iter().partition(|(known, _)| known.iter().any(|subject| subjects.contains(subject)));
            for (known, others) in joined {
                subjects.extend(known);
                criteria.extend(others);
            }
            parts = apart;
            parts.push((subjects, criteria));
        }
        let sorted = |(_, mut criteria): (_, Vec<usize>)| {
            criteria.sort_unstable();
            criteria
        };
        parts.into_iter().map(sorted).collect()
    }

    fn subjects_of(&self, criteria: &[usize]) -> Vec<usize> {
        let mut found: Vec<usize> = criteria.iter().flat_map(|criterion| &self.asks[*criterion]).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The sum of criteria that hang together; none where there are too many cases.
    fn together(&self, criteria: &[usize]) -> Option<PointRange> {
        if let Some(known) = self.known.borrow().get(criteria) {
            return *known;
        }
        let found = self.case_by_case(criteria);
        self.known.borrow_mut().insert(criteria.to_vec(), found);
        found
    }

    fn case_by_case(&self, criteria: &[usize]) -> Option<PointRange> {
        let subjects = self.subjects_of(criteria);
        let mut cells = Vec::with_capacity(subjects.len());
        let mut n_cases = 1_usize;
        for subject in &subjects {
            let found = self.subjects[*subject].cells.as_ref()?;
            n_cases = n_cases.checked_mul(found.len()).filter(|n| *n <= MOST_CASES)?;
            cells.push(found);
        }
        let mut place = vec![usize::MAX; self.subjects.len()];
        subjects.iter().enumerate().for_each(|(at, subject)| place[*subject] = at);
        let mut range: Option<PointRange> = None;
        for case in 0..n_cases {
            let mut rest = case;
            let chosen: Vec<_> = cells
                .iter()
                .map(|cells| {
                    let cell = &cells[rest % cells.len()];
                    rest /= cells.len();
                    cell
                })
                .collect();
            let answer = |asked: &Numbered| chosen[place[asked.subject]][asked.number];
            let sum = criteria.iter().map(|criterion| self.shapes[*criterion].points(&answer));
            let sum = sum.fold(PointRange::default(), PointRange::plus);
            range = Some(range.map_or(sum, |range| range.join(sum)));
        }
        range
    }

    /// One criterion by itself.
    pub(super) fn alone(&self, criterion: usize) -> PointRange {
        self.together(&[criterion]).unwrap_or_else(|| self.roughly(&self.shapes[criterion]))
    }

    /// What a criterion can give where its cases can't be listed: each of its conditions taken for itself.
    fn roughly(&self, shape: &CriterionShape) -> PointRange {
        let gate = shape.gate.as_ref().map(|gate| self.outcomes(gate));
        let is_open = gate.is_none_or(|gate| gate.can_hold);
        let is_shut = gate.is_some_and(|gate| gate.can_fail || gate.can_be_unknown);
        let given = match &shape.gives {
            Gives::Some(range) => *range,
            Gives::Choice { arms, otherwise, unknown } => self.choice(arms, *otherwise, *unknown),
        };
        match (is_open, is_shut) {
            (true, true) => given.join(PointRange::default()),
            (true, false) => given,
            (false, _) => PointRange::default(),
        }
    }

    fn choice(&self, arms: &[(Node, Points)], otherwise: Points, unknown: Points) -> PointRange {
        let mut possible = Vec::new();
        let (mut can_all_fail, mut can_be_unknown) = (true, false);
        for (when, points) in arms {
            let outcomes = self.outcomes(when);
            if outcomes.can_hold {
                possible.push(*points);
            }
            if outcomes.is_always_true() {
                (can_all_fail, can_be_unknown) = (false, false);
                break;
            }
            can_all_fail &= outcomes.can_fail;
            can_be_unknown |= outcomes.can_be_unknown;
        }
        possible.extend(can_all_fail.then_some(otherwise));
        possible.extend(can_be_unknown.then_some(unknown));
        possible.into_iter().map(PointRange::only).reduce(PointRange::join).unwrap_or_default()
    }
}

impl CriterionShape {
    /// What the criterion gives in one case.
    fn points(&self, answer: &impl Fn(&Numbered) -> Truth) -> PointRange {
        if self.gate.as_ref().is_some_and(|gate| gate.judge(answer) != Truth::True) {
            return PointRange::default();
        }
        match &self.gives {
            Gives::Some(range) => *range,
            Gives::Choice { arms, otherwise, unknown } => {
                let mut fallback = *otherwise;
                for (when, points) in arms {
                    match when.judge(answer) {
                        Truth::True => return PointRange::only(*points),
                        Truth::Unknown => fallback = *unknown,
                        Truth::False => {}
                    }
                }
                PointRange::only(fallback)
            }
        }
    }
}
