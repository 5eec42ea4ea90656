//! `recycle_when` on a stage that the CRM never records.
//!
//! ## Why
//! `recycle_when` speaks of leads whose `crm_stage` is this one: the last stage that was *entered*. A stage without
//! `entered` is never that, so its leads are never given back.
//!
//! ## Example
//! ```yaml
//! - { name: MQL, when: { score: total, gte: 100 }, recycle_when: { score: total, lt: 40 } }
//! ```
//!
//! ## What to do
//! Say how the CRM records the stage: `entered: became_mql`. Without such a record, take `recycle_when` out.

use super::super::{CheckSubject, Findings, Lint};

pub(super) const LINT: Lint =
    Lint::warning("LS412", "recycle-without-entry", include_str!("recycle_without_entry.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for stage in &subject.rulebook.stages {
        if stage.recycle_when.is_some() && stage.entered.is_none() {
            let span = stage.place.at("recycle_when");
            findings
                .add(span, format!("no lead is ever given back from `{}`: the stage has no `entered`", stage.name))
                .help("name the date field in which the CRM records the stage: `entered: …`");
        }
    }
}
