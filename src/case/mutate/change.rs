//! What can be changed at a place, in words, and the change itself. A number moves by one step either way: one in its second
//! significant digit, and a whole number by no less than one (`5` to 4 and 6, `180d` to 170d and 190d, `1.25` to 1.15 and 1.35).

use super::RulebookText;
use super::walk::PlaceContext;
use crate::points::Points;
use crate::rulebook::derived::Mapped;
use crate::rulebook::expr::{Atom, Expr, Types};
use crate::rulebook::logic::Form;
use crate::rulebook::{LeadMoment, Rulebook};
use crate::value::Number;
use crate::value::duration::{DAY_MS, HOUR_MS, MINUTE_MS, format_duration};

/// A place that can be changed.
#[derive(Debug)]
pub(super) enum Site<'m> {
    /// A number of points.
    Points(&'m mut Points),
    /// A number.
    Number(&'m mut Number),
    /// A duration, in milliseconds.
    Ms(&'m mut i64),
    /// A whole number above 0.
    Count(&'m mut usize),
    /// A condition: it is negated.
    Condition(&'m mut Expr),
    /// The parts of a condition: each is dropped.
    Parts(&'m mut Vec<Expr>),
    /// What records a stage or a return: each is dropped.
    Records(&'m mut Vec<LeadMoment>),
    /// An entry of a map: it is dropped.
    Entry(&'m mut Mapped, usize),
    /// The text of a band, and another one that takes its place.
    Text(&'m mut String, String),
    /// What a derived field comes to otherwise: it is dropped, if there is one.
    Rest(&'m mut Option<String>),
}

/// The changes of a place, in words.
pub(super) fn changes(site: &Site<'_>, context: &PlaceContext<'_>, source: &RulebookText<'_>) -> Vec<String> {
    let of = context.of;
    let key = context.keys.last().map_or_else(String::new, |key| format!("{key} "));
    let moved = |from: String, to: [Option<String>; 2]| {
        let said = source.saying(context.place.span, &from).filter(|_| context.keys.is_empty());
        let from = said.map_or_else(|| format!("{key}{from}"), |said| format!("`{said}`"));
        to.into_iter().flatten().map(|to| format!("{of}: {from} → {to}")).collect::<Vec<_>>()
    };
    match site {
        Site::Points(points) => moved(points.to_string(), both(|up| Some(stepped_points(**points, up).to_string()))),
        Site::Number(number) => moved(number.to_string(), both(|up| Some(stepped_number(**number, up).to_string()))),
        Site::Ms(ms) => moved(format_duration(**ms), both(|up| stepped_ms(**ms, up).map(format_duration))),
        Site::Count(count) => moved(count.to_string(), both(|up| stepped_count(**count, up).map(|n| n.to_string()))),
        Site::Condition(Expr { form: Form::All(_) | Form::Any(_) | Form::AtLeast(..), .. }) => Vec::new(),
        Site::Condition(expr) => vec![format!("{of}: {} negated", words(expr, context, source))],
        Site::Entry(mapped, target) => vec![format!("{of}: entry {} dropped", mapped.targets[*target])],
        Site::Text(text, other) => vec![format!("{of}: {key}{text} → {other}")],
        Site::Rest(rest) => rest.iter().map(|text| format!("{of}: `{}: {text}` dropped", key.trim_end())).collect(),
        Site::Records(records) if records.len() < 2 => Vec::new(),
        Site::Records(records) => {
            records.iter().map(|record| format!("{of}: {} dropped", record_words(record, source.rulebook))).collect()
        }
        Site::Parts(parts) if parts.len() < 2 => Vec::new(),
        Site::Parts(parts) => {
            parts.iter().map(|part| format!("{of}: {} dropped", words(part, context, source))).collect()
        }
    }
}

fn both(step: impl Fn(bool) -> Option<String>) -> [Option<String>; 2] {
    [step(true), step(false)]
}

/// A condition, as it is written where that says what it is.
fn words(expr: &Expr, context: &PlaceContext<'_>, source: &RulebookText<'_>) -> String {
    let name = |field| source.rulebook.name_on(context.side, field);
    match &expr.form {
        Form::Leaf(Atom::Test { .. } | Atom::Compare { .. }) => format!("`{}`", source.written(expr.place.whole())),
        Form::Leaf(Atom::Present(field)) => format!("`present: {}`", name(*field)),
        Form::Leaf(Atom::Stage(stage)) => format!("`stage: {}`", source.rulebook.stages[*stage].name),
        Form::Leaf(Atom::Grade(grades)) => format!("`grade: [{}]`", grades.join(", ")),
        Form::Not(inner) => match &inner.form {
            Form::Leaf(Atom::Present(field)) => format!("`absent: {}`", name(*field)),
            _ => words(inner, context, source),
        },
        Form::All(parts) | Form::Any(parts) | Form::AtLeast(_, parts) => {
            let parts: Vec<String> = parts.iter().map(|part| words(part, context, source)).collect();
            parts.join(" with ")
        }
    }
}

/// What records a stage or a return, as it is written.
fn record_words(record: &LeadMoment, rulebook: &Rulebook) -> String {
    match record {
        LeadMoment::Field(field) => format!("`{}`", rulebook.field_name(*field)),
        LeadMoment::Event(tally) => {
            let types = match rulebook.tallies.get(*tally).map(|tally| &tally.select.types) {
                Some(Types::Named(names)) => &names[..],
                _ => &[],
            };
            let written = |name: &String| {
                let mention = rulebook.mentions.iter().find(|mention| mention.name == *name);
                mention.map_or_else(|| name.clone(), |mention| mention.written.clone())
            };
            format!("`event: {}`", types.iter().map(written).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Makes a change; [`changes`] counts them in the same order.
pub(super) fn change(site: Site<'_>, variant: usize) {
    let up = variant == 0;
    match site {
        Site::Points(points) => *points = stepped_points(*points, up),
        Site::Number(number) => *number = stepped_number(*number, up),
        Site::Ms(ms) => {
            // Where there is no shorter one, the only change is the longer one.
            *ms = stepped_ms(*ms, up).unwrap_or(*ms);
        }
        Site::Count(count) => *count = stepped_count(*count, up).unwrap_or(*count),
        Site::Condition(expr) => {
            let whole = std::mem::replace(expr, Expr::nowhere(Form::All(Vec::new())));
            *expr = match whole.form {
                Form::Not(inner) => *inner,
                form => Expr { form, ..whole }.negated(),
            };
        }
        Site::Entry(mapped, dropped) => {
            mapped.by_text.retain(|_, target| *target != dropped);
            mapped.entries.retain(|entry| entry.target != dropped);
        }
        Site::Text(text, other) => *text = other,
        Site::Rest(text) => *text = None,
        Site::Records(records) => {
            if variant < records.len() {
                records.remove(variant);
            }
        }
        Site::Parts(parts) => {
            if variant < parts.len() {
                parts.remove(variant);
            }
        }
    }
}

/// One in the second significant digit; of a whole number no less than one.
fn step(value: i64, one: i64) -> i64 {
    let mut step = 1;
    while step <= i64::MAX / 100 && value.unsigned_abs() / 100 >= step.unsigned_abs() {
        step *= 10;
    }
    if value % one == 0 { step.max(one) } else { step }
}

fn towards(value: i64, step: i64, up: bool) -> i64 {
    if up { value.saturating_add(step) } else { value.saturating_sub(step) }
}

fn stepped_points(points: Points, up: bool) -> Points {
    let hundredths = points.hundredths();
    Points::from_hundredths(towards(hundredths, step(hundredths, 100), up))
}

fn stepped_number(number: Number, up: bool) -> Number {
    Number::from_micros(towards(number.micros(), step(number.micros(), 1_000_000), up))
}

/// In the largest unit that the duration is a whole number of; never down to nothing.
fn stepped_ms(ms: i64, up: bool) -> Option<i64> {
    let unit = [DAY_MS, HOUR_MS, MINUTE_MS].into_iter().find(|unit| ms % unit == 0).unwrap_or(1);
    let stepped = towards(ms / unit, step(ms / unit, 1), up) * unit;
    (stepped > 0).then_some(stepped)
}

fn stepped_count(count: usize, up: bool) -> Option<usize> {
    if up { count.checked_add(1) } else { count.checked_sub(1).filter(|count| *count > 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_one_in_the_second_significant_digit() {
        let points = |hundredths| Points::from_hundredths(hundredths);
        for (from, up, down) in
            [(4500, 4600, 4400), (10_000, 11_000, 9000), (500, 600, 400), (-1500, -1400, -1600), (0, 100, -100)]
        {
            assert_eq!(stepped_points(points(from), true), points(up));
            assert_eq!(stepped_points(points(from), false), points(down));
        }
        let number = |micros| Number::from_micros(micros);
        assert_eq!(stepped_number(number(1_250_000), true), number(1_350_000));
        assert_eq!(stepped_number(number(1_000_000_000), false), number(900_000_000));
        assert_eq!(stepped_ms(180 * DAY_MS, true), Some(190 * DAY_MS));
        assert_eq!(stepped_ms(24 * HOUR_MS, false), None);
        assert_eq!(stepped_ms(36 * HOUR_MS, false), Some(35 * HOUR_MS));
        assert_eq!(stepped_count(1, false), None);
    }
}
