//! Why a criterion gave its points: conditions with the values under them, or the events.

use super::events;
use crate::explain::{
    ArmLine, Claim, CriterionLine, Evidence, Explanation, Finding, Found, Join, Leaf, NamedValue, Subject, What,
};
use crate::present::document::{LedgerEntry, Mark};
use crate::present::language::{counted, found as value, truth};
use crate::present::words::plural;
use crate::present::{Tone, language};
use crate::rulebook::TextOp;
use crate::rulebook::expr::{Atom, Test};
use crate::score::{Chosen, Truth};
use crate::value::Zone;

/// Everything that there is to say.
pub(super) fn full(
    entries: &mut Vec<LedgerEntry>,
    explanation: &Explanation<'_>,
    depth: usize,
    criterion: &CriterionLine<'_>,
    all: bool,
) {
    let zone = &explanation.zone;
    if let Some(gate) = &criterion.only_if {
        let words = if criterion.is_gated() { "gives nothing, because it only applies if" } else { "only applies if" };
        entries.push(LedgerEntry::new(depth, words));
        finding(entries, depth + 1, gate, zone);
    }
    match &criterion.evidence {
        None => entries.push(LedgerEntry::new(depth, "switched off")),
        Some(Evidence::Choice { arms, applies, .. }) => choice(entries, depth, arms, *applies, zone),
        Some(Evidence::Values { field, entry, applies }) => {
            entries.push(LedgerEntry::new(depth, lookup(field, entry.as_deref(), *applies, zone)));
        }
        Some(Evidence::Occurrences(occurred)) => events::events(entries, explanation, depth, occurred, all),
    }
}

