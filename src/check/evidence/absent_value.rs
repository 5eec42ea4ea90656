//! A value that the rulebook asks for and no lead has.
//!
//! ## Why
//! `Health care` in the rulebook and `Healthcare` in the CRM are two different values. That is not an error, but no
//! lead gets the points. The finding is a warning if the files have a similar value that the rulebook doesn't ask for.
//! Otherwise it is a note, which lists all values that no lead has.
//!
//! ## Example
//! ```yaml
//! field: industry
//! values: { Health care: 15 }         # 0 leads; `Healthcare`: 212
//! ```
//!
//! ## What to do
//! Write the value as the file has it. If you expect leads with this value later, there is nothing to do.

use super::super::observed::{TextQuestion, asked};
use super::super::{CheckSubject, Findings, Lint};
use crate::rulebook::TextOp;
use crate::value::figures::grouped;
use crate::value::fold;

pub(super) const LINT: Lint = Lint::note("LS602", "absent-value", include_str!("absent_value.rs"), find);

/// How many absent values are named.
const MOST_NAMED: usize = 5;

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed.filter(|observed| observed.n_leads > 0) else { return };
    let all_asked = asked(subject.rulebook);
    let mut told: Vec<(usize, TextOp, &[&str])> = Vec::new();
    for (asked, n_matches) in all_asked.iter().zip(&observed.n_matches) {
        let absent: Vec<&str> =
            asked.values.iter().zip(n_matches).filter(|(_, n)| **n == 0).map(|(value, _)| *value).collect();
        // A list that is used twice is told of once.
        let question = (asked.field.slot, asked.op, asked.values.as_slice());
        if absent.is_empty() || told.contains(&question) {
            continue;
        }
        told.push(question);
        let values = observed.values.get(asked.field.slot).and_then(Option::as_ref);
        let values = values.map(super::super::FieldSketch::by_frequency).unwrap_or_default();
        let mut others = Vec::new();
        for value in absent {
            match near(asked, value, &values) {
                Some((near, n)) => mistaken(subject, asked, value, near, n, findings),
                None => others.push(value),
            }
        }
        told_together(subject, asked, &others, findings);
    }
}

fn mistaken(
    subject: &CheckSubject<'_>,
    asked: &TextQuestion<'_>,
    value: &str,
    near: &str,
    n: u64,
    findings: &mut Findings,
) {
    let name = subject.rulebook.field_name(asked.field);
    let message = format!("`{name}` is `{value}` for 0 leads; `{near}`: {}", grouped(n));
    findings.add(asked.place_of(value).unwrap_or(asked.span), message).warned().help(format!("did you mean `{near}`?"));
}

fn told_together(subject: &CheckSubject<'_>, asked: &TextQuestion<'_>, absent: &[&str], findings: &mut Findings) {
    let name = subject.rulebook.field_name(asked.field);
    let n_all = asked.values.len();
    if n_all > 1 && absent.len() == n_all {
        let named = named(absent);
        findings.add(asked.span, format!("no lead has one of these {n_all} values in `{name}`: {named}"));
        return;
    }
    // Of a list in a file of its own, which is for more than these leads, nobody expects every entry.
    let own: Vec<&str> = absent.iter().copied().filter(|value| asked.place_of(value).is_some()).collect();
    match own[..] {
        [] => {}
        [only] => {
            let span = asked.place_of(only).unwrap_or(asked.span);
            findings.add(span, format!("no lead has `{only}` in `{name}`"));
        }
        _ => {
            let message = format!("no lead has {} of these {n_all} values in `{name}`: {}", own.len(), named(&own));
            findings.add(asked.span, message);
        }
    }
}

/// The first few values, quoted.
fn named(values: &[&str]) -> String {
    let named = values.iter().take(MOST_NAMED).map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
    if values.len() > MOST_NAMED { named + ", …" } else { named }
}

/// A value that occurs and was probably meant: near, and not asked for itself.
fn near<'v>(asked: &TextQuestion<'_>, value: &str, values: &[(&'v str, u64)]) -> Option<(&'v str, u64)> {
    if asked.op != TextOp::Is {
        return None;
    }
    let wanted = bare(value);
    let n_letters = wanted.chars().count();
    if !(4..=60).contains(&n_letters) {
        return None;
    }
    let most = if n_letters < 8 { 1 } else { 2 };
    let is_asked = |text: &str| asked.values.iter().any(|value| fold(value) == fold(text));
    let has_same_digits = |other: &str| {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        digits(&wanted) == digits(other)
    };
    let mut found: Option<(usize, (&str, u64))> = None;
    for &(text, n) in values {
        let other = bare(text);
        if other.chars().count().abs_diff(n_letters) > most || !has_same_digits(&other) || is_asked(text) {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &other);
        if distance <= most && found.is_none_or(|(least, _)| distance < least) {
            found = Some((distance, (text, n)));
        }
    }
    found.map(|(_, found)| found)
}

/// Folded, without blanks and separators.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '/' | '&')).collect()
}
