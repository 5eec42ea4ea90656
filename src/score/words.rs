//! Truths side by side: a bit a condition without parts, so that sixty-four of them are one word of truths and one of unknowns,
//! and how conditions with parts are folded from them.

use super::truth::Truth;
use crate::rulebook::expr::{Atom, Expr};
use crate::rulebook::logic::{Form, Logic};

/// Sixty-four truths of a row: what is true, and what is unknown; what is neither is false.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TruthWord {
    /// The conditions that are true.
    pub truths: u64,
    /// The conditions that are unknown.
    pub unknowns: u64,
}

impl TruthWord {
    /// Puts a truth at a place that has none yet.
    pub(super) fn put(&mut self, place: u32, truth: Truth) {
        match truth {
            Truth::True => self.truths |= 1 << place,
            Truth::Unknown => self.unknowns |= 1 << place,
            Truth::False => {}
        }
    }

    /// Adds the truths of other conditions.
    #[inline]
    pub(crate) fn join(&mut self, other: Self) {
        self.truths |= other.truths;
        self.unknowns |= other.unknowns;
    }
}

/// Where the truth of a condition without parts stands: its word, and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LeafBit {
    pub word: usize,
    pub place: u32,
}

impl LeafBit {
    /// Its truth in the words of a row.
    #[inline]
    pub(super) fn truth(self, words: &[TruthWord]) -> Truth {
        let TruthWord { truths, unknowns } = words[self.word];
        match () {
            () if truths >> self.place & 1 == 1 => Truth::True,
            () if unknowns >> self.place & 1 == 1 => Truth::Unknown,
            () => Truth::False,
        }
    }
}

/// A condition over truths that stand in words.
#[derive(Clone, Debug)]
pub(crate) enum Folded {
    /// One of them.
    Leaf(LeafBit),
    /// All, or any, of some that stand in one word, those in `negated` negated.
    Flat { is_all: bool, word: usize, plain: u64, negated: u64 },
    /// Whatever else they are joined to.
    Tree(Logic<LeafBit>),
}

impl Folded {
    /// A condition, if all of its leaves have a bit.
    pub(super) fn of(expr: &Expr, bit: &impl Fn(&Atom) -> Option<LeafBit>) -> Option<Self> {
        let mut has_all = true;
        let tree = expr.map(&mut |atom| {
            let found = bit(atom);
            has_all &= found.is_some();
            found.unwrap_or(LeafBit { word: 0, place: 0 })
        });
        has_all.then(|| Self::of_tree(tree))
    }

    fn of_tree(tree: Logic<LeafBit>) -> Self {
        match &tree.form {
            Form::Leaf(bit) => Self::Leaf(*bit),
            Form::All(items) => flat(items, true).unwrap_or(Self::Tree(tree)),
            Form::Any(items) => flat(items, false).unwrap_or(Self::Tree(tree)),
            Form::AtLeast(..) | Form::Not(_) => Self::Tree(tree),
        }
    }

    /// What it comes to for a row.
    #[inline]
    pub(crate) fn truth(&self, words: &[TruthWord]) -> Truth {
        match self {
            Self::Leaf(bit) => bit.truth(words),
            Self::Flat { is_all, word, plain, negated } => {
                let TruthWord { truths, unknowns } = words[*word];
                let falses = !(truths | unknowns);
                // A negated leaf is true where the leaf is false.
                let (truths, falses) = (truths & plain | falses & negated, falses & plain | truths & negated);
                let is_settled = if *is_all { falses != 0 } else { truths != 0 };
                let is_unanimous = if *is_all { truths } else { falses } == plain | negated;
                match (is_settled, is_unanimous) {
                    (true, _) => Truth::from(!is_all),
                    (_, true) => Truth::from(*is_all),
                    _ => Truth::Unknown,
                }
            }
            Self::Tree(tree) => tree.judge(&|bit: &LeafBit| bit.truth(words)),
        }
    }
}

/// Leaves of one word, each at most once, some of them negated.
fn flat(items: &[Logic<LeafBit>], is_all: bool) -> Option<Folded> {
    let leaf = |item: &Logic<LeafBit>| match &item.form {
        Form::Leaf(bit) => Some((*bit, false)),
        Form::Not(inner) => {
            if let Form::Leaf(bit) = inner.form {
                Some((bit, true))
            } else {
                None
            }
        }
        _ => None,
    };
    let leaves: Vec<(LeafBit, bool)> = items.iter().map(leaf).collect::<Option<_>>()?;
    let word = leaves.first()?.0.word;
    let (mut plain, mut negated) = (0, 0);
    for (bit, is_negated) in leaves {
        let mask = 1 << bit.place;
        if bit.word != word || (plain | negated) & mask != 0 {
            return None;
        }
        *(if is_negated { &mut negated } else { &mut plain }) |= mask;
    }
    Some(Folded::Flat { is_all, word, plain, negated })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::Place;
    use proptest::prelude::*;

    fn tree() -> impl Strategy<Value = Logic<LeafBit>> {
        let leaf =
            (0..2usize, 0..4u32).prop_map(|(word, place)| Logic::leaf(LeafBit { word, place }, Place::default()));
        leaf.prop_recursive(3, 20, 4, |inner| {
            let items = || prop::collection::vec(inner.clone(), 1..4);
            prop_oneof![
                items().prop_map(|items| Logic::nowhere(Form::All(items))),
                items().prop_map(|items| Logic::nowhere(Form::Any(items))),
                (0..3usize, items()).prop_map(|(n, items)| Logic::nowhere(Form::AtLeast(n, items))),
                inner.clone().prop_map(Logic::negated),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_folded_is_what_is_judged(tree in tree(), truths in any::<[u64; 2]>(), unknowns in any::<[u64; 2]>()) {
            let word = |at: usize| TruthWord { truths: truths[at], unknowns: unknowns[at] & !truths[at] };
            let words = [word(0), word(1)];
            let judged = tree.judge(&|bit: &LeafBit| bit.truth(&words));
            prop_assert_eq!(Folded::of_tree(tree).truth(&words), judged);
        }
    }
}
