//! Evaluates conditions over facts. The only place that says what an operator means; `explain` asks it about every part of
//! a condition, so that what it shows is what was decided.

use super::truth::{Quantity, Truth};
use crate::points::Points;
use crate::rulebook::expr::{Atom, Expr, FieldRef, Order, ScoreRef, Term, Test};
use crate::value::{Instant, InstantSpan, Moment, Number, Part, Value};
use std::cmp::Ordering;

/// What conditions can ask about: a lead with its tallies and scores, an account, an event, or another row of an export.
pub trait Facts {
    /// The instant that ages are counted from.
    fn as_of(&self) -> Instant;
    /// The value of a field.
    fn value(&self, field: FieldRef) -> &Value<'_>;
    /// Whether the field, or the part of it, has a value.
    fn is_present(&self, field: FieldRef) -> bool;
    /// Whether `holds` does for the text (as written, folded), or for one text of a set; none where there is no text.
    fn any_text(&self, field: FieldRef, holds: &mut dyn FnMut(&str, &str) -> bool) -> Option<bool>;
    // What follows only leads and accounts have. Conditions on rows of an export can't name it: the rulebook was refused if they did.

    /// A measure over the lead's events.
    fn tally(&self, _tally: usize) -> Quantity {
        Quantity::Missing
    }
    /// The times of all events of a tally that keeps them, with the reasons that they have; from the earliest on.
    fn moments(&self, _tally: usize) -> Vec<(Moment, Option<String>)> {
        Vec::new()
    }
    /// A score of the lead.
    fn score(&self, _score: ScoreRef) -> Points {
        Points::ZERO
    }
    /// Whether the lead holds a stage.
    fn stage(&self, _stage: usize) -> Truth {
        Truth::Unknown
    }
    /// The lead's grade; empty where none is defined.
    fn grade(&self) -> &str {
        Default::default()
    }
    /// Whether a condition without parts is true: what [`evaluate_atom`] says, whoever remembers it.
    fn truth(&self, atom: &Atom) -> Truth
    where
        Self: Sized,
    {
        evaluate_atom(atom, self)
    }
}

/// Whether a condition is true.
pub(crate) fn evaluate(expr: &Expr, facts: &impl Facts) -> Truth {
    expr.judge(&|atom: &Atom| facts.truth(atom))
}

/// Whether a condition without parts is true.
#[inline]
pub(crate) fn evaluate_atom(atom: &Atom, facts: &impl Facts) -> Truth {
    match atom {
        Atom::Present(field) => facts.is_present(*field).into(),
        Atom::Test { term, test } => held_against(*term, test, facts),
        Atom::Compare { left, order, right, times } => compare(*left, *order, *right, *times, facts),
        Atom::Stage(stage) => facts.stage(*stage),
        Atom::Grade(grades) => grades.iter().any(|grade| grade == facts.grade()).into(),
    }
}

/// The value of a term as a number or an instant.
pub(crate) fn quantity(term: Term, facts: &impl Facts) -> Quantity {
    match term {
        Term::Tally(tally) => facts.tally(tally),
        Term::Score(score) => {
            Quantity::Number { numerator: i128::from(facts.score(score).hundredths()), denominator: 100 }
        }
        Term::Field(field) => quantity_of(facts.value(field), field.part),
    }
}

/// A value, or a part of it, as a number or an instant.
#[inline]
pub(crate) fn quantity_of(value: &Value<'_>, part: Part) -> Quantity {
    match value {
        Value::Days(ms) => Quantity::days(*ms),
        Value::Instant(instant) | Value::Day(instant) => Quantity::Instant(*instant),
        value => value.number(part).map_or(Quantity::Missing, |number| Quantity::micros(i128::from(number.micros()))),
    }
}

/// The value of a term in millionths, where that is simply told: the short way for nearly all numbers that are asked for.
#[inline]
fn micros(term: Term, facts: &impl Facts) -> Option<i64> {
    match term {
        Term::Field(field) => facts.value(field).number(field.part).map(Number::micros),
        Term::Score(score) => facts.score(score).hundredths().checked_mul(10_000),
        Term::Tally(_) => None,
    }
}

/// Whether a test of numbers or dates holds of a quantity.
pub(super) fn quantity_against(value: Quantity, test: &Test, as_of: Instant) -> Truth {
    match test {
        Test::Text(_) | Test::Booleans(_) => Truth::Unknown,
        Test::Numbers(wanted) => {
            let equal = |number: &Number| {
                value.order(Quantity::micros(i128::from(number.micros()))).map(|order| order == Ordering::Equal)
            };
            Truth::from(wanted.iter().map(equal).try_fold(false, |found, equal| equal.map(|equal| found || equal)))
        }
        Test::Number(order, number) => {
            let found = value.order(Quantity::micros(i128::from(number.micros())));
            found.map(|found| order.admits(found)).into()
        }
        _ => match value {
            Quantity::Instant(instant) => on_instant(instant, test, as_of).into(),
            _ => Truth::Unknown,
        },
    }
}

/// Whether a single test holds of a term.
pub(crate) fn held_against(term: Term, test: &Test, facts: &impl Facts) -> Truth {
    match test {
        Test::Text(test) => match term {
            Term::Field(field) => facts.any_text(field, &mut |text, folded| test.holds(text, folded)).into(),
            Term::Tally(_) | Term::Score(_) => Truth::Unknown,
        },
        Test::Booleans(wanted) => match term {
            Term::Field(field) => match facts.value(field) {
                Value::Boolean(value) => wanted.contains(value).into(),
                _ => Truth::Unknown,
            },
            Term::Tally(_) | Term::Score(_) => Truth::Unknown,
        },
        Test::Number(order, number) => match micros(term, facts) {
            Some(micros) => order.admits(micros.cmp(&number.micros())).into(),
            None => quantity_against(quantity(term, facts), test, facts.as_of()),
        },
        _ => quantity_against(quantity(term, facts), test, facts.as_of()),
    }
}

/// Whether a test of dates holds of an instant.
fn on_instant(instant: Instant, test: &Test, as_of: Instant) -> bool {
    let age_ms = i128::from(as_of.ms()) - i128::from(instant.ms());
    match test {
        Test::Dates(spans) => spans.iter().any(|span| span.contains(instant)),
        Test::Date(order, span) => date_order(*order, instant, *span),
        Test::Within(ms) => age_ms >= 0 && age_ms < i128::from(*ms),
        Test::OlderThan(ms) => age_ms >= i128::from(*ms),
        _ => false,
    }
}

/// A bare date is the whole day: `lte` and `gt` look at its end, `gte` and `lt` at its start.
fn date_order(order: Order, instant: Instant, span: InstantSpan) -> bool {
    match order {
        Order::Greater => instant >= span.end,
        Order::AtMost => instant < span.end,
        Order::AtLeast => instant >= span.start,
        Order::Less => instant < span.start,
    }
}

fn compare(left: Term, order: Order, right: Term, times: Option<Number>, facts: &impl Facts) -> Truth {
    let mut right = quantity(right, facts);
    if let Some(times) = times {
        right = right.times(times.micros());
    }
    quantity(left, facts).order(right).map(|found| order.admits(found)).into()
}

impl Order {
    /// Whether a left side that stands so to the right side satisfies the operator.
    #[must_use]
    pub fn admits(self, found: Ordering) -> bool {
        match self {
            Self::Greater => found == Ordering::Greater,
            Self::AtLeast => found != Ordering::Less,
            Self::Less => found == Ordering::Less,
            Self::AtMost => found != Ordering::Greater,
        }
    }
}