fn choice(entries: &mut Vec<LedgerEntry>, depth: usize, arms: &[ArmLine<'_>], applies: Chosen, zone: &Zone) {
    let faint = |words: String| LedgerEntry::new(depth, words).tone(Tone::Faint);
    let shown = match applies {
        Chosen::Arm(arm) => {
            if arms.len() > 1 {
                entries.push(faint(format!("tier {} of {}", arm + 1, arms.len())));
            }
            &arms[arm..=arm]
        }
        Chosen::Unknown => {
            entries.push(faint("unknown: a value that it needs is missing".to_owned()));
            arms
        }
        Chosen::None => {
            entries.push(faint("otherwise: nothing of this is true".to_owned()));
            arms
        }
    };
    for arm in shown {
        finding(entries, depth, &arm.finding, zone);
    }
}

fn lookup(reading: &NamedValue<'_>, entry: Option<&str>, applies: Chosen, zone: &Zone) -> String {
    let (of, found) = (reading.of, found(reading, zone));
    match (applies, entry) {
        (Chosen::Arm(_), Some(entry)) if matches!(&reading.found, Found::Text(text) if text == entry) => {
            format!("{of} is {found}")
        }
        (Chosen::Arm(_), Some(entry)) => format!("{of} is {found}, listed as {entry}"),
        (Chosen::Unknown, _) => format!("unknown: {of} is {found}"),
        _ => format!("otherwise: {of} is {found}, which is not listed"),
    }
}

/// Why a criterion gave nothing, in a few words.
pub(super) fn brief(criterion: &CriterionLine<'_>, zone: &Zone) -> String {
    if let (true, Some(gate)) = (criterion.is_gated(), &criterion.only_if) {
        return format!("only applies if {}", one_line(untrue_part(gate), zone));
    }
    match &criterion.evidence {
        None => "switched off in the rulebook".to_owned(),
        Some(Evidence::Values { field, entry, applies }) => lookup(field, entry.as_deref(), *applies, zone),
        Some(Evidence::Occurrences(occurred)) => events::brief(occurred),
        Some(Evidence::Choice { arms, applies, .. }) => match (&arms[..], applies) {
            (arms, Chosen::Arm(arm)) => value_of(&arms[*arm].finding, zone),
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
fn value_of(finding: &Finding<'_>, zone: &Zone) -> String {
    match &finding.what {
        What::Leaf(leaf) => value_line(leaf, zone),
        What::Parts { parts, .. } => parts.first().map_or_else(String::new, |part| value_of(part, zone)),
    }
}

/// The first part that keeps a condition from being true, with its value.
fn first_untrue(finding: &Finding<'_>, zone: &Zone) -> String {
    let part = untrue_part(finding);
    match &part.what {
        What::Leaf(leaf) => value_line(leaf, zone),
        What::Parts { .. } => format!("{}: {}", truth(part.truth), one_line(part, zone)),
    }
}

/// Of conditions that must all hold the first that is false, else the first that is unknown.
fn untrue_part<'a, 'r>(finding: &'a Finding<'r>) -> &'a Finding<'r> {
    let What::Parts { join: Join::All, parts } = &finding.what else { return finding };
    let is_false = |part: &&Finding<'_>| part.truth == Truth::False;
    let worst = parts.iter().find(is_false).or(parts.iter().find(|part| !part.truth.is_true()));
    worst.map_or(finding, untrue_part)
}

/// The value under a condition: `country is France`, `0 email_sent events in the last 30 days`. Of a comparison both sides, and the
/// numbers first: such a line may be cut.
fn value_line(leaf: &Leaf<'_>, zone: &Zone) -> String {
    let (left, right) = match &leaf.readings[..] {
        [] => return leaf.subject.to_string(),
        [one] => return reading_line(one, zone),
        [left, right, ..] => (left, right),
    };
    let (against, times) = match leaf.readings.get(2).map(|product| (product, product.of.it)) {
        Some((product, Subject::Times(factor))) => (product, format!("{factor} × ")),
        _ => (right, String::new()),
    };
    let [found, against] = [left, against].map(|side| value(&side.found, zone));
    format!("{found} against {against}: {}, {times}{}", thing(left), thing(right))
}

/// What something came to.
fn reading_line(reading: &NamedValue<'_>, zone: &Zone) -> String {
    match reading.of.it {
        Subject::Measure(_) if reading.found == Found::Missing => format!("no value for {}", thing(reading)),
        Subject::Measure(measured) => match counted(language::Voice::terse(reading.of.rulebook), measured) {
            Some(counted) => format!("{} {counted}", value(&reading.found, zone)),
            None => format!("{}, {}", value(&reading.found, zone), reading.of),
        },
        _ => format!("{} is {}", reading.of, found(reading, zone)),
    }
}

/// What was looked at, without saying that it was counted.
fn thing(reading: &NamedValue<'_>) -> String {
    let counted = match reading.of.it {
        Subject::Measure(measured) => counted(language::Voice::terse(reading.of.rulebook), measured),
        _ => None,
    };
    counted.unwrap_or_else(|| reading.of.to_string())
}

/// A condition in one line, with its values.
fn one_line(finding: &Finding<'_>, zone: &Zone) -> String {
    let (join, parts) = match &finding.what {
        What::Leaf(leaf) => return leaf_line(leaf, zone),
        What::Parts { join, parts } => (join, parts),
    };
    let list = |between: &str| parts.iter().map(|part| one_line(part, zone)).collect::<Vec<_>>().join(between);
    match join {
        Join::All => list(" and "),
        Join::Any => list(" or "),
        Join::AtLeast { n } => format!("{n} of: {}", list("; ")),
        Join::Not => format!("not: {}", list("")),
    }
}

/// A condition and its parts, each with its truth and the values under it.
pub(super) fn finding(entries: &mut Vec<LedgerEntry>, depth: usize, finding: &Finding<'_>, zone: &Zone) {
    let marked = |depth, truth, words: String| LedgerEntry::new(depth, words).mark(Mark::Truth(truth));
    let (join, parts) = match &finding.what {
        What::Leaf(leaf) => return entries.push(marked(depth, finding.truth, leaf_line(leaf, zone))),
        What::Parts { join, parts } => (join, parts),
    };
    let words = match join {
        // A list of which all must hold needs no heading.
        Join::All => return parts.iter().for_each(|part| self::finding(entries, depth, part, zone)),
        Join::Any => "one of these".to_owned(),
        Join::AtLeast { n } => format!("at least {n} of these"),
        Join::Not => "the opposite of this".to_owned(),
    };
    entries.push(marked(depth, finding.truth, words));
    for part in parts {
        let is_list = matches!(part.what, What::Parts { join: Join::All, .. });
        if is_list {
            entries.push(marked(depth + 1, part.truth, "all of these".to_owned()));
        }
        self::finding(entries, depth + 1 + usize::from(is_list), part, zone);
    }
}

/// `total at least 100 (227.14)`
fn leaf_line(leaf: &Leaf<'_>, zone: &Zone) -> String {
    let values: Vec<String> = leaf.readings.iter().map(|reading| found(reading, zone)).collect();
    let values = match &values[..] {
        [] => String::new(),
        [_] if says(leaf, &leaf.readings[0]) => String::new(),
        [one] => format!(" ({one})"),
        [left, right] => format!(" ({left} against {right})"),
        [left, right, product, ..] => format!(" ({left} against {right}, so {product})"),
    };
    format!("{} {}{values}", leaf.subject, leaf.claim)
}

/// Whether a claim, where it is true, says all there is to say of a value: `country is France`, found `France`.
fn says(leaf: &Leaf<'_>, reading: &NamedValue<'_>) -> bool {
    // A cell that can't be read, and what a measure counted, are told in any case.
    let tells_more = reading.unreadable.is_some()
        || reading.tallied.as_ref().is_some_and(|tallied| tallied.newest.is_some() || tallied.idle_from.is_some());
    let is = |text: &String| match &reading.found {
        Found::Text(found) => found == text,
        Found::Texts(found) => matches!(&found[..], [only] if only == text),
        _ => false,
    };
    let Claim { atom, is_negated, .. } = leaf.claim.it;
    match (atom, is_negated) {
        (Atom::Stage(_), _) => true,
        _ if tells_more => false,
        (Atom::Present(_), true) => reading.found == Found::Missing,
        (Atom::Grade(marks), false) => matches!(&marks[..], [only] if is(only)),
        (Atom::Test { test, .. }, false) => match (test, &reading.found) {
            (Test::Text(test), _) => test.op == TextOp::Is && matches!(&test.values[..], [only] if is(only)),
            (Test::Numbers(numbers), Found::Number(found)) => {
                matches!(numbers[..], [only] if i128::from(only.micros()) == *found)
            }
            (Test::Numbers(numbers), Found::Points(found)) => {
                matches!(numbers[..], [only] if i128::from(only.micros()) == found.micros())
            }
            (Test::Booleans(booleans), Found::Boolean(found)) => booleans[..] == [*found],
            _ => false,
        },
        _ => false,
    }
}

/// A value, with the cell that could not be read and, of a measure, what it counted.
fn found(reading: &NamedValue<'_>, zone: &Zone) -> String {
    let value = value(&reading.found, zone);
    if let Some(cell) = &reading.unreadable {
        return format!("{value}: `{cell}` can't be read");
    }
    let Some(tallied) = &reading.tallied else { return value };
    match (&tallied.idle_from, tallied.newest) {
        (Some(from), _) => format!("{value}: no event, so from {}, {}", from.field, zone.wall(from.at).minute()),
        (None, Some(newest)) => {
            let newest = zone.wall(newest).minute();
            let n_counted = tallied.n_counted as u64;
            if reading.found == Found::Number(i128::from(n_counted) * 1_000_000) {
                return format!("{value}, the newest {newest}");
            }
            format!("{value}, from {}, the newest {newest}", plural(n_counted, "event"))
        }
        (None, None) => value,
    }
}
