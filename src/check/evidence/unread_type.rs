//! Event types in the files that no criterion reads.
//!
//! ## Why
//! You don't have to score everything. But this list shows what you could score, most frequent first. It also shows
//! types that were renamed.
//!
//! ## Example
//! ```yaml
//! events: { web: { lead: Contact ID, type: Event, time: Timestamp } }      # but the file has 1,203 `calculator_used`
//! ```
//!
//! ## What to do
//! Ask whether one of them separates buyers from other leads. List the types that your own company does under
//! `not_engagement`.

use super::super::{CheckSubject, Findings, Lint};
use crate::value::figures::grouped;

pub(super) const LINT: Lint = Lint::note("LS609", "unread-type", include_str!("unread_type.rs"), find);

/// How many types of a source are told.
const MOST_TOLD: usize = 8;

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed else { return };
    let named = &subject.rulebook.mentions;
    for (index, (source, counts)) in subject.rulebook.sources.iter().zip(&observed.sources).enumerate() {
        let is_named = |name: &str| {
            named.iter().any(|mention| mention.name == name && mention.source.is_none_or(|only| only == index))
        };
        let mut unread: Vec<(&str, u64)> = counts
            .counted_by_type
            .iter()
            .filter(|(name, _)| !name.is_empty() && !is_named(name))
            .map(|(name, n)| (name.as_str(), *n))
            .collect();
        if unread.is_empty() {
            continue;
        }
        unread.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let told: Vec<String> =
            unread.iter().take(MOST_TOLD).map(|(name, n)| format!("`{name}` ({})", grouped(*n))).collect();
        let rest =
            if unread.len() > MOST_TOLD { format!(", and {} more", unread.len() - MOST_TOLD) } else { String::new() };
        findings.add(
            source.place.span,
            format!("`{}` has event types that nothing reads: {}{rest}", source.name, told.join(", ")),
        );
    }
}
