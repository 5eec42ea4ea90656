//! An event type that no longer arrives, although its source has newer events.
//!
//! ## Why
//! Somebody rebuilds a form, loses a tag or renames an event. From that day the criterion fades to nothing for all
//! leads, and it looks as if they had lost interest. The finding appears if a type is late by ten times its usual
//! interval and by at least four weeks.
//!
//! ## Example
//! ```yaml
//! event: demo_request      # one every 2 days until 3 March, then none; the source has events until 31 May
//! ```
//!
//! ## What to do
//! Ask the people who run the tool. If the event has a new name, write both: `event: [demo_request, demo_booked]`.

use super::super::{CheckSubject, Findings, Lint};
use crate::value::Instant;
use crate::value::duration::DAY_MS;

pub(super) const LINT: Lint = Lint::warning("LS608", "silent-type", include_str!("silent_type.rs"), find);

/// Of fewer events no rhythm can be told.
const FEWEST_EVENTS: u64 = 10;

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed else { return };
    let mut told: Vec<(usize, String)> = Vec::new();
    for mention in &subject.rulebook.mentions {
        for (index, counts) in observed.sources.iter().enumerate() {
            let key = (index, mention.name.clone());
            if mention.source.is_some_and(|only| only != index) || told.contains(&key) {
                continue;
            }
            let n = counts.counted_by_type.get(&mention.name).copied().unwrap_or(0);
            let (Some(span), Some(newest)) = (counts.span_by_type.get(&mention.name), counts.newest) else { continue };
            let Some((late, every)) = silence(*span, n, newest) else { continue };
            told.push(key);
            let source = &subject.rulebook.sources[index].name;
            let message = format!(
                "`{}` arrived every {every} until {}, but not in the last {late} of `{source}`",
                mention.written,
                day(span.1)
            );
            findings.add(mention.span, message).help(format!(
                "the newest event of `{source}` is from {}; ask what happened to this type",
                day(newest)
            ));
        }
    }
}

/// How late a type is and how often it came, in words, if it is late.
fn silence((first, last): (Instant, Instant), n: u64, newest: Instant) -> Option<(String, String)> {
    if n < FEWEST_EVENTS {
        return None;
    }
    let every_ms = last.ms_since(first) / i64::try_from(n - 1).ok()?;
    let late_ms = newest.ms_since(last);
    let is_late = late_ms >= 28 * DAY_MS && late_ms >= every_ms.saturating_mul(10);
    is_late.then(|| (in_words(late_ms), in_words(every_ms)))
}

fn in_words(ms: i64) -> String {
    let (n, unit) = if ms >= 2 * DAY_MS { (ms / DAY_MS, "day") } else { ((ms / 3_600_000).max(1), "hour") };
    format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
}

/// The calendar day, in UTC.
fn day(instant: Instant) -> String {
    instant.wall().date()
}
