//! Events in words: which are selected, what is measured of them, and how they give points.

use super::claims::{duration, one_of};
use super::{Side, Voice, condition, field};
use crate::explain::found::local_time;
use crate::rulebook::expr::{Calendar, Count, FieldRef, Measure, Selection, Tally, Types};
use crate::score::latest_past;
use crate::value::Decay;

/// A measure over events: `days with page_view events in the last 30 days`.
pub(crate) fn tally(voice: Voice<'_, '_>, tally: &Tally) -> String {
    let of_events = || selection(voice, &tally.select);
    let named = |name: &FieldRef| field(voice, *name, Side::Event);
    let the = voice.pick("", "the ");
    let counted = || counted(voice, tally).unwrap_or_default();
    match &tally.measure {
        Measure::Count | Measure::Points { .. } => format!("{the}number of {}", counted()),
        Measure::Days | Measure::Distinct(_) | Measure::IdleDays { .. } => {
            format!("{}{}", voice.pick("", "the number of "), counted())
        }
        Measure::Sum(field) => format!("{the}sum of {} over {}", named(field), of_events()),
        Measure::Max(field) => format!("{the}largest {} of {}", named(field), of_events()),
        Measure::Newest => format!("{the}time of the newest of {}", of_events()),
        Measure::Earliest => format!("{the}time of the first of {}", of_events()),
    }
}

/// What a measure is a number of, if it is one: `page_view events`, `days with page_view events`.
pub(crate) fn counted(voice: Voice<'_, '_>, tally: &Tally) -> Option<String> {
    let events = || selection(voice, &tally.select);
    match &tally.measure {
        Measure::Count | Measure::Points { .. } => Some(events()),
        Measure::Days => Some(format!("days with {}", events())),
        Measure::Distinct(name) => Some(format!("different {} among {}", field(voice, *name, Side::Event), events())),
        Measure::IdleDays { from } => {
            let last = match &tally.select.types {
                Types::Every | Types::Any => format!("event of any type{}", restriction(voice, &tally.select)),
                Types::Named(_) => format!("of {}", events()),
            };
            let start = from.filter(|_| voice.is_plain()).map(|from| field(voice, from, Side::Lead));
            let start = start.map_or_else(String::new, |from| format!(" (without any, since {from})"));
            Some(format!("days since the last {last}{start}"))
        }
        Measure::Sum(_) | Measure::Max(_) | Measure::Newest | Measure::Earliest => None,
    }
}

/// The events that a selection takes: `page_view events in the last 30 days where …`.
pub(crate) fn selection(voice: Voice<'_, '_>, select: &Selection) -> String {
    let types = match &select.types {
        Types::Every | Types::Any => "events of any type".to_owned(),
        Types::Named(names) => format!("{} events", one_of(voice.manner, &kinds(voice, names))),
    };
    types + &restriction(voice, select)
}

/// Which events of its types a selection takes: ` in the last 30 days where …`.
fn restriction(voice: Voice<'_, '_>, select: &Selection) -> String {
    let preposition = voice.pick("in", "from");
    let source = select.source.map(|source| format!(" {preposition} {}", voice.rulebook.sources[source].name));
    let within = select.within_ms.map(|within_ms| format!(" in the last {}", duration(within_ms)));
    let filter = select.filter.as_ref().map(|filter| format!(" where {}", condition(voice, filter, Side::Event)));
    [source, within, since(voice, select), filter].into_iter().flatten().collect()
}

/// The names of event types; plainly without what only machines need.
fn kinds(voice: Voice<'_, '_>, names: &[String]) -> Vec<String> {
    names.iter().map(|name| voice.pick(name.clone(), name.replace('_', " "))).collect()
}

/// From when on events count: for a lead the date itself, nothing where no such date is in force.
fn since(voice: Voice<'_, '_>, select: &Selection) -> Option<String> {
    let fields = select.since.iter().filter(|name| !voice.said_since.contains(name));
    let names: Vec<String> = fields.map(|name| field(voice, *name, Side::Lead)).collect();
    if names.is_empty() {
        return None;
    }
    let names = names.join(" or ");
    let Some((plan, lead)) = voice.lead else {
        return Some(voice.pick(format!(" since {names}"), format!(" after the date in {names}")));
    };
    let date = latest_past(plan, lead, &select.since)?;
    Some(format!(" since {} ({names})", local_time(date, &voice.rulebook.zone)))
}

/// `month`.
pub(crate) fn period(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Day => "day",
        Calendar::Week => "week",
        Calendar::Month => "month",
        Calendar::Quarter => "quarter",
        Calendar::Year => "year",
    }
}

/// How an occurrence criterion gives its points: `+12 once a day, for the newest, half of it left after 30 days: page_view …`.
pub(crate) fn terms_of(voice: Voice<'_, '_>, tally: &Tally) -> String {
    let Measure::Points { points, count, at_most, decay } = &tally.measure else { return String::new() };
    let count = count_words(voice, count);
    let limit = at_most.map_or_else(String::new, |limit| format!(", for the {limit} newest at most"));
    let decay = decay.map_or_else(String::new, |decay| format!(", {}", decay_words(decay)));
    format!("{} {count}{limit}{decay}: {}", points.signed(), selection(voice, &tally.select))
}

/// How events are bundled: `each`, `once a day, for the newest`.
fn count_words(voice: Voice<'_, '_>, count: &Count) -> String {
    match count {
        Count::Each => "each".to_owned(),
        Count::Once => "once, for the newest".to_owned(),
        Count::Per(calendar) => format!("once a {}, for the newest", period(*calendar)),
        Count::Distinct(name) => format!("once for each {}", field(voice, *name, Side::Event)),
    }
}

/// How points fade: `half of it left after 30 days`.
fn decay_words(decay: Decay) -> String {
    match decay {
        Decay::HalfLife { half_life_ms } => format!("half of it left after {}", duration(half_life_ms)),
        Decay::Linear { duration_ms } => format!("fading evenly to nothing in {}", duration(duration_ms)),
        Decay::Step { percent, every_ms } => format!("{percent} % less every {}", duration(every_ms)),
    }
}
