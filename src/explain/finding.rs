//! What became of a condition: its truth, its parts with theirs, and the values under them.

use super::claim::{Claim, Measured, Named, Since, Statement, Subject};
use super::found::{Found, IdleFrom, Tallied};
use super::occurrences::{Occurrence, occurrences};
use super::view::View;
use crate::rulebook::expr::{Atom, Expr, FieldRef, Measure, Term};
use crate::rulebook::logic::Form;
use crate::rulebook::{Rulebook, Side};
use crate::score::{Facts, Truth, evaluate, latest_past, quantity};
use crate::value::{Instant, Value};
use serde::Serialize;

/// A condition with its truth.
#[derive(Clone, Debug, Serialize)]
pub struct Finding<'r> {
    #[serde(flatten)]
    pub what: What<'r>,
    pub truth: Truth,
}

/// What a condition asks.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum What<'r> {
    Parts {
        #[serde(flatten)]
        join: Join,
        parts: Vec<Finding<'r>>,
    },
    Leaf(Leaf<'r>),
}

/// How many of its parts a condition asks for; the opposite has one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Join {
    All,
    Any,
    AtLeast { n: usize },
    Not,
}

/// A condition without parts.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "form", rename = "test")]
pub struct Leaf<'r> {
    pub subject: Named<'r, Subject<'r>>,
    pub claim: Named<'r, Claim<'r>>,
    /// What was found; of a comparison the left side, then the right.
    #[serde(rename = "values")]
    pub readings: Vec<NamedValue<'r>>,
}

impl<'r> Leaf<'r> {
    /// The opposite of its claim.
    pub(crate) fn denial(&self) -> Named<'r, Claim<'r>> {
        Named { it: self.claim.it.denied(), ..self.claim }
    }
}

/// A value with where it comes from.
#[derive(Clone, Debug, Serialize)]
pub struct NamedValue<'r> {
    #[serde(rename = "name")]
    pub of: Named<'r, Subject<'r>>,
    #[serde(rename = "value")]
    pub found: Found,
    /// The cell's text, where that could not be read.
    #[serde(rename = "unreadable_cell")]
    pub unreadable: Option<String>,
    /// For a measure what it counted.
    #[serde(rename = "events")]
    pub tallied: Option<Tallied<'r>>,
}

/// Where the values under a condition are looked up.
pub(super) struct Eye<'e, 'v, 'p, 'r, F> {
    pub facts: &'e F,
    pub rulebook: &'r Rulebook,
    pub side: Side,
    /// None inside `where`, which names no measures.
    pub view: Option<&'e View<'v, 'p, 'r>>,
}

impl<'r> View<'_, '_, 'r> {
    /// What became of a condition over the lead.
    pub(super) fn finding(&self, expr: &'r Expr) -> Finding<'r> {
        let eye = Eye { facts: self.facts, rulebook: self.rulebook, side: Side::Lead, view: Some(self) };
        eye.finding(expr)
    }

    /// A field as it was read.
    pub(super) fn reading(&self, field: FieldRef) -> NamedValue<'r> {
        let eye = Eye { facts: self.facts, rulebook: self.rulebook, side: Side::Lead, view: Some(self) };
        eye.reading(Term::Field(field))
    }

    /// A measure over the lead's events, with the date from which on they count.
    pub(super) fn measured(&self, tally: usize) -> Measured<'r> {
        let tally = &self.rulebook.tallies[tally];
        Measured { tally, since: Since::InForce(latest_past(self.plan, &self.facts.lead, &tally.select.since)) }
    }

    fn unreadable(&self, field: usize) -> Option<String> {
        let cell = self.cell(field)?;
        let spec = self.rulebook.fields[field].spec()?;
        (!spec.reader.read(&cell).is_readable()).then(|| cell.clone().into_owned())
    }

    fn tallied(&self, tally: usize) -> Tallied<'r> {
        let events = occurrences(self, tally);
        let counted = |event: &&Occurrence<'_>| event.outcome.is_counted();
        let n_counted = events.iter().filter(counted).count();
        let newest = events.iter().filter(counted).filter_map(|event| event.time).max();
        let idle_from = if n_counted == 0 { self.idle_from(tally) } else { None };
        Tallied { n_counted, n_passed_over: events.len() - n_counted, newest, idle_from }
    }

    /// What idle days are counted from where there is no event: the latest of `from` and the `since` dates in force.
    fn idle_from(&self, tally: usize) -> Option<IdleFrom<'r>> {
        let tally = &self.rulebook.tallies[tally];
        let Measure::IdleDays { from } = tally.measure else { return None };
        let facts = self.facts;
        let start = from.and_then(|from| Some((from, facts.value(from).instant()?)));
        let bounds = tally.select.since.iter().filter_map(|field| Some((*field, facts.past_date(*field)?)));
        let (field, at): (_, Instant) = start.into_iter().chain(bounds).max_by_key(|(_, at)| *at)?;
        Some(IdleFrom { field: self.named(Subject::Field(field, Side::Lead)), at })
    }
}

