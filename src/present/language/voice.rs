//! For whom words are made, and of which rulebook.

use crate::rulebook::Rulebook;
use crate::rulebook::expr::FieldRef;

/// Of which rulebook words are, and for whom.
#[derive(Clone, Copy)]
pub(crate) struct Voice<'r> {
    pub rulebook: &'r Rulebook,
    /// For whom.
    pub manner: Manner,
    /// Dates since when events count that have been said before, so that nobody says them again.
    pub said_since: &'r [FieldRef],
}

/// For whom words are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// For who works with the rulebook: its own names, long lists cut short.
    Terse,
    /// For who never reads it: the names of the columns, whole sentences, lists whole.
    Plain,
    /// The same for a cell of a list: long lists cut short.
    Brief,
}

impl Manner {
    /// How many values of a list are shown.
    pub(super) fn most_values(self) -> usize {
        match self {
            Self::Terse | Self::Brief => 4,
            Self::Plain => 60,
        }
    }
}

impl<'r> Voice<'r> {
    /// The words for people who never read the rulebook.
    pub(crate) fn plain(rulebook: &'r Rulebook) -> Self {
        Self { rulebook, manner: Manner::Plain, said_since: &[] }
    }

    /// The same words, for a cell of a list.
    pub(crate) fn brief(rulebook: &'r Rulebook) -> Self {
        Self { rulebook, manner: Manner::Brief, said_since: &[] }
    }

    /// The words for people who work with it.
    pub(crate) fn terse(rulebook: &'r Rulebook) -> Self {
        Self { rulebook, manner: Manner::Terse, said_since: &[] }
    }

    pub(super) fn is_plain(self) -> bool {
        self.manner != Manner::Terse
    }

    /// The one for those who work with the rulebook, the other for those who never read it.
    pub(super) fn pick<T>(self, terse: T, plain: T) -> T {
        if self.is_plain() { plain } else { terse }
    }
}
