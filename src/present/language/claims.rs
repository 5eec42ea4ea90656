//! What is claimed of a subject, in words: its verb and its object, kept apart until they are said.

use super::{Manner, Voice, found, subject};
use crate::explain::Claim;
use crate::rulebook::expr::{Atom, Order, Test};
use crate::rulebook::{TextOp, TextTest};
use crate::value::duration::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, format_duration};
use crate::value::{InstantSpan, Zone};

/// A claim in parts.
struct Phrase {
    verb: Verb,
    is_negated: bool,
    object: String,
}

/// What a claim's subject is or does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Is,
    /// `is`, left out where the claim is said.
    Silent,
    Has,
    HasWord,
    Contains,
    StartsWith,
    EndsWith,
    Matches,
}

impl Verb {
    /// As it is said of somebody, and as it follows `must` and `does not`.
    fn forms(self) -> (&'static str, &'static str) {
        match self {
            Self::Is => ("is", "be"),
            Self::Silent => ("", "be"),
            Self::Has => ("has", "have"),
            Self::HasWord => ("has the word", "have the word"),
            Self::Contains => ("contains", "contain"),
            Self::StartsWith => ("starts with", "start with"),
            Self::EndsWith => ("ends with", "end with"),
            Self::Matches => ("matches the pattern", "match the pattern"),
        }
    }
}

/// What is claimed, as it is said: `at least 50`, plainly `is at least 50`; `does not contain x`.
pub(crate) fn claim(voice: Voice<'_>, claim: Claim<'_>) -> String {
    let Phrase { verb, is_negated, object } = phrase(voice, claim);
    let (said, plain) = verb.forms();
    match (verb, is_negated) {
        (Verb::Silent, false) => object,
        (Verb::Silent, true) => format!("not {object}"),
        (_, false) => format!("{said} {object}"),
        (Verb::Is, true) => format!("is not {object}"),
        (_, true) => format!("does not {plain} {object}"),
    }
}

/// The claim as a demand: `must be at least 50`, `must not contain x`.
pub(crate) fn demand(voice: Voice<'_>, claim: Claim<'_>) -> String {
    let Phrase { verb, is_negated, object } = phrase(voice, claim);
    let not = if is_negated { "not " } else { "" };
    format!("must {not}{} {object}", verb.forms().1)
}

impl Phrase {
    fn new(verb: Verb, is_negated: bool, object: impl Into<String>) -> Self {
        Self { verb, is_negated, object: object.into() }
    }
}

/// Some say the opposite by another object, not by `not`.
fn phrase(voice: Voice<'_>, Claim { atom, right, is_negated }: Claim<'_>) -> Phrase {
    match atom {
        Atom::Present(_) => {
            let (verb, filled, empty) =
                voice.pick((Verb::Has, "a value", "no value"), (Verb::Is, "filled in", "empty"));
            Phrase::new(verb, false, if is_negated { empty } else { filled })
        }
        Atom::Stage(_) => Phrase::new(Verb::Is, is_negated, "held"),
        Atom::Grade(marks) => Phrase::new(Verb::Is, is_negated, one_of(voice.manner, marks)),
        Atom::Compare { order, times, .. } => {
            let factor = times.map_or_else(String::new, |times| format!("{times} × {}", voice.pick("the ", "")));
            let order = order_words(negated_if(*order, is_negated));
            let right = right.map_or_else(String::new, |right| subject(voice, right));
            Phrase::new(compares(voice), false, format!("{order} {factor}{right}"))
        }
        Atom::Test { test, .. } => passes(voice, test, is_negated),
    }
}

