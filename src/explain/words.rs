//! Conditions in plain words: what a term is called, and what a test asks of it.

use super::found::{grouped, local_time};
use super::view::View;
use crate::rulebook::Rulebook;
use crate::rulebook::expr::{Calendar, Count, Expr, FieldRef, Measure, Order, Selection, Tally, Term, Test, Types};
use crate::rulebook::{TextOp, TextTest};
use crate::score::{LeadCells, Plan, latest_past};
use crate::value::duration::DAY_MS;
use crate::value::{Decay, InstantSpan, Zone, duration::format_duration};

/// Whose fields a condition names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Lead,
    Event,
}

/// Whose words they are: the rulebook's, and for a lead what holds for it alone.
#[derive(Clone, Copy)]
pub(super) struct Voice<'w, 'r> {
    pub rulebook: &'w Rulebook,
    /// The lead whose dates are in force.
    pub lead: Option<(&'w Plan<'r>, &'w LeadCells<'r>)>,
}

/// How many values of a list are shown.
const MOST_VALUES: usize = 4;

/// What a term is called.
pub(super) fn term(voice: Voice<'_, '_>, term: Term, side: Side) -> String {
    match term {
        Term::Field(name) => field(voice, name, side),
        Term::Score(score) => voice.rulebook.score_name(score),
        Term::Tally(index) => tally(voice, &voice.rulebook.tallies[index]),
    }
}

/// A field's name.
pub(super) fn field(voice: Voice<'_, '_>, field: FieldRef, side: Side) -> String {
    match side {
        Side::Lead => voice.rulebook.field_name(field),
        Side::Event => voice.rulebook.event_field_name(field),
    }
}

/// A measure over events: `days with page_view in the last 30 days`.
pub(super) fn tally(voice: Voice<'_, '_>, tally: &Tally) -> String {
    let events = selection(voice, &tally.select);
    let named = |field: &FieldRef| voice.rulebook.event_field_name(*field);
    match &tally.measure {
        Measure::Count | Measure::Points { .. } => format!("number of {events}"),
        Measure::Days => format!("days with {events}"),
        Measure::Sum(field) => format!("sum of {} over {events}", named(field)),
        Measure::Max(field) => format!("largest {} of {events}", named(field)),
        Measure::Distinct(field) => format!("different {} among {events}", named(field)),
        Measure::IdleDays { .. } => {
            format!("days since the last of {events}").replacen("last of events", "last event", 1)
        }
        Measure::Newest => format!("time of the newest of {events}"),
        Measure::Earliest => format!("time of the first of {events}"),
    }
}

/// The events that a selection takes: `page_view events in the last 30 days where …`.
pub(super) fn selection(voice: Voice<'_, '_>, select: &Selection) -> String {
    let types = match &select.types {
        Types::Every | Types::Any => "events of any type".to_owned(),
        Types::Named(names) => format!("{} events", one_of(names)),
    };
    let source = select.source.map(|source| format!(" in {}", voice.rulebook.sources[source].name));
    let within = select.within_ms.map(|within_ms| format!(" in the last {}", duration(within_ms)));
    let filter = select.filter.as_ref().map(|filter| format!(" where {}", condition(voice, filter, Side::Event)));
    [Some(types), source, within, since(voice, select), filter].into_iter().flatten().collect()
}

/// From when on events count: for a lead the date itself, nothing where no such date is in force.
fn since(voice: Voice<'_, '_>, select: &Selection) -> Option<String> {
    if select.since.is_empty() {
        return None;
    }
    let names: Vec<String> = select.since.iter().map(|field| voice.rulebook.field_name(*field)).collect();
    let names = names.join(" or ");
    let Some((plan, lead)) = voice.lead else { return Some(format!(" since {names}")) };
    let date = latest_past(plan, lead, &select.since)?;
    Some(format!(" since {} ({names})", local_time(date, &voice.rulebook.zone)))
}

/// A whole condition in one line.
pub(super) fn condition(voice: Voice<'_, '_>, expr: &Expr, side: Side) -> String {
    let list = |items: &[Expr], between: &str| {
        let parts: Vec<String> = items.iter().map(|item| condition(voice, item, side)).collect();
        parts.join(between)
    };
    match expr {
        Expr::All(items) => list(items, " and "),
        Expr::Any(items) => format!("({})", list(items, " or ")),
        Expr::AtLeast(n, items) => format!("at least {n} of ({})", list(items, "; ")),
        Expr::Not(inner) => match leaf(voice, inner, side, true) {
            Some((subject, claim)) => format!("{subject} {claim}"),
            None => format!("not ({})", condition(voice, inner, side)),
        },
        _ => leaf(voice, expr, side, false).map_or_else(String::new, |(subject, claim)| format!("{subject} {claim}")),
    }
}