impl<'r, F: Facts> Eye<'_, '_, '_, 'r, F> {
    /// What became of a condition.
    pub(super) fn finding(&self, expr: &'r Expr) -> Finding<'r> {
        let parts = |join, items: &'r [Expr]| What::Parts {
            join,
            parts: items.iter().map(|item| self.finding(item)).collect(),
        };
        let what = match &expr.form {
            Form::All(items) => parts(Join::All, items),
            Form::Any(items) => parts(Join::Any, items),
            Form::AtLeast(n, items) => parts(Join::AtLeast { n: *n }, items),
            Form::Not(inner) => match &inner.form {
                Form::Leaf(atom) => What::Leaf(self.leaf(atom, true)),
                _ => parts(Join::Not, std::slice::from_ref(inner)),
            },
            Form::Leaf(atom) => What::Leaf(self.leaf(atom, false)),
        };
        Finding { truth: evaluate(expr, self.facts), what }
    }

    fn leaf(&self, atom: &'r Atom, is_negated: bool) -> Leaf<'r> {
        let measured = |tally| self.measured(tally);
        let Statement { subject, claim } = Statement::of_atom(atom, self.side, measured, is_negated);
        let subject = self.named(subject);
        let mut readings: Vec<NamedValue<'r>> = atom.terms().map(|term| self.reading(term)).collect();
        readings.extend(match atom {
            Atom::Compare { right, times: Some(times), .. } => {
                let product = quantity(*right, self.facts).times(times.micros());
                Some(NamedValue::plain(self.named(Subject::Times(*times)), Found::of_quantity(product)))
            }
            Atom::Stage(stage) => Some(NamedValue::plain(subject, Found::Truth(self.facts.stage(*stage)))),
            Atom::Grade(_) => Some(NamedValue::plain(subject, Found::Text(self.facts.grade().to_owned()))),
            _ => None,
        });
        Leaf { subject, claim: self.named(claim), readings }
    }

    fn reading(&self, term: Term) -> NamedValue<'r> {
        let of = self.named(Subject::of(term, self.side, |tally| self.measured(tally)));
        match term {
            Term::Field(field) => {
                let found = Found::of_value(self.facts.value(field), field.part);
                // Of several values in a cell some may be readable.
                let may_be = matches!(self.facts.value(field), Value::Missing | Value::Set(_));
                let unreadable = self.view.filter(|_| may_be).and_then(|view| view.unreadable(field.field));
                NamedValue { unreadable, ..NamedValue::plain(of, found) }
            }
            Term::Score(score) => NamedValue::plain(of, Found::Points(self.facts.score(score))),
            Term::Tally(tally) => {
                let found = Found::of_quantity(self.facts.tally(tally));
                NamedValue { tallied: self.view.map(|view| view.tallied(tally)), ..NamedValue::plain(of, found) }
            }
        }
    }

    fn measured(&self, tally: usize) -> Measured<'r> {
        self.view.map_or_else(|| Measured::stated(self.rulebook, tally), |view| view.measured(tally))
    }

    fn named<T>(&self, it: T) -> Named<'r, T> {
        Named { rulebook: self.rulebook, it }
    }
}

impl<'r> NamedValue<'r> {
    fn plain(of: Named<'r, Subject<'r>>, found: Found) -> Self {
        Self { of, found, unreadable: None, tallied: None }
    }
}
