//! Can this be? Conditions as claims about what a lead's (or an event's) terms are, and a search for a lead of which all hold.
//!
//! Exact for numbers, dates, truths and lists of texts; of anything else it takes the side of "can be". So an answer of "no
//! lead can be so" always holds, and nothing is found that isn't there. It knows no points: what scores can come to is
//! asked elsewhere.

mod formula;
pub(super) mod ranges;
mod state;
mod text;

pub(super) use formula::{Formula, Key, Wanted};

use crate::rulebook::Rulebook;
use crate::rulebook::expr::{Expr, FieldRef, Measure, Term};
use crate::value::{Part, Type};
use formula::Claim;
use ranges::Ranges;
use state::{Allowed, State};

/// After so many steps of the search anything can be.
const MOST_STEPS: usize = 20_000;

/// Answers what can be of one rulebook's leads, or of its events.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claims<'r> {
    rulebook: &'r Rulebook,
    is_where: bool,
}

/// What is assumed of the terms so far.
type World<'r> = Vec<(Key, State<'r>)>;

impl<'r> Claims<'r> {
    /// About leads.
    pub(super) fn of_leads(rulebook: &'r Rulebook) -> Self {
        Self { rulebook, is_where: false }
    }

    /// About events: for conditions inside `where`.
    pub(super) fn of_events(rulebook: &'r Rulebook) -> Self {
        Self { rulebook, is_where: true }
    }

    /// Whether no lead makes the condition true.
    pub(super) fn is_never_true(self, expr: &'r Expr) -> bool {
        !self.can_be(&Formula::of(expr, Wanted::True))
    }

    /// Whether no lead makes the condition false.
    pub(super) fn is_never_false(self, expr: &'r Expr) -> bool {
        !self.can_be(&Formula::of(expr, Wanted::False))
    }

    /// Whether no lead makes the condition unknown.
    pub(super) fn is_never_unknown(self, expr: &'r Expr) -> bool {
        !self.can_be(&Formula::unknown(expr))
    }

    /// Whether some lead is as the formula says; also where that can't be told.
    pub(super) fn can_be(self, formula: &Formula<'r>) -> bool {
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
    fn admit(self, world: &mut World<'r>, claim: &Claim<'r>) -> bool {
        let at = world.iter().position(|(key, _)| *key == claim.key).unwrap_or_else(|| {
            world.push((claim.key, self.unbounded(claim.key)));
            world.len() - 1
        });
        world[at].1.admit(&claim.allowed, claim.if_missing) && self.admit_kin(world, claim)
    }

    /// What a claim says about other terms: a part is there only where the whole is, a comparison only where both sides are.
    fn admit_kin(self, world: &mut World<'r>, claim: &Claim<'r>) -> bool {
        match claim.key {
            Key::Term(Term::Field(field)) if field.part != Part::Whole => {
                let whole = Key::of(Term::Field(FieldRef { part: Part::Whole, ..field }));
                let is_email = self.type_of(field) == Type::Email;
                if !claim.if_missing {
                    self.admit(world, &Claim { key: whole, allowed: Allowed::Anything, if_missing: false })
                } else if is_email && matches!(claim.allowed, Allowed::Nothing) {
                    self.admit(world, &Claim { key: whole, allowed: Allowed::Nothing, if_missing: true })
                } else {
                    true
                }
            }
            Key::Difference(left, right, _) if !claim.if_missing => [left, right].into_iter().all(|term| {
                self.admit(world, &Claim { key: Key::of(term), allowed: Allowed::Anything, if_missing: false })
            }),
            _ => true,
        }
    }

    /// The type of a field.
    pub(super) fn type_of(self, field: FieldRef) -> Type {
        if self.is_where {
            self.rulebook.event_fields[field.field].kind
        } else {
            self.rulebook.fields[field.field].kind
        }
    }

    /// What a term can be before anything is assumed.
    fn unbounded(self, key: Key) -> State<'r> {
        let truth = || Ranges::any_of([(0, 0), (2, 2)]);
        match key {
            Key::Term(Term::Field(field)) => {
                let is_set = if self.is_where {
                    self.rulebook.event_fields[field.field].is_set
                } else {
                    self.rulebook.fields[field.field].is_set
                };
                let is_truth = self.type_of(field) == Type::Boolean;
                State::new(true, if is_truth { truth() } else { Ranges::all() }, 2, is_set)
            }
            Key::Term(Term::Score(_)) => State::new(false, Ranges::all(), 20_000, false),
            Key::Term(Term::Tally(tally)) => {
                let (may_be_missing, numbers, step) = measured(&self.rulebook.tallies[tally].measure);
                State::new(may_be_missing, numbers, step, false)
            }
            Key::Difference(..) => State::new(true, Ranges::any_of([(-2, -2), (0, 0), (2, 2)]), 2, false),
            Key::Stage(_) | Key::Entered(_) => State::new(true, truth(), 2, false),
        }
    }
}

/// Whether a measure can be missing, between which numbers it lies, and in which steps.
pub(super) fn measured(measure: &Measure) -> (bool, Ranges, i128) {
    match measure {
        Measure::Count | Measure::Days | Measure::Distinct(_) => (false, Ranges::from(0), 2_000_000),
        Measure::Sum(_) => (false, Ranges::all(), 2),
        // Exact fractions of a day: any number.
        Measure::IdleDays { .. } => (true, Ranges::from(0), 1),
        Measure::Max(_) | Measure::Newest | Measure::Earliest => (true, Ranges::all(), 2),
        Measure::Points { .. } => (false, Ranges::all(), 1),
    }
}
