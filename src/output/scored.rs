//! `scored.csv`: a row a lead, in the order of the leads file. What its columns mean is fixed by the rulebook language.

use crate::rulebook::{DISQUALIFIED, Rulebook};
use crate::run::ScoredLead;
use crate::score::{Facts, Quantity};
use std::cmp::Ordering;

/// The header; `has_previous` adds the columns that compare with an earlier run.
#[must_use]
pub fn scored_header(rulebook: &Rulebook, has_previous: bool, keep: &[String]) -> Vec<String> {
    let mut names = vec!["lead_id"];
    names.extend(rulebook.dimensions.iter().map(|dimension| dimension.name.as_str()));
    names.push("total");
    if rulebook.grade.is_some() {
        names.push("grade");
    }
    names.extend(["stage", "disqualified"]);
    if !rulebook.priorities.is_empty() {
        names.extend(["priority", "action"]);
    }
    names.extend(["crm_stage", "step", "why", "missing", "events", "last_event"]);
    if has_previous {
        names.extend(["previous_total", "previous_stage", "changed"]);
    }
    names.into_iter().map(str::to_owned).chain(keep.iter().cloned()).collect()
}

/// Rows of `scored.csv` on their way into the file.
#[derive(Debug)]
pub struct ScoredCsv {
    csv: csv::Writer<Vec<u8>>,
    row: csv::StringRecord,
}

impl Default for ScoredCsv {
    fn default() -> Self {
        Self { csv: csv::Writer::from_writer(Vec::new()), row: csv::StringRecord::new() }
    }
}

impl ScoredCsv {
    /// The header as bytes.
    #[must_use]
    pub fn header(names: &[String]) -> Vec<u8> {
        let mut rows = Self::default();
        rows.row.extend(names);
        rows.end_row();
        rows.into_bytes()
    }

    /// Adds a lead.
    pub fn lead(&mut self, lead: &ScoredLead<'_, '_>, has_previous: bool) {
        let rulebook = lead.facts.plan.rulebook;
        let card = lead.card;
        self.row.push_field(&lead.id);
        for dimension in &card.dimensions {
            self.row.push_field(&dimension.value.to_string());
        }
        self.row.push_field(&card.total.value.to_string());
        if rulebook.grade.is_some() {
            self.row.push_field(&card.grade);
        }
        let stage = card.stage.map_or(DISQUALIFIED, |stage| &rulebook.stages[stage].name);
        self.row.push_field(stage);
        self.row.push_field(card.disqualified.map_or("", |reason| &rulebook.disqualifiers[reason].reason));
        if !rulebook.priorities.is_empty() {
            let priority = card.priority.map(|priority| &rulebook.priorities[priority]);
            self.row.push_field(priority.map_or("", |priority| &priority.name));
            self.row.push_field(priority.and_then(|priority| priority.action.as_deref()).unwrap_or_default());
        }
        self.row.push_field(card.crm_stage.map_or("", |stage| &rulebook.stages[stage].name));
        self.row.push_field(card.step.map_or("", |step| step.name()));
        self.row.push_field(&why(lead));
        self.row.push_field(&missing(lead));
        self.events(lead);
        if has_previous {
            self.previous(lead, stage);
        }
        for cell in lead.kept() {
            self.row.push_field(&cell);
        }
        self.end_row();
    }

    fn events(&mut self, lead: &ScoredLead<'_, '_>) {
        let rulebook = lead.facts.plan.rulebook;
        let n_events = match lead.facts.tally(rulebook.events_tally) {
            Quantity::Number { numerator, .. } => numerator,
            _ => 0,
        };
        self.row.push_field(&n_events.to_string());
        match lead.facts.tally(rulebook.last_event_tally) {
            Quantity::Instant(instant) => self.row.push_field(&instant.to_string()),
            _ => self.row.push_field(""),
        }
    }

    fn previous(&mut self, lead: &ScoredLead<'_, '_>, stage: &str) {
        let Some(previous) = lead.previous else {
            self.row.push_field("");
            self.row.push_field("");
            self.row.push_field("new");
            return;
        };
        self.row.push_field(&previous.total.to_string());
        self.row.push_field(&previous.stage);
        // No index orders below the first stage: disqualified, or a stage that no longer exists.
        let changed = match lead.card.stage.cmp(&previous.stage_index) {
            Ordering::Greater => "up",
            Ordering::Less => "down",
            Ordering::Equal => "",
        };
        debug_assert!(changed.is_empty() || stage != previous.stage, "a change is a change of stage");
        self.row.push_field(changed);
    }

    fn end_row(&mut self) {
        self.csv.write_record(&self.row).expect("writing to memory does not fail");
        self.row.clear();
    }

    /// The rows so far.
    ///
    /// # Panics
    /// Never: writing to memory does not fail.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.csv.into_inner().expect("writing to memory does not fail")
    }
}

/// `demo-request +80; free-mail -20`
fn why(lead: &ScoredLead<'_, '_>) -> String {
    let rulebook = lead.facts.plan.rulebook;
    let one = |index: usize| format!("{} {}", rulebook.criteria[index].title(), lead.card.criteria[index].signed());
    lead.card.largest().into_iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The fields that conditions read and this lead lacks.
fn missing(lead: &ScoredLead<'_, '_>) -> String {
    let rulebook = lead.facts.plan.rulebook;
    let lacking = rulebook.missing_fields.iter().filter(|field| lead.facts.lead.value(**field).is_missing());
    lacking.map(|field| rulebook.fields[*field].name.as_str()).collect::<Vec<_>>().join("; ")
}