/// The subject and the claim of a condition without parts; none if it has parts.
pub(super) fn leaf(voice: Voice<'_, '_>, expr: &Expr, side: Side, is_negated: bool) -> Option<(String, String)> {
    let pick = |plain: &str, negated: &str| if is_negated { negated.to_owned() } else { plain.to_owned() };
    Some(match expr {
        Expr::Present(name) => (field(voice, *name, side), pick("has a value", "has no value")),
        Expr::Test { term: subject, test, .. } => (term(voice, *subject, side), claim(voice, test, is_negated)),
        Expr::Compare { left, order, right, times, .. } => {
            let factor = times.map_or_else(String::new, |times| format!("{times} × the "));
            (
                term(voice, *left, side),
                format!("{} {factor}{}", order_words(*order, is_negated), term(voice, *right, side)),
            )
        }
        Expr::Stage(stage) => (format!("stage {}", voice.rulebook.stages[*stage].name), pick("is held", "is not held")),
        Expr::Grade(grades) => ("grade".to_owned(), pick("is ", "is not ") + &one_of(grades)),
        Expr::All(_) | Expr::Any(_) | Expr::AtLeast(..) | Expr::Not(_) => return None,
    })
}

fn claim(voice: Voice<'_, '_>, test: &Test, is_negated: bool) -> String {
    let not = if is_negated { "not " } else { "" };
    let texts = |items: Vec<String>| format!("is {not}{}", one_of(&items));
    match test {
        Test::Text(test) => text_claim(test, is_negated),
        Test::Numbers(numbers) => texts(numbers.iter().map(ToString::to_string).collect()),
        Test::Booleans(booleans) => texts(booleans.iter().map(ToString::to_string).collect()),
        Test::Dates(spans) => texts(spans.iter().map(|span| date(*span, &voice.rulebook.zone)).collect()),
        Test::Number(order, number) => format!("{} {}", order_words(*order, is_negated), grouped(&number.to_string())),
        Test::Date(order, span) => {
            let words = match order {
                Order::Greater => "after",
                Order::AtLeast => "on or after",
                Order::Less => "before",
                Order::AtMost => "on or before",
            };
            format!("{not}{words} {}", date(*span, &voice.rulebook.zone))
        }
        Test::Within(ms) => format!("{not}in the last {}", duration(*ms)),
        Test::OlderThan(ms) => format!("{not}{} ago or earlier", duration(*ms)),
    }
}

fn text_claim(test: &TextTest, is_negated: bool) -> String {
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
        return format!("{verb} of the words {}", listed(&test.values));
    }
    format!("{} {}", if is_negated { negated } else { plain }, one_of(&test.values))
}

/// `at least`, `below`; negated what is left.
fn order_words(order: Order, is_negated: bool) -> &'static str {
    match (order, is_negated) {
        (Order::Greater, false) | (Order::AtMost, true) => "above",
        (Order::AtLeast, false) | (Order::Less, true) => "at least",
        (Order::Less, false) | (Order::AtLeast, true) => "below",
        (Order::AtMost, false) | (Order::Greater, true) => "at most",
    }
}

/// `A`, `A or B`, `one of A, B, C … (45 in all)`.
pub(super) fn one_of(items: &[String]) -> String {
    match items {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] if items.len() <= MOST_VALUES => format!("{} or {last}", first.join(", ")),
        _ => format!("one of {}", listed(items)),
    }
}

fn listed(items: &[String]) -> String {
    if items.len() <= MOST_VALUES {
        return items.join(", ");
    }
    format!("{} … ({} in all)", items[..MOST_VALUES - 1].join(", "), items.len())
}

/// `30 days`, `36 hours`.
pub(super) fn duration(ms: i64) -> String {
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

/// `month`.
pub(super) fn period(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Day => "day",
        Calendar::Week => "week",
        Calendar::Month => "month",
        Calendar::Quarter => "quarter",
        Calendar::Year => "year",
    }
}

/// How an occurrence criterion gives its points: `+12 for each day with …, half after 30 days`.
pub(super) fn terms_of(view: &View<'_, '_>, tally: &Tally) -> String {
    let Measure::Points { points, count, at_most, decay } = &tally.measure else { return String::new() };
    let count = match count {
        Count::Each => " each".to_owned(),
        Count::Once => " once, for the newest".to_owned(),
        Count::Per(calendar) => format!(" once a {}, for the newest", period(*calendar)),
        Count::Distinct(field) => format!(" once for each {}", view.rulebook.event_field_name(*field)),
    };
    let limit = at_most.map_or_else(String::new, |limit| format!(", for the {limit} newest at most"));
    let decay = match decay {
        None => String::new(),
        Some(Decay::HalfLife { half_life_ms }) => format!(", half of it left after {}", duration(*half_life_ms)),
        Some(Decay::Linear { duration_ms }) => format!(", fading evenly to nothing in {}", duration(*duration_ms)),
        Some(Decay::Step { percent, every_ms }) => format!(", {percent} % less every {}", duration(*every_ms)),
    };
    format!("{}{count}{limit}{decay}: {}", points.signed(), selection(view.voice(), &tally.select))
}
