//! What a condition can come to: some of true, false and unknown.

use crate::score::Truth;

/// What a condition can come to for some lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcomes {
    /// It can be true.
    pub can_hold: bool,
    /// It can be false.
    pub can_fail: bool,
    /// It can be unknown.
    pub can_be_unknown: bool,
}

impl Outcomes {
    /// None of them yet.
    pub(super) const NONE: Self = Self { can_hold: false, can_fail: false, can_be_unknown: false };
    /// All of them.
    pub(super) const ALL: Self = Self { can_hold: true, can_fail: true, can_be_unknown: true };
    /// True alone.
    pub(super) const TRUE: Self = Self { can_hold: true, can_fail: false, can_be_unknown: false };
    /// False alone.
    pub(super) const FALSE: Self = Self { can_hold: false, can_fail: true, can_be_unknown: false };
    /// True or false.
    pub(super) const KNOWN: Self = Self { can_hold: true, can_fail: true, can_be_unknown: false };

    /// Whether it is true for every lead.
    #[must_use]
    pub fn is_always_true(self) -> bool {
        self.can_hold && !self.can_fail && !self.can_be_unknown
    }

    /// These and that one.
    #[must_use]
    pub(super) fn with(self, truth: Truth) -> Self {
        match truth {
            Truth::True => Self { can_hold: true, ..self },
            Truth::False => Self { can_fail: true, ..self },
            Truth::Unknown => Self { can_be_unknown: true, ..self },
        }
    }

    /// Of what is true or false as told.
    #[must_use]
    pub(super) fn of(can_hold: bool, can_fail: bool) -> Self {
        Self { can_hold, can_fail, can_be_unknown: false }
    }

    /// Of the negation.
    #[must_use]
    pub(super) fn negated(self) -> Self {
        Self { can_hold: self.can_fail, can_fail: self.can_hold, ..self }
    }

    /// Of "all of these", each for itself.
    #[must_use]
    pub(super) fn all(items: &[Self]) -> Self {
        Self::at_least(items.len(), items)
    }

    /// Of "one of these", each for itself.
    #[must_use]
    pub(super) fn any(items: &[Self]) -> Self {
        Self::at_least(1, items)
    }

    /// Of "at least so many of these", each for itself: with `n` all of them it is "all", with 1 "any".
    #[must_use]
    pub(super) fn at_least(n: usize, items: &[Self]) -> Self {
        let count = |is_so: fn(&Self) -> bool| items.iter().filter(|item| is_so(item)).count();
        let n_surely_not_false = count(|item| !item.can_fail);
        let n_surely_true = count(|item| item.is_always_true());
        let can_hold = count(|item| item.can_hold) >= n;
        let can_fail = n_surely_not_false < n;
        // Unknown needs enough that are not false, too few that are true, and something that is unknown.
        let n_not_false = count(|item| item.can_hold || item.can_be_unknown);
        let can_be_unknown = n_surely_true < n && n_not_false >= n && count(|item| item.can_be_unknown) > 0;
        Self { can_hold, can_fail, can_be_unknown }
    }
}
