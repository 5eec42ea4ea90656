//! The events of an occurrence criterion, newest first, each with its points or why it has none.

use crate::explain::{EventOutcome, Explanation, Finding, Join, Named, Occurred, Occurrence, What};
use crate::points::Points;
use crate::present::document::{Amount, LedgerEntry};
use crate::present::language::{duration, elapsed, found};
use crate::present::words::plural;
use crate::present::{Text, Tone};
use crate::rulebook::expr::Count;
use crate::score::Truth;
use crate::value::Zone;
use std::path::Path;

/// How many events are shown unless all are asked for.
const MOST: usize = 10;

/// The events, what their points come to, and what a cap cut of that.
pub(super) fn events(
    entries: &mut Vec<LedgerEntry>,
    explanation: &Explanation<'_>,
    depth: usize,
    occurred: &Occurred<'_>,
    all: bool,
) {
    let faint = |words: String| LedgerEntry::new(depth, words).tone(Tone::Faint);
    entries.push(faint(occurred.terms.to_string()));
    // What is of another kind than the criterion asks for would bury the rest.
    let is_other = |event: &&Occurrence<'_>| !all && matches!(event.outcome, EventOutcome::WhereFalse { .. });
    let (others, events): (Vec<_>, Vec<_>) = occurred.events.iter().partition(is_other);
    let n_shown = if all || events.len() <= MOST + 1 { events.len() } else { MOST };
    let (shown, rest) = events.split_at(n_shown);
    let mut rounded = Points::ZERO;
    for event in shown {
        entries.push(entry(depth, event, &explanation.zone));
        rounded = rounded.saturating_add(counted(event));
    }
    if !rest.is_empty() {
        let points = Points::from_micros_rounded(rest.iter().map(|event| i128::from(event.counted_micros)).sum());
        let n_counted = rest.iter().filter(|event| event.outcome.is_counted()).count();
        let older = plural(rest.len() as u64, "older one");
        let count = if n_counted == 1 { "counts" } else { "count" };
        let words = format!("and {older}; {n_counted} of them {count} (--all shows them)");
        entries.push(LedgerEntry::new(depth, words).amount(Amount::Within(points)));
        rounded = rounded.saturating_add(points);
    }
    if !others.is_empty() {
        let (n, verb) = (others.len(), if others.len() == 1 { "does" } else { "do" });
        entries.push(faint(format!("{n} more {verb} not meet the condition (--all shows them)")));
    }
    let rounding = occurred.sum.saturating_sub(rounded);
    if !rounding.is_zero() {
        entries.push(faint("rounded as one sum, not one by one".to_owned()).amount(Amount::Within(rounding)));
    }
    if let (Some(cap), Some(cut)) = (occurred.cap, occurred.cut) {
        entries.push(faint("together".to_owned()).amount(Amount::Within(occurred.sum)));
        let limit = LedgerEntry::new(depth, format!("limit: no more than {cap} either way"));
        entries.push(limit.amount(Amount::Cut(Points::ZERO.saturating_sub(cut))));
    }
}

/// What an event adds, rounded.
fn counted(event: &Occurrence<'_>) -> Points {
    Points::from_micros_rounded(event.counted_micros.into())
}

/// One event.
fn entry(depth: usize, event: &Occurrence<'_>, zone: &Zone) -> LedgerEntry {
    let time = match event.time {
        Some(time) => Text::new().time(time, zone),
        None => format!("{:<16}", "no time").into(),
    };
    let what = time.words(format!("  {} ({}:{})", event.kind, file_name(&event.file), event.line));
    if !event.outcome.is_counted() {
        return LedgerEntry::new(depth, what.words(format!(": {}", reason(event, zone)))).tone(Tone::Faint);
    }
    let raw = Points::from_micros_rounded(event.raw_micros.into());
    let is_faded = event.raw_micros != event.decayed_micros;
    let what = if is_faded { what.words(format!(", {raw} faded to")) } else { what };
    LedgerEntry::new(depth, what).amount(Amount::Within(counted(event)))
}

