//! Opens, clicks and page views alone are enough for a stage.
//!
//! ## Why
//! Mail programs open e-mails automatically, security scanners click every link, and one curious student views forty
//! pages. If such events are enough for a stage, sales calls machines. `check` recognizes these types, in any spelling:
//! email open, email opened, open, opened, email click, email clicked, click, clicked, link click, ad click, ad
//! impression, impression, page view, pageview, page viewed, page visit, visit, site visit, session, session start.
//!
//! ## Example
//! ```yaml
//! engagement: { criteria: [{ id: clicks, event: email_click, points: 5, within: 90d }] }      # 20 clicks are 100 points
//! stages: [{ name: Lead }, { name: MQL, when: { score: engagement, gte: 100 } }]
//! ```
//!
//! ## What to do
//! Limit what they can give together to less than the stage asks for, with a `cap` for each or a `max` for the group.
//! Or let the stage ask for a second score as well.

use super::super::{CheckSubject, Findings, Lint};
use super::worth::can_give;
use crate::rulebook::expr::Types;
use crate::rulebook::{Criterion, Rulebook};

pub(super) const LINT: Lint = Lint::warning("LS504", "opens-and-clicks", include_str!("opens_and_clicks.rs"), find);

/// Types of events that machines make, or that mean little, in small letters without separators.
const PASSIVE: &str = "emailopen, emailopened, open, opened, emailclick, emailclicked, click, clicked, linkclick, \
                       emaillinkclick, adclick, adimpression, impression, pageview, pageviewed, pagevisit, visit, \
                       sitevisit, session, sessionstart";

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let is_passive: Vec<bool> = rulebook.criteria.iter().map(|criterion| is_passive(rulebook, criterion)).collect();
    if !is_passive.contains(&true) {
        return;
    }
    let analysis = &subject.analysis;
    let (nothing, passive) = (analysis.bounds_of(|_| false), analysis.bounds_of(|criterion| is_passive[criterion]));
    // The furthest stage says it of those before it.
    let reached = rulebook.stages.iter().skip(1).rev().find(|stage| {
        let when = stage.when.as_ref().filter(|when| when.reads_score());
        when.is_some_and(|when| !nothing.outcomes(when).can_hold && passive.outcomes(when).can_hold)
    });
    if let Some(stage) = reached {
        let ids: Vec<String> = rulebook
            .criteria
            .iter()
            .zip(&is_passive)
            .filter(|(criterion, passive)| **passive && can_give(rulebook, criterion))
            .map(|(criterion, _)| format!("`{}`", criterion.id))
            .collect();
        let message = format!("opens, clicks and views alone ({}) can make a lead `{}`", ids.join(", "), stage.name);
        findings
            .add(stage.place.span, message)
            .help("limit what they give together (`cap`, a group's `max`), or let the stage ask for a second score");
    }
}

/// Whether a criterion can give points and looks at nothing but such events.
fn is_passive(rulebook: &Rulebook, criterion: &Criterion) -> bool {
    let tallies: Vec<usize> = criterion.tallies().collect();
    let is_one = |tally: &usize| match &rulebook.tallies[*tally].select.types {
        Types::Named(names) => names.iter().all(|name| PASSIVE.split(", ").any(|passive| passive == bare(name))),
        Types::Any | Types::Every => false,
    };
    criterion.enabled
        && can_give(rulebook, criterion)
        && !tallies.is_empty()
        && criterion.fields().next().is_none()
        && tallies.iter().any(is_one)
        && tallies.iter().all(|tally| is_one(tally) || is_ours(rulebook, *tally))
}

/// Whether a measure looks at our own doing, such as mails sent.
fn is_ours(rulebook: &Rulebook, tally: usize) -> bool {
    match &rulebook.tallies[tally].select.types {
        Types::Named(names) => names.iter().all(|name| rulebook.not_engagement.contains(name)),
        Types::Any | Types::Every => false,
    }
}

fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}
