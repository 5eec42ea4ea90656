//! What one test of a text says about another.

use crate::rulebook::{TextOp, TextTest};
use crate::value::{fold, has_word};

/// Beyond so many pairs of values nothing is concluded, so that long lists cost nothing.
const MOST_PAIRS: usize = 250_000;

/// Whether every text of which `held` holds is one of which `other` holds. `false` where that can't be told.
pub(super) fn follows(held: &TextTest, other: &TextTest) -> bool {
    if held == other {
        return true;
    }
    if held.values.len().saturating_mul(other.values.len()) > MOST_PAIRS {
        return false;
    }
    let others: Vec<String> = other.values.iter().map(|value| fold(value).into_owned()).collect();
    held.values.iter().all(|value| {
        let folded = fold(value);
        others.iter().zip(&other.values).any(|(other_folded, other_value)| {
            let is_same_pattern = value == other_value;
            value_follows(held.op, &folded, other.op, other_folded, is_same_pattern)
        })
    })
}

/// The same for one value each, folded.
fn value_follows(op: TextOp, value: &str, other_op: TextOp, other: &str, is_same_pattern: bool) -> bool {
    use TextOp::{Contains, EndsWith, HasWord, Is, Matches, StartsWith};
    match (op, other_op) {
        (Matches, Matches) => is_same_pattern,
        (Matches, _) | (_, Matches) => false,
        (Is, Is) => value == other,
        (_, Contains) => value.contains(other),
        (Is | StartsWith, StartsWith) => value.starts_with(other),
        (Is | EndsWith, EndsWith) => value.ends_with(other),
        (Is | HasWord, HasWord) => has_word(value, other),
        _ => false,
    }
}

/// Whether no single text satisfies all of `held` and none of `refused`. `false` where that can't be told.
pub(super) fn is_contradictory(held: &[&TextTest], refused: &[&TextTest]) -> bool {
    let usable = |test: &&&TextTest| test.op != TextOp::Matches;
    if let Some(equal) = held.iter().find(|test| test.op == TextOp::Is) {
        return !equal.values.iter().any(|value| {
            let folded = fold(value);
            held.iter().filter(usable).all(|test| test.holds(value, &folded))
                && !refused.iter().filter(usable).any(|test| test.holds(value, &folded))
        });
    }
    let clash = |one: &TextTest, two: &TextTest| match (one.op, two.op) {
        (TextOp::StartsWith, TextOp::StartsWith) => no_pair(one, two, |a, b| a.starts_with(b) || b.starts_with(a)),
        (TextOp::EndsWith, TextOp::EndsWith) => no_pair(one, two, |a, b| a.ends_with(b) || b.ends_with(a)),
        _ => false,
    };
    held.iter().enumerate().any(|(at, one)| held[..at].iter().any(|two| clash(one, two)))
}

fn no_pair(one: &TextTest, two: &TextTest, goes_together: impl Fn(&str, &str) -> bool) -> bool {
    if one.values.len().saturating_mul(two.values.len()) > MOST_PAIRS {
        return false;
    }
    let folded = |test: &TextTest| test.values.iter().map(|value| fold(value).into_owned()).collect::<Vec<_>>();
    let (one, two) = (folded(one), folded(two));
    !one.iter().any(|a| two.iter().any(|b| goes_together(a, b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(op: TextOp, values: &[&str]) -> TextTest {
        TextTest::new(op, values.iter().map(|value| (*value).to_owned()).collect()).expect("a good test")
    }

    #[test]
    fn one_test_follows_from_another() {
        use TextOp::{Contains, HasWord, Is, Matches, StartsWith};
        let cases = [
            (Is, "VP", Is, "vp", true),
            (Is, "Vice President", Contains, "president", true),
            (HasWord, "sales intern", HasWord, "intern", true),
            (HasWord, "international", HasWord, "intern", false),
            (StartsWith, "/careers/x", StartsWith, "/careers", true),
            (StartsWith, "/careers", StartsWith, "/careers/x", false),
            (Contains, "vp", Is, "vp", false),
            (Matches, "^vp", Matches, "^vp", true),
            (Is, "vp", Matches, "^vp", false),
        ];
        for (op, value, other_op, other, expected) in cases {
            let found = follows(&test(op, &[value]), &test(other_op, &[other]));
            assert_eq!(found, expected, "{op:?} {value} → {other_op:?} {other}");
        }
    }

    #[test]
    fn no_text_is_two_texts() {
        let de = test(TextOp::Is, &["DE"]);
        let at = test(TextOp::Is, &["AT"]);
        let both = test(TextOp::Is, &["AT", "de"]);
        assert!(is_contradictory(&[&de, &at], &[]));
        assert!(!is_contradictory(&[&de, &both], &[]));
        assert!(is_contradictory(&[&both], &[&de, &at]));
        let path = test(TextOp::StartsWith, &["/a"]);
        assert!(is_contradictory(&[&path, &test(TextOp::StartsWith, &["/b"])], &[]));
        assert!(!is_contradictory(&[&path, &test(TextOp::StartsWith, &["/abc"])], &[]));
    }
}
