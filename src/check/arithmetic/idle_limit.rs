//! A limit, a cap or an `at_most` that can never bind.
//!
//! ## Why
//! A limit says that something could grow too large, and that somebody decided how large is enough. Where nothing can come
//! near it, it says something untrue, and it doesn't hold what it seems to hold.
//!
//! ## Example
//! ```yaml
//! criteria:
//!   - { id: demo, event: demo_request, points: 40, count: once, cap: 80 }        # once is 40 at most
//! ```
//!
//! ## What to do
//! Take it out, or set it to where it was meant to bind.

use super::super::bounds::{Model, Range, most_events, occurrences_range};
use super::super::source::get;
use super::super::{Findings, Lint, Subject};
use crate::diagnostic::{Severity, Span};
use crate::points::Points;
use crate::rulebook::Limits;
use crate::rulebook::expr::{Measure, Worth};
use crate::rulebook::yaml::Node;

pub(super) const LINT: Lint =
    Lint { code: "LS305", name: "idle-limit", severity: Severity::Note, file: include_str!("idle_limit.rs"), find };

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let bounds = Model::of(rulebook).bounds();
    for (dimension, (ranges, groups)) in rulebook.dimensions.iter().zip(bounds.dimensions.iter().zip(&bounds.groups)) {
        for (group, ranges) in dimension.groups.iter().zip(groups) {
            limits(findings, &group.name, group.limits, ranges.sum, subject.source.value_of(group.span));
        }
        limits(findings, &dimension.name, dimension.limits, ranges.weighted, subject.source.value_of(dimension.span));
    }
    limits(findings, "total", rulebook.total, bounds.total.sum, subject.source.at(&["total"]));
    for criterion in 0..rulebook.criteria.len() {
        occurrences(subject, criterion, findings);
    }
}

fn limits(findings: &mut Findings, name: &str, limits: Limits, range: Range, node: Option<&Node>) {
    let span = |key| node.and_then(|node| get(node, key)).map(|node| node.span);
    if let (Some(max), Some(span)) = (limits.max, span("max"))
        && range.max <= max
        && !range.is_single()
    {
        let message = format!("this `max` never binds: without it `{name}` comes to {} at most", range.max);
        findings.add(span, message).help("take it out, or set it to where it was meant to bind");
    }
    if let (Some(min), Some(span)) = (limits.min, span("min"))
        && range.min >= min
        && !range.is_single()
    {
        let message = format!("this `min` never binds: without it `{name}` comes to {} at least", range.min);
        findings.add(span, message).help("take it out, or set it to where it was meant to bind");
    }
}

fn occurrences(subject: &Subject<'_>, criterion: usize, findings: &mut Findings) {
    let criterion = &subject.rulebook.criteria[criterion];
    let Worth::Occurrences { tally, cap } = &criterion.worth else { return };
    let tally = &subject.rulebook.tallies[*tally];
    let Measure::Points { count, at_most, .. } = &tally.measure else { return };
    let span = |key: &str| {
        subject.source.beside(criterion.span, key).map_or(criterion.span, |node: &Node| -> Span { node.span })
    };
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
        let message = format!("this cap never binds: without it `{}` {most} at most", criterion.id);
        findings.add(span("cap"), message).help("take it out, or set it to where it was meant to bind");
    }
    if let (Some(at_most), Some(most)) = (at_most, most_events(count, None, tally.select.within_ms))
        && most <= *at_most
    {
        let plural = if most == 1 { "" } else { "s" };
        let message =
            format!("this `at_most` never binds: {most} event{plural} can count for `{}` without it", criterion.id);
        findings.add(span("at_most"), message).help("take it out, or set it to where it was meant to bind");
    }
}
