//! What a condition claims of its subject: its verb and its object, kept apart until they are said.

use super::{Manner, Voice};
use crate::explain::found::grouped;
use crate::rulebook::expr::{Order, Test};
use crate::rulebook::{TextOp, TextTest};
use crate::value::duration::{DAY_MS, format_duration};
use crate::value::{InstantSpan, Zone};

/// What is claimed of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    verb: Verb,
    is_negated: bool,
    object: String,
}

/// What a claim's subject is or does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
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

impl Claim {
    /// A claim, or its opposite.
    pub(super) fn new(verb: Verb, is_negated: bool, object: impl Into<String>) -> Self {
        Self { verb, is_negated, object: object.into() }
    }

    /// As it is said: `is France`, `does not contain x`, `at least 50`.
    pub(crate) fn said(&self) -> String {
        let (said, plain) = self.verb.forms();
        let object = &self.object;
        match (self.verb, self.is_negated) {
            (Verb::Silent, false) => object.clone(),
            (Verb::Silent, true) => format!("not {object}"),
            (_, false) => format!("{said} {object}"),
            (Verb::Is, true) => format!("is not {object}"),
            (_, true) => format!("does not {plain} {object}"),
        }
    }

    /// As a demand: `must be France`, `must not contain x`, `must be at least 50`.
    pub(crate) fn demanded(&self) -> String {
        let not = if self.is_negated { "not " } else { "" };
        format!("must {not}{} {}", self.verb.forms().1, self.object)
    }
}

/// What a test asks: `at least 50`, plainly `is at least 50`.
pub(super) fn claim(voice: Voice<'_, '_>, test: &Test, is_negated: bool) -> Claim {
    let is = voice.pick(Verb::Silent, Verb::Is);
    let texts = |items: Vec<String>| Claim::new(Verb::Is, is_negated, one_of(voice.manner, &items));
    match test {
        Test::Text(test) => text_claim(voice.manner, test, is_negated),
        Test::Numbers(numbers) => texts(numbers.iter().map(ToString::to_string).collect()),
        Test::Booleans(booleans) => {
            let word = |boolean: &bool| voice.pick(boolean.to_string(), if *boolean { "yes" } else { "no" }.to_owned());
            texts(booleans.iter().map(word).collect())
        }
        Test::Dates(spans) => texts(spans.iter().map(|span| date(*span, &voice.rulebook.zone)).collect()),
        Test::Number(order, number) => {
            Claim::new(is, false, format!("{} {}", order_words(*order, is_negated), grouped(&number.to_string())))
        }
        Test::Date(order, span) => {
            let words = match order {
                Order::Greater => "after",
                Order::AtLeast => "on or after",
                Order::Less => "before",
                Order::AtMost => "on or before",
            };
            Claim::new(is, is_negated, format!("{words} {}", date(*span, &voice.rulebook.zone)))
        }
        Test::Within(ms) => Claim::new(is, is_negated, format!("in the last {}", duration(*ms))),
        Test::OlderThan(ms) => Claim::new(is, is_negated, format!("{} ago or earlier", duration(*ms))),
    }
}

/// How many of something, where a test asks that: `at least 3`, `not 3`.
pub(super) fn amount(voice: Voice<'_, '_>, test: &Test, is_negated: bool) -> Option<String> {
    matches!(test, Test::Number(..) | Test::Numbers(_)).then(|| {
        let claim = claim(voice, test, is_negated);
        Claim { verb: Verb::Silent, ..claim }.said()
    })
}

fn text_claim(manner: Manner, test: &TextTest, is_negated: bool) -> Claim {
    let verb = match test.op {
        TextOp::Is => Verb::Is,
        TextOp::Contains => Verb::Contains,
        TextOp::HasWord => Verb::HasWord,
        TextOp::StartsWith => Verb::StartsWith,
        TextOp::EndsWith => Verb::EndsWith,
        TextOp::Matches => Verb::Matches,
    };
    if let (TextOp::HasWord, [_, _, ..]) = (test.op, &test.values[..]) {
        let how_many = if is_negated { "none" } else { "one" };
        return Claim::new(Verb::Has, false, format!("{how_many} of the words {}", listed(manner, &test.values)));
    }
    Claim::new(verb, is_negated, one_of(manner, &test.values))
}

/// `at least`, `below`; negated what is left.
pub(super) fn order_words(order: Order, is_negated: bool) -> &'static str {
    match (order, is_negated) {
        (Order::Greater, false) | (Order::AtMost, true) => "above",
        (Order::AtLeast, false) | (Order::Less, true) => "at least",
        (Order::Less, false) | (Order::AtLeast, true) => "below",
        (Order::AtMost, false) | (Order::Greater, true) => "at most",
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
    if ms % DAY_MS == 0 {
        let n_days = ms / DAY_MS;
        return format!("{n_days} day{}", if n_days == 1 { "" } else { "s" });
    }
    let short = format_duration(ms);
    short.strip_suffix('h').map_or_else(|| short.replace("min", " minutes"), |hours| format!("{hours} hours"))
}

/// A whole day by its date, an instant with its time.
fn date(span: InstantSpan, zone: &Zone) -> String {
    let local = |instant| crate::value::Instant::from_ms(zone.local_ms(instant)).to_string();
    let start = local(span.start);
    if span == InstantSpan::at(span.start) {
        start.trim_end_matches('Z').replace('T', " ")
    } else {
        start.chars().take(10).collect()
    }
}
