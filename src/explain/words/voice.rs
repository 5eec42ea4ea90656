//! Whose words they are, and for whom they are made.

use crate::rulebook::Rulebook;
pub(crate) use crate::rulebook::Side;
use crate::rulebook::expr::FieldRef;
use crate::score::{LeadCells, Plan};

/// Whose words they are: the rulebook's, and for a lead what holds for it alone.
#[derive(Clone, Copy)]
pub(crate) struct Voice<'w, 'r> {
    pub rulebook: &'w Rulebook,
    /// The lead whose dates are in force.
    pub lead: Option<(&'w Plan<'r>, &'w LeadCells<'r>)>,
    /// For whom.
    pub manner: Manner,
    /// Dates since when events count that have been said before, so that nobody says them again.
    pub said_since: &'w [FieldRef],
}

/// For whom words are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// For who works with the rulebook: its own names, long lists cut short.
    Terse,
    /// For who never reads it: the names of the columns, whole sentences, lists whole.
    Plain,
}

impl Manner {
    /// How many values of a list are shown.
    pub(super) fn most_values(self) -> usize {
        match self {
            Self::Terse => 4,
            Self::Plain => 60,
        }
    }
}

impl<'w, 'r> Voice<'w, 'r> {
    /// The words for people who never read the rulebook.
    pub(crate) fn plain(rulebook: &'w Rulebook) -> Self {
        Self { rulebook, lead: None, manner: Manner::Plain, said_since: &[] }
    }

    /// The words for people who work with it; of a lead, if there is one.
    pub(crate) fn terse(rulebook: &'w Rulebook, lead: Option<(&'w Plan<'r>, &'w LeadCells<'r>)>) -> Self {
        Self { rulebook, lead, manner: Manner::Terse, said_since: &[] }
    }

    pub(super) fn is_plain(self) -> bool {
        self.manner == Manner::Plain
    }

    /// The one for those who work with the rulebook, the other for those who never read it.
    pub(super) fn pick<T>(self, terse: T, plain: T) -> T {
        if self.is_plain() { plain } else { terse }
    }
}
