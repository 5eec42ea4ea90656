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
use crate::rulebook::expr::{Types, Worth, Yield};
use crate::rulebook::{Criterion, Rulebook};

pub(super) const LINT: Lint = Lint::warning("LS505", "endless-engagement", include_str!("endless_engagement.rs"), find);

/// How many criteria of a dimension are named.
const MOST_NAMED: usize = 3;

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let gives = |one: &&Criterion| one.enabled && !rulebook.has_fade(one) && can_give(rulebook, one);
    let found =
        rulebook.criteria.iter().filter(gives).filter_map(|criterion| Some((criterion, endless(rulebook, criterion)?)));
    let (allowed, told): (Vec<_>, Vec<_>) =
        found.partition(|(criterion, _)| subject.allows(LINT.code, criterion.place.span));
    for (criterion, tally) in allowed {
        alone(rulebook, criterion, tally, findings);
    }
    // Where a whole dimension was written without windows, that is one thing to see to.
    for dimension in 0..rulebook.dimensions.len() {
        let here: Vec<_> = told.iter().filter(|(criterion, _)| criterion.dimension == dimension).collect();
        match here[..] {
            [] => {}
            [(criterion, tally)] => alone(rulebook, criterion, *tally, findings),
            [(first, _), ..] => {
                let ids: Vec<&str> = here.iter().map(|(criterion, _)| criterion.id.as_str()).collect();
                let message = format!("{} count events forever", named(&ids));
                findings.add(first.place.span, message).help(HELP);
            }
        }
    }
}

const HELP: &str = "say how long they count: `within: 180d`, or `decay: { half_life: 45d }`";

/// A tally of a criterion for which events never cease to count.
fn endless(rulebook: &Rulebook, criterion: &Criterion) -> Option<usize> {
    // A newest date that is held against `within` is as good as a window.
    criterion.tallies().find(|tally| !fades(rulebook, *tally) && rulebook.yields(*tally) != Yield::Instant)
}

fn alone(rulebook: &Rulebook, criterion: &Criterion, tally: usize, findings: &mut Findings) {
    let what = match &rulebook.tallies[tally].select.types {
        Types::Named(names) => format!("`{}`", rulebook.types_written(names).join("`, `")),
        Types::Any | Types::Every => "events of any type".to_owned(),
    };
    let message = format!("`{}` counts {what} forever", criterion.id);
    let help = match criterion.worth {
        Worth::Occurrences { .. } => HELP,
        _ => "say how long they count, beside the event: `within: 180d`",
    };
    findings.add(criterion.place.span, message).help(help);
}

/// Two criteria or more: `` `a`, `b`, `c` and 4 more``.
fn named(ids: &[&str]) -> String {
    let shown = if ids.len() > MOST_NAMED { MOST_NAMED } else { ids.len() - 1 };
    let last = match &ids[shown..] {
        [last] => format!("`{last}`"),
        more => format!("{} more criteria", more.len()),
    };
    format!("`{}` and {last}", ids[..shown].join("`, `"))
}
