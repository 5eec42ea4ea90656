//! Tests of leads that a change moved, as YAML.

use crate::diff::{Mover, Proposal};
use crate::rulebook::yaml::quoted;
use crate::rulebook::{DISQUALIFIED, Rulebook};
use crate::score::TrialEvent;
use crate::value::{Instant, Number, Value};
use std::fmt::Write as _;

/// The test file. `path` is the rulebook's as seen from there.
#[must_use]
pub fn proposed_tests(rulebook: &Rulebook, path: &str, as_of: Instant, tests: &[(&Mover, Proposal)]) -> String {
    let list = if tests.is_empty() { "tests: []\n" } else { "tests:\n" };
    let tests: String = tests.iter().map(|(mover, proposal)| test(rulebook, mover, proposal)).collect();
    format!("rulebook: {}\nas_of: {as_of}\n{list}{tests}", serde_json::Value::from(path))
}

fn test(rulebook: &Rulebook, mover: &Mover, proposal: &Proposal) -> String {
    let leads = if mover.n == 1 { "1 lead goes".to_owned() } else { format!("{} leads go", mover.n) };
    let name = format!("{} to {}, as {leads}", mover.from, mover.to);
    let mut text = format!("  - name: {}\n", quoted(&name));
    let fields = proposal.lead.fields.iter().map(|(field, value)| (rulebook.fields[*field].name.as_str(), value));
    let fields: Vec<String> = fields.map(|(name, value)| format!("{name}: {}", scalar(value))).collect();
    if !fields.is_empty() {
        let _ = writeln!(text, "    lead: {{ {} }}", fields.join(", "));
    }
    if !proposal.lead.events.is_empty() {
        text += "    events:\n";
        for event in &proposal.lead.events {
            let _ = writeln!(text, "      - {}", event_line(rulebook, event));
        }
    }
    let stage = proposal.stage.map_or(DISQUALIFIED, |stage| &rulebook.stages[stage].name);
    let _ = writeln!(text, "    expect: {{ total: {}, stage: {} }}", proposal.total, quoted(stage));
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
        Value::Range(range) => quoted(&range.to_string()),
        Value::Days(ms) => Number::of_days(*ms).to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::Instant(instant) | Value::Day(instant) => instant.to_string(),
    }
}
