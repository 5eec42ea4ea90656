//! The small closed language that every rulebook construct lowers to.
//!
//! Three layers: a [`Term`] names a value (a lead's field, a tally of events, a score), an [`Expr`] is a three-valued condition
//! over terms, and a [`Worth`] turns conditions or tallies into points. The engine evaluates these nodes, the linter reads
//! them, `explain` shows them; nothing here knows YAML, files or leads.

use super::logic::Logic;
use super::place::Place;
use super::text_test::TextTest;
use crate::diagnostic::Span;
use crate::points::Points;
use crate::value::{InstantSpan, Number, Part};
use std::collections::HashMap;

pub(crate) use super::tally::{
    Aggregate, Calendar, Count, EventPoints, Measure, Selection, Stretch, Tally, Types, Yield,
};

/// A field of a lead or of an event, or a part of it (`email.domain`).
///
/// `slot` numbers the distinct field-and-part pairs that a rulebook reads, so that an evaluator can keep what it derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FieldRef {
    /// Index into [`super::Rulebook::fields`], or into [`super::Rulebook::event_fields`] inside `where`.
    pub field: usize,
    /// Which part of the value is meant.
    pub part: Part,
    /// Index into [`super::Rulebook::lead_slots`] or [`super::Rulebook::event_slots`].
    pub slot: usize,
}

/// A number that the roll-up of points yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScoreRef {
    /// The grand total.
    Total,
    /// A dimension, after weight and limits: index into [`super::Rulebook::dimensions`].
    Dimension(usize),
    /// A group, before the dimension's weight: index of the dimension, and of the group in it.
    Group(usize, usize),
    /// A score of an account: index into [`super::AccountRules::scores`]. No condition on a lead names one.
    Account(usize),
    /// How many leads an account has. No condition on a lead names it.
    AccountLeads,
}

/// Something that has a value for a lead (or, inside `where`, for an event).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// A field.
    Field(FieldRef),
    /// A measure over events: index into [`super::Rulebook::tallies`].
    Tally(usize),
    /// A score.
    Score(ScoreRef),
}

/// The four comparisons that know an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// `gt`
    Greater,
    /// `gte`
    AtLeast,
    /// `lt`
    Less,
    /// `lte`
    AtMost,
}

/// What a single term is held against.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A test of folded text (`matches` reads the text as written).
    Text(TextTest),
    /// `is` and `in` on numbers.
    Numbers(Vec<Number>),
    /// `is` and `in` on booleans.
    Booleans(Vec<bool>),
    /// `is` and `in` on dates: within one of these spans.
    Dates(Vec<InstantSpan>),
    /// An order against a number.
    Number(Order, Number),
    /// An order against a date; which end of the span counts is the operator's.
    Date(Order, InstantSpan),
    /// `within`: at most this many milliseconds before `as_of`, and not after it.
    Within(i64),
    /// `older_than`: at least this many milliseconds before `as_of`.
    OlderThan(i64),
}

/// A condition: true, false or unknown for a lead (inside `where`: for an event).
pub(crate) type Expr = Logic<Atom>;

/// A condition without parts.
#[derive(Clone, Debug, PartialEq)]
pub enum Atom {
    /// The field has a value; never unknown.
    Present(FieldRef),
    /// A term held against constants; unknown where the term has no value.
    Test {
        /// The term.
        term: Term,
        /// What it is held against.
        test: Test,
    },
    /// A term held against another, times a factor for numbers.
    Compare {
        /// The left side.
        left: Term,
        /// The operator.
        order: Order,
        /// The right side.
        right: Term,
        /// What the right side is multiplied by.
        times: Option<Number>,
    },
    /// The lead holds that stage: index into [`super::Rulebook::stages`].
    Stage(usize),
    /// The lead's grade is one of these texts.
    Grade(Vec<String>),
}

impl Atom {
    /// The terms that it reads, from left to right.
    pub fn terms(&self) -> impl Iterator<Item = Term> + use<> {
        let terms = match self {
            Self::Present(field) => [Some(Term::Field(*field)), None],
            Self::Test { term, .. } => [Some(*term), None],
            Self::Compare { left, right, .. } => [Some(*left), Some(*right)],
            Self::Stage(_) | Self::Grade(_) => [None, None],
        };
        terms.into_iter().flatten()
    }

    /// Whether it holds a term against something: such leaves stand where their operator does.
    #[must_use]
    pub fn has_operator(&self) -> bool {
        matches!(self, Self::Test { .. } | Self::Compare { .. })
    }
}

impl Expr {
    /// The terms that it reads, in order.
    pub fn terms(&self) -> impl Iterator<Item = Term> {
        self.leaves().into_iter().flat_map(|at| at.leaf.terms())
    }

    /// The tallies that it reads, in order.
    pub fn tallies(&self) -> impl Iterator<Item = usize> {
        self.terms().filter_map(|term| if let Term::Tally(tally) = term { Some(tally) } else { None })
    }

    /// The fields that it reads, in order.
    pub fn fields(&self) -> impl Iterator<Item = FieldRef> {
        self.terms().filter_map(|term| if let Term::Field(field) = term { Some(field) } else { None })
    }

    /// Whether it reads a score.
    #[must_use]
    pub fn reads_score(&self) -> bool {
        self.terms().any(|term| matches!(term, Term::Score(_)))
    }

    /// Where its operators stand, from the first to the last; none if it has none.
    #[must_use]
    pub fn operators(&self) -> Option<Span> {
        let spans = self.leaves().into_iter().filter(|at| at.leaf.has_operator()).map(|at| at.place.span);
        spans.reduce(Span::joined)
    }
}

/// A condition with the points that it gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// When these points are given.
    pub when: Expr,
    /// The points.
    pub points: Points,
    /// Where the arm stands in the rulebook.
    pub place: Place,
}

/// One entry of a `values` table.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key, as the field's type compares it.
    pub test: Test,
    /// The key as written; of phone numbers in E.164.
    pub key: String,
    /// Where the key stands.
    pub key_place: Place,
    /// The points.
    pub points: Points,
    /// Where the entry stands in the rulebook.
    pub place: Place,
}

/// How a criterion comes to its points.
#[derive(Clone, Debug, PartialEq)]
pub enum Worth {
    /// The first arm that is true; else `unknown` if one was unknown; else `otherwise`.
    Choose {
        /// The arms, in order.
        arms: Vec<Arm>,
        /// Where all are false.
        otherwise: Points,
        /// Where none is true and one is unknown.
        unknown: Points,
    },
    /// The entry for the field's value (for a set: of its first part that has one).
    Lookup {
        /// The field.
        field: FieldRef,
        /// The entries, in order.
        entries: Vec<Entry>,
        /// The entries by folded key.
        by_text: HashMap<String, usize>,
        /// Where no entry has the value.
        otherwise: Points,
        /// Where the field has no value.
        unknown: Points,
    },
    /// The sum over counted events, limited to ±`cap`; the tally's measure is [`Measure::Points`].
    Occurrences {
        /// The tally of the events' points.
        tally: usize,
        /// The limit of the sum's size.
        cap: Option<Points>,
    },
}
