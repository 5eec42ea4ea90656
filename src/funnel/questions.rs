//! The next question to ask: for leads below the first stage that a score opens, which missing field could move how many of them,
//! and by how many points, with the best value that its criteria know.

use super::asking::AskedField;
use super::figures::{count, float, to_cents};
use super::report::{Figure, NextQuestion, NextQuestions};
use super::suppose::{Supposed, reads};
use crate::rulebook::Rulebook;
use crate::score::{LeadFacts, ScoreCard, Truth};
use xxhash_rust::xxh3::xxh3_64;

/// Of about how many leads the questions are worked out at most.
const MOST_ASKED: u64 = 50_000;

/// What is asked of leads below a stage.
#[derive(Debug)]
pub(super) struct StageQuestions {
    /// The stage that leads are to reach.
    stage: Option<usize>,
    fields: Vec<StageQuestion>,
    /// One lead in so many is asked.
    one_in: u64,
}

/// A field and whether the stage's condition reads it.
#[derive(Debug)]
struct StageQuestion {
    asked: AskedField,
    is_in_stage: bool,
}

impl StageQuestions {
    pub(super) fn new(rulebook: &Rulebook, n_leads: u64) -> Self {
        let opens_by_score = |stage: &crate::rulebook::Stage| stage.when.is_some() && !stage.is_fact;
        let stage = rulebook.stages.iter().position(opens_by_score);
        let when = stage.and_then(|stage| rulebook.stages[stage].when.as_ref());
        let question = |field: &usize| StageQuestion {
            asked: AskedField::alone(rulebook, *field),
            is_in_stage: when.is_some_and(|when| reads(when, *field)),
        };
        let fields = rulebook.missing_fields.iter().map(question);
        let fields = fields.filter(|question| question.is_in_stage || !question.asked.criteria.is_empty()).collect();
        Self { stage, fields, one_in: n_leads.div_ceil(MOST_ASKED).max(1) }
    }
}

/// What the answers could change.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    n_below: u64,
    n_asked: u64,
    /// One a field that is asked about.
    gains: Vec<Gain>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Gain {
    n_lacking: u64,
    n_gaining: u64,
    n_moved: u64,
    sum_hundredths: i128,
    most_hundredths: i64,
}

impl Answers {
    pub(super) fn new(questions: &StageQuestions) -> Self {
        Self { gains: vec![Gain::default(); questions.fields.len()], ..Self::default() }
    }

    pub(super) fn add_lead(
        &mut self,
        questions: &StageQuestions,
        id: &str,
        card: &ScoreCard,
        facts: &LeadFacts<'_, '_>,
    ) {
        let (Some(wanted), Some(stage)) = (questions.stage, card.stage) else { return };
        if stage >= wanted {
            return;
        }
        self.n_below += 1;
        // An even sample, whatever the order of rows.
        if questions.one_in > 1 && !xxh3_64(id.as_bytes()).is_multiple_of(questions.one_in) {
            return;
        }
        self.n_asked += 1;
        for (gain, question) in self.gains.iter_mut().zip(&questions.fields) {
            if facts.rulebook.is_missing_of(question.asked.field, |field| facts.has_value(field)) {
                gain.n_lacking += 1;
                gain.add_lead(question, wanted, card, facts);
            }
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.n_below += other.n_below;
        self.n_asked += other.n_asked;
        for (gain, more) in self.gains.iter_mut().zip(&other.gains) {
            gain.n_lacking += more.n_lacking;
            gain.n_gaining += more.n_gaining;
            gain.n_moved += more.n_moved;
            gain.sum_hundredths += more.sum_hundredths;
            gain.most_hundredths = gain.most_hundredths.max(more.most_hundredths);
        }
    }

    pub(super) fn report(&self, rulebook: &Rulebook, questions: &StageQuestions) -> NextQuestions {
        let question = |(question, gain): (&StageQuestion, &Gain)| NextQuestion {
            field: rulebook.fields[question.asked.field].name.clone(),
            n_lacking: gain.n_lacking,
            n_gaining: gain.n_gaining,
            n_moved: gain.n_moved,
            mean_gain: if gain.n_gaining == 0 {
                Figure::None
            } else {
                Figure::Known { value: to_cents(float(gain.sum_hundredths) / 100.0 / count(gain.n_gaining)) }
            },
            most_gain: if gain.n_gaining == 0 {
                Figure::None
            } else {
                Figure::Known { value: to_cents(float(i128::from(gain.most_hundredths)) / 100.0) }
            },
        };
        let changes = |(_, gain): &(&StageQuestion, &Gain)| gain.n_gaining > 0 || gain.n_moved > 0;
        let mut found: Vec<(&StageQuestion, &Gain)> =
            questions.fields.iter().zip(&self.gains).filter(changes).collect();
        found.sort_by_key(|(_, gain)| std::cmp::Reverse((gain.n_moved, gain.sum_hundredths)));
        NextQuestions {
            stage: questions.stage.map(|stage| rulebook.stages[stage].name.clone()),
            n_below: self.n_below,
            n_asked: self.n_asked,
            questions: found.into_iter().map(question).collect(),
        }
    }
}

impl Gain {
    fn add_lead(&mut self, question: &StageQuestion, wanted: usize, card: &ScoreCard, facts: &LeadFacts<'_, '_>) {
        let rulebook = facts.rulebook;
        let mut supposed = Supposed::new(facts, vec![question.asked.field]);
        let better = question.asked.best_points(&supposed, card);
        if better.is_none() && !question.is_in_stage {
            return;
        }
        if let Some(points) = better {
            supposed = supposed.with_points(rulebook, points);
            let gain = supposed.total().hundredths() - card.total.value.hundredths();
            if gain > 0 {
                self.n_gaining += 1;
                self.sum_hundredths += i128::from(gain);
                self.most_hundredths = self.most_hundredths.max(gain);
            }
        }
        let stage = &rulebook.stages[wanted];
        let is_after = |earlier: &usize| card.holds[*earlier].is_true() || card.entered[*earlier].truth.is_true();
        let may_follow = stage.after.is_empty() || stage.after.iter().any(is_after);
        let may_hold = stage.when.as_ref().is_some_and(|when| supposed.possible(when).has(Truth::True));
        self.n_moved += u64::from(may_follow && may_hold);
    }
}
