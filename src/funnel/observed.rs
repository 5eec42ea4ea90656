//! What a run of leads came to, lead by lead: sums that add up, whatever the threads and blocks. A lead leaves a few dozen bytes
//! behind at most: its total, and its hours between stages until they are counted.

use super::arrivals::{Journey, out_of_order, travel};
use super::by_criterion::{ByCriterion, Closing, Customer};
use super::by_score::ByScore;
use super::cohorts::ByDay;
use super::cross::Cross;
use super::given_back::GivenBackSeen;
use super::lens::Lens;
use super::pass::{Pass, Passes};
use super::pipeline::PipelineSeen;
use super::quality::{Fill, fields_read};
use super::questions::Answers;
use super::reasons::ByPlace;
use super::report::{DateError, DateErrors};
use super::sales::{SalesSeen, shown_id};
use super::segments::{Segments, Summed};
use super::sla::{PromiseVerdict, verdict};
use super::sums::{SeenPass, Sums};
use super::targets::Entries;
use super::velocity::Spans;
use super::worth::worth_of;
use crate::accounts::{AccountRow, AccountsSeen};
use crate::run::ScoredLead;
use crate::score::is_left_out;

/// How many leads with dates out of order are listed.
const MOST_EXAMPLES: usize = 20;

/// What some leads came to.
#[derive(Clone, Debug)]
pub struct Observed {
    /// How many leads have figures.
    pub(super) n_leads: u64,
    /// How many have none, because the rulebook leaves them out.
    pub(super) n_left_out: u64,
    pub(super) all: Sums,
    /// One a `by` field.
    pub(super) segments: Vec<Segments<Sums>>,
    /// One a path, then one a stage but the last.
    pub(super) days: Vec<Vec<ByDay>>,
    /// One a path, then one a pair of stages.
    pub(super) spans: Vec<Vec<Spans>>,
    pub(super) targets: Vec<Entries>,
    pub(super) sales: SalesSeen,
    pub(super) date_errors: DateErrors,
    pub(super) scores: ByScore,
    pub(super) criteria: ByCriterion,
    pub(super) cross: Cross,
    pub(super) fill: Fill,
    pub(super) answers: Answers,
    pub(super) accounts: AccountsSeen,
    /// By who has the lead today.
    pub(super) owners: Option<Segments<Sums>>,
    /// Lost passes by why.
    pub(super) losses: Option<Segments<ByPlace>>,
    pub(super) pipeline: Option<PipelineSeen>,
    pub(super) given_back: Option<GivenBackSeen>,
    is_read: Vec<bool>,
    /// Room for a lead's journeys and verdicts.
    room: (Vec<Journey>, Vec<Option<PromiseVerdict>>),
}

impl Observed {
    /// No leads.
    #[must_use]
    pub fn new(lens: &Lens<'_>) -> Self {
        let rulebook = lens.rulebook;
        let n_stages = |path: &crate::rulebook::Path| path.stages.len();
        Self {
            n_leads: 0,
            n_left_out: 0,
            all: Sums::new(lens),
            segments: lens.by.iter().map(|_| Segments::new(Sums::new(lens))).collect(),
            days: lens.paths.iter().map(|path| vec![ByDay::default(); n_stages(path)]).collect(),
            spans: lens.paths.iter().map(|path| vec![Spans::default(); Lens::pairs(n_stages(path)).count()]).collect(),
            targets: vec![Entries::default(); lens.targets.len()],
            sales: SalesSeen::new(&lens.sales),
            date_errors: DateErrors::default(),
            scores: ByScore::new(rulebook.stages.len()),
            criteria: ByCriterion::new(rulebook),
            cross: Cross::new(rulebook),
            fill: Fill::new(rulebook),
            answers: Answers::new(&lens.questions),
            accounts: AccountsSeen::default(),
            owners: lens.owner.map(|_| Segments::new(Sums::new(lens))),
            losses: lens.lost_reason.map(|_| Segments::new(ByPlace::new(lens))),
            pipeline: PipelineSeen::new(lens),
            given_back: GivenBackSeen::new(lens),
            is_read: fields_read(rulebook),
            room: (vec![Journey::default(); lens.paths.len()], Vec::new()),
        }
    }

