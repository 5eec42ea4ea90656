//! Whether a case holds, and if not, what was expected, what came, and why it came.

use super::{Case, CaseSubject, Check, Expectation, TestFile, TextColumn};
use crate::explain::{Explanation, Named, explain_trial};
use crate::points::Points;
use crate::rulebook::expr::Order;
use crate::rulebook::{DISQUALIFIED, Rulebook};
use crate::score::{Facts, LeadFacts, Plan, PreviousStage, Quantity, Trial, TrialLead};
use serde::Serialize;
use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

/// How many events the cards of a file's failures may explain together, a failing moment counted as one more: enough for
/// any person to read, and a bound for the memory that they take.
const MOST_EXPLAINED: usize = 20_000;

/// What a case came to.
#[derive(Clone, Debug, Serialize)]
pub struct CaseResult<'r> {
    /// Its name.
    pub name: String,
    /// The line of its name, from 1.
    pub line: usize,
    /// Whether it passed.
    pub passed: bool,
    /// What did not hold; empty if the case passed.
    pub failures: Vec<Failure<'r>>,
}

/// An expectation that did not hold.
#[derive(Clone, Debug, Serialize)]
pub struct Failure<'r> {
    /// The line of the expectation, from 1.
    pub line: usize,
    /// How long after the case's own instant, as written; none for that instant itself.
    pub later: Option<String>,
    pub subject: Named<'r, CaseSubject>,
    pub expected: Check,
    pub got: Got,
    /// The card, shared by the failures of a moment; none where the lead is not scored, because it was created later, and none
    /// where the cards before it explained very many events.
    #[serde(skip)]
    pub explanation: Option<Arc<Explanation<'r>>>,
}

/// Judges every case of a file whose path is `path`, which explanations name as the place of its events.
#[must_use]
pub fn judge<'r>(file: &TestFile, rulebook: &'r Rulebook, path: &Path) -> Vec<CaseResult<'r>> {
    let mut left = MOST_EXPLAINED;
    file.cases.iter().map(|case| judge_case(case, rulebook, path, &mut left)).collect()
}

fn judge_case<'r>(case: &Case, rulebook: &'r Rulebook, path: &Path, left: &mut usize) -> CaseResult<'r> {
    let lead = lead_of(case, rulebook);
    let mut failures = Vec::new();
    for moment in &case.moments {
        let plan = Plan::new(rulebook, moment.as_of);
        let trial = Trial::new(&plan, &lead);
        let facts = trial.as_ref().map(Trial::facts);
        let is_missed = |expected: &&Expectation| facts.as_ref().is_none_or(|facts| !holds(expected, facts));
        let missed: Vec<&Expectation> = moment.expected.iter().filter(is_missed).collect();
        let explained = trial.as_ref().filter(|_| !missed.is_empty()).and_then(|trial| {
            *left = left.checked_sub(1 + case.lead.events.len())?;
            Some(Arc::new(explain_trial(rulebook, trial, &case.name, (path, &case.event_lines))))
        });
        failures.extend(missed.into_iter().map(|expected| Failure {
            line: expected.line,
            later: moment.later.clone(),
            subject: Named { rulebook, it: expected.subject },
            expected: expected.check.clone(),
            got: facts.as_ref().map_or(Got::Unscored, |facts| got(expected.subject, facts)),
            explanation: explained.clone(),
        }));
    }
    CaseResult { name: case.name.clone(), line: case.line, passed: failures.is_empty(), failures }
}

/// Whether a case holds under a rulebook, which may be a changed copy of the one that it was read against.
#[must_use]
pub fn passes(case: &Case, rulebook: &Rulebook) -> bool {
    let lead = lead_of(case, rulebook);
    case.moments.iter().all(|moment| {
        let plan = Plan::new(rulebook, moment.as_of);
        let Some(trial) = Trial::new(&plan, &lead) else { return moment.expected.is_empty() };
        let facts = trial.facts();
        moment.expected.iter().all(|expected| holds(expected, &facts))
    })
}

/// A case's lead, with its previous stage as the rulebook numbers it.
pub(super) fn lead_of<'c>(case: &'c Case, rulebook: &Rulebook) -> Cow<'c, TrialLead> {
    match case.previous_stage.as_ref().and_then(|name| rulebook.stage_named(name)) {
        Some(stage) => Cow::Owned(TrialLead { before: PreviousStage::in_stage(Some(stage)), ..case.lead.clone() }),
        None => Cow::Borrowed(&case.lead),
    }
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Got {
    /// A score, a criterion's points, or how many events count.
    Number(Points),
    /// A column's text; empty where that is.
    Text(String),
    /// The fields that are missing.
    Fields(Vec<String>),
    /// No score: the lead was created after that instant.
    Unscored,
}

