//! An event type that the rulebook names and no file has.
//!
//! ## Why
//! Tools rename their events, and a rulebook that asks for the old name gives no error and no points. The nearest type that
//! does occur is told. Where a source had no file, the type may be one of its, and this is a note.
//!
//! ## Example
//! ```yaml
//! event: webinar_attend        # 0 events; `webinar_attended`: 1,203
//! ```
//!
//! ## What to do
//! Write the type as the file has it; while both occur, `event: [webinar_attend, webinar_attended]`.

use super::super::figures::grouped;
use super::super::{Findings, Lint, Subject};
use super::mentions::{counted, later, mentions, orphans};
use crate::diagnostic::{Severity, nearest};

pub(super) const LINT: Lint = Lint {
    code: "LS603",
    name: "absent-type",
    severity: Severity::Warning,
    file: include_str!("absent_type.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed.filter(|observed| observed.headers.is_empty()) else { return };
    let mut told: Vec<(String, Option<usize>)> = Vec::new();
    for mention in mentions(subject.rulebook, subject.source) {
        let types = counted(observed, mention.source);
        let key = (mention.name.clone(), mention.source);
        let is_there =
            [&types, &later(observed, mention.source)].iter().any(|types| types.contains_key(&*mention.name));
        if is_there || told.contains(&key) {
            continue;
        }
        told.push(key);
        let lost = orphans(observed, mention.source);
        let near = nearest(
            &mention.name,
            types.keys().copied().filter(|name| !mention.beside.iter().any(|beside| beside == name)),
        );
        let message = match (lost.get(mention.name.as_str()), near) {
            (Some(n), _) => {
                format!("`{}`: 0 events of leads; {} name no lead of the file", mention.written, grouped(*n))
            }
            (None, Some(near)) => format!("`{}`: 0 events; `{near}`: {}", mention.written, grouped(types[near])),
            (None, None) => format!("`{}`: 0 events", mention.written),
        };
        let unread = |index: usize| observed.was_read.get(index) == Some(&false);
        let may_be_elsewhere = match mention.source {
            Some(source) => unread(source),
            None => (0..observed.sources.len()).any(unread),
        };
        let mut finding = findings.add(mention.span, message);
        if let (None, Some(near)) = (lost.get(mention.name.as_str()), near) {
            finding = finding.help(format!("did you mean `{near}`?"));
        } else if may_be_elsewhere {
            finding = finding.help("a source had no file, and may have this type");
        } else {
            finding = finding.help("look into the file for what the type is called there");
        }
        // Under `not_engagement` a type that doesn't come changes nothing.
        if near.is_none() && (may_be_elsewhere || mention.is_excepted) {
            finding.weighs(Severity::Note);
        }
    }
}
