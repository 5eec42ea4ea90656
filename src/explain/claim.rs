//! What a condition speaks of and what it says of that, as types. Words are made of them by whoever shows them.

use crate::rulebook::expr::{Atom, Expr, FieldRef, ScoreRef, Tally, Term};
use crate::rulebook::logic::Form;
use crate::rulebook::{Rulebook, Side};
use crate::value::{Instant, Number};

/// A thing of a rulebook, with the rulebook that its names are looked up in.
#[derive(Clone, Copy, Debug)]
pub struct Named<'r, T> {
    pub(crate) rulebook: &'r Rulebook,
    pub(crate) it: T,
}

/// What a condition speaks of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject<'r> {
    Field(FieldRef, Side),
    Score(ScoreRef),
    Measure(Measured<'r>),
    /// A stage, by index.
    Stage(usize, Side),
    Grade,
    /// So many times what a comparison has on its right.
    Times(Number),
}

/// A measure over events.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured<'r> {
    pub(crate) tally: &'r Tally,
    pub(crate) since: Since,
}

/// From when on events count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// From the dates on that the rulebook names, whatever they are.
    Stated,
    /// For one lead: from the latest of its dates on, if one is in force.
    InForce(Option<Instant>),
}

/// What is said of a subject, or its opposite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim<'r> {
    /// The condition, whose left side is the subject.
    pub(crate) atom: &'r Atom,
    /// Of a comparison the right side.
    pub(crate) right: Option<Subject<'r>>,
    pub(crate) is_negated: bool,
}

/// What a condition without parts says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statement<'r> {
    pub(crate) subject: Subject<'r>,
    pub(crate) claim: Claim<'r>,
}

impl<'r> Measured<'r> {
    /// A measure of no lead in particular.
    pub(crate) fn stated(rulebook: &'r Rulebook, tally: usize) -> Self {
        Self { tally: &rulebook.tallies[tally], since: Since::Stated }
    }
}

impl<'r> Subject<'r> {
    /// A term; `measured` knows the measures.
    pub(crate) fn of(term: Term, side: Side, measured: impl Fn(usize) -> Measured<'r>) -> Self {
        match term {
            Term::Field(field) => Self::Field(field, side),
            Term::Score(score) => Self::Score(score),
            Term::Tally(tally) => Self::Measure(measured(tally)),
        }
    }
}

impl Claim<'_> {
    /// The opposite.
    pub(crate) fn denied(self) -> Self {
        Self { is_negated: !self.is_negated, ..self }
    }
}

impl<'r> Statement<'r> {
    /// What a condition, or its negation, says; none if it has parts.
    pub(crate) fn of(expr: &'r Expr, side: Side, measured: impl Fn(usize) -> Measured<'r>) -> Option<Self> {
        match &expr.form {
            Form::Leaf(atom) => Some(Self::of_atom(atom, side, measured, false)),
            Form::Not(inner) => match &inner.form {
                Form::Leaf(atom) => Some(Self::of_atom(atom, side, measured, true)),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a condition without parts says, or its opposite.
    pub(super) fn of_atom(
        atom: &'r Atom,
        side: Side,
        measured: impl Fn(usize) -> Measured<'r>,
        is_negated: bool,
    ) -> Self {
        let mut terms = atom.terms().map(|term| Subject::of(term, side, &measured));
        let subject = match atom {
            Atom::Stage(stage) => Some(Subject::Stage(*stage, side)),
            _ => terms.next(),
        };
        let claim = Claim { atom, right: terms.next(), is_negated };
        Self { subject: subject.unwrap_or(Subject::Grade), claim }
    }
}
