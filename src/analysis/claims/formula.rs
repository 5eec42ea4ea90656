//! A condition, wanted true or false, as claims about single terms joined by "all" and "any".

use super::ranges::Ranges;
use super::state::{Allowed, beyond};
use crate::rulebook::expr::{Atom, Expr, FieldRef, Order, Term};
use crate::rulebook::logic::Form;
use crate::value::Number;

/// Beyond so many ways in which enough of some conditions hold, any may.
const MOST_WAYS: usize = 64;

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClaimKey {
    /// A field, a measure, a score.
    Term(Term),
    /// How one term stands to another, times a factor: below (−2), equal (0), above (2).
    Difference(Term, Term, Option<Number>),
    /// Whether the lead holds a stage.
    Stage(usize),
    /// Whether the CRM says that the lead entered a stage.
    Entered(usize),
}

impl ClaimKey {
    /// About a term.
    pub(crate) fn of(term: Term) -> Self {
        Self::Term(bare(term))
    }
}

/// The term by field and part alone: the slot of a whole field is not known where only a part of it is read.
fn bare(term: Term) -> Term {
    match term {
        Term::Field(field) => Term::Field(FieldRef { slot: 0, ..field }),
        other => other,
    }
}

/// What is wanted of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WantedTruth {
    /// True.
    True,
    /// False.
    False,
    /// False or unknown.
    NotTrue,
    /// True or unknown.
    NotFalse,
}

impl WantedTruth {
    /// What is wanted of the inside of a `not`.
    fn negated(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::NotTrue => Self::NotFalse,
            Self::NotFalse => Self::NotTrue,
        }
    }

    /// Whether the test itself has to hold where its term has a value.
    fn holds(self) -> bool {
        matches!(self, Self::True | Self::NotFalse)
    }

    /// Whether a missing value will do.
    fn if_missing(self) -> bool {
        matches!(self, Self::NotTrue | Self::NotFalse)
    }
}

/// What a term is said to be.
#[derive(Clone, Debug)]
pub(crate) struct TermClaim<'r> {
    pub(super) key: ClaimKey,
    pub(super) allowed: Allowed<'r>,
    pub(super) if_missing: bool,
}

/// Claims, joined.
#[derive(Clone, Debug)]
pub(crate) enum Formula<'r> {
    /// Nothing is known of it: it may hold.
    Open,
    /// All hold.
    All(Vec<Formula<'r>>),
    /// One holds.
    Any(Vec<Formula<'r>>),
    /// One claim.
    Claim(TermClaim<'r>),
}

impl<'r> Formula<'r> {
    /// The condition, wanted so.
    pub(crate) fn of(expr: &'r Expr, wanted: WantedTruth) -> Self {
        match &expr.form {
            Form::Not(inner) => Self::of(inner, wanted.negated()),
            Form::Leaf(atom) => Self::of_atom(atom, wanted),
            Form::All(_) | Form::Any(_) | Form::AtLeast(..) => {
                let (n, parts) = expr.parts();
                at_least(n, parts, wanted)
            }
        }
    }

    fn of_atom(atom: &'r Atom, wanted: WantedTruth) -> Self {
        match atom {
            Atom::Present(field) => Self::presence(*field, wanted.holds()),
            Atom::Test { term, test } => Self::Claim(TermClaim {
                key: ClaimKey::of(*term),
                allowed: Allowed::by(test, wanted.holds()),
                if_missing: wanted.if_missing(),
            }),
            Atom::Compare { left, order, right, times } => {
                let side = beyond(*order, 0, 0);
                let side = if wanted.holds() { side } else { side.not() };
                let key = ClaimKey::Difference(bare(*left), bare(*right), *times);
                Self::Claim(TermClaim { key, allowed: Allowed::Numbers(side), if_missing: wanted.if_missing() })
            }
            Atom::Stage(stage) => Self::truth(ClaimKey::Stage(*stage), wanted),
            // Which grades exclude each other follows from scores, which are judged elsewhere.
            Atom::Grade(_) => Self::Open,
        }
    }

    /// The condition, unknown.
    pub(crate) fn unknown(expr: &'r Expr) -> Self {
        Self::All(vec![Self::of(expr, WantedTruth::NotTrue), Self::of(expr, WantedTruth::NotFalse)])
    }

    /// The field has a value, or has none.
    pub(crate) fn presence(field: FieldRef, is_present: bool) -> Self {
        let allowed = if is_present { Allowed::Anything } else { Allowed::Nothing };
        Self::Claim(TermClaim { key: ClaimKey::of(Term::Field(field)), allowed, if_missing: !is_present })
    }

    /// Something that is true, false or unknown by itself.
    pub(crate) fn truth(key: ClaimKey, wanted: WantedTruth) -> Self {
        let truth = if wanted.holds() { 2 } else { 0 };
        let allowed = Allowed::Numbers(Ranges::between(truth, truth));
        Self::Claim(TermClaim { key, allowed, if_missing: wanted.if_missing() })
    }

    /// The term stands so to 0.
    pub(crate) fn to_zero(term: Term, order: Order) -> Self {
        let allowed = Allowed::Numbers(beyond(order, 0, 0));
        Self::Claim(TermClaim { key: ClaimKey::of(term), allowed, if_missing: false })
    }
}

/// True when `n` are; not true when all but `n − 1` are not; and so for false.
fn at_least<'r>(n: usize, items: &'r [Expr], wanted: WantedTruth) -> Formula<'r> {
    let n_needed = if wanted.holds() { n } else { items.len() + 1 - n.min(items.len()) };
    let of = |item: &'r Expr| Formula::of(item, wanted);
    match n_needed {
        _ if n_needed == items.len() => return Formula::All(items.iter().map(of).collect()),
        1 => return Formula::Any(items.iter().map(of).collect()),
        _ => {}
    }
    let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..n_needed {
        let longer = ways.iter().flat_map(|way| {
            let next = way.last().map_or(0, |last| last + 1);
            (next..items.len()).map(move |item| way.iter().copied().chain([item]).collect())
        });
        ways = longer.collect();
        if ways.len() > MOST_WAYS {
            return Formula::Open;
        }
    }
    let all = |way: Vec<usize>| Formula::All(way.into_iter().map(|item| of(&items[item])).collect());
    Formula::Any(ways.into_iter().map(all).collect())
}
