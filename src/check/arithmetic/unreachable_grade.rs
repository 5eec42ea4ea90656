//! A mark of the grade that no lead can get, or that every lead gets.
//!
//! ## Why
//! A grade sorts leads. If no lead can get a mark, the best leads look mediocre, or the worst look better than they
//! are. If every lead gets the same mark, it sorts nothing.
//!
//! ## Example
//! ```yaml
//! dimensions:
//!   fit: { max: 70, min: 0, criteria: [{ id: software, when: { field: industry, is: Software }, points: 90 }] }
//! grade:
//!   fit: { A: 75, B: 50, C: 0, D: -10 }               # 75 is above `max`, and no lead is below 0 or gets a D
//! ```
//!
//! ## What to do
//! Change the bound, remove the mark, or change the points and limits that make up the score.

use super::super::{CheckSubject, Findings, Lint};
use super::thresholds::lies;

pub(super) const LINT: Lint = Lint::warning("LS303", "unreachable-grade", include_str!("unreachable_grade.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let Some(grade) = &rulebook.grade else { return };
    let bounds = subject.analysis.bounds();
    for axis in &grade.axes {
        let (range, name) = (bounds.score(axis.score), rulebook.score_name(axis.score));
        let marks = bounds.marks(axis);
        let is_one = axis.bounds.len() > 1 && marks.iter().filter(|reached| **reached).count() == 1;
        for (index, (bound, reached)) in axis.bounds.iter().zip(marks).enumerate() {
            let mark = &bound.mark;
            if reached && is_one {
                let message = format!("every lead gets the mark `{mark}`: `{name}` lies {}", lies(range));
                findings
                    .add(bound.span, message)
                    .help("change the bounds so that they divide the scores that leads can get");
            } else if !reached && range.max < bound.from {
                let short = bound.from.saturating_sub(range.max);
                let message =
                    format!("no lead can get the mark `{mark}`: `{name}` is at most {}, {short} short", range.max);
                findings
                    .add(bound.span, message)
                    .help(format!("lower the bound, or raise the points, caps or limits that make up `{name}`"));
            } else if !reached && index > 0 {
                let above = &axis.bounds[index - 1];
                let message = format!(
                    "no lead can get the mark `{mark}`: `{name}` is at least {}, and `{}` begins at {}",
                    range.min, above.mark, above.from
                );
                findings.add(bound.span, message).help("remove the mark, or raise the bounds above it");
            }
        }
    }
}
