//! A stage that no lead is ever in, because a later one always holds as well.
//!
//! ## Why
//! A lead's stage is the last one in the list that it holds. If every lead that holds this stage also holds a later
//! one, no lead is ever shown in this stage. The stages are in the wrong order, or the later one asks for too little.
//!
//! ## Example
//! ```yaml
//! stages:
//!   - { name: Lead }
//!   - { name: MQL, when: { score: total, gte: 100 } }
//!   - { name: Engaged, when: { score: total, gte: 50 } }      # every MQL is also Engaged, and Engaged comes later
//! ```
//!
//! ## What to do
//! Move the stage that asks for more further down.

use super::super::{CheckSubject, Findings, Lint};
use crate::analysis::{ClaimKey, Formula, WantedTruth};
use crate::rulebook::{Side, Stage};

pub(super) const LINT: Lint = Lint::warning("LS407", "hidden-stage", include_str!("hidden_stage.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let stages = &subject.rulebook.stages;
    let claims = subject.analysis.claims(Side::Lead);
    for (index, stage) in stages.iter().enumerate() {
        let holds = holds(index, stage);
        if !claims.can_be(&holds) {
            continue;
        }
        let is_hidden_by = |later: &usize| {
            let not = holds_not(&stages[*later], *later);
            !claims.can_all_be([holds.clone(), not])
        };
        let Some(later) = (index + 1..stages.len()).find(is_hidden_by) else { continue };
        let message =
            format!("no lead is ever shown as `{}`: all such leads are also `{}`", stage.name, stages[later].name);
        let line = subject.line(stages[later].place.span);
        findings
            .add(stage.place.span, message)
            .label(format!(
                "`{}` on line {line} comes later, and the last stage that a lead holds counts",
                stages[later].name
            ))
            .help("move the stage that asks for more further down");
    }
}

/// The lead holds the stage, by its `when` or by staying in it.
fn holds(index: usize, stage: &Stage) -> Formula<'_> {
    let mut all = vec![Formula::truth(ClaimKey::Stage(index), WantedTruth::True)];
    match &stage.when {
        Some(when) => {
            let ways = [Some(when), stage.keep_when.as_ref()];
            all.push(Formula::Any(
                ways.into_iter().flatten().map(|expr| Formula::of(expr, WantedTruth::True)).collect(),
            ));
        }
        None if index > 0 => all.push(Formula::truth(ClaimKey::Entered(index), WantedTruth::True)),
        None => {}
    }
    if !stage.after.is_empty() {
        all.push(Formula::Any(after(stage, WantedTruth::True)));
    }
    Formula::All(all)
}

/// The lead doesn't hold the stage. Its `keep_when` serves only those who held it before, so it is not counted on.
fn holds_not(stage: &Stage, index: usize) -> Formula<'_> {
    let mut any = Vec::new();
    match &stage.when {
        Some(when) => any.push(Formula::of(when, WantedTruth::NotTrue)),
        None => any.push(Formula::truth(ClaimKey::Entered(index), WantedTruth::NotTrue)),
    }
    if !stage.after.is_empty() {
        any.push(Formula::All(after(stage, WantedTruth::NotTrue)));
    }
    Formula::Any(any)
}

fn after<'r>(stage: &Stage, wanted: WantedTruth) -> Vec<Formula<'r>> {
    let each = stage.after.iter().map(|before| {
        let either =
            [ClaimKey::Stage(*before), ClaimKey::Entered(*before)].map(|key| Formula::truth(key, wanted)).to_vec();
        if wanted == WantedTruth::True { Formula::Any(either) } else { Formula::All(either) }
    });
    each.collect()
}
