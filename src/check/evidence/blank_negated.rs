//! `is_not`, `not_in` or `not` is unknown, not true, for the many leads where the field is empty.
//!
//! ## Why
//! Many people read `{ field: country, not_in: [DE, AT] }` as "everybody else". But for a lead without a country the
//! condition is unknown, so these leads are not included, and in your files there are many of them. Without files this
//! is the note LS409.
//!
//! ## Example
//! ```yaml
//! disqualify: [{ reason: elsewhere, when: { field: country, is_not: DE } }]       # 180 of 600 leads have no country
//! ```
//!
//! ## What to do
//! To include these leads, write `any: [{ absent: [country] }, …]`. To leave them out, write `present: [country]`. On a
//! criterion, `unknown: …` sets the points that they get.

use super::super::logic::negated_blank::negated;
use super::super::{CheckSubject, Findings, Lint};
use crate::rulebook::Side;
use crate::value::figures::grouped;

pub(super) const LINT: Lint = Lint::warning("LS607", "blank-negated", include_str!("blank_negated.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed else { return };
    for (field, span, role) in negated(subject) {
        if role.side() == Side::Event {
            continue;
        }
        let n_missing = observed.n_missing(field.slot);
        // One lead in twenty.
        if n_missing > 0 && n_missing * 20 >= observed.n_leads {
            let name = subject.rulebook.field_name(field);
            let message = format!(
                "`{name}` is empty for {} of {} leads; for these leads the condition is unknown, not true",
                grouped(n_missing),
                grouped(observed.n_leads)
            );
            findings
                .add(span, message)
                .help(format!("`any: [{{ absent: [{name}] }}, …]` includes them, `present: [{name}]` leaves them out"));
        }
    }
}
