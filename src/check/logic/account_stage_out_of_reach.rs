//! A condition on an account's score that no account can meet.
//!
//! ## Why
//! What leads can score bounds what their account can score: `max` and `mean` never exceed the best score of one lead, and
//! `sum` with `top: 5` never exceeds five times that. A stage that asks for more stays empty.
//!
//! ## Example
//! ```yaml
//! dimensions: { fit: { max: 100, criteria: [{ id: big, when: { field: size, gte: 500 }, points: 60 }] } }
//! accounts:
//!   by: account
//!   scores: { fit: { max: fit } }
//!   stages: [{ name: Known }, { name: MQA, when: { score: fit, gte: 80 } }]    # fit is at most 60
//! ```
//!
//! ## What to do
//! Lower the number, or build the score differently: `sum` adds up what several leads did.

use super::super::{CheckSubject, Findings, Lint};
use super::account_thresholds::account_thresholds;
use crate::analysis::shortfall;
use crate::rulebook::expr::{Order, Test};

pub(super) const LINT: Lint =
    Lint::warning("LS451", "account-stage-out-of-reach", include_str!("account_stage_out_of_reach.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for threshold in account_thresholds(subject) {
        let range = subject.analysis.bounds().score(threshold.score);
        if shortfall(range, threshold.test).is_none() {
            continue;
        }
        let name = subject.rulebook.score_name(threshold.score);
        let (why, reachable) = match threshold.test {
            Test::Number(Order::AtLeast | Order::Greater, _) => {
                (format!("`{name}` is at most {}", range.max), format!("ask for {} or less", range.max))
            }
            _ => (format!("`{name}` is at least {}", range.min), format!("ask for {} or more", range.min)),
        };
        let message = format!("no account can meet this condition of {}: {why}", threshold.of);
        findings.add(threshold.span, message).help(format!("{reachable}, or change what the score is made of"));
    }
}
