//! A type of event that no source can have.
//!
//! ## Why
//! Where the rulebook itself says the types of all sources (`always`, `from_columns`), one that is not among them never
//! occurs. The criterion counts nothing, for every lead.
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
//! Write the type that is offered.

use super::super::{Findings, Lint, Subject};
use super::reads::{asked_for, types_of};
use crate::diagnostic::{Severity, Span, did_you_mean};
use crate::rulebook::expr::Types;
use crate::rulebook::yaml::{Kind, Node};
use crate::value::{fold, trim};

pub(super) const LINT: Lint = Lint {
    code: "LS208",
    name: "unknown-event-type",
    severity: Severity::Warning,
    file: include_str!("unknown_event_type.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let mut told: Vec<Span> = Vec::new();
    for tally in asked_for(rulebook) {
        let Types::Named(names) = &tally.select.types else { continue };
        let sources = rulebook.sources.iter().enumerate();
        let meant = sources.filter(|(index, _)| tally.select.source.is_none_or(|wanted| wanted == *index));
        let Some(types) = meant.map(|(_, source)| types_of(source)).collect::<Option<Vec<_>>>() else { continue };
        let known: Vec<&str> = types.iter().flatten().map(String::as_str).collect();
        for name in names.iter().filter(|name| !known.contains(&name.as_str())) {
            for (span, written) in written(subject.source.tree(), name) {
                if !told.contains(&span) {
                    told.push(span);
                    let help = did_you_mean(name, known.iter().copied());
                    let help = help.unwrap_or_else(|| format!("there are: {}", known.join(", ")));
                    findings.add(span, format!("no source has events of the type `{written}`")).help(help);
                }
            }
        }
    }
}

/// Where a type is named: as the value of an `event`, or in the list there.
fn written<'n>(tree: &'n Node, folded: &str) -> Vec<(Span, &'n str)> {
    let mut open = vec![tree];
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        match &node.kind {
            Kind::List(items) => open.extend(items),
            Kind::Map(entries) => {
                open.extend(entries.iter().map(|entry| &entry.value));
                for entry in entries.iter().filter(|entry| entry.key.text == "event") {
                    for value in entry.value.items().unwrap_or(std::slice::from_ref(&entry.value)) {
                        if let Kind::Scalar(scalar) = &value.kind
                            && fold(trim(&scalar.text)) == folded
                        {
                            found.push((value.span, scalar.text.as_str()));
                        }
                    }
                }
            }
            Kind::Null | Kind::Scalar(_) => {}
        }
    }
    found
}
