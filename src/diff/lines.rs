//! The lines that the new rulebook draws through its scores, and the leads nearest to each: those that a point more or less would
//! have moved.

use super::effect::Outcome;
use crate::points::Points;
use crate::rulebook::Stage;
use crate::rulebook::expr::{Atom, Expr, Order, ScoreRef, Term, Test};
use crate::rulebook::logic::Form;

/// How many leads are kept on either side of a line.
const MOST_NEAR: usize = 5;
/// How many lines are looked at.
const MOST_LINES: usize = 12;

/// A bound that a stage asks of a score.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ScoreBound {
    /// The stage, by its number in the frame.
    pub stage: usize,
    pub score: ScoreRef,
    pub order: Order,
    /// In millionths of a point.
    pub bound_micros: i64,
    /// What else the stage asks: where that is not true, the line decides nothing.
    pub others: Vec<Expr>,
}

/// A lead near a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Near {
    /// How far above the line, in millionths of a point; below it, less than 0.
    pub distance_micros: i64,
    /// Its number among all leads: which of two at the same distance comes first.
    pub number: u32,
    pub id: String,
    pub before: Outcome,
    pub after: Outcome,
}

/// The leads nearest a line, nearest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Nearest {
    pub above: Vec<Near>,
    pub below: Vec<Near>,
}

/// The lines of some stages: what their `when` asks of a score, alone or together with other things.
pub(super) fn lines(stages: &[Stage], places: &[usize]) -> Vec<ScoreBound> {
    let mut found = Vec::new();
    for (stage, place) in stages.iter().zip(places).skip(1) {
        let parts = match &stage.when {
            Some(Expr { form: Form::All(items), .. }) => items.as_slice(),
            Some(other) => std::slice::from_ref(other),
            None => &[],
        };
        for (at, part) in parts.iter().enumerate() {
            if let Form::Leaf(Atom::Test { term: Term::Score(score), test: Test::Number(order, bound) }) = &part.form {
                let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
                found.push(ScoreBound {
                    stage: *place,
                    score: *score,
                    order: *order,
                    bound_micros: bound.micros(),
                    others: others.map(|(_, other)| other.clone()).collect(),
                });
            }
        }
    }
    found.truncate(MOST_LINES);
    found
}

impl ScoreBound {
    /// How far a score lies above the line.
    pub(super) fn distance(&self, score: Points) -> i64 {
        score.hundredths().saturating_mul(10_000).saturating_sub(self.bound_micros)
    }
}

impl Nearest {
    /// Whether a lead at this distance would be kept.
    pub(super) fn wants(&self, distance_micros: i64, number: u32) -> bool {
        let side = if distance_micros < 0 { &self.below } else { &self.above };
        side.len() < MOST_NEAR
            || side.last().is_some_and(|last| rank(distance_micros, number) < rank(last.distance_micros, last.number))
    }

    /// Takes a lead in.
    pub(super) fn take(&mut self, near: Near) {
        let side = if near.distance_micros < 0 { &mut self.below } else { &mut self.above };
        let rank_of = |near: &Near| rank(near.distance_micros, near.number);
        let at = side.partition_point(|known| rank_of(known) < rank_of(&near));
        side.insert(at, near);
        side.truncate(MOST_NEAR);
    }

    /// Takes in those that were found elsewhere.
    pub(super) fn add(&mut self, other: Self) {
        other.above.into_iter().chain(other.below).for_each(|near| self.take(near));
    }
}

fn rank(distance_micros: i64, number: u32) -> (u64, u32) {
    (distance_micros.unsigned_abs(), number)
}
