//! An event type that no source can have.
//!
//! ## Why
//! The rulebook itself lists the types of all sources (`always`, `from_columns`), and this type is not one of them. The
//! criterion counts nothing for any lead.
//!
//! ## Example
//! ```yaml
//! events:
//!   webinars: { lead: Contact ID, type: { always: webinar_attended }, time: Join Time }
//! # …
//! criteria:
//!   - { id: webinar, event: webinar_attend, points: 20 }      # webinar_attended
//! ```
//!
//! ## What to do
//! Write the type that the finding suggests.

use super::super::{CheckSubject, Findings, Lint};
use super::reads::types_of;
use crate::diagnostic::{Span, did_you_mean};

pub(super) const LINT: Lint = Lint::warning("LS208", "unknown-event-type", include_str!("unknown_event_type.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let mut told: Vec<Span> = Vec::new();
    for mention in subject.rulebook.mentions.iter().filter(|mention| !mention.is_excepted) {
        let sources = subject.rulebook.sources.iter().enumerate();
        let meant = sources.filter(|(index, _)| mention.source.is_none_or(|wanted| wanted == *index));
        let Some(types) = meant.map(|(_, source)| types_of(source)).collect::<Option<Vec<_>>>() else { continue };
        let known: Vec<&str> = types.iter().flatten().map(String::as_str).collect();
        if !known.contains(&mention.name.as_str()) && !told.contains(&mention.span) {
            told.push(mention.span);
            let help = did_you_mean(&mention.name, known.iter().copied());
            let help = help.unwrap_or_else(|| format!("there are: {}", known.join(", ")));
            findings.add(mention.span, format!("no source has events of the type `{}`", mention.written)).help(help);
        }
    }
}
