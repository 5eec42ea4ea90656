//! What a condition lacks to be true: points, fields, events; of alternatives the nearest.

use super::claim::{Claim, Named, Statement, Subject};
use super::found::Found;
use super::stages::StageRecord;
use super::view::View;
use crate::points::Points;
use crate::rulebook::Side;
use crate::rulebook::expr::{Atom, Expr, Order, ScoreRef, Term, Test};
use crate::rulebook::logic::Form;
use crate::score::{Facts, Truth, evaluate, quantity};
use serde::Serialize;

/// Something that is lacking.
#[derive(Clone, Debug, Serialize)]
pub struct Gap<'r> {
    pub kind: GapKind,
    #[serde(rename = "text")]
    pub what: Named<'r, Lacking<'r>>,
    pub score: Option<String>,
    /// How many more points it needs; none where it is not more that is needed.
    pub more: Option<Points>,
    /// Where one of several would do, the nearest of them, each with all that it lacks.
    pub options: Vec<Vec<Self>>,
}

/// What kind of thing is lacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GapKind {
    Points,
    Field,
    Events,
    Stage,
    Grade,
    Options,
    /// The CRM's word.
    Crm,
}

/// What exactly is lacking.
#[derive(Clone, Debug)]
pub enum Lacking<'r> {
    Points {
        score: ScoreRef,
        more: Points,
        found: Points,
        claim: Claim<'r>,
    },
    /// That this holds, and what was found in its place.
    Statement(Statement<'r>, Option<Found>),
    /// That a comparison holds, and what was found on its sides, the right one with its factor.
    Comparison(Statement<'r>, [Found; 2]),
    /// That a condition with parts does not hold.
    Denial(&'r Expr),
    /// One of several, or so many more of them; and how many there are beyond those that are told.
    Options {
        /// So many more; none where one will do.
        n_more: Option<usize>,
        n_untold: usize,
    },
    Record(StageRecord<'r>),
    /// That one of these stages is held or recorded first.
    Earlier(&'r [usize]),
}

/// How many alternatives are told.
const MOST_OPTIONS: usize = 3;

impl<'r> View<'_, '_, 'r> {
    pub(super) fn gap(&self, kind: GapKind, what: Lacking<'r>) -> Gap<'r> {
        Gap { kind, what: self.named(what), score: None, more: None, options: Vec::new() }
    }

    /// What a condition, or its opposite, lacks to be true.
    pub(super) fn gaps(&self, expr: &'r Expr, is_negated: bool) -> Vec<Gap<'r>> {
        let truth = evaluate(expr, self.facts);
        if (if is_negated { !truth } else { truth }).is_true() {
            return Vec::new();
        }
        let each = |items: &'r [Expr]| -> Vec<Vec<Gap<'r>>> {
            let lacking = items.iter().map(|item| self.gaps(item, is_negated));
            lacking.filter(|gaps| !gaps.is_empty()).collect()
        };
        match (&expr.form, is_negated) {
            (Form::All(items), false) | (Form::Any(items), true) => each(items).into_iter().flatten().collect(),
            (Form::Any(items), false) | (Form::All(items), true) => self.options(None, each(items)),
            (Form::AtLeast(n, items), false) => {
                let n_true = items.iter().filter(|item| evaluate(item, self.facts) == Truth::True).count();
                self.options(Some(n.saturating_sub(n_true)), each(items))
            }
            (Form::AtLeast(..), true) => vec![self.gap(GapKind::Field, Lacking::Denial(expr))],
            (Form::Not(inner), _) => self.gaps(inner, !is_negated),
            (Form::Leaf(atom), _) => vec![self.leaf_gap(atom, is_negated)],
        }
    }

    /// Alternatives, those that lack least first; a single one is no alternative.
    fn options(&self, n_more: Option<usize>, mut lacking: Vec<Vec<Gap<'r>>>) -> Vec<Gap<'r>> {
        lacking.sort_by_key(Vec::len);
        match lacking.len() {
            0 => Vec::new(),
            1 => lacking.remove(0),
            n_options => {
                lacking.truncate(MOST_OPTIONS);
                let n_untold = n_options - lacking.len();
                let gap = self.gap(GapKind::Options, Lacking::Options { n_more, n_untold });
                vec![Gap { options: lacking, ..gap }]
            }
        }
    }

    fn leaf_gap(&self, atom: &'r Atom, is_negated: bool) -> Gap<'r> {
        let statement = Statement::of_atom(atom, Side::Lead, |tally| self.measured(tally), is_negated);
        if let Atom::Compare { left, right, times, .. } = atom {
            let kind = if matches!(left, Term::Tally(_)) { GapKind::Events } else { GapKind::Field };
            let right = quantity(*right, self.facts);
            let right = times.map_or(right, |times| right.times(times.micros()));
            let sides = [quantity(*left, self.facts), right].map(Found::of_quantity);
            return self.gap(kind, Lacking::Comparison(statement, sides));
        }
        let gap = |kind, found| self.gap(kind, Lacking::Statement(statement, found));
        let score_name = |score| Some(self.rulebook.score_name(score));
        match (statement.subject, atom) {
            (Subject::Score(score), Atom::Test { test: Test::Number(Order::AtLeast, wanted), .. }) if !is_negated => {
                let found = self.facts.score(score);
                let more = points_above(wanted.micros()).saturating_sub(found);
                let what = Lacking::Points { score, more, found, claim: statement.claim };
                Gap { score: score_name(score), more: Some(more), ..self.gap(GapKind::Points, what) }
            }
            (Subject::Score(score), Atom::Test { .. }) => {
                let found = Found::Points(self.facts.score(score));
                Gap { score: score_name(score), ..gap(GapKind::Points, Some(found)) }
            }
            (Subject::Stage(..), _) => gap(GapKind::Stage, None),
            (Subject::Grade, _) => gap(GapKind::Grade, Some(Found::Text(self.facts.grade().to_owned()))),
            (Subject::Measure(_), _) => {
                let found = atom.terms().next().map(|term| quantity(term, self.facts));
                gap(GapKind::Events, found.map(Found::of_quantity))
            }
            (Subject::Field(field, _), _) => {
                let found = self.reading(field).found;
                let is_told = !(matches!(atom, Atom::Present(_)) && found == Found::Missing);
                gap(GapKind::Field, is_told.then_some(found))
            }
            (Subject::Score(_) | Subject::Times(_), _) => gap(GapKind::Field, None),
        }
    }
}

/// The least points, in hundredths, that are not below a number of millionths.
fn points_above(micros: i64) -> Points {
    Points::from_hundredths(micros.div_euclid(10_000) + i64::from(micros.rem_euclid(10_000) != 0))
}
