//! What became of a condition: its truth, its parts with theirs, and the values under them.

use super::found::{Found, Tallied};
use super::occurrences::{Occurrence, Outcome, occurrences};
use super::view::View;
use super::words::{self, Side, Voice};
use crate::rulebook::Rulebook;
use crate::rulebook::TextOp;
use crate::rulebook::expr::{Atom, Expr, FieldRef, Measure, Term, Test};
use crate::rulebook::logic::Form;
use crate::score::{Facts, Truth, evaluate, quantity};
use crate::value::{Instant, Value};

/// A condition with its truth.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Whether it is true.
    pub truth: Truth,
    /// What it asks.
    pub what: What,
}

/// What a condition asks.
#[derive(Clone, Debug)]
pub enum What {
    /// All of these.
    All(Vec<Finding>),
    /// One of these.
    Any(Vec<Finding>),
    /// At least so many of these.
    AtLeast(usize, Vec<Finding>),
    /// The opposite.
    Not(Box<Finding>),
    /// A condition without parts.
    Leaf(Leaf),
}

/// A condition without parts.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// What it speaks of: `email.domain`, `days with page_view events`.
    pub subject: String,
    /// What it asks of it: `at least 3`.
    pub claim: String,
    /// The opposite of the claim: `below 3`.
    pub denial: String,
    /// What kind of claim it is.
    pub asks: Asks,
    /// What was found; of a comparison the left side, then the right.
    pub readings: Vec<Reading>,
}

/// What kind of claim a condition makes. Whoever shows it decides by this whether the claim already says what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Whether a stage is held.
    Stage,
    /// That there is no value.
    NoValue,
    /// That it is this one value.
    Exactly(Found),
    /// Anything else.
    Other,
}

impl Asks {
    fn of(atom: &Atom, is_negated: bool) -> Self {
        let exactly = match atom {
            Atom::Stage(_) => return Self::Stage,
            Atom::Present(_) if is_negated => return Self::NoValue,
            _ if is_negated => None,
            Atom::Grade(marks) => only(marks).map(|mark| Found::Text(mark.clone())),
            Atom::Test { test: Test::Text(test), .. } if test.op == TextOp::Is => {
                only(&test.values).map(|text| Found::Text(text.clone()))
            }
            Atom::Test { test: Test::Numbers(numbers), .. } => {
                only(numbers).map(|number| Found::Number(number.to_string()))
            }
            Atom::Test { test: Test::Booleans(booleans), .. } => only(booleans).map(|one| Found::Boolean(*one)),
            _ => None,
        };
        exactly.map_or(Self::Other, Self::Exactly)
    }
}

fn only<T>(items: &[T]) -> Option<&T> {
    if let [one] = items { Some(one) } else { None }
}

impl Leaf {
    /// Whether the claim, where it is true, says all there is to say of a value: `country is France`, found `France`.
    #[must_use]
    pub fn says(&self, reading: &Reading) -> bool {
        // A cell that can't be read, and what a measure counted, are told in any case.
        let tells_more = reading.unreadable.is_some()
            || reading.tallied.as_ref().is_some_and(|tallied| tallied.newest.is_some() || tallied.from.is_some());
        match &self.asks {
            Asks::Stage => true,
            _ if tells_more => false,
            Asks::NoValue => reading.found == Found::Missing,
            Asks::Exactly(Found::Text(text)) => match &reading.found {
                Found::Text(found) => found == text,
                Found::Texts(found) => matches!(&found[..], [only] if only == text),
                _ => false,
            },
            Asks::Exactly(Found::Number(number)) => match &reading.found {
                Found::Number(found) => found == number,
                Found::Points(found) => found.to_string() == *number,
                _ => false,
            },
            Asks::Exactly(value) => *value == reading.found,
            Asks::Other => false,
        }
    }
}

/// A value with where it comes from.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What it is the value of.
    pub name: String,
    /// The value.
    pub found: Found,
    /// The cell's text, where that could not be read.
    pub unreadable: Option<String>,
    /// For a measure what it counted.
    pub tallied: Option<Tallied>,
}

/// Where the values under a condition are looked up.
pub(super) struct Eye<'e, 'v, 'r, F> {
    pub facts: &'e F,
    pub rulebook: &'e Rulebook,
    pub side: Side,
    /// None inside `where`, which names no measures.
    pub view: Option<&'e View<'v, 'r>>,
}

impl View<'_, '_> {
    /// What became of a condition over the lead.
    pub(super) fn finding(&self, expr: &Expr) -> Finding {
        let eye = Eye { facts: self.lead.facts, rulebook: self.rulebook, side: Side::Lead, view: Some(self) };
        eye.finding(expr)
    }

