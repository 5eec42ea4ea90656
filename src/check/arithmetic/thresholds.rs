//! Every number that a score is held against, and what hangs on it.

use crate::diagnostic::Span;
use crate::points::Points;
use crate::rulebook::Rulebook;
use crate::rulebook::expr::{Expr, ScoreRef, Term, Test};

/// A test of a score.
#[derive(Clone, Copy, Debug)]
pub(super) struct Threshold<'r> {
    pub score: ScoreRef,
    pub test: &'r Test,
    /// Where the operator and its number stand.
    pub span: Span,
    pub of: Owner,
}

/// What a test decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Stage(usize),
    Keep(usize),
    Recycle(usize),
    Disqualifier(usize),
    Priority(usize),
}

impl Owner {
    /// What it decides, for people: ``the stage `MQL` ``.
    pub(super) fn words(self, rulebook: &Rulebook) -> String {
        let stage = |index: usize| format!("`{}`", rulebook.stages[index].name);
        match self {
            Self::Stage(index) => format!("the stage {}", stage(index)),
            Self::Keep(index) => format!("staying in {}", stage(index)),
            Self::Recycle(index) => format!("the recycling of {}", stage(index)),
            Self::Disqualifier(index) => format!("the disqualifier `{}`", rulebook.disqualifiers[index].reason),
            Self::Priority(index) => format!("the priority `{}`", rulebook.priorities[index].name),
        }
    }
}

/// All of them, in order of stages, disqualifiers, priorities.
pub(super) fn thresholds(rulebook: &Rulebook) -> Vec<Threshold<'_>> {
    let mut found = Vec::new();
    for (index, stage) in rulebook.stages.iter().enumerate() {
        let parts = [
            (&stage.when, Owner::Stage(index)),
            (&stage.keep_when, Owner::Keep(index)),
            (&stage.recycle_when, Owner::Recycle(index)),
        ];
        for (when, of) in parts {
            if let Some(when) = when {
                collect(when, of, &mut found);
            }
        }
    }
    for (index, disqualifier) in rulebook.disqualifiers.iter().enumerate() {
        collect(&disqualifier.when, Owner::Disqualifier(index), &mut found);
    }
    for (index, priority) in rulebook.priorities.iter().enumerate() {
        if let Some(when) = &priority.when {
            collect(when, Owner::Priority(index), &mut found);
        }
    }
    found
}

/// Whether a condition holds a score against a number.
pub(super) fn names_a_score(expr: &Expr) -> bool {
    let mut found = Vec::new();
    collect(expr, Owner::Stage(0), &mut found);
    !found.is_empty()
}

fn collect<'r>(expr: &'r Expr, of: Owner, found: &mut Vec<Threshold<'r>>) {
    match expr {
        Expr::All(items) | Expr::Any(items) | Expr::AtLeast(_, items) => {
            for item in items {
                collect(item, of, found);
            }
        }
        Expr::Not(inner) => collect(inner, of, found),
        Expr::Test { term: Term::Score(score), test, place } => {
            found.push(Threshold { score: *score, test, span: place.0, of });
        }
        _ => {}
    }
}

/// Every number at which something is decided, by score: of conditions and of grades.
pub(super) fn lines(rulebook: &Rulebook) -> Vec<(ScoreRef, Points)> {
    let mut lines = Vec::new();
    for Threshold { score, test, .. } in thresholds(rulebook) {
        let numbers = match test {
            Test::Number(_, number) => std::slice::from_ref(number),
            Test::Numbers(numbers) => numbers.as_slice(),
            _ => &[],
        };
        lines.extend(numbers.iter().map(|n| (score, Points::from_micros_rounded(i128::from(n.micros())))));
    }
    for axis in rulebook.grade.iter().flat_map(|grade| &grade.axes) {
        lines.extend(axis.bounds.iter().map(|bound| (axis.score, bound.from)));
    }
    lines
}
