//! A run with these files would fail, because a source breaks its `max_age` or `max_orphans`.
//!
//! ## Why
//! `score` ends with 4 and replaces nothing if the newest event of a source is too old, or if too many of its events
//! belong to no lead. This finding tells you before the night does, and shows whether a limit that you write suits your
//! exports.
//!
//! ## Example
//! ```yaml
//! events:
//!   web: { lead: Contact ID, type: Event, time: Timestamp, max_age: 26h }      # the newest event is 3 days old
//! ```
//!
//! ## What to do
//! If the export has stopped, or names leads by another id than before, repair it. If the files are old ones, pass their day
//! with `--as-of`. If the limit is too strict for this source, raise it.

use super::super::{CheckSubject, Findings, Lint};
use crate::run::{Alarm, alarms};

pub(super) const LINT: Lint = Lint::warning("LS620", "broken-guard", include_str!("broken_guard.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed else { return };
    let seen = observed.sources.iter().zip(&observed.was_read);
    for (source, (counts, was_read)) in subject.rulebook.sources.iter().zip(seen) {
        for alarm in alarms(source.guard, counts, *was_read, subject.now) {
            let (key, help) = match alarm {
                Alarm::Orphans { .. } => {
                    ("max_orphans", "check that `lead` names leads as the leads file does; if it does, raise the limit")
                }
                Alarm::Old { .. } => (
                    "max_age",
                    "check that the export still runs; for older files, pass their day with `--as-of`; or raise the limit",
                ),
                Alarm::NoEvent(_) => ("max_age", "check that the export still runs, or remove `max_age`"),
            };
            let message = format!("events `{}`: {alarm}, so a run with these files fails", source.name);
            findings.add(source.place.at(key), message).help(help);
        }
    }
}
