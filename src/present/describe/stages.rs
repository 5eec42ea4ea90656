//! What points mean: stages, who acts within what time, priorities, grades, and what disqualifies.

use super::{hours, list, plain, strong, table};
use crate::explain::Side;
use crate::present::Section;
use crate::present::language::{Manner, Voice, condition, duration, field, one_of, score_name, selection, stated};
use crate::rulebook::expr::Expr;
use crate::rulebook::logic::Form;
use crate::rulebook::{Axis, DISQUALIFIED, Entered, Funnel, LeadMoment, Stage};
use crate::value::Clock;
use crate::value::duration::{DAY_MS, HOUR_MS};

/// Every stage: when a lead has it, keeps it, leaves it, and what is to happen then.
pub(super) fn stages(voice: Voice<'_>) -> Section {
    let mut section = Section::new("stages", "The stages");
    section.say(
        "From the first contact to the customer. If a lead meets several stages, the last one in this order counts.",
    );
    for (index, stage) in voice.rulebook.stages.iter().enumerate() {
        section.heading(stage.name.clone());
        section.add(list(stage_points(voice, index, stage)));
    }
    if let Some(hours) = hours::business_hours(voice.rulebook) {
        section.heading("Business hours");
        section.say(hours);
    }
    section
}

fn stage_points(voice: Voice<'_>, index: usize, stage: &Stage) -> Vec<String> {
    let names = |stages: &[usize]| {
        let names: Vec<String> = stages.iter().map(|stage| voice.rulebook.stages[*stage].name.clone()).collect();
        one_of(Manner::Plain, &names)
    };
    let mut points = Vec::new();
    if index == 0 {
        points.push("Every lead is at least in this stage.".to_owned());
    }
    if let Some(when) = &stage.when {
        points.push(format!("A lead is in this stage {}.", when_of(voice, when)));
        if stage.is_fact {
            points.push("This does not depend on points.".to_owned());
        }
    }
    if !stage.after.is_empty() {
        points.push(format!("Only after {}.", names(&stage.after)));
    }
    if let Some(keep) = &stage.keep_when {
        points.push(format!("Once in this stage, it stays as long as {}.", condition_of(voice, keep)));
    }
    if let Some(entered) = &stage.entered {
        let record = match entered {
            Entered::Records(records) => {
                let ways: Vec<String> = records.iter().map(|record| record_of(voice, record)).collect();
                format!("by {}", one_of(Manner::Plain, &ways))
            }
            Entered::When { when, at: None } => format!("where {}", condition_of(voice, when)),
            Entered::When { when, at: Some(at) } => {
                let condition = condition_of(voice, when);
                format!("where {condition}, with the date in {}", field(voice, *at, Side::Lead))
            }
        };
        let only = if stage.when.is_none() && index > 0 { ", and only that counts, not points" } else { "" };
        points.push(format!("The CRM records it {record}{only}."));
    }
    points.extend(voice.rulebook.funnel.iter().flat_map(|funnel| promises(voice, funnel, index)));
    if let Some(recycle) = &stage.recycle_when {
        points.push(format!("It goes back to marketing {}.", when_of(voice, recycle)));
    }
    points
}

/// What records an entry.
fn record_of(voice: Voice<'_>, record: &LeadMoment) -> String {
    match record {
        LeadMoment::Field(name) => format!("the date in {}", field(voice, *name, Side::Lead)),
        LeadMoment::Event(tally) => format!("the first of its {}", selection(voice, stated(voice, *tally))),
    }
}

/// Who acts by when, and how many a month are wanted.
fn promises(voice: Voice<'_>, funnel: &Funnel, stage: usize) -> Vec<String> {
    let slas = funnel.slas.iter().filter(|sla| sla.stage == stage).map(|sla| {
        let until = match &sla.until {
            Some(LeadMoment::Field(name)) => format!("{} has a date", field(voice, *name, Side::Lead)),
            Some(LeadMoment::Event(tally)) => {
                format!("the first of its {}", selection(voice, stated(voice, *tally)))
            }
            None => "the next stage is recorded".to_owned(),
        };
        let within = match sla.clock {
            Clock::Always => hours_or_days(sla.within_ms),
            Clock::Business(_) => format!("{}, in business hours,", hours_or_days(sla.within_ms)),
        };
        format!("Promised: at most {within} from then until {until}.")
    });
    let targets = funnel.targets.iter().filter(|target| target.stage == stage);
    let targets = targets.map(|target| format!("Target: {} per calendar month.", target.n_leads));
    slas.chain(targets).collect()
}

