//! A criterion that can't change any stage, grade or priority.
//!
//! ## Why
//! It gives no points, or its points never decide whether a score reaches a number. People discuss its points in
//! meetings, but nothing depends on them.
//!
//! ## Example
//! ```yaml
//! criteria:
//!   - { id: newsletter, event: newsletter_signup, points: 0 }
//! ```
//!
//! ## What to do
//! Give it enough points to matter, or remove it. To keep it for later, write `enabled: false`.

use super::super::{CheckSubject, Findings, Lint};
use super::idle_dimension::is_idle;
use super::thresholds::lines;
use crate::analysis::{Bounds, PointRange};
use crate::points::Points;
use crate::rulebook::Rulebook;
use crate::rulebook::expr::ScoreRef;

pub(super) const LINT: Lint =
    Lint::warning("LS306", "powerless-criterion", include_str!("powerless_criterion.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let analysis = &subject.analysis;
    let bounds = analysis.bounds();
    let lines = lines(subject);
    for (index, criterion) in rulebook.criteria.iter().enumerate().filter(|(_, criterion)| criterion.enabled) {
        if is_idle(rulebook, bounds, &lines, criterion.dimension) {
            continue;
        }
        let range = bounds.criteria[index];
        if range == PointRange::default() {
            let message = format!("`{}` gives 0 points to every lead", criterion.id);
            findings.add(criterion.place.span, message).help("give it points, or write `enabled: false`");
        } else if let Some(group) = pinned_group(rulebook, bounds, index) {
            let value = bounds.groups[criterion.dimension][group].value.max;
            let name = rulebook.score_name(ScoreRef::Group(criterion.dimension, group));
            let message =
                format!("`{}` changes nothing: the limits of `{name}` make it {value} for every lead", criterion.id);
            findings.add(criterion.place.span, message).help("change the limits of the group");
        } else if !lines.is_empty()
            && !rulebook.accounts_read(criterion.dimension)
            && !can_cross(rulebook, &analysis.bounds_of(|other| other != index), range, index, &lines)
        {
            let message = format!(
                "`{}` can't change any stage, grade or priority: its points ({}) are never enough",
                criterion.id,
                shown(range)
            );
            findings.add(criterion.place.span, message).help("give it enough points to matter, or remove it");
        }
    }
}

fn pinned_group(rulebook: &Rulebook, bounds: &Bounds<'_>, criterion: usize) -> Option<usize> {
    let criterion = &rulebook.criteria[criterion];
    criterion.group.filter(|group| bounds.groups[criterion.dimension][*group].value.is_single())
}

/// Whether a criterion's points can carry one of its scores over one of the lines, where all others together are anywhere in
/// their bounds.
fn can_cross(
    rulebook: &Rulebook,
    others: &Bounds<'_>,
    range: PointRange,
    criterion: usize,
    lines: &[(ScoreRef, Points)],
) -> bool {
    let own = &rulebook.criteria[criterion];
    let dimension = &rulebook.dimensions[own.dimension];
    // Limits may let through more of the points of one lead than of another, and rounding may add a hundredth.
    let spread = |weight_micros: i64| {
        let hundredth = Points::from_hundredths(1);
        let scale =
            |points: Points| if points.size() > u64::from(u32::MAX) { points } else { points.scaled(weight_micros) };
        (scale(range.min).saturating_sub(hundredth), scale(range.max).saturating_add(hundredth))
    };
    lines.iter().any(|(score, line)| {
        let weight_micros = match score {
            ScoreRef::Total if dimension.in_total => dimension.weight.micros(),
            ScoreRef::Dimension(index) if *index == own.dimension => dimension.weight.micros(),
            ScoreRef::Group(index, group) if *index == own.dimension && Some(*group) == own.group => 1_000_000,
            _ => return false,
        };
        let (down, up) = spread(weight_micros);
        let without = others.score(*score);
        let lifts = range.max > Points::ZERO && without.min < *line && without.max.saturating_add(up) >= *line;
        let drops = range.min < Points::ZERO && without.max >= *line && without.min.saturating_add(down) < *line;
        lifts || drops
    })
}

fn shown(range: PointRange) -> String {
    match (range.has_min(), range.has_max()) {
        (true, true) => format!("{} to {}", range.min, range.max),
        _ => "however many".to_owned(),
    }
}
