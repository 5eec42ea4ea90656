//! Points for events that never fade, because there is neither a window nor a decay.
//!
//! ## Why
//! Old interest means little. Without `within` or `decay`, a download from three years ago counts as much as one from
//! yesterday. Every score grows until it only shows how long a lead has been in the CRM.
//!
//! ## Example
//! ```yaml
//! - { id: whitepaper, event: whitepaper_download, points: 20 }
//! ```
//!
//! ## What to do
//! Say how long an event counts: `within: 180d`, `decay: { half_life: 45d }`, or both. Or let the whole dimension or group
//! fade while a lead is silent: `fade: { half_life: 90d }`. Negative points may count
//! forever, so they have no finding.

use super::super::{CheckSubject, Findings, Lint};
use super::worth::{can_give, fades};
use crate::rulebook::Criterion;
use crate::rulebook::expr::{Types, Worth, Yield};

pub(super) const LINT: Lint = Lint::warning("LS505", "endless-engagement", include_str!("endless_engagement.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let gives = |one: &&Criterion| one.enabled && !rulebook.has_fade(one) && can_give(rulebook, one);
    for criterion in rulebook.criteria.iter().filter(gives) {
        // A newest date that is held against `within` is as good as a window.
        let is_endless = |tally: &usize| !fades(rulebook, *tally) && rulebook.yields(*tally) != Yield::Instant;
        let Some(endless) = criterion.tallies().find(is_endless) else { continue };
        let what = match &rulebook.tallies[endless].select.types {
            Types::Named(names) => format!("`{}`", names.join("`, `")),
            Types::Any | Types::Every => "events of any type".to_owned(),
        };
        let message = format!("`{}` counts {what} forever", criterion.id);
        let help = match criterion.worth {
            Worth::Occurrences { .. } => "say how long they count: `within: 180d`, or `decay: { half_life: 45d }`",
            _ => "say how long they count, beside the event: `within: 180d`",
        };
        findings.add(criterion.place.span, message).help(help);
    }
}