fn got(subject: CaseSubject, facts: &LeadFacts<'_, '_>) -> Got {
    let rulebook = facts.plan.rulebook;
    match subject {
        CaseSubject::Score(score) => Got::Number(facts.score(score)),
        CaseSubject::Criterion(criterion) => Got::Number(facts.card().criteria[criterion]),
        CaseSubject::Events => Got::Number(match facts.tally(rulebook.events_tally) {
            Quantity::Number { numerator, .. } => {
                Points::from_hundredths(i64::try_from(numerator.saturating_mul(100)).unwrap_or(i64::MAX))
            }
            _ => Points::ZERO,
        }),
        CaseSubject::Passes => {
            Got::Number(Points::from_hundredths(i64::try_from(facts.card().passes * 100).unwrap_or(i64::MAX)))
        }
        CaseSubject::Column(column) => Got::Text(text(column, facts).unwrap_or_default()),
        CaseSubject::Missing => {
            let missing = rulebook.missing_of(|field| !facts.lead.value(field).is_missing());
            Got::Fields(missing.map(|field| rulebook.fields[field].name.clone()).collect())
        }
    }
}

/// A column as `scored.csv` has it; none where it is empty there.
fn text(column: TextColumn, facts: &LeadFacts<'_, '_>) -> Option<String> {
    let (rulebook, card) = (facts.plan.rulebook, facts.card());
    let stage = |stage: usize| rulebook.stages[stage].name.clone();
    match column {
        TextColumn::Stage => Some(card.stage.map_or_else(|| DISQUALIFIED.to_owned(), stage)),
        TextColumn::Grade => Some(card.grade.clone()).filter(|grade| !grade.is_empty()),
        TextColumn::Disqualified => card.disqualified.map(|index| rulebook.disqualifiers[index].reason.clone()),
        TextColumn::Priority => card.priority.map(|index| rulebook.priorities[index].name.clone()),
        TextColumn::Action => card.priority.and_then(|index| rulebook.priorities[index].action.clone()),
        TextColumn::CrmStage => card.crm_stage.map(stage),
        TextColumn::Step => card.step.map(|step| step.name().to_owned()),
        TextColumn::Returned => card.returned.map(|returned| returned.to_string()),
        TextColumn::Why => {
            let reason =
                |index: &usize| format!("{} {}", rulebook.criteria[*index].title(), card.criteria[*index].signed());
            let reasons: Vec<String> = card.largest().iter().flatten().map(reason).collect();
            Some(reasons.join("; ")).filter(|reasons| !reasons.is_empty())
        }
        TextColumn::LastEvent => match facts.tally(rulebook.last_event_tally) {
            Quantity::Instant(instant) => Some(instant.to_string()),
            _ => None,
        },
    }
}

fn holds(expected: &Expectation, facts: &LeadFacts<'_, '_>) -> bool {
    meets(&expected.check, &got(expected.subject, facts), facts)
}

fn meets(check: &Check, got: &Got, facts: &LeadFacts<'_, '_>) -> bool {
    match (check, got) {
        (Check::All(checks), got) => checks.iter().all(|check| meets(check, got, facts)),
        (Check::Numbers(wanted), Got::Number(number)) => wanted.contains(number),
        (Check::NotNumbers(unwanted), Got::Number(number)) => !unwanted.contains(number),
        (Check::Order(order, bound), Got::Number(number)) => compares(*order, number.cmp(bound)),
        (Check::Fired, Got::Number(number)) => !number.is_zero(),
        (Check::NotFired, Got::Number(number)) => number.is_zero(),
        (Check::Texts(wanted), Got::Text(text)) => wanted.contains(text),
        (Check::NotTexts(unwanted), Got::Text(text)) => !unwanted.contains(text),
        (Check::Filled, Got::Text(text)) => !text.is_empty(),
        (Check::StageOrder(order, name), Got::Text(_)) => {
            // No index orders below the first stage: disqualified.
            compares(*order, facts.card().stage.cmp(&facts.plan.rulebook.stage_named(name)))
        }
        (Check::Fields(wanted), Got::Fields(fields)) => {
            wanted.len() == fields.len() && wanted.iter().all(|field| fields.contains(field))
        }
        _ => false,
    }
}

fn compares(order: Order, found: std::cmp::Ordering) -> bool {
    match order {
        Order::Greater => found.is_gt(),
        Order::AtLeast => found.is_ge(),
        Order::Less => found.is_lt(),
        Order::AtMost => found.is_le(),
    }
}
