//! A `since` on a dimension or group that reads no events.
//!
//! ## Why
//! `since` holds for the event selections inside it. Where there are none it changes nothing, and whoever reads it believes
//! that old points are forgotten.
//!
//! ## Example
//! ```yaml
//! fit:
//!   since: recycled
//!   criteria:
//!     - { id: de, when: { field: country, is: DE }, points: 10 }
//! ```
//!
//! ## What to do
//! Put it on the dimension that counts events, or take it out.

use super::super::conditions::terms;
use super::super::source::get;
use super::super::{Findings, Lint, Subject};
use crate::diagnostic::{Severity, Span};
use crate::rulebook::Criterion;
use crate::rulebook::expr::{Term, Worth};

pub(super) const LINT: Lint =
    Lint { code: "LS414", name: "idle-since", severity: Severity::Warning, file: include_str!("idle_since.rs"), find };

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for (index, dimension) in rulebook.dimensions.iter().enumerate() {
        let own = |criterion: &&Criterion| criterion.dimension == index;
        look(subject, findings, (dimension.span, &dimension.name), rulebook.criteria.iter().filter(own));
        for (group, declared) in dimension.groups.iter().enumerate() {
            let own = |criterion: &&Criterion| criterion.dimension == index && criterion.group == Some(group);
            look(subject, findings, (declared.span, &declared.name), rulebook.criteria.iter().filter(own));
        }
    }
}

fn look<'r>(
    subject: &Subject<'_>,
    findings: &mut Findings,
    (key, name): (Span, &str),
    mut criteria: impl Iterator<Item = &'r Criterion>,
) {
    let Some(since) = subject.source.value_of(key).and_then(|node| get(node, "since")) else { return };
    if !criteria.any(reads_events) {
        findings
            .add(since.span, format!("no criterion of `{name}` reads events, so this `since` changes nothing"))
            .help("put it on the dimension or group that does, or take it out");
    }
}

/// Whether a criterion looks at events.
fn reads_events(criterion: &Criterion) -> bool {
    let reads = |expr| terms(expr).iter().any(|term| matches!(term, Term::Tally(_)));
    let own = match &criterion.worth {
        Worth::Choose { arms, .. } => arms.iter().any(|arm| reads(&arm.when)),
        Worth::Lookup { .. } => false,
        Worth::Occurrences { .. } => true,
    };
    own || criterion.only_if.as_ref().is_some_and(reads)
}