/// A file by its name.
pub(super) fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Why an event doesn't count.
fn reason(event: &Occurrence<'_>, zone: &Zone) -> String {
    match &event.outcome {
        EventOutcome::Counted => "counts".to_owned(),
        EventOutcome::TooOld { within } => format!("too old, only the last {} count", duration(*within)),
        EventOutcome::BeforeSince { since: Some(since) } => {
            format!("not after {}, when events begin to count", zone.wall(*since).minute())
        }
        EventOutcome::BeforeSince { since: None } => "before the date from when on events count".to_owned(),
        EventOutcome::AfterFor { r#for, from: Some(from) } => {
            format!("more than {} after {}", duration(*r#for), zone.wall(*from).minute())
        }
        EventOutcome::AfterFor { from: None, .. } => "the date from which events count is not there".to_owned(),
        EventOutcome::WhereUnknown { r#where } | EventOutcome::WhereFalse { r#where } => unmet(r#where, zone),
        EventOutcome::NewerCounts { newer, same: Some(Named { it: Count::Apart(gap_ms), .. }) } => {
            format!("less than {} before the one of {}, which counts", elapsed(*gap_ms), zone.wall(*newer).minute())
        }
        EventOutcome::NewerCounts { newer, same: Some(same) } => {
            format!("the one of {} counts for the same {same}", zone.wall(*newer).minute())
        }
        EventOutcome::NewerCounts { newer, same: None } => {
            format!("only the newest counts, that of {}", zone.wall(*newer).minute())
        }
        EventOutcome::BeyondAtMost { at_most } => format!("only the {at_most} newest count"),
        EventOutcome::WithoutValue => "has no value to measure".to_owned(),
        EventOutcome::Later => "is after the time of scoring".to_owned(),
        EventOutcome::Undated => "has no readable time".to_owned(),
        EventOutcome::Repeat => "an earlier row has the same id".to_owned(),
        EventOutcome::Automated { rule, sign: Some(sign) } => format!("automated (rule {rule}: {sign})"),
        EventOutcome::Automated { rule, sign: None } => format!("automated (rule {rule})"),
    }
}

/// What an event fails, in one line.
fn unmet(finding: &Finding<'_>, zone: &Zone) -> String {
    match &finding.what {
        What::Leaf(leaf) => {
            let values: Vec<String> = leaf.readings.iter().map(|reading| found(&reading.found, zone)).collect();
            let (unknown, claim) = match finding.truth {
                Truth::Unknown => ("unknown whether ", leaf.claim),
                _ => ("", leaf.denial()),
            };
            format!("{unknown}{} {claim} ({})", leaf.subject, values.join(" against "))
        }
        What::Parts { join: Join::All, parts } => {
            parts.iter().find(|part| !part.truth.is_true()).map_or_else(String::new, |part| unmet(part, zone))
        }
        What::Parts { join: Join::Not, .. } => "a condition that must be false is true".to_owned(),
        What::Parts { .. } => "none of the alternatives is true".to_owned(),
    }
}

/// Why no event gave points, in a few words.
pub(super) fn brief(occurred: &Occurred<'_>) -> String {
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for event in &occurred.events {
        let reason = match &event.outcome {
            EventOutcome::Counted => "faded to nothing",
            EventOutcome::TooOld { .. } => "too old",
            EventOutcome::BeforeSince { .. } => "before the start date",
            EventOutcome::AfterFor { .. } => "after the time that counts",
            EventOutcome::WhereFalse { .. } | EventOutcome::WhereUnknown { .. } => "outside the condition",
            EventOutcome::Later => "in the future",
            EventOutcome::Undated => "without a time",
            EventOutcome::Repeat => "repeated",
            EventOutcome::Automated { .. } => "automated",
            EventOutcome::NewerCounts { .. } | EventOutcome::BeyondAtMost { .. } | EventOutcome::WithoutValue => {
                "not counted"
            }
        };
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, n)) => *n += 1,
            None => reasons.push((reason, 1)),
        }
    }
    match &reasons[..] {
        [] => "no such event".to_owned(),
        [(reason, n)] => format!("{}, {reason}", plural(*n as u64, "event")),
        _ => reasons.iter().map(|(reason, n)| format!("{n} {reason}")).collect::<Vec<_>>().join(", "),
    }
}
