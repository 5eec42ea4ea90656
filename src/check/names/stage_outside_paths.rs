//! A stage that the CRM records, but that is in no path of the funnel.
//!
//! ## Why
//! The report follows the paths. It counts the leads in this stage, but doesn't show how they got there or where they
//! go next.
//!
//! ## Example
//! ```yaml
//! stages:
//!   - { name: Lead, entered: created }
//!   - { name: MQL, when: { score: total, gte: 100 }, entered: became_mql }
//!   - { name: Opportunity, entered: opportunity_on }
//! funnel:
//!   paths: { marketing: [Lead, MQL] }          # Opportunity is missing
//! ```
//!
//! ## What to do
//! Add the stage to a path. To leave it out on purpose, write `# allow LS207: sales reports on these`.

use super::super::{CheckSubject, Findings, Lint};

pub(super) const LINT: Lint = Lint::note("LS207", "stage-outside-paths", include_str!("stage_outside_paths.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let Some(funnel) = rulebook.funnel.as_ref().filter(|funnel| !funnel.paths.is_empty()) else { return };
    for (index, stage) in rulebook.stages.iter().enumerate() {
        if stage.entered.is_some() && !funnel.paths.iter().any(|path| path.stages.contains(&index)) {
            findings
                .add(stage.place.span, format!("no path of the funnel includes `{}`", stage.name))
                .help("add it to a path, so that the report follows it");
        }
    }
}
