//! The events of an occurrence criterion, newest first, each with its points or why it has none.

use crate::explain::{Explanation, Finding, Occurred, Occurrence, Outcome, What, local_time};
use crate::points::Points;
use crate::present::sheet::{Ink, Sheet};
use crate::score::Truth;
use crate::value::Zone;

/// How many events are shown unless all are asked for.
const MOST: usize = 10;

/// The events, what their points come to, and what a cap cut of that.
pub(super) fn events(sheet: &mut Sheet, explanation: &Explanation, indent: usize, occurred: &Occurred, all: bool) {
    let zone = &explanation.zone;
    sheet.text(indent, &occurred.terms, Ink::Faint);
    // What is of another kind than the criterion asks for would bury the rest.
    let is_other = |event: &&Occurrence| {
        !all && matches!(&event.outcome, Outcome::Filtered(finding) if finding.truth == Truth::False)
    };
    let (others, events): (Vec<&Occurrence>, Vec<&Occurrence>) = occurred.events.iter().partition(is_other);
    let n_shown = if all || events.len() <= MOST + 1 { events.len() } else { MOST };
    let (shown, rest) = events.split_at(n_shown);
    let mut rounded = Points::ZERO;
    for event in shown {
        rounded = rounded.saturating_add(event_line(sheet, indent, event, zone));
    }
    if !rest.is_empty() {
        let micros: i128 = rest.iter().map(|event| i128::from(event.counted_micros)).sum();
        let points = Points::from_micros_rounded(micros);
        let n_counted = rest.iter().filter(|event| event.outcome == Outcome::Counted).count();
        let text = format!("and {}, of which {n_counted} count (--all shows them)", n_older(rest.len()));
        sheet.text(indent, &format!("{text:<62}{:>12}", points.to_string()), Ink::Plain);
        rounded = rounded.saturating_add(points);
    }
    if !others.is_empty() {
        let (n, verb) = (others.len(), if others.len() == 1 { "does" } else { "do" });
        sheet.text(indent, &format!("{n} more {verb} not meet what it asks for (--all shows them)"), Ink::Faint);
    }
    let rounding = occurred.sum.saturating_sub(rounded);
    if !rounding.is_zero() {
        sheet.text(
            indent,
            &format!("{:<62}{:>12}", "rounded as one sum, not one by one", rounding.to_string()),
            Ink::Faint,
        );
    }
    if let Some((cap, cut)) = occurred.cut {
        sheet.text(indent, &format!("{:<62}{:>12}", "together", occurred.sum.to_string()), Ink::Faint);
        let cut = Points::ZERO.saturating_sub(cut).signed().to_string();
        sheet.text(indent, &format!("{:<62}{cut:>12}", format!("limit: no more than {cap} either way")), Ink::Plain);
    }
}

/// One event; what it adds, rounded.
fn event_line(sheet: &mut Sheet, indent: usize, event: &Occurrence, zone: &Zone) -> Points {
    let time = event.time.map_or_else(|| "no time".to_owned(), |time| local_time(time, zone));
    let file = event.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let what = format!("{time:<17} {} ({file}:{})", event.kind, event.line);
    let points = |micros: i64| Points::from_micros_rounded(i128::from(micros));
    let (raw, counted) = (points(event.raw_micros), points(event.counted_micros));
    if event.outcome == Outcome::Counted {
        let faded = if event.raw_micros == event.decayed_micros { String::new() } else { format!(", {raw} faded to") };
        sheet.text(indent, &format!("{:<62}{:>12}", what + &faded, counted.to_string()), Ink::Plain);
    } else {
        sheet.text(indent, &format!("{what}: {}", reason(event, zone)), Ink::Faint);
    }
    counted
}

/// Why an event doesn't count.
pub(super) fn reason(event: &Occurrence, zone: &Zone) -> String {
    match &event.outcome {
        Outcome::Counted => "counts".to_owned(),
        Outcome::TooOld(within_ms) => format!("too old, only the last {} count", days(*within_ms)),
        Outcome::BeforeSince(Some(since)) => {
            format!("not after {}, from when on events count", local_time(*since, zone))
        }
        Outcome::BeforeSince(None) => "before the date from when on events count".to_owned(),
        Outcome::Filtered(finding) => unmet(finding, zone),
        Outcome::Superseded(newer, Some(bundle)) => {
            format!("the one of {} counts for the same {bundle}", local_time(*newer, zone))
        }
        Outcome::Superseded(newer, None) => format!("only the newest counts, that of {}", local_time(*newer, zone)),
        Outcome::BeyondLimit(limit) => format!("only the {limit} newest count"),
        Outcome::WithoutValue => "has no value to measure".to_owned(),
        Outcome::Later => "lies in the future of the scoring".to_owned(),
        Outcome::Undated => "has no time that can be read".to_owned(),
        Outcome::Repeat => "an earlier row has its id".to_owned(),
    }
}

/// What an event fails, in one line.
fn unmet(finding: &Finding, zone: &Zone) -> String {
    match &finding.what {
        What::All(parts) => {
            parts.iter().find(|part| !part.truth.is_true()).map_or_else(String::new, |part| unmet(part, zone))
        }
        What::Leaf(leaf) => {
            let values: Vec<String> = leaf.readings.iter().map(|reading| reading.found.in_words(zone)).collect();
            let (unknown, claim) =
                if finding.truth == Truth::Unknown { ("unknown whether ", &leaf.claim) } else { ("", &leaf.denial) };
            format!("{unknown}{} {claim} ({})", leaf.subject, values.join(" against "))
        }
        What::Any(_) | What::AtLeast(..) => "none of the alternatives asked for is true".to_owned(),
        What::Not(_) => "what must not be so is so".to_owned(),
    }
}

/// Why no event gave points, in a few words.
pub(super) fn brief(occurred: &Occurred) -> String {
    let n_seen = occurred.events.len();
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for event in &occurred.events {
        let reason = match &event.outcome {
            Outcome::Counted => "faded to nothing",
            Outcome::TooOld(_) => "too old",
            Outcome::BeforeSince(_) => "before the start date",
            Outcome::Filtered(_) => "not of the kind asked for",
            Outcome::Later => "in the future",
            Outcome::Undated => "without a time",
            Outcome::Repeat => "repeated",
            Outcome::Superseded(..) | Outcome::BeyondLimit(_) | Outcome::WithoutValue => "not counted",
        };
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, n)) => *n += 1,
            None => reasons.push((reason, 1)),
        }
    }
    match &reasons[..] {
        [] => "no such event".to_owned(),
        [(reason, _)] => format!("{}, {reason}", n_events(n_seen)),
        _ => reasons.iter().map(|(reason, n)| format!("{n} {reason}")).collect::<Vec<_>>().join(", "),
    }
}

/// `1 event`, `3 events`.
pub(super) fn n_events(n: usize) -> String {
    format!("{n} event{}", if n == 1 { "" } else { "s" })
}

fn n_older(n: usize) -> String {
    format!("{n} older one{}", if n == 1 { "" } else { "s" })
}

fn days(ms: i64) -> String {
    crate::value::duration::format_duration(ms).replace('d', " days")
}
