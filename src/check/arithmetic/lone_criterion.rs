//! A single criterion that is enough for a stage.
//!
//! ## Why
//! A score weighs several signs against each other. If one sign is enough, the others don't count for the stage. One
//! form filled in by a student, or one field that somebody typed, then makes a lead qualified.
//!
//! ## Example
//! ```yaml
//! dimensions:
//!   engagement: { criteria: [{ id: visits, event: page_view, points: 5 }] }      # no `cap`: 20 visits are 100 points
//! stages:
//!   - { name: Lead }
//!   - { name: MQL, when: { score: engagement, gte: 100 } }
//! ```
//!
//! ## What to do
//! Limit what the criterion can give (`cap`, `at_most`, a group's `max`), raise the number, or ask for a second score
//! as well: `all: [{ score: total, gte: 100 }, { score: fit, gte: 40 }]`. If one sign is meant to be enough, as a demo
//! request often is, allow the finding: `# allow LS304: a lead that asks for a demo gets a call`.

use super::super::{CheckSubject, Findings, Lint};
use crate::analysis::{Bounds, PointRange};
use crate::points::Points;
use crate::rulebook::Rulebook;

pub(super) const LINT: Lint = Lint::warning("LS304", "lone-criterion", include_str!("lone_criterion.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let analysis = &subject.analysis;
    let nothing = analysis.bounds_of(|_| false);
    let stages: Vec<usize> = (1..rulebook.stages.len())
        .filter(|stage| {
            let when = rulebook.stages[*stage].when.as_ref();
            when.is_some_and(|when| when.reads_score() && !nothing.outcomes(when).can_hold)
        })
        .collect();
    if stages.is_empty() {
        return;
    }
    let alone: Vec<(usize, Bounds<'_>)> =
        (0..rulebook.criteria.len()).map(|only| (only, analysis.bounds_of(|criterion| criterion == only))).collect();
    for stage in stages {
        let found = &rulebook.stages[stage];
        let reaches = |bounds: &Bounds<'_>| found.when.as_ref().is_some_and(|when| bounds.outcomes(when).can_hold);
        let enough: Vec<(usize, PointRange)> =
            alone.iter().filter(|(_, bounds)| reaches(bounds)).map(|(only, b)| (*only, b.criteria[*only])).collect();
        if enough.is_empty() {
            continue;
        }
        let plural = if enough.len() == 1 { "" } else { "each " };
        let message = format!("{} {plural}alone can make a lead `{}`", named(rulebook, &enough), found.name);
        findings.add(found.place.span, message).help(
            "limit what it can give (`cap`, `at_most`, a group's `max`), raise the number, or ask for a second score",
        );
    }
}

/// Up to three criteria with the most that they give: `demo-request` (up to 60) and 2 more.
fn named(rulebook: &Rulebook, enough: &[(usize, PointRange)]) -> String {
    let one = |(criterion, range): &(usize, PointRange)| {
        let id = &rulebook.criteria[*criterion].id;
        if !range.has_max() {
            return format!("`{id}` (without a limit)");
        }
        let most = if range.max > Points::ZERO { range.max } else { range.min };
        format!("`{id}` (up to {most})")
    };
    let mut names: Vec<String> = enough.iter().take(3).map(one).collect();
    if enough.len() > 3 {
        names.push(format!("{} more", enough.len() - 3));
    }
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
