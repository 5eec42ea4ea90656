//! A limit, a `cap` or an `at_most` that never takes effect.
//!
//! ## Why
//! A limit says that a number could grow too large. If the number can never reach the limit, the limit does nothing,
//! and it misleads the reader.
//!
//! ## Example
//! ```yaml
//! criteria:
//!   - { id: demo, event: demo_request, points: 40, count: once, cap: 80 }        # once is 40 at most
//! ```
//!
//! ## What to do
//! Remove it, or set it to a number that has an effect.

use super::super::{CheckSubject, Findings, Lint};
use crate::analysis::{PointRange, most_events, occurrences_range};
use crate::points::Points;
use crate::rulebook::expr::{Measure, Worth};
use crate::rulebook::{Limits, Place};

pub(super) const LINT: Lint = Lint::note("LS305", "idle-limit", include_str!("idle_limit.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let bounds = subject.analysis.bounds();
    for (dimension, (ranges, groups)) in rulebook.dimensions.iter().zip(bounds.dimensions.iter().zip(&bounds.groups)) {
        for (group, ranges) in dimension.groups.iter().zip(groups) {
            limits(findings, &group.name, group.limits, ranges.weighted, Some(&group.place));
        }
        limits(findings, &dimension.name, dimension.limits, ranges.weighted, Some(&dimension.place));
    }
    limits(findings, "total", rulebook.total, bounds.total.sum, rulebook.place.get("total"));
    for criterion in 0..rulebook.criteria.len() {
        occurrences(subject, criterion, findings);
    }
}

fn limits(findings: &mut Findings, name: &str, limits: Limits, range: PointRange, place: Option<&Place>) {
    let span = |key| place.and_then(|place| place.get(key)).map(|place| place.span);
    if let (Some(max), Some(span)) = (limits.max, span("max"))
        && range.max <= max
        && !range.is_single()
    {
        let message = format!("this `max` has no effect: even without it, `{name}` is at most {}", range.max);
        findings.add(span, message).help("remove it, or set it to a number that has an effect");
    }
    if let (Some(min), Some(span)) = (limits.min, span("min"))
        && range.min >= min
        && !range.is_single()
    {
        let message = format!("this `min` has no effect: even without it, `{name}` is at least {}", range.min);
        findings.add(span, message).help("remove it, or set it to a number that has an effect");
    }
}

fn occurrences(subject: &CheckSubject<'_>, criterion: usize, findings: &mut Findings) {
    let criterion = &subject.rulebook.criteria[criterion];
    let Worth::Occurrences { tally, cap } = &criterion.worth else { return };
    let tally = &subject.rulebook.tallies[*tally];
    let Measure::Points { count, at_most, .. } = &tally.measure else { return };
    let range = occurrences_range(tally, None);
    if let Some(cap) = cap
        && range.max <= *cap
        && range.min >= Points::ZERO.saturating_sub(*cap)
    {
        let most = if range.max.is_zero() {
            format!("takes {}", Points::ZERO.saturating_sub(range.min))
        } else {
            format!("gives {}", range.max)
        };
        let message = format!("this `cap` has no effect: even without it, `{}` {most} at most", criterion.id);
        findings.add(criterion.place.at("cap"), message).help("remove it, or set it to a number that has an effect");
    }
    if let (Some(at_most), Some(most)) = (at_most, most_events(count, None, tally.select.within_ms))
        && most <= *at_most
    {
        let plural = if most == 1 { "" } else { "s" };
        let message = format!(
            "this `at_most` has no effect: even without it, at most {most} event{plural} can count for `{}`",
            criterion.id
        );
        findings
            .add(criterion.place.at("at_most"), message)
            .help("remove it, or set it to a number that has an effect");
    }
}
