//! The cases that a field or a measure can be in, as far as the tests of a rulebook tell them apart.
//!
//! A number lies on one of the numbers that are named or between two of them, a text is one of those listed or another, or
//! there is no value. In each case every test has one answer. A test whose answer nothing here can tell (a word in a text
//! that isn't listed) has both.

use crate::rulebook::Rulebook;
use crate::rulebook::expr::{FieldRef, Term, Test, Yield};
use crate::rulebook::{TextOp, TextTest};
use crate::score::{Truth, on_instant};
use crate::value::{Instant, Number, Type, fold};
use std::collections::BTreeSet;

/// What is asked of a field or a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Question<'r> {
    /// Whether it has a value.
    Present,
    /// Whether a test holds.
    Test(&'r Test),
}

/// In one case, the answer to each question.
pub(super) type Cell = Vec<Truth>;

/// So many tests of unlisted texts are looked at in all combinations.
const MOST_LOOSE: usize = 8;
/// Numbers are held in millionths.
const MILLION: i64 = 1_000_000;

/// All cases of a term; none where there are too many to list.
pub(super) fn cells(rulebook: &Rulebook, term: Term, atoms: &[Question<'_>]) -> Option<Vec<Cell>> {
    let mut cells = match term {
        Term::Field(field) => of_field(rulebook, field, atoms)?,
        Term::Tally(tally) => of_tally(rulebook, tally, atoms)?,
        Term::Score(_) => return None,
    };
    cells.sort_unstable();
    cells.dedup();
    Some(cells)
}

fn of_field(rulebook: &Rulebook, field: FieldRef, atoms: &[Question<'_>]) -> Option<Vec<Cell>> {
    let found = &rulebook.fields[field.field];
    if found.is_set {
        return None;
    }
    let mut cells = match found.kind {
        Type::Text | Type::Email | Type::Url => of_text(atoms)?,
        Type::Number => of_numbers(&numbers(atoms)?, atoms),
        Type::Boolean => [true, false].map(|value| answers(atoms, |test| of_boolean(value, test))).to_vec(),
        Type::Date => of_date(atoms),
    };
    cells.push(missing(atoms));
    Some(cells)
}

fn of_tally(rulebook: &Rulebook, tally: usize, atoms: &[Question<'_>]) -> Option<Vec<Cell>> {
    let yields = rulebook.yields(tally);
    let mut cells = match yields {
        Yield::Count => {
            let whole = numbers(atoms)?.iter().map(|micros| micros.div_euclid(MILLION)).collect::<BTreeSet<_>>();
            let near = whole.iter().flat_map(|n| [n - 1, *n, n + 1, n + 2]).filter(|n| *n >= 0).chain([0]);
            near.map(|n| of_number(n.saturating_mul(MILLION), atoms)).collect()
        }
        Yield::Sum | Yield::Number => of_numbers(&numbers(atoms)?, atoms),
        Yield::Days => {
            let near = around(&numbers(atoms)?).into_iter().filter(|micros| *micros >= 0).chain([0]);
            near.map(|micros| of_number(micros, atoms)).collect()
        }
        Yield::Instant => of_date(atoms),
        Yield::Points => return None,
    };
    cells.extend(yields.can_lack().then(|| missing(atoms)));
    Some(cells)
}

/// The case in which there is no value.
fn missing(atoms: &[Question<'_>]) -> Cell {
    atoms.iter().map(|atom| if *atom == Question::Present { Truth::False } else { Truth::Unknown }).collect()
}

/// The case of a value, by what it answers to a test.
fn answers(atoms: &[Question<'_>], test_of: impl Fn(&Test) -> bool) -> Cell {
    let answer = |atom: &Question<'_>| match atom {
        Question::Present => Truth::True,
        Question::Test(test) => test_of(test).into(),
    };
    atoms.iter().map(answer).collect()
}

fn of_boolean(value: bool, test: &Test) -> bool {
    matches!(test, Test::Booleans(wanted) if wanted.contains(&value))
}

/// The numbers that tests name, in millionths; none where a test is not of numbers.
fn numbers(atoms: &[Question<'_>]) -> Option<Vec<i64>> {
    let mut found = Vec::new();
    for atom in atoms {
        match atom {
            Question::Present => {}
            Question::Test(Test::Number(_, number)) => found.push(number.micros()),
            Question::Test(Test::Numbers(wanted)) => found.extend(wanted.iter().map(|number| number.micros())),
            Question::Test(_) => return None,
        }
    }
    Some(found)
}

/// Each number, and one on either side of it.
fn around(numbers: &[i64]) -> BTreeSet<i64> {
    numbers.iter().flat_map(|n| [n.saturating_sub(1), *n, n.saturating_add(1)]).chain([0]).collect()
}

fn of_numbers(numbers: &[i64], atoms: &[Question<'_>]) -> Vec<Cell> {
    around(numbers).into_iter().map(|micros| of_number(micros, atoms)).collect()
}

fn of_number(micros: i64, atoms: &[Question<'_>]) -> Cell {
    let value = Number::from_micros(micros);
    answers(atoms, |test| match test {
        Test::Number(order, number) => order.admits(value.cmp(number)),
        Test::Numbers(wanted) => wanted.contains(&value),
        _ => false,
    })
}

/// Dates by their age and by the calendar. What the age of a day is, only a run knows: every pair is a case.
fn of_date(atoms: &[Question<'_>]) -> Vec<Cell> {
    let tests = || atoms.iter().filter_map(|atom| if let Question::Test(test) = atom { Some(*test) } else { None });
    let ages: BTreeSet<i64> = tests()
        .filter_map(|test| if let Test::Within(ms) | Test::OlderThan(ms) = test { Some(*ms) } else { None })
        .flat_map(|ms| [ms - 1, ms])
        .chain([-1, 0])
        .collect();
    let mut instants = BTreeSet::from([0]);
    for test in tests() {
        let spans = match test {
            Test::Dates(spans) => spans.as_slice(),
            Test::Date(_, span) => std::slice::from_ref(span),
            _ => &[],
        };
        instants.extend(spans.iter().flat_map(|span| [span.start.ms(), span.end.ms()]).flat_map(|ms| [ms - 1, ms]));
    }
    let cell = |age_ms: i64, ms: i64| {
        let (instant, as_of) = (Instant::from_ms(ms), Instant::from_ms(ms.saturating_add(age_ms)));
        answers(atoms, |test| on_instant(instant, test, as_of))
    };
    ages.iter()
        .flat_map(|age_ms| instants.iter().map(move |ms| (*age_ms, *ms)))
        .map(|(age, ms)| cell(age, ms))
        .collect()
}

/// Texts: each that `is` or `in` names, and any other, in which words and patterns may or may not be found.
fn of_text(atoms: &[Question<'_>]) -> Option<Vec<Cell>> {
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
fn loose(atoms: &[Question<'_>], known: &dyn Fn(&TextTest) -> Option<bool>, cells: &mut Vec<Cell>) -> Option<()> {
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
