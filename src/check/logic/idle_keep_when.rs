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

use super::super::claim::{Claims, Formula, Wanted};
use super::super::{Findings, Lint, Subject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "LS413",
    name: "idle-keep-when",
    severity: Severity::Warning,
    file: include_str!("idle_keep_when.rs"),
    find,
};

fn find(subject: &Subject<'_>, findings: &mut Findings) {
    let claims = Claims::of_leads(subject.rulebook);
    for stage in &subject.rulebook.stages {
        let (Some(when), Some(keep_when)) = (&stage.when, &stage.keep_when) else { continue };
        if claims.is_never_true(keep_when) {
            continue;
        }
        let kept = Formula::All(vec![Formula::of(keep_when, Wanted::True), Formula::of(when, Wanted::NotTrue)]);
        if !claims.can_be(&kept) {
            let span = subject.source.beside(stage.span, "keep_when").map_or(stage.span, |node| node.span);
            findings
                .add(
                    span,
                    format!("this `keep_when` keeps nobody: whoever meets it meets the `when` of `{}`", stage.name),
                )
                .help("let it ask for less than `when`");
        }
    }
}
