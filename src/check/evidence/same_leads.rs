//! Two criteria that fire for exactly the same leads.
//!
//! ## Why
//! They count the same thing twice, so each of these leads gets both points. Often one always happens before the other,
//! or the tool writes two events for one action.
//!
//! ## Example
//! ```yaml
//! - { id: trial, event: trial_started, points: 20, within: 90d }
//! - { id: signup, event: account_created, points: 10, within: 90d }        # the tool writes both at once
//! ```
//!
//! ## What to do
//! Keep the better one, or count both events in one criterion.

use super::super::{CheckSubject, Findings, Lint};
use crate::value::figures::grouped;
use std::collections::BTreeMap;

pub(super) const LINT: Lint = Lint::warning("LS605", "same-leads", include_str!("same_leads.rs"), find);

/// Fewer leads may be the same ones by chance.
const FEWEST_LEADS: u64 = 10;

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed else { return };
    let mut first: BTreeMap<(u64, u128), usize> = BTreeMap::new();
    for (index, fires) in observed.criteria.iter().enumerate() {
        if fires.n_leads < FEWEST_LEADS || fires.n_leads == observed.n_leads {
            continue;
        }
        let before = *first.entry((fires.n_leads, fires.which)).or_insert(index);
        if before == index {
            continue;
        }
        let criteria = &subject.rulebook.criteria;
        let (id, other) = (&criteria[index].id, &criteria[before].id);
        let n_leads = grouped(fires.n_leads);
        let line = subject.line(criteria[before].place.span);
        findings
            .add(
                criteria[index].place.span,
                format!("`{id}` and `{other}` (line {line}) fire for the same {n_leads} leads"),
            )
            .help("keep the better one, or combine both in one criterion");
    }
}