    /// A field as it was read.
    pub(super) fn reading(&self, field: FieldRef) -> Reading {
        let eye = Eye { facts: self.lead.facts, rulebook: self.rulebook, side: Side::Lead, view: Some(self) };
        eye.reading(Term::Field(field))
    }

    fn unreadable(&self, field: usize) -> Option<String> {
        let cell = self.lead.cell(field)?;
        let reader = &self.rulebook.fields[field].spec.reader;
        reader.read(&cell).is_err().then(|| cell.clone().into_owned())
    }

    fn tallied(&self, tally: usize) -> Tallied {
        let events = occurrences(self, tally);
        let counted = |event: &&Occurrence| event.outcome == Outcome::Counted;
        let n_counted = events.iter().filter(counted).count();
        let newest = events.iter().filter(counted).filter_map(|event| event.time).max();
        let from = if n_counted == 0 { self.idle_from(tally) } else { None };
        let counts = words::counted(self.voice(), &self.rulebook.tallies[tally]);
        Tallied { n_counted, n_passed_over: events.len() - n_counted, newest, counts, from }
    }

    /// What idle days are counted from where there is no event: the latest of `from` and the `since` dates in force.
    fn idle_from(&self, tally: usize) -> Option<(String, Instant)> {
        let tally = &self.rulebook.tallies[tally];
        let Measure::IdleDays { from } = tally.measure else { return None };
        let facts = self.lead.facts;
        let start = from.and_then(|from| match facts.value(from) {
            Value::Instant(at) => Some((from, *at)),
            _ => None,
        });
        let bounds = tally.select.since.iter().filter_map(|field| Some((*field, facts.past_date(*field)?)));
        let (field, at) = start.into_iter().chain(bounds).max_by_key(|(_, at)| *at)?;
        Some((words::term(Voice::terse(self.rulebook, None), Term::Field(field), Side::Lead), at))
    }
}

impl<'r, F: Facts> Eye<'_, '_, 'r, F> {
    fn voice(&self) -> Voice<'_, 'r> {
        let lead = self.view.map(|view| (view.plan, &*view.lead.facts.lead));
        Voice::terse(self.rulebook, lead)
    }

    /// What became of a condition.
    pub(super) fn finding(&self, expr: &Expr) -> Finding {
        let all = |items: &[Expr]| items.iter().map(|item| self.finding(item)).collect();
        let what = match &expr.form {
            Form::All(items) => What::All(all(items)),
            Form::Any(items) => What::Any(all(items)),
            Form::AtLeast(n, items) => What::AtLeast(*n, all(items)),
            Form::Not(inner) => match self.leaf(inner, true) {
                Some(leaf) => What::Leaf(leaf),
                None => What::Not(Box::new(self.finding(inner))),
            },
            Form::Leaf(_) => What::Leaf(self.leaf(expr, false).expect("it is one")),
        };
        Finding { truth: evaluate(expr, self.facts), what }
    }

    fn leaf(&self, expr: &Expr, is_negated: bool) -> Option<Leaf> {
        let Form::Leaf(own) = &expr.form else { return None };
        let (subject, claim) = words::leaf(self.voice(), expr, self.side, is_negated)?;
        let (_, denial) = words::leaf(self.voice(), expr, self.side, !is_negated)?;
        let mut readings: Vec<Reading> = own.terms().map(|term| self.reading(term)).collect();
        readings.extend(match own {
            Atom::Compare { right, times: Some(times), .. } => {
                let product = quantity(*right, self.facts).times(times.micros());
                Some(Reading::plain(format!("{times} × that"), Found::of_quantity(product)))
            }
            Atom::Stage(stage) => Some(Reading::plain(subject.clone(), Found::Truth(self.facts.stage(*stage)))),
            Atom::Grade(_) => Some(Reading::plain("grade".to_owned(), Found::Text(self.facts.grade().to_owned()))),
            _ => None,
        });
        let (claim, denial) = (claim.said(), denial.said());
        Some(Leaf { subject, claim, denial, asks: Asks::of(own, is_negated), readings })
    }

    fn reading(&self, term: Term) -> Reading {
        let name = words::term(self.voice(), term, self.side);
        match term {
            Term::Field(field) => {
                let found = Found::of_value(self.facts.value(field), field.part);
                let unreadable = self
                    .view
                    .filter(|_| self.facts.value(field).is_missing())
                    .and_then(|view| view.unreadable(field.field));
                Reading { name, found, unreadable, tallied: None }
            }
            Term::Score(score) => Reading::plain(name, Found::Points(self.facts.score(score))),
            Term::Tally(tally) => {
                let found = Found::of_quantity(self.facts.tally(tally));
                Reading { tallied: self.view.map(|view| view.tallied(tally)), ..Reading::plain(name, found) }
            }
        }
    }
}

impl Reading {
    fn plain(name: String, found: Found) -> Self {
        Self { name, found, unreadable: None, tallied: None }
    }
}
