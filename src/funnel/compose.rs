//! Sums → the report, part by part.

use super::accounts_report::accounts;
use super::criteria_report::criteria_report;
use super::define::{cautions, definitions};
use super::given_back::given_back;
use super::lens::Lens;
use super::observed::Observed;
use super::path_report::{path_report, side_by_side, slas};
use super::quality::quality;
use super::report::{CountedPasses, PassCounts, Report, SCHEMA};
use super::scores_report::scores_report;
use super::value_report::value_report;
use crate::rulebook::PassesCounted;
use crate::run::Counts;

/// The report on what a run's leads came to. `counts` are the whole run's.
#[must_use]
pub fn measure(lens: &Lens<'_>, seen: &Observed, counts: &Counts) -> Report {
    let rulebook = lens.rulebook;
    let value = value_report(lens, seen);
    let targets = lens.targets.iter().zip(&seen.targets);
    Report {
        schema: SCHEMA,
        rulebook: rulebook.card.name.clone(),
        owner: rulebook.card.owner.clone(),
        as_of: lens.as_of,
        zone: rulebook.zone.clone(),
        n_leads: seen.n_leads,
        n_left_out: rulebook.funnel.as_ref().and_then(|funnel| funnel.leave_out.as_ref()).map(|_| seen.n_left_out),
        passes: passes(lens, seen),
        stages: rulebook.stages.iter().map(|stage| stage.name.clone()).collect(),
        customer_stage: lens.customer.map(|stage| rulebook.stages[stage].name.clone()),
        n_customers: lens.customer.map(|_| seen.scores.all.n_customers),
        definitions: definitions(lens),
        cautions: cautions(lens, seen),
        sales: seen.sales.report(lens),
        paths: (0..lens.paths.len()).map(|path| path_report(lens, seen, path)).collect(),
        side_by_side: side_by_side(lens, seen),
        date_errors: seen.date_errors.clone(),
        given_back: given_back(lens, seen),
        slas: slas(lens, seen),
        targets: targets.map(|(target, entries)| entries.target(lens, target)).collect(),
        value,
        accounts: accounts(lens, seen),
        scores: scores_report(lens, seen),
        criteria: criteria_report(lens, seen),
        crm: seen.cross.report(rulebook),
        quality: quality(lens, &seen.fill, &seen.answers, counts, seen.n_leads),
    }
}

/// What the figures count; none where every lead has one pass.
fn passes(lens: &Lens<'_>, seen: &Observed) -> Option<PassCounts> {
    let counted = match lens.passes {
        PassesCounted::All => CountedPasses::All,
        PassesCounted::Latest => CountedPasses::Latest,
    };
    seen.given_back.as_ref().map(|found| PassCounts { counted, n_passes: found.n_passes(), n_leads: seen.n_leads })
}
