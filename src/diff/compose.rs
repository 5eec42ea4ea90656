//! Findings → the report: names in place of numbers, rows that add up, what is not to be told left out.

use super::comparison::{Comparison, Findings, Look};
use super::edit::{Edit, Reach};
use super::effect::{Effect, Outcome};
use super::histogram::histogram;
use super::limit::Limit;
use super::lines::{Line, Near};
use super::pseudonym::Pseudonyms;
use super::report::{
    Class, Count, CrossingRow, Detail, DiffReport, EditRow, EffectRow, FateRow, LineRow, Move, NearRow, SCHEMA,
    ScoreChange, StageCount,
};
use super::sums::Fates;
use super::value::value_change;
use crate::funnel::wilson;
use crate::points::div_round;
use crate::rulebook::DISQUALIFIED;
use crate::rulebook::expr::Order;
use crate::value::Instant;

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
    pub found: &'x Findings,
    pub places: Vec<String>,
    hides: bool,
    names: Option<Pseudonyms>,
}

/// The report on what a change came to. `limits` are checked against the exact numbers.
#[must_use]
pub fn compose(look: &Look<'_>, found: &Findings, as_of: Instant, privacy: &Privacy, limits: &[Limit]) -> DiffReport {
    let comparison = look.comparison;
    let disqualified = std::iter::once(DISQUALIFIED.to_owned());
    let composer = Composer {
        comparison,
        found,
        places: comparison.frame.stages.iter().cloned().chain(disqualified).collect(),
        hides: privacy.hides_small_groups && !privacy.shows_ids,
        names: (!privacy.shows_ids).then(|| Pseudonyms::new(privacy.key.as_deref(), found.all_ids)),
    };
    let counts = composer.counts();
    let mut report = composer.report(look, &counts, as_of, privacy);
    let n_moved = found.sums.all.n_moved();
    report.tripped = limits.iter().filter_map(|limit| limit.check(&report, &counts, n_moved)).collect();
    report
}

