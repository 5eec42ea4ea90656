//! Why a criterion gave its points: conditions with the values under them, or the events.

use super::events;
use crate::explain::{
    ArmLine, CriterionLine, Evidence, Explanation, Finding, Found, Leaf, Reading, Tallied, What, in_words,
};
use crate::present::sheet::{Ink, Sheet};
use crate::score::{Chosen, Truth};
use crate::value::Zone;

/// Everything that there is to say.
pub(super) fn full(sheet: &mut Sheet, explanation: &Explanation, indent: usize, criterion: &CriterionLine, all: bool) {
    let zone = &explanation.zone;
    if let Some(gate) = &criterion.only_if {
        let words = if criterion.is_gated() { "gives nothing, because it is asked only if" } else { "asked only if" };
        sheet.text(indent, words, Ink::Plain);
        finding(sheet, indent + 2, gate, zone);
    }
    match &criterion.evidence {
        Evidence::Disabled => sheet.text(indent, "switched off", Ink::Plain),
        Evidence::Choice { arms, chosen } => choice(sheet, indent, arms, *chosen, zone),
        Evidence::Lookup { reading, entry, chosen } => {
            sheet.text(indent, &lookup(reading, entry.as_deref(), *chosen, zone), Ink::Plain);
        }
        Evidence::Occurred(occurred) => events::events(sheet, explanation, indent, occurred, all),
    }
}

fn choice(sheet: &mut Sheet, indent: usize, arms: &[ArmLine], chosen: Chosen, zone: &Zone) {
    match chosen {
        Chosen::Arm(arm) => {
            if arms.len() > 1 {
                sheet.text(indent, &format!("tier {} of {}", arm + 1, arms.len()), Ink::Faint);
            }
            finding(sheet, indent, &arms[arm].finding, zone);
        }
        Chosen::Unknown | Chosen::None => {
            let words = if chosen == Chosen::Unknown {
                "unknown: something it asks for has no value"
            } else {
                "otherwise: nothing of this is true"
            };
            sheet.text(indent, words, Ink::Faint);
            for arm in arms {
                finding(sheet, indent, &arm.finding, zone);
            }
        }
    }
}

fn lookup(reading: &Reading, entry: Option<&str>, chosen: Chosen, zone: &Zone) -> String {
    let found = found(reading, zone);
    match (chosen, entry) {
        (Chosen::Arm(_), Some(entry)) if matches!(&reading.found, Found::Text(text) if text == entry) => {
            format!("{} is {found}", reading.name)
        }
        (Chosen::Arm(_), Some(entry)) => format!("{} is {found}, listed as {entry}", reading.name),
        (Chosen::Unknown, _) => format!("unknown: {} is {found}", reading.name),
        _ => format!("otherwise: {} is {found}, which is not listed", reading.name),
    }
}

/// Why a criterion gave nothing, in a few words.
pub(super) fn brief(criterion: &CriterionLine, zone: &Zone) -> String {
    if let (true, Some(gate)) = (criterion.is_gated(), &criterion.only_if) {
        return format!("asked only if {}", first_untrue(gate, zone));
    }
    match &criterion.evidence {
        Evidence::Disabled => "switched off in the rulebook".to_owned(),
        Evidence::Lookup { reading, entry, chosen } => lookup(reading, entry.as_deref(), *chosen, zone),
        Evidence::Occurred(occurred) => events::brief(occurred),
        Evidence::Choice { arms, chosen: Chosen::Arm(arm) } => value_of(&arms[*arm].finding, zone),
        Evidence::Choice { arms, chosen } => match (&arms[..], chosen) {
            ([only], _) => first_untrue(&only.finding, zone),
            (arms, Chosen::Unknown) => arms
                .iter()
                .find(|arm| arm.finding.truth == Truth::Unknown)
                .map_or_else(String::new, |arm| value_of(&arm.finding, zone)),
            (arms, _) => arms.first().map_or_else(String::new, |arm| value_of(&arm.finding, zone) + ", in no tier"),
        },
    }
}

/// The value under a tier.
fn value_of(finding: &Finding, zone: &Zone) -> String {
    match &finding.what {
        What::Leaf(leaf) => value_line(leaf, zone),
        What::All(parts) | What::Any(parts) | What::AtLeast(_, parts) => {
            parts.first().map_or_else(String::new, |part| value_of(part, zone))
        }
        What::Not(inner) => value_of(inner, zone),
    }
}

