//! A stage with a record in the CRM that no path of the funnel leads through.
//!
//! ## Why
//! The report follows the paths. Leads that enter this stage are counted as they stand, and how they got there and on from
//! there is not.
//!
//! ## Example
//! ```yaml
//! stages:
//!   - { name: Lead, entered: created }
//!   - { name: MQL, when: { score: total, gte: 100 }, entered: became_mql }
//!   - { name: Opportunity, entered: opportunity_on }
//! funnel:
//!   paths: { marketing: [Lead, MQL] }          # and the opportunities?
//! ```
//!
//! ## What to do
//! Take the stage into a path, or leave it out on purpose: `# allow LS207: sales reports on these`.

use super::super::{CheckSubject, Findings, Lint};

pub(super) const LINT: Lint = Lint::note("LS207", "stage-outside-paths", include_str!("stage_outside_paths.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let rulebook = subject.rulebook;
    let Some(funnel) = rulebook.funnel.as_ref().filter(|funnel| !funnel.paths.is_empty()) else { return };
    for (index, stage) in rulebook.stages.iter().enumerate() {
        if stage.entered.is_some() && !funnel.paths.iter().any(|path| path.stages.contains(&index)) {
            findings
                .add(stage.place.span, format!("no path of the funnel leads through `{}`", stage.name))
                .help("take it into a path, so that the report follows it");
        }
    }
}
