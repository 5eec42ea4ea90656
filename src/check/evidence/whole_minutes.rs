//! A rule for automated events asks for seconds, but the export has whole minutes.
//!
//! ## Why
//! If the times of an export are cut to the minute, two events that are seconds apart are either at the same minute or a
//! whole minute apart. A `within` below a minute then means "in the same minute": some events of scanners are missed, and
//! some of people are taken.
//!
//! ## Example
//! ```yaml
//! automated:
//!   - { event: email_click, after: email_sent, within: 15s }      # the file: 2026-05-31 14:30, 2026-05-31 14:31
//! ```
//!
//! ## What to do
//! Export the times with seconds. If the tool can't do that, write `within: 1min`.

use super::super::{CheckSubject, Findings, Lint};
use crate::value::duration::MINUTE_MS;

pub(super) const LINT: Lint = Lint::warning("LS619", "whole-minutes", include_str!("whole_minutes.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed else { return };
    for (source, counts) in subject.rulebook.sources.iter().zip(&observed.sources) {
        // Of types that no rule names, the earliest and the newest event are known: one time with seconds shows that the export
        // has them.
        let mut ends = counts.span_by_type.values().flat_map(|(first, last)| [first, last]);
        let has_seconds = counts.n_suspect_to_the_second > 0 || ends.any(|time| time.ms() % MINUTE_MS != 0);
        if counts.n_suspect == 0 || has_seconds {
            continue;
        }
        for rule in source.automated.iter().filter(|rule| rule.sign.within_ms().is_some_and(|ms| ms < MINUTE_MS)) {
            let message = format!("`within` is below a minute, but all times of `{}` are whole minutes", source.name);
            findings
                .add(rule.place.at("within"), message)
                .help("export the times with seconds, or write `within: 1min`");
        }
    }
}
