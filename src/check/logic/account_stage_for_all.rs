//! A condition on an account's score that every account meets.
//!
//! ## Why
//! Every account has at least one lead, and many scores are never below 0. A condition that asks for no more than that asks
//! for nothing: if it is the only one, every account has the stage.
//!
//! ## Example
//! ```yaml
//! accounts:
//!   by: account
//!   stages: [{ name: Known }, { name: Several people, when: { score: leads, gte: 1 } }]    # every account has one
//! ```
//!
//! ## What to do
//! Raise the number, or remove the condition.

use super::super::{CheckSubject, Findings, Lint};
use super::account_thresholds::account_thresholds;
use crate::rulebook::expr::{Order, Test};

pub(super) const LINT: Lint =
    Lint::warning("LS452", "account-stage-for-all", include_str!("account_stage_for_all.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let bounds = subject.analysis.bounds();
    for threshold in account_thresholds(subject) {
        if !bounds.tested(threshold.score, threshold.test).is_always_true() {
            continue;
        }
        let (range, name) = (bounds.score(threshold.score), subject.rulebook.score_name(threshold.score));
        let why = match threshold.test {
            Test::Number(Order::AtLeast | Order::Greater, _) => format!("`{name}` is never below {}", range.min),
            _ => format!("`{name}` is never above {}", range.max),
        };
        let message = format!("every account meets this condition of {}: {why}", threshold.of);
        findings.add(threshold.span, message).help("change the number, or remove the condition");
    }
}