impl Composer<'_> {
    fn report(&self, look: &Look<'_>, counts: &[(u64, u64)], as_of: Instant, privacy: &Privacy) -> DiffReport {
        let (comparison, sums) = (self.comparison, &self.found.sums);
        let (class, reasons) = self.class();
        let stage = |(name, (before, after)): (&String, &(u64, u64))| StageCount {
            stage: name.clone(),
            before: self.count(*before),
            after: self.count(*after),
        };
        DiffReport {
            schema: SCHEMA,
            old: comparison.old.name.clone(),
            new: comparison.new.name.clone(),
            rulebook: comparison.new.rulebook.card.name.clone(),
            as_of: as_of.to_string(),
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
            histogram: histogram(&sums.changes, |n| self.count(n)),
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

    pub(super) fn count(&self, n: u64) -> Count {
        Count::of(n, self.hides)
    }

    /// For each place its leads before and after.
    fn counts(&self) -> Vec<(u64, u64)> {
        let n = self.places.len();
        let at = |from: usize, to: usize| self.found.sums.matrix.get(from * n + to).copied().unwrap_or(0);
        let of = |place| ((0..n).map(|to| at(place, to)).sum(), (0..n).map(|from| at(from, place)).sum());
        (0..n).map(of).collect()
    }

    fn matrix(&self) -> Vec<Vec<Count>> {
        let n = self.places.len();
        let at = |from: usize, to: usize| self.found.sums.matrix.get(from * n + to).copied().unwrap_or(0);
        (0..n).map(|from| (0..n).map(|to| self.count(at(from, to))).collect()).collect()
    }

    /// How far the change reaches: what others rely on is seen in the edits, whether leads moved in the leads.
    fn class(&self) -> (Class, Vec<String>) {
        let (edits, sums) = (&self.comparison.edits, &self.found.sums);
        let broken = |edit: &Edit| match &edit.reach {
            Reach::Contract(why) => Some(why.clone()),
            _ => None,
        };
        let breaks: Vec<String> = edits.iter().filter_map(broken).collect();
        let n_moved = sums.all.n_moved();
        let moved = (n_moved > 0).then(|| match self.count(n_moved).n() {
            Some(n) => format!("{n} of {} leads are at another stage", sums.n_leads),
            None => "a few leads are at another stage".to_owned(),
        });
        if !breaks.is_empty() {
            return (Class::ContractBreaking, breaks.into_iter().chain(moved).collect());
        }
        if let Some(moved) = moved {
            return (Class::StageChanging, vec![moved]);
        }
        let is_felt = sums.all.n_changed + sums.n_grade_changed + sums.n_priority_changed > 0;
        let reaches = |reach: &Reach| edits.iter().any(|edit| edit.reach == *reach);
        if is_felt {
            return (Class::ScoreOnly, vec!["no lead is at another stage".to_owned()]);
        }
        if reaches(&Reach::Scores) {
            return (Class::ScoreOnly, vec!["none of these leads comes to another result, but others may".to_owned()]);
        }
        if reaches(&Reach::Report) {
            return (Class::ScoreOnly, vec!["only the report can say something else".to_owned()]);
        }
        (Class::Cosmetic, vec!["no lead can come to another result".to_owned()])
    }

    fn edits(&self) -> Vec<EditRow> {
        let row = |(edit, trial): (&Edit, &Option<usize>)| EditRow {
            subject: edit.subject.clone(),
            change: edit.change,
            line: edit.line,
            details: edit
                .differences
                .iter()
                .map(|one| Detail { key: one.key.clone(), old: one.old.clone(), new: one.new.clone() })
                .collect(),
            is_cosmetic: edit.reach == Reach::Cosmetic,
            breaks: match &edit.reach {
                Reach::Contract(why) => Some(why.clone()),
                _ => None,
            },
            effect: trial.filter(|trial| *trial < self.n_alone()).map(|trial| self.effect(&self.trial(trial))),
        };
        let mut rows: Vec<EditRow> = self.comparison.edits.iter().zip(&self.comparison.trials).map(row).collect();
        let extra = |subject: &str, effect: EffectRow| EditRow {
            subject: subject.to_owned(),
            change: super::edit::Change::Changed,
            line: None,
            details: Vec::new(),
            is_cosmetic: false,
            breaks: None,
            effect: Some(effect),
        };
        if self.comparison.n_together > 0 {
            let effect = self.effect(&self.trial(self.n_alone()));
            rows.push(extra(&format!("the {} further edits together", self.comparison.n_together), effect));
        }
        if self.comparison.has_two_readings() {
            rows.push(extra("reading the files in the new way", self.effect(&self.found.reading)));
        }
        rows
    }

    /// How many trials are of one edit each.
    fn n_alone(&self) -> usize {
        self.comparison.judge.tried.len() - usize::from(self.comparison.n_together > 0)
    }

    fn trial(&self, trial: usize) -> Effect {
        self.found.sums.by_edit.get(trial).cloned().unwrap_or_default()
    }

    /// What remains of the whole after what each edit does alone.
    fn interaction(&self) -> EffectRow {
        let n = self.places.len();
        let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let all = &self.found.sums.all;
        let rows = || self.found.sums.by_edit.iter().chain(std::iter::once(&self.found.reading));
        let net = |place| all.net(n, place) - rows().map(|row| row.net(n, place)).sum::<i64>();
        EffectRow {
            n_changed: Count::exact(signed(all.n_changed) - rows().map(|row| signed(row.n_changed)).sum::<i64>()),
            sum_hundredths: Some(all.sum_hundredths - rows().map(|row| row.sum_hundredths).sum::<i128>()),
            range_hundredths: None,
            n_moved: Count::exact(signed(all.n_moved()) - rows().map(|row| signed(row.n_moved())).sum::<i64>()),
            net: Some((0..n).map(net).collect()),
            moves: Vec::new(),
        }
    }

    fn effect(&self, effect: &Effect) -> EffectRow {
        let n = self.places.len();
        let n_changed = self.count(effect.n_changed);
        let n_moved = self.count(effect.n_moved());
        let mut moves: Vec<(usize, u64)> = effect.moves.iter().copied().enumerate().filter(|(_, n)| *n > 0).collect();
        moves.sort_by_key(|(at, n)| (std::cmp::Reverse(*n), *at));
        let told = |(at, count): (usize, u64)| Move {
            from: self.places[at / n].clone(),
            to: self.places[at % n].clone(),
            n: self.count(count),
        };
        EffectRow {
            n_changed,
            sum_hundredths: n_changed.n().map(|_| effect.sum_hundredths),
            range_hundredths: n_changed.n().map(|_| effect.range.unwrap_or_default()),
            n_moved,
            net: n_moved.n().map(|_| (0..n).map(|place| effect.net(n, place)).collect()),
            moves: moves.into_iter().take(MOST_MOVES).map(told).collect(),
        }
    }

    fn crossings(&self) -> Vec<CrossingRow> {
        let sums = &self.found.sums;
        let row = |(bit, place): (usize, &usize)| {
            let crossing = sums.crossings.get(bit).copied().unwrap_or_default();
            CrossingRow {
                stage: self.places[*place].clone(),
                gained: self.fates(crossing.gained),
                lost: self.fates(crossing.lost),
            }
        };
        self.comparison.judge.won.iter().enumerate().map(row).collect()
    }

    fn fates(&self, fates: Fates) -> FateRow {
        let n = fates.n();
        let is_told = n > 0 && self.count(n).n().is_some() && self.count(fates.n_customers).n().is_some();
        FateRow {
            n: self.count(n),
            n_customers: self.count(fates.n_customers),
            n_lost: self.count(fates.n_lost),
            n_open: self.count(fates.n_open),
            customer_share: is_told.then(|| {
                let (low, high) = wilson(fates.n_customers, n);
                (to_share(share(fates.n_customers, n)), to_share(low), to_share(high))
            }),
        }
    }

    fn line(&self, at: usize, line: &Line) -> LineRow {
        let nearest = self.found.sums.nearest.get(at).cloned().unwrap_or_default();
        let rows = |leads: &[Near]| leads.iter().map(|near| self.near(near)).collect();
        let order = match line.order {
            Order::Greater => "above",
            Order::AtLeast => "at least",
            Order::Less => "below",
            Order::AtMost => "at most",
        };
        let score = self.comparison.new_rulebook().score_name(line.score);
        LineRow {
            stage: self.places[line.stage].clone(),
            asks: format!("{score} {order} {}", crate::value::Number::from_micros(line.bound_micros)),
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
