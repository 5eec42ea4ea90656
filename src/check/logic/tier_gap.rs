//! A gap between two tiers.
//!
//! ## Why
//! A number between the two tiers gets the points of `otherwise`, or none. That is often right. But if the gap is a
//! single number, as between `gt: 50` and `lt: 50`, it is rarely meant. There is no finding if the criterion has
//! `otherwise`.
//!
//! ## Example
//! ```yaml
//! tiers: [{ gt: 50, points: 10 }, { lt: 50, points: -10 }]        # exactly 50 gets nothing
//! ```
//!
//! ## What to do
//! Write `gte` instead of `gt`, add a tier for the gap, or set the points for all other numbers: `otherwise: 0`.

use super::super::{CheckSubject, Findings, Lint};
use super::tiers::{Tiers, in_words, tiers_of};
use crate::analysis::Ranges;

pub(super) const LINT: Lint = Lint::note("LS402", "tier-gap", include_str!("tier_gap.rs"), find);

/// Between whole numbers lies nothing that a count of people or days would be: 1 in half millionths.
const ONE: i128 = 2_000_000;

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for criterion in &subject.rulebook.criteria {
        let Some(tiers) = tiers_of(subject.rulebook, &criterion.worth) else { continue };
        let has_otherwise = criterion.place.get("otherwise").is_some();
        let span = criterion.place.at("tiers");
        for gap in gaps(&tiers) {
            let is_single = gap.0 == gap.1;
            if has_otherwise && !is_single {
                continue;
            }
            let gets = if has_otherwise { "the points of `otherwise`" } else { "0 points" };
            let message = format!("no tier of `{}` covers {}: such leads get {gets}", criterion.id, in_words(gap));
            let finding = findings.add(span, message);
            if is_single {
                finding.warned().help("write `gte` instead of `gt`, or `lte` instead of `lt`");
            } else {
                finding.help("if you mean that, write `otherwise: 0` beside the tiers; if not, add a tier");
            }
        }
    }
}

/// What lies between tiers and in none of them.
fn gaps(tiers: &Tiers) -> Vec<(Option<i128>, Option<i128>)> {
    let taken = tiers.tiers.iter().fold(Ranges::between(1, 0), |all, tier| all.or(&tier.ranges));
    let gaps = taken.not();
    let is_between_whole_numbers = |from: i128, to: i128| {
        // Between `lte: 10` and `gte: 11`.
        from.rem_euclid(ONE) != 0 && to.rem_euclid(ONE) != 0 && to - from < ONE
    };
    let inner = gaps.iter().filter_map(|(from, to)| {
        let (from, to) = (from?, to?);
        let steps = Ranges::between(from, to).in_steps(tiers.step);
        let (Some(first), Some(last)) = steps.iter().next()? else { return None };
        if first == last || tiers.step > 2 {
            return Some((Some(first), Some(last)));
        }
        (!is_between_whole_numbers(from, to)).then_some((Some(from), Some(to)))
    });
    inner.collect()
}