fn passes(voice: Voice<'_>, test: &Test, is_negated: bool) -> Phrase {
    let list = |values: Vec<String>| Phrase::new(Verb::Is, is_negated, one_of(voice.manner, &values));
    let moment = |words: String| Phrase::new(compares(voice), is_negated, words);
    match test {
        Test::Text(TextTest { op: TextOp::HasWord, values, .. }) if values.len() > 1 => {
            let how_many = if is_negated { "none" } else { "one" };
            Phrase::new(Verb::Has, false, format!("{how_many} of the words {}", listed(voice.manner, values)))
        }
        Test::Text(test) => Phrase::new(text_verb(test.op), is_negated, one_of(voice.manner, &test.values)),
        Test::Numbers(numbers) => list(numbers.iter().map(ToString::to_string).collect()),
        Test::Booleans(booleans) => {
            let word = |boolean: &bool| voice.pick(boolean.to_string(), if *boolean { "yes" } else { "no" }.to_owned());
            list(booleans.iter().map(word).collect())
        }
        Test::Dates(spans) => list(spans.iter().map(|span| date(*span, &voice.rulebook.zone)).collect()),
        Test::Number(order, number) => {
            let order = order_words(negated_if(*order, is_negated));
            Phrase::new(compares(voice), false, format!("{order} {}", found::number(*number)))
        }
        Test::Date(order, span) => {
            let words = match order {
                Order::Greater => "after",
                Order::AtLeast => "on or after",
                Order::Less => "before",
                Order::AtMost => "on or before",
            };
            moment(format!("{words} {}", date(*span, &voice.rulebook.zone)))
        }
        Test::Within(ms) => moment(format!("in the last {}", duration(*ms))),
        Test::OlderThan(ms) => moment(format!("{} ago or earlier", duration(*ms))),
    }
}

fn compares(voice: Voice<'_>) -> Verb {
    voice.pick(Verb::Silent, Verb::Is)
}

fn text_verb(op: TextOp) -> Verb {
    match op {
        TextOp::Is => Verb::Is,
        TextOp::Contains => Verb::Contains,
        TextOp::HasWord => Verb::HasWord,
        TextOp::StartsWith => Verb::StartsWith,
        TextOp::EndsWith => Verb::EndsWith,
        TextOp::Matches => Verb::Matches,
    }
}

/// The order of which a negation leaves what is left.
pub(super) fn negated_if(order: Order, is_negated: bool) -> Order {
    match order {
        _ if !is_negated => order,
        Order::Greater => Order::AtMost,
        Order::AtLeast => Order::Less,
        Order::Less => Order::AtLeast,
        Order::AtMost => Order::Greater,
    }
}

/// `at least`, `below`.
pub(super) fn order_words(order: Order) -> &'static str {
    match order {
        Order::Greater => "above",
        Order::AtLeast => "at least",
        Order::Less => "below",
        Order::AtMost => "at most",
    }
}

/// `A`, `A or B`, `one of A, B, C … (45 in all)`.
pub(crate) fn one_of(manner: Manner, items: &[String]) -> String {
    match items {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] if items.len() <= Manner::Terse.most_values() => format!("{} or {last}", first.join(", ")),
        _ => format!("one of {}", listed(manner, items)),
    }
}

fn listed(manner: Manner, items: &[String]) -> String {
    let most = manner.most_values();
    if items.len() <= most {
        return items.join(", ");
    }
    format!("{} … ({} in all)", items[..most - 1].join(", "), items.len())
}

/// `30 days`, `36 hours`.
pub(crate) fn duration(ms: i64) -> String {
    let units = [(DAY_MS, "day"), (HOUR_MS, "hour"), (MINUTE_MS, "minute"), (SECOND_MS, "second")];
    match units.into_iter().find(|(unit_ms, _)| ms % unit_ms == 0) {
        Some((unit_ms, unit)) if ms == unit_ms => format!("1 {unit}"),
        Some((unit_ms, unit)) => format!("{} {unit}s", ms / unit_ms),
        None => format_duration(ms),
    }
}

/// The same of a stretch that begins anywhere: what is called a day might be one of the calendar.
pub(crate) fn elapsed(ms: i64) -> String {
    if ms == DAY_MS { "24 hours".to_owned() } else { duration(ms) }
}

/// A whole day by its date, an instant with its time.
fn date(span: InstantSpan, zone: &Zone) -> String {
    let start = zone.wall(span.start);
    if span == InstantSpan::at(span.start) { start.exact() } else { start.date() }
}
