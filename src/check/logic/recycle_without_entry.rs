//! `recycle_when` on a stage that the CRM never records.
//!
//! ## Why
//! `recycle_when` applies to leads that have this stage in the CRM, as the last stage that they *entered*. A stage
//! without `entered` is never that stage, so no lead ever goes back to marketing.
//!
//! ## Example
//! ```yaml
//! - { name: MQL, when: { score: total, gte: 100 }, recycle_when: { score: total, lt: 40 } }
//! ```
//!
//! ## What to do
//! Say how the CRM records the stage, such as `entered: became_mql`. If the CRM doesn't record it, remove
//! `recycle_when`.

use super::super::{CheckSubject, Findings, Lint};

pub(super) const LINT: Lint =
    Lint::warning("LS412", "recycle-without-entry", include_str!("recycle_without_entry.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for stage in &subject.rulebook.stages {
        if stage.recycle_when.is_some() && stage.entered.is_none() {
            let span = stage.place.at("recycle_when");
            findings
                .add(
                    span,
                    format!(
                        "no lead ever goes back to marketing from `{}`, because the stage has no `entered`",
                        stage.name
                    ),
                )
                .help("name the date field where the CRM records the stage: `entered: …`");
        }
    }
}
