//! A `keep_when` that has no effect.
//!
//! ## Why
//! `keep_when` lets a lead stay in a stage when it no longer meets `when`, so that leads don't move back and forth
//! every night. If it asks for as much as `when`, or more, it changes nothing.
//!
//! ## Example
//! ```yaml
//! when: { score: total, gte: 100 }
//! keep_when: { score: total, gte: 110 }        # a lead with 110 also has 100
//! ```
//!
//! ## What to do
//! Let `keep_when` ask for less, such as `gte: 80`.

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
                    format!(
                        "this `keep_when` has no effect: every lead that meets it also meets the `when` of `{}`",
                        stage.name
                    ),
                )
                .help("ask for less than `when` does");
        }
    }
}
