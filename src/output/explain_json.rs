//! An explanation for machines: everything, always, in a shape that carries its version.
//!
//! Points are numbers; points of events have up to six decimals. Times are RFC 3339 in UTC. Keys never vanish: what there is
//! not is null or an empty list.

use crate::explain::{
    AfterLine, AxisLine, Change, CriterionLine, DimensionLine, DisqualifierLine, Evidence, Explanation, Finding, Found,
    Gap, GapKind, Leaf, NextStage, Occurred, Occurrence, Outcome, Reading, StageLine, Sum, What, WhenEntered,
};
use crate::points::Points;
use crate::rulebook::DISQUALIFIED;
use crate::score::{Chosen, Truth};
use crate::value::Instant;
use serde_json::{Map, Number, Value, json};

/// The name and version of the shape; a key that is added changes neither.
pub const EXPLAIN_SCHEMA: &str = "leadscore/explain/1";

/// An explanation as JSON.
#[must_use]
pub fn explain_json(explanation: &Explanation) -> Value {
    let grade = explanation.grade.as_ref();
    json!({
        "schema": EXPLAIN_SCHEMA,
        "lead_id": explanation.id,
        "rulebook": explanation.rulebook,
        "timezone": explanation.zone.name(),
        "as_of": time(explanation.as_of),
        "stage": explanation.stage.as_deref().unwrap_or(DISQUALIFIED),
        "disqualified": explanation.disqualified,
        "grade": grade.map(|(grade, _)| grade),
        "grade_marks": grade.map(|(_, axes)| axes.iter().map(axis).collect::<Vec<_>>()),
        "total": points(explanation.total.value),
        "crm_stage": explanation.crm_stage,
        "step": explanation.step.map(crate::score::Step::name),
        "priority": explanation.priority.as_ref().map(|priority| &priority.name),
        "action": explanation.priority.as_ref().and_then(|priority| priority.action.as_ref()),
        "priority_when": explanation.priority.as_ref().and_then(|priority| priority.finding.as_ref()).map(finding),
        "missing": explanation.missing,
        "events": explanation.n_events,
        "last_event": explanation.last_event.map(time),
        "previous": explanation.previous.as_ref().map(|(total, stage)| json!({ "total": points(*total), "stage": stage })),
        "card": {
            "dimensions": list(&explanation.dimensions, dimension),
            "total": sum(&explanation.total),
        },
        "never_disqualified": explanation.is_customer,
        "disqualifiers": list(&explanation.disqualifiers, disqualifier),
        "stages": list(&explanation.stages, stage),
        "next_stage": explanation.next.as_ref().map(next),
    })
}

fn list<T>(items: &[T], one: impl Fn(&T) -> Value) -> Vec<Value> {
    items.iter().map(one).collect()
}

fn time(instant: Instant) -> String {
    instant.to_string()
}

/// A decimal text as a number, digit for digit where JSON's readers allow it.
fn number(text: &str) -> Value {
    text.parse::<i64>()
        .map(Number::from)
        .ok()
        .or_else(|| Number::from_f64(text.parse().ok()?))
        .map_or_else(|| json!(text), Value::Number)
}

fn points(points: Points) -> Value {
    number(&points.to_string())
}

fn micros(micros: i128) -> Value {
    number(&crate::value::Number::from_micros(i64::try_from(micros).unwrap_or(i64::MAX)).to_string())
}

fn truth(truth: Truth) -> Value {
    match truth {
        Truth::True => Value::Bool(true),
        Truth::False => Value::Bool(false),
        Truth::Unknown => Value::Null,
    }
}

fn axis(axis: &AxisLine) -> Value {
    json!({ "score": axis.score, "points": points(axis.points), "mark": axis.mark, "from": axis.from.map(points) })
}

