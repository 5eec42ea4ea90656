//! What the leads are worth before and after: each lead that is neither a customer nor lost counts with what one of its stage is
//! worth by the funnel's chain. What a stage is worth comes from the CRM's history and not from the points, so a change of
//! rules changes the value by moving leads.

use super::look::{DiffFindings, DiffLook};
use super::report::{StageWorth, ValueChange};
use crate::funnel::report::{Figure, ValueFigures};
use crate::funnel::value_report;

/// What the leads are worth under both rulebooks; none where not both say what a customer is worth, or no stage's worth is known.
pub(super) fn value_change(look: &DiffLook<'_>, found: &DiffFindings, places: &[String]) -> Option<ValueChange> {
    let values = look.lenses.as_ref().zip(found.observed.as_ref());
    let values = values.map(|(lens, observed)| value_report(lens.as_ref()?, observed.as_ref()?));
    let old = values.old?;
    let new = if look.lenses.new.is_some() { values.new? } else { old.clone() };
    let frame = &look.comparison.frame;
    let worth = |place: usize| {
        let names = frame.stage(place).map(|stage| stage.map(|stage| stage.name.as_str()));
        StageWorth {
            stage: places[place].clone(),
            before: names.old.and_then(|stage| of_stage(&old, stage)),
            after: names.new.and_then(|stage| of_stage(&new, stage)),
        }
    };
    let stages: Vec<StageWorth> = (0..frame.stages.len()).map(worth).collect();
    if stages.iter().all(|stage| stage.before.is_none() && stage.after.is_none()) {
        return None;
    }
    let n_open = |place: usize| found.sums.open.n_at(place);
    let sum = |each: &dyn Fn(usize) -> f64| to_cents((0..stages.len()).map(each).sum());
    let before = sum(&|place| count(n_open(place).0) * stages[place].before.unwrap_or(0.0));
    let after = sum(&|place| count(n_open(place).1) * stages[place].after.unwrap_or(0.0));
    Some(ValueChange { currency: new.currency.clone(), before, after, stages })
}

/// What a lead of a stage is worth, on the first path that knows.
fn of_stage(value: &ValueFigures, stage: &str) -> Option<f64> {
    let known = |figure: Figure| match figure {
        Figure::Known { value } | Figure::Between { value, .. } => Some(value),
        Figure::TooFew { .. } | Figure::None => None,
    };
    let rows = value.stages.iter().filter(|row| row.stage == stage);
    rows.into_iter().find_map(|row| known(row.chain).or_else(|| known(row.direct)))
}

#[expect(clippy::cast_precision_loss, reason = "numbers of leads are far below 2^53")]
fn count(n: u64) -> f64 {
    n as f64
}

fn to_cents(amount: f64) -> f64 {
    libm::round(amount * 100.0) / 100.0
}
