//! Points for events that never fade: neither a window nor a decay.
//!
//! ## Why
//! Interest is news. Without `within` or `decay` a download of three years ago counts like one of yesterday, and every lead
//! drifts upwards until the score says how long somebody has been in the CRM.
//!
//! ## Example
//! ```yaml
//! - { id: whitepaper, event: whitepaper_download, points: 20 }
//! ```
//!
//! ## What to do
//! Say how long it counts: `within: 180d`, or `decay: { half_life: 45d }`, or both. Points below 0 may well stand forever;
//! nothing is said of them.

use super::super::{CheckSubject, Findings, Lint};
use super::worth::{can_give, fades};
use crate::rulebook::expr::{Types, Worth, Yield};

pub(super) const LINT: Lint = Lint::warning("LS505", "endless-engagement", include_str!("endless_engagement.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for criterion in rulebook.criteria.iter().filter(|criterion| criterion.enabled && can_give(rulebook, criterion)) {
        // A newest date that is held against `within` is as good as a window.
        let is_endless = |tally: &usize| !fades(rulebook, *tally) && rulebook.yields(*tally) != Yield::Instant;
        let Some(endless) = criterion.tallies().find(is_endless) else { continue };
        let what = match &rulebook.tallies[endless].select.types {
            Types::Named(names) => format!("`{}`", names.join("`, `")),
            Types::Any | Types::Every => "events of any type".to_owned(),
        };
        let message = format!("`{}` counts {what} however long ago", criterion.id);
        let help = match criterion.worth {
            Worth::Occurrences { .. } => "say how long: `within: 180d`, or `decay: { half_life: 45d }`",
            _ => "say how long, beside the event: `within: 180d`",
        };
        findings.add(criterion.place.span, message).help(help);
    }
}
