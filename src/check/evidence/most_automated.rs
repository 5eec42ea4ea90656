//! A rule for automated events sets aside most events of a type.
//!
//! ## Why
//! Scanners make a part of the clicks, not most of them. If a rule takes more than half of a type, it is often too wide: it
//! also takes what leads do, and they lose the points. The finding counts the events that the rule is the first to take.
//!
//! ## Example
//! ```yaml
//! automated:
//!   - { event: email_click, after: email_sent, within: 3d }      # most people click within three days
//! ```
//!
//! ## What to do
//! Make `within` shorter, add `same` or `where`, or look at some of the events with `leadscore explain`. If the export is really
//! full of scanners, allow this finding with a reason.

use super::super::{CheckSubject, Findings, Lint};
use crate::value::figures::grouped;

pub(super) const LINT: Lint = Lint::warning("LS618", "most-automated", include_str!("most_automated.rs"), find);

/// Of fewer events of a type a share says nothing.
const FEWEST_EVENTS: u64 = 10;

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed else { return };
    for (source, counts) in subject.rulebook.sources.iter().zip(&observed.sources) {
        for ((rule, kind), n_automated) in &counts.automated {
            let of_type = counts.automated.iter().filter(|((_, other), _)| other == kind).map(|(_, n)| n);
            let n_events = of_type.sum::<u64>() + counts.counted_by_type.get(kind).copied().unwrap_or(0);
            let Some(place) = source.automated.get(*rule).map(|rule| &rule.place) else { continue };
            if n_events < FEWEST_EVENTS || n_automated * 2 <= n_events {
                continue;
            }
            let (n, all) = (grouped(*n_automated), grouped(n_events));
            findings
                .add(place.at("event"), format!("this rule sets aside {n} of {all} events of the type `{kind}`"))
                .help("make the rule narrower, or look at some of these events with `leadscore explain`");
        }
    }
}
