//! Can this be? Conditions as claims about what a lead's (or an event's) terms are, and a search for a lead of which all hold.
//!
//! Exact for numbers, dates, truths and lists of texts; of anything else it takes the side of "can be". So an answer of "no
//! lead can be so" always holds, and nothing is found that isn't there. It knows no points: what scores can come to is
//! asked elsewhere.

mod formula;
mod ranges;
mod state;
mod text;

use formula::TermClaim;
pub(crate) use formula::{ClaimKey, Formula, WantedTruth};
pub(crate) use ranges::Ranges;
pub(super) use state::{Allowed, State};

use crate::rulebook::expr::{Expr, FieldRef, Term, Yield};
use crate::rulebook::{Rulebook, Side};
use crate::score::Truth;
use crate::value::{Part, Type};

/// After so many steps of the search anything can be.
const MOST_STEPS: usize = 20_000;

/// Answers what can be of one rulebook's leads, or of its events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claims<'r> {
    rulebook: &'r Rulebook,
    side: Side,
}

/// What is assumed of the terms so far.
type World<'r> = Vec<(ClaimKey, State<'r>)>;

impl<'r> Claims<'r> {
    /// About leads, or about events: for conditions inside `where`.
    pub(crate) fn about(side: Side, rulebook: &'r Rulebook) -> Self {
        Self { rulebook, side }
    }

    /// Whether nothing makes the condition that.
    pub(crate) fn is_never(self, truth: Truth, expr: &'r Expr) -> bool {
        !self.can_be(&match truth {
            Truth::True => Formula::of(expr, WantedTruth::True),
            Truth::False => Formula::of(expr, WantedTruth::False),
            Truth::Unknown => Formula::unknown(expr),
        })
    }

    /// Whether all of these can be at once; also where that can't be told.
    pub(crate) fn can_all_be(self, all: impl IntoIterator<Item = Formula<'r>>) -> bool {
        self.can_be(&Formula::All(all.into_iter().collect()))
    }

    /// Whether some lead is as the formula says; also where that can't be told.
    pub(crate) fn can_be(self, formula: &Formula<'r>) -> bool {
        let mut n_steps = MOST_STEPS;
        self.search(vec![formula], Vec::new(), Vec::new(), &mut n_steps)
    }

    fn search<'f>(
        self,
        mut todo: Vec<&'f Formula<'r>>,
        mut choices: Vec<&'f [Formula<'r>]>,
        mut world: World<'r>,
        n_steps: &mut usize,
    ) -> bool {
        while let Some(next) = todo.pop() {
            let Some(left) = n_steps.checked_sub(1) else { return true };
            *n_steps = left;
            match next {
                Formula::Open => {}
                Formula::All(items) => todo.extend(items),
                Formula::Any(items) => choices.push(items),
                Formula::Claim(claim) => {
                    if !self.admit(&mut world, claim) {
                        return false;
                    }
                }
            }
        }
        let Some(items) = choices.pop() else { return true };
        items.iter().any(|item| self.search(vec![item], choices.clone(), world.clone(), n_steps))
    }

    /// Assumes a claim; whether it goes with what was assumed before.
    fn admit(self, world: &mut World<'r>, claim: &TermClaim<'r>) -> bool {
        let at = world.iter().position(|(key, _)| *key == claim.key).unwrap_or_else(|| {
            world.push((claim.key, self.unbounded(claim.key)));
            world.len() - 1
        });
        world[at].1.admit(&claim.allowed, claim.if_missing) && self.admit_kin(world, claim)
    }

    /// What a claim says about other terms: a part is there only where the whole is, a comparison only where both sides are.
    fn admit_kin(self, world: &mut World<'r>, claim: &TermClaim<'r>) -> bool {
        match claim.key {
            ClaimKey::Term(Term::Field(field)) if field.part != Part::Whole => {
                let whole = ClaimKey::of(Term::Field(FieldRef { part: Part::Whole, ..field }));
                let is_email = self.type_of(field).0 == Type::Email;
                if !claim.if_missing {
                    self.admit(world, &TermClaim { key: whole, allowed: Allowed::Anything, if_missing: false })
                } else if is_email && matches!(claim.allowed, Allowed::Nothing) {
                    self.admit(world, &TermClaim { key: whole, allowed: Allowed::Nothing, if_missing: true })
                } else {
                    true
                }
            }
            ClaimKey::Difference(left, right, _) if !claim.if_missing => [left, right].into_iter().all(|term| {
                self.admit(world, &TermClaim { key: ClaimKey::of(term), allowed: Allowed::Anything, if_missing: false })
            }),
            _ => true,
        }
    }

    /// The type of a field, and whether it holds several texts at once.
    fn type_of(self, field: FieldRef) -> (Type, bool) {
        match self.side {
            Side::Lead | Side::Account => {
                (self.rulebook.fields[field.field].kind, self.rulebook.fields[field.field].is_set)
            }
            Side::Event => {
                let field = &self.rulebook.event_fields[field.field];
                (field.kind, field.is_set)
            }
        }
    }

    /// What a term can be before anything is assumed.
    pub(super) fn unbounded(self, key: ClaimKey) -> State<'r> {
        let truth = || Ranges::any_of([(0, 0), (2, 2)]);
        match key {
            ClaimKey::Term(Term::Field(field)) => {
                let (kind, is_set) = self.type_of(field);
                let is_truth = kind == Type::Boolean;
                State::new(true, if is_truth { truth() } else { Ranges::all() }, 2, is_set)
            }
            ClaimKey::Term(Term::Score(_)) => State::new(false, Ranges::all(), 20_000, false),
            ClaimKey::Term(Term::Tally(tally)) => {
                let yields = self.rulebook.yields(tally);
                let (numbers, step) = numbers(yields);
                State::new(yields.can_lack(), numbers, step, false)
            }
            ClaimKey::Difference(..) => State::new(true, Ranges::any_of([(-2, -2), (0, 0), (2, 2)]), 2, false),
            ClaimKey::Stage(_) | ClaimKey::Entered(_) => State::new(true, truth(), 2, false),
        }
    }
}

/// Between which numbers the values of a measure lie, and in which steps.
pub(crate) fn numbers(yields: Yield) -> (Ranges, i128) {
    match yields {
        Yield::Count => (Ranges::from(0), 2_000_000),
        // Exact fractions of a day: any number.
        Yield::Days => (Ranges::from(0), 1),
        Yield::Sum | Yield::Number | Yield::Instant => (Ranges::all(), 2),
        Yield::Fraction | Yield::Points => (Ranges::all(), 1),
    }
}
