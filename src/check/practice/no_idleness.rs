//! No criterion looks at how long a lead has been silent.
//!
//! ## Why
//! A lead that was busy in spring and silent since then is not one that sales should call. A criterion on `idle_days`
//! needs only one line. If all points for events fade anyway, this is a note. A dimension or group with `fade` loses points
//! for silence already.
//!
//! ## Example
//! ```yaml
//! dimensions:
//!   engagement: { criteria: [{ id: demo, event: demo_request, points: 45 }] }
//! ```
//!
//! ## What to do
//! Add `{ id: gone-cold, event: any, measure: idle_days, from: created, tiers: [{ gte: 60, points: -20 }] }`.

use super::super::{CheckSubject, Findings, Lint};
use super::worth::{can_give, can_take, fades};
use crate::rulebook::Criterion;
use crate::rulebook::expr::Yield;

pub(super) const LINT: Lint = Lint::warning("LS506", "no-idleness", include_str!("no_idleness.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let on_events = |criterion: &&Criterion| criterion.tallies().next().is_some();
    let gives = |criterion: &&Criterion| can_give(rulebook, criterion) && !rulebook.has_fade(criterion);
    let Some(first) = rulebook.criteria.iter().filter(on_events).find(gives) else { return };
    let is_idleness = |tally: usize| rulebook.yields(tally) == Yield::Days;
    if rulebook.criteria.iter().any(|one| can_take(rulebook, one) && one.tallies().any(is_idleness)) {
        return;
    }
    let span = rulebook.dimensions[first.dimension].place.span;
    let finding = findings.add(span, "no criterion takes points away for silence");
    let finding = finding
        .help("for example `{ id: gone-cold, event: any, measure: idle_days, tiers: [{ gte: 60, points: -20 }] }`");
    if rulebook.criteria.iter().flat_map(Criterion::tallies).all(|tally| fades(rulebook, tally)) {
        finding.noted();
    }
}