    /// Adds a lead.
    pub fn add_lead(&mut self, lens: &Lens<'_>, lead: &ScoredLead<'_, '_>) {
        if is_left_out(lens.rulebook, lead.facts) {
            self.n_left_out += 1;
            return;
        }
        self.n_leads += 1;
        let mut is_in_order = true;
        let passes = Passes::of(lens, lead);
        for number in passes.numbers() {
            let seen = self.travelled(lens, passes.pass(lens, lead, number));
            self.add_pass(lens, lead, &seen);
            if is_in_order {
                is_in_order = !self.note_disorder(lens, lead, &seen.journeys);
            }
            if seen.pass.is_latest {
                self.add_scores(lens, lead, closing(&seen.journeys));
                self.sales.add_lead(lens, lead, &passes);
                if let Some(pipeline) = &mut self.pipeline {
                    pipeline.add_lead(lens, lead, &seen.pass);
                }
            }
            self.room = (seen.journeys, seen.verdicts);
        }
        self.fill.add_lead(&self.is_read, lead);
        self.answers.add_lead(&lens.questions, &lead.id, lead.card, lead.facts);
        if let Some(rules) = &lens.rulebook.accounts {
            self.accounts.add_lead(lens.rulebook, rules, lead);
        }
    }

    /// How far a pass got. It takes the room for journeys and verdicts: its owner gives that back.
    fn travelled<'x, 'r>(&mut self, lens: &Lens<'_>, pass: Pass<'x, 'r>) -> SeenPass<'x, 'r> {
        let (mut journeys, mut verdicts) = std::mem::take(&mut self.room);
        for (journey, path) in journeys.iter_mut().zip(lens.paths) {
            travel(journey, path, &pass, &lens.rulebook.zone);
        }
        verdicts.clear();
        verdicts.extend(lens.promises.iter().map(|promise| verdict(lens, promise, &pass, &journeys)));
        SeenPass { pass, journeys, verdicts }
    }

    /// Adds one pass of a lead.
    fn add_pass(&mut self, lens: &Lens<'_>, lead: &ScoredLead<'_, '_>, seen: &SeenPass<'_, '_>) {
        for (entries, target) in self.targets.iter_mut().zip(lens.targets) {
            entries.add_pass(&lens.months, seen.pass.entered[target.stage]);
        }
        self.sales.add_pass(lens, lead, &seen.pass, &seen.journeys, &seen.verdicts);
        self.add_times(lens, &seen.journeys);
        self.add_ends(lens, lead, seen);
        self.all.add_seen(lens, seen);
        for (segments, field) in self.segments.iter_mut().zip(lens.by) {
            segments.of_lead(lead.facts, *field, |sums| sums.add_seen(lens, seen));
        }
    }

    /// Adds who has a pass, and why it ended.
    fn add_ends(&mut self, lens: &Lens<'_>, lead: &ScoredLead<'_, '_>, seen: &SeenPass<'_, '_>) {
        if let (Some(owners), Some(field)) = (&mut self.owners, lens.owner) {
            owners.of_lead(lead.facts, field, |sums| sums.add_seen(lens, seen));
        }
        if let Some(given_back) = &mut self.given_back {
            given_back.add_pass(lens, lead, seen);
        }
        let is_lost = |journey: &Journey| journey.furthest.is_some() && journey.lost.is_some();
        if let (Some(losses), Some(field)) = (&mut self.losses, lens.lost_reason)
            && seen.journeys.iter().any(is_lost)
        {
            losses.of_lead(lead.facts, field, |sums| sums.add_pass(&seen.journeys, is_lost));
        }
    }

    /// Adds what a lead is now: its scores, and what came of them.
    fn add_scores(&mut self, lens: &Lens<'_>, lead: &ScoredLead<'_, '_>, closing: Closing) {
        let card = lead.card;
        let is_customer = lens.is_customer(card).unwrap_or(false);
        let worth_micros = || lens.worth().and_then(|worth| worth_of(worth, lead.facts));
        let customer = is_customer.then(|| Customer { worth_micros: worth_micros() });
        self.scores.add_lead(card, is_customer);
        self.criteria.add_lead(card, customer, closing);
        self.cross.add_lead(card);
    }