/// The first part that keeps a condition from being true.
fn first_untrue(finding: &Finding, zone: &Zone) -> String {
    match &finding.what {
        What::All(parts) => {
            let worst = parts
                .iter()
                .find(|part| part.truth == Truth::False)
                .or(parts.iter().find(|part| !part.truth.is_true()));
            worst.map_or_else(String::new, |part| first_untrue(part, zone))
        }
        What::Leaf(leaf) => value_line(leaf, zone),
        _ => format!("{}: {}", in_words(finding.truth), one_line(finding, zone)),
    }
}

/// The value under a condition: `country is France`, `0 email_sent events in the last 30 days`.
fn value_line(leaf: &Leaf, zone: &Zone) -> String {
    let Some(reading) = leaf.readings.first() else { return leaf.subject.clone() };
    let value = reading.found.in_words(zone);
    match &reading.tallied {
        None => format!("{} is {}", leaf.subject, found(reading, zone)),
        Some(Tallied { counts: Some(counted), .. }) => format!("{value} {counted}"),
        Some(_) => format!("{value}, {}", leaf.subject),
    }
}

/// A condition in one line, with its values.
fn one_line(finding: &Finding, zone: &Zone) -> String {
    let list = |parts: &[Finding], between: &str| {
        parts.iter().map(|part| one_line(part, zone)).collect::<Vec<_>>().join(between)
    };
    match &finding.what {
        What::Leaf(leaf) => leaf_line(leaf, zone),
        What::All(parts) => list(parts, " and "),
        What::Any(parts) => list(parts, " or "),
        What::AtLeast(n, parts) => format!("{n} of: {}", list(parts, "; ")),
        What::Not(inner) => format!("not: {}", one_line(inner, zone)),
    }
}

/// A condition and its parts, each with its truth and the values under it.
pub(super) fn finding(sheet: &mut Sheet, indent: usize, finding: &Finding, zone: &Zone) {
    let mark = in_words(finding.truth);
    let (words, parts): (&str, &[Finding]) = match &finding.what {
        What::Leaf(leaf) => return sheet.text(indent, &format!("{mark:<8}{}", leaf_line(leaf, zone)), Ink::Plain),
        // A list of which all must hold needs no heading.
        What::All(parts) => {
            for part in parts {
                self::finding(sheet, indent, part, zone);
            }
            return;
        }
        What::Any(parts) => ("one of these", parts),
        What::AtLeast(n, parts) => (&format!("at least {n} of these"), parts),
        What::Not(inner) => ("the opposite of this", std::slice::from_ref(inner.as_ref())),
    };
    sheet.text(indent, &format!("{mark:<8}{words}"), Ink::Plain);
    for part in parts {
        if let What::All(inner) = &part.what {
            sheet.text(indent + 2, &format!("{:<8}all of these", in_words(part.truth)), Ink::Plain);
            for inner in inner {
                self::finding(sheet, indent + 4, inner, zone);
            }
        } else {
            self::finding(sheet, indent + 2, part, zone);
        }
    }
}

/// `total at least 100 (227.14)`
fn leaf_line(leaf: &Leaf, zone: &Zone) -> String {
    let values: Vec<String> = leaf.readings.iter().map(|reading| found(reading, zone)).collect();
    let values = match &values[..] {
        [] => String::new(),
        [_] if leaf.says(&leaf.readings[0]) => String::new(),
        [one] => format!(" ({one})"),
        [left, right] => format!(" ({left} against {right})"),
        [left, right, product, ..] => format!(" ({left} against {right}, so {product})"),
    };
    format!("{} {}{values}", leaf.subject, leaf.claim)
}

/// A value, with the cell that could not be read and, of a measure, what it counted.
fn found(reading: &Reading, zone: &Zone) -> String {
    let value = reading.found.in_words(zone);
    match (&reading.unreadable, &reading.tallied) {
        (Some(cell), _) => format!("{value}: `{cell}` can't be read"),
        (None, Some(Tallied { from: Some((field, at)), .. })) => {
            format!("{value}: no event, so from {field}, {}", crate::explain::local_time(*at, zone))
        }
        (None, Some(tallied)) => match tallied.newest {
            Some(newest) if tallied.n_counted.to_string() == value => {
                format!("{value}, the newest {}", crate::explain::local_time(newest, zone))
            }
            Some(newest) => format!(
                "{value}, from {}, the newest {}",
                events::n_events(tallied.n_counted),
                crate::explain::local_time(newest, zone)
            ),
            None => value,
        },
        (None, None) => value,
    }
}