/// What to do, by priority.
pub(super) fn priorities(voice: Voice<'_>) -> Section {
    let mut section = Section::new("priorities", "What to do");
    if voice.rulebook.priorities.is_empty() {
        return section;
    }
    section.say("The first one that is true applies.");
    let mut table = table(&["Priority", "When", "Action"]);
    for priority in &voice.rulebook.priorities {
        let when = priority.when.as_ref().map_or_else(|| "all others".to_owned(), |when| condition_of(voice, when));
        let action = priority.action.clone().unwrap_or_else(|| "none".to_owned());
        table.row([strong(&priority.name), plain(when), plain(action)]);
    }
    section.table(table);
    section
}

/// The marks.
pub(super) fn grade(voice: Voice<'_>) -> Section {
    let mut section = Section::new("grade", "The grade");
    let Some(grade) = &voice.rulebook.grade else { return section };
    if let [first, _, ..] = &grade.all()[..] {
        let side = if grade.axes.len() > 1 { ", made of the marks of both scores" } else { "" };
        section.say(format!("Each lead has a grade{side}; the best is {first}."));
    }
    let by = |axis: &Axis| {
        let mut marks: Vec<String> =
            axis.bounds.iter().map(|bound| format!("{} from {} on", bound.mark, bound.from)).collect();
        if let (Some(last), Some(bound)) = (marks.last_mut(), axis.bounds.last()) {
            *last = format!("{} below that", bound.mark);
        }
        format!("by {}: {}", score_name(voice, axis.score), marks.join(", "))
    };
    section.add(list(grade.axes.iter().map(by).collect()));
    section
}

/// What keeps a lead out, whatever its points.
pub(super) fn disqualifiers(voice: Voice<'_>) -> Section {
    let mut section = Section::new("left-out", "Which leads are left out");
    if voice.rulebook.disqualifiers.is_empty() {
        return section;
    }
    section.say(format!(
        "These leads are “{DISQUALIFIED}” and do not go to sales, whatever their points. The first reason that applies is recorded.{}",
        exempt(&voice.rulebook.stages)
    ));
    let mut table = table(&["Reason", "When"]);
    for disqualifier in &voice.rulebook.disqualifiers {
        table.row([strong(&disqualifier.reason), plain(condition_of(voice, &disqualifier.when))]);
    }
    section.table(table);
    section
}

/// Whom no reason keeps out: see [`crate::score::is_customer`].
fn exempt(stages: &[Stage]) -> String {
    let Some((last, before)) = stages.split_last() else { return String::new() };
    let name = &last.name;
    match (last.entered.is_some(), last.is_fact) {
        (true, true) => format!(" Leads that reached {name} are never disqualified."),
        (false, true) if !before.is_empty() => format!(" Leads that reached {name} are never disqualified."),
        (true, false) => {
            format!(
                " Leads that entered {name} in the CRM are never disqualified; those that are there by points alone can be."
            )
        }
        _ => String::new(),
    }
}

/// A condition over the lead in one line; alternatives stand without brackets around them all.
fn condition_of(voice: Voice<'_>, expr: &Expr) -> String {
    condition_on(voice, expr, Side::Lead)
}

/// The same over a lead or an account.
pub(super) fn condition_on(voice: Voice<'_>, expr: &Expr, side: Side) -> String {
    let Form::Any(items) = &expr.form else { return condition(voice, expr, side) };
    items.iter().map(|item| condition(voice, item, side)).collect::<Vec<_>>().join(", or ")
}

/// `when …`, the parts one after the other where there are many.
fn when_of(voice: Voice<'_>, expr: &Expr) -> String {
    when_on(voice, expr, Side::Lead)
}

/// The same over a lead or an account.
pub(super) fn when_on(voice: Voice<'_>, expr: &Expr, side: Side) -> String {
    let parts = flat(expr);
    if parts.len() < 3 {
        return format!("when {}", condition_on(voice, expr, side));
    }
    let parts: Vec<String> = parts.into_iter().map(|part| condition(voice, part, side)).collect();
    format!("when all of this is true: {}", parts.join("; "))
}

/// The parts of a condition that must all be true, also those of a part.
fn flat(expr: &Expr) -> Vec<&Expr> {
    match &expr.form {
        Form::All(items) => items.iter().flat_map(flat).collect(),
        _ => vec![expr],
    }
}

/// A promised time: `24 hours` rather than `1 day`.
fn hours_or_days(ms: i64) -> String {
    if ms <= 3 * DAY_MS && ms % HOUR_MS == 0 {
        let n_hours = ms / HOUR_MS;
        return format!("{n_hours} hour{}", if n_hours == 1 { "" } else { "s" });
    }
    duration(ms)
}
