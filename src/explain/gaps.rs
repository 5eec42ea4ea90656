//! What a condition lacks to be true: points, fields, events; of alternatives the nearest.

use super::found::Found;
use super::view::View;
use super::words::{self, Side};
use crate::points::Points;
use crate::rulebook::expr::{Atom, Expr, Order, Term, Test};
use crate::rulebook::logic::Form;
use crate::score::{Facts, Truth, evaluate, quantity};

/// Something that is lacking.
#[derive(Clone, Debug)]
pub struct Gap {
    /// What kind of thing.
    pub kind: GapKind,
    /// In words.
    pub text: String,
    /// Where one of several would do, the nearest of them, each with all that it lacks.
    pub options: Vec<Vec<Gap>>,
}

/// What kind of thing is lacking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GapKind {
    /// So many points in a score.
    Points {
        /// The score's name.
        score: String,
        /// How many more; none where it is not more that is needed.
        more: Option<Points>,
    },
    /// A field's value.
    Field,
    /// Events.
    Events,
    /// A stage.
    Stage,
    /// A grade.
    Grade,
    /// One or more of several.
    Options,
    /// The CRM's word.
    Crm,
}

/// How many alternatives are told.
const MOST_OPTIONS: usize = 3;

impl Gap {
    pub(super) fn plain(kind: GapKind, text: String) -> Self {
        Self { kind, text, options: Vec::new() }
    }
}

/// What a condition, or its opposite, lacks to be true.
pub(super) fn gaps(view: &View<'_, '_>, expr: &Expr, is_negated: bool) -> Vec<Gap> {
    let truth = evaluate(expr, view.lead.facts);
    if (if is_negated { !truth } else { truth }).is_true() {
        return Vec::new();
    }
    let each = |items: &[Expr]| -> Vec<Vec<Gap>> {
        let lacking = items.iter().map(|item| gaps(view, item, is_negated));
        lacking.filter(|gaps| !gaps.is_empty()).collect()
    };
    match (&expr.form, is_negated) {
        (Form::All(items), false) | (Form::Any(items), true) => each(items).into_iter().flatten().collect(),
        (Form::Any(items), false) | (Form::All(items), true) => options("one of these", each(items)),
        (Form::AtLeast(n, items), false) => {
            let n_true = items.iter().filter(|item| evaluate(item, view.lead.facts) == Truth::True).count();
            let n_more = n.saturating_sub(n_true);
            options(&format!("{n_more} more of these"), each(items))
        }
        (Form::AtLeast(..), true) => vec![Gap::plain(
            GapKind::Field,
            format!("this must not hold: {}", words::condition(view.voice(), expr, Side::Lead)),
        )],
        (Form::Not(inner), _) => gaps(view, inner, !is_negated),
        (Form::Leaf(own), _) => vec![leaf(view, expr, own, is_negated)],
    }
}

/// Alternatives, those that lack least first; a single one is no alternative.
fn options(text: &str, mut lacking: Vec<Vec<Gap>>) -> Vec<Gap> {
    lacking.sort_by_key(Vec::len);
    match lacking.len() {
        0 => Vec::new(),
        1 => lacking.remove(0),
        n_options => {
            lacking.truncate(MOST_OPTIONS);
            let rest = n_options - lacking.len();
            let text = if rest == 0 { text.to_owned() } else { format!("{text} (or of {rest} others)") };
            vec![Gap { kind: GapKind::Options, text, options: lacking }]
        }
    }
}

fn leaf(view: &View<'_, '_>, expr: &Expr, own: &Atom, is_negated: bool) -> Gap {
    let told = words::leaf(view.voice(), expr, Side::Lead, is_negated);
    let (subject, claim) = told.expect("a condition without parts has a subject and a claim");
    let must = format!("{subject} {}", claim.demanded());
    match own {
        Atom::Stage(_) => Gap::plain(GapKind::Stage, must),
        Atom::Grade(_) => Gap::plain(GapKind::Grade, format!("{must}, is {}", view.lead.facts.grade())),
        Atom::Test { term: Term::Score(score), test } => {
            let found = view.lead.facts.score(*score);
            let name = view.rulebook.score_name(*score);
            match test {
                Test::Number(Order::AtLeast, wanted) if !is_negated => {
                    let more = points_above(wanted.micros()).saturating_sub(found);
                    let text = format!("needs {more} more in {name}: is {found}, {}", claim.said());
                    Gap::plain(GapKind::Points { score: name, more: Some(more) }, text)
                }
                _ => Gap::plain(GapKind::Points { score: name, more: None }, format!("{must}, is {found}")),
            }
        }
        Atom::Test { term: term @ Term::Tally(_), .. } | Atom::Compare { left: term @ Term::Tally(_), .. } => {
            let found = Found::of_quantity(quantity(*term, view.lead.facts)).in_words(&view.rulebook.zone);
            Gap::plain(GapKind::Events, format!("{must}, is {found}"))
        }
        Atom::Test { term: Term::Field(field), .. }
        | Atom::Compare { left: Term::Field(field), .. }
        | Atom::Present(field) => {
            let found = view.reading(*field).found;
            let is = if matches!(own, Atom::Present(_)) && found == Found::Missing {
                String::new()
            } else {
                format!(", is {}", found.in_words(&view.rulebook.zone))
            };
            Gap::plain(GapKind::Field, must + &is)
        }
        Atom::Compare { left: Term::Score(_), .. } => Gap::plain(GapKind::Field, must),
    }
}

/// The least points, in hundredths, that are not below a number of millionths.
fn points_above(micros: i64) -> Points {
    Points::from_hundredths(micros.div_euclid(10_000) + i64::from(micros.rem_euclid(10_000) != 0))
}
