//! One lead of the rulebook's own tests, worked out: what it is and did, what it gets for that, and what becomes of it.

use super::{line, list, prose, strong};
use crate::case::{Case, TestFile};
use crate::explain::Found;
use crate::explain::Side;
use crate::points::Points;
use crate::present::language::{Voice, field, found};
use crate::present::{Cell, Column, Section, Table, Tone};
use crate::rulebook::expr::FieldRef;
use crate::rulebook::{DISQUALIFIED, Rulebook};
use crate::score::{Plan, PreviousStage, ScoreCard, Subtotal, Trial, TrialLead};
use crate::value::duration::DAY_MS;
use crate::value::{Instant, Part, Value};

/// How many criteria an example has at best: enough to show how they add up, few enough to be read.
const FITTING: usize = 8;

/// The lead that shows most: one that is not disqualified, holds more than the first stage and loses points as well as it earns
/// them, with about as many criteria as one likes to read; of equals the first.
pub(super) fn example(voice: Voice<'_>, tests: &TestFile) -> Section {
    let mut section = Section::new("example", "An example");
    let rulebook = voice.rulebook;
    let fired = |card: &ScoreCard| card.criteria.iter().filter(|points| !points.is_zero()).count();
    let mut best_yet: Option<(&Case, Instant, ScoreCard)> = None;
    for case in &tests.cases {
        let Some((as_of, card)) = worked_out(rulebook, case) else { continue };
        let rank = |card: &ScoreCard| {
            let has_both = [true, false].iter().all(|below| {
                card.criteria.iter().any(|points| !points.is_zero() && (*points < Points::ZERO) == *below)
            });
            let reached = card.stage.is_some_and(|stage| stage > 0);
            (card.disqualified.is_none(), reached, has_both, std::cmp::Reverse(fired(card).abs_diff(FITTING)))
        };
        if best_yet.as_ref().is_none_or(|(_, _, best)| rank(&card) > rank(best)) {
            best_yet = Some((case, as_of, card));
        }
    }
    let Some((case, as_of, card)) = best_yet.filter(|(_, _, card)| fired(card) > 0) else { return section };
    let day = rulebook.zone.wall(as_of).date();
    section.say(format!("From the tests of these rules, where it is called “{}”; scored on {day}.", case.name));
    section.add(list(about(voice, &case.lead, as_of)));
    section.table(points(rulebook, &card));
    section.say(outcome(rulebook, &card));
    section
}

fn worked_out(rulebook: &Rulebook, case: &Case) -> Option<(Instant, ScoreCard)> {
    let as_of = case.moments.first()?.as_of;
    let plan = Plan::new(rulebook, as_of);
    let previous_stage = case.previous_stage.as_ref().and_then(|name| rulebook.stage_named(name));
    let lead = TrialLead { before: PreviousStage::in_stage(previous_stage), ..case.lead.clone() };
    let trial = Trial::new(&plan, &lead)?;
    Some((as_of, trial.facts().card().clone()))
}

/// What it is, and what it did.
fn about(voice: Voice<'_>, lead: &TrialLead, as_of: Instant) -> Vec<String> {
    let said = |(index, value): &(usize, Value<'static>)| {
        let name = field(voice, FieldRef { field: *index, part: Part::Whole, slot: 0 }, Side::Lead);
        let words = match value {
            Value::Boolean(true) => "yes".to_owned(),
            Value::Boolean(false) => "no".to_owned(),
            other => found(&Found::of_value(other, Part::Whole), &voice.rulebook.zone),
        };
        format!("{name}: {words}")
    };
    let mut kinds: Vec<(&str, Vec<Instant>)> = Vec::new();
    for event in &lead.events {
        match kinds.iter_mut().find(|(kind, _)| *kind == event.kind) {
            Some((_, times)) => times.push(event.time),
            None => kinds.push((&event.kind, vec![event.time])),
        }
    }
    let did = kinds.iter().map(|(kind, times)| {
        let newest = times.iter().max().map_or(0, |newest| (as_of.ms() - newest.ms()) / DAY_MS);
        let ago = match newest {
            0 => "on the day itself".to_owned(),
            1 => "a day before".to_owned(),
            n => format!("{n} days before"),
        };
        let kind = kind.replace('_', " ");
        if times.len() == 1 {
            format!("{kind}, {ago}")
        } else {
            format!("{kind}, {} times, the last {ago}", times.len())
        }
    });
    lead.fields.iter().map(said).chain(did).collect()
}

/// What gave points or took some, and what that makes in each dimension.
fn points(rulebook: &Rulebook, card: &ScoreCard) -> Table {
    let mut table = prose(&[Column::text("What"), Column::number("Points")]);
    for (index, dimension) in rulebook.dimensions.iter().enumerate() {
        for (criterion, points) in rulebook.criteria.iter().zip(&card.criteria) {
            if criterion.dimension == index && !points.is_zero() {
                table.row([strong(criterion.title()), Cell::Gain(*points)]);
            }
        }
        for (group, subtotal) in dimension.groups.iter().zip(&card.groups[index]) {
            table.rows.extend(limited(&format!("{}: {}", dimension.name, group.name), *subtotal));
        }
        let subtotal = card.dimensions[index];
        table.rows.extend(limited(&dimension.name, subtotal));
        table.row([strong(format!("= {}", dimension.name)), Cell::Points(subtotal.value)]);
    }
    table.rows.extend(limited("total", card.total));
    table.row([strong("= total"), Cell::Points(card.total.value)]);
    table
}

/// What silence, weight and limits did to a sum, if anything.
fn limited(name: &str, subtotal: Subtotal) -> Option<Vec<Cell>> {
    let by: Points = subtotal.value.saturating_sub(subtotal.sum);
    let silence = if subtotal.faded == subtotal.sum { "" } else { "silence, " };
    let words = format!("{name}: {} becomes {} by {silence}weight and limits", subtotal.sum, subtotal.value);
    (!by.is_zero()).then(|| vec![Cell::Lines(vec![line(Tone::Faint, words)]), Cell::Gain(by)])
}

/// What becomes of it.
fn outcome(rulebook: &Rulebook, card: &ScoreCard) -> String {
    let grade = if card.grade.is_empty() { String::new() } else { format!(", the grade is {}", card.grade) };
    let stage = match (card.disqualified, card.stage) {
        (Some(index), _) => format!("{DISQUALIFIED}: {}", rulebook.disqualifiers[index].reason),
        (None, stage) => stage.map_or_else(String::new, |stage| rulebook.stages[stage].name.clone()),
    };
    let priority = card.priority.map(|index| &rulebook.priorities[index]);
    let priority = priority.map_or_else(String::new, |priority| {
        let action = priority.action.as_ref().map_or_else(String::new, |action| format!(": {action}"));
        format!(" Its priority is {}{action}.", priority.name)
    });
    format!("The total is {}{grade}, and the stage is {stage}.{priority}", card.total.value)
}
