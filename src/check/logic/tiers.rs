//! The tiers of a criterion that cut one number, as ranges: what the lints about tiers look at.

use crate::analysis::{Ranges, numbers};
use crate::diagnostic::Span;
use crate::points::Points;
use crate::rulebook::Rulebook;
use crate::rulebook::expr::{Arm, Atom, Expr, Term, Worth, Yield};
use crate::rulebook::logic::Form;
use crate::value::Type;
use crate::value::figures::decimal;

/// A tier over a number.
pub(super) struct Tier {
    pub ranges: Ranges,
    pub points: Points,
    pub span: Span,
}

/// The tiers of a criterion over one number.
pub(super) struct Tiers {
    pub term: Term,
    /// Only multiples of this occur.
    pub step: i128,
    pub tiers: Vec<Tier>,
}

/// The tiers of a criterion; none if they cut no number, or not only one.
pub(super) fn tiers_of(rulebook: &Rulebook, worth: &Worth) -> Option<Tiers> {
    let Worth::Choose { arms, .. } = worth else { return None };
    let term = arms.first()?.when.terms().next()?;
    let step = match term {
        Term::Field(field) if rulebook.fields[field.field].kind == Type::Number => 2,
        Term::Tally(tally) if rulebook.yields(tally) != Yield::Instant => numbers(rulebook.yields(tally)).1,
        _ => return None,
    };
    let tier = |arm: &Arm| Some(Tier { ranges: ranges(&arm.when, term)?, points: arm.points, span: arm.place.span });
    let tiers = arms.iter().map(tier).collect::<Option<Vec<_>>>()?;
    (tiers.len() > 1).then_some(Tiers { term, step, tiers })
}

/// The numbers that a tier takes; none if it asks for anything else, too.
fn ranges(expr: &Expr, wanted: Term) -> Option<Ranges> {
    match &expr.form {
        Form::All(items) => {
            let each = items.iter().map(|item| ranges(item, wanted)).collect::<Option<Vec<_>>>()?;
            each.into_iter().reduce(|all, next| all.and(&next))
        }
        Form::Not(inner) => Some(ranges(inner, wanted)?.not()),
        Form::Leaf(Atom::Test { term, test }) if *term == wanted => Ranges::of_numbers(test),
        _ => None,
    }
}

/// A range in words: `from 5 to below 50`, `exactly 50`.
pub(super) fn in_words((from, to): (Option<i128>, Option<i128>)) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => format!("exactly {}", number(from)),
        (Some(from), Some(to)) => format!("{} {}", start(from), end(to)),
        (Some(from), None) => start(from),
        (None, Some(to)) => end(to),
        (None, None) => "everything".to_owned(),
    }
}

fn start(from: i128) -> String {
    let word = if from % 2 == 0 { "from" } else { "above" };
    format!("{word} {}", number(from - from.rem_euclid(2)))
}

fn end(to: i128) -> String {
    let word = if to % 2 == 0 { "up to" } else { "to below" };
    format!("{word} {}", number(to + to.rem_euclid(2)))
}

/// A number of half millionths as people write it: `1,200`, `0.5`.
pub(super) fn number(halves: i128) -> String {
    decimal(halves / 2, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_read_well() {
        let two = |n: i128| n * 2_000_000;
        assert_eq!(in_words((Some(two(5)), Some(two(50) - 1))), "from 5 to below 50");
        assert_eq!(in_words((Some(two(50)), Some(two(50)))), "exactly 50");
        assert_eq!(in_words((Some(two(1_200) + 1), None)), "above 1,200");
        assert_eq!(in_words((None, Some(-1_000_000))), "up to -0.5");
        assert_eq!(in_words((Some(two(-3) + 1), Some(two(2)))), "above -3 up to 2");
    }
}
