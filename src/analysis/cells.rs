//! The cases that a field or a measure can be in, as far as the tests of a rulebook tell them apart.
//!
//! A number lies on one of the numbers that are named or between two of them, a text is one of those listed or another, or
//! there is no value. In each case every test has one answer. A test whose answer nothing here can tell (a word in a text
//! that isn't listed) has both.

use super::claims::{Allowed, ClaimKey, Claims, State};
use crate::rulebook::expr::{Term, Test, Yield};
use crate::rulebook::{Rulebook, Side, TextOp, TextTest};
use crate::score::Truth;
use crate::value::fold;
use std::collections::BTreeSet;

/// What is asked of a field or a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Question<'r> {
    /// Whether it has a value.
    Present,
    /// Whether a test holds.
    Test(&'r Test),
}

impl<'r> Question<'r> {
    fn allows(self) -> Allowed<'r> {
        match self {
            Self::Present => Allowed::Anything,
            Self::Test(test) => Allowed::by(test, true),
        }
    }
}

/// In one case, the answer to each question.
pub(super) type Truths = Vec<Truth>;

/// So many tests of unlisted texts are looked at in all combinations.
const MOST_LOOSE: usize = 8;

/// All cases of a term; none where there are too many to list.
pub(super) fn cells(rulebook: &Rulebook, term: Term, atoms: &[Question<'_>]) -> Option<Vec<Truths>> {
    let (key, is_text) = match term {
        Term::Field(field) => {
            let field = &rulebook.fields[field.field];
            if field.is_set {
                return None;
            }
            (ClaimKey::of(term), field.kind.is_textual())
        }
        Term::Tally(tally) if rulebook.yields(tally) != Yield::Points => (ClaimKey::of(term), false),
        Term::Tally(_) | Term::Score(_) => return None,
    };
    let value = Claims::about(Side::Lead, rulebook).unbounded(key);
    let mut cells = if is_text { of_text(atoms)? } else { of_value(&value, atoms) };
    cells.extend(value.may_be_missing.then(|| missing(atoms)));
    cells.sort_unstable();
    cells.dedup();
    Some(cells)
}

/// Every case of a value that is a number, an instant or a truth. What the age of a day is, only a run knows: each age is a case
/// with each instant.
fn of_value(value: &State<'_>, questions: &[Question<'_>]) -> Vec<Truths> {
    let asked: Vec<Allowed<'_>> = questions.iter().map(|question| question.allows()).collect();
    let (numbers, ages) = value.apart(&asked);
    let cell = |number: i128, age: i128| {
        let answer = |asked: &Allowed<'_>| match asked {
            Allowed::Numbers(numbers) => numbers.contains(number),
            Allowed::Ages(ages) => ages.contains(age),
            Allowed::Anything | Allowed::Nothing | Allowed::Text(..) => true,
        };
        asked.iter().map(|asked| answer(asked).into()).collect()
    };
    numbers.iter().flat_map(|number| ages.iter().map(|age| cell(*number, *age))).collect()
}

/// The case in which there is no value.
fn missing(atoms: &[Question<'_>]) -> Truths {
    atoms.iter().map(|atom| if *atom == Question::Present { Truth::False } else { Truth::Unknown }).collect()
}

/// Texts: each that `is` or `in` names, and any other, in which words and patterns may or may not be found.
fn of_text(atoms: &[Question<'_>]) -> Option<Vec<Truths>> {
    let listed: BTreeSet<String> =
        atoms.iter().filter_map(text_test).filter(|test| test.op == TextOp::Is).flat_map(folded).collect();
    let mut cells = Vec::new();
    for text in &listed {
        let known = |test: &TextTest| (test.op != TextOp::Matches).then(|| test.holds(text, text));
        loose(atoms, &known, &mut cells)?;
    }
    loose(atoms, &|test| (test.op == TextOp::Is).then_some(false), &mut cells)?;
    Some(cells)
}

fn text_test<'a>(atom: &'a Question<'_>) -> Option<&'a TextTest> {
    if let Question::Test(Test::Text(test)) = atom { Some(test) } else { None }
}

fn folded(test: &TextTest) -> impl Iterator<Item = String> {
    test.values.iter().map(|value| fold(value).into_owned())
}

/// The cases of a text of which `known` answers some tests and nothing the others.
fn loose(atoms: &[Question<'_>], known: &dyn Fn(&TextTest) -> Option<bool>, cells: &mut Vec<Truths>) -> Option<()> {
    let fixed: Vec<Option<Truth>> = atoms
        .iter()
        .map(|atom| match text_test(atom) {
            Some(test) => known(test).map(Truth::from),
            None => Some(Truth::from(*atom == Question::Present)),
        })
        .collect();
    let n_loose = fixed.iter().filter(|answer| answer.is_none()).count();
    if n_loose > MOST_LOOSE {
        return None;
    }
    for choice in 0_u32..1 << n_loose {
        let mut bits = choice;
        let mut next = || {
            let is_so = bits & 1 == 1;
            bits >>= 1;
            Truth::from(is_so)
        };
        cells.push(fixed.iter().map(|answer| answer.unwrap_or_else(&mut next)).collect());
    }
    Some(())
}
