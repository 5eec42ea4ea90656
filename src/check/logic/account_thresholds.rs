//! Every number that a score of accounts is held against, and what hangs on it.

use super::super::CheckSubject;
use crate::diagnostic::Span;
use crate::rulebook::expr::{Atom, Expr, ScoreRef, Term, Test};

/// A test of a score of accounts.
pub(super) struct AccountThreshold<'r> {
    pub score: ScoreRef,
    pub test: &'r Test,
    /// Where the operator and its number stand.
    pub span: Span,
    /// What it decides, for people.
    pub of: String,
}

/// All of them.
pub(super) fn account_thresholds<'a>(subject: &CheckSubject<'a>) -> Vec<AccountThreshold<'a>> {
    let Some(rules) = &subject.rulebook.accounts else { return Vec::new() };
    let stages = rules.stages.iter().map(|stage| (stage.when.as_ref(), format!("the account stage `{}`", stage.name)));
    let priorities = rules
        .priorities
        .iter()
        .map(|priority| (priority.when.as_ref(), format!("the account priority `{}`", priority.name)));
    let conditions = stages.chain(priorities).filter_map(|(when, of)| Some((when?, of)));
    conditions.flat_map(|(when, of)| tests(when, &of)).collect()
}

fn tests<'r>(when: &'r Expr, of: &str) -> Vec<AccountThreshold<'r>> {
    let leaves = when.leaves().into_iter();
    let test = leaves.filter_map(|at| match at.leaf {
        Atom::Test { term: Term::Score(score), test } => {
            Some(AccountThreshold { score: *score, test, span: at.place.span, of: of.to_owned() })
        }
        _ => None,
    });
    test.collect()
}
