//! What a condition can come to: some of true, false and unknown.

use crate::rulebook::logic::Judgement;
use crate::score::Truth;

/// What a condition can come to for some lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PossibleTruths {
    /// It can be true.
    pub can_hold: bool,
    /// It can be false.
    pub can_fail: bool,
    /// It can be unknown.
    pub can_be_unknown: bool,
}

impl PossibleTruths {
    /// None of them yet.
    pub const NONE: Self = Self { can_hold: false, can_fail: false, can_be_unknown: false };
    /// All of them.
    pub const ALL: Self = Self { can_hold: true, can_fail: true, can_be_unknown: true };
    /// True alone.
    pub const TRUE: Self = Self { can_hold: true, can_fail: false, can_be_unknown: false };
    /// False alone.
    pub const FALSE: Self = Self { can_hold: false, can_fail: true, can_be_unknown: false };
    /// True or false.
    pub const KNOWN: Self = Self { can_hold: true, can_fail: true, can_be_unknown: false };

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

    /// Whether it can come to that.
    #[must_use]
    pub fn has(self, truth: Truth) -> bool {
        match truth {
            Truth::True => self.can_hold,
            Truth::False => self.can_fail,
            Truth::Unknown => self.can_be_unknown,
        }
    }
}

impl From<Truth> for PossibleTruths {
    fn from(truth: Truth) -> Self {
        Self::NONE.with(truth)
    }
}

/// Each of several conditions is taken for itself.
impl Judgement for PossibleTruths {
    fn at_least(n: usize, items: impl ExactSizeIterator<Item = Self>) -> Self {
        let (mut n_can_hold, mut n_not_false, mut n_surely_not_false, mut n_surely_true) = (0, 0, 0, 0);
        let mut has_unknown = false;
        for item in items {
            n_can_hold += usize::from(item.can_hold);
            n_not_false += usize::from(item.can_hold || item.can_be_unknown);
            n_surely_not_false += usize::from(!item.can_fail);
            n_surely_true += usize::from(item.is_always_true());
            has_unknown |= item.can_be_unknown;
        }
        // Unknown needs enough that are not false, too few that are true, and something that is unknown.
        let can_be_unknown = n_surely_true < n && n_not_false >= n && has_unknown;
        Self { can_hold: n_can_hold >= n, can_fail: n_surely_not_false < n, can_be_unknown }
    }

    fn negated(self) -> Self {
        Self { can_hold: self.can_fail, can_fail: self.can_hold, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::logic::{Form, Logic};
    use proptest::prelude::*;
    use proptest::sample::select;

    const TRUTHS: [Truth; 3] = [Truth::True, Truth::False, Truth::Unknown];

    fn leaf() -> impl Strategy<Value = Logic<PossibleTruths>> {
        let sets = (1_u8..8).map(|set| {
            let has = |bit: u8| set & bit != 0;
            PossibleTruths { can_hold: has(1), can_fail: has(2), can_be_unknown: has(4) }
        });
        select(sets.collect::<Vec<_>>()).prop_map(|outcomes| Logic::nowhere(Form::Leaf(outcomes)))
    }

    fn condition() -> impl Strategy<Value = Logic<PossibleTruths>> {
        leaf().prop_recursive(2, 5, 3, |inner| {
            let items = || prop::collection::vec(inner.clone(), 1..4);
            let form = prop_oneof![
                items().prop_map(Form::All),
                items().prop_map(Form::Any),
                (0_usize..4, items()).prop_map(|(n, items)| Form::AtLeast(n, items)),
                inner.clone().prop_map(|inner| Form::Not(Box::new(inner))),
            ];
            form.prop_map(Logic::nowhere)
        })
    }

    proptest! {
        #[test]
        fn just_what_some_answers_come_to(condition in condition()) {
            let mut leaves: Vec<PossibleTruths> = Vec::new();
            let numbered = condition.map(&mut |leaf| {
                leaves.push(*leaf);
                leaves.len() - 1
            });
            let mut found = PossibleTruths::NONE;
            for case in 0..3_usize.pow(u32::try_from(leaves.len()).expect("a handful")) {
                let answer = |leaf: &usize| TRUTHS[case / 3_usize.pow(u32::try_from(*leaf).expect("a handful")) % 3];
                if leaves.iter().enumerate().all(|(leaf, can)| can.has(answer(&leaf))) {
                    found = found.with(numbered.judge(&answer));
                }
            }
            prop_assert_eq!(condition.judge(&|leaf: &PossibleTruths| *leaf), found);
        }
    }
}
