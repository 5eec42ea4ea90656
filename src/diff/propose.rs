//! Tests for leads that moved: of each kind of move the first lead, cut down to what its result hangs on and made anonymous.
//!
//! What a test expects is what the new rulebook says of the cut-down lead in memory, and only one that comes to the same result as
//! the whole lead is proposed, save for what some hours make of points that fade.

use super::comparison::Comparison;
use super::look::DiffFindings;
use super::round::{round_day, round_number};
use crate::points::Points;
use crate::score::{Plan, Trial, TrialLead};
use crate::value::{Part, Type, Value};
use std::borrow::Cow;

/// How many tests are proposed.
const MOST_TESTS: usize = 5;
/// A lead with more events than these makes no readable test.
const MOST_EVENTS: usize = 200;

/// The first lead, in the order of the files, of those that made a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mover {
    /// Its id, as it stands in the file.
    pub id: String,
    /// From this stage.
    pub from: String,
    /// To this one.
    pub to: String,
    /// How many leads made the move.
    pub n: u64,
}

/// The first lead of each of the most frequent moves.
#[must_use]
pub fn movers(comparison: &Comparison, found: &DiffFindings) -> Vec<Mover> {
    let places = comparison.places();
    let n_of = |step: (usize, usize)| found.sums.steps.n(step);
    let mut moves: Vec<_> = found.sums.movers.iter().collect();
    moves.sort_by_key(|(step, (number, _))| (std::cmp::Reverse(n_of(**step)), *number));
    let mover = |(step, (_, id)): (&(usize, usize), &(u32, String))| Mover {
        id: id.clone(),
        from: places[step.0].clone(),
        to: places[step.1].clone(),
        n: n_of(*step),
    };
    moves.into_iter().take(MOST_TESTS).map(mover).collect()
}

/// A lead as a test has it, and what the test holds fast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The lead.
    pub lead: TrialLead,
    /// Its total.
    pub total: Points,
    /// Its stage, by index; none if it is disqualified.
    pub stage: Option<usize>,
}

/// The test of a lead; none if it can't be cut down to something readable.
#[must_use]
pub fn propose(plan: &Plan<'_>, lead: TrialLead) -> Option<Proposal> {
    if lead.events.len() > MOST_EVENTS {
        return None;
    }
    let lead = blurred(plan, cut_down(plan, lead));
    let (total, stage, _) = result(plan, &lead)?;
    Some(Proposal { lead, total, stage })
}

/// What a lead comes to: total, stage, dimensions.
fn result(plan: &Plan<'_>, lead: &TrialLead) -> Option<(Points, Option<usize>, Vec<Points>)> {
    let trial = Trial::new(plan, lead)?;
    let facts = trial.facts();
    let card = facts.card();
    let dimensions = card.dimensions.iter().map(|dimension| dimension.value).collect();
    Some((card.total.value, card.stage, dimensions))
}

/// The lead with its events at noon of their days: to the millisecond they would be found in the exports again. A time that a
/// stage or a criterion hangs on stays as it is.
fn blurred(plan: &Plan<'_>, mut lead: TrialLead) -> TrialLead {
    let outline = |lead: &TrialLead| {
        let trial = Trial::new(plan, lead)?;
        let facts = trial.facts();
        let card = facts.card();
        let fired: Vec<bool> = card.criteria.iter().map(|points| !points.is_zero()).collect();
        Some((card.stage, card.disqualified, fired))
    };
    let wanted = outline(&lead);
    for at in 0..lead.events.len() {
        let time = round_day(lead.events[at].time);
        if time <= plan.as_of {
            try_out(&mut lead, |less| less.events[at].time = time, |less| outline(less) == wanted);
        }
    }
    lead
}

/// Changes a lead where it still passes; whether it does.
fn try_out(lead: &mut TrialLead, change: impl FnOnce(&mut TrialLead), passes: impl Fn(&TrialLead) -> bool) -> bool {
    let mut less = lead.clone();
    change(&mut less);
    let is_fine = passes(&less);
    if is_fine {
        *lead = less;
    }
    is_fine
}

/// The fields of something, with their values.
type FieldValues = Vec<(usize, Value<'static>)>;

/// The lead without what its result doesn't hang on.
fn cut_down(plan: &Plan<'_>, mut lead: TrialLead) -> TrialLead {
    let wanted = result(plan, &lead);
    let is_same = |lead: &TrialLead| result(plan, lead) == wanted;
    for at in (0..lead.events.len()).rev() {
        try_out(&mut lead, |less| drop(less.events.remove(at)), is_same);
    }
    let kind = |field: usize| plan.rulebook.fields[field].kind;
    blander_fields(&mut lead, |lead| &mut lead.fields, kind, is_same);
    for at in 0..lead.events.len() {
        let kind = |field: usize| plan.rulebook.event_fields[field].kind;
        blander_fields(&mut lead, |lead| &mut lead.events[at].fields, kind, is_same);
    }
    lead
}

/// Some fields with values that say less, or without them.
fn blander_fields(
    lead: &mut TrialLead,
    fields: impl Fn(&mut TrialLead) -> &mut FieldValues,
    kind: impl Fn(usize) -> Type,
    is_same: impl Fn(&TrialLead) -> bool,
) {
    for at in (0..fields(lead).len()).rev() {
        let (field, value) = fields(lead)[at].clone();
        let change = |less: &mut TrialLead, instead: Option<Value<'static>>| match instead {
            Some(value) => fields(less)[at].1 = value,
            None => drop(fields(less).remove(at)),
        };
        let _ = blander(kind(field), &value)
            .into_iter()
            .any(|instead| try_out(lead, |less| change(less, instead), &is_same));
    }
}

/// What says less about a lead than a value does, the least first: nothing, any text, any address of the same domain, a round
/// number, a day.
fn blander(kind: Type, value: &Value<'static>) -> Vec<Option<Value<'static>>> {
    let text = |text: &'static str| Some(Value::Text(Cow::Borrowed(text)));
    let mut instead = vec![None];
    match value {
        Value::Text(address) if kind == Type::Email => {
            instead.push(text("lead@firm.example"));
            let domain = Part::Domain.extract(address).map(str::to_owned);
            instead.extend(domain.map(|domain| Some(Value::Text(Cow::Owned(format!("lead@{domain}"))))));
        }
        Value::Text(_) => instead.push(text("x")),
        Value::Number(number) => {
            instead.extend((1..=3).map(|n_digits| Some(Value::Number(round_number(*number, n_digits)))));
        }
        Value::Instant(instant) | Value::Day(instant) => instead.push(Some(Value::Instant(round_day(*instant)))),
        _ => {}
    }
    instead
}