fn sum(sum: &Sum) -> Value {
    let change = |(change, by): &(Change, Points)| {
        let (kind, size) = match change {
            Change::Weight(weight) => ("weight", number(&weight.to_string())),
            Change::Max(max) => ("max", points(*max)),
            Change::Min(min) => ("min", points(*min)),
        };
        json!({ "kind": kind, "size": size, "points": points(*by) })
    };
    json!({ "sum": points(sum.sum), "changes": list(&sum.changes, change), "value": points(sum.value) })
}

fn dimension(dimension: &DimensionLine) -> Value {
    let group = |group: &crate::explain::GroupLine| json!({ "name": group.name, "criteria": list(&group.criteria, criterion), "points": sum(&group.sum) });
    json!({
        "name": dimension.name,
        "in_total": dimension.in_total,
        "criteria": list(&dimension.criteria, criterion),
        "groups": list(&dimension.groups, group),
        "points": sum(&dimension.sum),
    })
}

fn criterion(criterion: &CriterionLine) -> Value {
    json!({
        "id": criterion.id,
        "label": criterion.label,
        "note": criterion.note,
        "enabled": !matches!(criterion.evidence, Evidence::Disabled),
        "points": points(criterion.points),
        "only_if": criterion.only_if.as_ref().map(finding),
        "evidence": evidence(&criterion.evidence),
    })
}

fn evidence(evidence: &Evidence) -> Value {
    match evidence {
        Evidence::Disabled => Value::Null,
        Evidence::Choice { arms, chosen: which } => {
            let arm =
                |arm: &crate::explain::ArmLine| json!({ "points": points(arm.points), "when": finding(&arm.finding) });
            let index = if let Chosen::Arm(index) = which { Some(index) } else { None };
            json!({ "kind": "choice", "applies": chosen(*which), "index": index, "arms": list(arms, arm) })
        }
        Evidence::Lookup { reading: field, entry, chosen: which } => {
            json!({ "kind": "values", "applies": chosen(*which), "entry": entry, "field": reading(field) })
        }
        Evidence::Occurred(occurred) => occurrences(occurred),
    }
}

fn chosen(chosen: Chosen) -> &'static str {
    match chosen {
        Chosen::Arm(_) => "entry",
        Chosen::Unknown => "unknown",
        Chosen::None => "otherwise",
    }
}

fn occurrences(occurred: &Occurred) -> Value {
    json!({
        "kind": "occurrences",
        "terms": occurred.terms,
        "sum": micros(occurred.sum_micros),
        "rounded_sum": points(occurred.sum),
        "cap": occurred.cut.map(|(cap, _)| points(cap)),
        "cut": occurred.cut.map(|(_, cut)| points(cut)),
        "events": list(&occurred.events, event),
    })
}

fn event(event: &Occurrence) -> Value {
    let (outcome, detail) = outcome(&event.outcome);
    let fields: Map<String, Value> = event.values.iter().map(|(name, value)| (name.clone(), found(value))).collect();
    json!({
        "time": event.time.map(time),
        "type": event.kind,
        "source": event.source,
        "file": event.file.display().to_string(),
        "line": event.line,
        "fields": fields,
        "outcome": outcome,
        "detail": detail,
        "raw": micros(event.raw_micros.into()),
        "decayed": micros(event.decayed_micros.into()),
        "counted": micros(event.counted_micros.into()),
    })
}

fn outcome(outcome: &Outcome) -> (&'static str, Value) {
    match outcome {
        Outcome::Counted => ("counted", Value::Null),
        Outcome::TooOld(ms) => ("too_old", json!({ "within": crate::value::duration::format_duration(*ms) })),
        Outcome::BeforeSince(since) => ("before_since", json!({ "since": since.map(time) })),
        Outcome::Filtered(where_) if where_.truth == Truth::Unknown => {
            ("where_unknown", json!({ "where": finding(where_) }))
        }
        Outcome::Filtered(where_) => ("where_false", json!({ "where": finding(where_) })),
        Outcome::Superseded(newer, bundle) => ("newer_counts", json!({ "newer": time(*newer), "same": bundle })),
        Outcome::BeyondLimit(limit) => ("beyond_at_most", json!({ "at_most": limit })),
        Outcome::WithoutValue => ("without_value", Value::Null),
        Outcome::Later => ("later", Value::Null),
        Outcome::Undated => ("undated", Value::Null),
        Outcome::Repeat => ("repeat", Value::Null),
    }
}

