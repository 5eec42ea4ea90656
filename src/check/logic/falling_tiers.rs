//! Tiers that give fewer points for a higher number.
//!
//! ## Why
//! This can be right: the largest companies may be worse customers than medium ones. But often two lines were swapped,
//! or a 0 is missing. `check` ignores days of silence, which should cost points, and tiers that only fall.
//!
//! ## Example
//! ```yaml
//! field: employees
//! tiers: [{ gte: 2000, points: 10 }, { gte: 200, points: 20 }, { gte: 50, points: 10 }]
//! ```
//!
//! ## What to do
//! If you mean it, there is nothing to do. A `note:` on the criterion can tell readers why.

use super::super::{CheckSubject, Findings, Lint};
use super::tiers::{Tier, number, tiers_of};
use crate::rulebook::expr::{Term, Yield};

pub(super) const LINT: Lint = Lint::note("LS404", "falling-tiers", include_str!("falling_tiers.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for criterion in &subject.rulebook.criteria {
        let Some(tiers) = tiers_of(subject.rulebook, &criterion.worth) else { continue };
        let is_idle = |tally: usize| subject.rulebook.yields(tally) == Yield::Days;
        if matches!(tiers.term, Term::Tally(tally) if is_idle(tally)) || criterion.note.is_some() {
            continue;
        }
        // From the lowest up; a tier without a lower end stands below all.
        let mut rising: Vec<(Option<i128>, &Tier)> =
            tiers.tiers.iter().filter_map(|tier| Some((tier.ranges.iter().next()?.0, tier))).collect();
        rising.sort_by_key(|(from, _)| *from);
        let pairs = || rising.iter().zip(rising.iter().skip(1));
        let has_rise = pairs().any(|(below, above)| below.1.points < above.1.points);
        let fall = pairs().find(|(below, above)| below.1.points > above.1.points);
        if let (true, Some((below, above))) = (has_rise, fall) {
            let from =
                above.0.map_or_else(String::new, |from| format!(" from {} on", number(from + from.rem_euclid(2))));
            let message =
                format!("the points fall as the number rises: {} points, but{from} {}", below.1.points, above.1.points);
            findings.add(above.1.span, message).help("if you mean that, add a `note:` to the criterion that says why");
        }
    }
}
