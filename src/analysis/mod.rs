//! What can be said of a rulebook without a lead: between which points its scores lie, which of true, false and unknown its
//! conditions can be, and what can be so at the same time.
//!
//! Built once for a rulebook; what was worked out is kept. An answer of "no lead can be so" always holds; where something hangs
//! together in ways that only the world knows, the answer is wider than need be, never too narrow. Knows no lints and no words.

mod accounts;
mod bounds;
mod cells;
mod claims;
mod model;
mod occurrences;
mod outcomes;
mod pool;
mod range;

pub(crate) use bounds::Bounds;
pub(crate) use bounds::shortfall;
pub(crate) use claims::{ClaimKey, Claims, Formula, Ranges, WantedTruth, numbers};
pub(crate) use occurrences::{most_events, range as occurrences_range};
pub(crate) use outcomes::PossibleTruths;
pub use range::PointRange;

use crate::rulebook::expr::{Test, Worth};
use crate::rulebook::{Criterion, Rulebook, Side};
use model::Model;
use std::cell::OnceCell;

/// A rulebook, looked into.
#[derive(Debug)]
pub struct Analysis<'r> {
    /// The rulebook.
    pub rulebook: &'r Rulebook,
    model: OnceCell<Model<'r>>,
    bounds: OnceCell<Bounds<'r>>,
}

impl<'r> Analysis<'r> {
    /// Of a rulebook. Nothing is worked out before it is asked for.
    #[must_use]
    pub fn of(rulebook: &'r Rulebook) -> Self {
        Self { rulebook, model: OnceCell::new(), bounds: OnceCell::new() }
    }

    /// Between which points every score of any lead lies.
    pub fn bounds(&self) -> &Bounds<'r> {
        self.bounds.get_or_init(|| self.bounds_of(|_| true))
    }

    /// The same for leads of whom only some criteria are true: the others give nothing, whatever their conditions say.
    #[must_use]
    pub fn bounds_of(&self, may_give: impl Fn(usize) -> bool) -> Bounds<'r> {
        self.model.get_or_init(|| Model::of(self.rulebook)).bounds_of(may_give)
    }

    /// What can be of leads, or of events, at the same time.
    pub(crate) fn claims(&self, side: Side) -> Claims<'r> {
        Claims::about(side, self.rulebook)
    }

    /// Whether a criterion of which nothing is true can be known to be so, and can be left open: whether there are leads for
    /// its `otherwise`, and for its `unknown`.
    #[must_use]
    pub fn rest(&self, criterion: &'r Criterion) -> PossibleTruths {
        let (can_fail, can_be_unknown) = match &criterion.worth {
            Worth::Choose { .. } => {
                let all = |wanted| criterion.worth.conditions().map(move |when| Formula::of(when, wanted));
                let one_unknown = Formula::Any(criterion.worth.conditions().map(Formula::unknown).collect());
                let claims = self.claims(Side::Lead);
                (
                    claims.can_all_be(all(WantedTruth::False)),
                    claims.can_all_be(all(WantedTruth::NotTrue).chain([one_unknown])),
                )
            }
            Worth::Lookup { entries, .. } => {
                let named = |truth: bool| {
                    entries.iter().any(|entry| matches!(&entry.test, Test::Booleans(truths) if truths.contains(&truth)))
                };
                (!(named(true) && named(false)), true)
            }
            Worth::Occurrences { .. } => (true, true),
        };
        PossibleTruths { can_hold: true, can_fail, can_be_unknown }
    }
}