fn found(found: &Found) -> Value {
    match found {
        Found::Missing => Value::Null,
        Found::Text(text) => json!(text),
        Found::Texts(texts) => json!(texts),
        Found::Number(text) => number(text),
        Found::Boolean(boolean) => json!(boolean),
        Found::Instant(instant) => json!(time(*instant)),
        Found::Points(value) => points(*value),
        Found::Truth(value) => truth(*value),
    }
}

fn reading(reading: &Reading) -> Value {
    let tallied = reading.tallied.as_ref().map(|tallied| {
        let from = tallied.from.as_ref().map(|(field, at)| json!({ "field": field, "at": time(*at) }));
        json!({ "counted": tallied.n_counted, "passed_over": tallied.n_passed_over, "newest": tallied.newest.map(time),
            "idle_from": from })
    });
    json!({ "name": reading.name, "value": found(&reading.found), "unreadable_cell": reading.unreadable, "events": tallied })
}

/// A condition; its `truth` is null where it is unknown.
fn finding(condition: &Finding) -> Value {
    let mut shape = match &condition.what {
        What::All(parts) => json!({ "form": "all", "parts": list(parts, finding) }),
        What::Any(parts) => json!({ "form": "any", "parts": list(parts, finding) }),
        What::AtLeast(n, parts) => json!({ "form": "at_least", "n": n, "parts": list(parts, finding) }),
        What::Not(inner) => json!({ "form": "not", "parts": [finding(inner)] }),
        What::Leaf(leaf) => leaf_shape(leaf),
    };
    shape["truth"] = truth(condition.truth);
    shape
}

fn leaf_shape(leaf: &Leaf) -> Value {
    json!({ "form": "test", "subject": leaf.subject, "claim": leaf.claim, "values": list(&leaf.readings, reading) })
}

fn disqualifier(line: &DisqualifierLine) -> Value {
    json!({ "reason": line.reason, "applies": line.applies, "when": finding(&line.finding) })
}

fn stage(stage: &StageLine) -> Value {
    let after = |after: &AfterLine| json!({ "stage": after.stage, "holds": truth(after.holds), "entered": truth(after.entered) });
    json!({
        "name": stage.name,
        "holds": truth(stage.holds),
        "is_lead_stage": stage.is_current,
        "entered": stage.entered.as_ref().map(entered),
        "when": stage.when.as_ref().map(finding),
        "keep_when": stage.keep_when.as_ref().map(finding),
        "after": list(&stage.after, after),
    })
}

fn entered(entered: &WhenEntered) -> Value {
    json!({
        "truth": truth(entered.truth),
        "at": entered.at.map(time),
        "by": entered.by,
        "file": entered.row.as_ref().map(|(file, _)| file.display().to_string()),
        "line": entered.row.as_ref().map(|(_, line)| line),
        "when": entered.finding.as_ref().map(finding),
    })
}

fn next(next: &NextStage) -> Value {
    json!({ "name": next.name, "lacking": list(&next.gaps, gap) })
}

fn gap(lacking: &Gap) -> Value {
    let (kind, score, more) = match &lacking.kind {
        GapKind::Points { score, more } => ("points", Some(score), *more),
        GapKind::Field => ("field", None, None),
        GapKind::Events => ("events", None, None),
        GapKind::Stage => ("stage", None, None),
        GapKind::Grade => ("grade", None, None),
        GapKind::Options => ("options", None, None),
        GapKind::Crm => ("crm", None, None),
    };
    let options: Vec<Value> = lacking.options.iter().map(|option| Value::Array(list(option, gap))).collect();
    json!({ "kind": kind, "text": lacking.text, "score": score, "more": more.map(points), "options": options })
}

#[cfg(test)]
mod tests;
