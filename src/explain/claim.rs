//! What a condition speaks of and what it says of that, as types. Words are made of them by whoever shows them.

use crate::rulebook::expr::{Atom, Expr, FieldRef, Order, ScoreRef, Tally, Term, Test};
use crate::rulebook::logic::Form;
use crate::rulebook::{Rulebook, Side};
use crate::value::{Instant, Number};

/// A thing of a rulebook, with the rulebook that its names are looked up in.
#[derive(Clone, Copy, Debug)]
pub struct Named<'r, T> {
    /// The rulebook.
    pub rulebook: &'r Rulebook,
    /// The thing.
    pub it: T,
}

/// What a condition speaks of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject<'r> {
    /// A field of a lead or of an event.
    Field(FieldRef, Side),
    /// A score.
    Score(ScoreRef),
    /// A measure over events.
    Measure(Measured<'r>),
    /// A stage, by index.
    Stage(usize),
    /// The grade.
    Grade,
    /// So many times what a comparison has on its right.
    Times(Number),
}

/// A measure over events.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured<'r> {
    /// Which events, and what of them.
    pub tally: &'r Tally,
    /// From when on they count.
    pub since: Since,
}

/// From when on events count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// From the dates on that the rulebook names, whatever they are.
    Stated,
    /// For one lead: from the latest of its dates on, if one is in force.
    InForce(Option<Instant>),
}

/// What a condition says of its subject.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Claim<'r> {
    /// It has a value.
    Present,
    /// It passes a test.
    Passes(&'r Test),
    /// It compares so with something else, times a factor.
    Compares(Order, Option<Number>, Subject<'r>),
    /// It is held.
    Held,
    /// It is one of these texts.
    OneOf(&'r [String]),
}

/// A claim or its opposite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claimed<'r> {
    /// The claim.
    pub claim: Claim<'r>,
    /// Whether the opposite is said.
    pub is_negated: bool,
}

/// What a condition without parts says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statement<'r> {
    /// Of what.
    pub subject: Subject<'r>,
    /// What.
    pub claimed: Claimed<'r>,
}

impl<'r> Measured<'r> {
    /// A measure of no lead in particular.
    #[must_use]
    pub fn stated(rulebook: &'r Rulebook, tally: usize) -> Self {
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

impl Claimed<'_> {
    /// The opposite.
    #[must_use]
    pub fn denied(self) -> Self {
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
        let (subject, claim) = match atom {
            Atom::Present(field) => (Subject::Field(*field, side), Claim::Present),
            Atom::Test { term, test } => (Subject::of(*term, side, measured), Claim::Passes(test)),
            Atom::Compare { left, order, right, times } => {
                let right = Subject::of(*right, side, &measured);
                (Subject::of(*left, side, measured), Claim::Compares(*order, *times, right))
            }
            Atom::Stage(stage) => (Subject::Stage(*stage), Claim::Held),
            Atom::Grade(grades) => (Subject::Grade, Claim::OneOf(grades)),
        };
        Self { subject, claimed: Claimed { claim, is_negated } }
    }
}
