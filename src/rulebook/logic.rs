//! How conditions are joined: all, any, at least so many, not. What they are about stands at the leaves and is not known here.
//!
//! Whatever is worked out of a condition from its leaves up goes through [`Logic::judge`], so that nobody else says what
//! "at least so many" means.

use super::place::Place;

/// Conditions over leaves of one kind, each with its place in the text. Equal wherever they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Logic<L> {
    /// What it says.
    pub form: Form<L>,
    /// Where it says so.
    pub place: Place,
}

/// The forms that a condition has.
#[derive(Clone, Debug, PartialEq)]
pub enum Form<L> {
    /// True when all are.
    All(Vec<Logic<L>>),
    /// True when one is.
    Any(Vec<Logic<L>>),
    /// True when at least this many are; false when even every unknown would not do.
    AtLeast(usize, Vec<Logic<L>>),
    /// The negation; unknown stays unknown.
    Not(Box<Logic<L>>),
    /// A condition without parts.
    Leaf(L),
}

/// What a condition can be judged to be: true, false or unknown, or which of these are possible.
pub trait Judgement: Sized {
    /// Of "at least so many of these": with all of them it is "all", with 1 "any". Stops as soon as that is settled.
    fn at_least(n: usize, items: impl ExactSizeIterator<Item = Self>) -> Self;
    /// Of the negation.
    #[must_use]
    fn negated(self) -> Self;
}

impl<L> Logic<L> {
    /// A condition without parts.
    pub fn leaf(leaf: L, place: Place) -> Self {
        Self { form: Form::Leaf(leaf), place }
    }

    /// A condition that stands nowhere in the text.
    pub fn nowhere(form: Form<L>) -> Self {
        Self { form, place: Place::default() }
    }

    /// The opposite, at the same place.
    #[must_use]
    pub fn negated(self) -> Self {
        let place = self.place.clone();
        Self { form: Form::Not(Box::new(self)), place }
    }

    /// What it is made of, one level down, and how many of that it needs; a negation has one part, and needs it.
    pub fn parts(&self) -> (usize, &[Self]) {
        match &self.form {
            Form::All(items) => (items.len(), items),
            Form::Any(items) => (1, items),
            Form::AtLeast(n, items) => (*n, items),
            Form::Not(inner) => (1, std::slice::from_ref(inner)),
            Form::Leaf(_) => (0, &[]),
        }
    }

    /// What it comes to by what each leaf does.
    pub fn judge<J: Judgement>(&self, leaf: &impl Fn(&L) -> J) -> J {
        match &self.form {
            Form::Leaf(own) => leaf(own),
            Form::Not(inner) => inner.judge(leaf).negated(),
            Form::All(_) | Form::Any(_) | Form::AtLeast(..) => {
                let (n, parts) = self.parts();
                J::at_least(n, parts.iter().map(|part| part.judge(leaf)))
            }
        }
    }

    /// The same over other leaves.
    pub fn map<'x, M>(&'x self, leaf: &mut impl FnMut(&'x L) -> M) -> Logic<M> {
        let mut each = |items: &'x [Self]| items.iter().map(|item| item.map(leaf)).collect();
        let form = match &self.form {
            Form::All(items) => Form::All(each(items)),
            Form::Any(items) => Form::Any(each(items)),
            Form::AtLeast(n, items) => Form::AtLeast(*n, each(items)),
            Form::Not(inner) => Form::Not(Box::new(inner.map(leaf))),
            Form::Leaf(own) => Form::Leaf(leaf(own)),
        };
        Logic { form, place: self.place.clone() }
    }

    /// Its leaves, in order.
    pub fn leaves(&self) -> Vec<LeafAt<'_, L>> {
        let mut found = Vec::new();
        self.collect(false, &mut found);
        found
    }

    fn collect<'x>(&'x self, is_negated: bool, found: &mut Vec<LeafAt<'x, L>>) {
        match &self.form {
            Form::Leaf(leaf) => found.push(LeafAt { leaf, is_negated, place: &self.place }),
            form => {
                let is_negated = is_negated != matches!(form, Form::Not(_));
                self.parts().1.iter().for_each(|part| part.collect(is_negated, found));
            }
        }
    }
}

/// A condition without parts, as it stands in one with parts.
#[derive(Debug)]
pub struct LeafAt<'x, L> {
    /// What it says.
    pub leaf: &'x L,
    /// Whether it stands under an odd number of negations.
    pub is_negated: bool,
    /// Where it stands.
    pub place: &'x Place,
}
