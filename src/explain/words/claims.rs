//! What a test asks of its subject, in words.

use super::{Manner, Voice};
use crate::explain::found::grouped;
use crate::rulebook::expr::{Order, Test};
use crate::rulebook::{TextOp, TextTest};
use crate::value::duration::{DAY_MS, format_duration};
use crate::value::{InstantSpan, Zone};

/// What a test asks: `at least 50`, plainly `is at least 50`.
pub(super) fn claim(voice: Voice<'_, '_>, test: &Test, is_negated: bool) -> String {
    let not = if is_negated { "not " } else { "" };
    let is = voice.pick("", "is ");
    let texts = |items: Vec<String>| format!("is {not}{}", one_of(voice.manner, &items));
    match test {
        Test::Text(test) => text_claim(voice.manner, test, is_negated),
        Test::Numbers(numbers) => texts(numbers.iter().map(ToString::to_string).collect()),
        Test::Booleans(booleans) => {
            let word = |boolean: &bool| voice.pick(boolean.to_string(), if *boolean { "yes" } else { "no" }.to_owned());
            texts(booleans.iter().map(word).collect())
        }
        Test::Dates(spans) => texts(spans.iter().map(|span| date(*span, &voice.rulebook.zone)).collect()),
        Test::Number(order, number) => {
            format!("{is}{} {}", order_words(*order, is_negated), grouped(&number.to_string()))
        }
        Test::Date(order, span) => {
            let words = match order {
                Order::Greater => "after",
                Order::AtLeast => "on or after",
                Order::Less => "before",
                Order::AtMost => "on or before",
            };
            format!("{is}{not}{words} {}", date(*span, &voice.rulebook.zone))
        }
        Test::Within(ms) => format!("{is}{not}in the last {}", duration(*ms)),
        Test::OlderThan(ms) => format!("{is}{not}{} ago or earlier", duration(*ms)),
    }
}

fn text_claim(manner: Manner, test: &TextTest, is_negated: bool) -> String {
    let (plain, negated) = match test.op {
        TextOp::Is => ("is", "is not"),
        TextOp::Contains => ("contains", "does not contain"),
        TextOp::HasWord => ("has the word", "does not have the word"),
        TextOp::StartsWith => ("starts with", "does not start with"),
        TextOp::EndsWith => ("ends with", "does not end with"),
        TextOp::Matches => ("matches the pattern", "does not match the pattern"),
    };
    if let (TextOp::HasWord, [_, _, ..]) = (test.op, &test.values[..]) {
        let verb = if is_negated { "has none" } else { "has one" };
        return format!("{verb} of the words {}", listed(manner, &test.values));
    }
    format!("{} {}", if is_negated { negated } else { plain }, one_of(manner, &test.values))
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
