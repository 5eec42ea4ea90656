//! Two tiers that overlap only in part.
//!
//! ## Why
//! The first tier that is true counts, so a ladder such as `gte: 1000`, `gte: 50` is clear. But if two tiers share only
//! part of their numbers, the order of the lines decides about that part, and a reader can easily miss it.
//!
//! ## Example
//! ```yaml
//! tiers: [{ gte: 10, lte: 60, points: 5 }, { gte: 50, points: 10 }]       # 50 to 60 get 5
//! ```
//!
//! ## What to do
//! Let one tier end where the other begins, such as `lt: 50`. If the tiers share only a single number, this is a note.

use super::super::{CheckSubject, Findings, Lint};
use super::tiers::{in_words, tiers_of};

pub(super) const LINT: Lint = Lint::warning("LS403", "tier-overlap", include_str!("tier_overlap.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    for criterion in &subject.rulebook.criteria {
        let Some(tiers) = tiers_of(subject.rulebook, &criterion.worth) else { continue };
        for (index, tier) in tiers.tiers.iter().enumerate() {
            let overlap = |before: &&super::tiers::Tier| {
                !before.ranges.is_within(&tier.ranges, tiers.step)
                    && !tier.ranges.is_within(&before.ranges, tiers.step)
                    && !before.ranges.and(&tier.ranges).is_empty(tiers.step)
            };
            let Some(before) = tiers.tiers[..index].iter().find(overlap) else { continue };
            let shared = before.ranges.and(&tier.ranges).in_steps(tiers.step);
            let words: Vec<String> = shared.iter().map(in_words).collect();
            let line = subject.line(before.span);
            let message = format!(
                "this tier and the one on line {line} both cover {}; the first one counts: {} points",
                words.join(" and "),
                before.points
            );
            let finding = findings.add(tier.span, message).help("let one tier end where the other begins");
            if shared.iter().all(|(from, to)| from == to) {
                finding.noted();
            }
        }
    }
}
