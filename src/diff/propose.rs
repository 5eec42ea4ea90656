//! Tests for leads that moved: of each kind of move the first lead, cut down to what its result hangs on and made anonymous.
//!
//! What a test expects is what the new rulebook says of the cut-down lead in memory, and only one that comes to the same result as
//! the whole lead is proposed, save for what some hours make of points that fade.

use super::comparison::{Comparison, Findings};
use super::round::{round_day, round_number};
use crate::points::Points;
use crate::rulebook::yaml::quoted;
use crate::rulebook::{DISQUALIFIED, Rulebook};
use crate::score::{Plan, Trial, TrialEvent, TrialLead};
use crate::value::{Part, Type, Value};
use std::borrow::Cow;
use std::fmt::Write as _;

/// How many tests are proposed.
const MOST_TESTS: usize = 5;
/// A lead with more events than these makes no readable test.
const MOST_EVENTS: usize = 200;

/// The first lead, in the order of the files, of those that made a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mover {
    /// Its id, as it stands in the file.
    pub id: String,
    /// The move, in words: `Lead to MQL, as 12 leads go`.
    pub name: String,
}

/// The first lead of each of the most frequent moves.
#[must_use]
pub fn movers(comparison: &Comparison, found: &Findings) -> Vec<Mover> {
    let place = |at: usize| comparison.frame.stages.get(at).map_or(DISQUALIFIED, String::as_str);
    let n_places = comparison.judge.n_places;
    let n_of = |(from, to): (usize, usize)| found.sums.all.moves.get(from * n_places + to).copied().unwrap_or(0);
    let mut moves: Vec<_> = found.sums.movers.iter().collect();
    moves.sort_by_key(|(step, (number, _))| (std::cmp::Reverse(n_of(**step)), *number));
    let mover = |(step, (_, id)): (&(usize, usize), &(u32, String))| {
        let n = n_of(*step);
        let leads = if n == 1 { "1 lead goes".to_owned() } else { format!("{n} leads go") };
        Mover { id: id.clone(), name: format!("{} to {}, as {leads}", place(step.0), place(step.1)) }
    };
    moves.into_iter().take(MOST_TESTS).map(mover).collect()
}

/// What a test holds fast.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Expected {
    total: Points,
    stage: Option<usize>,
    dimensions: Vec<Points>,
}

fn expected(plan: &Plan<'_>, lead: &TrialLead) -> Option<Expected> {
    let trial = Trial::new(plan, lead)?;
    let facts = trial.facts();
    let card = facts.card();
    let dimensions = card.dimensions.iter().map(|dimension| dimension.value).collect();
    Some(Expected { total: card.total.value, stage: card.stage, dimensions })
}

/// The test of a lead; none if it can't be cut down to something readable.
#[must_use]
pub fn propose(plan: &Plan<'_>, name: &str, lead: TrialLead) -> Option<String> {
    if lead.events.len() > MOST_EVENTS {
        return None;
    }
    let wanted = expected(plan, &lead)?;
    let lead = blurred(plan, cut_down(plan, lead, &wanted));
    let wanted = expected(plan, &lead)?;
    Some(written(plan.rulebook, name, &lead, &wanted))
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
        let mut less = lead.clone();
        less.events[at].time = round_day(less.events[at].time);
        if less.events[at].time <= plan.as_of && outline(&less) == wanted {
            lead = less;
        }
    }
    lead
}

/// The lead without what its result doesn't hang on.
fn cut_down(plan: &Plan<'_>, mut lead: TrialLead, wanted: &Expected) -> TrialLead {
    let is_same = |lead: &TrialLead| expected(plan, lead).as_ref() == Some(wanted);
    for at in (0..lead.events.len()).rev() {
        let mut less = lead.clone();
        less.events.remove(at);
        if is_same(&less) {
            lead = less;
        }
    }
    for at in (0..lead.fields.len()).rev() {
        let (field, value) = &lead.fields[at];
        for instead in blander(plan.rulebook.fields[*field].kind, value) {
            let mut less = lead.clone();
            match instead {
                Some(value) => less.fields[at].1 = value,
                None => drop(less.fields.remove(at)),
            }
            if is_same(&less) {
                lead = less;
                break;
            }
        }
    }
    for at in 0..lead.events.len() {
        for field in (0..lead.events[at].fields.len()).rev() {
            let (number, value) = &lead.events[at].fields[field];
            for instead in blander(plan.rulebook.event_fields[*number].kind, value) {
                let mut less = lead.clone();
                match instead {
                    Some(value) => less.events[at].fields[field].1 = value,
                    None => drop(less.events[at].fields.remove(field)),
                }
                if is_same(&less) {
                    lead = less;
                    break;
                }
            }
        }
    }
    lead
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
        Value::Instant(instant) => instead.push(Some(Value::Instant(round_day(*instant)))),
        _ => {}
    }
    instead
}

fn written(rulebook: &Rulebook, name: &str, lead: &TrialLead, wanted: &Expected) -> String {
    let mut text = format!("  - name: {}\n", quoted(name));
    let fields = lead.fields.iter().map(|(field, value)| (rulebook.fields[*field].name.as_str(), value));
    let fields: Vec<String> = fields.map(|(name, value)| format!("{name}: {}", scalar(value))).collect();
    if !fields.is_empty() {
        let _ = writeln!(text, "    lead: {{ {} }}", fields.join(", "));
    }
    if !lead.events.is_empty() {
        text += "    events:\n";
        for event in &lead.events {
            let _ = writeln!(text, "      - {}", event_line(rulebook, event));
        }
    }
    let stage = wanted.stage.map_or(DISQUALIFIED, |stage| &rulebook.stages[stage].name);
    let _ = writeln!(text, "    expect: {{ total: {}, stage: {} }}", wanted.total, quoted(stage));
    text
}

fn event_line(rulebook: &Rulebook, event: &TrialEvent) -> String {
    let source = &rulebook.sources[event.source].name;
    let mut line = format!("{{ type: {}, source: {source}, time: {}", quoted(&event.kind), event.time);
    for (field, value) in &event.fields {
        let _ = write!(line, ", {}: {}", rulebook.event_fields[*field].name, scalar(value));
    }
    line + " }"
}

/// A value as a test writes it.
fn scalar(value: &Value<'_>) -> String {
    match value {
        Value::Missing => String::new(),
        Value::Text(text) => quoted(text),
        Value::Set(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| quoted(part)).collect();
            format!("[{}]", parts.join(", "))
        }
        Value::Number(number) => number.to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::Instant(instant) => instant.to_string(),
    }
}
