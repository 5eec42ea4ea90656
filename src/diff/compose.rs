//! Findings → the report: names in place of numbers, rows that add up, what is not to be told left out.

use super::comparison::Comparison;
use super::edit::{Change, Edit, EditReach, EditSubject};
use super::effect::{Effect, Outcome, signed};
use super::histogram::histogram;
use super::limit::DiffLimit;
use super::lines::{Near, ScoreBound};
use super::look::{DiffFindings, DiffLook};
use super::pseudonym::Pseudonyms;
use super::report::{
    Asks, Class, CrossingRow, DiffCount, DiffReport, EditRow, EffectRow, FateRow, LineRow, Move, NearRow, Reason,
    SCHEMA, ScoreChange, StageCount,
};
use super::sums::Became;
use super::value::value_change;
use crate::funnel::wilson;
use crate::points::div_round;
use crate::value::{Instant, Number};

/// What of single leads is told.
#[derive(Clone, Debug, Default)]
pub struct Privacy {
    /// Ids stand as they are in the files.
    pub shows_ids: bool,
    /// Groups under five are left out.
    pub hides_small_groups: bool,
    /// What ids are hashed with; without one, the ids of all leads.
    pub key: Option<String>,
}

/// How many kinds of moves of one edit are told.
const MOST_MOVES: usize = 8;

/// The report being put together.
pub(super) struct Composer<'x> {
    pub comparison: &'x Comparison,
    pub found: &'x DiffFindings,
    pub places: Vec<String>,
    hides: bool,
    names: Option<Pseudonyms>,
}

/// The report on what a change came to. `limits` are checked against the exact numbers.
#[must_use]
pub fn compose(
    look: &DiffLook<'_>,
    found: &DiffFindings,
    as_of: Instant,
    privacy: &Privacy,
    limits: &[DiffLimit],
) -> DiffReport {
    let comparison = look.comparison;
    let composer = Composer {
        comparison,
        found,
        places: comparison.places(),
        hides: privacy.hides_small_groups && !privacy.shows_ids,
        names: (!privacy.shows_ids).then(|| Pseudonyms::new(privacy.key.as_deref(), found.all_ids)),
    };
    let counts: Vec<(u64, u64)> = (0..composer.places.len()).map(|place| found.sums.steps.n_at(place)).collect();
    let mut report = composer.report(look, &counts, as_of, privacy);
    let n_moved = found.sums.all.n_moved();
    report.tripped = limits.iter().filter_map(|limit| limit.check(&report, &counts, n_moved)).collect();
    report
}

