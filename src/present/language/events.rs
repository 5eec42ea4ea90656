//! Events in words: which are selected, what is measured of them, and how they give points.

use super::claims::{duration, elapsed, one_of};
use super::{Voice, condition, field};
use crate::explain::{Measured, Side, Since};
use crate::rulebook::expr::{Aggregate, Calendar, Count, EventPoints, FieldRef, Measure, Stretch, Types};
use crate::value::{Decay, Number};

/// A measure of no lead in particular.
pub(crate) fn stated(voice: Voice<'_>, tally: usize) -> Measured<'_> {
    Measured::stated(voice.rulebook, tally)
}

/// A measure over events: `days with page_view events in the last 30 days`.
pub(crate) fn tally(voice: Voice<'_>, measured: Measured<'_>) -> String {
    let the = voice.pick("", "the ");
    if let Some(counted) = counted(voice, measured) {
        let is_said = voice.is_plain() || matches!(measured.tally.measure, Measure::Count | Measure::Points { .. });
        return format!("{the}{}{counted}", if is_said { "number of " } else { "" });
    }
    let events = selection(voice, measured);
    let named = |name: &FieldRef| field(voice, *name, Side::Event);
    match &measured.tally.measure {
        Measure::OfField(Aggregate::Sum, field) => format!("{the}sum of {} over {events}", named(field)),
        Measure::OfField(Aggregate::Max, field) => format!("{the}largest {} of {events}", named(field)),
        Measure::OfField(Aggregate::Min, field) => format!("{the}smallest {} of {events}", named(field)),
        Measure::OfField(Aggregate::Average, field) => format!("{the}average {} of {events}", named(field)),
        Measure::Busiest(calendar) => format!("{the}largest number of {events} in one {}", period(*calendar)),
        Measure::OfField(Aggregate::First, field) => format!("{the}first {} of {events}", named(field)),
        Measure::OfField(Aggregate::Last, field) => format!("{the}last {} of {events}", named(field)),
        Measure::Earliest | Measure::EndMoment { is_first: true } | Measure::Moments { .. } => {
            format!("{the}time of the first of {events}")
        }
        _ => format!("{the}time of the newest of {events}"),
    }
}

/// Of a measure that is a number of things, those things; none for any other.
pub(crate) fn counted(voice: Voice<'_>, measured: Measured<'_>) -> Option<String> {
    let events = selection(voice, measured);
    Some(match &measured.tally.measure {
        Measure::Count | Measure::Points { .. } => events,
        Measure::Days => format!("days with {events}"),
        Measure::OfField(Aggregate::Distinct, name) => {
            format!("different {} among {events}", field(voice, *name, Side::Event))
        }
        Measure::IdleDays { from } => {
            let last = match types(voice, measured) {
                Some(types) => format!("of {types}"),
                None => "event of any type".to_owned(),
            };
            let start = from.filter(|_| voice.is_plain()).map(|from| field(voice, from, Side::Lead));
            let start = start.map_or_else(String::new, |from| format!(" (without any, since {from})"));
            format!("days since the last {last}{}{start}", limits(voice, measured))
        }
        Measure::OfField(
            Aggregate::Sum | Aggregate::Max | Aggregate::Min | Aggregate::Average | Aggregate::First | Aggregate::Last,
            _,
        )
        | Measure::Busiest(_)
        | Measure::Newest
        | Measure::Earliest
        | Measure::EndMoment { .. }
        | Measure::Moments { .. } => return None,
    })
}

/// The events that a measure looks at: `page_view events in the last 30 days where …`.
pub(crate) fn selection(voice: Voice<'_>, measured: Measured<'_>) -> String {
    let types = types(voice, measured).unwrap_or_else(|| "events of any type".to_owned());
    types + &limits(voice, measured)
}

/// Events by the names of their types; none where any type will do. Plainly the names are without what only machines need.
fn types(voice: Voice<'_>, measured: Measured<'_>) -> Option<String> {
    let Types::Named(names) = &measured.tally.select.types else { return None };
    Some(type_names(voice, names))
}

/// Events of some types: `email_open or email_click events`.
pub(super) fn type_names(voice: Voice<'_>, names: &[String]) -> String {
    let names = voice.rulebook.types_written(names).into_iter();
    let names: Vec<String> = names.map(|name| voice.pick(name.to_owned(), name.replace('_', " "))).collect();
    format!("{} events", one_of(voice.manner, &names))
}

/// Which of the events of these types.
fn limits(voice: Voice<'_>, measured: Measured<'_>) -> String {
    let select = &measured.tally.select;
    let preposition = voice.pick("in", "from");
    let source = select.source.map(|source| format!(" {preposition} {}", voice.rulebook.sources[source].name));
    let within = select.within_ms.map(|within_ms| format!(" in the last {}", duration(within_ms)));
    let filter = select.filter.as_ref().map(|filter| format!(" where {}", condition(voice, filter, Side::Event)));
    [source, within, since(voice, measured), stretch(voice, measured), filter].into_iter().flatten().collect()
}

/// From when on events count: for a lead the date itself, nothing where no such date is in force.
fn since(voice: Voice<'_>, measured: Measured<'_>) -> Option<String> {
    let fields = measured.tally.select.since.iter().filter(|name| !voice.said_since.contains(name));
    let names: Vec<String> = fields.map(|name| field(voice, *name, Side::Lead)).collect();
    if names.is_empty() {
        return None;
    }
    let names = names.join(" or ");
    match measured.since {
        Since::Stated => Some(voice.pick(format!(" since {names}"), format!(" after the date in {names}"))),
        Since::InForce(date) => Some(format!(" since {} ({names})", voice.rulebook.zone.wall(date?).minute())),
    }
}

/// Until when events count: `for 28 days`.
fn stretch(voice: Voice<'_>, measured: Measured<'_>) -> Option<String> {
    let Stretch { from, for_ms } = measured.tally.select.stretch.as_ref()?;
    let names: Vec<String> = from.iter().map(|name| field(voice, *name, Side::Lead)).collect();
    let names = names.join(" or ");
    let length = duration(*for_ms);
    Some(voice.pick(format!(" for {length} from {names}"), format!(" and at most {length} after the date in {names}")))
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
pub(crate) fn terms(voice: Voice<'_>, measured: Measured<'_>) -> String {
    let Measure::Points { points, count, at_most, decay } = &measured.tally.measure else { return String::new() };
    let count = count_words(voice, count);
    let limit = at_most.map_or_else(String::new, |limit| format!(", for the {limit} newest at most"));
    let fading = decay.map_or_else(String::new, |fading| format!(", {}", self::decay(fading)));
    let points = match points {
        EventPoints::Fixed(points) => points.signed().to_string(),
        EventPoints::Field { field: name, times } => own_points(voice, *name, *times),
    };
    format!("{points} {count}{limit}{fading}: {}", selection(voice, measured))
}

/// Points that a field says: `rating × 2`.
fn own_points(voice: Voice<'_>, name: FieldRef, times: Number) -> String {
    let name = field(voice, name, Side::Event);
    let of = voice.pick(name.clone(), format!("its own number of points, from {name}"));
    if times == Number::from_micros(1_000_000) { of } else { format!("{of} × {times}") }
}

/// How events are bundled: `each`, `once a day, for the newest`.
fn count_words(voice: Voice<'_>, count: &Count) -> String {
    match count {
        Count::Each => "each".to_owned(),
        Count::Once => "once, for the newest".to_owned(),
        Count::Per(calendar) => format!("once a {}, for the newest", period(*calendar)),
        Count::Apart(gap_ms) => format!("at most once in any {}, counted back from the newest", elapsed(*gap_ms)),
        Count::Distinct(name) => format!("once for each {}", field(voice, *name, Side::Event)),
    }
}

/// How points fade: `half of it left after 30 days`.
pub(crate) fn decay(decay: Decay) -> String {
    match decay {
        Decay::HalfLife { half_life_ms } => format!("half of it left after {}", duration(half_life_ms)),
        Decay::Linear { duration_ms } => format!("fading evenly to nothing in {}", duration(duration_ms)),
        Decay::Step { percent, every_ms } => format!("{percent} % less every {}", duration(every_ms)),
        Decay::Compound { percent, every_ms } => {
            format!("{percent} % of what is left lost every {}", duration(every_ms))
        }
    }
}
