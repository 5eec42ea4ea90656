//! Every number that a score is held against, and what hangs on it.

use super::super::CheckSubject;
use crate::analysis::PointRange;
use crate::diagnostic::Span;
use crate::points::Points;
use crate::rulebook::expr::{Atom, ScoreRef, Term, Test};
use crate::rulebook::{Condition, ConditionRole, Rulebook};

/// A test of a score.
#[derive(Clone, Copy, Debug)]
pub(super) struct Threshold<'r> {
    pub score: ScoreRef,
    pub test: &'r Test,
    /// Where the operator and its number stand.
    pub span: Span,
    /// What it decides.
    pub of: ConditionRole,
}

/// All of them.
pub(super) fn thresholds<'r>(conditions: &[Condition<'r>]) -> Vec<Threshold<'r>> {
    let each = conditions.iter().flat_map(|condition| {
        condition.expr.leaves().into_iter().filter_map(|at| match at.leaf {
            Atom::Test { term: Term::Score(score), test } => {
                Some(Threshold { score: *score, test, span: at.place.span, of: condition.role })
            }
            _ => None,
        })
    });
    each.collect()
}

/// What a condition on a score decides, for people: ``the stage `MQL` ``.
pub(super) fn decided(rulebook: &Rulebook, role: ConditionRole) -> String {
    let stage = |index: usize| format!("`{}`", rulebook.stages[index].name);
    match role {
        ConditionRole::Stage(index) => format!("the stage {}", stage(index)),
        ConditionRole::Keep(index) => format!("staying in {}", stage(index)),
        ConditionRole::Recycle(index) => format!("recycling from {}", stage(index)),
        ConditionRole::Disqualifier(index) => format!("the disqualifier `{}`", rulebook.disqualifiers[index].reason),
        ConditionRole::Priority(index) => format!("the priority `{}`", rulebook.priorities[index].name),
        ConditionRole::OfAccounts => "the `where` of accounts".to_owned(),
        ConditionRole::AccountCount(index) => {
            let scores = rulebook.accounts.iter().flat_map(|accounts| &accounts.scores);
            let name = scores.map(|score| score.name.as_str()).nth(index).unwrap_or_default();
            format!("the score `{name}` of accounts")
        }
        ConditionRole::When(_)
        | ConditionRole::OnlyIf(_)
        | ConditionRole::Tier(..)
        | ConditionRole::Where(_)
        | ConditionRole::Automated(..)
        | ConditionRole::Entered(_)
        | ConditionRole::LeftOut => {
            unreachable!("no score can be named there")
        }
    }
}

/// Where a score lies, for people: `between -5 and 40`, `at least 0`.
pub(super) fn lies(range: PointRange) -> String {
    match (range.has_min(), range.has_max()) {
        (true, true) => format!("between {} and {}", range.min, range.max),
        (true, false) => format!("at {} or above", range.min),
        (false, true) => format!("at {} or below", range.max),
        (false, false) => "anywhere".to_owned(),
    }
}

/// Every number at which something is decided, by score: of conditions and of grades.
pub(super) fn lines(subject: &CheckSubject<'_>) -> Vec<(ScoreRef, Points)> {
    let mut lines = Vec::new();
    for Threshold { score, test, .. } in thresholds(&subject.conditions) {
        let numbers = match test {
            Test::Number(_, number) => std::slice::from_ref(number),
            Test::Numbers(numbers) => numbers.as_slice(),
            _ => &[],
        };
        lines.extend(numbers.iter().map(|n| (score, Points::from_micros_rounded(i128::from(n.micros())))));
    }
    for axis in subject.rulebook.grade.iter().flat_map(|grade| &grade.axes) {
        lines.extend(axis.bounds.iter().map(|bound| (axis.score, bound.from)));
    }
    lines
}
