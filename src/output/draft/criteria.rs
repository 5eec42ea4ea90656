//! The dimensions of a draft: who a lead is, what a lead does.

use super::text::{YamlText, quoted};
use crate::draft::{CriterionDraft, Draft, RuleDraft};

pub(super) fn dimensions(lines: &mut YamlText, draft: &Draft) {
    lines.push("total: { min: 0 }");
    lines.blank();
    lines.push("dimensions:");
    if draft.fit.is_empty() && draft.engagement.is_empty() {
        lines.comment(2, "DECIDE: leadscore recognized no column that separates good leads from bad ones. Map one above and give it points here.");
        lines.comment(2, "allow LS206: there is nothing to score until you map a column");
        return lines.push("  fit: { criteria: [] }");
    }
    dimension(lines, "fit", "Who a lead is.", &draft.fit);
    dimension(
        lines,
        "engagement",
        "What a lead does. Points fade: after 60 days an event is worth half.",
        &draft.engagement,
    );
}

fn dimension(lines: &mut YamlText, name: &str, about: &str, criteria: &[CriterionDraft]) {
    if criteria.is_empty() {
        return;
    }
    lines.comment(2, about);
    lines.push(&format!("  {name}:"));
    lines.push("    criteria:");
    for criterion in criteria {
        self::criterion(lines, criterion);
    }
}

fn criterion(lines: &mut YamlText, criterion: &CriterionDraft) {
    let CriterionDraft { id, rule, because } = criterion;
    let id = quoted(id);
    match rule {
        RuleDraft::Values { field, values } => {
            lines.with(&format!("      - id: {id}"), because);
            lines.push(&format!("        field: {field}"));
            lines.push("        values:");
            for (value, points) in values {
                lines.entry(10, value, &points.to_string());
            }
            lines.push("        unknown: 0");
        }
        RuleDraft::Words { field, lists } => {
            let tier = |(list, points): &(&str, i64)| format!("{{ has_word: {{ list: {list} }}, points: {points} }}");
            let tiers: Vec<String> = lists.iter().map(tier).collect();
            choice(lines, &id, because, field, &tiers);
        }
        RuleDraft::AtLeast { field, tiers, below } => {
            let tier = |(least, points): &(i64, i64)| format!("{{ gte: {least}, points: {points} }}");
            let lowest = below.map(|(bound, points)| format!("{{ lt: {bound}, points: {points} }}"));
            let tiers: Vec<String> = tiers.iter().map(tier).chain(lowest).collect();
            choice(lines, &id, because, field, &tiers);
        }
        RuleDraft::Recent { field, tiers, older } => {
            let tier = |(days, points): &(u32, i64)| format!("{{ within: {days}d, points: {points} }}");
            let oldest = older.map(|(days, points)| format!("{{ older_than: {days}d, points: {points} }}"));
            let tiers: Vec<String> = tiers.iter().map(tier).chain(oldest).collect();
            choice(lines, &id, because, field, &tiers);
        }
        _ => lines.with(&format!("      - {{ id: {id}, {} }}", in_line(rule)), because),
    }
}

fn choice(lines: &mut YamlText, id: &str, because: &str, field: &str, tiers: &[String]) {
    lines.with(&format!("      - id: {id}"), because);
    lines.push(&format!("        field: {field}"));
    lines.push(&format!("        tiers: [{}]", tiers.join(", ")));
    lines.push("        unknown: 0");
}

/// A rule that fits into a line.
fn in_line(rule: &RuleDraft) -> String {
    match rule {
        RuleDraft::InList { field, list, points, otherwise } => {
            format!(
                "when: {{ field: {field}, in: {{ list: {list} }} }}, points: {points}, otherwise: {otherwise}, unknown: 0"
            )
        }
        RuleDraft::Present { field, points, otherwise } => {
            let otherwise = if *otherwise == 0 { String::new() } else { format!(", otherwise: {otherwise}") };
            format!("when: {{ present: [{field}] }}, points: {points}{otherwise}")
        }
        RuleDraft::IsTrue { field, points } => {
            format!("when: {{ field: {field}, is: true }}, points: {points}, unknown: 0")
        }
        RuleDraft::Event { kind, source, is_shared, points, cap, is_daily } => {
            let from = if *is_shared { format!(", source: {source}") } else { String::new() };
            let count = if *is_daily { ", count: { per: day }" } else { "" };
            let fades = if *points > 0 { ", within: 365d, decay: { half_life: 60d }" } else { ", within: 365d" };
            format!("event: {}{from}, points: {points}{fades}{count}, cap: {}", quoted(kind), cap.abs())
        }
        RuleDraft::Idle { days, points, from } => {
            let from = from.as_ref().map_or_else(String::new, |from| format!(", from: {from}"));
            format!("when: {{ event: any, measure: idle_days{from}, gte: {days} }}, points: {points}")
        }
        _ => String::new(),
    }
}
