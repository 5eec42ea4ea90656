//! Expectations and what came instead, in words.

use super::judge::Got;
use super::{Check, Subject};
use crate::points::Points;
use crate::rulebook::Rulebook;
use crate::rulebook::expr::Order;

/// Of what something is expected.
pub(super) fn subject_words(subject: Subject, rulebook: &Rulebook) -> String {
    match subject {
        Subject::Score(score) => rulebook.score_name(score),
        Subject::Criterion(criterion) => format!("criterion {}", rulebook.criteria[criterion].id),
        Subject::Events => "events".to_owned(),
        Subject::Column(column) => column.name().to_owned(),
        Subject::Missing => "missing".to_owned(),
    }
}

/// What is expected: `100 or more`.
pub(super) fn expected_words(check: &Check) -> String {
    let points = |wanted: &[Points]| one_of(&wanted.iter().map(ToString::to_string).collect::<Vec<_>>());
    let texts = |wanted: &[String]| one_of(&wanted.iter().map(|text| text_words(text)).collect::<Vec<_>>());
    match check {
        Check::All(checks) => checks.iter().map(expected_words).collect::<Vec<_>>().join(" and "),
        Check::Numbers(wanted) => points(wanted),
        Check::NotNumbers(unwanted) => format!("not {}", points(unwanted)),
        Check::Order(order, bound) => order_words(*order, &bound.to_string()),
        Check::Texts(wanted) => texts(wanted),
        Check::NotTexts(unwanted) => format!("not {}", texts(unwanted)),
        Check::Filled => "any".to_owned(),
        Check::StageOrder(order, stage) => match order {
            Order::Greater => format!("beyond {stage}"),
            Order::AtLeast => format!("{stage} or beyond"),
            Order::Less => format!("before {stage}"),
            Order::AtMost => format!("{stage} or before"),
        },
        Check::Fired => "to fire".to_owned(),
        Check::NotFired => "not to fire".to_owned(),
        Check::Fields(fields) if fields.is_empty() => "nothing".to_owned(),
        Check::Fields(fields) => fields.join(", "),
    }
}

/// What came.
pub(super) fn got_words(got: &Got) -> String {
    match got {
        Got::Number(points) => points.to_string(),
        Got::Text(text) => text_words(text),
        Got::Fields(fields) if fields.is_empty() => "nothing".to_owned(),
        Got::Fields(fields) => fields.join(", "),
    }
}

fn text_words(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { text.to_owned() }
}

fn order_words(order: Order, bound: &str) -> String {
    match order {
        Order::Greater => format!("more than {bound}"),
        Order::AtLeast => format!("{bound} or more"),
        Order::Less => format!("less than {bound}"),
        Order::AtMost => format!("{bound} or less"),
    }
}

fn one_of(items: &[String]) -> String {
    items.join(" or ")
}
