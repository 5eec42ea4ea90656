//! An event field that nothing reads.
//!
//! ## Why
//! The run doesn't need the column, so this does no harm. But somebody mapped it for a reason, such as a `where` that
//! picks out certain pages, a sum or a `distinct`.
//!
//! ## Example
//! ```yaml
//! events:
//!   web: { lead: Contact ID, type: Event, time: Timestamp, fields: { seconds: { type: number } } }   # nothing sums them
//! ```
//!
//! ## What to do
//! Use it, or remove it.

use super::super::{CheckSubject, Findings, Lint};
use crate::rulebook::Place;
use crate::value::trim;

pub(super) const LINT: Lint = Lint::note("LS205", "unused-event-field", include_str!("unused_event_field.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let is_read = |name: &str| rulebook.event_slots.iter().any(|(field, _)| rulebook.event_fields[*field].name == name);
    for source in &rulebook.sources {
        let fields = source.place.get("fields").into_iter().flat_map(Place::written);
        for (name, span) in fields.filter(|(name, _)| !is_read(trim(name))) {
            let message = format!("nothing reads the field `{name}` of the events `{}`", source.name);
            findings.add(span, message).help("use it in a `where` or a measure, or remove it");
        }
    }
}
