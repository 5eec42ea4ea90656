//! A condition on a score that every lead meets.
//!
//! ## Why
//! A condition that even an empty lead meets asks for nothing. If it is the only condition, it puts every lead into the
//! stage. Beside other conditions it looks like a rule, but has no effect.
//!
//! ## Example
//! ```yaml
//! dimensions:
//!   fit: { min: 0, criteria: [{ id: software, when: { field: industry, is: Software }, points: 60 }] }
//! stages:
//!   - { name: Lead }
//!   - { name: Known, when: { score: fit, gte: 0 } }     # fit is never below 0
//! ```
//!
//! ## What to do
//! Raise the number, or remove the condition.

use super::super::{CheckSubject, Findings, Lint};
use super::thresholds::{decided, thresholds};
use crate::rulebook::ConditionRole;
use crate::rulebook::expr::{Order, Test};

pub(super) const LINT: Lint = Lint::warning("LS302", "sure-threshold", include_str!("sure_threshold.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let bounds = subject.analysis.bounds();
    for threshold in thresholds(&subject.conditions) {
        if !bounds.tested(threshold.score, threshold.test).is_always_true() {
            continue;
        }
        let (range, name) = (bounds.score(threshold.score), rulebook.score_name(threshold.score));
        let why = match threshold.test {
            Test::Number(Order::AtLeast | Order::Greater, _) => format!("`{name}` is never below {}", range.min),
            _ => format!("`{name}` is never above {}", range.max),
        };
        let message = match threshold.of {
            ConditionRole::Stage(stage) if bounds.holds[stage].is_always_true() => {
                format!("every lead reaches the stage `{}`: {why}", rulebook.stages[stage].name)
            }
            of => format!("every lead meets this condition of {}: {why}", decided(rulebook, of)),
        };
        findings.add(threshold.span, message).help("change the number, or remove the condition");
    }
}
