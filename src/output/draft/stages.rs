//! The stages, the funnel and the export of a draft.

use super::text::{YamlText, list, quoted};
use crate::draft::{Draft, EnteredDraft, LostDraft, ReturnsDraft, StageDraft};

pub(super) fn stages(lines: &mut YamlText, draft: &Draft) {
    lines.push("stages:");
    let entered = draft.leads.created.as_ref().map_or_else(String::new, |created| format!(", entered: {created}"));
    lines.push(&format!("  - {{ name: Lead{entered} }}"));
    for stage in &draft.stages {
        let mut parts = vec![format!("name: {}", quoted(&stage.name))];
        parts.extend(stage.total.map(|total| format!("when: {{ score: total, gte: {total} }}")));
        parts.extend(stage.entered.as_ref().map(|how| format!("entered: {}", entry(how))));
        let because = match stage.total {
            Some(_) => format!("{}; agree on the total with sales", stage.because),
            None => stage.because.clone(),
        };
        if draft.hangs_on_one && stage.total.is_some() {
            lines.comment(2, "allow LS304: only one column separates leads so far; DECIDE what else makes a good lead, and give it points");
        }
        lines.with(&format!("  - {{ {} }}", parts.join(", ")), &because);
    }
}

fn entry(how: &EnteredDraft) -> String {
    match how {
        EnteredDraft::Field(field) => field.clone(),
        EnteredDraft::Event(kind) => format!("{{ event: {} }}", quoted(kind)),
        EnteredDraft::Values(field, values) => format!("{{ when: {{ field: {field}, in: {} }} }}", list(values)),
    }
}

/// When sales gave leads back.
pub(super) fn returns(lines: &mut YamlText, draft: &Draft) {
    let Some(ReturnsDraft { at, reason, because }) = &draft.returns else { return };
    lines.blank();
    lines
        .comment(0, "When sales gave a lead back, and why. What was recorded before that no longer counts as entered.");
    let at = if let [only] = &at[..] { only.clone() } else { list(at) };
    let reason = reason.as_ref().map_or_else(String::new, |reason| format!(", reason: {reason}"));
    lines.with(&format!("returns: {{ at: {at}{reason} }}"), because);
}

/// The report: the stages of which the CRM tells when a lead entered them.
pub(super) fn funnel(lines: &mut YamlText, draft: &Draft) {
    let recorded =
        draft.stages.iter().filter(|stage| stage.entered.is_some()).map(|stage: &StageDraft| stage.name.clone());
    let first = draft.leads.created.iter().map(|_| "Lead".to_owned());
    let path: Vec<String> = first.chain(recorded).collect();
    lines.blank();
    if path.len() < 2 {
        lines.comment(0, "No funnel yet: the exports have fewer than two stages with a date. Export the dates on which leads became MQL,");
        lines.comment(
            0,
            "SQL and customer, map them above as fields, name them here as `entered`, and the report shows conversion:",
        );
        lines.comment(0, "funnel:");
        lines.comment(0, "  paths: { marketing: [Lead, MQL, SQL, Customer] }");
        return own(lines, draft, "funnel:");
    }
    lines.comment(0, "The report: how many leads went from stage to stage, and how fast.");
    lines.push("funnel:");
    lines.push(&format!("  paths: {{ marketing: {} }}", list(&path)));
    if !draft.by.is_empty() {
        lines.push(&format!("  by: [{}]", draft.by.join(", ")));
    }
    match &draft.lost {
        Some(LostDraft { at, reason: Some(reason) }) => {
            lines.with(&format!("  lost: {{ at: {at}, reason: {reason} }}"), "when leads were lost, and why");
        }
        Some(LostDraft { at, reason: None }) => lines.push(&format!("  lost: {at}")),
        None => {}
    }
    if let Some(owner) = &draft.owner {
        lines.with(&format!("  owner: {owner}"), "who has the lead today");
    }
    own(lines, draft, "");
}

/// Our own people, who stand in no figure; below a line of its own where nothing else is in the report.
fn own(lines: &mut YamlText, draft: &Draft, above: &str) {
    if let Some(field) = &draft.own {
        if !above.is_empty() {
            lines.push(above);
        }
        let leave_out = format!("  leave_out: {{ field: {field}, in: {{ list: our-domains }} }}");
        lines.with(&leave_out, "our own people are scored, but are in no figure of the report");
    }
}

/// What goes back into the CRM.
pub(super) fn export(lines: &mut YamlText, draft: &Draft) {
    lines.blank();
    lines.comment(0, "crm.csv, for import into the CRM. Left: the CRM's headers.");
    lines.push("export:");
    lines.push("  columns:");
    lines.entry(4, &draft.leads.id.name, "lead_id");
    for (header, column) in [("Lead Score", "total"), ("Score Stage", "stage"), ("Scored At", "as_of")] {
        if header != draft.leads.id.name {
            lines.push(&format!("    {header}: {column}"));
        }
    }
}
