//! A criterion that gives every lead in the files the same points, or none.
//!
//! ## Why
//! Points that all leads have separate no leads. A criterion that never fires often asks for a value, a type or a
//! combination that doesn't occur. A criterion that always fires only shifts every threshold. If the criterion only
//! takes points away and no lead lost any, that may be good news, so it is a note. If the files end long before the day
//! of the check, the finding reports that instead, because old events have faded.
//!
//! ## Example
//! ```yaml
//! - { id: named, when: { present: [company] }, points: 5 }       # the form requires it, so all 600 leads get 5 points
//! ```
//!
//! ## What to do
//! First look at the findings about its values and event types. If there are none, ask whether you need the criterion.

use super::super::practice::worth::can_give;
use super::super::{CheckSubject, ExportsObserved, Findings, Lint};
use crate::rulebook::Criterion;
use crate::rulebook::expr::Types;
use crate::value::duration::DAY_MS;
use crate::value::figures::grouped;

pub(super) const LINT: Lint = Lint::warning("LS604", "constant-criterion", include_str!("constant_criterion.rs"), find);

/// Of fewer leads it says nothing that they have something in common.
const FEWEST_LEADS: u64 = 20;
/// After so many days without any event the files are not of today.
const FRESH_DAYS: i64 = 14;
fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let Some(observed) = subject.observed.filter(|observed| observed.n_leads >= FEWEST_LEADS) else { return };
    let n_leads = grouped(observed.n_leads);
    let stale = stale_days(subject, observed);
    if let Some((n_days, newest)) = &stale {
        let message =
            format!("the newest event is from {newest}, {n_days} days before this check, so old events have faded");
        findings
            .add(subject.section("events"), message)
            .help(format!("check as of the day of the export: `--as-of {newest}`"));
    }
    for (criterion, fires) in subject.rulebook.criteria.iter().zip(&observed.criteria) {
        let Some((least, most)) = fires.between.filter(|_| criterion.enabled) else { continue };
        if least != most {
            continue;
        }
        if most.is_zero()
            && (says_absent_type(subject, observed, criterion)
                || stale.is_some() && criterion.tallies().next().is_some())
        {
            continue;
        }
        if most.is_zero() {
            let message = format!("`{}` gives 0 points to each of {n_leads} leads", criterion.id);
            let finding = findings.add(criterion.place.span, message);
            if !can_give(subject.rulebook, criterion) {
                finding.noted();
            }
        } else {
            let message = format!("`{}` gives {} to each of {n_leads} leads", criterion.id, most.signed());
            findings.add(criterion.place.span, message).help("points that all leads have separate no leads");
        }
    }
}

/// Whether none of the types that a criterion names occurs, of which another finding tells.
fn says_absent_type(subject: &CheckSubject<'_>, observed: &ExportsObserved, criterion: &Criterion) -> bool {
    let is_absent = |tally: usize| match &subject.rulebook.tallies[tally].select.types {
        Types::Named(names) => {
            let occurs =
                |name: &String| observed.sources.iter().any(|source| source.counted_by_type.contains_key(name));
            !names.iter().any(occurs)
        }
        Types::Any | Types::Every => false,
    };
    criterion.tallies().any(is_absent)
}

/// How many days the newest event lies back, and its day, where that is long for an export of today.
fn stale_days(subject: &CheckSubject<'_>, observed: &ExportsObserved) -> Option<(i64, String)> {
    let newest = observed.sources.iter().filter_map(|source| source.newest).max()?;
    let n_days = subject.now.ms_since(newest) / DAY_MS;
    (n_days >= FRESH_DAYS).then(|| (n_days, newest.wall().date()))
}
