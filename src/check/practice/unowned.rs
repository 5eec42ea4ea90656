//! A rulebook without an owner or a review date.
//!
//! ## Why
//! Points decide which leads get a call. Somebody should answer questions about them, and compare them with sales
//! results every few months.
//!
//! ## Example
//! ```yaml
//! rulebook: 1
//! name: B2B SaaS               # but neither `owner` nor `review_by`
//! ```
//!
//! ## What to do
//! Add `owner: marketing-ops` and `review_by: 2027-05-03`.

use super::super::{CheckSubject, Findings, Lint};

pub(super) const LINT: Lint = Lint::note("LS510", "unowned", include_str!("unowned.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let card = &subject.rulebook.card;
    let (message, help) = match (&card.owner, &card.review_by) {
        (Some(_), Some(_)) => return,
        (None, Some(_)) => ("the rulebook has no owner", "write `owner: …`, the team that answers for these points"),
        (Some(_), None) => ("the rulebook has no review date", "write `review_by: …`, a date"),
        (None, None) => ("the rulebook has neither an owner nor a review date", "write `owner: …` and `review_by: …`"),
    };
    findings.add(subject.section("rulebook"), message).help(help);
}
