//! Derived fields in words: what a value is made of.

use super::events::{selection, stated, tally};
use super::{Voice, condition, field};
use crate::explain::Side;
use crate::rulebook::LeadMoment;
use crate::rulebook::derived::{Derivation, Rest};
use crate::rulebook::expr::FieldRef;
use crate::value::Type;

/// How a field is made of others, or of events.
pub(crate) fn derivation(voice: Voice<'_>, of: &Derivation, side: Side) -> String {
    let named = |name: FieldRef| field(voice, name, side);
    match of {
        Derivation::Map(mapped) => {
            let listed = mapped.targets.iter().enumerate().map(|(target, text)| {
                let entries = mapped.entries.iter().filter(|entry| entry.target == target);
                let values: Vec<&str> = entries.map(|entry| entry.written.as_str()).collect();
                format!("{text} for {}", values.join(", "))
            });
            let mut listed: Vec<String> = listed.collect();
            if mapped.rest.otherwise.is_none() && is_text(voice, mapped.of, side) {
                listed.push("any other text as it is".to_owned());
            }
            with_rest(&named(mapped.of), listed, &mapped.rest)
        }
        Derivation::Bands(banded) => {
            let bands =
                banded.bands.iter().map(|band| format!("{} if {}", band.then, condition(voice, &band.when, side)));
            with_rest(&named(banded.of), bands.collect(), &banded.rest)
        }
        other => made_of(voice, other, named),
    }
}

/// What a field is made of, where `named` says what each of its parts is called or came to.
pub(crate) fn made_of(voice: Voice<'_>, of: &Derivation, named: impl Fn(FieldRef) -> String) -> String {
    let all =
        |fields: &[FieldRef], between: &str| fields.iter().map(|field| named(*field)).collect::<Vec<_>>().join(between);
    match of {
        Derivation::Map(mapped) => named(mapped.of),
        Derivation::Bands(_) => {
            let mut inputs = of.inputs();
            let mut seen = Vec::new();
            inputs.retain(|input| {
                !seen.contains(input) && {
                    seen.push(*input);
                    true
                }
            });
            all(&inputs, ", ")
        }
        Derivation::FirstOf(fields) => format!("the first that has a value: {}", all(fields, ", ")),
        Derivation::Earliest(fields) => format!("the earliest of {}", all(fields, ", ")),
        Derivation::Latest(fields) => format!("the latest of {}", all(fields, ", ")),
        Derivation::Minus { from, minus } => format!("{} minus {}", named(*from), named(*minus)),
        Derivation::Days { from, minus } => format!("the days from {} to {}", named(*minus), named(*from)),
        Derivation::SumOf(fields) => all(fields, " + "),
        Derivation::OfEvents(index) => tally(voice, stated(voice, *index)),
        Derivation::LatestReturn(latest) => {
            let ways = latest.at.iter().map(|at| match at {
                LeadMoment::Field(field) => named(*field),
                LeadMoment::Event(tally) => selection(voice, stated(voice, *tally)),
            });
            let last = if latest.last.is_some() { ", unless the last stage was recorded before" } else { "" };
            format!("the latest return, by {}{last}", ways.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Whether a map leaves what it doesn't list of this field as it is.
fn is_text(voice: Voice<'_>, name: FieldRef, side: Side) -> bool {
    let kind = match side {
        Side::Lead | Side::Account => voice.rulebook.fields[name.field].kind,
        Side::Event => voice.rulebook.event_fields[name.field].kind,
    };
    !name.part.is_number() && matches!(kind, Type::Text | Type::Email | Type::Url | Type::Phone)
}

fn with_rest(what: &str, mut listed: Vec<String>, rest: &Rest) -> String {
    listed.extend(rest.otherwise.iter().map(|text| format!("{text} for all other values")));
    listed.extend(rest.unknown.iter().map(|text| format!("{text} without a value")));
    format!("by {what}: {}", listed.join("; "))
}
