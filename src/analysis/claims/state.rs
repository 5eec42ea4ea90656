//! What one term can still be, after some conditions were assumed of it.

use super::ranges::Ranges;
use super::text::{follows, is_contradictory};
use crate::rulebook::TextTest;
use crate::rulebook::expr::{Order, Test};
use crate::value::{InstantSpan, Number};

/// What a condition leaves of a term that has a value.
#[derive(Clone, Debug)]
pub(in crate::analysis) enum Allowed<'r> {
    /// Any value.
    Anything,
    /// None: it has to be missing.
    Nothing,
    /// A number, an instant, a truth as 0 or 2.
    Numbers(Ranges),
    /// An age before `as_of`, in milliseconds.
    Ages(Ranges),
    /// A text of which the test holds, or doesn't.
    Text(&'r TextTest, bool),
}

impl<'r> Allowed<'r> {
    /// What a test leaves, where it holds or where it doesn't.
    pub(in crate::analysis) fn by(test: &'r Test, holds: bool) -> Self {
        let side = |ranges: Ranges| if holds { ranges } else { ranges.not() };
        match test {
            Test::Text(test) => Self::Text(test, holds),
            Test::Number(..) | Test::Numbers(_) => {
                Self::Numbers(side(Ranges::of_numbers(test).unwrap_or(Ranges::all())))
            }
            Test::Booleans(truths) => {
                let points = truths.iter().map(|truth| i128::from(*truth) * 2).map(|n| (n, n));
                Self::Numbers(side(Ranges::any_of(points)))
            }
            Test::Dates(spans) => Self::Numbers(side(Ranges::any_of(spans.iter().map(|span| ends(*span))))),
            Test::Date(order, span) => {
                let (start, end) = ends(*span);
                Self::Numbers(side(beyond(*order, start, end)))
            }
            Test::Within(ms) => Self::Ages(side(Ranges::between(0, i128::from(*ms) * 2 - 1))),
            Test::OlderThan(ms) => Self::Ages(side(Ranges::from(i128::from(*ms) * 2))),
        }
    }
}

impl Ranges {
    /// The numbers of which a test holds; none if it is no test of numbers.
    pub(crate) fn of_numbers(test: &Test) -> Option<Self> {
        let twice = |number: &Number| i128::from(number.micros()) * 2;
        match test {
            Test::Number(order, number) => Some(beyond(*order, twice(number), twice(number))),
            Test::Numbers(numbers) => Some(Self::any_of(numbers.iter().map(twice).map(|n| (n, n)))),
            _ => None,
        }
    }
}

/// The first and the last instant of a span.
fn ends(span: InstantSpan) -> (i128, i128) {
    (i128::from(span.start.ms()) * 2, i128::from(span.end.ms()) * 2 - 1)
}

/// What lies on that side of a span: `gt` and `lte` look at its end, `gte` and `lt` at its start.
pub(super) fn beyond(order: Order, start: i128, end: i128) -> Ranges {
    match order {
        Order::Greater => Ranges::from(end + 1),
        Order::AtLeast => Ranges::from(start),
        Order::Less => Ranges::up_to(start - 1),
        Order::AtMost => Ranges::up_to(end),
    }
}

/// What a term can be.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct State<'r> {
    pub(in crate::analysis) may_be_missing: bool,
    may_be_present: bool,
    numbers: Ranges,
    /// Only multiples of this can be.
    pub step: i128,
    ages: Ranges,
    texts: Vec<(&'r TextTest, bool)>,
    /// Whether it is several texts at once.
    is_set: bool,
}

impl<'r> State<'r> {
    pub(super) fn new(may_be_missing: bool, numbers: Ranges, step: i128, is_set: bool) -> Self {
        Self { may_be_missing, may_be_present: true, numbers, step, ages: Ranges::all(), texts: Vec::new(), is_set }
    }

    /// Of the numbers, and of the ages, that it can be: one for each set that none of these tells apart.
    pub(in crate::analysis) fn apart(&self, asked: &[Allowed<'_>]) -> (Vec<i128>, Vec<i128>) {
        let numbers =
            asked.iter().filter_map(|one| if let Allowed::Numbers(ranges) = one { Some(ranges) } else { None });
        let ages = asked.iter().filter_map(|one| if let Allowed::Ages(ranges) = one { Some(ranges) } else { None });
        (self.numbers.apart(numbers, self.step), self.ages.apart(ages, 2))
    }

    /// Assumes something more; whether anything is left.
    pub(in crate::analysis) fn admit(&mut self, allowed: &Allowed<'r>, if_missing: bool) -> bool {
        self.may_be_missing &= if_missing;
        match allowed {
            Allowed::Anything => {}
            Allowed::Nothing => self.may_be_present = false,
            Allowed::Numbers(numbers) => self.numbers = self.numbers.and(numbers),
            Allowed::Ages(ages) => self.ages = self.ages.and(ages),
            Allowed::Text(test, holds) => self.texts.push((test, *holds)),
        }
        self.may_be_present &= !self.numbers.is_empty(self.step) && !self.ages.is_empty(2) && !self.texts_contradict();
        self.may_be_missing || self.may_be_present
    }

    fn texts_contradict(&self) -> bool {
        let held = || self.texts.iter().filter(|(_, holds)| *holds).map(|(test, _)| *test);
        let refused = || self.texts.iter().filter(|(_, holds)| !holds).map(|(test, _)| *test);
        if held().any(|held| refused().any(|refused| follows(held, refused))) {
            return true;
        }
        !self.is_set && is_contradictory(&held().collect::<Vec<_>>(), &refused().collect::<Vec<_>>())
    }
}
