//! A condition on a score that no lead can meet.
//!
//! ## Why
//! The points of all criteria, with their caps, limits and tiers, add up to less than the condition asks for. The stage
//! stays empty whatever leads do, and the funnel in the report ends there.
//!
//! ## Example
//! ```yaml
//! dimensions:
//!   fit: { max: 100, criteria: [{ id: software, when: { field: industry, is: Software }, points: 60 }] }
//! stages:
//!   - { name: Lead }
//!   - { name: MQL, when: { score: fit, gte: 80 } }      # fit is at most 60
//! ```
//!
//! ## What to do
//! Lower the number, or raise the points, caps or limits that make up the score. `check` works out the best score that
//! one lead can have: if two conditions exclude each other, only one of them counts.

use super::super::{CheckSubject, Findings, Lint};
use super::thresholds::{decided, thresholds};
use crate::analysis::shortfall;
use crate::rulebook::ConditionRole;
use crate::rulebook::expr::{Order, Test};

pub(super) const LINT: Lint =
    Lint::warning("LS301", "unreachable-threshold", include_str!("unreachable_threshold.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let bounds = subject.analysis.bounds();
    for threshold in thresholds(&subject.conditions) {
        let range = bounds.score(threshold.score);
        let Some(short) = shortfall(range, threshold.test) else { continue };
        let name = rulebook.score_name(threshold.score);
        let why = match threshold.test {
            Test::Number(Order::Greater, _) if short.is_zero() => {
                format!("`{name}` is at most {}, and the condition asks for more", range.max)
            }
            Test::Number(Order::AtLeast | Order::Greater, _) => {
                format!("`{name}` is at most {}, {short} short", range.max)
            }
            _ if short.is_zero() => format!("`{name}` is at least {}, and the condition asks for less", range.min),
            _ => format!("`{name}` is at least {}, {short} more", range.min),
        };
        let message = match threshold.of {
            ConditionRole::Stage(stage) if !bounds.holds[stage].can_hold => {
                format!("no lead can reach the stage `{}`: {why}", rulebook.stages[stage].name)
            }
            of => format!("no lead can meet this condition of {}: {why}", decided(rulebook, of)),
        };
        let reachable = match threshold.test {
            Test::Number(Order::AtLeast | Order::Greater, _) => format!("ask for {} or less", range.max),
            _ => format!("ask for {} or more", range.min),
        };
        let help = format!("{reachable}, or change the points, caps or limits that make up `{name}`");
        findings.add(threshold.span, message).help(help);
    }
}
