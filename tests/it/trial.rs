//! One criterion or one condition on trial: leads and events that it meets, and what must come of each.
//!
//! Writes the rulebook and the files around it, so that a test is the sentence it holds and a table of examples.

use crate::world::{World, rules, sheet};

/// One criterion on trial.
pub(crate) struct Trial {
    criterion: String,
    fields: Vec<String>,
    event_fields: Vec<String>,
    parts: String,
    source: String,
    answer: fn(&str) -> &str,
}

/// What a criterion gives: `points("{ when: …, points: 5 }")`, its id left out.
pub(crate) fn points(criterion: &str) -> Trial {
    let criterion = criterion.trim().replacen('{', "{ id: it, ", 1);
    let source = "lead: lead, type: type, time: time".to_owned();
    Trial {
        criterion,
        fields: Vec::new(),
        event_fields: Vec::new(),
        parts: String::new(),
        source,
        answer: |points| points,
    }
}

/// Whether a condition is `true`, `false` or `unknown`.
pub(crate) fn truth(condition: &str) -> Trial {
    let mut trial = points(&format!("{{ when: {condition}, points: 1, otherwise: 0, unknown: -1 }}"));
    trial.answer = |points| match points {
        "1" => "true",
        "0" => "false",
        "-1" => "unknown",
        other => panic!("{other} points"),
    };
    trial
}

impl Trial {
    /// The lead's fields: `employees: { type: number }`. Cells come in this order.
    pub(crate) fn fields(mut self, fields: &[&str]) -> Self {
        self.fields = fields.iter().map(|&field| field.to_owned()).collect();
        self
    }

    /// The fields of the events of the source `web`.
    pub(crate) fn event_fields(mut self, fields: &[&str]) -> Self {
        self.event_fields = fields.iter().map(|&field| field.to_owned()).collect();
        self
    }

    /// Further top-level parts of the rulebook.
    pub(crate) fn with(mut self, parts: &str) -> Self {
        parts.clone_into(&mut self.parts);
        self
    }

    /// Further keys of the source `web`, in place of `lead: lead, type: type, time: time`.
    pub(crate) fn source(mut self, keys: &str) -> Self {
        keys.clone_into(&mut self.source);
        self
    }

    /// One lead a row: its cells, between ` | `, and what comes of it. Leads are called 1, 2, 3 …
    #[track_caller]
    pub(crate) fn gives(self, rows: &[(&str, &str)]) {
        self.gives_with(&rows.iter().map(|(cells, expected)| (*cells, &[][..], *expected)).collect::<Vec<_>>());
    }

    /// A lead without further cells for each: its events, `type | time | …`, and what comes of it.
    #[track_caller]
    pub(crate) fn gives_for(self, rows: &[(&[&str], &str)]) {
        self.gives_with(&rows.iter().map(|(events, expected)| ("", *events, *expected)).collect::<Vec<_>>());
    }

    /// One lead a row: its cells, its events and what comes of it.
    #[track_caller]
    pub(crate) fn gives_with(self, rows: &[(&str, &[&str], &str)]) {
        let outcome = self.world(rows).run();
        let got: Vec<&str> = outcome.column("score").into_iter().map(self.answer).collect();
        let differing = rows.iter().zip(&got).filter(|((_, _, expected), got)| expected != *got);
        let lines: Vec<String> = differing.map(|(row, got)| format!("  {row:?}: got {got}")).collect();
        assert!(lines.is_empty() && got.len() == rows.len(), "{}\n{}", self.criterion, lines.join("\n"));
    }

    /// The world of these leads and events.
    pub(crate) fn world(&self, rows: &[(&str, &[&str], &str)]) -> World {
        let names = |fields: &[String]| fields.iter().fold(String::new(), |all, field| all + "|" + name_of(field));
        let fields =
            if self.fields.is_empty() { "note: { optional: true }".to_owned() } else { self.fields.join(", ") };
        let leads = format!("leads: {{ id: id, fields: {{ {fields} }} }}");
        let dimension = format!("dimensions: {{ score: {{ criteria: [{}] }} }}", self.criterion);
        let has_events = self.criterion.contains("event") || rows.iter().any(|(_, events, _)| !events.is_empty());
        let source =
            format!("events: {{ web: {{ {}, fields: {{ {} }} }} }}", self.source, self.event_fields.join(", "));
        let rulebook =
            [leads.as_str(), &dimension, if has_events { source.as_str() } else { "" }, &self.parts].join("\n");
        let number = |index: usize, cells: &str| {
            if self.fields.is_empty() { format!("{}", index + 1) } else { format!("{}|{cells}", index + 1) }
        };
        let leads = rows.iter().enumerate().map(|(index, (cells, _, _))| number(index, cells));
        let events = rows
            .iter()
            .enumerate()
            .flat_map(|(index, (_, events, _))| events.iter().map(move |event| format!("{}|{event}", index + 1)));
        let world = rules(&rulebook).leads(sheet(&format!("id{}", names(&self.fields)), leads));
        let header = format!("lead|type|time{}", names(&self.event_fields));
        if has_events { world.events("web", sheet(&header, events)) } else { world }
    }
}

fn name_of(field: &str) -> &str {
    field.split(':').next().unwrap_or(field).trim()
}
