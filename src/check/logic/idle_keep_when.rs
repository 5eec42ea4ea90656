//! A `keep_when` that keeps nobody.
//!
//! ## Why
//! `keep_when` lets a lead stay in a stage whose `when` it no longer meets, so that nobody flips from night to night. Where
//! it asks for as much as `when`, or more, it changes nothing.
//!
//! ## Example
//! ```yaml
//! when: { score: total, gte: 100 }
//! keep_when: { score: total, gte: 110 }        # whoever has 110 has 100
//! ```
//!
//! ## What to do
//! Let `keep_when` ask for less: `gte: 80`.

use super::super::{CheckSubject, Findings, Lint};
use crate::analysis::{Formula, WantedTruth};
use crate::rulebook::Side;
use crate::score::Truth;

pub(super) const LINT: Lint = Lint::warning("LS413", "idle-keep-when", include_str!("idle_keep_when.rs"), find);

fn find(subject: &CheckSubject<'_>, findings: &mut Findings) {
    let claims = subject.analysis.claims(Side::Lead);
    for stage in &subject.rulebook.stages {
        let (Some(when), Some(keep_when)) = (&stage.when, &stage.keep_when) else { continue };
        if claims.is_never(Truth::True, keep_when) {
            continue;
        }
        if !claims.can_all_be([Formula::of(keep_when, WantedTruth::True), Formula::of(when, WantedTruth::NotTrue)]) {
            let span = stage.place.at("keep_when");
            findings
                .add(
                    span,
                    format!("this `keep_when` keeps nobody: whoever meets it meets the `when` of `{}`", stage.name),
                )
                .help("let it ask for less than `when`");
        }
    }
}