impl Composer<'_> {
    fn report(&self, look: &DiffLook<'_>, counts: &[(u64, u64)], as_of: Instant, privacy: &Privacy) -> DiffReport {
        let (comparison, sums) = (self.comparison, &self.found.sums);
        let (class, reasons) = self.class();
        let stage = |(name, (before, after)): (&String, &(u64, u64))| StageCount {
            stage: name.clone(),
            before: self.count(*before),
            after: self.count(*after),
        };
        DiffReport {
            schema: SCHEMA,
            old: comparison.sources.old.name.clone(),
            new: comparison.sources.new.name.clone(),
            rulebook: comparison.new_source().rulebook.card.name.clone(),
            as_of,
            zone: comparison.new_source().rulebook.zone.clone(),
            class,
            reasons,
            n_leads: sums.n_leads,
            n_only_old: self.found.n_only_old(),
            n_only_new: self.found.n_only_new,
            has_two_readings: comparison.has_two_readings(),
            stages: self.places.iter().zip(counts).map(stage).collect(),
            score: ScoreChange { before_hundredths: sums.before_hundredths, after_hundredths: sums.after_hundredths },
            value: value_change(look, self.found, &self.places),
            n_grade_changed: self.count(sums.n_grade_changed),
            n_priority_changed: self.count(sums.n_priority_changed),
            matrix: self.matrix(),
            histogram: histogram(&sums.changes.0, |n| self.count(n)),
            edits: self.edits(),
            n_together: comparison.n_together,
            interaction: self.interaction(),
            total: self.effect(&sums.all),
            crossings: self.crossings(),
            lines: comparison.judge.lines.iter().enumerate().map(|(at, line)| self.line(at, line)).collect(),
            tripped: Vec::new(),
            shows_ids: privacy.shows_ids,
            hides_small_groups: self.hides,
            places: self.places.clone(),
        }
    }

    pub(super) fn count(&self, n: u64) -> DiffCount {
        DiffCount::of(n, self.hides)
    }

    fn matrix(&self) -> Vec<Vec<DiffCount>> {
        let places = 0..self.places.len();
        let row = |from| places.clone().map(|to| self.count(self.found.sums.steps.n((from, to)))).collect();
        places.clone().map(row).collect()
    }

    /// How far the change reaches: what others rely on is seen in the edits, whether leads moved in the leads.
    fn class(&self) -> (Class, Vec<Reason>) {
        let (edits, sums) = (&self.comparison.edits, &self.found.sums);
        let n_moved = sums.all.n_moved();
        let moved = (n_moved > 0).then(|| Reason::Moved(self.count(n_moved), sums.n_leads));
        let breaks: Vec<Reason> =
            edits.iter().filter_map(|edit| edit.reach.breach()).cloned().map(Reason::Breaks).collect();
        if !breaks.is_empty() {
            return (Class::ContractBreaking, breaks.into_iter().chain(moved).collect());
        }
        if let Some(moved) = moved {
            return (Class::StageChanging, vec![moved]);
        }
        let reaches = |reach: &EditReach| edits.iter().any(|edit| edit.reach == *reach);
        let (class, reason) = if sums.all.n_changed + sums.n_grade_changed + sums.n_priority_changed > 0 {
            (Class::ScoreOnly, Reason::NobodyMoved)
        } else if reaches(&EditReach::Scores) {
            (Class::ScoreOnly, Reason::OthersMay)
        } else if reaches(&EditReach::Report) {
            (Class::ScoreOnly, Reason::OnlyReport)
        } else {
            (Class::Cosmetic, Reason::Nothing)
        };
        (class, vec![reason])
    }

    fn edits(&self) -> Vec<EditRow> {
        let row = |(edit, trial): (&Edit, &Option<usize>)| EditRow {
            subject: edit.subject.clone(),
            change: edit.change,
            line: edit.line,
            details: edit.details.clone(),
            is_cosmetic: edit.reach == EditReach::Cosmetic,
            breaks: edit.reach.breach().cloned(),
            effect: trial.filter(|trial| *trial < self.n_alone()).map(|trial| self.trial(trial)),
        };
        let extra = |subject: EditSubject, effect: EffectRow| EditRow {
            subject,
            change: Change::Changed,
            line: None,
            details: Vec::new(),
            is_cosmetic: false,
            breaks: None,
            effect: Some(effect),
        };
        let comparison = self.comparison;
        let mut rows: Vec<EditRow> = comparison.edits.iter().zip(&comparison.trials).map(row).collect();
        if comparison.n_together > 0 {
            rows.push(extra(EditSubject::Further(comparison.n_together), self.trial(self.n_alone())));
        }
        if comparison.has_two_readings() {
            rows.push(extra(EditSubject::Reading, self.effect(&self.found.reading)));
        }
        rows
    }

    /// How many trials are of one edit each.
    fn n_alone(&self) -> usize {
        self.comparison.judge.tried.len() - usize::from(self.comparison.n_together > 0)
    }

    fn trial(&self, trial: usize) -> EffectRow {
        self.found.sums.by_edit.get(trial).map_or_else(|| self.effect(&Effect::default()), |effect| self.effect(effect))
    }

    /// What remains of the whole after what each edit does alone.
    fn interaction(&self) -> EffectRow {
        let rows = || self.found.sums.by_edit.iter().chain([&self.found.reading]);
        let rest = |of: &dyn Fn(&Effect) -> i64| of(&self.found.sums.all) - rows().map(of).sum::<i64>();
        let sum = |effect: &Effect| effect.sum_hundredths;
        EffectRow {
            n_changed: DiffCount::exact(rest(&|effect| signed(effect.n_changed))),
            sum_hundredths: Some(sum(&self.found.sums.all) - rows().map(sum).sum::<i128>()),
            range_hundredths: None,
            n_moved: DiffCount::exact(rest(&|effect| signed(effect.n_moved()))),
            net: Some((0..self.places.len()).map(|place| rest(&|effect| effect.moves.net(place))).collect()),
            moves: Vec::new(),
        }
    }

    fn effect(&self, effect: &Effect) -> EffectRow {
        let n_changed = self.count(effect.n_changed);
        let n_moved = self.count(effect.n_moved());
        let mut moves: Vec<_> = effect.moves.0.iter().collect();
        moves.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        let told = |((from, to), n): (&(usize, usize), &u64)| Move {
            from: self.places[*from].clone(),
            to: self.places[*to].clone(),
            n: self.count(*n),
        };
        EffectRow {
            n_changed,
            sum_hundredths: n_changed.n().map(|_| effect.sum_hundredths),
            range_hundredths: n_changed.n().map(|_| effect.range.unwrap_or_default()),
            n_moved,
            net: n_moved.n().map(|_| (0..self.places.len()).map(|place| effect.moves.net(place)).collect()),
            moves: moves.into_iter().take(MOST_MOVES).map(told).collect(),
        }
    }

    fn crossings(&self) -> Vec<CrossingRow> {
        let row = |(bit, place): (usize, &usize)| CrossingRow {
            stage: self.places[*place].clone(),
            gained: self.fates(bit, true),
            lost: self.fates(bit, false),
        };
        self.comparison.judge.won.iter().enumerate().map(row).collect()
    }

    fn fates(&self, bit: usize, is_gain: bool) -> FateRow {
        let n_of = |became| self.found.sums.crossings.n((bit, is_gain, became));
        let [n_customers, n_lost, n_open] = [Became::Customer, Became::Lost, Became::Open].map(n_of);
        let n = n_customers + n_lost + n_open;
        let is_told = n > 0 && self.count(n).n().is_some() && self.count(n_customers).n().is_some();
        let (low, high) = wilson(n_customers, n.max(1));
        FateRow {
            n: self.count(n),
            n_customers: self.count(n_customers),
            n_lost: self.count(n_lost),
            n_open: self.count(n_open),
            customer_share: is_told.then(|| (to_share(share(n_customers, n)), to_share(low), to_share(high))),
        }
    }

    fn line(&self, at: usize, line: &ScoreBound) -> LineRow {
        let nearest = self.found.sums.nearest.get(at).cloned().unwrap_or_default();
        let rows = |leads: &[Near]| leads.iter().map(|near| self.near(near)).collect();
        LineRow {
            stage: self.places[line.stage].clone(),
            asks: Asks {
                score: self.comparison.new_rulebook().score_name(line.score),
                order: line.order,
                bound: Number::from_micros(line.bound_micros),
            },
            above: rows(&nearest.above),
            below: rows(&nearest.below),
        }
    }

    fn near(&self, near: &Near) -> NearRow {
        let place = |outcome: Outcome| self.places[outcome.place].clone();
        let hundredths = div_round(i128::from(near.distance_micros), 10_000);
        NearRow {
            lead: self.names.as_ref().map_or_else(|| near.id.clone(), |names| names.name(&near.id)),
            distance_hundredths: i64::try_from(hundredths).unwrap_or(i64::MAX),
            before: place(near.before),
            after: place(near.after),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of leads are far below 2^53")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

/// A share with six decimals, so that the bytes don't hang on the last bit.
fn to_share(share: f64) -> f64 {
    libm::round(share * 1e6) / 1e6
}
