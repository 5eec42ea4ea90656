//! A field of events that nothing reads.
//!
//! ## Why
//! Such a column is not asked for, so it does no harm. But it was mapped for something: a `where` that tells the pages apart,
//! a sum, a `distinct`.
//!
//! ## Example
//! ```yaml
//! events:
//!   web: { lead: Contact ID, type: Event, time: Timestamp, fields: { seconds: { type: number } } }   # nothing sums them
//! ```
//!
//! ## What to do
//! Use it, or take it out.

use super::super::source::get;
use super::super::{Findings, Lint, Subject};
use crate::diagnostic::Severity;
use crate::rulebook::yaml::Kind;
use crate::value::trim;

pub(super) const LINT: Lint = Lint {
    code: "LS205",
    name: "unused-event-field",
    severity: Severity::Note,
    file: include_str!("unused_event_field.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let is_read = |name: &str| rulebook.event_slots.iter().any(|(field, _)| rulebook.event_fields[*field].name == name);
    for source in &rulebook.sources {
        let node = subject.source.value_of(source.span);
        let fields = node.and_then(|node| get(node, "fields")).map(|fields| &fields.kind);
        let Some(Kind::Map(entries)) = fields else { continue };
        for entry in entries.iter().filter(|entry| !is_read(trim(&entry.key.text))) {
            let message = format!("nothing reads the field `{}` of the events `{}`", entry.key.text, source.name);
            findings.add(entry.key_span, message).help("use it in a `where` or a measure, or take it out");
        }
    }
}
