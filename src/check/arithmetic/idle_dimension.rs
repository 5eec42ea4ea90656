//! A dimension without any effect, because of its weight or limits, or because nothing reads it.
//!
//! ## Why
//! People maintain and discuss the criteria of this dimension. But they change no lead's stage, grade or priority.
//!
//! ## Example
//! ```yaml
//! dimensions:
//!   fit: { weight: 0, criteria: [{ id: software, when: { field: industry, is: Software }, points: 60 }] }
//! ```
//!
//! ## What to do
//! Give it a weight and limits that let it count, or let a stage, the grade or a priority read it. If the dimension is
//! only for information, allow the finding: `# allow LS307: shown to sales, decides nothing`.

use super::super::{CheckSubject, Findings, Lint};
use super::thresholds::lines;
use crate::analysis::Bounds;
use crate::points::Points;
use crate::rulebook::Rulebook;
use crate::rulebook::expr::ScoreRef;

pub(super) const LINT: Lint = Lint::warning("LS307", "idle-dimension", include_str!("idle_dimension.rs"), find);

/// Below this part of the total's span a dimension hardly counts.
const HARDLY: i128 = 50;

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let bounds = subject.analysis.bounds();
    let lines = lines(subject);
    for (index, dimension) in rulebook.dimensions.iter().enumerate() {
        let has_criteria = rulebook.criteria.iter().any(|criterion| criterion.dimension == index && criterion.enabled);
        if !has_criteria {
            continue;
        }
        let name = &dimension.name;
        let ranges = bounds.dimensions[index];
        let weight = dimension.place.at("weight");
        if dimension.weight.micros() == 0 {
            let message = format!("a weight of 0 leaves `{name}` without effect");
            findings
                .add(weight, message)
                .help("give it a weight above 0; to leave it out of the total, write `in_total: false`");
        } else if ranges.value.is_single() && !ranges.sum.is_single() {
            let message = format!("`{name}` is {} for every lead, because of its weight and limits", ranges.value.min);
            findings.add(dimension.place.span, message).help("change the weight, `min` or `max`");
        } else if !lines.is_empty() && !is_read(rulebook, &lines, index) {
            let message = format!("no stage, grade or priority reads `{name}`, alone or as part of the total");
            findings.add(dimension.place.span, message).help("let a stage ask for it, or include it in the total");
        } else if let Some((share, whole)) =
            small_share(bounds, index).filter(|_| dimension.in_total && !is_read_itself(&lines, index))
        {
            let message = format!("`{name}` hardly counts: it changes the total by at most {share} of {whole}");
            findings.add(weight, message).help("raise its weight or its points").noted();
        }
    }
}

/// Whether nothing that a dimension's criteria give can have an effect.
pub(super) fn is_idle(
    rulebook: &Rulebook,
    bounds: &Bounds<'_>,
    lines: &[(ScoreRef, Points)],
    dimension: usize,
) -> bool {
    let ranges = bounds.dimensions[dimension];
    let is_pinned = ranges.value.is_single() && !ranges.sum.is_single();
    is_pinned
        || rulebook.dimensions[dimension].weight.micros() == 0
        || (!lines.is_empty() && !is_read(rulebook, lines, dimension))
}

fn is_read(rulebook: &Rulebook, lines: &[(ScoreRef, Points)], dimension: usize) -> bool {
    let in_total = rulebook.dimensions[dimension].in_total;
    is_read_itself(lines, dimension)
        || rulebook.accounts_read(dimension)
        || (in_total && lines.iter().any(|(score, _)| *score == ScoreRef::Total))
}

fn is_read_itself(lines: &[(ScoreRef, Points)], dimension: usize) -> bool {
    lines.iter().any(|(score, _)| match score {
        ScoreRef::Total | ScoreRef::Account(_) | ScoreRef::AccountLeads => false,
        ScoreRef::Dimension(read) | ScoreRef::Group(read, _) => *read == dimension,
    })
}

/// How far the dimension moves the total, and how far the total goes, if the one is next to nothing of the other. Nothing is a small
/// part of a total without an end.
fn small_share(bounds: &Bounds<'_>, dimension: usize) -> Option<(Points, Points)> {
    let (share, whole) = (bounds.dimensions[dimension].value.span()?, bounds.total.sum.span()?);
    (i128::from(share.hundredths()) * HARDLY < i128::from(whole.hundredths())).then_some((share, whole))
}
