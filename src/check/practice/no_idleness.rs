//! No criterion looks at how long a lead has been silent.
//!
//! ## Why
//! A lead that was busy in spring and has not been seen since is not the lead that sales would call. A criterion on
//! `idle_days` says so in one line. Where all points for events fade by themselves, this is a note.
//!
//! ## Example
//! ```yaml
//! dimensions:
//!   engagement: { criteria: [{ id: demo, event: demo_request, points: 45 }] }
//! ```
//!
//! ## What to do
//! Add `{ id: gone-cold, event: any, measure: idle_days, from: created, tiers: [{ gte: 60, points: -20 }] }`.

use super::super::{Findings, Lint, Subject};
use super::worth::{can_give, can_take, fades, is_idleness, tallies};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "LS506",
    name: "no-idleness",
    severity: Severity::Warning,
    file: include_str!("no_idleness.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let on_events = |criterion: &&_| !tallies(criterion).is_empty();
    let gives = |criterion: &&_| can_give(rulebook, criterion);
    let Some(first) = rulebook.criteria.iter().filter(on_events).find(gives) else { return };
    let all = || rulebook.criteria.iter().flat_map(tallies).map(|tally| &rulebook.tallies[tally]);
    let takes = rulebook.criteria.iter().any(|criterion| {
        can_take(rulebook, criterion)
            && tallies(criterion).iter().any(|tally| is_idleness(&rulebook.tallies[*tally].measure))
    });
    if takes {
        return;
    }
    let span = rulebook.dimensions[first.dimension].span;
    let finding = findings.add(span, "no criterion takes points for silence");
    let finding = finding
        .help("for example `{ id: gone-cold, event: any, measure: idle_days, tiers: [{ gte: 60, points: -20 }] }`");
    if all().all(|tally| fades(&tally.select, &tally.measure)) {
        finding.weighs(Severity::Note);
    }
}