    fn add_times(&mut self, lens: &Lens<'_>, journeys: &[Journey]) {
        let zone = &lens.rulebook.zone;
        for ((journey, days), spans) in journeys.iter().zip(&mut self.days).zip(&mut self.spans) {
            let Some(furthest) = journey.furthest else { continue };
            let n_stages = journey.arrivals.len();
            for (from, days) in days.iter_mut().enumerate().take(furthest + 1) {
                days.add_pass(journey, from, zone);
            }
            for ((from, to), spans) in Lens::pairs(n_stages).zip(spans).filter(|((from, _), _)| *from <= furthest) {
                spans.add_pass(journey, from, to, lens.as_of, zone);
            }
        }
    }

    /// Notes dates out of order, if a pass has any.
    fn note_disorder(&mut self, lens: &Lens<'_>, lead: &ScoredLead<'_, '_>, journeys: &[Journey]) -> bool {
        let found = journeys.iter().enumerate().find_map(|(path, journey)| {
            out_of_order(journey, &lens.rulebook.zone).map(|places| (path, journey, places))
        });
        let Some((path, journey, (earlier, later))) = found else { return false };
        self.date_errors.n_leads += 1;
        if self.date_errors.examples.len() >= MOST_EXAMPLES {
            return true;
        }
        // What is out of order has dates.
        let dates = (journey.arrivals[earlier].at(), journey.arrivals[later].at());
        let (Some(at), Some(later_at)) = dates else { return true };
        self.date_errors.examples.push(DateError {
            lead: shown_id(lead),
            stage: lens.stage_of(path, earlier),
            at,
            later_stage: lens.stage_of(path, later),
            later_at,
        });
        true
    }

    /// Adds the leads of the next part of the run, in the order of the leads file.
    pub fn add(&mut self, other: &Self) {
        self.n_leads += other.n_leads;
        self.n_left_out += other.n_left_out;
        self.all.add_sums(&other.all);
        for (segments, more) in self.segments.iter_mut().zip(&other.segments) {
            segments.add(more);
        }
        for (days, more) in self.days.iter_mut().flatten().zip(other.days.iter().flatten()) {
            days.add(more);
        }
        for (spans, more) in self.spans.iter_mut().flatten().zip(other.spans.iter().flatten()) {
            spans.add(more);
        }
        for (entries, more) in self.targets.iter_mut().zip(&other.targets) {
            entries.add(*more);
        }
        self.sales.add(&other.sales);
        self.date_errors.n_leads += other.date_errors.n_leads;
        let room = MOST_EXAMPLES - self.date_errors.examples.len();
        self.date_errors.examples.extend(other.date_errors.examples.iter().take(room).cloned());
        self.scores.add(&other.scores);
        self.criteria.add(&other.criteria);
        self.cross.add(&other.cross);
        self.fill.add(&other.fill);
        self.answers.add(&other.answers);
        self.accounts.add(&other.accounts);
        join(&mut self.owners, other.owners.as_ref(), Segments::add);
        join(&mut self.losses, other.losses.as_ref(), Segments::add);
        join(&mut self.pipeline, other.pipeline.as_ref(), PipelineSeen::add);
        join(&mut self.given_back, other.given_back.as_ref(), GivenBackSeen::add);
    }

    /// The accounts, with what they come to, in the order of the first lead of each; none where the rulebook has none.
    #[must_use]
    pub fn accounts(&self, lens: &Lens<'_>) -> Option<Vec<AccountRow>> {
        lens.rulebook.accounts.as_ref().map(|rules| self.accounts.rows(rules, lens.as_of))
    }
}

/// Adds what only some rulebooks ask for.
fn join<T>(sums: &mut Option<T>, more: Option<&T>, add: impl Fn(&mut T, &T)) {
    if let (Some(sums), Some(more)) = (sums, more) {
        add(sums, more);
    }
}

/// How far a pass got on the first path.
fn closing(journeys: &[Journey]) -> Closing {
    let Some(journey) = journeys.first() else { return Closing::Early };
    let n_stages = journey.arrivals.len();
    match journey.furthest {
        Some(furthest) if furthest + 1 == n_stages => Closing::Closed,
        Some(furthest) if furthest + 2 == n_stages => Closing::Late { is_lost: journey.lost.is_some() },
        _ => Closing::Early,
    }
}
