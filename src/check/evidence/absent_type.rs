//! An event type that the rulebook names and no file has.
//!
//! ## Why
//! Tools rename their events. If a rulebook asks for the old name, there is no error, and there are no points. The
//! finding names the most similar type in the files. If a source had no file, the type may come from that source, and
//! the finding is only a note. If no event of a source has a matching lead, the finding reports that instead: the ids
//! of the two files don't match. It shows one id from each side, and what a program did to them, where that shows:
//! `1.23457E+11` is an id that a spreadsheet rounded.
//!
//! ## Example
//! ```yaml
//! event: webinar_attend        # 0 events; `webinar_attended`: 1,203
//! ```
//!
//! ## What to do
//! Write the type as the file has it. While both names occur, write `event: [webinar_attend, webinar_attended]`.

use super::super::{CheckSubject, ExportsObserved, Findings, Lint};
use super::types::{counted, later, orphans};
use crate::diagnostic::nearest;
use crate::rulebook::Mention;
use crate::run::{EventCounts, Rewritten, Unmet};
use crate::value::figures::grouped;

pub(super) const LINT: Lint = Lint::warning("LS603", "absent-type", include_str!("absent_type.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed.filter(|observed| observed.n_leads > 0) else { return };
    for (source, counts) in subject.rulebook.sources.iter().zip(&observed.sources) {
        let few = if finds_nobody(counts) {
            format!("no event of `{}` has a matching lead", source.name)
        } else if counts.unmet.is_some() {
            format!("not all events of `{}` have a matching lead", source.name)
        } else {
            continue;
        };
        let n = grouped(counts.n_orphans);
        let finding = findings
            .add(source.place.span, format!("{few}: {n} events name a lead that is not in the leads file"))
            .help(counts.unmet.as_ref().and_then(|unmet| unmet.cause).map_or_else(
                || {
                    "compare the column under `lead` with the ids in the leads file, or with the field that `by` names"
                        .to_owned()
                },
                Rewritten::meaning,
            ));
        if let Some(Unmet { event, lead, .. }) = &counts.unmet {
            let lead = lead.as_ref().map_or_else(String::new, |lead| format!("; a lead has `{lead}`"));
            finding.label(format!("for example `{}` in column `{}`{lead}", event.text, event.column));
        }
    }
    let mut told: Vec<(String, Option<usize>)> = Vec::new();
    for mention in &subject.rulebook.mentions {
        let key = (mention.name.clone(), mention.source);
        if is_there(observed, mention) || told.contains(&key) {
            continue;
        }
        told.push(key);
        report(observed, mention, findings);
    }
}

/// Whether a source has events, and none that a lead of the file has.
fn finds_nobody(counts: &EventCounts) -> bool {
    counts.n_counted == 0 && counts.n_later == 0 && counts.n_orphans > 0
}

/// Whether the type occurs, now or later; of a source that finds nobody another finding has told.
fn is_there(observed: &ExportsObserved, mention: &Mention) -> bool {
    let name = mention.name.as_str();
    let mut sources = observed.sources.iter().enumerate();
    counted(observed, mention.source).contains_key(name)
        || later(observed, mention.source).contains_key(name)
        || sources.any(|(index, counts)| {
            let is_meant = mention.source.is_none_or(|only| only == index);
            is_meant && finds_nobody(counts) && counts.orphans_by_type.contains_key(name)
        })
}

fn report(observed: &ExportsObserved, mention: &Mention, findings: &mut Findings) {
    let types = counted(observed, mention.source);
    let is_beside = |name: &str| mention.beside.iter().any(|beside| beside == name);
    let near = nearest(&mention.name, types.keys().copied().filter(|name| !is_beside(name)));
    let written = &mention.written;
    if let Some(n) = orphans(observed, mention.source).get(mention.name.as_str()) {
        let message =
            format!("`{written}`: 0 events of leads; {} events name a lead that is not in the leads file", grouped(*n));
        findings.add(mention.span, message).noted();
        return;
    }
    if let Some(near) = near {
        let message = format!("`{written}`: 0 events; `{near}`: {}", grouped(types[near]));
        findings.add(mention.span, message).help(format!("did you mean `{near}`?"));
        return;
    }
    let unread = |index: usize| observed.was_read.get(index) == Some(&false);
    let may_be_elsewhere = match mention.source {
        Some(source) => unread(source),
        None => (0..observed.sources.len()).any(unread),
    };
    let help = if may_be_elsewhere {
        "one source had no file; this type may come from there"
    } else {
        "look in the file for the name of this type"
    };
    let finding = findings.add(mention.span, format!("`{written}`: 0 events")).help(help);
    // Under `not_engagement` a type that doesn't come changes nothing.
    if may_be_elsewhere || mention.is_excepted {
        finding.noted();
    }
}
