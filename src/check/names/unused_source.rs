//! An event source that no criterion, stage or report uses.
//!
//! ## Why
//! The run needs and reads its file, but its events change no score. Often a criterion names the event type as another
//! tool writes it.
//!
//! ## Example
//! ```yaml
//! events:
//!   webinars: { lead: Contact ID, type: { always: webinar_attended }, time: Join Time }    # nothing uses `webinar_attended`
//! ```
//!
//! ## What to do
//! Write the criterion for its events, or remove the source.

use super::super::{CheckSubject, Findings, Lint};
use super::reads::{asked_for, looks_at};

pub(super) const LINT: Lint = Lint::warning("LS203", "unused-source", include_str!("unused_source.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    for (index, source) in rulebook.sources.iter().enumerate() {
        if !asked_for(rulebook).any(|tally| looks_at(rulebook, tally, index)) {
            findings
                .add(source.place.span, format!("nothing uses the events of `{}`", source.name))
                .help("write the criterion that should count its events, or remove it");
        }
    }
}
