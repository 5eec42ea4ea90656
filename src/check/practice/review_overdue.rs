//! The review date of the rulebook has passed.
//!
//! ## Why
//! Points are assumptions about buyers, and markets change. If nobody reviews the points, sales will soon ignore the
//! score.
//!
//! ## Example
//! ```yaml
//! agreed: 2024-05-04
//! review_by: 2024-11-01
//! ```
//!
//! ## What to do
//! Review the points with sales. Then set `agreed` to that day and `review_by` to the next review.

use super::super::{CheckSubject, Findings, Lint};
use crate::value::duration::DAY_MS;
use crate::value::parse_date_literal;

pub(super) const LINT: Lint = Lint::warning("LS503", "review-overdue", include_str!("review_overdue.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some((day, span)) = &subject.rulebook.card.review_by else { return };
    let Ok(due) = parse_date_literal(day, &subject.rulebook.zone) else { return };
    let late_ms = subject.now.ms_since(due.end);
    if late_ms >= 0 {
        let n_days = late_ms / DAY_MS + 1;
        let plural = if n_days == 1 { "" } else { "s" };
        findings
            .add(*span, format!("the review was due by {day}, {n_days} day{plural} ago"))
            .help("review the points with sales, then set new dates for `agreed` and `review_by`");
    }
}
